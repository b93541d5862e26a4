"""Shortcuts do what controls do, the tray icon tells step and minutes, all follow the settings; what fails is said."""

import asyncio
import re
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence

from kohtaava_desktop.control.report import Row, State
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.integration.shortcuts import Reason
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.ui.cards import client_card
from kohtaava_desktop.ui.desktop.examination import LOOKS
from kohtaava_desktop.ui.desktop.global_shortcuts import NAMES
from kohtaava_desktop.ui.overlay import KEYS
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import Stage
from tests.ui.tied import ALL, Tied
from tests.unit.guests import SHORT

DOCUMENTS = Path(__file__).parents[2] / "docs"


# shortcuts


def test_up_starts_and_then_steps_up(tied: Callable[..., Tied]) -> None:
    program = tied(**ALL)
    program.press("up")
    controller = program.stage.controller
    assert controller.meeting is not None
    assert controller.meeting.stage.key == "empathy"
    program.press("up")
    assert controller.meeting.stage.key == "empathy", "a double tap"
    program.press_later("up")
    assert controller.meeting.stage.key == "guidance"


def test_each_shortcut_does_what_the_control_does(tied: Callable[..., Tied]) -> None:
    program = tied(**ALL)
    controller = program.stage.controller
    for what in ("up", "up", "pin", "back", "undo"):
        program.press_later(what)
    meeting = controller.meeting
    assert meeting is not None
    assert (meeting.stage.key, meeting.pins) == ("guidance", 1)
    program.press_later("view")
    assert resting(program) is View.OPEN
    program.press_later("discreet")
    assert resting(program) is View.DISCREET
    program.press_later("view")
    assert resting(program) is View.OPEN


def resting(program: Tied) -> View:
    """The form that the overlay takes without the pointer."""
    return program.stage.controller.resting_view


@pytest.mark.parametrize("what", ["back", "undo", "pin"])
def test_a_refusal_is_told_on_the_overlay(tied: Callable[..., Tied], what: str) -> None:
    program = tied(**ALL)
    program.press_later(what)
    assert program.stage.controller.notice == "No meeting is running. Start one first."


@pytest.mark.parametrize("what", ["view", "discreet"])
def test_without_a_meeting_there_is_nothing_to_open_or_hide(tied: Callable[..., Tied], what: str) -> None:
    program = tied(**ALL)
    program.press_later(what)
    assert program.stage.controller.view is View.READY


def test_only_show_asks_for_the_keyboard(tied: Callable[..., Tied]) -> None:
    program = tied(**ALL)
    overlay = program.stage.overlay
    for what in ("up", "up", "back", "undo", "pin", "view", "discreet"):
        program.press_later(what)
        assert not overlay.has_keyboard
    overlay.hide()
    program.press_later("show")
    assert overlay.isVisible()
    assert overlay.has_keyboard


def test_a_conflict_stands_on_the_overlay_until_it_is_mended(tied: Callable[..., Tied]) -> None:
    program = tied()
    program.taker.refused["Ctrl+F1"] = Reason.TAKEN
    program.set(**ALL)
    overlay = program.stage.overlay
    trouble = program.ties.shortcut_trouble(NAMES[0])
    assert trouble is not None
    assert program.stage.controller.notice == trouble
    assert overlay._scene is not None
    assert overlay._scene.sentence.text == trouble
    program.set(**{NAMES[0]: "Ctrl+F9"})
    assert program.stage.controller.notice is None
    assert overlay._scene.sentence.text == ""
    assert program.ties.shortcut_trouble(NAMES[0]) is None


def test_in_a_wayland_session_the_limit_is_told_where_a_shortcut_is_set(
    tied: Callable[..., Tied], monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tied(shortcut_pin="Ctrl+F1")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert "kohtaava pin" in (program.ties.shortcut_trouble("shortcut_pin") or "")
    assert program.ties.shortcut_trouble("shortcut_up") is None
    assert program.stage.controller.notice is None
    assert row(program, "shortcuts").state is State.WARNING
    assert "kohtaava up" in row(program, "shortcuts").sentence
    assert "Wayland" in row(program, "session").sentence


def test_while_a_field_asks_for_a_shortcut_all_keys_go_through(tied: Callable[..., Tied]) -> None:
    program = tied(**ALL)
    program.ties.pause_shortcuts(True)
    assert program.taker.taken == {}
    program.ties.pause_shortcuts(False)
    assert set(program.taker.taken) == set(ALL.values())


# the start at sign-in


def test_while_nobody_has_said_anything_no_disk_is_touched(tied: Callable[..., Tied]) -> None:
    assert tied().autostart.asked == []


@pytest.mark.parametrize("on", [True, False])
def test_at_a_start_the_entry_is_looked_at(tied: Callable[..., Tied], on: bool) -> None:
    assert tied(autostart=on).autostart.asked == [("verify", on)]


@pytest.mark.parametrize("on", [True, False])
def test_at_a_start_what_an_organisation_says_is_carried_out(
    make_stage: Callable[..., Stage], loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch, on: bool
) -> None:
    program = Tied(make_stage(settings={"autostart": on}), loop, monkeypatch)
    program.origin = Origin.MACHINE_POLICY
    program.settings.reload()
    program.begin()
    assert program.autostart.asked == [("change", on)]


def test_a_change_of_the_setting_changes_the_entry(tied: Callable[..., Tied]) -> None:
    """Also from nothing said to off, which has the same value: it hides an organisation's entry."""
    program = tied()
    program.set(autostart=False)
    program.set(autostart=True)
    program.set(theme="dark")
    program.unset("autostart")
    assert program.autostart.asked == [("change", False), ("change", True), ("change", None)]


def test_what_fails_is_said(tied: Callable[..., Tied]) -> None:
    program = tied()
    program.autostart.error = PermissionError(13, "Permission denied")
    program.set(autostart=True)
    assert program.stage.controller.notice == "Start at sign-in could not be changed: Permission denied."


def test_changes_take_turns_and_the_last_one_counts(tied: Callable[..., Tied], monkeypatch: pytest.MonkeyPatch) -> None:
    program, overtaken = tied(), threading.Event()
    take = program.autostart.change

    def slow_at_first(on: bool | None) -> None:
        if on is False:
            overtaken.wait(SHORT)
        take(on)
        overtaken.set()

    monkeypatch.setattr(program.autostart, "change", slow_at_first)
    for on in (False, True):
        program.given["autostart"] = on
        program.settings.reload()
    program.work()
    assert program.autostart.asked == [("change", False), ("change", True)]


def test_what_was_begun_is_finished_at_the_end(tied: Callable[..., Tied]) -> None:
    program = tied()
    program.given["autostart"] = True
    program.settings.reload()
    program.loop.run_until_complete(program.ties.end())
    assert program.autostart.asked == [("change", True)]


# the end, and what is told of it all


def test_at_the_end_the_desktop_is_as_before(tied: Callable[..., Tied]) -> None:
    program = tied(**ALL)
    program.loop.run_until_complete(program.ties.end())
    assert program.taker.taken == {}
    assert program.ties._tray is None
    program.set(shortcut_up="Ctrl+F9", tray=False)
    program.set(tray=True)
    assert program.taker.taken == {}
    assert program.ties._tray is None


def test_what_the_doctor_hears(tied: Callable[..., Tied]) -> None:
    program = tied(tray=False)
    rows = {row.name: row for row in program.stage.controller.examine()}
    assert (rows["tray"].state, rows["shortcuts"].state) == (State.OK, State.OK)
    program.taker.refused["Ctrl+F1"] = Reason.TAKEN
    program.set(**ALL, tray=True)
    rows = {row.name: row for row in program.stage.controller.examine()}
    assert rows["shortcuts"].state is State.WARNING
    assert rows["shortcuts"].sentence == program.ties.shortcut_trouble(NAMES[0])
    assert rows["tray"].state is State.WARNING, "no system tray on this platform"
    assert "offscreen" in rows["session"].sentence


def test_what_the_doctor_hears_of_shared_screens(tied: Callable[..., Tied]) -> None:
    program = tied()
    assert row(program, "capture").state is State.OK
    program.set(hide_from_capture=True)
    assert row(program, "capture").state is State.WARNING
    assert "only Windows" in row(program, "capture").sentence


def test_what_the_doctor_hears_of_letters(tied: Callable[..., Tied], monkeypatch: pytest.MonkeyPatch) -> None:
    program = tied()
    monkeypatch.setattr(client_card, "can_write", lambda font, text: "ትግርኛ" not in text)
    assert row(program, "fonts").sentence.endswith("in: ti.")
    assert row(program, "fonts").state is State.WARNING
    monkeypatch.setattr(client_card, "can_write", lambda font, text: True)
    assert row(program, "fonts").state is State.OK


def row(program: Tied, name: str) -> Row:
    """One row of the running program."""
    return next(each for each in program.stage.controller.examine() if each.name == name)


def test_every_row_of_the_running_program_is_documented(tied: Callable[..., Tied]) -> None:
    names = [row.name for row in tied().stage.controller.examine()]
    assert len(names) == len(LOOKS)
    text = (DOCUMENTS / "command-line.md").read_text(encoding="utf-8").split("## What the doctor looks at")[1]
    documented = re.findall(r"^- `([a-z]+)`: ", text.split("\n## ")[0], re.MULTILINE)
    assert documented[documented.index("program") + 1 :] == names


# what is written about keys


def test_every_key_of_the_overlay_is_documented() -> None:
    text = (DOCUMENTS / "keyboard.md").read_text(encoding="utf-8")
    named = {key.strip() for row in re.findall(r"^\| ([^|`]+) \| ", text, re.MULTILINE) for key in row.split(",")}
    spoken = {QKeySequence(key).toString() for key in KEYS}
    assert spoken <= named, spoken - named
    assert {"Tab", "Space", "Return", "Esc"} <= named


def test_every_shortcut_is_documented() -> None:
    text = (DOCUMENTS / "keyboard.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(shortcut_\w+)` \|", text, re.MULTILINE) == list(NAMES)


def test_the_menu_shows_the_keys_beside_what_they_do(tied: Callable[..., Tied]) -> None:
    program = tied()
    program.stage.tap(Act.START)
    menu = program.stage.presenter.menus.everything(program.stage.overlay)
    shown = {action.shortcut().toString(): action.text() for action in menu.actions() if action.shortcut().toString()}
    menu.deleteLater()
    assert shown.keys() <= {QKeySequence(key).toString() for key in KEYS}
    assert {"Up", "Down", "Z", "Y", "P", "D", "F1", "H"} <= shown.keys()
    assert (shown["D"], shown["P"]) == ("Discreet view", "Pin: come back to this at the end")
