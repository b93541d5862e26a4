"""What assistive technology finds and hears."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences, set_language
from kohtaava_desktop.ui.boundary_handle import BoundaryHandle
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.scene import Act
from tests.ui.scenes import scenes
from tests.ui.stage import Stage, entries

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)

NAMES = {
    "Start meeting",
    "Planned length",
    "Step up to Guidance",
    "Step up to Advice",
    "Step up to Farewell",
    "Step back",
    "Undo",
    "Redo",
    "Pin",
    "More time",
    "Finish meeting",
    "A moment more",
    "Show client card",
    "Do not store",
    "Undo finish",
    "Done",
}
"""The names promised to those who write scripts for screen readers."""

OTHERS = {"Got it", "More", "It was", "It was not", "Close", "Open view"}


def name(widget: QWidget) -> str:
    """The name by which assistive technology knows ``widget``."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Name)


def role(widget: QWidget) -> QAccessible.Role:
    """What assistive technology takes ``widget`` for."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.role()


def description(widget: QWidget) -> str:
    """The description that assistive technology finds."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Description)


# names, roles, descriptions


def test_every_control_of_every_form_has_its_promised_name(stage: Stage) -> None:
    found: set[str] = set()
    for _name, scene in scenes():
        stage.overlay.show_scene(scene)
        for control in stage.controls().values():
            assert role(control) is QAccessible.Role.Button
            found.add(name(control))
    in_menus = {"Redo", "More time"}
    assert found == (NAMES - in_menus) | OTHERS
    stage.presenter.refresh()
    stage.tap(Act.START)
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    assert in_menus <= entries(stage.menu()).keys()
    stage.menu().close()


def test_the_overlay_is_the_meeting_stairs(stage: Stage) -> None:
    assert name(stage.overlay) == "Meeting stairs"
    assert description(stage.overlay) == "45 min, until 10:45"
    stage.tap(Act.START)
    stage.go_to(12.5)
    assert description(stage.overlay) == "Empathy, 33 minutes left"
    stage.go_to(45)
    assert description(stage.overlay) == "Empathy, the planned time has passed"
    stage.go_to(47.5)
    assert description(stage.overlay) == "Empathy, 2 minutes extra"
    assert name(stage.overlay) == "Meeting stairs"


def test_the_name_follows_the_language(stage: Stage) -> None:
    stage.presenter.speak("fi")
    assert name(stage.overlay) == "Tapaamisen portaat"
    assert name(stage.controls()[Act.START]) == "Aloita tapaaminen"
    set_language("en")


def test_the_planned_length_says_how_long_it_is(stage: Stage) -> None:
    length = stage.controls()[Act.LENGTH]
    assert name(length) == "Planned length"
    assert description(length) == "45 min, until 10:45"


def test_pins_are_counted_and_end_with_the_farewell(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.controller.choose(View.OPEN)
    assert "come back" not in description(stage.controls()[Act.PIN])
    stage.overlay.take_pointer(True)
    stage.tap(Act.PIN)
    stage.tap(Act.PIN)
    assert description(stage.controls()[Act.PIN]) == "2 things to come back to"
    for _step in range(3):
        stage.tap(Act.STEP_UP)
    assert not stage.controls()[Act.PIN].isEnabled()


def test_a_boundary_is_a_slider_with_the_steps_beside_it(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.later(minutes=5)
    stage.run(stage.controller.perform(commands.StepUp()))
    stage.later(minutes=5)
    stage.run(stage.controller.perform(commands.Finish()))
    [handle] = stage.handles()
    assert isinstance(handle, BoundaryHandle)
    assert role(handle) is QAccessible.Role.Slider
    assert name(handle) == "Move the boundary: Empathy – Guidance"


def test_what_cannot_be_seen_cannot_be_found(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    start = next(each for each in stage.overlay.findChildren(FlatButton) if each.control.act is Act.START)
    found = QAccessible.queryAccessibleInterface(start)
    assert found is not None
    assert found.state().invisible


def test_assistive_technology_can_press(stage: Stage, qtbot: QtBot) -> None:
    for act in (Act.START, Act.GOT_IT, Act.STEP_UP):
        found = QAccessible.queryAccessibleInterface(stage.controls()[act])
        assert found is not None
        with qtbot.waitSignal(stage.overlay.acted):  # Qt holds the button down for a moment
            found.actionInterface().doAction("Press")
        stage.settle()
        stage.clock.advance(1)
    assert stage.step() == 1


def test_the_description_changes_once_a_minute_at_most(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    seen: list[tuple[int, str]] = []
    for second in range(3, 50 * 60, 7):
        stage.later(seconds=7)
        if not seen or seen[-1][1] != description(stage.overlay):
            seen.append((second, description(stage.overlay)))
    apart = [later - earlier for (earlier, _one), (later, _other) in pairwise(seen)]
    assert len(seen) >= 45
    assert min(apart[1:]) >= 60 - 7


# announcements


def test_each_sentence_is_announced_once(stage: Stage, heard: list[str]) -> None:
    stage.tap(Act.START)
    assert heard == [sentences.announcement(45, 10, 45)]
    stage.overlay.take_pointer(True)
    stage.overlay.take_pointer(False)
    stage.later(seconds=5)
    stage.tap(Act.GOT_IT)
    assert len(heard) == 1
    for minute in (37, 38, 39, 40):
        stage.go_to(minute)
    assert heard[1:] == [sentences.reminder(Reminder.NEW_TIME)]
    stage.run(stage.controller.perform(commands.PutOff()))
    stage.go_to(41)
    assert len(heard) == 2
    stage.go_to(43)
    assert heard[2:] == [sentences.reminder(Reminder.NEW_TIME)], "it came back after two minutes"
    stage.run(stage.controller.perform(commands.StepUp()))
    stage.run(stage.controller.perform(commands.StepUp()))
    stage.go_to(44)
    stage.go_to(46)
    assert heard[3:] == [sentences.reminder(Reminder.RESERVE), sentences.reminder(Reminder.TIME_FULL)]


def test_a_question_and_a_notice_are_announced_once(stage: Stage, heard: list[str]) -> None:
    stage.controller.say("Something to know.")
    stage.presenter.refresh()
    stage.later(minutes=1)
    assert heard == ["Something to know."]
    stage.controller.dismiss_notice()
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    heard.clear()
    stage.clock.sleep(10)
    for _minute in range(3):
        stage.later(minutes=1)
    assert heard == [sentences.gap_question(GapKind.SLEEP, 10)]


def test_nothing_is_announced_as_time_passes(stage: Stage, heard: list[str]) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    heard.clear()
    for minute in range(1, 37):
        stage.go_to(minute)
        stage.overlay.take_pointer(minute % 3 == 0)
    assert heard == []


def test_without_a_screen_reader_nothing_is_sent(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[object] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: False)
    monkeypatch.setattr(QAccessible, "updateAccessibility", sent.append)
    stage.tap(Act.START)
    assert stage.view() is View.ANNOUNCEMENT
    assert sent == []
