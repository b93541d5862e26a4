"""``kohtaava doctor``: what each row says of what it looks at, what is never said, and that looking changes nothing."""

import json
import os
import re
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from kohtaava_desktop.cli import doctor, main
from kohtaava_desktop.cli.doctor import Around
from kohtaava_desktop.control.client import NoAnswer, Unreachable
from kohtaava_desktop.control.report import Row, State, row_of, worst
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.integration.autostart import own_autostart
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.store import examination
from kohtaava_desktop.store.database import Database
from kohtaava_desktop.store.errors import Damaged
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of the test's own, in which nothing is yet; English."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config"), ("TMPDIR", "tmp")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(policy, "FILE", tmp_path / "policies.json")
    set_language("en")
    yield tmp_path
    set_language(None)


@pytest.fixture
def around(folders: Path) -> Around:
    """Nothing set, nothing stored, all texts there."""
    for tag in ("fi", "sv", "en"):
        texts = folders / "locale" / tag / "LC_MESSAGES"
        texts.mkdir(parents=True)
        (texts / "kohtaava.mo").touch()
    return Around(load(folders / "config"), folders / "data", folders / "locale")


def store(folder: Path, meetings: int) -> Path:
    """So many finished meetings."""
    folder.mkdir(mode=0o700)
    path = folder / MEETINGS
    visits = ((Stage.EMPATHY, 300), (Stage.GUIDANCE, 600))
    Meetings(path).add_all(
        Record(f"{number:032x}", "2026-W47", 45, Marks(), Stage.GUIDANCE, Quality.OK, visits)
        for number in range(meetings)
    )
    return path


def files_of(folder: Path) -> dict[str, bytes]:
    """Every byte in ``folder``."""
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def given(**values: object) -> Settings:
    return Settings([lambda: Layer(Origin.USER, "/home/settings.json", values)])


def test_a_new_computer_is_in_order(around: Around) -> None:
    rows = doctor.examine(around)
    assert {row.state for row in rows} == {State.OK}
    assert len({row.name for row in rows}) == len(rows)


def test_nothing_is_made_by_looking(around: Around, folders: Path) -> None:
    before = sorted(folders.rglob("*"))
    doctor.examine(around)
    assert sorted(folders.rglob("*")) == before


def test_stored_meetings_are_counted_and_not_touched(around: Around) -> None:
    store(around.data, 3)
    before = files_of(around.data)
    assert doctor.meetings(around) == Row("meetings", State.OK, "3 meetings are stored, and sound.")
    assert files_of(around.data) == before


def test_looking_does_not_disturb_one_who_writes(around: Around) -> None:
    """Beside a transaction of the running program, what was there before it is counted."""
    path = store(around.data, 2)
    writer = sqlite3.connect(path, isolation_level=None)
    try:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute(f"DELETE FROM visit WHERE meeting_key = '{0:032x}'")
        writer.execute(f"DELETE FROM not_added_up WHERE key = '{0:032x}'")
        writer.execute(f"DELETE FROM meeting WHERE key = '{0:032x}'")
        assert "2 meetings" in doctor.meetings(around).sentence
        writer.execute("COMMIT")
        assert "1 meeting is" in doctor.meetings(around).sentence
    finally:
        writer.close()


@pytest.mark.parametrize(("changes", "state"), [(2, State.OK), (1000, State.WARNING)])
def test_what_changes_while_it_is_read_is_read_again(
    around: Around, monkeypatch: pytest.MonkeyPatch, changes: int, state: State
) -> None:
    """Without a lock a page can be read half written: that is no damage, as long as somebody writes."""
    path = store(around.data, 2)
    look_once, times = examination._looked, count()

    def read(where: Path, look: Callable[[Database], int]) -> int | None:
        number = next(times)
        if number >= changes:
            return look_once(where, look)
        os.utime(path, ns=(number, number))
        raise Damaged(path)

    monkeypatch.setattr(examination, "_looked", read)
    assert doctor.meetings(around).state is state
    assert next(times) == min(changes + 1, examination.MOST_TIMES)


@pytest.mark.parametrize("damage", [b"not a database at all " * 500, b"SQLite"], ids=["another file", "a stump"])
def test_a_damaged_database_is_a_fault_and_stays_as_it_is(around: Around, damage: bytes) -> None:
    path = store(around.data, 3)
    path.write_bytes(damage)
    row = doctor.meetings(around)
    assert row.state is State.FAULT
    assert str(path) in row.sentence
    assert path.read_bytes() == damage


def test_a_database_of_a_later_version_is_a_fault(around: Around) -> None:
    path = store(around.data, 1)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    row = doctor.meetings(around)
    assert row.state is State.FAULT
    assert "99" in row.sentence


def test_a_folder_in_the_place_of_the_database_is_a_fault(around: Around) -> None:
    (around.data / MEETINGS).mkdir(parents=True)
    assert doctor.meetings(around).state is State.FAULT


@pytest.mark.parametrize("name", [JOURNAL, WAITING])
def test_a_meeting_in_hand_or_waiting_is_told(around: Around, name: str) -> None:
    around.data.mkdir()
    (around.data / name).touch()
    rows = {row.name: row for row in (doctor.journal(around), doctor.waiting(around))}
    assert (rows["journal"].sentence == "A meeting is in hand.") is (name == JOURNAL)
    assert (rows["waiting"].state is State.WARNING) is (name == WAITING)


def test_a_folder_open_to_others_is_told(around: Around) -> None:
    around.data.mkdir(mode=0o700)
    assert doctor.data(around).state is State.OK
    around.data.chmod(0o755)
    assert doctor.data(around).state is State.WARNING


def test_a_file_in_the_place_of_the_folder_is_a_fault(around: Around) -> None:
    around.data.touch()
    assert doctor.data(around) == Row("data", State.FAULT, f"{around.data} is not a folder.")
    below = replace(around, data=around.data / "below")
    assert doctor.data(below).state is State.FAULT


def test_a_folder_that_cannot_be_written_is_a_fault(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked of the system, as root may write anywhere."""
    around.data.mkdir(mode=0o500)
    monkeypatch.setattr(os, "access", lambda path, mode: not (Path(path) == around.data and mode & os.W_OK))
    assert doctor.data(around) == Row("data", State.FAULT, f"{around.data} cannot be written.")


@pytest.mark.parametrize(
    ("free", "state"), [(1 << 40, State.OK), (50 << 20, State.WARNING), (1 << 19, State.FAULT), (0, State.FAULT)]
)
def test_room_on_the_disk(around: Around, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    found = replace(examination.look_at_folder(around.data), free=free)
    monkeypatch.setattr(examination, "look_at_folder", lambda folder: found)
    row = doctor.space(around)
    assert row.state is state
    assert str(free >> 20) in row.sentence


def test_settings_that_are_not_used_are_told(around: Around) -> None:
    assert doctor.settings_(replace(around, settings=given(size="large"))).state is State.OK
    row = doctor.settings_(replace(around, settings=given(size="huge", chime=1)))
    assert row.state is State.WARNING
    assert all(word in row.sentence for word in ("size", "huge", "small", "chime"))


def test_a_settings_file_that_cannot_be_read_is_a_fault(around: Around, folders: Path) -> None:
    (folders / "config").mkdir()
    (folders / "config" / "settings.json").write_text("{")
    row = doctor.settings_(replace(around, settings=load(folders / "config")))
    assert row.state is State.FAULT
    assert "settings.json" in row.sentence


def test_what_an_organisation_has_set_is_told_with_its_place(around: Around) -> None:
    assert "No organisation" in doctor.policies(around).sentence
    managed = Layer(Origin.MACHINE_POLICY, "/etc/policies.json", {"autostart": True, "retention_months": 6})
    row = doctor.policies(replace(around, settings=Settings([lambda: managed])))
    assert all(word in row.sentence for word in ("/etc/policies.json", "autostart", "retention_months"))


def test_the_start_at_sign_in_is_held_against_the_setting(
    around: Around, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folders / "xdg"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(folders / "etc"))
    wanted = replace(around, settings=given(autostart=True))
    assert doctor.start_at_sign_in(around).state is State.OK
    assert doctor.start_at_sign_in(wanted).state is State.WARNING
    own_autostart(["/bin/kohtaava-desktop"]).change(True)
    assert doctor.start_at_sign_in(wanted) == Row("autostart", State.OK, "The program starts at sign-in.")
    path = folders / "xdg" / "autostart" / "kohtaava-desktop.desktop"
    path.write_text(path.read_text() + "Hidden=true\n")
    row = doctor.start_at_sign_in(wanted)
    assert (row.state, "system's own settings" in row.sentence) == (State.WARNING, True)


def test_missing_texts_are_a_fault(around: Around) -> None:
    (around.locale / "sv" / "LC_MESSAGES" / "kohtaava.mo").unlink()
    assert doctor.translations(around) == Row("translations", State.FAULT, "The texts are missing in: sv.")


def answers(answer: bytes | Exception) -> Callable[[str, bytes], bytes]:
    def ask(_folder: str, line: bytes) -> bytes:
        assert json.loads(line) == {"command": "doctor"}
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


def test_the_rows_of_the_running_program_come_last(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("tray", State.WARNING, "No place.")
    answer = json.dumps({"ok": True, "rows": [row.as_json()]}).encode()
    monkeypatch.setattr(doctor, "ask", answers(answer))
    program, last = doctor.examine(around)[-2:]
    assert (program.name, program.state, last) == ("program", State.OK, row)


@pytest.mark.parametrize(
    "answer",
    [
        NoAnswer(),
        b"{",
        b"[]",
        b'{"ok": true}',
        b'{"ok": true, "rows": 5}',
        b'{"ok": true, "rows": [{"name": "tray"}]}',
        b'{"ok": true, "rows": [{"name": "tray", "state": "splendid", "sentence": "x"}]}',
        b'{"ok": true, "rows": [["tray", "ok", "x"]]}',
    ],
)
def test_a_program_that_does_not_answer_as_it_should_is_a_fault(
    around: Around, monkeypatch: pytest.MonkeyPatch, answer: bytes | Exception
) -> None:
    monkeypatch.setattr(doctor, "ask", answers(answer))
    [row] = doctor.ask_program(around.data)
    assert (row.name, row.state) == ("program", State.FAULT)


def test_a_program_that_does_not_run_is_none(around: Around, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "ask", answers(Unreachable()))
    [row] = doctor.ask_program(around.data)
    assert (row.name, row.state) == ("program", State.OK)


@pytest.mark.parametrize(
    ("states", "expected"),
    [([], State.OK), ([State.OK], State.OK), ([State.OK, State.WARNING], State.WARNING), (list(State), State.FAULT)],
)
def test_the_worst_row_counts(states: list[State], expected: State) -> None:
    assert worst([Row("any", state, "") for state in states]) is expected


def test_a_row_goes_over_the_channel_as_it_is() -> None:
    row = Row("data", State.FAULT, "”Ei käy”")
    assert row_of(json.loads(json.dumps(row.as_json()))) == row


def test_on_the_command_line(capsys: pytest.CaptureFixture[str], folders: Path) -> None:
    """For people a line a row; with 3 only where there is a fault."""
    assert main(["doctor"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "in order  meetings" in printed.out
    (folders / "data").touch()
    assert main(["doctor", "--json"]) == 3
    said = json.loads(capsys.readouterr().out)
    assert said["state"] == "fault"
    assert {row["name"]: row["state"] for row in said["rows"]}["data"] == "fault"


@pytest.mark.parametrize("words", [["now"], ["--xml"], ["--json", "--json"], ["--json", "tray"]])
def test_other_words_are_refused(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(["doctor", *words]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "kohtaava doctor [--json]" in printed.err


def test_nothing_of_a_meeting_is_told(around: Around) -> None:
    store(around.data, 2)
    said = json.dumps([row.as_json() for row in doctor.examine(around)])
    assert not any(word in said for word in (f"{0:032x}", "2026-W47", "Guidance", "Empathy"))


def test_every_row_that_is_looked_at_here_is_documented(around: Around) -> None:
    text = DOCUMENT.read_text(encoding="utf-8").split("## What the doctor looks at")[1].split("\n## ")[0]
    documented = re.findall(r"^- `([a-z]+)`: ", text, re.MULTILINE)
    names = [row.name for row in doctor.examine(around)]
    assert documented[: len(names)] == names


def test_sums_that_are_wrong_are_told_and_mended(around: Around, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said to make them anew does."""
    path = store(around.data, 3)
    assert doctor.sums(around).state is State.OK
    Meetings(path).add_up_some("2027-W01")
    assert doctor.sums(around) == Row("sums", State.OK, "The sums of the statistics are right.")
    assert main(["doctor", "--mend"]) == 0
    assert "nothing to mend" in capsys.readouterr().out
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM tally WHERE measure = 'over'")
    row = doctor.sums(around)
    assert row.state is State.WARNING
    assert "kohtaava doctor --mend" in row.sentence
    assert main(["doctor", "--mend"]) == 0
    assert doctor.sums(around).state is State.OK
    Meetings(path).add_up_some("2027-W01")
    assert Meetings(path).tallies_are_right()
    assert Meetings(path).count() == 3


def test_a_file_that_cannot_be_read_has_no_sums_and_no_exports(
    around: Around, capsys: pytest.CaptureFixture[str]
) -> None:
    around.data.mkdir()
    (around.data / MEETINGS).write_bytes(b"no database at all, but long enough to be taken for one" * 9)
    assert [look(around).state for look in (doctor.sums, doctor.exported)] == [State.WARNING] * 2
    assert main(["doctor", "--mend"]) == 3
    assert "damaged" in capsys.readouterr().err


def test_exported_months_and_damaged_copies_are_counted(around: Around) -> None:
    path = store(around.data, 1)
    assert doctor.exported(around).sentence == "0 months are put together for an export."
    assert doctor.copies(around).state is State.OK
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO release VALUES ('2026-10', 'bcdfghjkmnpqrstv', '{}'), ('2026-09', NULL, NULL)")
    (around.data / "kohtaava-damaged-1.db").touch()
    assert doctor.exported(around) == Row("exported", State.OK, "1 month is put together for an export.")
    row = doctor.copies(around)
    assert (row.state, "kohtaava-damaged-1.db" in row.sentence) == (State.WARNING, True)


def test_how_long_meetings_are_kept_and_by_whom(around: Around) -> None:
    assert "24 months" in doctor.retention(around).sentence
    assert "organisation" not in doctor.retention(replace(around, settings=given(retention_months=6))).sentence
    managed = Layer(Origin.MACHINE_POLICY, "/etc/policies.json", {"retention_months": 1})
    said = doctor.retention(replace(around, settings=Settings([lambda: managed]))).sentence
    assert all(words in said for words in ("1 month.", "organisation", "/etc/policies.json"))


def test_the_team_folder_is_there_or_away(around: Around, folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is in it is not told, and what cannot be told is not waited for."""
    assert doctor.team(around) == Row("team", State.OK, "No team folder is set.")
    share = folders / "share"
    with_share = replace(around, settings=given(team_folder=str(share)))
    assert doctor.team(with_share).state is State.WARNING
    assert str(share) in doctor.team(with_share).sentence
    assert "share is away" in doctor.team(with_share).sentence
    export = share / "kohtaava-2026-10-bcdfghjkmnpqrstv"
    export.mkdir(parents=True)
    assert doctor.team(with_share) == Row("team", State.OK, f"The team folder {share} is there and can be read.")
    file = replace(around, settings=given(team_folder=str(share / "file")))
    (share / "file").touch()
    assert doctor.team(file).state is State.WARNING
    assert "cannot be read" in doctor.team(file).sentence
    stuck, held = threading.Event(), threading.Event()

    def never(_folder: Path) -> None:
        held.set()
        stuck.wait(60)

    monkeypatch.setattr(doctor, "look_into", never)
    monkeypatch.setattr(doctor, "SHARE_SECONDS", 0.05)
    try:
        assert "does not answer" in doctor.team(with_share).sentence
        assert held.wait(60)
    finally:
        stuck.set()
