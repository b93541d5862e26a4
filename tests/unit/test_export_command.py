"""``kohtaava export``: what it shows, what it writes, and every way in which it can be refused."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kohtaava_desktop.cli import export_command, main, say
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.i18n.export_texts import preview
from kohtaava_desktop.settings.files import Unreadable
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS, WAITING, Shelf
from tests.unit.domain.test_release import SMALL
from tests.unit.store import samples

ROOT = Path(export_command.__file__).parents[2]
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with meetings of October, on a day in November, in English."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config"), ("TMPDIR", "tmp")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(export_command, "local_day", lambda _clock, _wall: TODAY)
    Meetings(tmp_path / "data" / MEETINGS).add_all([*map(meeting, range(24)), *map(long_one, range(100, 103))])
    (tmp_path / "out").mkdir()
    yield tmp_path / "data"
    set_language(None)


def meeting(number: int) -> Record:
    return samples.record(number, iso_week="2026-W42", planned_minutes=45, quality=Quality.OK)


def long_one(number: int) -> Record:
    return samples.record(number, iso_week="2026-W43", planned_minutes=90, quality=Quality.OK)


def says(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["export", *map(str, words)])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def refusal(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one sentence with which a command line is refused, exit 3."""
    code, _out, err = says(capsys, *words)
    assert code == 3
    assert err.count("\n") == 1, err
    return err


def written(folder: Path) -> Path:
    [place] = folder.iterdir()
    return place


def test_it_shows_exactly_the_rows_that_leave(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = says(capsys, "--to", tmp_path / "out")
    assert (code, err) == (0, "")
    table = (written(tmp_path / "out") / "meetings.csv").read_text(encoding="utf-8").splitlines()[1:]
    shown = [line for line in out.splitlines() if re.match(r"\d+–\d+ min ", line)]
    assert len(shown) == len(table)
    for line, row in zip(shown, table, strict=True):
        cells = row.split(",")
        assert line.startswith(f"{cells[2]}–{cells[3]} min")
        assert line.endswith(f" {cells[8] or 'withheld'}")
        assert {"": "–"}.get(cells[4], cells[4].capitalize()) in line
        assert cells[6] in line
        assert cells[7] in line
    assert "fewer than 10" in out
    assert out.splitlines()[-1] == f"Written: {written(tmp_path / 'out')}"


def test_without_a_folder_nothing_is_written_and_the_same_is_shown(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, first, err = says(capsys)
    assert (code, err) == (0, "")
    last = first.splitlines()[-1]
    assert "kohtaava export --month 2026-10 --to DIR" in last
    assert "put together for good" in last
    assert "Nothing has been written" not in last
    assert samples.rows(tmp_path / "data" / MEETINGS, "SELECT month FROM release") == [("2026-10",)]
    assert samples.names(tmp_path / "out") == []
    assert samples.names(tmp_path / "data") == [MEETINGS]
    named, second = says(capsys, "--month", "2026-10")[:2]
    third = says(capsys, f"--to={tmp_path / 'out'}", "--month=2026-10")[1]
    assert (named, second) == (0, first)
    assert third.splitlines()[:-1] == first.splitlines()[:-1]


def test_with_a_team_folder_still_nothing_is_written_unasked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["settings", "set", "team_folder", str(tmp_path / "out")]) == 0
    capsys.readouterr()
    code, out, _err = says(capsys)
    assert code == 0
    assert out.splitlines()[-1].endswith(f"kohtaava export --month 2026-10 --to {tmp_path / 'out'}")
    assert samples.names(tmp_path / "out") == []


def test_nothing_leaves_while_a_policy_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = Settings([lambda: Layer(Origin.MACHINE_POLICY, "policies.json", bad=Unreadable("not-json"))])
    monkeypatch.setattr(say, "settings_in_force", lambda: bad)
    assert "policy of your organisation cannot be read" in refusal(capsys, "--to", tmp_path / "out")
    assert samples.names(tmp_path / "out") == []


def test_the_same_files_are_written_again_anywhere(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert says(capsys, "--to", tmp_path / "out")[0] == 0
    Meetings(tmp_path / "data" / MEETINGS).add_all(map(meeting, range(200, 220)))
    assert says(capsys, "--to", tmp_path / "other")[0] == 0
    assert samples.contents(written(tmp_path / "out")) == samples.contents(written(tmp_path / "other"))
    assert written(tmp_path / "out").name == written(tmp_path / "other").name
    code, out, err = says(capsys, "--to", tmp_path / "out")
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == f"It is there already, and the same: {written(tmp_path / 'out')}"


def test_a_folder_may_be_named_from_where_one_stands(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert says(capsys, "--to", "out")[0] == 0
    assert written(tmp_path / "out").name.startswith("kohtaava-2026-10-")


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["now"], ['"now"', "kohtaava export [--month YYYY-MM] [--to DIR]"]),
        (["--too", "x"], ['"--too"', "--to DIR"]),
        (["--to"], ["--to DIR"]),
        (["--to", ""], ["--to DIR"]),
        (["--to="], ["--to DIR"]),
        (["--month"], ["--month YYYY-MM"]),
        (["--month", "2026-10", "--month", "2026-10"], ['"--month"']),
        (["--to", "a", "--to", "b"], ['"--to"']),
        *((["--month", month], [month[:30], "2026-10"]) for month in ("2026-13", "october", "9999-12", "0000-01")),
        (["--month", "٢٠٢٦-١٠"], ["2026-10"]),
        (["--month", "9" * 5000], ["999", "2026-10"]),
    ],
)
def test_what_cannot_be_understood(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], names: list[str]
) -> None:
    code, out, err = says(capsys, *words)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert all(name in err for name in names), err
    assert samples.rows(tmp_path / "data" / MEETINGS, "SELECT * FROM release") == []


@pytest.mark.parametrize(("month", "closes"), [("2026-11", "2026-11-30"), ("2099-01", "2099-02-02")])
def test_an_open_month(capsys: pytest.CaptureFixture[str], month: str, closes: str) -> None:
    err = refusal(capsys, "--month", month)
    assert month in err
    assert closes in err


@pytest.mark.parametrize("month", ["2026-09", "0001-01"])
def test_an_empty_month(capsys: pytest.CaptureFixture[str], tmp_path: Path, month: str) -> None:
    assert month in refusal(capsys, "--month", month, "--to", tmp_path / "out")
    assert samples.names(tmp_path / "out") == []


def test_nothing_stored_at_all(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    (data / MEETINGS).unlink()
    assert "2026-10" in refusal(capsys)
    assert samples.names(data) == []


def under_policy(group: int) -> Settings:
    layer = Layer(Origin.MACHINE_POLICY, "policies.json", {"smallest_group": group})
    return Settings((lambda: layer,))


def test_a_policy_raises_the_threshold(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "settings_in_force", lambda: under_policy(25))
    code, out, _err = says(capsys, "--to", tmp_path / "out")
    assert code == 0
    assert "fewer than 25" in out
    described = json.loads((written(tmp_path / "out") / "datapackage.json").read_bytes())
    assert described["kohtaava"]["smallest_group"] == 25
    monkeypatch.setattr(say, "settings_in_force", lambda: under_policy(26))
    err = refusal(capsys, "--to", tmp_path / "other")
    assert "25" in err
    assert "26" in err
    assert err.endswith(f" {written(tmp_path / 'out').name}.\n"), "so that whoever handed it over can take it back"


def test_something_else_in_its_place(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    says(capsys, "--to", tmp_path / "out")
    (written(tmp_path / "out") / "meetings.csv").write_bytes(b"mine")
    assert str(written(tmp_path / "out")) in refusal(capsys, "--to", tmp_path / "out")
    assert (written(tmp_path / "out") / "meetings.csv").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["missing", "file", "file/below", "loop", "x" * 300, "zero\0byte"])
def test_a_folder_that_is_none(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to("loop")
    assert "Nothing was written to" in refusal(capsys, "--to", tmp_path / name)


def test_a_name_that_no_terminal_can_show(tmp_path: Path) -> None:
    code = "import sys; from kohtaava_desktop.cli import main; sys.exit(main(['export', '--to', sys.argv[1]]))"
    folder = bytes(tmp_path) + b"/\xff"
    done = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


def test_a_damaged_file_is_left_to_the_program(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    (data / MEETINGS).write_bytes(b"x" * 8192)
    before = samples.contents(data)
    err = refusal(capsys)
    assert str(data / MEETINGS) in err
    assert "damaged" in err
    assert samples.contents(data) == before


def test_a_month_that_retention_has_cut(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    Meetings(data / MEETINGS).remove_older_than("2026-W43")
    err = refusal(capsys, "--month", "2026-10")
    assert "its first weeks have been removed" in err
    assert "2026-10" in err


def test_a_locked_file(capsys: pytest.CaptureFixture[str], data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kohtaava_desktop.store.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(data / MEETINGS, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "locked" in refusal(capsys)
    other.close()


def test_meetings_that_wait_are_not_left_out(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    Meetings(data / WAITING).add(meeting(300))
    before = samples.contents(data)
    assert "Start Kohtaava Desktop" in refusal(capsys)
    assert samples.contents(data) == before


def test_the_journal_of_the_meeting_in_hand_is_not_opened(data: Path, tmp_path: Path) -> None:
    """Not even looked at: the whole command, traced by Python itself."""
    (data / "meeting-in-hand.db").write_bytes(b"no database at all")
    code = """
import sys
from kohtaava_desktop.cli import main
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event in ("open", "sqlite3.connect") else None)
assert main(["export", "--month", "2026-10", "--to", sys.argv[1]]) == 0
assert any("kohtaava.db" in each for each in opened)
assert not any("in-hand" in each for each in opened)
"""
    subprocess.run([sys.executable, "-c", code, tmp_path / "out"], check=True, capture_output=True, cwd=ROOT)
    assert (data / "meeting-in-hand.db").read_bytes() == b"no database at all"


def test_beside_a_program_with_a_meeting_in_hand(data: Path, tmp_path: Path) -> None:
    """The journal is the same afterwards, byte for byte, and the meeting is stored as if nothing had been."""
    shelf = Shelf(data)
    shelf.open()
    shelf.journal.append_all(samples.entries(12))
    before = {name: content for name, content in samples.contents(data).items() if "in-hand" in name}
    command = [sys.executable, "-m", "kohtaava_desktop", "export", "--month", "2026-10", "--to", str(tmp_path / "out")]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    assert {name: content for name, content in samples.contents(data).items() if "in-hand" in name} == before
    shelf.journal.append(samples.entry(12))
    shelf.settle(meeting(400))
    assert shelf.take_notices() == ()
    assert samples.names(data) == [MEETINGS]
    assert shelf.meetings.count() == 28
    assert written(tmp_path / "out").name.endswith(shelf.release("2026-10", TODAY, Thresholds()).contributor)


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_the_preview_in_every_language(language: str) -> None:
    set_language(language)
    lines = preview(SMALL).splitlines()
    assert "2026-10" in lines[0]
    assert SMALL.contributor in lines[0]
    rows = [line for line in lines if re.match(r"\d+–\d+ min ", line)]
    assert len(rows) == len(list(SMALL.rows()))
    assert lines[-1].count("10") == 1
    assert len(preview(Release("2026-10", SMALL.contributor, SMALL.groups[1:2])).splitlines()) == 3 + 10


def test_help_names_both_forms(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = says(capsys, "--help")
    assert code == 0
    assert "kohtaava export [--month YYYY-MM] --to DIR" in out
