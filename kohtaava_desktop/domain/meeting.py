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
from kohtaava_desktop.domain.plan import Plan, reserve_minutes
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
    """``seconds`` before ``at`` that the program could not see; ``visit`` is the visit they fell in."""

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
        """The oldest gap that the expert has not been able to place yet."""
        return next((gap for gap in self.gaps if gap.part_of_meeting is None), None)

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


def fold(events: Sequence[Event]) -> Meeting:
    """The meeting after ``events``, the first of which is ``Started``.

    The same events always give the same meeting: what stands on the screen and what a journal replays to are one.
    """
    standing, can_undo, can_redo = standing_events(events)
    start = standing[0]
    assert isinstance(start, Started), "a meeting begins with its start"
    meeting = _begin(start)
    for event in standing[1:]:
        meeting = _apply(meeting, event)
    taps = [event.at for event in standing if not isinstance(event, Noticed)]
    meeting = replace(meeting, last_tap=max(taps), can_undo=can_undo, can_redo=can_redo)
    return _close_at_last_tap(meeting) if meeting.forgotten else meeting


def standing_events(events: Sequence[Event]) -> tuple[list[Event], bool, bool]:
    """The events that count once undo and redo are carried out, and whether another undo or redo is possible.

    Undo takes back the newest standing tap, but never the start; redo brings back what undo took, until a new tap is
    made. What the program noticed by itself stays where it was.
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
        else:
            if not isinstance(event, Noticed):
                taken_back.clear()
            standing.append(event)
    return standing, bool(_newest_tap(standing)), bool(taken_back)


def _newest_tap(standing: Sequence[Event]) -> int:
    """The place of the newest tap; 0, the start's own place, when there is none."""
    return next((i for i in range(len(standing) - 1, 0, -1) if not isinstance(standing[i], Noticed)), 0)


def _begin(start: Started) -> Meeting:
    return Meeting(
        key=start.key,
        booked_minutes=start.booked_minutes,
        plan=Plan(start.at, start.minutes, reserve_minutes(start.minutes, start.own_median_seconds)),
        marks=start.marks,
        own_median_seconds=start.own_median_seconds,
        visits=(Visit(Stage.EMPATHY, start.at),),
    )


def _apply(meeting: Meeting, event: Event) -> Meeting:
    match event:
        case SteppedUp(at):
            return _step(meeting, at, meeting.stage.above)
        case SteppedBack(at):
            return _step(meeting, at, meeting.stage.below)
        case Pinned():
            return replace(meeting, pins=meeting.pins + 1)
        case Extended(minutes=minutes):
            return _plan_for(meeting, meeting.plan.planned_minutes + minutes)
        case Marked(marks=marks):
            return replace(meeting, marks=marks)
        case GivenItsTime():
            return replace(meeting, given_its_time=True)
        case PutOff(at):
            return replace(meeting, put_offs=(*meeting.put_offs, at))
        case GapNoticed(at, seconds, kind):
            gap = Gap(at, seconds, kind, len(meeting.visits) - 1)
            return replace(meeting, gaps=(*meeting.gaps, gap))
        case GapAnswered(part_of_meeting=part):
            return _place_gap(meeting, part)
        case Finished(at):
            return replace(meeting, finished_at=at, visits=_ended(meeting.visits, at))
        case Mended(boundary=boundary, moved_to=moved_to):
            return _mend(meeting, boundary, moved_to)
        case Forgotten(at):
            return replace(meeting, finished_at=at, forgotten=True)
        case Discarded():
            return replace(meeting, discarded=True)
    raise AssertionError(f"no rule for {event!r}")


def _ended(visits: tuple[Visit, ...], at: float) -> tuple[Visit, ...]:
    return (*visits[:-1], replace(visits[-1], end=at))


def _step(meeting: Meeting, at: float, stage: Stage | None) -> Meeting:
    if stage is None:  # a journal edited by hand; the staircase has no such step
        return meeting
    return replace(meeting, visits=(*_ended(meeting.visits, at), Visit(stage, at)))


def _plan_for(meeting: Meeting, minutes: int) -> Meeting:
    plan = replace(
        meeting.plan, planned_minutes=minutes, reserve_minutes=reserve_minutes(minutes, meeting.own_median_seconds)
    )
    return replace(meeting, plan=plan)


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
    """The wall clock was right: all before the leap happened ``gap.seconds`` earlier than it seemed."""

    def moved(at: float | None) -> float | None:
        return at if at is None or at > gap.at else at - gap.seconds

    visits = tuple(
        replace(visit, start=moved(visit.start) or 0.0, end=moved(visit.end)) for visit in meeting.visits
    )
    return replace(meeting, visits=visits, plan=replace(meeting.plan, start=meeting.plan.start - gap.seconds))


def _leave_out(meeting: Meeting, gap: Gap) -> Meeting:
    visit = meeting.visits[gap.visit]
    thinner = replace(visit, left_out=visit.left_out + gap.seconds)
    return replace(meeting, visits=(*meeting.visits[: gap.visit], thinner, *meeting.visits[gap.visit + 1 :]))


def _mend(meeting: Meeting, boundary: int, moved_to: float) -> Meeting:
    visits = list(meeting.visits)
    visits[boundary] = replace(visits[boundary], end=moved_to)
    visits[boundary + 1] = replace(visits[boundary + 1], start=moved_to)
    return replace(meeting, visits=tuple(visits), mended=True)


def _close_at_last_tap(meeting: Meeting) -> Meeting:
    return replace(meeting, finished_at=meeting.last_tap, visits=_ended(meeting.visits, meeting.last_tap))
