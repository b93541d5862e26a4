"""What a tap waits for: nothing that is painted."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kohtaava_desktop.store.lines import Entry
from kohtaava_desktop.ui import controls
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import LEFT, Stage


def pressed(stage: Stage, act: Act) -> FlatButton:
    """The button for ``act``, held down and painted so."""
    button = stage.controls()[act]
    QTest.mousePress(button, LEFT)
    stage.app.processEvents()
    return button


def test_a_tap_is_written_before_anything_is_painted(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.press(Act.GOT_IT)
    button = pressed(stage, Act.STEP_UP)
    happened: list[str] = []
    write = stage.store.append_all

    async def append_all(entries: list[Entry]) -> None:
        happened.append("written")
        await write(entries)

    stage.store.append_all = append_all  # type: ignore[method-assign]
    stage.overlay.painted.connect(lambda: happened.append("painted"))
    QTest.mouseRelease(button, LEFT)
    assert happened == []
    stage.settle()
    assert happened[:2] == ["written", "painted"]


def test_what_the_tap_leads_to_is_painted_at_once(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.press(Act.GOT_IT)
    button = pressed(stage, Act.STEP_UP)
    QTest.mouseRelease(button, LEFT)
    stage.settle()
    assert not button.isDown()


def test_a_button_that_is_let_go_shows_it_where_nothing_else_changes(stage: Stage, qtbot: QtBot) -> None:
    stage.press(Act.START)
    stage.press(Act.GOT_IT)
    QTest.mouseClick(stage.controls()[Act.STEP_UP], LEFT)
    stage.settle()
    before = stage.meeting
    button = pressed(stage, Act.STEP_UP)
    with qtbot.waitSignal(stage.overlay.painted):
        QTest.mouseRelease(button, LEFT)
        stage.settle()
    assert stage.meeting is before, "the second of a double tap counts"
    assert not button.isDown()


def test_a_press_that_follows_at_once_is_held(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(controls, "LET_GO_MS", 0)
    stage.press(Act.START)
    stage.press(Act.GOT_IT)
    QTest.mouseClick(stage.controls()[Act.STEP_UP], LEFT)
    stage.settle()
    button = pressed(stage, Act.STEP_UP)
    QTest.mouseRelease(button, LEFT)  # the second of a double tap: nothing else changes
    QTest.mousePress(button, LEFT)
    stage.app.processEvents()
    assert button.isDown()


def test_a_press_that_began_elsewhere_and_slides_onto_a_button_tapped_before_does_not_tap(stage: Stage) -> None:
    stage.press(Act.START)
    stage.press(Act.GOT_IT)
    button = stage.controls()[Act.STEP_UP]
    QTest.mouseClick(button, LEFT)
    stage.settle()
    before = stage.meeting
    stage.later(minutes=1)
    inside = QPointF(5, 5)
    for kind, which, held in (
        (QEvent.Type.MouseMove, Qt.MouseButton.NoButton, LEFT),
        (QEvent.Type.MouseButtonRelease, LEFT, Qt.MouseButton.NoButton),
    ):  # as it is where the control that was pressed leaves in the meantime
        there = button.mapToGlobal(inside)
        event = QMouseEvent(kind, inside, there, which, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)
        assert not button.isDown()
    stage.settle()
    assert stage.meeting.visits == before.visits


def test_a_finger_that_slides_off_the_button_does_not_tap(stage: Stage) -> None:
    button = pressed(stage, Act.START)
    QTest.mouseRelease(button, LEFT, pos=QPoint(5, button.height() + 1))
    stage.settle()
    assert stage.controller.meeting is None
    assert not button.isDown()
