"""``kohtaava team``: what a folder of exports says, beside another team's or one's own meetings."""

import csv
import io
import json
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.misuse import Misuse, shown
from kohtaava_desktop.domain.months import check_month, last_closed, weeks_of
from kohtaava_desktop.domain.team_own import own_beside
from kohtaava_desktop.domain.team_pair import Lack, Sharing, in_common, lack_of, made_up_beside_real, views_of
from kohtaava_desktop.domain.team_values import COLUMNS, Comparison, as_rows, as_values
from kohtaava_desktop.i18n import N_, _, export_texts, set_language, team_texts
from kohtaava_desktop.integration.clock import SystemClock, local_day
from kohtaava_desktop.integration.paths import data_dir
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.patience import NotAnswering, patiently
from kohtaava_desktop.store.shelf import MEETINGS
from kohtaava_desktop.store.team_folder import FolderAway, Found, read_team, same_folder

REFUSED = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; ``form`` is ``--json``, ``--csv`` or empty."""

    folder: str
    against: str | None = None
    month: str | None = None
    own: bool = False
    form: str = ""


def run(words: list[str]) -> int:
    """Carry out ``kohtaava team`` with ``words`` and return the exit code: 0 done, 2 usage, 3 refused."""
    settings = say.settings_in_force()
    set_language(settings.text("language"))
    clock = SystemClock()
    try:
        wanted = understood(words, settings.text("team_folder"))
    except Misuse as misuse:
        return say.fail(say.USAGE, misuse.sentence)
    if any(bad.policy for bad in settings.bad_places):
        return say.fail(REFUSED, team_texts.away(wanted.folder, "policy"))
    return _compare(wanted, settings.number("fewest_contributors"), local_day(clock, clock.read().wall))


def _compare(wanted: Wanted, fewest: int, today: date) -> int:
    folders = [Path(each) for each in (wanted.folder, wanted.against) if each is not None]
    if len(folders) == 2 and same_folder(*folders):
        return say.fail(REFUSED, _("Both are the same folder: a team is not compared with itself."))
    teams, skipped, sharing = [], [], Sharing()
    for folder in folders:
        try:
            reading = partial(read_team, folder, last_closed(today), sharing=sharing if len(folders) > 1 else None)
            team, found = patiently(reading)
        except (FolderAway, NotAnswering) as error:
            reason = error.reason if isinstance(error, FolderAway) else "not-answering"
            return say.fail(REFUSED, team_texts.away(folder, reason))
        teams.append(team)
        skipped.append((folder, found))
        sharing.next_folder()
        _tell_problems(folder if len(folders) > 1 else None, found)
    common = in_common(teams, sharing.months, wanted.month)
    if common.same and not made_up_beside_real(teams):
        sentence = _("Not compared, as both folders hold the same export: {months}.")
        say.fail(say.DONE, sentence.format(months=", ".join(common.same)))
        if not common.months:
            return REFUSED
    views = views_of(teams, fewest, common.months)
    comparison = Comparison(fewest, views[0], views[1] if len(views) > 1 else None)
    if lack := lack_of(teams, common, views, wanted.month):
        return say.fail(REFUSED, _why_nothing(*lack, wanted, comparison))
    if wanted.own:
        try:
            records = Meetings(data_dir() / MEETINGS, mends=False).records_of(
                [week for month in common.months for week in weeks_of(month)]
            )
        except StoreError as error:
            return say.fail(REFUSED, export_texts.not_used(data_dir() / MEETINGS, error.code))
        groups = {group.span: group for view in reversed(views) for group in view.shown}  # the first team's, if shown
        comparison = replace(comparison, own=own_beside(groups.values(), records))
    return _tell(comparison, skipped, wanted.form)


def _why_nothing(lack: Lack, which: int, wanted: Wanted, found: Comparison) -> str:
    path = (wanted.folder, wanted.against)[which] or ""
    if lack is Lack.NO_MONTH:
        sentence = _("There is no export of {month} in {path}.")
        return sentence.format(month=wanted.month, path=team_texts.printable(path))
    if lack is Lack.NOTHING_IN_COMMON:
        return _("The two folders have no month in common.")
    if lack is Lack.MADE_UP:
        return team_texts.made_up_beside_real(path)
    return team_texts.nothing_to_show(found, path)


def _tell_problems(folder: Path | None, found: Found) -> None:
    for line in team_texts.all_skipped(found.first, found.problems, folder):
        say.fail(say.DONE, line)


def _tell(found: Comparison, folders: list[tuple[Path, Found]], form: str) -> int:
    if form == "--json":
        values = as_values(found)
        for (_folder, read), who in zip(folders, found.views, strict=True):
            values[who] |= _folder_values(read)
        return say.tell(json.dumps(values, ensure_ascii=True))
    if form == "--csv":
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(as_rows(found))
        return say.tell(text.getvalue().rstrip("\n"))
    return say.tell(team_texts.described(found))


def _folder_values(read: Found) -> dict[str, Any]:
    first = [
        {"file": team_texts.printable(each.file), "line": each.line or None, "reason": each.reason}
        for each in read.first
    ]
    return {"skipped": read.problems, "skipped_first": first}


def understood(words: list[str], team_folder: str = "") -> Wanted:
    """What ``words`` ask for, of ``team_folder`` where they name none; raises ``Misuse``."""
    given: dict[str, Any] = {}
    rest = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while rest:
        word = rest.pop(0)
        name, value = _read_word(word, rest)
        if name in given:
            raise _out_of_place(word)
        given[name] = value
    if team_folder:
        given.setdefault("folder", team_folder)
    if "folder" not in given:
        raise Misuse("missing-value", N_("{command} needs a folder: {usage}"), command="kohtaava team", usage=_usage())
    return Wanted(**given)


def _read_word(word: str, rest: list[str]) -> tuple[str, Any]:
    if word == "--own":
        return "own", True
    if word in ("--json", "--csv"):
        return "form", word
    if word in ("--against", "--month"):
        if not rest or not rest[0]:
            option = {"--month": "--month YYYY-MM", "--against": "--against DIR"}[word]
            raise Misuse("missing-value", N_("{option} needs a value."), option=option)
        value = rest.pop(0)
        return word[2:], _month(value) if word == "--month" else value
    if word.startswith("--") or not word:
        raise _out_of_place(word)
    return "folder", word


def _month(text: str) -> str:
    try:
        return check_month(text)
    except ValueError:
        raise Misuse("bad-month", N_("A month is written like 2026-10, not {value}."), value=shown(text)) from None


def _out_of_place(word: str) -> Misuse:
    sentence = N_("{value} does not belong here; the command is: {usage}")
    return Misuse("unknown-value", sentence, value=shown(word), usage=_usage())


def _usage() -> str:
    return f"kohtaava team {next(iter(ALONE['team']))}"
