"""The real meeting beside the simple one of ``reference``, through any taps, sleep, reboots and leaps of the clock.

``make proof`` plays 10,000 sequences (as does ``KOHTAAVA_PROOF=1`` with any other way of running tests).
"""

import os
from dataclasses import replace
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

quarters = st.integers(0, 4 * 60 * 20).map(lambda n: n / 4)
leaps = st.just(0.0) | st.integers(-4 * 7200, 4 * 7200).map(lambda n: n / 4)
simple = st.sampled_from(
    [commands.Pin(), commands.PutOff(), commands.GiveItsTime(), commands.Undo(), commands.Redo(), commands.StepBack()]
)


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

    @rule(awake=quarters)
    def time_passes(self, awake: float) -> None:
        self._time_passes(awake, 0.0, 0.0)

    @rule(awake=quarters, asleep=quarters, leap=leaps)
    def time_passes_oddly(self, awake: float, asleep: float, leap: float) -> None:
        """Some of it asleep; somebody or something sets the clock."""
        self._time_passes(awake, asleep, leap)

    @rule(gone=quarters, leap=leaps)
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
        self.clocks = replace(
            now, wall=now.wall + awake + asleep + leap, steady=now.steady + awake + asleep, awake=now.awake + awake
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

    @rule(command=simple)
    def tap(self, command: Command) -> None:
        self._command(command)

    @rule(times=st.integers(1, 6), redo=st.integers(0, 6))
    def undo_and_redo_several(self, times: int, redo: int) -> None:
        for command in [commands.Undo()] * times + [commands.Redo()] * redo:
            self._command(command)

    @rule(minutes=st.sampled_from([-5, 5, 0]) | st.integers(-240, 240))
    def extend(self, minutes: int) -> None:
        self._command(commands.Extend(minutes))

    @rule(new=marks)
    def set_marks(self, new: Marks) -> None:
        self._command(commands.Mark(new))

    @rule(part=st.booleans())
    def answer(self, part: bool) -> None:
        self._command(commands.AnswerGap(part))

    @rule()
    def finish(self) -> None:
        self._command(commands.Finish())

    @rule(boundary=st.integers(-1, 4), later=st.integers(-4000, 4000).map(lambda n: n / 4))
    def mend(self, boundary: int, later: float) -> None:
        visits = self.meeting.visits
        known = 0 <= boundary < len(visits) - 1 and visits[boundary].end is not None
        was = visits[boundary].end if known else None
        self._command(commands.Mend(boundary, (was or 0.0) + later), commands.Mend(boundary, later))

    @rule(start=starts)
    def start_again(self, start: Start) -> None:
        self._command(start)

    @precondition(lambda self: self.reference.page.left <= -3600)
    @rule()
    def forget(self) -> None:
        self._command(commands.Forget())

    @precondition(lambda self: self.reference.page.finished)
    @rule()
    def discard(self) -> None:
        self._command(commands.Discard())

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
