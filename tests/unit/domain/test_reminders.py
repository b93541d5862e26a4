from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Command,
    Discard,
    Extend,
    Finish,
    Forget,
    GiveItsTime,
    NoticeGap,
    Pin,
    PutOff,
    StepBack,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.reminders import Reminder, can_put_off, next_change, standing
from tests.unit.domain.histories import played_meetings
from tests.unit.domain.played import Played, minute, play

UP = StepUp()
ON_ADVICE = ((3, UP), (8, UP))
"""45 minutes, of which 7 are kept: due in minute 38, full in minute 45."""

RESERVE, NEW_TIME, TIME_FULL = Reminder.RESERVE, Reminder.NEW_TIME, Reminder.TIME_FULL


def stands(played: Played, number: float) -> Reminder | None:
    return standing(played.now, minute(number))


def test_the_reminders_have_the_stable_names_of_the_status() -> None:
    assert {reminder.value for reminder in Reminder} == {"reserve", "new-time", "time-full"}


@pytest.mark.parametrize(
    ("number", "reminder"),
    [(0, None), (37.999, None), (38, RESERVE), (44.999, RESERVE), (45, TIME_FULL), (46, TIME_FULL), (104, TIME_FULL)],
)
def test_on_advice_it_is_the_reserve_and_then_the_planned_end(number: float, reminder: Reminder | None) -> None:
    assert stands(play(*ON_ADVICE), number) is reminder


@pytest.mark.parametrize("steps", [(), ((3, UP),), ((3, UP), (8, UP), (20, StepBack()))])
@pytest.mark.parametrize(("number", "reminder"), [(37.999, None), (38, NEW_TIME), (45, NEW_TIME), (50, NEW_TIME)])
def test_below_advice_a_new_time_is_offered_instead(
    steps: tuple[tuple[float, Command], ...], number: float, reminder: Reminder | None
) -> None:
    assert stands(play(*steps), number) is reminder


def test_a_step_changes_the_sentence_that_stands() -> None:
    assert stands(play((3, UP), (40, UP)), 40) is RESERVE
    assert stands(play(*ON_ADVICE, (40, StepBack())), 40) is NEW_TIME


@pytest.mark.parametrize("number", [10, 38, 45, 60])
def test_once_the_farewell_has_begun_nothing_reminds_of_it_not_even_after_a_step_back(number: float) -> None:
    farewell = (*ON_ADVICE, (10, UP))
    assert stands(play(*farewell), number) is None
    assert stands(play(*farewell, (10, StepBack())), number) is None
    assert stands(play(*farewell, (10, StepBack()), (10, StepBack())), number) is None


def test_a_farewell_tapped_by_mistake_and_undone_has_not_begun() -> None:
    assert stands(play(*ON_ADVICE, (10, UP), (11, Undo())), 38) is RESERVE


def test_a_meeting_that_needs_its_time_is_left_in_peace() -> None:
    for at in (5, 40, 50):
        silenced = play((3, UP), (at, GiveItsTime()))
        assert [stands(silenced, number) for number in (50, 60, 104)] == [None] * 3


def test_silence_can_be_taken_back() -> None:
    assert stands(play((3, UP), (5, GiveItsTime()), (6, Undo())), 40) is NEW_TIME


def test_a_moment_more_hides_the_sentence_for_two_minutes() -> None:
    once = play(*ON_ADVICE, (38.5, PutOff()))
    assert [stands(once, number) for number in (38.5, 40.499)] == [None, None]
    assert stands(once, 40.5) is RESERVE
    assert can_put_off(once.now)


def test_a_moment_more_comes_twice_at_most() -> None:
    twice = play(*ON_ADVICE, (38.5, PutOff()), (41, PutOff()))
    assert [stands(twice, number) for number in (42.999, 43)] == [None, RESERVE]
    assert not can_put_off(twice.now)
    assert can_put_off(twice.do(minute(43), Undo()).now)


def test_at_the_planned_end_the_last_sentence_comes_whatever_was_put_off() -> None:
    late = play(*ON_ADVICE, (44, PutOff()))
    assert [stands(late, number) for number in (44.5, 44.999, 45)] == [None, None, TIME_FULL]


def test_the_last_sentence_can_be_put_off_itself() -> None:
    full = play(*ON_ADVICE, (45, PutOff()))
    assert [stands(full, number) for number in (45, 46.999, 47)] == [None, None, TIME_FULL]


def test_more_time_moves_the_reminder_and_less_time_brings_it() -> None:
    longer = play(*ON_ADVICE, (40, Extend(5)))  # 50 minutes keep 8
    assert [stands(longer, number) for number in (40, 41.999, 42, 49.999, 50)] == [
        None,
        None,
        RESERVE,
        RESERVE,
        TIME_FULL,
    ]
    shorter = play(*ON_ADVICE, (30, Extend(-10)))  # 35 minutes keep 6
    assert [stands(shorter, number) for number in (28.999, 29, 35)] == [None, RESERVE, TIME_FULL]


def test_more_time_does_not_bring_back_a_moment_more() -> None:
    assert not can_put_off(play(*ON_ADVICE, (38, PutOff()), (40, PutOff()), (42, Extend(30))).now)


def test_a_moment_more_outlasts_neither_the_old_nor_the_new_planned_end() -> None:
    assert stands(play(*ON_ADVICE, (39, PutOff()), (39.5, Extend(-5))), 40) is TIME_FULL
    # put off after the end, and then there is more time: the two minutes hold
    extended = play(*ON_ADVICE, (46, PutOff()), (46.5, Extend(5)))
    assert [stands(extended, number) for number in (47.999, 48)] == [None, RESERVE]


@pytest.mark.parametrize(
    ("planned", "due"), [(5, 2.5), (6, 3), (7, 3.5), (8, 4), (9, 4.5), (10, 5), (15, 10), (240, 225)]
)
def test_no_meeting_is_too_short_to_begin_in_peace(planned: int, due: float) -> None:
    meeting = play(minutes=planned)
    assert stands(meeting, due - 0.001) is None
    assert stands(meeting, due) is NEW_TIME


def test_gaps_move_no_reminder() -> None:
    slept = play(*ON_ADVICE, (20, NoticeGap(600, GapKind.SLEEP)), (21, AnswerGap(False)))
    assert [stands(slept, number) for number in (37.999, 38)] == [None, RESERVE]


def test_a_leap_of_the_clock_that_was_right_brings_the_planned_end_nearer() -> None:
    leapt = play(*ON_ADVICE, (20, NoticeGap(600, GapKind.CLOCK)), (21, AnswerGap(True)))
    assert [stands(leapt, number) for number in (27.999, 28, 35)] == [None, RESERVE, TIME_FULL]


@pytest.mark.parametrize("end", [Finish(), Discard(), Forget()])
def test_nothing_stands_and_nothing_changes_once_the_meeting_is_over(end: Command) -> None:
    over = play(*ON_ADVICE, (40, end))
    assert stands(over, 41) is None
    assert next_change(over.now, minute(41)) is None


def changes(meeting: Meeting, now: float, until: float) -> Iterator[float]:
    """Every instant from ``now`` on at which the program wakes by itself."""
    while (change := next_change(meeting, now)) is not None and change <= until:
        assert change > now
        yield change
        now = change


@pytest.mark.parametrize("planned", [5, 7, 45, 240])
def test_a_whole_meeting_wakes_the_program_once_a_minute(planned: int) -> None:
    meeting = play(minutes=planned).now
    woken = list(changes(meeting, minute(0), minute(planned + 60)))
    halves = {minute(planned / 2)} if planned < 10 else set()  # half-time reminds in the shortest meetings
    assert woken == sorted({minute(number) for number in range(1, planned + 61)} | halves)


@pytest.mark.parametrize(
    ("steps", "now", "change"),
    [
        (ON_ADVICE, 37.5, 38),
        ((*ON_ADVICE, (38.25, PutOff())), 40, 40.25),
        ((*ON_ADVICE, (44.25, PutOff())), 44.5, 45),
        ((*ON_ADVICE, (45.25, PutOff())), 47, 47.25),
        (ON_ADVICE, 104.5, 105),
        ((*ON_ADVICE, (8, Pin())), 8, 9),
    ],
)
def test_the_next_change(steps: tuple[tuple[float, Command], ...], now: float, change: float) -> None:
    assert next_change(play(*steps).now, minute(now)) == minute(change)


def seen(meeting: Meeting, now: float) -> tuple[int, Reminder | None, bool]:
    """All that time alone changes on the overlay."""
    return meeting.plan.remaining_minutes(now), standing(meeting, now), now >= meeting.plan.forgotten_due


@given(played_meetings(), st.integers(0, 8 * 60 * 60), st.floats(0, 1, exclude_max=True))
def test_nothing_changes_before_the_next_change_and_then_something_does(
    played: Played, later: int, share: float
) -> None:
    meeting, now = played.now, played.events[-1].at + later / 4
    change = next_change(meeting, now)
    if change is None:
        assert not meeting.running
        return
    assert now < change <= now + 60
    between = min(now + (change - now) * share, change - 0.001)
    assert seen(meeting, max(now, between)) == seen(meeting, now)
    plan = meeting.plan
    due = {plan.reminder_due, plan.end, plan.forgotten_due, *(at + 120 for at in meeting.put_offs)}
    assert change in due or seen(meeting, change) != seen(meeting, now)
