"""The only writer of the running meeting: one command, one event, one line in the journal, then everybody is told.

An event counts once it is durable: it is written in the store's thread, and only then folded into the meeting that the
overlay shows. Where it cannot be written (a full disk, a folder gone), the meeting goes on in memory, a notice says so,
and the event is written with the next one that can be.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from kohtaava_desktop import __version__
from kohtaava_desktop.domain import commands, reminders
from kohtaava_desktop.domain.commands import Command, decide
from kohtaava_desktop.domain.errors import AlreadyRunning, MeetingError, NoMeeting, NotFinished
from kohtaava_desktop.domain.events import Event, GapKind, Marks
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.plan import check_length, minutes_to_appointed_end
from kohtaava_desktop.domain.record import Record, oldest_week, record_of
from kohtaava_desktop.domain.status import status_of
from kohtaava_desktop.domain.taps import TapGuard
from kohtaava_desktop.domain.timeline import GAP_SECONDS, Mark, Reading, begin, gap_between
from kohtaava_desktop.domain.views import Habit, Look, View, view_of
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.integration.clock import Clock, local_day
from kohtaava_desktop.notices import Notices
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.errors import StoreError, StoreNotice
from kohtaava_desktop.store.journal import Entry, Recovered
from kohtaava_desktop.store.worker import Opening

RETRY_SECONDS = 60.0

_log = logging.getLogger(__name__)


class StorePort(Protocol):
    """What the controller needs of the store; ``store.worker.Store`` is the real one."""

    async def open(self) -> Opening: ...
    async def append_all(self, entries: list[Entry]) -> None: ...
    async def alive(self, at: float, reading: Reading) -> None: ...
    async def settle(self, record: Record | None) -> None: ...
    async def own_median_farewell(self) -> float | None: ...
    async def remove_older_than(self, iso_week: str) -> int: ...
    async def take_notices(self) -> tuple[StoreNotice, ...]: ...


class WindowPort(Protocol):
    """What a remote command can ask of the window itself."""

    def show_up(self, keyboard: bool) -> None: ...
    def quit(self) -> None: ...


@dataclass(slots=True)
class Ready:
    """What the next start would take."""

    minutes: int
    marks: Marks = Marks()
    until_appointed_end: bool = False


@dataclass(eq=False)
class Controller:
    """The meeting in hand and everything that may change it."""

    clock: Clock
    store: StorePort
    settings: Settings
    ready: Ready
    window: WindowPort | None = None
    new_key: Callable[[], str] = lambda: secrets.token_hex(16)
    meeting: Meeting | None = None
    look: Look = Look()
    hovered: bool = False
    _hover_opens: bool = True
    _notices: Notices = field(default_factory=Notices)
    _events: list[Event] = field(default_factory=list)
    _unsaved: list[Entry] = field(default_factory=list)
    _mark: Mark | None = None
    _seen: Reading | None = None
    _began: float = 0.0
    _view_until: float | None = None
    _own_median: float | None = None
    _guard: TapGuard = field(default_factory=TapGuard)
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    # what others see

    def listen(self, listener: Callable[[], None]) -> None:
        """``listener`` is called after every change that can be seen."""
        self._listeners.append(listener)

    def now(self) -> float:
        """This instant on the timeline of the meeting in hand."""
        return self._instant(self.clock.read())

    def wall_of(self, instant: float) -> float:
        """The wall clock's time (seconds since 1970) at ``instant`` of the timeline, by how the clock is set now."""
        reading = self.clock.read()
        return reading.wall + (instant - self._instant(reading))

    @property
    def notice(self) -> str | None:
        """The sentence that the expert should see, until it is dismissed."""
        return self._notices.shown

    @property
    def view(self) -> View:
        """The form the overlay takes now."""
        opens = self.hovered and self._hover_opens
        return view_of(self.meeting, self.look, opens, Habit(self.settings.text("view")))

    @property
    def resting_view(self) -> View:
        """The form it takes when the pointer is elsewhere."""
        return view_of(self.meeting, self.look, False, Habit(self.settings.text("view")))

    def status(self) -> dict[str, Any]:
        """The values of ``kohtaava status --json``."""
        return {**status_of(self.meeting, self.now(), self.view, self.ready.minutes), "version": __version__}

    def minutes_to_appointed_end(self) -> int | None:
        """The shorter length that keeps the appointed end, where a start now would be late."""
        local = self.clock.local_time(self.clock.read().wall)
        return minutes_to_appointed_end(local.hour * 60 + local.minute, self.ready.minutes)

    # what changes the meeting

    async def recover(self) -> None:
        """Open the store and go on with the meeting that a crash, a kill or a reboot interrupted, taps and all."""
        opening = await self.store.open()
        self._notices.pass_on(opening.notices)
        async with self._lock:
            await self._remove_old()
            await self._look_up_own_median()
            if opening.recovered is not None and opening.recovered.entries:
                await self._go_on(opening.recovered)
        self._tell()

    async def start(self, minutes: int | None = None, marks: Marks | None = None) -> None:
        """Begin a meeting with what stands ready, or with the length and marks given; raises ``MeetingError``."""
        if self.meeting is not None:
            raise AlreadyRunning
        late = self.minutes_to_appointed_end() if minutes is None and self.ready.until_appointed_end else None
        start = commands.Start(
            self.new_key(),
            check_length(self.ready.minutes if minutes is None else minutes),
            self.ready.marks if marks is None else marks,
            late,
            self._own_median if self.settings.switch("own_reserve") else None,
        )
        await self.perform(start)

    async def perform(self, command: Command) -> None:
        """Carry ``command`` out; durable when it returns. Raises ``MeetingError``, and then it has changed nothing."""
        reading = self.clock.read()
        try:
            async with self._lock:
                await self._catch_up(reading)
                if self.meeting is None and isinstance(command, commands.Start):
                    self._mark, self._began = begin(reading), reading.wall
                await self._do(command, reading)
                if isinstance(command, commands.Discard):
                    await self._settle()
        finally:
            self._tell()  # a refused command, too, may have been the first to see that the computer slept

    def counts_as_tap(self) -> bool:
        """Whether a tap by pointer or shortcut now counts; the second of a double tap does not."""
        return self._guard.lets_through(self.clock.read().steady)

    async def attempt(self, command: Command | None) -> None:
        """Carry out what was tapped (``None``: on Start); if it is refused, the notice says why."""
        try:
            await (self.start() if command is None else self.perform(command))
        except MeetingError as error:
            self._notices.refuse(error)
            self._tell()

    async def settle(self) -> None:
        """*Done*: keep the finished meeting and be ready for the next; raises ``MeetingError``."""
        async with self._lock:
            if self.meeting is None:
                raise NoMeeting
            if self.meeting.running:
                raise NotFinished
            await self._settle()
        self._tell()

    # what changes only the form

    def choose(self, view: View) -> None:
        """Quiet, open or discreet, as the expert asks; raises ``MeetingError`` while no meeting runs.

        What was asked for shows at once, even under the pointer, which opens the form again when it comes back.
        """
        self.look = self.look.choose(view, self.meeting)
        self._hover_opens = False
        self._view_until = None
        self._tell()

    def dismiss_announcement(self) -> None:
        """The first tap sends the announcement away."""
        self.look, self._view_until = self.look.announced(), None
        self._tell()

    def reveal_summary(self) -> None:
        """After a discreet meeting the summary shows when it is asked for."""
        self.look = Look()
        self._tell()

    def hover(self, hovered: bool) -> None:
        """The pointer came or went. Under it the summary stays."""
        self.hovered, self._hover_opens = hovered, True
        if self.meeting is not None and not self.meeting.running:
            self._view_until = None if hovered else self.now() + self.settings.number("summary_seconds")
        self._tell()

    async def leave(self) -> None:
        """The program ends: a meeting already finished is kept now; one that runs goes on at the next start.

        A tap that has begun is carried out first.
        """
        async with self._lock:
            if self.meeting is not None and not self.meeting.running:
                await self._settle()

    def say(self, sentence: str) -> None:
        """Queue ``sentence`` for the expert."""
        self._notices.say(sentence)

    def dismiss_notice(self) -> None:
        """The notice was read; the next one shows."""
        self._notices.dismiss()
        self._tell()

    def get_ready(self, ready: Ready) -> None:
        """Take another length, marks or end for the next start."""
        check_length(ready.minutes)
        self.ready = ready
        self._tell()

    # what the remote control asks for

    def show(self, keyboard: bool) -> None:
        """Bring the window up; with ``keyboard``, give it the keyboard."""
        if self.window is not None:
            self.window.show_up(keyboard)

    def quit(self) -> None:
        """End the program; a meeting in hand goes on at the next start."""
        if self.window is not None:
            self.window.quit()

    def standing_notice(self) -> str | None:
        """The warning that stands, for whoever asked from outside."""
        return self._notices.standing

    # time

    async def keep_time(self) -> None:
        """Sleep until something changes by itself, for ever. While nothing can change, nothing wakes."""
        while True:
            self._changed.clear()
            try:
                # not wait_for: before Python 3.12 it forgets that it was cancelled when a change comes at that moment
                async with asyncio.timeout(self._seconds_to_wait()):
                    await self._changed.wait()
            except TimeoutError:
                await self._wake_in_any_case()

    async def wake(self) -> None:
        """Do what is due now: look at the clocks, close what was forgotten, let forms leave, repaint."""
        reading = self.clock.read()
        async with self._lock:
            await self._catch_up(reading)
            now = self._instant(reading)
            if self.meeting is not None and self.meeting.running:
                await self._stay(now, reading)
            if self._view_until is not None and now >= self._view_until:
                await self._let_form_leave()
        self._tell()

    async def _wake_in_any_case(self) -> None:
        """One fault must not stop time for the rest of the day: it is logged, and the next minute comes."""
        try:
            await self.wake()
        except Exception:  # noqa: BLE001 - whatever it was, the meeting goes on
            _log.exception("a wake-up failed")
            await asyncio.sleep(self.clock.real_seconds(RETRY_SECONDS))

    # inside

    async def _go_on(self, recovered: Recovered) -> None:
        entries, reading = recovered.entries, self.clock.read()
        self._events = [entry.event for entry in entries]
        now = recovered.alive.instant(reading)
        # From here on by the clocks of this boot; the wall clock, set back since, must not stop the meeting.
        self._mark, self._began, self._seen = recovered.alive.renewed(reading), entries[0].reading.wall, reading
        self.meeting = meeting = fold(self._events)
        if not meeting.running:
            await self._settle()
        elif now >= meeting.plan.forgotten_due:
            await self._forget(reading)
        elif now - recovered.alive.at > GAP_SECONDS:
            await self._do(commands.NoticeGap(now - recovered.alive.at, GapKind.AWAY), reading)

    def _instant(self, reading: Reading) -> float:
        return reading.wall if self._mark is None else self._mark.instant(reading)

    async def _catch_up(self, reading: Reading) -> None:
        """What happened since the clocks were last looked at, before anything else counts.

        A meeting that was forgotten in the meantime is closed. Otherwise sleep or a leap of the clock is asked about;
        it is noticed in the summary too, as the finish may be undone.
        """
        earlier, self._seen = self._seen, reading
        meeting = self.meeting
        if meeting is None or meeting.discarded:
            return
        if self._instant(reading) >= meeting.plan.forgotten_due:
            if meeting.running:
                await self._forget(reading)
            return
        gap = None if earlier is None else gap_between(earlier, reading)
        if gap is not None:
            await self._do(commands.NoticeGap(*gap), reading)

    async def _do(self, command: Command, reading: Reading) -> None:
        """Decide, write down, fold: in this order, under the lock."""
        event = decide(self.meeting, command, self._instant(reading))
        try:
            await self._write(Entry(event, reading))
        except StoreError as error:
            self._notices.complain(error)
        self._notices.tap_counted()
        self._events.append(event)
        before, self.meeting = self.meeting, fold(self._events)
        self._change_form(before, self.meeting)

    async def _write(self, *entries: Entry) -> None:
        """Make ``entries``, and all that could not be written before them, durable; raises ``StoreError``."""
        self._unsaved.extend(entries)
        await self.store.append_all(list(self._unsaved))
        self._unsaved.clear()
        self._notices.relent()

    def _change_form(self, before: Meeting | None, after: Meeting) -> None:
        now = self.now()
        if before is None:
            self.look = Look(announcing=True)
            self._view_until = now + self.settings.number("announcement_seconds")
            self.ready.minutes = after.booked_minutes
        elif not after.running:
            self._view_until = None if self.hovered else now + self.settings.number("summary_seconds")
        else:
            self.look, self._view_until = self.look.announced(), None

    async def _settle(self) -> None:
        meeting = self.meeting
        assert meeting is not None
        assert not meeting.running
        record = None if meeting.discarded else record_of(meeting, local_day(self.clock, self._began))
        try:
            await self.store.settle(record)
        except StoreError as error:
            self._notices.complain(error)
            self._view_until = self.now() + RETRY_SECONDS
            return
        self._notices.relent()
        self._forget_all()
        self._notices.pass_on(await self.store.take_notices())
        await self._look_up_own_median()

    def _forget_all(self) -> None:
        self.meeting, self._mark, self._view_until = None, None, None
        self._events, self._unsaved = [], []
        self.look = Look()
        self.ready = Ready(self.ready.minutes)

    async def _remove_old(self) -> None:
        """Retention: at each start, what is older than the setting says is removed."""
        today = local_day(self.clock, self.clock.read().wall)
        with suppress(StoreError):  # said at the opening; the next start tries again
            await self.store.remove_older_than(oldest_week(today, self.settings.number("retention_months")))

    async def _look_up_own_median(self) -> None:
        try:
            self._own_median = await self.store.own_median_farewell()
        except StoreError:
            self._own_median = None

    async def _stay(self, now: float, reading: Reading) -> None:
        try:
            if self._unsaved:
                await self._write()
            await self.store.alive(now, reading)
        except StoreError:
            pass  # the next minute tries again; what matters was said when the tap could not be written

    async def _forget(self, reading: Reading) -> None:
        await self._do(commands.Forget(), reading)
        self.say(sentences.forgotten())
        await self._settle()

    async def _let_form_leave(self) -> None:
        self._view_until = None
        if self.meeting is not None and not self.meeting.running:
            await self._settle()
        else:
            self.look = self.look.announced()

    def _seconds_to_wait(self) -> float | None:
        """Until the next visible change: a form that leaves, a minute, a reminder; ``None`` when there is none."""
        reading = self.clock.read()
        now = self._instant(reading)
        if self.meeting is None:
            due: float | None = now + 60 - reading.wall % 60  # the end by the clock, as a start now would have it
        else:
            due = reminders.next_change(self.meeting, now)
        instants = [instant for instant in (due, self._view_until) if instant is not None]
        if not instants:
            return None
        return self.clock.real_seconds(max(0.0, min(instants) - now)) + 0.01

    def _tell(self) -> None:
        self._changed.set()
        for listener in self._listeners:
            listener()
