"""The time of the meeting in hand: where it stands, what the clocks did meanwhile, and the wait for what is due.

Nothing polls: between two visible changes the program sleeps.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from kohtaava_desktop.domain import reminders
from kohtaava_desktop.domain.commands import Forget, NoticeGap
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.timeline import GAP_SECONDS, Mark, Reading, begin, gap_between
from kohtaava_desktop.integration.clock import Clock

RETRY_SECONDS = 60.0
"""What failed is tried again after so long."""

_log = logging.getLogger(__name__)


class Timekeeper:
    """Nails the meeting in hand to ``clock``, and sleeps until something is due.

    ``began`` is what the wall clock said at the start of the meeting, in seconds since 1970.
    """

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.began = 0.0
        self._mark: Mark | None = None
        self._seen: Reading | None = None
        self._changed = asyncio.Event()
        self._roused = False

    # the timeline

    def instant(self, reading: Reading) -> float:
        """Where ``reading`` lies on the timeline of the meeting in hand; without one, on the wall clock's."""
        return reading.wall if self._mark is None else self._mark.instant(reading)

    def now(self) -> float:
        """This instant on the timeline."""
        return self.instant(self.clock.read())

    def wall_of(self, instant: float) -> float:
        """The wall clock's time (seconds since 1970) at ``instant`` of the timeline, by how the clock is set now."""
        reading = self.clock.read()
        return reading.wall + (instant - self.instant(reading))

    def begin(self, reading: Reading) -> None:
        """A meeting begins at ``reading``."""
        self._mark, self.began = begin(reading), reading.wall

    def end(self) -> None:
        """No meeting is in hand any more."""
        self._mark = None

    # what time brings

    def go_on(self, began: Reading, alive: Mark, reading: Reading, meeting: Meeting) -> Forget | NoticeGap | None:
        """``meeting``, begun at ``began`` and last seen ``alive``, goes on at ``reading``; what came of it meanwhile.

        From here on by the clocks of this boot; the wall clock, set back since, must not stop the meeting.
        """
        self._mark, self.began, self._seen = alive.renewed(reading), began.wall, reading
        away = self._mark.at - alive.at
        if self._mark.at >= meeting.plan.forgotten_due:
            return Forget()
        return NoticeGap(away, GapKind.AWAY) if away > GAP_SECONDS else None

    def look(self, reading: Reading, meeting: Meeting | None) -> Forget | NoticeGap | None:
        """What came of ``meeting`` since the clocks were last looked at.

        One that was forgotten in the meantime is to be closed. Otherwise sleep or a leap of the clock is asked about;
        it is noticed in the summary too, as the finish may be undone.
        """
        earlier, self._seen = self._seen, reading
        if meeting is None or meeting.discarded:
            return None
        if self.instant(reading) >= meeting.plan.forgotten_due:
            return Forget() if meeting.running else None
        gap = None if earlier is None else gap_between(earlier, reading)
        return None if gap is None else NoticeGap(*gap)

    # the wait

    def changed(self) -> None:
        """Something changed: what is due next is to be asked anew."""
        self._changed.set()

    def rouse(self) -> None:
        """The clocks were set or the computer came back: ``wake`` is called now, whatever is due."""
        self._roused = True
        self._changed.set()

    async def keep(
        self, shown: Callable[[], tuple[Meeting | None, float | None]], wake: Callable[[], Awaitable[None]]
    ) -> None:
        """Call ``wake`` whenever something on show is to change by itself, for ever.

        ``shown`` is asked after every change: the meeting in hand, and the instant at which a form leaves, if one does.
        One fault must not stop time for the rest of the day: it is logged, and the next minute comes.
        """
        while True:
            if not await self._is_time(self._seconds_to_wait(*shown())):
                continue
            try:
                await wake()
            except Exception:  # noqa: BLE001 - whatever it was, the meeting goes on
                _log.exception("a wake-up failed")
                await asyncio.sleep(self.clock.real_seconds(RETRY_SECONDS))

    async def _is_time(self, seconds: float | None) -> bool:
        """Sleep for so long, or until something changes; whether it is time to wake."""
        if not self._roused:
            self._changed.clear()
            if await self._slept_through(seconds):
                return True
        roused, self._roused = self._roused, False
        return roused

    async def _slept_through(self, seconds: float | None) -> bool:
        """Sleep for so long, or until something changes; whether nothing did.

        Qt's timers run out up to a twentieth too early: who then wakes finds nothing due, and waits for the disk.
        """
        loop = asyncio.get_running_loop()
        due = None if seconds is None else loop.time() + seconds
        while True:
            try:
                # not wait_for: before Python 3.12 it forgets that it was cancelled when a change comes at that moment
                async with asyncio.timeout_at(due):
                    await self._changed.wait()
            except TimeoutError:
                if due is None or due <= loop.time():
                    return True
            else:
                return False

    def _seconds_to_wait(self, meeting: Meeting | None, until: float | None) -> float | None:
        """Until the next visible change: a form that leaves, a minute, a reminder; ``None`` when there is none."""
        reading = self.clock.read()
        now = self.instant(reading)
        if meeting is None:
            due: float | None = now + 60 - reading.wall % 60  # the end by the clock, as a start now would have it
        else:
            due = reminders.next_change(meeting, now)
        instants = [instant for instant in (due, until) if instant is not None]
        if not instants:
            return None
        return self.clock.real_seconds(max(0.0, min(instants) - now)) + 0.01
