"""A second, deliberately simple meeting, to hold the real one against.

It counts seconds up one after the other where the real one remembers instants, and it keeps a page of everything for
each tap, before and after, where the real one folds events: undo and redo turn pages. What the program noticed in the
meantime is written on the page again.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from math import ceil

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.commands import Command
from kohtaava_desktop.domain.events import GapKind, Marks
from kohtaava_desktop.domain.stages import Stage


@dataclass
class Gap:
    """A gap as the page remembers it; ``put_offs`` were tapped before it."""

    kind: GapKind
    seconds: float
    visit: int
    put_offs: int
    answer: bool | None = None


@dataclass
class Page:
    """Everything about a meeting at one instant, in seconds counted so far."""

    planned: int
    median: float | None
    marks: Marks
    left: float
    stages: list[Stage] = field(default_factory=lambda: [Stage.EMPATHY])
    seconds: list[float] = field(default_factory=lambda: [0.0])
    pins: int = 0
    since_put_off: list[float] = field(default_factory=list)
    silenced: bool = False
    gaps: list[Gap] = field(default_factory=list)
    since_tap: float = 0.0
    finished: bool = False
    forgotten: bool = False
    mended: bool = False

    def pass_time(self, seconds: float) -> None:
        if self.finished:
            return
        self.seconds[-1] += seconds
        self.left -= seconds
        self.since_put_off = [each + seconds for each in self.since_put_off]
        self.since_tap += seconds

    def notice(self, kind: GapKind, seconds: float) -> None:
        if not self.finished:
            before = sum(1 for each in self.since_put_off if each > 0)
            self.gaps.append(Gap(kind, seconds, len(self.stages) - 1, before))

    def open_gap(self) -> Gap | None:
        unplaced = [gap for gap in self.gaps if gap.answer is None]
        return unplaced[0] if unplaced and not self.finished else None

    def reserve(self) -> int:
        minutes = -(-15 * self.planned // 100) if self.median is None else ceil(self.median / 60)
        return max(5, min(15, minutes))

    def reminder(self) -> str | None:
        if self.finished or self.silenced or Stage.FAREWELL in self.stages:
            return None
        if self.left > self.reserve() * 60 or self.left > self.planned * 30:
            return None
        if self.since_put_off and self.since_put_off[-1] < 120:
            full_when_put_off = self.left + self.since_put_off[-1] <= 0
            if self.left > 0 or full_when_put_off:
                return None
        if self.stages[-1] in (Stage.EMPATHY, Stage.GUIDANCE):
            return "new-time"
        return "reserve" if self.left > 0 else "time-full"

    def quality(self) -> str:
        if self.forgotten:
            return "forgotten"
        for gap in self.gaps:
            if gap.answer is None or (gap.answer is False and gap.kind != GapKind.CLOCK):
                return "interrupted"
        return "mended" if self.mended else "ok"

    def mend(self, boundary: int, later: float) -> None:
        """Move the boundary ``later`` seconds on, as far as the visits on both sides last."""
        later = max(-self.seconds[boundary], min(self.seconds[boundary + 1], later))
        self.seconds[boundary] += later
        self.seconds[boundary + 1] -= later
        self.mended = True

    def place(self, part_of_meeting: bool) -> None:
        gap = self.open_gap()
        assert gap is not None
        gap.answer = part_of_meeting
        if gap.kind == GapKind.CLOCK and part_of_meeting:
            self.seconds[gap.visit] += gap.seconds
            self.left -= gap.seconds
            for number in range(gap.put_offs):
                self.since_put_off[number] += gap.seconds
        elif gap.kind != GapKind.CLOCK and not part_of_meeting:
            self.seconds[gap.visit] -= gap.seconds


@dataclass
class Kept:
    """A page as it was at an instant, when so many gaps had been noticed."""

    page: Page
    at: float
    noticed: int


@dataclass
class Reference:
    """The page that lies open now, and those under it."""

    page: Page
    now: float = 0.0
    noticed: list[tuple[float, GapKind, float]] = field(default_factory=list)
    taken: list[tuple[Kept, Kept]] = field(default_factory=list)
    taken_back: list[tuple[Kept, Kept]] = field(default_factory=list)
    discarded: bool = False

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.page.pass_time(seconds)

    def notice(self, kind: GapKind, seconds: float) -> None:
        self.noticed.append((self.now, kind, seconds))
        self.page.notice(kind, seconds)

    def refusal(self, command: Command) -> str | None:
        """The code of the reason why ``command`` would be refused, or ``None``."""
        if isinstance(command, commands.Start):
            return "already-running"
        if self.discarded:
            return "no-meeting"
        match command:
            case commands.Undo():
                return None if self.taken else "nothing-to-undo"
            case commands.Redo():
                return None if self.taken_back else "nothing-to-redo"
            case commands.Discard():
                return None
            case commands.Mend(boundary, _):
                return self._refusal_of_boundary(boundary)
        return "already-finished" if self.page.finished else self._refusal_while_running(command)

    def _refusal_while_running(self, command: Command) -> str | None:
        page, stage = self.page, self.page.stages[-1]
        match command:
            case commands.StepUp() if stage == Stage.FAREWELL:
                return "on-top-step"
            case commands.StepBack() if stage == Stage.EMPATHY:
                return "on-bottom-step"
            case commands.Pin() if stage == Stage.FAREWELL:
                return "pin-before-farewell"
            case commands.PutOff() if page.reminder() is None:
                return "no-reminder"
            case commands.PutOff() if len(page.since_put_off) == 2:
                return "put-off-twice"
            case commands.AnswerGap() if page.open_gap() is None:
                return "no-gap"
            case commands.Extend(minutes):
                return self._refusal_of_length(minutes)
        return None

    def _refusal_of_boundary(self, boundary: int) -> str | None:
        if not self.page.finished:
            return "not-finished"
        return None if boundary in range(len(self.page.stages) - 1) else "no-such-boundary"

    def _refusal_of_length(self, minutes: int) -> str | None:
        if minutes == 0:
            return "no-change"
        forgotten_at_once = minutes < 0 and self.page.left + minutes * 60 + 3600 <= 0
        allowed = 5 <= self.page.planned + minutes <= 240 and not forgotten_at_once
        return None if allowed else "length-out-of-range"

    def do(self, command: Command) -> None:
        """Carry out what is not refused."""
        match command:
            case commands.Undo():
                pages = self.taken.pop()
                self.taken_back.append(pages)
                self._turn_to(pages[0])
            case commands.Redo():
                pages = self.taken_back.pop()
                self.taken.append(pages)
                self._turn_to(pages[1])
            case commands.Discard():
                self.discarded, self.taken, self.taken_back = True, [], []
            case commands.Forget():
                self.page.seconds[-1] -= self.page.since_tap
                self.page.finished = self.page.forgotten = True
                self.taken, self.taken_back = [], []
            case _:
                before = self._keep()
                self._tap(command)
                self.taken.append((before, self._keep()))
                self.taken_back = []

    def _tap(self, command: Command) -> None:
        page = self.page
        page.since_tap = 0.0
        match command:
            case commands.StepUp():
                page.stages.append(Stage(page.stages[-1] + 1))
                page.seconds.append(0.0)
            case commands.StepBack():
                page.stages.append(Stage(page.stages[-1] - 1))
                page.seconds.append(0.0)
            case commands.Pin():
                page.pins += 1
            case commands.Extend(minutes):
                page.planned += minutes
                page.left += minutes * 60
            case commands.Mark(marks):
                page.marks = marks
            case commands.GiveItsTime():
                page.silenced = True
            case commands.PutOff():
                page.since_put_off.append(0.0)
            case commands.AnswerGap(part):
                page.place(part)
            case commands.Finish():
                page.finished = True
            case commands.Mend(boundary, later):
                page.mend(boundary, later)  # here ``moved_to`` says how much later
            case _:
                raise AssertionError(command)

    def _keep(self) -> Kept:
        return Kept(deepcopy(self.page), self.now, len(self.noticed))

    def _turn_to(self, kept: Kept) -> None:
        self.page, at = deepcopy(kept.page), kept.at
        for when, kind, seconds in self.noticed[kept.noticed :]:
            self.page.pass_time(when - at)
            self.page.notice(kind, seconds)
            at = when
        self.page.pass_time(self.now - at)
