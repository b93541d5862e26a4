"""``kohtaava stats``: the figures of one's own meetings, in three forms, and what it does not understand."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.cli import main
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.mirror import COLUMNS
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.store import meetings as meetings_module
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from tests.unit.store import samples


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of somebody who speaks English."""
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KOHTAAVA_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"language": "en"}', encoding="utf-8")
    return tmp_path / "data"


def fill(data: Path, count: int, **changes: Any) -> None:
    """Keep ``count`` meetings of 45 minutes: 5, 10, 20 and 6 minutes on the steps."""
    values: dict[str, Any] = {
        "iso_week": "2026-W40",
        "planned_minutes": 45,
        "marks": Marks(),
        "furthest_stage": Stage.FAREWELL,
        "quality": Quality.OK,
        "visits": tuple(zip(Stage, (300, 600, 1200, 360), strict=True)),
    } | changes
    data.mkdir(parents=True, exist_ok=True)
    kept = Meetings(data / MEETINGS)
    before = kept.count()
    kept.add_all(Record(key=f"{(before + number) * 7919:032x}", **values) for number in range(count))


def test_in_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 12)
    fill(data, 1, quality=Quality.FORGOTTEN)
    assert main(["stats"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "12 meetings",
        "Left out as forgotten: 1",
        "Empathy   median 5 min, half of them 5–5 min, 9 of 10 at most 5 min, n = 12",
    ]
    assert said[-3:] == [
        "Against the planned length: median −4 min, half of them from −4 min to −4 min, n = 12",
        "The farewell, week by week:",
        "2026-W40  median 6 min, n = 12",
    ]
    assert len([line for line in said if "12 meetings" in line.replace("12 of ", "")]) == 3, "not said twice"


def test_9_of_10_are_not_the_middle_half(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, minutes in enumerate((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20)):
        fill(data, 1, visits=((Stage.EMPATHY, minutes * 60),), iso_week=f"2026-W{number + 10}")
    assert main(["stats"]) == 0
    assert "median 6 min, half of them 4–9 min, 9 of 10 at most 10 min, n = 11" in capsys.readouterr().out


def test_the_newest_twelve_weeks_are_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for week in range(10, 23):
        fill(data, 1, iso_week=f"2026-W{week}")
    assert main(["stats"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-13] == "The farewell, week by week, in the newest 12 weeks with one:"
    assert [line.split()[0] for line in said[-12:]] == [f"2026-W{week}" for week in range(11, 23)]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few(data: Path, capsys: pytest.CaptureFixture[str], count: int) -> None:
    fill(data, count)
    assert main(["stats"]) == 0
    assert "Too few yet" in capsys.readouterr().out


def test_without_any_data_folder(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["meetings"] == 0
    assert not data.exists(), "asking leaves nothing behind"


def test_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    fill(data, 5, planned_minutes=30, marks=Marks(Channel.PHONE, True, True), iso_week="2026-W41")
    wanted = ["--planned", "30", "--channel", "phone", "--new-client", "yes", "--interpreter", "yes"]
    assert main(["stats", *wanted, "--weeks", "2026-W41..", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["meetings"] == 5
    assert said["filter"] == {
        "planned_minutes": 30,
        "channel": "phone",
        "new_client": True,
        "interpreter": True,
        "first_week": "2026-W41",
    }
    assert said["stages"]["advice"]["distribution"] == {"20": 5}
    assert said["over_planned"]["median"] == 11 * 60
    assert said["weeks"] == [{"week": "2026-W41", "meetings": 5, "median_farewell": 360.0}]


def test_as_csv(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    assert main(["stats", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    by_measure = {row["measure"]: row for row in rows if not row["week"]}
    assert by_measure["meetings"]["meetings"] == "6"
    assert float(by_measure["guidance"]["median"]) == 600
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t")), "a spreadsheet would carry it out"
            assert not cell.startswith("-") or float(cell) < 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--planned"], "--planned N needs a value."),
        (["--planned="], "--planned N needs a value."),
        (["--planned", "4"], "The planned length cannot be 4 min: choose 5 to 240 minutes."),
        (["--planned", "241"], "The planned length cannot be 241 min: choose 5 to 240 minutes."),
        (["--planned", "fortyfive"], '--planned is a whole number from 5 to 240, not "fortyfive".'),
        (["--planned", "4٥"], '--planned is a whole number from 5 to 240, not "4٥".'),
        (["--planned", "45", "--planned", "30"], "--planned can be given only once."),
        (["--channel", "fax"], '--channel is one of in-person, phone, video, not "fax".'),
        (["--new-client", "true"], '--new-client is one of yes, no, not "true".'),
        (["--interpreter", ""], "--interpreter yes|no needs a value."),
        (["--weeks", "2026-W40"], 'like 2026-W34..2026-W47, either end of which can be left out, not "2026-W40".'),
        (["--weeks", ".."], 'not "..".'),
        (["--weeks", "2026-W54.."], "There is no week 2026-W54 in the calendar."),
        (["--weeks", "2025-W53.."], "There is no week 2025-W53 in the calendar."),
        (["--weeks", "..2026-W99"], "There is no week 2026-W99 in the calendar."),
        (["--weeks", "2026-W20..2026-W01"], "The weeks end before they begin: 2026-W20 is after 2026-W01."),
        (["--json", "--csv"], '"--csv" does not belong here'),
        (["--json", "--json"], "--json can be given only once."),
        (["--year", "2026"], '"--year" does not belong here'),
        (["all"], '"all" does not belong here'),
    ],
)
def test_what_is_not_understood(data: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str) -> None:
    assert main(["stats", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert why in said.err
    assert len(said.err.splitlines()) == 1
    assert not data.exists()


def test_an_option_and_its_value_may_be_one_word(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    fill(data, 5, planned_minutes=30)
    assert main(["stats", "--planned=30", "--weeks=2026-W40..2026-W40", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["meetings"] == 5


def test_a_single_week(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    assert main(["stats", "--weeks", "2026-W40..2026-W40"]) == 0
    assert capsys.readouterr().out.startswith("6 meetings")


def test_a_database_of_a_newer_version(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    fill(data, 6)
    connection = sqlite3.connect(data / MEETINGS)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    assert main(["stats"]) == 3
    assert str(data / MEETINGS) in capsys.readouterr().err


def damaged(path: Path, find: bytes, put: bytes) -> None:
    """Change one place in the file."""
    content = path.read_bytes()
    assert content.count(find) > 0
    path.write_bytes(content.replace(find, put, 1))


def refused_as_damaged(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    """Refused in one sentence, and nothing on the disk is other than before."""
    before = samples.contents(data)
    assert main(["stats"]) == 3
    said = capsys.readouterr()
    assert (said.out, said.err) == (
        "",
        f"The meetings in {data / MEETINGS} cannot be used now: the file is damaged.\n",
    )
    assert samples.contents(data) == before


def test_a_file_that_is_no_database_is_left_to_the_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data.mkdir()
    (data / MEETINGS).write_bytes(b"x" * 8192)
    refused_as_damaged(capsys, data)


def test_a_damaged_row_is_left_to_the_program(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 12)
    key = Meetings(data / MEETINGS).records()[3].key.encode()
    damaged(data / MEETINGS, key + b"2026-W", key + b"2026-X")
    refused_as_damaged(capsys, data)


def test_a_file_that_was_set_aside_by_half_is_not_taken_for_none(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(data, 12)
    (data / MEETINGS).rename(data / "kohtaava-replacement.db")
    refused_as_damaged(capsys, data)


class TestLargeFile:
    """Of one that would take long to check, only that is checked which the figures rest on."""

    @pytest.fixture(autouse=True)
    def large(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two weeks that are over and added up, and one meeting of a week to come, which is not."""
        monkeypatch.setattr(meetings_module, "BRIEFLY_FROM", 0)
        fill(data, 12)
        fill(data, 12, iso_week="2026-W41")
        Meetings(data / MEETINGS).tallies(Filter(), "2026-W42")
        fill(data, 1, iso_week="2099-W01")

    def test_what_no_figure_rests_on_changes_none(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["stats"]) == 0
        whole = capsys.readouterr().out
        key = Meetings(data / MEETINGS).records()[3].key.encode()
        damaged(data / MEETINGS, key + b"2026-W", key + b"2026-X")
        assert main(["stats"]) == 0
        assert capsys.readouterr().out == whole
        assert samples.names(data) == [MEETINGS]

    @pytest.mark.parametrize("lost", ["visit WHERE meeting_key", "meeting WHERE key"])
    def test_a_meeting_that_is_not_whole_is_no_figure(
        self, data: Path, capsys: pytest.CaptureFixture[str], lost: str
    ) -> None:
        with closing(sqlite3.connect(data / MEETINGS)) as connection, connection:
            connection.execute(f"DELETE FROM {lost} = (SELECT key FROM meeting WHERE iso_week = '2099-W01')")
        refused_as_damaged(capsys, data)

    def test_a_meeting_with_a_value_that_none_has_is_no_figure(
        self, data: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with closing(sqlite3.connect(data / MEETINGS)) as connection, connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            connection.execute("UPDATE meeting SET channel = 'fax' WHERE iso_week = '2099-W01'")
        refused_as_damaged(capsys, data)

    def test_sums_on_a_damaged_page_are_no_figures(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        with closing(sqlite3.connect(data / MEETINGS)) as connection:
            [(root,)] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'tally'").fetchall()
            [(size,)] = connection.execute("PRAGMA page_size").fetchall()
        with (data / MEETINGS).open("r+b") as file:
            file.seek((root - 1) * size + 3)
            file.write(b"\xff\xff")  # the number of cells
        refused_as_damaged(capsys, data)
