"""The meeting in hand: a fold over its events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kohtaava_desktop.domain.events import (
    Discarded,
    Event,
    Extended,
    Finished,
    Forgotten,
    GapAnswered,
    GapKind,
    GapNoticed,
    GivenItsTime,
    Marked,
    Marks,
    Mended,
    Noticed,
    Pinned,
    PutOff,
    Redone,
    Started,
    SteppedBack,
    SteppedUp,
    Undone,
)
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES, Plan, reserve_minutes
from kohtaava_desktop.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay on a step, from ``start`` to ``end`` (``None`` while it lasts); a stage can have several.

    ``left_out`` seconds of it were not part of the meeting.
    """

    stage: Stage
    start: float
    end: float | None = None
    left_out: float = 0.0

    def seconds(self, now: float) -> float:
        """How long the visit has lasted, without what was not part of the meeting; never negative."""
        return max(0.0, (now if self.end is None else self.end) - self.start - self.left_out)


@dataclass(frozen=True, slots=True)
class Gap:
    """``seconds`` up to ``at`` that the program could not see; ``visit`` is the visit it was noticed in."""

    at: float
    seconds: float
    kind: GapKind
    visit: int
    part_of_meeting: bool | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The state of one meeting after its events so far."""

    key: str
    booked_minutes: int
    plan: Plan
    marks: Marks
    own_median_seconds: float | None
    visits: tuple[Visit, ...]
    pins: int = 0
    put_offs: tuple[float, ...] = ()
    given_its_time: bool = False
    gaps: tuple[Gap, ...] = ()
    finished_at: float | None = None
    forgotten: bool = False
    discarded: bool = False
    mended: bool = False
    last_tap: float = 0.0
    can_undo: bool = False
    can_redo: bool = False

    @property
    def stage(self) -> Stage:
        """The step the meeting is on, or ended on."""
        return self.visits[-1].stage

    @property
    def furthest_stage(self) -> Stage:
        """The highest step the meeting has been on."""
        return max(visit.stage for visit in self.visits)

    @property
    def running(self) -> bool:
        """Whether the meeting still goes on."""
        return self.finished_at is None and not self.discarded

    @property
    def open_gap(self) -> Gap | None:
        """The oldest gap that the expert has not placed yet; in the summary nothing is asked any more."""
        return next((gap for gap in self.gaps if gap.part_of_meeting is None), None) if self.running else None

    def elapsed(self, now: float) -> float:
        """Seconds of meeting so far, without what was not part of it."""
        return sum(visit.seconds(now) for visit in self.visits)

    def boundary_range(self, boundary: int) -> tuple[float, float]:
        """Between which instants the boundary after visit ``boundary`` can be moved, in the summary.

        No visit can be mended below zero seconds.
        """
        before, after = self.visits[boundary], self.visits[boundary + 1]
        assert after.end is not None, "boundaries move in the summary only"
        return before.start + before.left_out, after.end - after.left_out

    def nearest_boundary(self, boundary: int, wanted: float) -> float:
        """The instant nearest to ``wanted`` to which that boundary can be moved."""
        lowest, highest = self.boundary_range(boundary)
        return min(highest, max(lowest, wanted))  # in this order, what is no number at all becomes the lowest

    def with_boundary(self, boundary: int, wanted: float) -> "Meeting":
        """As it would be with that boundary as near to ``wanted`` as can be; nothing is mended yet."""
        return replace(_mend(self, boundary, wanted), mended=self.mended)


def fold(events: Sequence[Event]) -> Meeting:
    """The meeting after ``events``; raises ``ValueError`` unless the first of them, and no other, is ``Started``.

    The same events always give the same meeting: what stands on the screen and what a journal replays to are one.
    What ``decide`` never makes has no place in it and is passed over: a step above Farewell, a tap after the finish.
    A gap noticed in the summary counts only once the finish is undone.
    """
    if not events or not isinstance(events[0], Started):
        raise ValueError("a meeting begins with its start")
    if any(isinstance(event, Started) for event in events[1:]):
        raise ValueError("a meeting starts once")
    meeting = _begin(events[0])
    standing, can_undo, can_redo = standing_events(events)
    for event in standing[1:]:
        meeting = _apply(meeting, event)
        if not isinstance(event, Noticed):
            meeting = replace(meeting, last_tap=max(meeting.last_tap, event.at))
    return replace(meeting, can_undo=can_undo, can_redo=can_redo)


def standing_events(events: Sequence[Event]) -> tuple[list[Event], bool, bool]:
    """The events that count once undo and redo are carried out, and whether another undo or redo is possible.

    Undo takes back the newest standing tap, but never the start; redo brings back what undo took, until a new tap is
    made. What the program noticed by itself stays: events after a tap's place are all such, so the place that undo
    remembers is still the tap's own when redo comes. Nothing reaches back over the closing of a forgotten meeting, and
    nothing counts after a meeting was discarded.
    """
    standing: list[Event] = []
    taken_back: list[tuple[int, Event]] = []
    for event in events:
        if isinstance(event, Undone):
            place = _newest_tap(standing)
            if place:
                taken_back.append((place, standing.pop(place)))
        elif isinstance(event, Redone):
            if taken_back:
                place, tap = taken_back.pop()
                standing.insert(place, tap)
        elif isinstance(event, Discarded):
            return [*standing, event], False, False
        else:
            if not isinstance(event, GapNoticed):
                taken_back.clear()
            standing.append(event)
    return standing, bool(_newest_tap(standing)), bool(taken_back)


def _newest_tap(standing: Sequence[Event]) -> int:
    """The place of the newest tap that undo can reach; 0, the start's own place, when there is none."""
    for place in range(len(standing) - 1, 0, -1):
        if isinstance(standing[place], Forgotten):
            return 0
        if not isinstance(standing[place], Noticed):
            return place
    return 0


def _begin(start: Started) -> Meeting:
    return Meeting(
        key=start.key,
        booked_minutes=start.booked_minutes,
        plan=Plan(start.at, start.minutes, reserve_minutes(start.minutes, start.own_median_seconds)),
        marks=start.marks,
        own_median_seconds=start.own_median_seconds,
        visits=(Visit(Stage.EMPATHY, start.at),),
        last_tap=start.at,
    )


def _apply(meeting: Meeting, event: Event) -> Meeting:
    match event:
        case Mended(boundary=boundary, moved_to=moved_to):
            return _mend(meeting, boundary, moved_to)
        case Discarded():
            return replace(meeting, discarded=True)
    return _apply_running(meeting, event) if meeting.running else meeting


def _apply_running(meeting: Meeting, event: Event) -> Meeting:
    match event:
        case SteppedUp(at):
            return _step(meeting, at, meeting.stage.above)
        case SteppedBack(at):
            return _step(meeting, at, meeting.stage.below)
        case Pinned():
            return replace(meeting, pins=meeting.pins + 1)
        case Extended(minutes=minutes):
            return _extend(meeting, minutes)
        case Marked(marks=marks):
            return replace(meeting, marks=marks)
        case GivenItsTime():
            return replace(meeting, given_its_time=True)
        case PutOff(at):
            return replace(meeting, put_offs=(*meeting.put_offs, at))
        case GapNoticed(at, seconds, kind):
            gap = Gap(at, max(0.0, seconds), kind, len(meeting.visits) - 1)
            return replace(meeting, gaps=(*meeting.gaps, gap))
        case GapAnswered(part_of_meeting=part):
            return _place_gap(meeting, part)
        case Finished(at):
            return _close(meeting, at)
        case Forgotten():
            return replace(_close(meeting, meeting.last_tap), forgotten=True)
    raise AssertionError(f"no rule for {event!r}")


def _close(meeting: Meeting, at: float) -> Meeting:
    visits, at = _ended(meeting.visits, at)
    return replace(meeting, finished_at=at, visits=visits)


def _step(meeting: Meeting, at: float, stage: Stage | None) -> Meeting:
    if stage is None:
        return meeting
    visits, at = _ended(meeting.visits, at)
    return replace(meeting, visits=(*visits, Visit(stage, at)))


def _ended(visits: tuple[Visit, ...], at: float) -> tuple[tuple[Visit, ...], float]:
    """The visits with the last one ended at ``at``, and that instant: no visit ends before it begins."""
    at = max(at, visits[-1].start)
    return (*visits[:-1], replace(visits[-1], end=at)), at


def _extend(meeting: Meeting, minutes: int) -> Meeting:
    planned = meeting.plan.planned_minutes + minutes
    if not SHORTEST_MINUTES <= planned <= LONGEST_MINUTES:
        return meeting
    reserve = reserve_minutes(planned, meeting.own_median_seconds)
    return replace(meeting, plan=meeting.plan._replace(planned_minutes=planned, reserve_minutes=reserve))


def _place_gap(meeting: Meeting, part_of_meeting: bool) -> Meeting:
    gap = meeting.open_gap
    if gap is None:
        return meeting
    answered = replace(gap, part_of_meeting=part_of_meeting)
    gaps = tuple(answered if each is gap else each for each in meeting.gaps)
    meeting = replace(meeting, gaps=gaps)
    if gap.kind is GapKind.CLOCK:
        return _earlier(meeting, gap) if part_of_meeting else meeting
    return meeting if part_of_meeting else _leave_out(meeting, gap)


def _earlier(meeting: Meeting, gap: Gap) -> Meeting:
    """The wall clock was right: all before the leap happened ``gap.seconds`` earlier than it seemed.

    What lies before the leap is told by the visit it was noticed in, not by the instant alone: a tap has the very
    instant of the gap that was noticed with it.
    """
    visits = list(meeting.visits)
    for place, visit in enumerate(visits[: gap.visit + 1]):
        end = visit.end if visit.end is None or place == gap.visit else visit.end - gap.seconds
        visits[place] = replace(visit, start=visit.start - gap.seconds, end=end)
    return replace(
        meeting,
        visits=tuple(visits),
        plan=meeting.plan._replace(start=meeting.plan.start - gap.seconds),
        put_offs=tuple(at - gap.seconds if at < gap.at else at for at in meeting.put_offs),
    )


def _leave_out(meeting: Meeting, gap: Gap) -> Meeting:
    visits = list(meeting.visits)
    visit = visits[gap.visit]
    there_was = max(0.0, gap.at - visit.start)
    visits[gap.visit] = replace(visit, left_out=min(visit.left_out + gap.seconds, there_was))
    return replace(meeting, visits=tuple(visits))


def _mend(meeting: Meeting, boundary: int, moved_to: float) -> Meeting:
    if meeting.finished_at is None or not 0 <= boundary < len(meeting.visits) - 1:
        return meeting
    moved_to = meeting.nearest_boundary(boundary, moved_to)
    visits = list(meeting.visits)
    visits[boundary] = replace(visits[boundary], end=moved_to)
    visits[boundary + 1] = replace(visits[boundary + 1], start=moved_to)
    return replace(meeting, visits=tuple(visits), mended=True)
