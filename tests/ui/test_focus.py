"""The keyboard is taken by intent only, and given back."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from kohtaava_desktop.domain.commands import Finish
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import LEFT, Stage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)

NO_FOCUS = Qt.WindowType.WindowDoesNotAcceptFocus


def takes_focus(stage: Stage) -> bool:
    """Whether the window manager may give the keyboard to the overlay."""
    return not stage.overlay.windowHandle().flags() & NO_FOCUS


def test_the_window_stays_on_top_and_out_of_the_way(stage: Stage) -> None:
    flags = stage.overlay.windowHandle().flags()
    for flag in (Qt.WindowType.FramelessWindowHint, Qt.WindowType.WindowStaysOnTopHint, NO_FOCUS):
        assert flags & flag
    assert flags & Qt.WindowType.WindowType_Mask == Qt.WindowType.Tool, "in no task switcher"
    assert stage.overlay.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_it_never_takes_the_keyboard_by_itself(stage: Stage) -> None:
    for act in (Act.START, Act.GOT_IT, Act.STEP_UP, Act.STEP_UP, Act.STEP_BACK):
        stage.tap(act)
        assert not takes_focus(stage)
        assert not stage.overlay.has_keyboard
    stage.clock.sleep(10)
    stage.later(minutes=1)
    stage.go_to(40)
    stage.controller.show(False)
    assert not takes_focus(stage)


def test_asked_for_it_comes_to_the_place_of_step_up_and_escape_gives_it_back(stage: Stage) -> None:
    stage.controller.show(True)
    assert takes_focus(stage)
    assert stage.focus() is stage.controls()[Act.START]
    QTest.keyClick(stage.focus(), Qt.Key.Key_Escape)
    assert not takes_focus(stage)
    assert not stage.overlay.has_keyboard
    assert stage.focus() is stage.overlay
    assert stage.overlay.isVisible()


def test_going_elsewhere_gives_it_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.controller.show(True)
    monkeypatch.setattr(stage.overlay, "isActiveWindow", lambda: False)
    stage.app.sendEvent(stage.overlay, QEvent(QEvent.Type.ActivationChange))
    assert not takes_focus(stage)
    assert not stage.overlay.has_keyboard


def test_the_focus_stays_at_the_place_of_step_up_as_forms_change(stage: Stage) -> None:
    stage.controller.show(True)
    for act in (Act.START, Act.GOT_IT, Act.STEP_UP, Act.STEP_UP, Act.STEP_UP, Act.FINISH, Act.DONE):
        assert stage.focus() is stage.controls()[act]
        stage.key(Qt.Key.Key_Space)
    assert stage.focus() is stage.controls()[Act.START]


def test_the_keyboard_opens_the_form_and_keeps_the_summary_as_the_pointer_does(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.controller.show(True)
    assert stage.view() is View.OPEN
    stage.overlay._hover_timer.timeout.emit()  # the pointer is elsewhere
    assert stage.view() is View.OPEN
    stage.run(stage.controller.perform(Finish()))
    stage.later(minutes=5)
    assert stage.view() is View.SUMMARY
    stage.key(Qt.Key.Key_Escape)
    stage.overlay._hover_timer.timeout.emit()
    stage.later(seconds=10)
    assert stage.view() is View.READY


def test_tab_reaches_every_control(stage: Stage) -> None:
    for act in (Act.START, Act.GOT_IT, Act.STEP_UP, Act.STEP_UP):
        stage.tap(act)
    stage.controller.show(True)
    reached = set()
    for _control in range(2 * len(stage.controls())):
        reached |= {act for act, control in stage.controls().items() if control is stage.focus()}
        QTest.keyClick(stage.focus(), Qt.Key.Key_Tab)
    assert reached == set(stage.controls())


def test_without_the_keyboard_no_control_looks_chosen(stage: Stage) -> None:
    stage.tap(Act.START)
    before = stage.overlay.grab().toImage()
    stage.controls()[Act.GOT_IT].setFocus()
    assert stage.overlay.grab().toImage() == before
    stage.overlay.has_keyboard = True
    assert stage.overlay.grab().toImage() != before


def test_the_menu_key_opens_everything(stage: Stage) -> None:
    stage.controller.show(True)
    stage.key(Qt.Key.Key_F10)
    assert "Start meeting" in [action.text() for action in stage.menu().actions()]
    stage.menu().close()


# the pointer


def test_under_the_pointer_the_quiet_form_opens_after_a_moment(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    where = [stage.overlay.geometry().center()]
    monkeypatch.setattr("kohtaava_desktop.ui.overlay.QCursor.pos", lambda: where[0])
    stage.overlay._hover_timer.timeout.emit()
    assert stage.view() is View.OPEN
    where[0] = stage.overlay.geometry().topLeft() - QPoint(50, 50)
    stage.overlay._hover_timer.timeout.emit()
    assert stage.view() is View.QUIET


@pytest.mark.parametrize("by_control", [True, False], ids=["step up", "the ground"])
def test_a_tap_that_is_quicker_than_the_moment_opens_the_form_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, by_control: bool
) -> None:
    """It does not fall back to the quiet form until the moment is over."""
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    monkeypatch.setattr("kohtaava_desktop.ui.overlay.QCursor.pos", lambda: stage.overlay.geometry().center())
    shown: list[View] = []
    stage.overlay.acted.connect(lambda _act: shown.append(stage.view()))
    stage.overlay._hover_timer.start(3_600_000)  # the pointer has just come
    stage.click(stage.place(Act.STEP_UP).center() if by_control else stage.overlay.geometry().topLeft() + QPoint(20, 5))
    assert shown == [View.OPEN]
    assert stage.view() is View.OPEN
    assert stage.step() is (Step.GUIDANCE if by_control else Step.EMPATHY)
    assert not stage.overlay._hover_timer.isActive()


def test_a_pointer_that_went_while_a_menu_was_open_is_noticed(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.overlay.take_pointer(True)
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    stage.overlay._hover_timer.stop()
    stage.menu().close()
    assert stage.overlay._hover_timer.isActive()


def test_a_tap_hides_no_control_that_it_could_hit_instead(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    place = stage.place(Act.STEP_UP).center()
    stage.overlay.take_pointer(True)
    stage.click(place)
    assert stage.step() is Step.GUIDANCE


def test_other_buttons_of_the_mouse_do_nothing(stage: Stage) -> None:
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(stage.controls()[Act.START], button)
        QTest.mouseClick(stage.overlay, button, pos=QPoint(20, 20))
    stage.settle()
    assert stage.controller.meeting is None
    QTest.mouseClick(stage.controls()[Act.START], LEFT)
    stage.settle()
    assert stage.view() is View.ANNOUNCEMENT
