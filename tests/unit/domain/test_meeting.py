from kohtaava_desktop.domain import events
from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Extend,
    Finish,
    Mend,
    NoticeGap,
    Redo,
    StepBack,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import Visit, fold
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import BEGUN, minute, minutes_of, play

UP, BACK, UNDO, REDO = StepUp(), StepBack(), Undo(), Redo()
E, G, A, F = Stage
SLEPT = NoticeGap(300, GapKind.SLEEP)
NO = AnswerGap(False)


def test_a_meeting_begins_on_empathy_with_its_plan() -> None:
    meeting = play().now
    assert meeting.visits == (Visit(E, BEGUN),)
    assert (meeting.stage, meeting.furthest_stage, meeting.running) == (E, E, True)
    assert (meeting.plan.end, meeting.plan.reserve_minutes) == (minute(45), 7)


def test_each_stay_on_a_step_is_a_visit_of_its_own() -> None:
    meeting = play((5, UP), (15, UP), (20, BACK), (24, UP)).now
    assert minutes_of(meeting, 30) == [(E, 5), (G, 10), (A, 5), (G, 4), (A, 6)]
    assert (meeting.stage, meeting.furthest_stage) == (A, A)


def test_a_meeting_can_end_on_any_step() -> None:
    for ups in range(4):
        meeting = play(*[(number, UP) for number in range(1, ups + 1)], (9, Finish())).now
        assert (meeting.stage, meeting.running, meeting.finished_at) == (Stage(ups), False, minute(9))
        assert meeting.elapsed(minute(500)) == 9 * 60


def test_the_reserve_follows_the_planned_length_and_the_own_median_stays() -> None:
    assert play((1, Extend(45))).now.plan.reserve_minutes == 14
    own = [events.Started(BEGUN, "k", 45, 45, own_median_seconds=500.0), events.Extended(minute(1), 45)]
    assert fold(own).plan.reserve_minutes == 9


def test_undoing_the_finish_goes_on_as_if_it_had_not_been() -> None:
    meeting = play((3, UP), (9, Finish()), (10, UNDO)).now
    assert (meeting.running, meeting.finished_at) == (True, None)
    assert minutes_of(meeting, 20) == [(E, 3), (G, 17)]


def test_mending_moves_a_boundary_and_marks_the_meeting() -> None:
    meeting = play((3, UP), (8, UP), (39, Finish()), (40, Mend(0, minute(5)))).now
    assert minutes_of(meeting) == [(E, 5), (G, 3), (A, 31)]
    assert (meeting.mended, meeting.running) == (True, False)


def test_each_undo_takes_one_mend_back_and_then_the_finish() -> None:
    played = play((3, UP), (8, UP), (39, Finish()), (40, Mend(0, minute(5))), (41, Mend(1, minute(20))))
    assert minutes_of(played.do(minute(42), UNDO).now) == [(E, 5), (G, 3), (A, 31)]
    assert not played.do(minute(43), UNDO).now.mended
    assert minutes_of(played.now) == [(E, 3), (G, 5), (A, 31)]
    assert not played.now.running
    running = played.do(minute(44), UNDO).now
    assert (running.running, running.mended) == (True, False)
    assert minutes_of(running, 50) == [(E, 3), (G, 5), (A, 42)]
    assert minutes_of(played.do(minute(45), REDO).do(minute(46), REDO).now) == [(E, 5), (G, 3), (A, 31)]


def test_no_visit_is_mended_below_what_it_lasted_without_its_gaps() -> None:
    meeting = play((3, UP), (20, SLEPT), (21, NO), (30, UP), (39, Finish())).now
    assert meeting.boundary_range(0) == (minute(0), minute(25))
    assert meeting.boundary_range(1) == (minute(8), minute(39))
    squeezed = play((3, UP), (20, SLEPT), (21, NO), (30, UP), (39, Finish()), (40, Mend(0, minute(29)))).now
    assert minutes_of(squeezed) == [(E, 25), (G, 0), (A, 9)]


def test_a_gap_noticed_in_the_summary_is_asked_about_only_if_the_finish_is_undone() -> None:
    played = play((3, UP), (9, Finish()), (20, SLEPT))
    assert (played.now.open_gap, played.now.gaps) == (None, ())
    assert minutes_of(played.now) == [(E, 3), (G, 6)]
    played.do(minute(21), UNDO)
    assert played.now.open_gap is not None
    assert minutes_of(played.do(minute(22), NO).now, 30) == [(E, 3), (G, 22)]


def test_an_unanswered_question_does_not_follow_into_the_summary() -> None:
    meeting = play((3, UP), (9, SLEPT), (10, Finish())).now
    assert meeting.open_gap is None
    assert [gap.part_of_meeting for gap in meeting.gaps] == [None]
