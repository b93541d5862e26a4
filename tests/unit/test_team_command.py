"""``kohtaava team`` and ``kohtaava demo-data``: what they print, and their exit codes."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from kohtaava_desktop.cli import demo_command, made_up, main, say, team_command
from kohtaava_desktop.domain.months import last_closed
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.release_files import TABLE, files_of
from kohtaava_desktop.domain.release_reading import BadExport
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team_values import COLUMNS
from kohtaava_desktop.i18n import set_language, team_texts
from kohtaava_desktop.settings.files import Unreadable
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.patience import NotAnswering
from kohtaava_desktop.store.team_folder import Problem
from tests.unit.domain.exports import export, meetings

DOCUMENT = Path(team_command.__file__).parents[2] / "docs" / "team.md"
UNTIL = "2026-02"
Say = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made-up data of three experts."""
    place = tmp_path_factory.mktemp("demo") / "made-up"
    assert demo_command.run([str(place), "--seed", "7", "--experts", "3", "--until", UNTIL]) == 0
    return place


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of the test's own, in which nothing is yet, English, and a day in November."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setenv("LANGUAGE", "en")
    for module in (team_command, demo_command):
        monkeypatch.setattr(module, "local_day", lambda _clock, _wall: date(2026, 11, 22))
    yield tmp_path
    set_language(None)


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Say:
    def command(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return team_of(tmp_path / "team", 3)


def team_of(place: Path, people: int, months: tuple[str, ...] = ("2026-09", "2026-10"), first: int = 0) -> Path:
    place.mkdir()
    for month in months:
        for number in range(first, first + people):
            release = export(number, [*meetings(20, 45, number), *meetings(3, 15)], month)
            exports.write(place, release.name, files_of(release))
    return place


# the team


def test_the_typical_meeting_of_a_team(said: Say, team: Path) -> None:
    code, out, err = said("team", team)
    assert (code, err) == (0, "")
    assert "Team: 2026-09–2026-10, 2 months, 6 exports\n" in out
    assert "Planned for 45–59 min\n  Team: 120 meetings, 3 contributors a month, 2 months\n" in out
    assert all(f"\n  {name}  " in out for name in ("Empathy", "Guidance", "Advice", "Farewell"))
    assert "Planned for 5–29 min\n  Team: withheld\n" in out
    assert "fewer than 3 contributors" in out


def test_one_month(said: Say, team: Path) -> None:
    code, out, _err = said("team", team, "--month", "2026-09")
    assert code == 0
    assert "Team: 60 meetings" in out
    assert said("team", team, "--month=2026-08")[0::2] == (3, f"There is no export of 2026-08 in {team}.\n")


def test_of_a_month_with_too_few_not_even_their_number_is_told(said: Say, team: Path) -> None:
    release = export(1, meetings(20, 45, 1), "2026-08")
    exports.write(team, release.name, files_of(release))
    _code, out, _err = said("team", team)
    assert "Team: 2026-08–2026-10, 3 months, 6 exports, and fewer than 3 in 1 month\n" in out
    values = json.loads(said("team", team, "--json")[1])["team"]
    assert [each["contributors"] for each in values["months"]] == [None, 3, 3]
    assert values["exports"] == 6


def test_a_pair_beside_one_of_its_bands_is_said_to_hold_the_others(said: Say, team: Path) -> None:
    for number in range(10, 13):
        release = export(number, [*meetings(4, 30, number), *meetings(20, 45, number)], "2026-10")
        exports.write(team, release.name, files_of(release))
    _code, out, _err = said("team", team)
    assert "Planned for 30–59 min, others\n  Team: 72 meetings" in out
    assert "Planned for 45–59 min\n" in out


def test_a_program_can_tell_the_others_of_a_pair_from_a_whole_one(said: Say, team: Path, tmp_path: Path) -> None:
    for number in range(10, 13):
        release = export(number, [*meetings(4, 30, number), *meetings(20, 45, number)], "2026-10")
        exports.write(team, release.name, files_of(release))
    (tmp_path / "data").mkdir()
    held = [replace(each, key=f"{number:032x}", iso_week="2026-W42") for number, each in enumerate(meetings(9, 30))]
    Meetings(tmp_path / "data" / "kohtaava.db").add_all(held)
    values = json.loads(said("team", team, "--own", "--json")[1])
    marked = [(group["planned"], group["others"]) for group in values["team"]["groups"]]
    assert marked == [([5, 29], False), ([30, 59], True), ([45, 59], False)]
    september, october = (
        [(group["planned"], group["others"]) for group in each["groups"]] for each in values["team"]["months"]
    )
    assert september == [([5, 29], False), ([45, 59], False)]
    assert october == marked
    assert [(each["planned"], each["others"], each["meetings"]) for each in values["own"]] == [
        ([30, 59], True, 9),
        ([45, 59], False, 0),
    ]
    rows = list(csv.DictReader(io.StringIO(said("team", team, "--own", "--csv")[1])))
    for row in rows:
        assert row["others"] == ("true" if (row["planned_from"], row["planned_to"]) == ("30", "59") else "false")
    assert {row["who"] for row in rows} == {"team", "own"}


def test_a_pair_that_is_whole_is_not_marked_as_the_others(said: Say, tmp_path: Path) -> None:
    place = tmp_path / "whole"
    place.mkdir()
    for number in range(3):
        release = export(number, [*meetings(4, 30, number), *meetings(20, 45, number)], "2026-10")
        exports.write(place, release.name, files_of(release))
    [group] = json.loads(said("team", place, "--json")[1])["team"]["groups"]
    assert (group["planned"], group["others"]) == ([30, 59], False)


def test_two_teams_are_shown_in_the_months_in_which_both_can_be(said: Say, team: Path, tmp_path: Path) -> None:
    other = team_of(tmp_path / "other", 4, ("2026-10",), first=10)
    for release in (export(number, meetings(20, 45, number), "2026-09") for number in (20, 21)):
        exports.write(other, release.name, files_of(release))
    _code, out, _err = said("team", team, "--against", other)
    assert "  Team: 60 meetings, 3 contributors a month, 1 month, 1 month left out\n" in out
    assert "  Other team: 80 meetings, 4 contributors a month, 1 month, withheld in 1 month\n" in out
    values = json.loads(said("team", team, "--against", other, "--json")[1])
    assert [group["left_out_months"] for group in values["team"]["groups"]] == [[], ["2026-09"]]


def pair_of(place: Path, people: int, short: int, first: int = 0, month: str = "2026-10") -> Path:
    """Exports with so many meetings of 30 minutes, and twenty of 45."""
    place.mkdir(exist_ok=True)
    for number in range(first, first + people):
        release = export(number, [*meetings(short, 30, number), *meetings(20, 45, number)], month)
        exports.write(place, release.name, files_of(release))
    return place


def section(out: str, lengths: str) -> list[str]:
    """Who tells of some planned lengths, and how much."""
    [said] = [each for each in out.split("\n\n") if each.startswith(f"Planned for {lengths}\n")]
    return [
        line.strip()
        for line in said.splitlines()[1:]
        if line.lstrip().startswith(("Team:", "Other team:", "Own meetings:"))
    ]


def test_what_one_team_tells_together_and_the_other_apart_is_not_said_to_be_no_meetings(
    said: Say, tmp_path: Path
) -> None:
    together, apart = pair_of(tmp_path / "p", 3, 6), pair_of(tmp_path / "r", 3, 20, 10)
    code, out, _err = said("team", together, "--against", apart, "--month", "2026-10")
    assert code == 0
    assert "no meetings" not in out
    assert "others" not in out, "for the one team it is the whole pair, for the other no group"
    counted = "60 meetings, 3 contributors a month, 1 month"
    for band in ("30–44 min", "45–59 min"):
        assert section(out, band) == ["Team: told together as 30–59 min", f"Other team: {counted}"]
    assert section(out, "30–59 min") == [
        "Team: 78 meetings, 3 contributors a month, 1 month",
        "Other team: told apart as 30–44 min; 45–59 min",
    ]


def test_what_is_withheld_with_its_pair_is_not_said_to_be_no_meetings(said: Say, tmp_path: Path) -> None:
    apart, single = pair_of(tmp_path / "r", 3, 20, 10), pair_of(tmp_path / "one", 1, 20)
    _code, out, _err = said("team", apart, "--against", single)
    assert "no meetings" not in out
    for band in ("30–44 min", "45–59 min"):
        assert section(out, band)[1] == "Other team: if any, withheld with 30–59 min"
    bands = pair_of(tmp_path / "band", 1, 0, 30)
    _code, out, _err = said("team", apart, "--against", bands)
    assert section(out, "30–44 min")[1] == "Other team: no meetings", "it tells of a band, and so of none in the other"
    assert section(out, "45–59 min")[1] == "Other team: withheld"


def test_the_others_of_a_pair_are_said_to_be_for_each_team_by_itself(said: Say, tmp_path: Path) -> None:
    rest, whole = pair_of(pair_of(tmp_path / "p", 3, 4), 3, 0, 20), pair_of(tmp_path / "r", 3, 6, 10)
    _code, out, _err = said("team", rest, "--against", whole, "--own")
    assert section(out, "30–59 min") == [
        "Team: 72 meetings, 3 contributors a month, 1 month, without those told as 45–59 min",
        "Other team: 78 meetings, 3 contributors a month, 1 month",
        "Own meetings: 0 meetings: too few yet",
    ]
    for words in ((rest, whole), (whole, rest)):
        values = json.loads(said("team", words[0], "--against", words[1], "--own", "--json")[1])
        marked = {who: next(each["others"] for each in values[who]["groups"]) for who in ("team", "against")}
        assert marked == {"team": words[0] is rest, "against": words[1] is rest}
        assert values["own"][0]["others"] is (words[0] is rest), "one's own are beside the first team's"


def test_own_meetings_are_beside_the_first_of_two_teams(said: Say, tmp_path: Path) -> None:
    rest, whole = pair_of(pair_of(tmp_path / "p", 3, 4), 3, 0, 20), pair_of(tmp_path / "r", 3, 6, 10)
    (tmp_path / "data").mkdir()
    held = [replace(each, key=f"{number:032x}", iso_week="2026-W42") for number, each in enumerate(meetings(9, 45))]
    Meetings(tmp_path / "data" / "kohtaava.db").add_all(held)
    for first, second, count in ((rest, whole, 0), (whole, rest, 9)):
        _code, out, _err = said("team", first, "--against", second, "--own")
        assert section(out, "30–59 min")[-1].startswith(f"Own meetings: {count} meetings")


def test_what_is_made_up_is_not_compared_with_what_is_real(said: Say, demo: Path, tmp_path: Path) -> None:
    made_up = demo / "demo-team"
    real = team_of(tmp_path / "real", 3, (UNTIL,), first=40)
    refusal = f"The exports in {made_up} are made up: they are not compared with real ones.\n"
    for words in ((real, made_up), (made_up, real)):
        for form in ((), ("--json",), ("--csv",), ("--month", UNTIL), ("--month", "2025-01")):
            assert said("team", words[0], "--against", words[1], *form) == (3, "", refusal)
    another = tmp_path / "another"
    assert demo_command.run([str(another), "--seed", "8", "--experts", "3", "--until", UNTIL]) == 0
    said()
    code, out, _err = said("team", made_up, "--against", another / "demo-team")
    assert code == 0
    assert out.count("MADE-UP DATA") == 2


def test_team_against_team(said: Say, team: Path, tmp_path: Path) -> None:
    other = team_of(tmp_path / "other", 4, ("2026-10",), first=10)
    code, out, err = said("team", team, "--against", other)
    assert (code, err) == (0, "")
    assert "  Team: 60 meetings" in out, "of the month that both have"
    assert "  Other team: 80 meetings" in out
    third = team_of(tmp_path / "third", 3, ("2026-08",), first=10)
    assert said("team", team, "--against", third)[0::2] == (3, "The two folders have no month in common.\n")
    assert said("team", team, "--against", team / ".." / "team")[0] == 3


def test_a_team_is_not_compared_with_itself_less_one(said: Say, team: Path, tmp_path: Path) -> None:
    less = team_of(tmp_path / "less", 4, ("2026-09",), first=10)
    shutil.copytree(team, less, dirs_exist_ok=True)
    code, out, err = said("team", team, "--against", less)
    assert (code, out) == (3, "")
    assert err == "Not compared, as both folders hold the same export: 2026-09, 2026-10.\n"
    for export_of_september in less.glob("kohtaava-2026-09-*"):
        if (team / export_of_september.name).exists():
            shutil.rmtree(export_of_september)
    code, out, err = said("team", team, "--against", less)
    assert code == 0
    assert err == "Not compared, as both folders hold the same export: 2026-10.\n"
    assert "Other team: 80 meetings, 4 contributors a month, 1 month\n" in out


def test_own_meetings_beside_the_team(said: Say, team: Path, tmp_path: Path) -> None:
    code, out, _err = said("team", team, "--own")
    assert code == 0
    assert "Own meetings: 0 meetings: too few yet" in out
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kohtaava.db").write_bytes(b"no database" * 20)
    code, out, err = said("team", team, "--own")
    assert (code, out) == (3, "")
    assert "is damaged" in err


def test_own_meetings_are_those_of_the_same_months(said: Say, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = demo / "demo-expert-01"
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(own))
    code, out, _err = said("team", demo / "demo-team", "--own", "--json", "--month", UNTIL)
    assert code == 0
    values = json.loads(out)
    records = [
        record
        for record in Meetings(own / "kohtaava.db").records()
        if record.iso_week in ("2026-W06", "2026-W07", "2026-W08", "2026-W09")
        and record.quality in (Quality.OK, Quality.MENDED)
    ]
    assert values["own"]
    for group in values["own"]:
        shortest, longest = group["planned"]
        assert group["meetings"] == sum(shortest <= record.planned_minutes <= longest for record in records)


def test_what_was_skipped_is_said_and_the_rest_is_shown(said: Say, team: Path) -> None:
    release = export(1, [], "2026-10")
    (team / release.name / TABLE).write_bytes(b"\x1b[31mred\r\n")
    code, out, err = said("team", team)
    assert code == 0
    assert "Team: 60 meetings" in out
    assert err == f"Skipped: {release.name}/{TABLE}, line 1: it has other columns: ?[31mred.\n"
    for number in range(150):
        (team / f"kohtaava-{number:03d}").touch()
    code, _out, err = said("team", team)
    assert (code, len(err.splitlines())) == (0, 101)
    assert err.endswith("Skipped besides: 51 more.\n")


def test_with_too_few_nothing_is_shown(said: Say, tmp_path: Path) -> None:
    place = team_of(tmp_path / "two", 2)
    code, out, err = said("team", place)
    assert (code, out) == (3, "")
    assert err == f"Nothing in {place} can be shown: no planned length has 3 contributors in one month.\n"
    (tmp_path / "empty").mkdir()
    assert said("team", tmp_path / "empty")[0::2] == (3, f"There is no export in {tmp_path / 'empty'} to be shown.\n")


def test_a_folder_that_is_away(said: Say, tmp_path: Path, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = said("team", tmp_path / "gone")
    assert (code, out) == (3, "")
    assert "there is no such folder, or the share is away" in err
    assert said("team", team, "--against", tmp_path / "gone")[0] == 3

    def never(_work: object) -> None:
        raise NotAnswering

    monkeypatch.setattr(team_command, "patiently", never)
    assert "the share does not answer" in said("team", team)[2]


def test_the_json_is_as_documented(said: Say, team: Path) -> None:
    (team / "kohtaava-x").touch()
    code, out, err = said("team", team, "--json", "--own")
    assert code == 0
    assert "kohtaava-x" in err
    values = json.loads(out)
    assert out.count("\n") == 1
    assert values["team"]["exports"] == 6
    assert values["team"]["skipped"] == 1
    assert values["team"]["skipped_first"] == [{"file": "kohtaava-x", "line": None, "reason": "not-an-export"}]
    keys: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            keys.update(value)
            value = list(value.values())
        for each in value if isinstance(value, list) else []:
            collect(each)

    collect(values)
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_every_reason_that_a_program_may_find_is_documented_and_has_a_sentence() -> None:
    text = DOCUMENT.read_text(encoding="utf-8").split("`reason` is one of these words")[1].split("Without")[0]
    documented = set(re.findall(r"`([a-z0-9-]+)`", text))
    told = set(re.findall(r"``([a-z0-9-]+)``", f"{BadExport.__doc__} {Problem.__doc__}"))
    assert documented == told - {"file", "line", "reason", "value"}
    for reason in documented:
        assert f": {reason}." not in team_texts.skipped("file", 0, reason, ""), "it is a sentence for people"


def test_the_table_is_as_documented(said: Say, team: Path) -> None:
    code, out, _err = said("team", team, "--csv")
    assert code == 0
    rows = list(csv.reader(io.StringIO(out)))
    assert tuple(rows[0]) == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    text = DOCUMENT.read_text(encoding="utf-8")
    assert {column for column in COLUMNS if f"| `{column}` |" not in text} == set()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("team", ["needs a folder", "kohtaava team [DIR]"]),
        ("team a b", ['"b"', "kohtaava team [DIR]"]),
        ("team a --fast", ['"--fast"']),
        ("team a --json --csv", ['"--csv"']),
        ("team a --month", ["--month YYYY-MM"]),
        ("team a --month 2026-13", ['"2026-13"', "2026-10"]),
        ("team a --against", ["--against DIR"]),
        ("team a --own=yes", ["kohtaava team"]),
        ("demo-data", ["DIR"]),
        ("demo-data a", ["--seed"]),
        ("demo-data a --seed", ["--seed N"]),
        ("demo-data a --seed -1", ["--seed", '"-1"', "0"]),
        ("demo-data a --seed 1 --experts 2", ["--experts", "3", "50", '"2"']),
        ("demo-data a --seed 1 --experts " + "9" * 5000, ["--experts", "50"]),
        ("demo-data a --seed 1 --until soon", ['"soon"', "2026-10"]),
        ("demo-data a --seed 1 --until 0001-03", ['"0001-03"']),
        ("demo-data a b --seed 1", ['"b"']),
        ("demo-data a --seed 1 --seed 2", ['"--seed"']),
        ("demo-data --fast --seed 2", ['"--fast"']),
    ],
)
def test_misuse_is_told_in_one_sentence(said: Say, tmp_path: Path, typed: str, names: list[str]) -> None:
    code, out, err = said(*typed.split())
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert [name for name in names if name not in err] == []


def test_the_organisation_can_ask_for_more_contributors(said: Say, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = say.settings_in_force()

    class Stricter:
        def __getattr__(self, name: str) -> object:
            return getattr(settings, name)

        def number(self, name: str) -> int:
            return 4 if name == "fewest_contributors" else settings.number(name)

    monkeypatch.setattr(say, "settings_in_force", Stricter)
    code, _out, err = said("team", team)
    assert code == 3
    assert "4 contributors" in err


# made-up data


def test_it_says_that_it_is_made_up(demo: Path) -> None:
    text = (demo / "README.txt").read_text(encoding="utf-8")
    assert "made up" in text
    assert "keksittyä" in text
    assert "påhittat" in text
    assert sorted(each.name for each in demo.iterdir()) == [
        "README.txt",
        *(f"demo-expert-{number:02d}" for number in range(1, 4)),
        "demo-team",
    ]


def test_its_exports_say_so_and_so_does_all_that_is_shown_of_them(said: Say, demo: Path) -> None:
    team = demo / "demo-team"
    assert "MADE-UP" in (team / "README.txt").read_text(encoding="utf-8")
    for each in team.glob("*/datapackage.json"):
        assert json.loads(each.read_bytes())["kohtaava"]["made_up"] is True
    assert "MADE-UP DATA" in said("team", team)[1]
    assert json.loads(said("team", team, "--json")[1])["team"]["made_up"] is True
    rows = list(csv.reader(io.StringIO(said("team", team, "--csv")[1])))[1:]
    assert {row[-1] for row in rows} <= {"made-up", "withheld"}


def test_beside_a_real_export_the_made_up_ones_are_left_out(said: Say, demo: Path, team: Path) -> None:
    before = said("team", team)[1]
    shutil.copytree(demo / "demo-team", team, dirs_exist_ok=True)
    code, out, err = said("team", team)
    assert (code, out) == (0, before)
    assert err.count("it is made up, and others here are real") == 36


def test_the_same_seed_makes_the_same_bytes(demo: Path, tmp_path: Path) -> None:
    for seed in ("7", "8"):
        words = [str(tmp_path / seed), "--seed", seed, "--experts", "3", "--until", UNTIL]
        assert demo_command.run(words) == 0
    assert bytes_in(tmp_path / "7" / "demo-team") == bytes_in(demo / "demo-team")
    assert bytes_in(tmp_path / "8" / "demo-team").keys() & bytes_in(demo / "demo-team").keys() == {"README.txt"}
    one, other = (Meetings(each / "demo-expert-02" / "kohtaava.db").records() for each in (demo, tmp_path / "7"))
    assert one == other


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_exports_are_what_the_experts_own_program_would_give_out(
    said: Say, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(demo / "demo-expert-01", tmp_path / "copy")
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(tmp_path / "copy"))
    (tmp_path / "exported").mkdir()
    assert said("export", "--month", UNTIL, "--to", tmp_path / "exported")[0] == 0
    written = bytes_in(tmp_path / "exported")
    assert written.items() <= bytes_in(demo / "demo-team").items()
    assert len(written) == 3


def test_the_team_can_be_shown(said: Say, demo: Path) -> None:
    code, out, err = said("team", demo / "demo-team")
    assert (code, err) == (0, "")
    assert "2025-03–2026-02, 12 months, 36 exports" in out


def test_the_meetings_are_plausible(demo: Path) -> None:
    records = Meetings(demo / "demo-expert-03" / "kohtaava.db").records()
    assert 300 < len(records) < 900
    assert {record.planned_minutes for record in records} == {15, 20, 30, 45, 60, 90}
    for record in records:
        stages = [stage for stage, _ in record.visits]
        assert stages[0] is Stage.EMPATHY
        assert all(abs(after - before) == 1 for before, after in pairwise(stages)), "none skipped"
        assert sum(seconds for _, seconds in record.visits) < 4 * 60 * record.planned_minutes
    reached = sum(record.furthest_stage is Stage.FAREWELL for record in records) / len(records)
    assert 0.6 < reached < 0.98
    assert 0.9 < sum(record.quality in (Quality.OK, Quality.MENDED) for record in records) / len(records) < 1


@pytest.mark.parametrize("what", ["a file", "a folder with something in it"])
def test_it_is_never_put_beside_anything_else(said: Say, tmp_path: Path, what: str) -> None:
    place = tmp_path / "there"
    if what == "a file":
        place.touch()
    else:
        place.mkdir()
        (place / "kohtaava.db").touch()
    code, out, err = said("demo-data", place, "--seed", 1)
    assert (code, out) == (3, "")
    assert str(place) in err


def test_a_month_that_is_not_over_has_no_exports(said: Say, tmp_path: Path) -> None:
    code, _out, err = said("demo-data", tmp_path / "demo", "--seed", 1, "--until", "2026-11")
    assert code == 3
    assert "2026-11" in err
    assert not (tmp_path / "demo").exists()


def test_a_place_where_nothing_can_be_written_is_told(said: Say, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    code, _out, err = said("demo-data", tmp_path / "file" / "demo", "--seed", 1)
    assert code == 3
    assert str(tmp_path / "file" / "demo") in err
    assert said("demo-data", "a\0b", "--seed", 1)[0] == 3


def test_twelve_months_end_with_the_last() -> None:
    assert made_up.months_until("2026-02")[0] == "2025-03"
    assert made_up.months_until(last_closed(date(2026, 1, 10)))[-1] == "2025-12"


# the folder of the settings


def test_without_a_folder_that_of_the_settings_is_read(said: Say, team: Path) -> None:
    named = said("team", team)
    assert said("settings", "set", "team_folder", team)[0] == 0
    assert said("team") == named
    assert named[0] == 0


def test_a_folder_that_is_named_is_read_and_not_that_of_the_settings(said: Say, team: Path, tmp_path: Path) -> None:
    assert said("settings", "set", "team_folder", tmp_path / "away")[0] == 0
    assert said("team", team)[0] == 0
    assert "away" in said("team")[2]


def test_nothing_is_shown_while_a_policy_cannot_be_read(said: Say, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = Settings([lambda: Layer(Origin.MACHINE_POLICY, "policies.json", bad=Unreadable("not-json"))])
    monkeypatch.setattr(say, "settings_in_force", lambda: bad)
    code, out, err = said("team", team)
    assert (code, out) == (3, "")
    assert "it may ask for more contributors" in err
