"""The only writer of the running meeting: one command, one event, one line in the journal, then everybody is told.

An event counts once it is durable (``ledger``): it is written in the store's thread, and only then folded into the
meeting that the overlay shows. What the clocks say, and when something is due by itself, is the timekeeper's matter.
"""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from kohtaava_desktop import __version__
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.commands import Command
from kohtaava_desktop.domain.errors import AlreadyRunning, MeetingError, NoMeeting, NotFinished
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.plan import check_length, minutes_to_appointed_end
from kohtaava_desktop.domain.record import oldest_week
from kohtaava_desktop.domain.showing import Showing
from kohtaava_desktop.domain.status import status_of
from kohtaava_desktop.domain.taps import TapGuard
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.domain.views import Habit, View
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.integration.clock import Clock, local_day
from kohtaava_desktop.ledger import Ledger, StorePort
from kohtaava_desktop.notices import Notices
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.report import complaints
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.lines import Recovered
from kohtaava_desktop.timekeeper import RETRY_SECONDS, Timekeeper

if TYPE_CHECKING:
    from kohtaava_desktop.control.report import Row


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


class Controller:
    """The meeting in hand and everything that may change it."""

    def __init__(
        self,
        clock: Clock,
        store: StorePort,
        settings: Settings,
        ready: Ready,
        new_key: Callable[[], str] = lambda: os.urandom(16).hex(),
    ) -> None:
        self.clock, self.settings, self.ready, self.new_key = clock, settings, ready, new_key
        self.window: WindowPort | None = None
        self.examine: Callable[[], list[Row]] = list
        self._notices = Notices()
        self.ledger = Ledger(store, self._notices)
        self._time = Timekeeper(clock)
        self._showing = Showing()
        self._guard = TapGuard()
        self._lock = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []
        self._told_of_deletion: list[Callable[[], None]] = []
        self._told_of_keeping: list[Callable[[], None]] = []
        settings.listen(lambda _names: self._tell())

    # what others see

    def listen(self, listener: Callable[[], None]) -> None:
        """``listener`` is called after every change that can be seen."""
        self._listeners.append(listener)

    def listen_for_deletion(self, listener: Callable[[], None]) -> None:
        """``listener`` is called after everything was deleted, whoever asked for it, or after what could be was."""
        self._told_of_deletion.append(listener)

    def listen_for_keeping(self, listener: Callable[[], None]) -> None:
        """``listener`` is called after a meeting that is over was kept; not where it was thrown away."""
        self._told_of_keeping.append(listener)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting in hand, running or in its summary."""
        return self.ledger.meeting

    def now(self) -> float:
        """This instant on the timeline of the meeting in hand."""
        return self._time.now()

    def wall_of(self, instant: float) -> float:
        """The wall clock's time (seconds since 1970) at ``instant`` of the timeline, by how the clock is set now."""
        return self._time.wall_of(instant)

    @property
    def notice(self) -> str | None:
        """The sentence that the expert should see, until it is dismissed."""
        return self._notices.shown

    @property
    def view(self) -> View:
        """The form the overlay takes now."""
        return self._showing.view(self.meeting, Habit(self.settings.text("view")))

    @property
    def resting_view(self) -> View:
        """The form it takes when the pointer is elsewhere."""
        return self._showing.resting_view(self.meeting, Habit(self.settings.text("view")))

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
        recovered = await self.ledger.open()
        async with self._lock:
            today = local_day(self.clock, self.clock.read().wall)
            await self.ledger.remove_older_than(oldest_week(today, self.settings.number("retention_months")))
            await self.ledger.look_up_own_median()
            if recovered is not None:
                await self._go_on(recovered)
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
            self.ledger.own_median if self.settings.switch("own_reserve") else None,
        )
        await self.perform(start)

    async def perform(self, command: Command) -> None:
        """Carry ``command`` out; durable when it returns. Raises ``MeetingError``, and then it has changed nothing."""
        reading = self.clock.read()
        try:
            async with self._lock:
                await self._catch_up(reading)
                if self.meeting is None and isinstance(command, commands.Start):
                    self._time.begin(reading)
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

    async def delete_everything(self) -> None:
        """Throw the meeting in hand away and delete all that is kept; raises ``StoreError``.

        Nothing is written back afterwards: a tap that has begun is carried out first, the next one finds no meeting.
        """
        async with self._lock:
            try:
                await self.ledger.delete_everything()
            except StoreError:
                self._tell_of_deletion()
                raise
            self._time.end()
            self._showing = self._showing.at_rest()
            self.ready = Ready(self.ready.minutes)
        self._tell_of_deletion()

    async def leave(self) -> None:
        """The program ends: a meeting already finished is kept now; one that runs goes on at the next start.

        A tap that has begun is carried out first.
        """
        async with self._lock:
            self._told_of_keeping.clear()  # the store is closed next: nobody begins to read from it
            if self.meeting is not None and not self.meeting.running:
                await self._settle()
            await self.ledger.note_what_was_read()

    async def hear(self) -> None:
        """The store has something to say, whatever it was asked for."""
        async with self._lock:
            await self.ledger.hear()
        self._tell()

    # what changes only what shows

    def choose(self, view: View) -> None:
        """Quiet, open or discreet, as the expert asks; raises ``MeetingError`` while no meeting runs."""
        self._show(self._showing.chosen(view, self.meeting))

    def dismiss_announcement(self) -> None:
        """The first tap sends the announcement away."""
        self._show(self._showing.announced())

    def reveal_summary(self) -> None:
        """After a discreet meeting the summary shows when it is asked for."""
        self._show(self._showing.revealed())

    def hover(self, hovered: bool) -> None:
        """The pointer came or went. Under it the summary stays."""
        showing = self._showing.under_pointer(hovered)
        if self.meeting is not None and not self.meeting.running:
            showing = showing.summary(self.now() + self.settings.number("summary_seconds"))
        self._show(showing)

    def say(self, sentence: str) -> None:
        """Queue ``sentence`` for the expert."""
        self._notices.say(sentence)

    def unsay(self, sentence: str) -> None:
        """``sentence`` holds no longer."""
        self._notices.unsay(sentence)

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

    def reload_settings(self) -> None:
        """Somebody has changed the user's settings from outside; what cannot be used of them, and was not said, is."""
        said = complaints(self.settings.in_force)
        self.settings.reload()
        for sentence in complaints(self.settings.in_force):
            if sentence not in said:
                self.say(sentence)
        self._tell()

    def standing_notice(self) -> str | None:
        """The warning that stands, for whoever asked from outside."""
        return self._notices.standing

    # time

    async def keep_time(self) -> None:
        """Sleep until something changes by itself, for ever. While nothing can change, nothing wakes."""
        await self._time.keep(lambda: (self.meeting, self._showing.until), self.wake)

    def rouse(self) -> None:
        """The clocks were set or the computer came back from sleep: ``keep_time`` looks at them now."""
        self._time.rouse()

    async def wake(self) -> None:
        """Do what is due now: look at the clocks, close what was forgotten, let forms leave, repaint.

        Only then comes the sign of life: a reminder waits neither for the disk nor for what else the store has to do.
        """
        reading = self.clock.read()
        async with self._lock:
            await self._catch_up(reading)
            now = self._time.instant(reading)
            if self._showing.leaves_by(now):
                await self._let_form_leave()
            self._tell()
            if self.meeting is not None and self.meeting.running and await self.ledger.stay(now, reading):
                self._tell()

    # inside, under the lock

    async def _go_on(self, recovered: Recovered) -> None:
        reading = self.clock.read()
        meeting = self.ledger.go_on(recovered)
        came = self._time.go_on(recovered.entries[0].reading, recovered.alive, reading, meeting)
        if meeting.running:
            await self._bring(came, reading)
        else:
            await self._settle()

    async def _catch_up(self, reading: Reading) -> None:
        """What happened since the clocks were last looked at, before anything else counts."""
        await self._bring(self._time.look(reading, self.meeting), reading)

    async def _bring(self, came: commands.NoticeGap | commands.Forget | None, reading: Reading) -> None:
        """Carry out what time itself brought."""
        if came is not None:
            await self._do(came, reading)
        if isinstance(came, commands.Forget):
            self.say(sentences.forgotten())
            await self._settle()

    async def _do(self, command: Command, reading: Reading) -> None:
        """Write the event of ``command`` down, and let it be seen."""
        began = self.meeting is None
        meeting = await self.ledger.write(command, self._time.instant(reading), reading)
        self._notices.tap_counted()
        now, showing = self.now(), self._showing
        if began:
            self._showing = showing.announcing(now + self.settings.number("announcement_seconds"))
            self.ready.minutes = meeting.booked_minutes
        elif not meeting.running:
            self._showing = showing.summary(now + self.settings.number("summary_seconds"))
        else:
            self._showing = showing.announced()

    async def _settle(self) -> None:
        discarded = self.meeting is not None and self.meeting.discarded
        if not await self.ledger.settle(local_day(self.clock, self._time.began)):
            self._showing = self._showing.staying(self.now() + RETRY_SECONDS)
            return
        self._time.end()
        self._showing = self._showing.at_rest()
        self.ready = Ready(self.ready.minutes)
        self._tell()  # the summary leaves now, whatever the store has still to say
        await self.ledger.hear()
        for listener in () if discarded else self._told_of_keeping:
            listener()

    async def _let_form_leave(self) -> None:
        if self.meeting is not None and not self.meeting.running:
            self._showing = self._showing.staying(None)
            await self._settle()
        else:
            self._showing = self._showing.announced()

    def _show(self, showing: Showing) -> None:
        self._showing = showing
        self._tell()

    def _tell_of_deletion(self) -> None:
        for listener in self._told_of_deletion:
            listener()
        self._tell()

    def _tell(self) -> None:
        self._time.changed()
        for listener in self._listeners:
            listener()
