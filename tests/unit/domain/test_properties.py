"""What holds of every meeting, whatever was tapped and whenever."""

from contextlib import suppress
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.commands import Command, NoticeGap, Redo, Undo, decide
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import Discarded, Event, GapKind
from kohtaava_desktop.domain.meeting import Meeting, fold, standing_events
from tests.unit.domain.histories import played_meetings, replayed, taps
from tests.unit.domain.played import BEGUN, Played


def decided(played: Played, command: Command, at: float) -> Event | None:
    """The event of ``command``, or ``None`` where it is refused."""
    with suppress(MeetingError):
        return decide(played.meeting, command, at)
    return None


def apart_from_undo(meeting: Meeting) -> Meeting:
    return replace(meeting, can_undo=False, can_redo=False)


def the_end(played: Played) -> float:
    return played.events[-1].at


@given(played_meetings(), st.integers(0, 40_000))
def test_the_visits_lie_side_by_side_from_the_start_to_now(played: Played, later: int) -> None:
    meeting, now = played.now, the_end(played) + later / 4
    until = now if meeting.finished_at is None else meeting.finished_at
    assert meeting.visits[0].start == meeting.plan.start
    assert all(one.end == following.start for one, following in pairwise(meeting.visits))
    assert meeting.visits[-1].end == meeting.finished_at
    left_out = sum(visit.left_out for visit in meeting.visits)
    assert meeting.elapsed(now) == until - meeting.plan.start - left_out


@given(played_meetings(), st.integers(0, 40_000))
def test_no_visit_lasts_less_than_nothing_nor_leaves_out_more_than_it_has(played: Played, later: int) -> None:
    now = the_end(played) + later / 4
    for visit in played.now.visits:
        lasted = (now if visit.end is None else visit.end) - visit.start
        assert 0 <= visit.left_out <= lasted
        assert visit.seconds(now) == lasted - visit.left_out >= 0


@given(played_meetings())
def test_only_neighbouring_steps_follow_each_other(played: Played) -> None:
    stages = [visit.stage for visit in played.now.visits]
    assert stages[0].below is None
    assert all(following in (one.above, one.below) for one, following in pairwise(stages))


@given(played_meetings())
def test_a_journal_replays_to_the_very_meeting_at_every_instant_of_it(played: Played) -> None:
    again = replayed(played.events)
    assert again == played.events
    for number in range(1, len(again) + 1):
        assert fold(again[:number]) == fold(played.events[:number])


@given(played_meetings())
def test_what_stands_tells_the_whole_meeting(played: Played) -> None:
    standing, can_undo, can_redo = standing_events(played.events)
    assert apart_from_undo(fold(standing)) == apart_from_undo(played.now)
    assert (played.now.can_undo, played.now.can_redo) == (can_undo, can_redo)


@given(played_meetings())
def test_undo_and_redo_again_is_as_if_nothing_had_been_done(played: Played) -> None:
    at = the_end(played) + 1
    undone = decided(played, Undo(), at)
    if undone is not None:
        back = Played([*played.events, undone]).do(at, Redo())
        assert back.now == played.now
    redone = decided(played, Redo(), at)
    if redone is not None:
        forth = Played([*played.events, redone]).do(at, Undo())
        assert forth.now == played.now


@given(played_meetings(), taps, st.integers(0, 4000), st.none() | st.sampled_from(GapKind))
def test_a_tap_undone_is_as_if_it_had_never_been_made(
    played: Played, tap: Command, later: int, gap: GapKind | None
) -> None:
    at = the_end(played) + later / 4
    event = decided(played, tap, at)
    if event is None:
        return
    noticed = [] if gap is None else [decide(fold([*played.events, event]), NoticeGap(150, gap), at + 200)]
    undone = Played([*played.events, event, *noticed]).do(at + 201, Undo())
    assert replace(undone.now, can_redo=False) == replace(fold([*played.events, *noticed]), can_redo=False)
    assert undone.now.can_redo


@given(played_meetings())
def test_undo_reaches_the_start_and_redo_all_the_way_back(played: Played) -> None:
    if isinstance(played.events[-1], Discarded) or played.now.forgotten:
        return
    at, there, count = the_end(played) + 1, apart_from_undo(played.now), 0
    while played.now.can_undo:
        played.do(at, Undo())
        count += 1
    start = played.now
    assert (start.running, len(start.visits), start.pins, start.put_offs) == (True, 1, 0, ())
    assert start.plan.start == BEGUN
    for _ in range(count):
        played.do(at, Redo())
    assert apart_from_undo(played.now) == there


@given(played_meetings())
def test_what_was_decided_can_be_folded_and_what_was_refused_has_no_event(played: Played) -> None:
    meeting = played.now
    assert meeting.can_undo == (decided(played, Undo(), the_end(played)) is not None)
    assert meeting.can_redo == (decided(played, Redo(), the_end(played)) is not None)
    assert meeting.running == (meeting.finished_at is None and not meeting.discarded)
    assert not (meeting.running and (meeting.mended or meeting.forgotten))
