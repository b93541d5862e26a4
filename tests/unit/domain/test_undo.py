import pytest

from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Command,
    Extend,
    Finish,
    GiveItsTime,
    Mark,
    NoticeGap,
    Pin,
    Redo,
    StepBack,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import Channel, GapKind, Marks
from kohtaava_desktop.domain.record import Quality, quality_of
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import minute, minutes_of, play

UP, BACK, UNDO, REDO = StepUp(), StepBack(), Undo(), Redo()
E, G, A, F = Stage
SLEPT = NoticeGap(300, GapKind.SLEEP)
YES, NO = AnswerGap(True), AnswerGap(False)


def test_undo_takes_taps_back_one_by_one_up_to_the_start() -> None:
    played = play((3, UP), (5, Pin()), (9, UP), (10, UNDO))
    assert minutes_of(played.now, 20) == [(E, 3), (G, 17)]
    assert (played.do(minute(11), UNDO).now.pins, played.now.can_undo) == (0, True)
    played.do(minute(12), UNDO)
    assert minutes_of(played.now, 20) == [(E, 20)]
    assert not played.now.can_undo


def test_redo_brings_them_back_at_the_instants_at_which_they_were_made() -> None:
    played = play((3, UP), (9, UP), (10, UNDO), (11, UNDO), (12, REDO))
    assert minutes_of(played.now, 20) == [(E, 3), (G, 17)]
    played.do(minute(13), REDO)
    assert minutes_of(played.now, 20) == [(E, 3), (G, 6), (A, 11)]
    assert not played.now.can_redo


def test_a_new_tap_ends_what_redo_could_bring_back() -> None:
    meeting = play((3, UP), (9, UP), (10, UNDO), (11, Pin())).now
    assert not meeting.can_redo
    assert meeting.can_undo


@pytest.mark.parametrize(
    "tap",
    [UP, Pin(), Extend(5), Mark(Marks(Channel.PHONE)), GiveItsTime(), Finish(), BACK],
    ids=lambda tap: type(tap).__name__,
)
def test_every_tap_can_be_undone_and_redone(tap: Command) -> None:
    before, done = play((3, UP)), play((3, UP), (5, tap))
    assert done.now != before.now
    undone = play((3, UP), (5, tap), (6, UNDO)).now
    assert (undone.can_redo, before.now.can_redo) == (True, False)
    assert minutes_of(undone, 20) == minutes_of(before.now, 20)
    assert (undone.plan, undone.pins, undone.marks) == (before.now.plan, before.now.pins, before.now.marks)
    assert (undone.given_its_time, undone.running) == (False, True)
    assert play((3, UP), (5, tap), (6, UNDO), (7, REDO)).now == done.now


def test_an_answer_undone_asks_again() -> None:
    played = play((3, UP), (20, SLEPT), (21, NO), (22, UNDO))
    assert played.now.open_gap is not None
    assert minutes_of(played.now, 30) == [(E, 3), (G, 27)]
    assert minutes_of(played.do(minute(23), YES).now, 30) == [(E, 3), (G, 27)]
    assert played.now.open_gap is None


def test_a_gap_stays_when_the_step_before_it_is_undone() -> None:
    undone = play((3, UP), (20, SLEPT), (21, UNDO))
    assert undone.now.open_gap is not None
    assert minutes_of(undone.do(minute(22), NO).now, 30) == [(E, 25)]


def test_a_gap_noticed_between_undo_and_redo_lies_behind_what_redo_brings_back() -> None:
    played = play((3, UP), (9, UP), (10, Pin()), (11, UNDO), (12, UNDO), (13, UNDO), (20, SLEPT))
    assert played.now.can_redo
    played.do(minute(21), REDO).do(minute(22), REDO)
    assert minutes_of(played.now, 30) == [(E, 3), (G, 6), (A, 21)]
    played.do(minute(23), REDO)
    assert (played.now.pins, played.now.can_redo) == (1, False)
    assert minutes_of(played.do(minute(24), NO).now, 30) == [(E, 3), (G, 6), (A, 16)]


def test_gaps_on_both_sides_of_an_undone_tap_keep_their_places() -> None:
    played = play((3, UP), (10, SLEPT), (12, UP), (20, SLEPT), (21, UNDO), (30, SLEPT), (31, REDO))
    played.do(minute(32), NO).do(minute(33), NO).do(minute(34), NO)
    assert minutes_of(played.now, 40) == [(E, 3), (G, 4), (A, 18)]


def test_a_finish_redone_stands_where_it_was_even_if_a_gap_came_between() -> None:
    played = play((3, UP), (9, Finish()), (10, UNDO), (20, SLEPT), (21, REDO))
    assert (played.now.finished_at, played.now.open_gap) == (minute(9), None)
    assert quality_of(played.now) is Quality.OK
    assert played.do(minute(22), UNDO).now.open_gap is not None
