"""The time of the meeting in hand: where it stands, what the clocks did meanwhile, and the wait for what is due.

Nothing polls: between two visible changes the program sleeps.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.timeline import Mark, Reading, begin, gap_between
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

    def go_on(self, began: Reading, alive: Mark, reading: Reading) -> None:
        """A meeting that began at ``began`` and was last seen ``alive`` goes on at ``reading``.

        From here on by the clocks of this boot; the wall clock, set back since, must not stop the meeting.
        """
        self._mark, self.began, self._seen = alive.renewed(reading), began.wall, reading

    def end(self) -> None:
        """No meeting is in hand any more."""
        self._mark = None

    def look(self, reading: Reading) -> tuple[float, GapKind] | None:
        """The gap between the clocks when they were last looked at and ``reading``, in seconds; ``None`` for none."""
        earlier, self._seen = self._seen, reading
        return None if earlier is None else gap_between(earlier, reading)

    # the wait

    def changed(self) -> None:
        """Something changed: what is due next is to be asked anew."""
        self._changed.set()

    def rouse(self) -> None:
        """The clocks were set or the computer came back: it is to be looked at them now, whatever is due."""
        self._roused = True
        self._changed.set()

    async def keep(self, due: Callable[[], float | None], wake: Callable[[], Awaitable[None]]) -> None:
        """Call ``wake`` whenever ``due()`` seconds have passed without a change, for ever; ``None``: nothing is due.

        One fault must not stop time for the rest of the day: it is logged, and the next minute comes.
        """
        while True:
            if not await self._is_time(due()):
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
            try:
                # not wait_for: before Python 3.12 it forgets that it was cancelled when a change comes at that moment
                async with asyncio.timeout(seconds):
                    await self._changed.wait()
            except TimeoutError:
                return True
        roused, self._roused = self._roused, False
        return roused
