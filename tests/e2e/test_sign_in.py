"""The start at sign-in, in a desktop's folder of its own, and what ``kohtaava doctor`` says of a program that runs."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.e2e.desk import ROOT, Desk
from tests.e2e.screen import PATIENCE, until

NAME = "kohtaava-desktop.desktop"


@pytest.fixture
def entry(desk: Desk) -> Path:
    """Where the entry is, once there is one."""
    return desk.room / "xdg" / "autostart" / NAME


def start(desk: Desk, *arguments: str) -> None:
    """Start the program on a desktop that keeps its settings in the room."""
    desk.start(*arguments, before=["env", f"XDG_CONFIG_HOME={desk.room / 'xdg'}"])


def test_what_stands_in_the_entry_starts_the_program(desk: Desk, entry: Path) -> None:
    """Started a second time by it, the program shows itself; the entry goes with the setting."""
    start(desk, "--hidden")
    assert not entry.exists()
    desk.tell("settings", "set", "autostart", "true")
    until("the entry", entry.exists)
    command = next(line for line in entry.read_text().splitlines() if line.startswith("Exec="))
    words = [word.strip('"') for word in command.removeprefix("Exec=").split('" "')]
    assert desk.hidden()
    subprocess.run(words, env=desk.environment(), cwd=ROOT, timeout=PATIENCE, check=True)
    desk.overlay()
    desk.tell("settings", "set", "autostart", "false")
    until("no entry", lambda: not entry.exists())
    desk.quit()


def test_after_a_move_the_entry_is_mended_at_the_next_start(desk: Desk, entry: Path) -> None:
    desk.settings(autostart=True)
    start(desk)
    assert not entry.exists(), "what the user has taken away stays away"
    desk.tell("settings", "reset", "autostart")
    desk.tell("settings", "set", "autostart", "true")
    until("the entry", entry.exists)
    desk.quit()
    right = entry.read_text()
    entry.write_text(right.replace("Exec=", "Exec=/old"))
    start(desk)
    until("the right entry", lambda: entry.read_text() == right)
    desk.quit()


def test_a_folder_that_cannot_be_used_is_told(desk: Desk, entry: Path) -> None:
    entry.parents[1].mkdir()
    entry.parent.write_text("no folder")
    start(desk)
    desk.tell("settings", "set", "autostart", "true")
    sentence = "Start at sign-in could not be changed: "
    until("the sentence", lambda: desk.kohtaava("status").err.startswith(sentence))
    assert desk.kohtaava("start").code == 0
    desk.quit()


def test_without_a_folder_of_its_own_the_desktop_is_left_alone(desk: Desk) -> None:
    """The room's folders are moved by the environment, as a portable program's are."""
    desk.start()
    desk.tell("settings", "set", "autostart", "true")
    desk.tell("start")
    home = Path(desk.screen.environment()["HOME"])
    assert not list(home.rglob("*.desktop"))
    assert "leaves the start at sign-in as it is" in desk.kohtaava("doctor").out
    desk.quit()


def test_the_doctor_in_the_middle_of_a_meeting(desk: Desk) -> None:
    """All is told, nothing of the meeting is, and it goes on."""
    desk.start()
    desk.tell("start")
    desk.tell("finish")
    desk.tell("discard")
    for command in ("start", "up", "pin"):
        desk.tell(command)
    before = desk.status()["visits"][0]
    said = desk.kohtaava("doctor", "--json")
    assert (said.code, said.err) == (0, "")
    rows = {row["name"]: row for row in json.loads(said.out)["rows"]}
    assert rows["program"]["state"] == rows["journal"]["state"] == rows["qt"]["state"] == "ok"
    assert rows["session"]["sentence"] == "The session is X11."
    assert rows["journal"]["sentence"] == "A meeting is in hand."
    assert "guidance" not in said.out.lower()
    assert desk.status()["visits"][0] == before
    desk.kill()
    assert "not running" in desk.kohtaava("doctor").out
    desk.start()
    assert desk.status()["pins"] == 1
    desk.quit()
    (desk.data / "kohtaava.db").write_bytes(b"not a database " * 100)
    said = desk.kohtaava("doctor")
    assert said.code == 3
    assert "is damaged" in said.out
