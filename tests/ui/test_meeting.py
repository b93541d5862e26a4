"""A whole meeting on the real widgets, by mouse, by keyboard, and as assistive technology does it."""

import asyncio
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import Stage

Tap = Callable[[Stage, Act], None]
by_mouse_and_by_press = pytest.mark.parametrize("tap", [Stage.tap, Stage.press], ids=["by mouse", "by press"])


def shown(stage: Stage) -> str:
    """Everything that can be read on the overlay."""
    form = stage.overlay.form
    assert form is not None
    return "\n".join([text.text for text in form.texts] + [f"[{each.label or each.spoken}]" for each in form.controls])


@by_mouse_and_by_press
def test_a_whole_meeting(stage: Stage, tap: Tap) -> None:
    assert shown(stage) == "[45 min]\n[Start]"
    tap(stage, Act.START)
    assert stage.view() is View.ANNOUNCEMENT
    assert sentences.announcement(45, 10, 45) in shown(stage)
    tap(stage, Act.GOT_IT)
    assert stage.view() is View.QUIET
    assert shown(stage) == "[Step up to Guidance]"
    stage.go_to(5)
    tap(stage, Act.STEP_UP)
    stage.go_to(14)
    tap(stage, Act.STEP_UP)
    assert stage.view() is View.OPEN
    assert "31\nmin left\nAdvice" in shown(stage)
    stage.go_to(20)
    tap(stage, Act.STEP_BACK)
    assert stage.view() is View.QUIET
    stage.overlay.take_pointer(True)
    tap(stage, Act.UNDO)
    assert stage.step() is Step.ADVICE
    tap(stage, Act.PIN)
    assert stage.meeting.pins == 1
    stage.overlay.take_pointer(False)
    _be_reminded(stage, tap)
    tap(stage, Act.STEP_UP)
    assert "1 thing to come back to" in shown(stage)
    assert "[Finish]" in shown(stage)
    stage.go_to(46)
    assert "+1\nmin extra\nFarewell" in shown(stage)
    tap(stage, Act.FINISH)
    assert stage.view() is View.SUMMARY
    assert "Empathy\n5 min\nGuidance\n9 min\nAdvice\n26 min\nFarewell\n6 min" in shown(stage)
    tap(stage, Act.DONE)
    assert stage.view() is View.READY
    [record] = stage.store.records
    assert [step for step, _seconds in record.visits] == list(Step)
    assert record.quality is Quality.OK
    assert stage.store.journal == []


def _be_reminded(stage: Stage, tap: Tap) -> None:
    sentence = sentences.reminder(Reminder.RESERVE)
    stage.go_to(38)
    assert sentence in shown(stage)
    tap(stage, Act.PUT_OFF)
    assert sentence not in shown(stage)
    stage.go_to(40.5)
    assert sentence in shown(stage)


def test_the_finish_is_undone_and_the_meeting_is_not_stored(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    for _step in range(3):
        stage.later(minutes=5)
        stage.tap(Act.STEP_UP)
    stage.tap(Act.FINISH)
    stage.tap(Act.UNDO_FINISH)
    assert stage.meeting.running
    assert stage.view() is View.OPEN
    stage.tap(Act.FINISH)
    stage.tap(Act.DO_NOT_STORE)
    assert stage.view() is View.READY
    assert stage.store.records == []
    assert stage.store.journal == []


def test_the_keyboard_drives_a_meeting(stage: Stage) -> None:
    stage.controller.show(True)
    stage.key(Qt.Key.Key_Space)
    stage.key(Qt.Key.Key_Up)
    assert stage.step() is Step.GUIDANCE
    stage.key(Qt.Key.Key_Up)
    stage.key(Qt.Key.Key_Down)
    assert [visit.stage for visit in stage.meeting.visits] == [0, 1, 2, 1]
    stage.key(Qt.Key.Key_Z)
    assert stage.step() is Step.ADVICE
    stage.key(Qt.Key.Key_Y)
    assert stage.step() is Step.GUIDANCE
    stage.key(Qt.Key.Key_P)
    assert stage.meeting.pins == 1
    stage.key(Qt.Key.Key_Space)
    assert stage.step() is Step.ADVICE
    stage.key(Qt.Key.Key_Return)
    assert stage.step() is Step.FAREWELL
    stage.key(Qt.Key.Key_Space)
    assert stage.view() is View.SUMMARY
    stage.key(Qt.Key.Key_Space)
    assert stage.view() is View.READY


def test_a_double_click_counts_as_one_tap_on_every_form(stage: Stage) -> None:
    def double(act: Act) -> None:
        place = stage.place(act).center()
        stage.click(place)
        stage.clock.advance(-0.7)  # the click took a second of the clock
        if stage.overlay.geometry().contains(place):
            stage.click(place)
        stage.clock.advance(1)

    double(Act.START)
    assert stage.view() is View.ANNOUNCEMENT
    double(Act.GOT_IT)
    assert stage.step() is Step.EMPATHY
    for step in (Step.GUIDANCE, Step.ADVICE, Step.FAREWELL):
        double(Act.STEP_UP)
        assert stage.step() is step
    double(Act.FINISH)
    assert stage.view() is View.SUMMARY
    double(Act.DONE)
    assert stage.view() is View.READY


def test_why_a_tap_is_refused_stands_on_the_overlay_until_one_counts(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.overlay.take_pointer(True)
    stage.overlay.acted.emit(Act.STEP_BACK.value)
    stage.settle()
    assert "Empathy is the lowest step" in shown(stage)
    stage.clock.advance(1)
    stage.tap(Act.STEP_UP)
    assert "Empathy is the lowest step" not in shown(stage)


def test_a_notice_is_read_and_goes(stage: Stage) -> None:
    stage.controller.say("Something to know.")
    stage.presenter.refresh()
    assert "Something to know." in shown(stage)
    stage.tap(Act.READ_NOTICE)
    assert "Something to know." not in shown(stage)


@pytest.mark.parametrize(("answer", "minutes"), [(Act.GAP_YES, 31), (Act.GAP_NO, 1)])
def test_after_sleep_it_asks_whether_that_was_part_of_the_meeting(stage: Stage, answer: Act, minutes: int) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.go_to(1)
    stage.clock.sleep(30)
    stage.run(stage.controller.wake())
    stage.overlay.take_pointer(True)
    assert "The computer slept for 30 min. Was it part of the meeting?" in shown(stage)
    stage.tap(answer)
    assert "Was it part" not in shown(stage)
    assert round(stage.meeting.elapsed(stage.controller.now()) / 60) == minutes


def test_a_tap_on_the_ground_opens_and_closes(stage: Stage) -> None:
    stage.tap(Act.START)
    ground = (
        stage.overlay.geometry().topLeft() + (stage.overlay.rect().bottomLeft() - stage.overlay.rect().topLeft()) * 0.9
    )
    stage.click(ground)
    assert stage.view() is View.QUIET
    stage.click(stage.overlay.geometry().center())
    assert stage.view() is View.OPEN
    stage.click(stage.overlay.geometry().center())
    assert stage.view() is View.QUIET


def test_a_control_that_is_off_is_no_ground_to_tap(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.controller.choose(View.OPEN)
    assert not stage.controls()[Act.UNDO].isEnabled()
    stage.tap(Act.UNDO)
    assert stage.view() is View.OPEN
    assert stage.controller.notice is None
    stage.tap(Act.STEP_UP)
    stage.controller.choose(View.OPEN)
    stage.tap(Act.UNDO)
    assert stage.step() is Step.EMPATHY


def test_after_a_discreet_meeting_a_tap_shows_the_summary(stage: Stage) -> None:
    from kohtaava_desktop.domain.commands import Finish

    stage.tap(Act.START)
    stage.controller.choose(View.DISCREET)
    assert shown(stage) == "[Step up to Guidance]"
    stage.run(stage.controller.perform(Finish()))
    assert stage.view() is View.DISCREET
    stage.tap(Act.TOGGLE)
    assert stage.view() is View.SUMMARY


def test_one_soft_sound_with_a_reminder_only_where_that_is_set(
    make_stage: Callable[..., Stage], monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps: list[bool] = []
    monkeypatch.setattr(QApplication, "beep", lambda *_args: beeps.append(True))
    for chime, expected in ((False, 0), (True, 1)):
        stage = make_stage(settings={"chime": chime})
        stage.tap(Act.START)
        stage.tap(Act.STEP_UP) if Act.STEP_UP in stage.controls() else stage.tap(Act.GOT_IT)
        for minute in (37, 38, 39, 40):
            stage.go_to(minute)
        assert len(beeps) == expected


def test_the_overlay_works_in_the_loop_of_the_program(qapp: QApplication, qtbot: QtBot, in_english: None) -> None:
    from qasync import QEventLoop

    assert in_english is None
    with QEventLoop(qapp) as loop:
        asyncio.set_event_loop(loop)
        stage = Stage(qapp, loop)
        qtbot.addWidget(stage.overlay)
        for act in (Act.START, Act.GOT_IT, Act.STEP_UP, Act.STEP_UP, Act.STEP_UP, Act.FINISH, Act.DONE):
            stage.tap(act)
        asyncio.set_event_loop(None)
    assert len(stage.store.records) == 1
