"""Meetings that nobody ended, and meetings thrown away."""

from collections.abc import Sequence

import pytest

from kohtaava_desktop.domain import events
from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Command,
    Discard,
    Extend,
    Finish,
    Forget,
    Mend,
    NoticeGap,
    Pin,
    Redo,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import fold
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.played import minute, minutes_of, play

UP, UNDO, REDO = StepUp(), Undo(), Redo()
E, G, A, F = Stage
SLEPT = NoticeGap(300, GapKind.SLEEP)
NO = AnswerGap(False)

Steps = Sequence[tuple[float, Command]]


def test_a_forgotten_meeting_is_closed_at_its_last_tap() -> None:
    meeting = play((3, UP), (12, Pin()), (105, Forget())).now
    assert (meeting.forgotten, meeting.running, meeting.finished_at) == (True, False, minute(12))
    assert minutes_of(meeting, 500) == [(E, 3), (G, 9)]


@pytest.mark.parametrize(
    ("steps", "ended"),
    [
        ((), 0),
        (((9, Extend(5)),), 9),  # more time is a tap like any other
        (((3, UP), (9, Pin()), (10, UNDO)), 3),  # what was taken back was never tapped
        (((3, UP), (9, Pin()), (10, UNDO), (11, REDO)), 9),
        (((3, UP), (20, SLEPT)), 3),  # the program noticing something is no tap
        (((3, UP), (20, SLEPT), (21, NO)), 21),
        (((3, UP), (9, Finish()), (10, UNDO)), 3),
    ],
)
def test_what_the_last_tap_of_a_forgotten_meeting_was(steps: Steps, ended: float) -> None:
    assert play(*steps, (105, Forget())).now.finished_at == minute(ended)


def test_time_left_out_before_the_last_tap_stays_out() -> None:
    meeting = play((3, UP), (20, SLEPT), (21, NO), (105, Forget())).now
    assert minutes_of(meeting) == [(E, 3), (G, 13)]


def test_neither_undo_nor_redo_reaches_over_the_closing() -> None:
    meeting = play((3, UP), (9, Pin()), (10, UNDO), (105, Forget())).now
    assert (meeting.can_undo, meeting.can_redo) == (False, False)
    journal = [*play((3, UP), (9, Pin()), (10, UNDO), (105, Forget())).events]
    for event in (events.Undone(minute(106)), events.Redone(minute(106))):
        assert fold([*journal, event]) == meeting


def test_mending_it_moves_the_boundary_and_nothing_else() -> None:
    played = play((3, UP), (12, Pin()), (105, Forget()), (106, Mend(0, minute(4))))
    assert minutes_of(played.now) == [(E, 4), (G, 8)]
    assert played.now.finished_at == minute(12)
    undone = played.do(minute(107), UNDO).now
    assert minutes_of(undone) == [(E, 3), (G, 9)]
    assert (undone.forgotten, undone.can_undo, undone.can_redo) == (True, False, True)


@pytest.mark.parametrize("steps", [((3, UP),), ((3, UP), (9, Finish())), ((3, UP), (105, Forget()))])
def test_what_was_thrown_away_does_not_come_back(steps: Steps) -> None:
    played = play(*steps, (110, Discard()))
    gone = played.now
    assert (gone.discarded, gone.running, gone.can_undo, gone.can_redo) == (True, False, False, False)
    for event in (events.Undone(minute(111)), events.Redone(minute(111)), events.SteppedUp(minute(111))):
        assert fold([*played.events, event]) == gone


def test_nothing_is_asked_of_it() -> None:
    assert play((3, SLEPT), (4, Discard())).now.open_gap is None
