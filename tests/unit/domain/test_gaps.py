import pytest

from kohtaava_desktop.domain import events
from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Finish,
    NoticeGap,
    PutOff,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import fold
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import BEGUN, minute, minutes_of, play

UP, UNDO = StepUp(), Undo()
E, G, A, F = Stage
SLEPT = NoticeGap(300, GapKind.SLEEP)
AWAY = NoticeGap(300, GapKind.AWAY)
LEAPT = NoticeGap(600, GapKind.CLOCK)
YES, NO = AnswerGap(True), AnswerGap(False)


def test_a_gap_nobody_has_placed_counts_as_part_of_the_meeting() -> None:
    meeting = play((3, UP), (20, SLEPT)).now
    assert minutes_of(meeting, 20) == [(E, 3), (G, 17)]
    assert meeting.open_gap is not None


@pytest.mark.parametrize("gap", [SLEPT, AWAY])
def test_time_that_was_not_part_of_the_meeting_is_left_out_of_its_visit_and_moves_no_promise(gap: NoticeGap) -> None:
    part = play((3, UP), (20, gap), (21, YES)).now
    assert minutes_of(part, 30) == [(E, 3), (G, 27)]
    left_out = play((3, UP), (20, gap), (21, NO)).now
    assert minutes_of(left_out, 30) == [(E, 3), (G, 22)]
    assert left_out.elapsed(minute(30)) == 25 * 60
    assert part.plan.end == left_out.plan.end == minute(45)


def test_an_answer_after_a_step_still_leaves_time_out_where_it_was() -> None:
    meeting = play((3, UP), (20, SLEPT), (20, UP), (22, UP), (23, NO)).now
    assert minutes_of(meeting, 30) == [(E, 3), (G, 12), (A, 2), (F, 8)]


def test_gaps_are_answered_oldest_first() -> None:
    played = play((3, UP), (10, SLEPT), (12, UP), (20, AWAY))
    assert [gap.kind for gap in played.now.gaps] == [GapKind.SLEEP, GapKind.AWAY]
    for answer, left in ((NO, 4), (YES, 4)):
        played.do(minute(21), answer)
        assert minutes_of(played.now, 30) == [(E, 3), (G, left), (A, 18)]
    assert played.now.open_gap is None


def test_no_more_is_left_out_than_there_was() -> None:
    # the step came after the sleep but before the program noticed it
    meeting = play((3, UP), (19, UP), (20, SLEPT), (21, NO)).now
    assert minutes_of(meeting, 21) == [(E, 3), (G, 16), (A, 1)]
    twice = play((3, UP), (19, UP), (20, SLEPT), (20, SLEPT), (21, NO), (21, NO)).now
    assert minutes_of(twice, 21) == [(E, 3), (G, 16), (A, 1)]


def test_what_was_clipped_comes_back_whole_when_the_step_is_undone() -> None:
    meeting = play((3, UP), (19, UP), (20, SLEPT), (21, UNDO), (22, NO)).now
    assert minutes_of(meeting, 30) == [(E, 3), (G, 22)]


def test_a_gap_of_less_than_nothing_is_none() -> None:
    for kind in GapKind:
        for answer in (True, False):
            odd = [
                events.Started(BEGUN, "k", 45, 45),
                events.GapNoticed(minute(9), -600.0, kind),
                events.GapAnswered(minute(9), answer),
            ]
            assert minutes_of(fold(odd), 20) == [(E, 20)]


def test_a_corrected_clock_changes_nothing() -> None:
    meeting = play((3, UP), (20, LEAPT), (21, NO)).now
    assert minutes_of(meeting, 30) == [(E, 3), (G, 27)]
    assert meeting.plan.end == minute(45)


def test_a_clock_that_was_right_adds_the_leap_to_the_visit_it_came_in() -> None:
    meeting = play((3, UP), (8, UP), (20, LEAPT), (21, YES)).now
    assert minutes_of(meeting, 30) == [(E, 3), (G, 5), (A, 32)]
    assert (meeting.plan.start, meeting.plan.end) == (minute(-10), minute(35))


def test_a_tap_at_the_instant_of_the_leap_lies_behind_it() -> None:
    meeting = play((3, UP), (20, LEAPT), (20, UP), (21, YES)).now
    assert minutes_of(meeting, 30) == [(E, 3), (G, 27), (A, 10)]
    finished = play((3, UP), (20, LEAPT), (20, YES), (20, Finish())).now
    assert minutes_of(finished) == [(E, 3), (G, 27)]


def test_a_leap_in_the_first_instant_counts_too() -> None:
    assert minutes_of(play((0, LEAPT), (0, YES)).now, 5) == [(E, 15)]


def test_a_leap_can_be_longer_than_the_meeting_so_far() -> None:
    meeting = play((1, NoticeGap(86_400, GapKind.CLOCK)), (2, YES)).now
    assert minutes_of(meeting, 2) == [(E, 24 * 60 + 2)]
    assert meeting.plan.remaining_minutes(minute(2)) == 43 - 24 * 60


def test_leaps_and_sleep_add_up() -> None:
    played = play((3, UP), (10, LEAPT), (12, SLEPT), (13, UP), (20, LEAPT), (21, YES), (22, NO), (23, YES))
    assert minutes_of(played.now, 30) == [(E, 3), (G, 15), (A, 27)]
    assert played.now.plan.end == minute(25)


def test_a_leap_moves_what_was_put_off_before_it_and_nothing_after() -> None:
    meeting = play((38, PutOff()), (39, LEAPT), (39, UP), (39.5, YES)).now
    assert meeting.put_offs == (minute(28),)
    behind = play((38, LEAPT), (38, PutOff()), (38.5, YES)).now
    assert behind.put_offs == (minute(38),)


def test_a_leap_answered_and_undone_leaves_all_as_it_was() -> None:
    undone = play((3, UP), (20, LEAPT), (21, YES), (22, UNDO)).now
    assert minutes_of(undone, 30) == [(E, 3), (G, 27)]
    assert undone.plan.end == minute(45)
