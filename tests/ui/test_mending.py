"""Mending a boundary in the summary, where a tap was forgotten: by mouse and by keys."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.ui.boundary_handle import BoundaryHandle
from kohtaava_desktop.ui.scene import Act
from tests.contrast import visible_difference
from tests.ui.stage import LEFT, NO_KEYS, Stage

UP, FINISH = commands.StepUp(), commands.Finish()
INSIDE = 316.0  # design pixels from the beginning of the stairs to their end


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The summary of 40 minutes: 5 in Empathy, 15 in Guidance, 20 in Advice."""
    stage.tap(Act.START)
    for minute, command in ((5, UP), (20, UP), (40, FINISH)):
        stage.go_to(minute)
        stage.run(stage.controller.perform(command))
    stage.overlay.take_pointer(True)
    return stage


def minutes(stage: Stage) -> list[float]:
    """How long each visit lasted."""
    return [round(visit.seconds(stage.controller.now()) / 60, 2) for visit in stage.meeting.visits]


def grab(stage: Stage, number: int) -> tuple[BoundaryHandle, QPoint]:
    """Press on a boundary; the handle, and the place on the screen where it was pressed."""
    handle = stage.handles()[number]
    QTest.mousePress(handle, LEFT, NO_KEYS, handle.rect().center())
    return handle, handle.mapToGlobal(handle.rect().center())


def drag(stage: Stage, number: int, pixels: int) -> None:
    """Move a boundary by so many pixels with the mouse."""
    handle, start = grab(stage, number)
    for part in (1, 2):
        QTest.mouseMove(handle, handle.mapFromGlobal(start + QPoint(pixels * part // 2, 0)))
    QTest.mouseRelease(handle, LEFT, NO_KEYS, handle.mapFromGlobal(start + QPoint(pixels, 0)))
    stage.settle()


def test_each_boundary_has_a_handle_where_it_lies(stage: Stage) -> None:
    middles = [handle.geometry().center().x() + 1 for handle in stage.handles()]
    assert middles == pytest.approx([14 + INSIDE * 5 / 40, 14 + INSIDE * 20 / 40], abs=1.5)


def test_a_boundary_is_dragged(stage: Stage) -> None:
    drag(stage, 0, 79)
    assert minutes(stage) == pytest.approx([15, 5, 20], abs=0.02)
    stage.tap(Act.DONE)
    [record] = stage.store.records
    assert record.quality is Quality.MENDED
    assert sum(seconds for _step, seconds in record.visits) == 40 * 60


def test_the_handle_follows_the_pointer_and_the_record_waits_until_it_is_let_go(stage: Stage) -> None:
    handle, start = grab(stage, 1)
    QTest.mouseMove(handle, handle.mapFromGlobal(start + QPoint(-50, 0)))
    assert handle.mapToGlobal(handle.rect().center()).x() == pytest.approx(start.x() - 50, abs=1)
    assert minutes(stage) == [5, 15, 20]
    QTest.mouseRelease(handle, LEFT, NO_KEYS, handle.rect().center())
    stage.settle()
    assert minutes(stage) == pytest.approx([5, 15 - 50 / INSIDE * 40, 20 + 50 / INSIDE * 40], abs=0.02)


def test_what_changes_meanwhile_does_not_take_the_boundary_from_the_pointer(stage: Stage) -> None:
    handle, start = grab(stage, 0)
    QTest.mouseMove(handle, handle.mapFromGlobal(start + QPoint(79, 0)))
    stage.overlay.take_pointer(False)
    stage.controller.say("Something to know.")
    stage.later(seconds=1)
    QTest.mouseRelease(handle, LEFT, NO_KEYS, handle.mapFromGlobal(start + QPoint(79, 0)))
    stage.settle()
    assert minutes(stage) == pytest.approx([15, 5, 20], abs=0.02)


@pytest.mark.parametrize(("number", "pixels", "left"), [(0, 5000, [20, 0, 20]), (1, -5000, [5, 0, 35])])
def test_no_visit_becomes_shorter_than_nothing(stage: Stage, number: int, pixels: int, left: list[float]) -> None:
    drag(stage, number, pixels)
    assert minutes(stage) == left


def test_a_boundary_pressed_and_let_go_changes_nothing(stage: Stage) -> None:
    drag(stage, 0, 0)
    assert minutes(stage) == [5, 15, 20]
    assert not stage.meeting.mended


def test_the_arrow_keys_move_a_boundary_a_minute_at_a_time(stage: Stage) -> None:
    handle = stage.handles()[0]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        QTest.keyClick(handle, key)
        stage.settle()
    assert minutes(stage) == [7, 13, 20]
    QTest.keyClick(handle, Qt.Key.Key_PageUp)
    stage.settle()
    assert minutes(stage) == [12, 8, 20]


def test_keys_faster_than_the_disk_all_count(stage: Stage) -> None:
    handle = stage.handles()[1]
    for _press in range(5):
        QTest.keyClick(handle, Qt.Key.Key_Right)
    stage.settle()
    assert minutes(stage) == [5, 20, 15]


def test_mending_is_undone_and_then_the_finish(stage: Stage) -> None:
    drag(stage, 0, 79)
    stage.clock.advance(1)
    assert stage.controls()[Act.UNDO_FINISH].control.label == "Undo"
    stage.tap(Act.UNDO_FINISH)
    assert stage.controls()[Act.UNDO_FINISH].control.label == "Undo finish"
    assert minutes(stage) == [5, 15, 20]
    assert not stage.meeting.running
    stage.tap(Act.UNDO_FINISH)
    assert stage.meeting.running
    assert stage.handles() == []


def test_time_left_out_keeps_its_place(stage: Stage) -> None:
    stage.tap(Act.DONE)
    stage.tap(Act.START)
    stage.go_to(5)
    stage.run(stage.controller.perform(UP))
    stage.clock.sleep(30)
    for command in (commands.Pin(), commands.AnswerGap(False)):
        stage.run(stage.controller.perform(command))
    stage.go_to(45)
    stage.run(stage.controller.perform(UP))
    stage.go_to(50)
    stage.run(stage.controller.perform(FINISH))
    assert minutes(stage) == [5, 10, 5]
    middles = [handle.geometry().center().x() + 1 for handle in stage.handles()]
    assert middles == pytest.approx([14 + INSIDE * 5 / 20, 14 + INSIDE * 15 / 20], abs=1.5)
    QTest.keyClick(stage.handles()[1], Qt.Key.Key_Left)
    stage.settle()
    assert minutes(stage) == [5, 9, 6]
    QTest.keyClick(stage.handles()[0], Qt.Key.Key_End)
    stage.settle()
    assert minutes(stage) == [14, 0, 6]


def test_a_meeting_on_one_step_has_no_boundary(stage: Stage) -> None:
    stage.tap(Act.DONE)
    stage.tap(Act.START)
    stage.later(minutes=5)
    stage.run(stage.controller.perform(FINISH))
    assert stage.handles() == []


def shown_minutes(stage: Stage) -> list[str]:
    """The minutes per step that the summary shows."""
    form = stage.overlay.form
    assert form is not None
    return [text.text for text in form.texts if text.text.endswith("min")]


def test_stairs_and_minutes_go_along_with_a_boundary_that_is_held(stage: Stage) -> None:
    before = shown_minutes(stage)
    assert before == ["5 min", "15 min", "20 min"]
    handle, start = grab(stage, 0)
    QTest.mouseMove(handle, handle.mapFromGlobal(start + QPoint(79, 0)))
    assert shown_minutes(stage) == ["15 min", "5 min", "20 min"]
    form = stage.overlay.form
    assert form is not None
    assert form.handles[0] == pytest.approx(14 + INSIDE * 15 / 40, abs=1)
    assert minutes(stage) == [5, 15, 20], "nothing is mended yet"
    assert stage.controls()[Act.UNDO_FINISH].control.label == "Undo finish"
    QTest.mouseMove(handle, handle.mapFromGlobal(start))
    assert shown_minutes(stage) == before
    QTest.mouseRelease(handle, LEFT, NO_KEYS, handle.mapFromGlobal(start))
    stage.settle()
    assert shown_minutes(stage) == before
    assert not stage.meeting.mended


def test_of_boundaries_at_one_place_the_one_with_the_keyboard_is_seen(stage: Stage) -> None:
    """Steps tapped one after another at the end: each grip lies on a riser of its own."""
    stage.tap(Act.DONE)
    stage.tap(Act.START)
    stage.go_to(40)
    for command in (UP, UP, UP, FINISH):
        stage.run(stage.controller.perform(command))
    stage.overlay.has_keyboard = True
    pictures = []
    for handle in stage.handles():
        handle.setFocus()
        pictures.append(stage.overlay.grab().toImage())
    assert len(pictures) == 3
    for earlier, later in pairwise(pictures):
        assert visible_difference(earlier, later, earlier.rect()) >= 40
