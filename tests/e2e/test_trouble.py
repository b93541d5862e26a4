"""A data folder that is read-only, full, missing or a file, and files that are damaged, locked or from the future.

Whatever it is: the program starts, says what is the matter, a meeting can be held, and nothing is lost.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.desk import Desk, meetings_in, stages, taps
from tests.e2e.room import Room
from tests.e2e.screen import until

NewDesk = Callable[[Sequence[str]], Desk]
FAST = 60
SOMEBODY = 65534  # the user nobody, by number
WALK = ("up", "up", "back", "up", "up")
WALKED = ["empathy", "guidance", "advice", "guidance", "advice", "farewell"]


def told(desk: Desk, *words: str) -> str:
    """The warning that comes with a command that is carried out all the same."""
    said = desk.kohtaava(*words)
    assert said.code == 0, said
    assert said.err.endswith(".\n"), said
    assert said.err.count("\n") == 1, said
    return said.err


def walk(desk: Desk, *commands: str) -> None:
    """Commands that are carried out, whatever is said with them."""
    for command in commands:
        said = desk.kohtaava(command)
        assert said.code == 0, said


def hold_meetings(desk: Desk, count: int) -> None:
    """Hold whole meetings, each stored; needs a fast clock."""
    for _ in range(count):
        walk(desk, "start", *WALK, "finish")
        desk.await_status(state="idle")


def visits_of(meetings: list[dict[str, object]]) -> list[list[str]]:
    """The steps of each meeting."""
    return [[stage for stage, _ in meeting["visits"]] for meeting in meetings]  # type: ignore[attr-defined]


def test_on_a_read_only_disk(new_desk: NewDesk, disk: Room, tmp_path: Path) -> None:
    """A meeting is held in memory, and stored once writing is allowed."""
    desk = new_desk(disk.prefix)
    disk.make("ro")
    desk.start(speed=FAST)
    assert f"{desk.data} is read-only" in told(desk, "status")
    until("the overlay saying it too", lambda: desk.overlay().h > 44)
    walk(desk, "start", *WALK)
    assert stages(desk.status()) == WALKED
    walk(desk, "finish")
    assert desk.await_status(state="summary")
    disk.make("rw")
    desk.await_status(state="idle")
    desk.kill()
    assert visits_of(meetings_in(disk.take_out("kohtaava.db", tmp_path / "copy.db"))) == [WALKED]


def test_in_a_folder_of_somebody_else(new_desk: NewDesk) -> None:
    """It can be looked into but not written; the meeting is held, and the folder stays as it is."""
    root = os.geteuid() == 0
    desk = new_desk(["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if root else ())  # root, obeying modes
    if root:
        desk.data.mkdir(mode=0o755)
        os.chown(desk.data, SOMEBODY, SOMEBODY)
    else:
        desk.data = Path("/usr/share")
        if desk.data.owner() != "root":
            pytest.skip("every folder here is this user's own")
    before = sorted(desk.data.iterdir())
    desk.start()
    assert f"{desk.data} is read-only" in told(desk, "status")
    walk(desk, "start", *WALK)
    assert [visit["stage"] for visit in json.loads(desk.kohtaava("status", "--json").out)["visits"]] == WALKED
    walk(desk, "discard")
    end(desk)
    assert sorted(desk.data.iterdir()) == before


@pytest.mark.parametrize("which", ["data", "config"])
def test_in_a_folder_that_nobody_may_look_into(new_desk: NewDesk, which: str) -> None:
    """The program starts, and so does a meeting; ``kohtaava doctor`` has no answer but its rows, also without it."""
    desk = new_desk(["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else ())
    desk.data.mkdir()
    folder = {"data": desk.data, "config": desk.config}[which]
    folder.chmod(0)
    try:
        rows = json.loads(desk.kohtaava("doctor", "--json").out)["rows"]
        assert {row["name"]: row["state"] for row in rows}[{"data": "data", "config": "settings"}[which]] == "fault"
        desk.start(speed=FAST)
        walk(desk, "start", *WALK)
        assert [visit["stage"] for visit in json.loads(desk.kohtaava("status", "--json").out)["visits"]] == WALKED
        walk(desk, "discard")
        end(desk)
    finally:
        folder.chmod(0o700)


def test_a_disk_that_fills_up(new_desk: NewDesk, disk: Room, tmp_path: Path) -> None:
    """Taps go on while there is no room; with the first that has room all of them are durable."""
    desk = new_desk(disk.prefix)
    desk.start(speed=FAST)
    desk.tell("start")
    desk.tell("up")
    disk.fill()
    assert "disk is full" in told(desk, "up")
    walk(desk, "back", "pin")
    assert stages(desk.status()) == WALKED[:4]
    disk.clear()
    desk.tell("up")
    before = desk.status()
    desk.kill()
    desk.start(speed=FAST)
    assert taps(desk.status()) == taps(before)
    desk.tell("up")
    disk.fill()
    walk(desk, "finish")
    desk.await_status(state="summary")
    disk.clear()
    desk.await_status(state="idle")
    desk.kill()
    [meeting] = meetings_in(disk.take_out("kohtaava.db", tmp_path / "copy.db"))
    assert visits_of([meeting]) == [WALKED]


def test_on_a_full_disk(new_desk: NewDesk, disk: Room) -> None:
    """The program starts, and says that there is no room."""
    desk = new_desk(disk.prefix)
    disk.fill()
    desk.start()
    assert "disk is full" in told(desk, "start")
    walk(desk, "up")
    disk.clear()
    walk(desk, "up")
    before = desk.status()
    desk.kill()
    desk.start()
    assert taps(desk.status()) == taps(before)
    desk.quit()


def test_a_missing_folder_is_made(desk: Desk) -> None:
    """With all above it, closed to everybody else."""
    desk.data = desk.room / "not" / "there" / "yet"
    desk.start()
    desk.tell("start")
    assert f"{desk.data.stat().st_mode & 0o777:o}" == "700"
    desk.quit()
    assert desk.journal_files() == ["meeting-in-hand.db"]


def test_a_folder_that_goes_away(desk: Desk) -> None:
    """The next tap makes it anew, with all taps before it."""
    desk.start()
    for command in ("start", "up", "pin", "up"):
        desk.tell(command)
    before = desk.status()
    shutil.rmtree(desk.data)
    desk.tap(*desk.up())
    until("all taps on the disk", lambda: _taps_on_disk(desk.data) == 5)
    desk.kill()
    desk.start()
    after = desk.status()
    assert stages(after) == [*stages(before), "farewell"]
    assert after["pins"] == 1
    desk.quit()


def _taps_on_disk(folder: Path) -> int:
    path = folder / "meeting-in-hand.db"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM entry").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_file_in_the_place_of_the_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file stays as it is; once it is out of the way, the meeting is stored."""
    monkeypatch.setenv("TMPDIR", str(desk.temporary))  # the channel then lies there, for this process too
    desk.data.write_text("a file")
    desk.start(speed=FAST)
    assert f"{desk.data} cannot hold the data" in told(desk, "status")
    walk(desk, "start", *WALK, "finish")
    desk.await_status(state="summary")
    assert desk.data.read_text() == "a file"
    desk.data.unlink()
    desk.await_status(state="idle")
    end(desk)
    assert visits_of(desk.stored()) == [WALKED]


def cut(path: Path) -> None:
    """Half of ``path`` is gone."""
    os.truncate(path, path.stat().st_size // 2)


PAGE = 4096  # bytes of a page of SQLite


def smear(path: Path) -> None:
    """Wherever ``path`` has the third tap, or visits at the end of a page, there is something else now."""
    held = path.read_bytes().replace(b'"position": 2', b'"posit\xa5\xa5n": 2')
    if held == path.read_bytes():
        visits = held.rfind(b"empathy")
        end = len(held) if visits < 0 else (visits // PAGE + 1) * PAGE
        held = held[: end - 200] + b"\xa5" * 200 + held[end:]
    path.write_bytes(held)


def replace(path: Path) -> None:
    """``path`` is another file altogether."""
    path.write_text("Dear diary,\n" * 100)


def empty(path: Path) -> None:
    """Nothing is left of ``path``."""
    path.write_bytes(b"")


HARMS = (cut, smear, replace, empty)


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("ends", ["killed", "quit"])
def test_a_damaged_journal(desk: Desk, harm: Callable[[Path], None], ends: str) -> None:
    """What can be read of the taps is there, what cannot is said, and the program goes on."""
    desk.start()
    walk(desk, "start", *WALK)
    before = stages(desk.status())
    desk.kill() if ends == "killed" else desk.quit()
    for path in desk.data.glob("meeting-in-hand.db*"):
        if path.stat().st_size and path.suffix != ".db-shm":
            harm(path)
    desk.start()
    said = desk.kohtaava("status")
    found = stages(desk.status())
    assert found == before[: len(found)]
    if harm is smear:
        assert found == before[:2]
    if harm is replace or (harm is smear and ends == "quit"):  # a log that breaks off is what every power cut leaves
        aside = desk.data / "meeting-in-hand-damaged-1.db"
        assert f"{desk.data}/meeting-in-hand.db was damaged and is set aside as {aside}" in said.err
        assert aside.stat().st_size > 0
    go_on(desk, found)
    assert len(desk.stored()) == 1


def go_on(desk: Desk, found: list[str]) -> None:
    """Hold a meeting to its end, with what is left of the one in hand; then end the program."""
    walk(desk, *([] if found else ["start"]), "finish")
    end(desk)


def end(desk: Desk) -> None:
    """End the program, which may say something with it."""
    walk(desk, "quit")
    assert desk.program is not None
    assert desk.program.wait(20) == 0
    desk.program = None


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_database(desk: Desk, harm: Callable[[Path], None]) -> None:
    """It is set aside, what can be read of it goes on, and meetings are stored as before."""
    desk.start(speed=FAST)
    hold_meetings(desk, 2)
    desk.quit()
    before = {meeting["key"]: meeting for meeting in desk.stored()}
    path = desk.data / "kohtaava.db"
    harm(path)
    harmed = path.read_bytes()
    desk.start(speed=FAST)
    if harmed:
        err = told(desk, "status")
        assert f"{path} was damaged and is set aside as" in err
        kept = [each for each in desk.data.glob("kohtaava*.db") if each.read_bytes() == harmed and each.name in err]
        assert len(kept) == 1, "the damaged file is kept as it was"
    walk(desk, "start", *WALK, "finish")
    desk.await_status(state="idle")
    end(desk)
    after = desk.stored()
    salvaged = [meeting for meeting in after if meeting["key"] in before]
    assert len(after) == len(salvaged) + 1
    assert all(meeting == before[meeting["key"]] for meeting in salvaged if meeting["quality"] == "ok")
    if harm is smear:
        assert len(salvaged) == len(before), "only visits were under the smear"


def test_a_file_that_was_set_aside_without_a_word(desk: Desk) -> None:
    """By a program that was killed before it could say so; told at each start until somebody has read it."""
    desk.start(speed=FAST)
    hold_meetings(desk, 1)
    desk.quit()
    copy = desk.data / "kohtaava-damaged-1.db"
    copy.write_bytes(b"damaged")
    for _start in range(2):
        desk.start()
        assert f"a damaged file was set aside as {copy}." in told(desk, "status")
        desk.quit()


def test_a_database_from_a_newer_version(desk: Desk) -> None:
    """Not a byte of it changes; the meetings wait beside it and move in when it is understood again."""
    desk.start(speed=FAST)
    hold_meetings(desk, 1)
    desk.quit()
    path = desk.data / "kohtaava.db"
    set_version(path, 99)
    as_it_was = path.read_bytes()
    desk.start(speed=FAST)
    err = told(desk, "status")
    assert "A newer version of the program wrote" in err
    assert str(path) in err
    assert "99" in err
    walk(desk, "start", "up", "finish")
    desk.await_status(state="idle")
    end(desk)
    assert path.read_bytes() == as_it_was
    assert visits_of(meetings_in(desk.data / "kohtaava-waiting.db")) == [["empathy", "guidance"]]
    set_version(path, 1)
    desk.start()
    desk.quit()
    assert sorted(visits_of(desk.stored())) == sorted([WALKED, ["empathy", "guidance"]])
    assert not (desk.data / "kohtaava-waiting.db").exists()


def set_version(path: Path, version: int) -> None:
    """Write a format version into the database ``path``."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={version}")


def test_a_locked_database(desk: Desk) -> None:
    """A finished meeting waits beside a database that another program holds, and moves in later."""
    desk.start(speed=FAST)
    hold_meetings(desk, 1)
    with closing(sqlite3.connect(desk.data / "kohtaava.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        walk(desk, "start", "up", "finish")
        desk.await_status(state="idle")
        until("that it waits being told", lambda: "waits" in desk.kohtaava("status").err)
        assert "waits" in told(desk, "status")
    end(desk)
    desk.start()
    desk.quit()
    assert sorted(visits_of(desk.stored())) == sorted([WALKED, ["empathy", "guidance"]])


BAD_SETTINGS = {
    '{"theme": "pink"}': ("theme", "pink", "system, light, dark"),
    '{"summary_seconds": 4}': ("summary_seconds", "4", "5–120"),
    '{"colour": 1}': ("colour", "settings.json", "kohtaava settings list"),
    '{"theme": ': ("settings.json", "cannot be read", "defaults"),
    "[]": ("settings.json", "cannot be read", "defaults"),
    json.dumps({f"n{number}": 0 for number in range(80_000)}): ("n0", "settings.json", "kohtaava settings list"),
}


@pytest.mark.parametrize("text", BAD_SETTINGS, ids=lambda text: text[:20])
def test_bad_settings(desk: Desk, text: str) -> None:
    """A bad value is named with what is allowed, and the default is used."""
    (desk.config / "settings.json").write_text(text)
    desk.start("--lang", "en")
    err = told(desk, "start")
    assert all(name in err for name in BAD_SETTINGS[text]), err
    walk(desk, "up", "quit")
