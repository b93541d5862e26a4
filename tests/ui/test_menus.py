"""The context menu holds everything that can be done, in each state."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QMenu, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.controller import Ready
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import SOURCE
from kohtaava_desktop.integration.desktop import PlainDesktop
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import Stage, entries

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)

PROGRAM = {
    "Use with the keyboard": True,
    "Language": True,
    "Language > Suomi": True,
    "Language > Svenska": True,
    "Language > English": True,
    "My meetings…": True,
    "Our team…": True,
    "What is stored…": True,
    "Settings…": True,
    "User guide": True,
    "About Kohtaava Desktop": True,
    "Quit": True,
}
MARKS = {
    "How we meet": True,
    "How we meet > In person": True,
    "How we meet > By phone": True,
    "How we meet > By video": True,
    "New client": True,
    "Interpreter": True,
}
STEPS = {
    "What the steps are for": True,
    "What the steps are for > Empathy": True,
    "What the steps are for > Guidance": True,
    "What the steps are for > Advice": True,
    "What the steps are for > Farewell": True,
}
LENGTHS = ("15 min", "20 min", "30 min", "45 min", "60 min", "90 min", "Other length…")
IN_A_MEETING = {
    "Step back": False,
    "Undo": False,
    "Redo": False,
    "Pin: come back to this at the end": True,
    "More time": True,
    "More time > 5 more minutes": True,
    "More time > 5 fewer minutes": True,
    "This meeting needs its time": True,
    "Quiet view": True,
    "Open view": True,
    "Discreet view": True,
    "Show client card": True,
    "What is this step for?": True,
    "Finish meeting": True,
    "Discard meeting": True,
}


def everything(stage: Stage) -> dict[str, bool]:
    """The entries of the context menu, and whether each can be chosen."""
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    found = entries(stage.menu())
    stage.menu().close()
    return found


def action(menu: QMenu, *path: str) -> QAction:
    """The entry that ``path`` leads to."""
    found = next(each for each in menu.actions() if each.text() == path[0])
    inner = found.menu()
    return action(inner, *path[1:]) if isinstance(inner, QMenu) and len(path) > 1 else found


def choose(stage: Stage, *path: str, length: bool = False) -> None:
    """Open the context menu, or that of the planned length, and choose an entry."""
    if length:
        stage.overlay.press(Act.LENGTH)
    else:
        stage.overlay.menu_wanted.emit(stage.overlay.pos())
    menu = stage.menu()
    chosen = action(menu, *path)
    menu.close()
    chosen.trigger()
    stage.settle()
    stage.clock.advance(1)


def window(stage: Stage, kind: type[QWidget]) -> QWidget:
    """The open window of that kind."""
    [found] = [each for each in stage.app.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def started(stage: Stage, *steps: commands.Command) -> None:
    """A meeting that has come so far."""
    for step in steps or ():
        stage.clock.advance(minutes=1)
        stage.run(stage.controller.perform(step))


UP = commands.StepUp()


# what there is


def test_before_a_meeting(stage: Stage) -> None:
    lengths = {"Planned length": True} | {f"Planned length > {length}": True for length in LENGTHS}
    assert everything(stage) == {"Start meeting": True} | lengths | MARKS | STEPS | PROGRAM


def test_the_lengths_are_those_set_and_the_one_that_is_ready(make_stage: Callable[..., Stage]) -> None:
    stage = make_stage(settings={"lengths": (25, 50)})
    stage.overlay.press(Act.LENGTH)
    menu = stage.menu()
    lengths = [each for each in menu.actions() if each.text().endswith("min")]
    assert [each.text() for each in lengths] == ["25 min", "45 min", "50 min"]
    assert [each.isChecked() for each in lengths] == [False, True, False]
    assert entries(menu).keys() >= MARKS.keys()
    menu.close()


def test_on_the_first_step(stage: Stage) -> None:
    stage.tap(Act.START)
    assert everything(stage) == {"Step up to Guidance": True} | IN_A_MEETING | MARKS | PROGRAM


def test_on_the_steps_between(stage: Stage) -> None:
    stage.tap(Act.START)
    started(stage, UP, UP, commands.Undo())
    can = {"Step up to Advice": True, "Step back": True, "Undo": True, "Redo": True}
    assert everything(stage) == IN_A_MEETING | MARKS | PROGRAM | can


def test_on_the_last_step(stage: Stage) -> None:
    stage.tap(Act.START)
    started(stage, UP, UP, UP, commands.GiveItsTime())
    expected = IN_A_MEETING | MARKS | PROGRAM
    expected |= {"Step back": True, "Undo": True, "Pin: come back to this at the end": False}
    del expected["This meeting needs its time"]
    assert everything(stage) == expected


def test_while_a_reminder_stands(stage: Stage) -> None:
    stage.tap(Act.START)
    for minute in (38, 40.5):
        stage.go_to(minute)
        assert everything(stage)["A moment more"]
        choose(stage, "A moment more")
        assert "A moment more" not in everything(stage)
    stage.go_to(43)
    assert stage.controller.status()["reminder"] == "new-time"
    assert "A moment more" not in everything(stage)


def test_while_a_question_stands(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.clock.sleep(30)
    stage.later(seconds=1)
    question = "The computer slept for 30 min. Was it part of the meeting?"
    assert everything(stage).keys() >= {question, f"{question} > It was", f"{question} > It was not"}
    choose(stage, question, "It was not")
    assert stage.meeting.gaps[0].part_of_meeting is False
    assert question not in everything(stage)


def test_in_the_summary(stage: Stage) -> None:
    stage.tap(Act.START)
    started(stage, UP, commands.Finish())
    summary = {"Done": True, "Undo finish": True, "Redo": False, "Do not store": True}
    assert everything(stage) == summary | PROGRAM
    started(stage, commands.Mend(0, stage.meeting.plan.start + 90))
    assert everything(stage) == {"Done": True, "Undo": True, "Redo": False, "Do not store": True} | PROGRAM


# what they do


def test_a_length_and_marks_are_taken_for_the_next_start(stage: Stage) -> None:
    choose(stage, "30 min", length=True)
    choose(stage, "How we meet", "By phone", length=True)
    choose(stage, "New client")
    choose(stage, "Interpreter", length=True)
    choose(stage, "Interpreter", length=True)
    assert stage.controller.ready == Ready(30, Marks(Channel.PHONE, new_client=True, interpreter=False))
    choose(stage, "Start meeting")
    assert stage.meeting.booked_minutes == 30
    assert stage.meeting.marks.channel is Channel.PHONE


def test_a_late_start_offers_the_appointed_end_and_marks_do_not_take_it_back(stage: Stage) -> None:
    assert "Full length" not in everything(stage)
    stage.clock.advance(minutes=5)
    choose(stage, "Until 10:45 (40 min)", length=True)
    choose(stage, "New client", length=True)
    assert stage.controller.ready.until_appointed_end
    choose(stage, "Full length", length=True)
    assert not stage.controller.ready.until_appointed_end
    choose(stage, "Planned length", "Until 10:45 (40 min)")
    stage.tap(Act.START)
    assert stage.meeting.plan.planned_minutes == 40
    assert stage.meeting.marks.new_client


def test_any_whole_number_of_minutes_can_be_typed(stage: Stage) -> None:
    choose(stage, "Other length…", length=True)
    dialog = window(stage, QInputDialog)
    assert isinstance(dialog, QInputDialog)
    assert (dialog.intMinimum(), dialog.intMaximum(), dialog.intValue()) == (5, 240, 45)
    dialog.setIntValue(37)
    dialog.accept()
    assert stage.controller.ready.minutes == 37


def test_everything_of_a_running_meeting_can_be_done_from_the_menu(stage: Stage) -> None:
    choose(stage, "Start meeting")
    choose(stage, "Step up to Guidance")
    choose(stage, "Step up to Advice")
    choose(stage, "Step back")
    choose(stage, "Undo")
    choose(stage, "Redo")
    assert [visit.stage for visit in stage.meeting.visits] == [0, 1, 2, 1]
    choose(stage, "Pin: come back to this at the end")
    choose(stage, "More time", "5 more minutes")
    choose(stage, "More time", "5 more minutes")
    choose(stage, "More time", "5 fewer minutes")
    choose(stage, "Interpreter")
    choose(stage, "This meeting needs its time")
    assert stage.meeting.pins == 1
    assert stage.meeting.plan.planned_minutes == 50
    assert stage.meeting.marks == Marks(interpreter=True)
    assert stage.meeting.given_its_time
    choose(stage, "Finish meeting")
    assert not stage.meeting.running
    choose(stage, "Undo finish")
    choose(stage, "Finish meeting")
    choose(stage, "Done")
    assert len(stage.store.records) == 1


@pytest.mark.parametrize("view", [View.QUIET, View.OPEN, View.DISCREET])
def test_the_form_can_be_chosen(stage: Stage, view: View) -> None:
    stage.tap(Act.START)
    stage.overlay.take_pointer(True)
    choose(stage, f"{view.value.capitalize()} view")
    assert stage.view() is view
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    views = [each for each in stage.menu().actions() if each.text().endswith(" view")]
    assert [each.text() for each in views if each.isChecked()] == [f"{view.value.capitalize()} view"]
    stage.menu().close()


def test_what_is_chosen_too_late_is_harmless(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    menu = stage.menu()
    stage.run(stage.controller.perform(commands.Discard()))
    for name in ("Open view", "Step up to Guidance", "Show client card"):
        action(menu, name).trigger()
        stage.settle()
        stage.clock.advance(1)
    menu.close()
    assert stage.controller.meeting is None


@pytest.mark.parametrize(("answer", "stays"), [("Discard meeting", False), ("Keep meeting", True)])
def test_before_a_meeting_is_thrown_away_it_is_asked_once(stage: Stage, answer: str, stays: bool) -> None:
    stage.tap(Act.START)
    choose(stage, "Discard meeting")
    box = window(stage, QMessageBox)
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == answer).click()
    stage.settle()
    assert (stage.controller.meeting is not None) is stays
    assert stage.store.records == []


def test_the_answer_is_about_the_meeting_that_was_asked_about(stage: Stage) -> None:
    stage.tap(Act.START)
    choose(stage, "Discard meeting")
    box = window(stage, QMessageBox)
    assert isinstance(box, QMessageBox)
    stage.run(stage.controller.perform(commands.Discard()))
    stage.run(stage.controller.start())
    next(button for button in box.buttons() if button.text() == "Discard meeting").click()
    stage.settle()
    assert stage.meeting.key == "k2"


def test_the_source_of_the_method_is_told(stage: Stage) -> None:
    choose(stage, "About Kohtaava Desktop")
    box = window(stage, QMessageBox)
    assert isinstance(box, QMessageBox)
    assert SOURCE in box.text()
    box.close()


def test_the_card_for_the_client_stands_with_the_planned_length(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.CARD)
    card = window(stage, ClientCard)
    assert "45 minutes" in card.accessibleDescription()
    assert "10:45" in card.accessibleDescription()
    assert stage.view() is View.QUIET
    card.close()
    choose(stage, "Show client card")
    window(stage, ClientCard).close()


def test_the_language_changes_at_once(stage: Stage) -> None:
    choose(stage, "Language", "Svenska")
    assert stage.controls()[Act.START].control.label == "Starta"
    choose(stage, "Språk", "English")
    assert stage.controls()[Act.START].control.label == "Start"
    assert i18n.language() == "en"


def test_the_keyboard_is_taken_and_the_program_quits_from_the_menu(stage: Stage) -> None:
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    action(stage.menu(), "Use with the keyboard").trigger()
    assert stage.overlay.has_keyboard
    stage.menu().close()
    choose(stage, "Quit")
    assert stage.quits == [True]


@pytest.mark.parametrize("view", [View.QUIET, View.OPEN, View.DISCREET])
def test_a_click_with_the_right_button_opens_it_on_the_ground_and_on_controls(stage: Stage, view: View) -> None:
    stage.tap(Act.START)
    stage.controller.choose(view)
    ground = QPoint(stage.overlay.width() // 2, stage.overlay.height() - 2)
    for place in (ground, *(control.geometry().center() for control in stage.controls().values())):
        QTest.mouseClick(stage.overlay.windowHandle(), Qt.MouseButton.RightButton, pos=place)
        assert "Step up to Guidance" in entries(stage.menu())
        stage.menu().close()
    assert stage.step() is Step.EMPATHY


class Activating(PlainDesktop):
    """A desktop on which menus must be activated, and which notes when the keyboard is given back."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def keyboard_for_menu(self, _window: int) -> Callable[[], None]:
        return lambda: self.heard.append("given back")


def test_where_menus_are_activated_the_keyboard_is_given_back_once_the_menu_has_gone(
    stage: Stage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop = stage.overlay.desktop = Activating()
    monkeypatch.setattr(QMenu, "activateWindow", lambda _menu: desktop.heard.append("activated"))
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    menu = stage.menu()
    assert desktop.heard == ["activated"]
    menu.aboutToHide.connect(lambda: desktop.heard.append("gone"))
    menu.close()
    qtbot.waitUntil(lambda: desktop.heard == ["activated", "gone", "given back"])
