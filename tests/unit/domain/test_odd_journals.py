"""What ``decide`` never makes: a journal cut, mixed up or edited by hand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain import events
from kohtaava_desktop.domain.events import Event, GapKind, Marks
from kohtaava_desktop.domain.meeting import fold
from kohtaava_desktop.domain.record import Quality, quality_of
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import BEGUN, minute, minutes_of, play

E, G, A, F = Stage

START = events.Started(BEGUN, "k", 45, 45)


@pytest.mark.parametrize(
    "journal",
    [
        [],
        [events.SteppedUp(BEGUN)],
        [events.SteppedUp(BEGUN), START],
        [events.Undone(BEGUN), START],
        [events.Forgotten(BEGUN)],
        [START, START],
        [START, events.Finished(BEGUN), START],
        [START, events.Discarded(BEGUN), START],
    ],
)
def test_a_journal_without_one_start_in_front_is_a_value_error(journal: list[Event]) -> None:
    with pytest.raises(ValueError, match="start"):
        fold(journal)


@pytest.mark.parametrize(
    "odd",
    [
        events.SteppedBack(minute(1)),  # below Empathy
        events.Undone(minute(1)),
        events.Redone(minute(1)),
        events.GapAnswered(minute(1), False),
        events.Extended(minute(1), 196),
        events.Extended(minute(1), -41),
        events.Mended(minute(1), 0, minute(1)),
    ],
)
def test_an_event_that_has_no_place_changes_nothing_that_shows(odd: Event) -> None:
    plain, meeting = fold([START]), fold([START, odd])
    assert (meeting.visits, meeting.plan, meeting.gaps) == (plain.visits, plain.plan, plain.gaps)
    assert (meeting.mended, meeting.running, meeting.stage) == (False, True, E)


@pytest.mark.parametrize(
    "odd",
    [
        events.SteppedUp(minute(9)),
        events.SteppedBack(minute(9)),
        events.Finished(minute(9)),
        events.Forgotten(minute(9)),
        events.Pinned(minute(9)),
        events.Extended(minute(9), 5),
        events.GapAnswered(minute(9), False),
        events.Mended(minute(9), 1, minute(9)),
        events.Mended(minute(9), -1, minute(9)),
    ],
)
def test_a_finished_meeting_stays_as_it_ended(odd: Event) -> None:
    summary = [START, events.SteppedUp(minute(3)), events.Finished(minute(5))]
    plain, meeting = fold(summary), fold([*summary, odd])
    assert (meeting.visits, meeting.finished_at, meeting.plan) == (plain.visits, plain.finished_at, plain.plan)
    assert (meeting.pins, meeting.forgotten, meeting.mended) == (0, False, False)


def test_a_mend_beyond_its_neighbours_is_clipped_again() -> None:
    summary = [START, events.SteppedUp(minute(3)), events.Finished(minute(5))]
    assert minutes_of(fold([*summary, events.Mended(minute(6), 0, minute(99))])) == [(E, 5), (G, 0)]


def test_time_that_runs_backwards_makes_empty_visits_and_never_negative_ones() -> None:
    journal = [START, events.SteppedUp(minute(10)), events.SteppedUp(minute(5)), events.Finished(minute(2))]
    meeting = fold(journal)
    assert minutes_of(meeting) == [(E, 10), (G, 0), (A, 0)]
    assert meeting.finished_at == minute(10)


def test_a_gap_that_lies_before_its_visit_takes_nothing_from_it_and_gives_nothing() -> None:
    for seconds in (0.0, 300.0):
        gap = events.GapNoticed(minute(5), seconds, GapKind.SLEEP)
        journal = [START, events.SteppedUp(minute(10)), gap, events.GapAnswered(minute(11), False)]
        assert minutes_of(fold(journal), 20) == [(E, 10), (G, 10)]


def test_the_last_tap_is_the_latest_one() -> None:
    assert fold([START]).last_tap == BEGUN
    journal = [START, events.Pinned(minute(12)), events.Pinned(minute(5)), events.Forgotten(minute(105))]
    assert fold(journal).finished_at == minute(12)


def test_no_boundary_moves_while_the_meeting_runs() -> None:
    running = [START, events.SteppedUp(minute(3))]
    assert fold([*running, events.Mended(minute(5), 0, minute(1))]).visits == fold(running).visits


def test_before_its_start_a_meeting_has_lasted_for_no_time() -> None:
    assert play().now.elapsed(minute(-5)) == 0


instants = st.floats(-1e12, 1e12)
lengths = st.integers(-(10**12), 10**12)
any_event = st.one_of(
    *[
        st.builds(kind, instants)
        for kind in (
            events.SteppedUp,
            events.SteppedBack,
            events.Pinned,
            events.GivenItsTime,
            events.PutOff,
            events.Finished,
            events.Undone,
            events.Redone,
            events.Discarded,
            events.Forgotten,
        )
    ],
    st.builds(events.Extended, instants, lengths),
    st.builds(events.Marked, instants, st.just(Marks())),
    st.builds(events.GapAnswered, instants, st.booleans()),
    st.builds(events.Mended, instants, lengths | st.integers(-2, 3), instants),
    st.builds(events.GapNoticed, instants, instants, st.sampled_from(GapKind)),
)


@given(st.builds(events.Started, instants, st.just("k"), lengths, lengths), st.lists(any_event, max_size=30))
def test_no_well_formed_journal_breaks_the_fold(start: Event, rest: list[Event]) -> None:
    meeting = fold([start, *rest])
    assert all(visit.seconds(1e12) >= 0 for visit in meeting.visits)
    assert all(abs(one.stage - following.stage) == 1 for one, following in pairwise(meeting.visits))
    if meeting.finished_at is not None and not meeting.discarded:
        assert quality_of(meeting) in Quality
