"""The real meeting beside the simple one of ``reference``, through any taps, sleep, reboots and leaps of the clock.

``make proof`` plays 10,000 sequences (as does ``KOHTAAVA_PROOF=1`` with any other way of running tests).
"""

import os
from math import ceil

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from kohtaava_desktop.domain import commands, reminders
from kohtaava_desktop.domain.commands import Command, NoticeGap, Start, decide
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import Event, GapKind, Marks
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.record import quality_of
from kohtaava_desktop.domain.timeline import Mark, Reading, begin, gap_between
from tests.unit.domain.histories import marks, replayed, starts
from tests.unit.domain.reference import Page, Reference

SEQUENCES = 10_000 if os.environ.get("KOHTAAVA_PROOF") == "1" else settings().max_examples


def seconds(most: int, least: int = 0) -> st.SearchStrategy[float]:
    """Seconds in quarters, which floats add up exactly."""
    return st.integers(4 * least, 4 * most).map(lambda quarters: quarters / 4)


minutes_long = seconds(20 * 60)
leaps = seconds(3600, least=-3600)

_any_time: list[Command] = [
    commands.Pin(),
    commands.StepBack(),
    commands.StepBack(),
    commands.Undo(),
    commands.Undo(),
    commands.Redo(),
    commands.Finish(),
    commands.GiveItsTime(),
    commands.PutOff(),
    commands.AnswerGap(True),
    commands.Start("another", 30),
]
any_time = st.sampled_from(_any_time)


class MeetingModel(RuleBasedStateMachine):
    """The clocks of a computer, the journal of a meeting, and the reference that is told what really happened."""

    @initialize(start=starts)
    def start(self, start: Start) -> None:
        self.clocks = Reading(wall=1_800_000_000.0, steady=70_000.0, awake=50_000.0, boot="0")
        self.seen = self.clocks
        self.mark = begin(self.clocks)
        self.events: list[Event] = [decide(None, start, self.at)]
        page = Page(start.minutes, start.own_median_seconds, start.marks, start.minutes * 60.0)
        self.reference = Reference(page)

    @property
    def at(self) -> float:
        return self.mark.instant(self.clocks)

    @property
    def meeting(self) -> Meeting:
        return fold(self.events)

    # what the world does

    @rule(awake=minutes_long)
    def time_passes(self, awake: float) -> None:
        self._time_passes(awake, 0.0, 0.0)

    @rule(hours=st.integers(1, 5))
    def hours_pass(self, hours: int) -> None:
        self._time_passes(hours * 3600.0, 0.0, 0.0)

    @rule(asleep=minutes_long)
    def the_computer_sleeps(self, asleep: float) -> None:
        self._time_passes(1.0, asleep, 0.0)

    @rule(leap=leaps)
    def the_clock_is_set(self, leap: float) -> None:
        self._time_passes(0.0, 0.0, leap)

    @rule(awake=minutes_long, asleep=minutes_long, leap=leaps)
    def all_of_that_at_once(self, awake: float, asleep: float, leap: float) -> None:
        self._time_passes(awake, asleep, leap)

    @rule(gone=minutes_long, leap=st.just(0.0) | leaps)
    def reboot(self, gone: float, leap: float) -> None:
        journalled = Mark(self.at, self.clocks)
        boot, wall = str(int(self.clocks.boot) + 1), self.clocks.wall + gone + leap
        self.clocks = self.seen = Reading(wall, steady=20.0, awake=20.0, boot=boot)
        self.mark = journalled.renewed(self.clocks)
        passed = max(0.0, gone + leap)  # nobody can tell that the wall clock was set in the meantime
        self.reference.pass_time(passed)
        if passed > 120:
            self._notice(GapKind.AWAY, passed)

    def _time_passes(self, awake: float, asleep: float, leap: float) -> None:
        now = self.clocks
        self.clocks = now._replace(
            wall=now.wall + awake + asleep + leap, steady=now.steady + awake + asleep, awake=now.awake + awake
        )
        self.reference.pass_time(awake + asleep)
        gap = gap_between(self.seen, self.clocks)
        self.seen = self.clocks
        if asleep > 120:
            assert gap == (asleep, GapKind.SLEEP)
            self._notice(GapKind.SLEEP, asleep)
        elif leap > 120:
            assert gap == (leap, GapKind.CLOCK)
            self._notice(GapKind.CLOCK, leap)
        else:
            assert gap is None

    def _notice(self, kind: GapKind, seconds: float) -> None:
        if not self.reference.discarded:
            self.events.append(decide(self.meeting, NoticeGap(seconds, kind), self.at))
            self.reference.notice(kind, seconds)

    # what the expert does

    @rule()
    def step_up(self) -> None:
        self._command(commands.StepUp())

    @rule(command=any_time)
    def tap(self, command: Command) -> None:
        self._command(command)

    @rule(undo=st.integers(1, 6), redo=st.integers(0, 6))
    def undo_and_redo_several(self, undo: int, redo: int) -> None:
        for command in [commands.Undo()] * undo + [commands.Redo()] * redo:
            self._command(command)

    @rule(minutes=st.sampled_from([-5, 5, 0]) | st.integers(-240, 240))
    def extend(self, minutes: int) -> None:
        self._command(commands.Extend(minutes))

    @rule(new=marks)
    def set_marks(self, new: Marks) -> None:
        self._command(commands.Mark(new))

    @precondition(lambda self: self.reference.page.reminder() is not None)
    @rule()
    def put_off(self) -> None:
        self._command(commands.PutOff())

    @precondition(lambda self: self.reference.page.open_gap() is not None)
    @rule(part=st.booleans())
    def answer(self, part: bool) -> None:
        self._command(commands.AnswerGap(part))

    @precondition(lambda self: self.reference.page.finished)
    @rule(boundary=st.integers(-1, 4), later=seconds(1000, least=-1000))
    def mend(self, boundary: int, later: float) -> None:
        visits = self.meeting.visits
        was = visits[boundary].end if 0 <= boundary < len(visits) else None
        self._command(commands.Mend(boundary, (was or 0.0) + later), commands.Mend(boundary, later))

    @precondition(lambda self: self.reference.page.left <= -3600)
    @rule()
    def forget(self) -> None:
        self._command(commands.Forget())

    @precondition(lambda self: self.reference.page.finished)
    @rule()
    def discard(self) -> None:
        self._command(commands.Discard())

    @precondition(lambda self: self.reference.discarded or self.reference.page.forgotten)
    @rule(start=starts)
    def begin_the_next_meeting(self, start: Start) -> None:
        self.teardown()
        self.start(start)

    def _command(self, command: Command, told: Command | None = None) -> None:
        """``told`` is what the reference hears where that is not the command itself."""
        told = told or command
        refused = None
        try:
            self.events.append(decide(self.meeting, command, self.at))
        except MeetingError as error:
            refused = error.code
        assert refused == self.reference.refusal(told)
        if refused is None:
            self.reference.do(told)

    # what must be the same

    @invariant()
    def no_difference(self) -> None:
        meeting, page, now = self.meeting, self.reference.page, self.at
        assert [visit.stage for visit in meeting.visits] == page.stages
        assert [visit.seconds(now) for visit in meeting.visits] == page.seconds
        assert (meeting.plan.planned_minutes, meeting.plan.reserve_minutes) == (page.planned, page.reserve())
        assert (meeting.pins, meeting.marks, meeting.given_its_time) == (page.pins, page.marks, page.silenced)
        assert (meeting.discarded, meeting.forgotten) == (self.reference.discarded, page.forgotten)
        assert meeting.running == (not page.finished and not self.reference.discarded)
        assert (meeting.can_undo, meeting.can_redo) == (bool(self.reference.taken), bool(self.reference.taken_back))
        if not self.reference.discarded:
            self._no_difference_while_it_counts(meeting, page, now)

    def _no_difference_while_it_counts(self, meeting: Meeting, page: Page, now: float) -> None:
        gap, simple_gap = meeting.open_gap, page.open_gap()
        assert (gap and (gap.kind, gap.seconds)) == (simple_gap and (simple_gap.kind, simple_gap.seconds))
        assert reminders.standing(meeting, now) == page.reminder()
        if page.finished:
            assert quality_of(meeting) == page.quality()
            assert meeting.mended == page.mended
        else:
            assert meeting.plan.remaining_minutes(now) == ceil(page.left / 60)
            assert (now >= meeting.plan.forgotten_due) == (page.left <= -3600)

    def teardown(self) -> None:
        assert fold(replayed(self.events)) == self.meeting


MeetingModel.TestCase.settings = settings(
    max_examples=SEQUENCES,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestMeetingModel = pytest.mark.proof(MeetingModel.TestCase)
