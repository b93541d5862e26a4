"""Every command in every state: the event or the named error, written out by hand from what the product does."""

from typing import get_args

import pytest

from kohtaava_desktop.domain import commands, errors, events
from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Command,
    Discard,
    Extend,
    Finish,
    Forget,
    GiveItsTime,
    Mark,
    Mend,
    NoticeGap,
    Pin,
    PutOff,
    Redo,
    Start,
    StepBack,
    StepUp,
    Undo,
    decide,
)
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import Channel, Event, GapKind, Marks
from kohtaava_desktop.domain.meeting import fold
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import BEGUN, Played, minute, play

PHONE = Marks(Channel.PHONE, new_client=True)

UP = StepUp()
NO_MEETING = "no meeting"

STATES: dict[str, tuple[float, Played]] = {
    # the state: the minute in which the command comes, and what led there
    NO_MEETING: (0, Played()),
    "Empathy": (0, play()),
    "Guidance": (3, play((3, UP))),
    "Advice": (8, play((3, UP), (8, UP))),
    "Farewell": (30, play((3, UP), (8, UP), (30, UP))),
    "undo, redo": (6, play((3, UP), (4, Pin()), (5, Undo()))),
    "all undone": (6, play((3, UP), (5, Undo()))),
    "reminder": (39, play((3, UP), (8, UP))),
    "new time": (39, play((3, UP))),
    "put off": (39.5, play((3, UP), (8, UP), (39, PutOff()))),
    "put off twice": (44, play((3, UP), (8, UP), (39, PutOff()), (41.5, PutOff()))),
    "its time": (39, play((3, UP), (8, GiveItsTime()))),
    "gap open": (21, play((3, UP), (20, NoticeGap(300, GapKind.SLEEP)))),
    "gap answered": (22, play((3, UP), (20, NoticeGap(300, GapKind.SLEEP)), (21, AnswerGap(False)))),
    "summary": (40, play((3, UP), (8, UP), (30, UP), (39, Finish()))),
    "one step": (40, play((39, Finish()))),
    "mended": (41, play((3, UP), (8, UP), (39, Finish()), (40, Mend(0, minute(4))))),
    "unfinished": (41, play((3, UP), (39, Finish()), (40, Undo()))),
    "redone": (42, play((3, UP), (39, Finish()), (40, Undo()), (41, Redo()))),
    "discarded": (41, play((3, UP), (40, Discard()))),
    "not stored": (41, play((3, UP), (39, Finish()), (40, Discard()))),
    "forgotten": (106, play((3, UP), (4, Pin()), (5, Undo()), (105, Forget()))),
}

# "+" is the command's own event; everything else is the name of the error.
TABLE = """
             | no meeting  | Empathy          | Guidance         | Advice           | Farewell
Start        | +           | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning
StepUp       | NoMeeting   | +                | +                | +                | OnTopStep
StepBack     | NoMeeting   | OnBottomStep     | +                | +                | +
Undo         | NoMeeting   | NothingToUndo    | +                | +                | +
Redo         | NoMeeting   | NothingToRedo    | NothingToRedo    | NothingToRedo    | NothingToRedo
Pin          | NoMeeting   | +                | +                | +                | NothingToComeBackTo
Extend       | NoMeeting   | +                | +                | +                | +
Mark         | NoMeeting   | +                | +                | +                | +
GiveItsTime  | NoMeeting   | +                | +                | +                | +
PutOff       | NoMeeting   | NoReminder       | NoReminder       | NoReminder       | NoReminder
AnswerGap    | NoMeeting   | NoGap            | NoGap            | NoGap            | NoGap
NoticeGap    | NoMeeting   | +                | +                | +                | +
Finish       | NoMeeting   | +                | +                | +                | +
Mend         | NoMeeting   | NotFinished      | NotFinished      | NotFinished      | NotFinished
Forget       | NoMeeting   | +                | +                | +                | +
Discard      | NoMeeting   | +                | +                | +                | +

             | undo, redo       | all undone       | reminder         | new time         | put off
Start        | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning
StepUp       | +                | +                | +                | +                | +
StepBack     | +                | OnBottomStep     | +                | +                | +
Undo         | +                | NothingToUndo    | +                | +                | +
Redo         | +                | +                | NothingToRedo    | NothingToRedo    | NothingToRedo
Pin          | +                | +                | +                | +                | +
Extend       | +                | +                | +                | +                | +
Mark         | +                | +                | +                | +                | +
GiveItsTime  | +                | +                | +                | +                | +
PutOff       | NoReminder       | NoReminder       | +                | +                | NoReminder
AnswerGap    | NoGap            | NoGap            | NoGap            | NoGap            | NoGap
NoticeGap    | +                | +                | +                | +                | +
Finish       | +                | +                | +                | +                | +
Mend         | NotFinished      | NotFinished      | NotFinished      | NotFinished      | NotFinished
Forget       | +                | +                | +                | +                | +
Discard      | +                | +                | +                | +                | +

             | put off twice    | its time         | gap open         | gap answered     | unfinished
Start        | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning
StepUp       | +                | +                | +                | +                | +
StepBack     | +                | +                | +                | +                | +
Undo         | +                | +                | +                | +                | +
Redo         | NothingToRedo    | NothingToRedo    | NothingToRedo    | NothingToRedo    | +
Pin          | +                | +                | +                | +                | +
Extend       | +                | +                | +                | +                | +
Mark         | +                | +                | +                | +                | +
GiveItsTime  | +                | +                | +                | +                | +
PutOff       | PutOffTwice      | NoReminder       | NoReminder       | NoReminder       | +
AnswerGap    | NoGap            | NoGap            | +                | NoGap            | NoGap
NoticeGap    | +                | +                | +                | +                | +
Finish       | +                | +                | +                | +                | +
Mend         | NotFinished      | NotFinished      | NotFinished      | NotFinished      | NotFinished
Forget       | +                | +                | +                | +                | +
Discard      | +                | +                | +                | +                | +

             | summary          | one step         | mended           | redone           | forgotten
Start        | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning   | AlreadyRunning
StepUp       | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
StepBack     | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
Undo         | +                | +                | +                | +                | NothingToUndo
Redo         | NothingToRedo    | NothingToRedo    | NothingToRedo    | NothingToRedo    | NothingToRedo
Pin          | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
Extend       | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
Mark         | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
GiveItsTime  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
PutOff       | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
AnswerGap    | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
NoticeGap    | +                | +                | +                | +                | +
Finish       | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
Mend         | +                | NoSuchBoundary   | +                | +                | +
Forget       | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished  | AlreadyFinished
Discard      | +                | +                | +                | +                | +

             | discarded        | not stored
Start        | AlreadyRunning   | AlreadyRunning
StepUp       | NoMeeting        | NoMeeting
StepBack     | NoMeeting        | NoMeeting
Undo         | NoMeeting        | NoMeeting
Redo         | NoMeeting        | NoMeeting
Pin          | NoMeeting        | NoMeeting
Extend       | NoMeeting        | NoMeeting
Mark         | NoMeeting        | NoMeeting
GiveItsTime  | NoMeeting        | NoMeeting
PutOff       | NoMeeting        | NoMeeting
AnswerGap    | NoMeeting        | NoMeeting
NoticeGap    | NoMeeting        | NoMeeting
Finish       | NoMeeting        | NoMeeting
Mend         | NoMeeting        | NoMeeting
Forget       | NoMeeting        | NoMeeting
Discard      | NoMeeting        | NoMeeting
"""


def answers(at: float) -> dict[Command, Event]:
    """One command of each kind, and the event it makes at ``at`` where it is not refused."""
    return {
        Start("k2", 30, PHONE): events.Started(at, "k2", 30, 30, PHONE),
        StepUp(): events.SteppedUp(at),
        StepBack(): events.SteppedBack(at),
        Undo(): events.Undone(at),
        Redo(): events.Redone(at),
        Pin(): events.Pinned(at),
        Extend(5): events.Extended(at, 5),
        Mark(PHONE): events.Marked(at, PHONE),
        GiveItsTime(): events.GivenItsTime(at),
        PutOff(): events.PutOff(at),
        AnswerGap(True): events.GapAnswered(at, True),
        NoticeGap(180, GapKind.CLOCK): events.GapNoticed(at, 180, GapKind.CLOCK),
        Finish(): events.Finished(at),
        Mend(0, minute(2.5)): events.Mended(at, 0, minute(2.5)),
        Forget(): events.Forgotten(at),
        Discard(): events.Discarded(at),
    }


def cells() -> dict[tuple[str, str], str]:
    """The table's cells by state and command."""
    found: dict[tuple[str, str], str] = {}
    for block in TABLE.strip("\n").split("\n\n"):
        head, *rows = [[cell.strip() for cell in line.split("|")] for line in block.splitlines()]
        for command, *outcomes in rows:
            found |= {(state, command): outcome for state, outcome in zip(head[1:], outcomes, strict=True)}
    return found


CELLS = cells()


def test_the_table_has_every_command_in_every_state() -> None:
    every_command = {kind.__name__ for kind in get_args(Command)}
    assert {type(command).__name__ for command in answers(0)} == every_command
    assert set(CELLS) == {(state, command) for state in STATES for command in every_command}


def test_the_table_knows_every_command_of_the_module() -> None:
    classes = {value for value in vars(commands).values() if isinstance(value, type)}
    defined = {kind for kind in classes if kind.__module__ == commands.__name__}
    assert defined == set(get_args(Command))


@pytest.mark.parametrize(("state", "kind"), CELLS, ids=[f"{state}: {command}" for state, command in CELLS])
def test_every_command_in_every_state(state: str, kind: str) -> None:
    number, played = STATES[state]
    at = minute(number)
    command, event = next((c, e) for c, e in answers(at).items() if type(c).__name__ == kind)
    outcome = CELLS[state, kind]
    if outcome == "+":
        assert decide(played.meeting, command, at) == event
        fold([*played.events, event])  # what was decided can always be folded in
    else:
        with pytest.raises(MeetingError) as refused:
            decide(played.meeting, command, at)
        assert type(refused.value) is getattr(errors, outcome)


def test_every_named_error_has_a_code_of_its_own() -> None:
    kinds = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, MeetingError)]
    assert len({kind.code for kind in kinds}) == len(kinds)
    unreached = {kind.__name__ for kind in kinds} - set(CELLS.values())
    assert unreached == {"MeetingError", "SkippingNotOffered", "LengthOutOfRange", "NoChange"}  # by value: see below


def refused(played: Played, command: Command, at: float = BEGUN) -> tuple[type[MeetingError], dict[str, object]]:
    with pytest.raises(MeetingError) as error:
        decide(played.meeting, command, at)
    return type(error.value), error.value.values


@pytest.mark.parametrize("minutes", [-1, 0, 4, 241, 100_000])
def test_a_length_outside_the_range_is_refused_with_the_range(minutes: int) -> None:
    named = (errors.LengthOutOfRange, {"minutes": minutes, "lowest": 5, "highest": 240})
    assert refused(Played(), Start("k", minutes)) == named


@pytest.mark.parametrize("minutes", [5, 6, 239, 240])
def test_the_ends_of_the_range_are_allowed(minutes: int) -> None:
    assert play(minutes=minutes).now.plan.planned_minutes == minutes


def test_a_late_start_plans_until_the_appointed_end_but_keeps_the_length_that_was_booked() -> None:
    meeting = Played().do(BEGUN, Start("k", 45, until_appointed_end=38)).now
    assert (meeting.booked_minutes, meeting.plan.planned_minutes, meeting.plan.end) == (45, 38, minute(38))


@pytest.mark.parametrize("left", [4, 46])
def test_the_appointed_end_lies_within_the_booked_length(left: int) -> None:
    named = (errors.LengthOutOfRange, {"minutes": left, "lowest": 5, "highest": 45})
    assert refused(Played(), Start("k", 45, until_appointed_end=left)) == named


@pytest.mark.parametrize("to", [Stage.ADVICE, Stage.FAREWELL, Stage.EMPATHY])
def test_a_step_up_names_the_next_step_or_none(to: Stage) -> None:
    named = (errors.SkippingNotOffered, {"asked": to, "allowed": Stage.GUIDANCE})
    assert refused(play(), StepUp(to)) == named
    assert decide(play().now, StepUp(Stage.GUIDANCE), minute(1)) == events.SteppedUp(minute(1))


@pytest.mark.parametrize("to", [Stage.EMPATHY, Stage.ADVICE, Stage.FAREWELL])
def test_a_step_back_names_the_step_below_or_none(to: Stage) -> None:
    on_advice = play((1, UP), (2, UP))
    named = (errors.SkippingNotOffered, {"asked": to, "allowed": Stage.GUIDANCE})
    assert refused(on_advice, StepBack(to)) == named
    assert decide(on_advice.now, StepBack(Stage.GUIDANCE), minute(3)) == events.SteppedBack(minute(3))


@pytest.mark.parametrize("to", list(Stage))
def test_at_either_end_of_the_staircase_that_is_the_reason_whatever_was_asked(to: Stage) -> None:
    assert refused(play(), StepBack(to))[0] is errors.OnBottomStep
    assert refused(play((1, UP), (2, UP), (3, UP)), StepUp(to))[0] is errors.OnTopStep


def test_more_time_by_nothing_is_refused() -> None:
    assert refused(play(), Extend(0)) == (errors.NoChange, {})


@pytest.mark.parametrize(("minutes", "planned"), [(196, 241), (-41, 4), (10**9, 10**9 + 45)])
def test_more_time_stays_within_the_range(minutes: int, planned: int) -> None:
    named = (errors.LengthOutOfRange, {"minutes": planned, "lowest": 5, "highest": 240})
    assert refused(play(), Extend(minutes)) == named


@pytest.mark.parametrize("minutes", [195, -40])
def test_more_time_reaches_the_ends_of_the_range(minutes: int) -> None:
    assert play((1, Extend(minutes))).now.plan.planned_minutes == 45 + minutes


def test_less_time_never_makes_a_meeting_forgotten_in_the_same_breath() -> None:
    long = play(minutes=240)
    named = (errors.LengthOutOfRange, {"minutes": 150, "lowest": 151, "highest": 240})
    assert refused(long, Extend(-90), minute(210)) == named
    shortened = long.do(minute(210), Extend(-89)).now
    assert shortened.plan.forgotten_due > minute(210)


def test_the_planned_end_can_be_brought_into_the_past() -> None:
    assert play((44, Extend(-5))).now.plan.remaining_minutes(minute(44)) == -4


@pytest.mark.parametrize("boundary", [-1, 2, 10**9])
def test_only_boundaries_that_the_summary_has_can_be_mended(boundary: int) -> None:
    summary = play((3, UP), (8, UP), (39, Finish()))
    named = (errors.NoSuchBoundary, {"boundary": boundary, "count": 2})
    assert refused(summary, Mend(boundary, minute(5))) == named


@pytest.mark.parametrize(
    ("wanted", "moved_to"),
    [
        (minute(5), minute(5)),
        (minute(-5), minute(0)),
        (minute(0), minute(0)),
        (minute(8), minute(8)),
        (minute(30), minute(8)),
        (float("inf"), minute(8)),
        (float("-inf"), minute(0)),
        (float("nan"), minute(0)),
    ],
)
def test_a_mended_boundary_is_clipped_to_what_its_neighbours_leave(wanted: float, moved_to: float) -> None:
    summary = play((3, UP), (8, UP), (39, Finish())).now
    assert decide(summary, Mend(0, wanted), minute(40)) == events.Mended(minute(40), 0, moved_to)


def test_a_refusal_says_its_code_and_its_values() -> None:
    error = errors.LengthOutOfRange(4, 5, 240)
    assert error.args == ("length-out-of-range", {"minutes": 4, "lowest": 5, "highest": 240})
