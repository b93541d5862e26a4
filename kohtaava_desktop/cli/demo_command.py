"""``kohtaava demo-data``: made-up meetings of a made-up team, for workshops, pictures and tests."""

from pathlib import Path

from kohtaava_desktop.cli import made_up, say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.misuse import N_, Misuse, shown
from kohtaava_desktop.domain.months import check_month, closes_on, is_closed, last_closed
from kohtaava_desktop.i18n import _, export_texts, sentences
from kohtaava_desktop.integration.clock import SystemClock, local_day
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.exports import NotWritten

REFUSED = 3
EXPERTS = 6
FEWEST, MOST = 3, 50
HIGHEST_SEED = 999_999_999
README = """\
MADE-UP DATA / KEKSITTYÄ AINEISTOA / PÅHITTADE UPPGIFTER

Everything in this folder is made up: no client, no expert and no meeting in it ever was.
Kaikki tässä kansiossa on keksittyä: yhtäkään asiakasta, asiantuntijaa tai tapaamista ei ole ollut.
Allt i den här mappen är påhittat: ingen kund, ingen expert och inget möte har funnits.

kohtaava demo-data DIR --seed {seed} --experts {experts} --until {until}

{expert}/kohtaava.db ...   KOHTAAVA_DATA_DIR=DIR/{expert} kohtaava stats
{team}/ ...            kohtaava team DIR/{team}
"""
TEAM_README = """\
MADE-UP DATA / KEKSITTYÄ AINEISTOA / PÅHITTADE UPPGIFTER

The exports in this folder are of nobody. Each says so in its datapackage.json, and no real one may lie beside them.
Tämän kansion viennit eivät ole kenenkään. Jokainen niistä kertoo sen, eikä oikeita vientejä saa panna niiden viereen.
Exporterna i den här mappen är inte någons. Var och en säger det, och inga verkliga får läggas bredvid dem.
"""


def run(words: list[str]) -> int:
    """Carry out ``kohtaava demo-data`` with ``words`` and return the exit code: 0 done, 2 usage, 3 refused."""
    say.choose_language()
    clock = SystemClock()
    today = local_day(clock, clock.read().wall)
    try:
        folder, seed, experts, until = _understood(words, last_closed(today))
    except Misuse as misuse:
        return say.fail(say.USAGE, misuse.sentence)
    if not is_closed(until, today):
        values: dict[str, object] = {"month": until, "closes": closes_on(until)}
        return say.fail(REFUSED, export_texts.not_released("month-open", values))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            sentence = _("{path} is not an empty folder; made-up data is never put beside anything else.")
            return say.fail(REFUSED, sentence.format(path=folder))
        folder.mkdir(parents=True, exist_ok=True)
        names = {"expert": made_up.EXPERT_FOLDER.format(number=1), "team": made_up.TEAM_FOLDER}
        text = README.format(seed=seed, experts=experts, until=until, **names)
        _write(folder, text)
        meetings = made_up.make(folder, seed, experts, until)
        _write(folder / made_up.TEAM_FOLDER, TEAM_README)
    except StoreError as error:
        return say.fail(REFUSED, sentences.store_problem(error.code, error.values))
    except NotWritten as error:
        return say.fail(REFUSED, export_texts.not_written(error.path, error.reason))
    except (OSError, ValueError) as error:  # ValueError: a zero byte in the path
        return say.fail(REFUSED, export_texts.not_written(folder, getattr(error, "strerror", None) or str(error)))
    sentence = _("Made up: {meetings} meetings of {experts} experts, and their exports up to {month}, in {path}.")
    return say.tell(sentence.format(meetings=meetings, experts=experts, month=until, path=folder))


def _write(folder: Path, text: str) -> None:
    (folder / "README.txt").write_text(text, encoding="utf-8", newline="\n")


def _understood(words: list[str], until: str) -> tuple[Path, int, int, str]:
    """Folder, seed, number of experts and last month; raises ``Misuse``."""
    given: dict[str, str] = {}
    rest = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while rest:
        word = rest.pop(0)
        name = word if word in ("--seed", "--experts", "--until") else "DIR"
        if name in given or not word or (name == "DIR" and word.startswith("--")):
            raise _out_of_place(word)
        if name != "DIR" and not (rest and rest[0]):
            option = {"--seed": "--seed N", "--experts": "--experts N", "--until": "--until YYYY-MM"}[name]
            raise Misuse("missing-value", N_("{option} needs a value."), option=option)
        given[name] = word if name == "DIR" else rest.pop(0)
    if missing := next((name for name in ("DIR", "--seed") if name not in given), None):
        raise Misuse(
            "missing-value", N_("{option} is missing; the command is: {usage}"), option=missing, usage=_usage()
        )
    try:
        month = check_month(given.get("--until", until))
        check_month(made_up.months_until(month)[0])
    except ValueError:
        sentence = N_("A month is written like 2026-10, not {value}.")
        raise Misuse("bad-month", sentence, value=shown(given["--until"])) from None
    seed = _number("--seed", given["--seed"], 0, HIGHEST_SEED)
    experts = _number("--experts", given.get("--experts", str(EXPERTS)), FEWEST, MOST)
    return Path(given["DIR"]), seed, experts, month


def _number(option: str, text: str, lowest: int, highest: int) -> int:
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(highest))
    if not digits or not lowest <= int(text) <= highest:
        sentence = N_("{option} is a whole number from {lowest} to {highest}, not {value}.")
        raise Misuse("unknown-value", sentence, option=option, lowest=lowest, highest=highest, value=shown(text))
    return int(text)


def _out_of_place(word: str) -> Misuse:
    sentence = N_("{value} does not belong here; the command is: {usage}")
    return Misuse("unknown-value", sentence, value=shown(word), usage=_usage())


def _usage() -> str:
    return f"kohtaava demo-data {next(iter(ALONE['demo-data']))}"
