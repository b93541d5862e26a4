"""Random meetings for property tests: any commands at any times, those that are refused left out."""

import json
from contextlib import suppress
from dataclasses import replace

from hypothesis import strategies as st

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import Channel, Event, GapKind, Marks, Mended, from_dict, to_dict
from tests.unit.domain.played import BEGUN, Played

QUARTER = 0.25
"""Instants lie on quarters of a second: floats add them exactly, so that equal means equal."""

marks = st.builds(Marks, st.sampled_from(Channel), st.booleans(), st.booleans())

starts = st.builds(
    commands.Start,
    key=st.just("k"),
    minutes=st.integers(5, 60) | st.integers(5, 240),
    marks=marks,
    own_median_seconds=st.none() | st.integers(0, 1200).map(float),
)

UNDO, REDO = commands.Undo(), commands.Redo()
UP, BACK = commands.StepUp(), commands.StepBack()

_plain: list[commands.Command] = [UP, UP, UP, BACK, commands.Pin(), commands.PutOff(), commands.Finish()]
_undo_and_redo: list[commands.Command] = [UNDO, UNDO, REDO]
_ends: list[commands.Command] = [commands.Forget(), commands.Discard()]

taps: st.SearchStrategy[commands.Command] = st.sampled_from(_plain) | st.one_of(
    st.just(commands.GiveItsTime()),
    st.builds(commands.Extend, st.sampled_from([-5, 5]) | st.integers(-200, 200)),
    st.builds(commands.Mark, marks),
    st.builds(commands.AnswerGap, st.booleans()),
    st.builds(commands.Mend, st.integers(0, 3), st.integers(0, 20_000).map(lambda seconds: BEGUN + seconds)),
)

gaps = st.builds(commands.NoticeGap, st.integers(121 * 4, 5000).map(lambda n: n * QUARTER), st.sampled_from(GapKind))

any_command: st.SearchStrategy[commands.Command] = taps | st.sampled_from(_undo_and_redo) | gaps

passing = st.one_of(st.just(0.0), st.integers(1, 5000).map(lambda n: n * QUARTER))
"""Seconds between two commands: none at all, or up to twenty minutes."""

steps = st.lists(st.tuples(passing, any_command), max_size=25)


@st.composite
def played_meetings(draw: st.DrawFn) -> Played:
    """A meeting after random commands; the last of them may have forgotten or discarded it."""
    at = BEGUN
    played = Played().do(at, draw(starts))
    several = draw(steps)
    if draw(st.integers(0, 3)) == 0:
        several.append((60.0, draw(st.sampled_from(_ends))))
    for passed, command in several:
        at += passed
        with suppress(MeetingError):
            played.do(at, command)
    return played


def replayed(events: list[Event]) -> list[Event]:
    """The events as they come back out of a journal."""
    return [from_dict(json.loads(json.dumps(to_dict(event)))) for event in events]


def moved(events: list[Event], seconds: float) -> list[Event]:
    """The same meeting, so much later."""
    return [
        replace(event, at=event.at + seconds, moved_to=event.moved_to + seconds)
        if isinstance(event, Mended)
        else replace(event, at=event.at + seconds)
        for event in events
    ]
