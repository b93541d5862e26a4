from math import ceil, inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.errors import LengthOutOfRange
from kohtaava_desktop.domain.plan import LENGTHS, Plan, check_length, minutes_to_appointed_end, reserve_minutes

LENGTHS_ALLOWED = st.integers(5, 240)


def plan(minutes: int, reserve: int = 5, start: float = 0.0) -> Plan:
    return Plan(start, minutes, reserve)


def test_the_lengths_offered_by_name() -> None:
    assert LENGTHS == (15, 20, 30, 45, 60, 90)
    assert all(check_length(minutes) == minutes for minutes in LENGTHS)


@pytest.mark.parametrize("minutes", [4, 241])
def test_other_lengths_are_refused(minutes: int) -> None:
    with pytest.raises(LengthOutOfRange):
        check_length(minutes)


@pytest.mark.parametrize(
    ("planned", "reserve"),
    [
        (5, 5),
        (15, 5),
        (30, 5),
        (33, 5),  # 4.95
        (34, 6),  # 5.1
        (40, 6),  # 6 exactly: nothing is rounded up
        (41, 7),  # 6.15
        (45, 7),  # 6.75
        (60, 9),
        (90, 14),  # 13.5
        (100, 15),
        (101, 15),
        (240, 15),
    ],
)
def test_the_reserve_is_15_percent_in_whole_minutes_from_5_to_15(planned: int, reserve: int) -> None:
    assert reserve_minutes(planned) == reserve


@given(LENGTHS_ALLOWED)
def test_the_reserve_never_falls_short_of_its_share(planned: int) -> None:
    assert reserve_minutes(planned) == min(15, max(5, -(-15 * planned // 100)))


@pytest.mark.parametrize(
    ("median", "reserve"),
    [(0.0, 5), (299.0, 5), (300.0, 5), (300.5, 6), (301.0, 6), (420.0, 7), (899.0, 15), (900.0, 15), (5000.0, 15)],
)
def test_the_reserve_follows_the_own_median_farewell_where_it_is_given(median: float, reserve: int) -> None:
    assert reserve_minutes(45, median) == reserve
    assert reserve_minutes(240, median) == reserve


@pytest.mark.parametrize(
    ("now", "minutes"),
    [
        (0, 45),
        (0.001, 45),
        (59.999, 45),
        (60, 44),
        (60.001, 44),
        (44 * 60 - 0.001, 2),
        (44 * 60, 1),
        (45 * 60 - 0.001, 1),
        (45 * 60, 0),
        (45 * 60 + 59.999, 0),
        (46 * 60, -1),
        (48 * 60, -3),
    ],
)
def test_minutes_left_are_whole_and_count_on_after_the_planned_end(now: float, minutes: int) -> None:
    assert plan(45).remaining_minutes(now) == minutes


@pytest.mark.parametrize(("now", "change"), [(0, 60), (0.5, 60), (59.75, 60), (60, 120), (2700, 2760), (2759, 2760)])
def test_the_next_minute_is_the_next_instant_at_which_minutes_left_change(now: float, change: float) -> None:
    assert plan(45).next_minute(now) == change


@given(
    start=st.floats(0, 4e9), planned=LENGTHS_ALLOWED, share=st.floats(0, 2), nudge=st.sampled_from([-inf, None, inf])
)
def test_no_rounding_makes_a_minute_wait_or_come_twice(
    start: float, planned: int, share: float, nudge: float | None
) -> None:
    its = plan(planned, start=start)
    now = start + ceil(planned * share) * 60  # near a change of the minute, where rounding bites
    now = now if nudge is None else nextafter(now, nudge)
    change = its.next_minute(now)
    assert now < change <= now + 60.001
    assert its.remaining_minutes(change) == its.remaining_minutes(now) - 1


@pytest.mark.parametrize(
    ("planned", "minute"),
    # in 5 to 9 minutes half of the time comes after the reserve has begun
    [(5, 2.5), (6, 3), (7, 3.5), (8, 4), (9, 4.5), (10, 5), (11, 6), (15, 10), (45, 38), (60, 51), (240, 225)],
)
def test_the_reminder_is_due_at_the_reserve_but_never_before_half_of_the_time(planned: int, minute: float) -> None:
    assert plan(planned, reserve_minutes(planned)).reminder_due == minute * 60


@given(LENGTHS_ALLOWED, st.none() | st.floats(0, 3600))
def test_the_reminder_never_comes_before_half_time_nor_after_the_planned_end(
    planned: int, median: float | None
) -> None:
    its = plan(planned, reserve_minutes(planned, median))
    assert planned * 30 <= its.reminder_due < its.end


def test_a_meeting_is_forgotten_an_hour_after_its_planned_end() -> None:
    assert plan(45).forgotten_due == 105 * 60


@pytest.mark.parametrize(("minute", "shortest"), [(0, 5), (64, 5), (65, 6), (65.9, 6), (210, 151), (299, 240)])
def test_how_far_a_plan_can_be_cut(minute: float, shortest: int) -> None:
    assert plan(240).shortest_at(minute * 60) == shortest
    assert plan(shortest).forgotten_due > minute * 60


@pytest.mark.parametrize(
    ("clock", "planned", "left"),
    [
        ((9, 0), 45, None),
        ((9, 1), 45, None),  # a minute is not late
        ((9, 2), 45, 43),
        ((9, 14), 45, 31),
        ((9, 15), 45, None),
        ((9, 37), 45, 38),
        ((23, 59), 30, 16),
        ((0, 0), 30, None),
        ((9, 10), 15, 5),
        ((9, 11), 15, None),  # four minutes are no meeting
        ((9, 2), 5, None),
    ],
)
def test_a_late_start_is_offered_what_is_left_until_the_appointed_end(
    clock: tuple[int, int], planned: int, left: int | None
) -> None:
    assert minutes_to_appointed_end(clock[0] * 60 + clock[1], planned) == left
