"""What can be asked of a meeting, and the one event or named error that answers.

``decide`` never changes anything: whoever calls it writes the event down first, and folds it in after that.
"""

from dataclasses import dataclass

from kohtaava_desktop.domain import errors, events, reminders
from kohtaava_desktop.domain.events import Event, GapKind, Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.plan import SHORTEST_MINUTES, check_length
from kohtaava_desktop.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a meeting. ``until_appointed_end`` is the shorter length of a late start, where that was chosen."""

    key: str
    minutes: int
    marks: Marks = Marks()
    until_appointed_end: int | None = None
    own_median_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class StepUp:
    """One step up; ``to``, where given, must be that very step."""

    to: Stage | None = None


@dataclass(frozen=True, slots=True)
class StepBack:
    """One step down; ``to``, where given, must be that very step."""

    to: Stage | None = None


@dataclass(frozen=True, slots=True)
class Undo:
    """Take the last tap back."""


@dataclass(frozen=True, slots=True)
class Redo:
    """Make the tap last taken back again."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Mark something to come back to."""


@dataclass(frozen=True, slots=True)
class Extend:
    """Change the planned length by ``minutes``, up or down."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Set the marks anew."""

    marks: Marks


@dataclass(frozen=True, slots=True)
class GiveItsTime:
    """Silence the reminders of this meeting."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """Hide the standing reminder for a moment."""


@dataclass(frozen=True, slots=True)
class AnswerGap:
    """Say whether the gap asked about was part of the meeting."""

    part_of_meeting: bool


@dataclass(frozen=True, slots=True)
class NoticeGap:
    """The program could not see ``seconds`` until now. Also in the summary: the finish may be undone."""

    seconds: float
    kind: GapKind


@dataclass(frozen=True, slots=True)
class Finish:
    """End the meeting on the step it is on."""


@dataclass(frozen=True, slots=True)
class Mend:
    """In the summary, move a boundary; ``moved_to`` is clipped to what its neighbours leave."""

    boundary: int
    moved_to: float


@dataclass(frozen=True, slots=True)
class Forget:
    """Close a meeting that nobody ended."""


@dataclass(frozen=True, slots=True)
class Discard:
    """Throw the meeting away, running or finished."""


Command = (
    Start
    | StepUp
    | StepBack
    | Undo
    | Redo
    | Pin
    | Extend
    | Mark
    | GiveItsTime
    | PutOff
    | AnswerGap
    | NoticeGap
    | Finish
    | Mend
    | Forget
    | Discard
)


def decide(meeting: Meeting | None, command: Command, at: float) -> Event:
    """The event that ``command`` makes of ``meeting`` at ``at``; raises a ``MeetingError`` when it is refused.

    A discarded meeting takes no command at all, not even undo: what was thrown away does not come back.
    """
    if isinstance(command, Start):
        return _start(meeting, command, at)
    if meeting is None or meeting.discarded:
        raise errors.NoMeeting
    match command:
        case Undo():
            return _undo(meeting, at)
        case Redo():
            return _redo(meeting, at)
        case Discard():
            return events.Discarded(at)
        case Mend():
            return _mend(meeting, command, at)
        case NoticeGap(seconds, kind):
            return events.GapNoticed(at, seconds, kind)
    if not meeting.running:
        raise errors.AlreadyFinished
    return _while_running(meeting, command, at)


def _while_running(meeting: Meeting, command: Command, at: float) -> Event:
    match command:
        case StepUp(to):
            return _step_up(meeting, to, at)
        case StepBack(to):
            return _step_back(meeting, to, at)
        case Pin():
            return _pin(meeting, at)
        case Extend(minutes):
            return _extend(meeting, minutes, at)
        case Mark(marks):
            return events.Marked(at, marks)
        case GiveItsTime():
            return events.GivenItsTime(at)
        case PutOff():
            return _put_off(meeting, at)
        case AnswerGap(part):
            return _answer_gap(meeting, part, at)
        case Finish():
            return events.Finished(at)
        case Forget():
            return events.Forgotten(at)
    raise AssertionError(f"no rule for {command!r}")


def _start(meeting: Meeting | None, command: Start, at: float) -> Event:
    if meeting is not None:
        raise errors.AlreadyRunning
    booked = check_length(command.minutes)
    late = command.until_appointed_end
    there_is = booked if late is None else check_length(late, highest=booked)
    return events.Started(at, command.key, booked, there_is, command.marks, command.own_median_seconds)


def _step_up(meeting: Meeting, to: Stage | None, at: float) -> Event:
    above = meeting.stage.above
    if above is None:
        raise errors.OnTopStep
    if to is not None and to is not above:
        raise errors.SkippingNotOffered(to, above)
    return events.SteppedUp(at)


def _step_back(meeting: Meeting, to: Stage | None, at: float) -> Event:
    below = meeting.stage.below
    if below is None:
        raise errors.OnBottomStep
    if to is not None and to is not below:
        raise errors.SkippingNotOffered(to, below)
    return events.SteppedBack(at)


def _pin(meeting: Meeting, at: float) -> Event:
    if meeting.stage is Stage.FAREWELL:
        raise errors.NothingToComeBackTo
    return events.Pinned(at)


def _extend(meeting: Meeting, minutes: int, at: float) -> Event:
    if minutes == 0:
        raise errors.NoChange
    lowest = SHORTEST_MINUTES if minutes > 0 else meeting.plan.shortest_at(at)
    check_length(meeting.plan.planned_minutes + minutes, lowest)
    return events.Extended(at, minutes)


def _put_off(meeting: Meeting, at: float) -> Event:
    if reminders.standing(meeting, at) is None:
        raise errors.NoReminder
    if not reminders.can_put_off(meeting):
        raise errors.PutOffTwice
    return events.PutOff(at)


def _answer_gap(meeting: Meeting, part_of_meeting: bool, at: float) -> Event:
    if meeting.open_gap is None:
        raise errors.NoGap
    return events.GapAnswered(at, part_of_meeting)


def _mend(meeting: Meeting, command: Mend, at: float) -> Event:
    if meeting.running:
        raise errors.NotFinished
    count = len(meeting.visits) - 1
    if not 0 <= command.boundary < count:
        raise errors.NoSuchBoundary(command.boundary, count)
    return events.Mended(at, command.boundary, meeting.nearest_boundary(command.boundary, command.moved_to))


def _undo(meeting: Meeting, at: float) -> Event:
    if not meeting.can_undo:
        raise errors.NothingToUndo
    return events.Undone(at)


def _redo(meeting: Meeting, at: float) -> Event:
    if not meeting.can_redo:
        raise errors.NothingToRedo
    return events.Redone(at)
