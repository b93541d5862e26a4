"""Shortcuts that work whichever program has the keyboard: real grabs on a real X server, beside a terminal."""

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kohtaava_desktop.domain.taps import DOUBLE_TAP_SECONDS
from kohtaava_desktop.integration.shortcuts_x11 import keysym
from kohtaava_desktop.integration.xcb import POINTER, Call, Cookie, libxcb
from kohtaava_desktop.integration.xcb_keys import Connection
from tests.e2e.beside import Beside
from tests.e2e.desk import ROOT, Desk, Said, stages
from tests.e2e.screen import PATIENCE, Screen, until

HOLDER = Path(__file__).with_name("holder.py")
FLUSH: Call = ("flush", ctypes.c_int, [POINTER])
CONTROL_SHIFT, CONTROL_ALT = 1 | 4, 4 | 8
ALL = {
    "shortcut_up": "Ctrl+Shift+F1",
    "shortcut_back": "Ctrl+Shift+F2",
    "shortcut_undo": "Ctrl+Shift+F3",
    "shortcut_pin": "Ctrl+Shift+F4",
    "shortcut_view": "Ctrl+Shift+F5",
    "shortcut_discreet": "Ctrl+Shift+F6",
    "shortcut_show": "Ctrl+Shift+F7",
}
UP, BACK, UNDO, PIN, VIEW, DISCREET, SHOW = (f"ctrl+shift+F{number}" for number in range(1, 8))
TAKEN = "Ctrl+Shift+F1 belongs to another program already: choose another for “Start meeting, step up”."


def press(desk: Desk, keys: str, **expected: object) -> None:
    """Press ``keys`` and wait for what it does."""
    desk.press(keys)
    desk.await_status(**expected)


def test_steps_are_taken_while_another_program_has_the_keyboard(desk: Desk, beside: Beside) -> None:
    """The focus stays where it is all the time, and of the keys nothing arrives in the terminal."""
    desk.settings(shortcut_up="Ctrl+Shift+F1", shortcut_back="Ctrl+Alt+P")
    desk.start(speed=60)
    before = beside.active_windows()
    press(desk, UP, state="running", stage="empathy")
    press(desk, UP, stage="guidance")
    press(desk, "ctrl+alt+p", stage="empathy")
    beside.still_typing()
    assert beside.active_windows() == before
    desk.quit()


@contextmanager
def locked(screen: Screen, *locks: str) -> Iterator[None]:
    """With these locks on."""
    screen.press(*locks)
    try:
        yield
    finally:
        screen.press(*locks)


@pytest.mark.parametrize("locks", [("Num_Lock",), ("Caps_Lock",), ("Num_Lock", "Caps_Lock")], ids="+".join)
def test_locks_change_nothing(desk: Desk, beside: Beside, locks: tuple[str, ...]) -> None:
    desk.settings(shortcut_up="Ctrl+Shift+F1", shortcut_pin="Ctrl+Alt+P")
    desk.start(speed=60)
    with locked(desk.screen, *locks):
        press(desk, UP, state="running")
        press(desk, "ctrl+alt+p", pins=1)
    beside.still_typing()
    desk.quit()


def test_each_shortcut_does_its_own(desk: Desk, beside: Beside) -> None:
    desk.settings(**ALL)
    desk.start(speed=60)
    press(desk, UP, state="running", stage="empathy")
    press(desk, UP, stage="guidance")
    press(desk, PIN, pins=1)
    press(desk, BACK, stage="empathy")
    press(desk, UNDO, stage="guidance")
    press(desk, VIEW, view="open")
    press(desk, VIEW, view="quiet")
    press(desk, DISCREET, view="discreet")
    beside.still_typing()
    press(desk, SHOW)
    until("the keyboard in the overlay", lambda: desk.screen.focus() == desk.overlay().number)
    desk.screen.press("Escape")
    until("the keyboard in the terminal", lambda: desk.screen.focus() == beside.focus)
    desk.quit()


def test_a_second_press_within_400_ms_does_not_count(desk: Desk) -> None:
    """The guard is that of every tap; on a clock that runs as the wall's, two keys in a row are a double tap."""
    desk.settings(shortcut_up="Ctrl+Shift+F1")
    desk.start()
    for _try in range(10):
        before = time.monotonic()
        desk.screen.press(UP, UP)
        desk.status()  # the program has heard both before it answers
        if time.monotonic() - before < DOUBLE_TAP_SECONDS:
            break
        desk.await_status(state="running")
        desk.tell("discard")
        desk.wait_for_next_tap()
    else:
        pytest.fail("this machine is too slow for a double tap")
    desk.await_status(state="running")
    desk.wait_for_next_tap()
    assert stages(desk.status()) == ["empathy"]
    desk.quit()


def test_a_key_held_down_counts_once(desk: Desk, beside: Beside) -> None:
    """The server repeats it all the while, as the terminal sees; on the fast clock no repeat is a double tap."""
    desk.settings(shortcut_up="Ctrl+Shift+F1")
    desk.start(speed=60)
    screen = desk.screen
    screen.run("xset", "r", "on")
    screen.run("xset", "r", "rate", "100", "50")
    try:
        for key in ("q", UP):
            screen.do("keydown", key)
            time.sleep(1.2)
            screen.do("keyup", key)
    finally:
        screen.run("xset", "r", "rate")
        screen.run("xset", "r", "off")
    desk.await_status(state="running")
    screen.press("Return")
    until("the repeats of the letter", lambda: beside.typed().endswith("qqqqqq\n"))
    assert stages(desk.status()) == ["empathy"]
    desk.quit()


@contextmanager
def held_elsewhere(screen: Screen, key: str, state: int) -> Iterator[None]:
    """Another program has the key."""
    with connected(screen) as connection:
        code = connection.keycodes(keysym(key))[0]
    command = [sys.executable, str(HOLDER), str(code), str(state)]
    environment = {**screen.environment(), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdin is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield
        finally:
            holder.stdin.close()
            assert holder.wait(PATIENCE) == 0
            until(f"{key} being free", lambda: not is_held(screen, key, state))


@contextmanager
def connected(screen: Screen) -> Iterator[Connection]:
    """A client of this screen."""
    before = os.environ.get("DISPLAY")
    os.environ["DISPLAY"] = screen.display
    try:
        with closing(Connection()) as connection:
            yield connection
    finally:
        if before is None:
            del os.environ["DISPLAY"]
        else:
            os.environ["DISPLAY"] = before


def is_held(screen: Screen, key: str, state: int) -> bool:
    """Whether some program has the key, as the keyboard is now. Nobody else finds it taken by this look."""
    with connected(screen) as connection, the_server_alone(connection):
        wanted = [(connection.keycodes(keysym(key))[0], state)]
        free = connection.grab(wanted)
        if free:
            connection.ungrab(wanted)
        return not free


@contextmanager
def the_server_alone(connection: Connection) -> Iterator[None]:
    """Meanwhile the X server hears no other program."""
    xcb = libxcb([("grab_server", Cookie, [POINTER]), ("ungrab_server", Cookie, [POINTER]), FLUSH])
    xcb.xcb_grab_server(connection._connection)
    try:
        yield
    finally:
        xcb.xcb_ungrab_server(connection._connection)
        xcb.xcb_flush(connection._connection)


def doctor(desk: Desk) -> dict[str, dict[str, str]]:
    """The rows of ``kohtaava doctor``, by their names."""
    said = desk.kohtaava("doctor", "--json")
    assert (said.code, said.err) == (0, "")
    return {row["name"]: row for row in json.loads(said.out)["rows"]}


def test_a_conflict_is_told_and_mended_while_the_program_runs(desk: Desk, beside: Beside) -> None:
    desk.settings(**ALL)
    with held_elsewhere(desk.screen, "F1", CONTROL_SHIFT):
        desk.start(speed=60)
        assert desk.kohtaava("status").err == f"{TAKEN}\n"
        row = doctor(desk)["shortcuts"]
        assert (row["state"], row["sentence"]) == ("warning", TAKEN)
        desk.screen.press(UP)
        desk.tell("settings", "set", "shortcut_up", "Ctrl+Shift+F9")
        press(desk, "ctrl+shift+F9", state="running", stage="empathy")
        press(desk, PIN, pins=1)
        assert desk.kohtaava("status").err == ""
        assert doctor(desk)["shortcuts"]["state"] == "ok"
    desk.tell("settings", "set", "shortcut_up", "Ctrl+Shift+F1")
    press(desk, UP, stage="guidance")
    desk.tell("settings", "set", "shortcut_up", "")
    desk.screen.press(UP)
    beside_sees(desk, beside)
    assert stages(desk.status()) == ["empathy", "guidance"]
    desk.quit()


def beside_sees(desk: Desk, beside: Beside) -> None:
    """What is given back reaches the program with the keyboard."""
    desk.screen.press("Return")
    until("the key in the terminal", lambda: "\x1b" in beside.typed())


def test_what_is_no_shortcut_is_refused_where_it_is_set(desk: Desk) -> None:
    desk.start()
    for value in ("P", "Ctrl+Alt", "Ctrl+Banana"):
        said = desk.kohtaava("settings", "set", "shortcut_up", value)
        assert (said.code, said.out) == (2, "")
        assert value in said.err
    assert desk.kohtaava("settings", "get", "shortcut_up") == Said(0, "\n", "")
    desk.quit()


def test_another_layout_moves_the_keys(desk: Desk, beside: Beside) -> None:
    """Y and Z change places between two layouts; the shortcut goes with the letter."""
    desk.settings(shortcut_up="Ctrl+Alt+Y")
    screen = desk.screen
    desk.start(speed=60)
    press(desk, "ctrl+alt+y", state="running", stage="empathy")
    try:
        for layout, stage in (("de", "guidance"), ("us", "advice")):
            screen.run("setxkbmap", layout)
            until(f"the key in the layout {layout}", lambda: is_held(screen, "Y", CONTROL_ALT))
            until(f"the other key free in the layout {layout}", lambda: not is_held(screen, "Z", CONTROL_ALT))
            press(desk, "ctrl+alt+y", stage=stage)
    finally:
        screen.run("setxkbmap", "us")
    assert screen.focus() == beside.focus
    desk.quit()


def test_after_the_end_the_keys_are_free(desk: Desk, beside: Beside) -> None:
    desk.settings(**ALL)
    desk.start()
    desk.quit()
    desk.screen.press(UP)
    beside_sees(desk, beside)
