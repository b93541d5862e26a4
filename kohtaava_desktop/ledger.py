"""The meeting in hand as what is written of it: an event is durable first, and only then counts.

Where it cannot be written (a full disk, a folder gone), the meeting goes on in memory, a notice says so, and the event
is written with the next one that can be.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Protocol

from kohtaava_desktop.domain.commands import Command, decide
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.record import Record, record_of
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.notices import Notices
from kohtaava_desktop.store.errors import StoreError, StoreNotice
from kohtaava_desktop.store.lines import Entry, Opening, Recovered

if TYPE_CHECKING:
    from kohtaava_desktop.domain.events import Event


class StorePort(Protocol):
    """What the program needs of the store while it runs; ``store.worker.Store`` is the real one."""

    async def open(self) -> Opening: ...
    async def append_all(self, entries: list[Entry]) -> None: ...
    async def alive(self, at: float, reading: Reading) -> None: ...
    async def settle(self, record: Record | None) -> None: ...
    async def own_median_farewell(self) -> float | None: ...
    async def remove_older_than(self, iso_week: str) -> int: ...
    async def take_notices(self) -> tuple[StoreNotice, ...]: ...
    async def told(self, names: Iterable[str]) -> None: ...
    async def delete_everything(self) -> None: ...


class Ledger:
    """The events of the meeting in hand, and ``meeting``, which they fold to. One call at a time.

    ``own_median`` is the expert's median farewell in seconds, where there are meetings enough for one.
    """

    def __init__(self, store: StorePort, notices: Notices) -> None:
        self.store = store
        self.meeting: Meeting | None = None
        self.own_median: float | None = None
        self._notices = notices
        self._events: list[Event] = []
        self._unsaved: list[Entry] = []

    async def open(self) -> Recovered | None:
        """Open the store; what is left of a meeting that was interrupted, where there is one."""
        opening = await self.store.open()
        self._notices.pass_on(opening.notices)
        recovered = opening.recovered
        return recovered if recovered is not None and recovered.entries else None

    async def remove_older_than(self, iso_week: str) -> None:
        """Retention: remove what is older than ``iso_week``."""
        with suppress(StoreError):  # said at the opening; the next start tries again
            await self.store.remove_older_than(iso_week)

    async def look_up_own_median(self) -> None:
        """Learn ``own_median`` anew."""
        try:
            self.own_median = await self.store.own_median_farewell()
        except StoreError:
            self.own_median = None

    def go_on(self, recovered: Recovered) -> Meeting:
        """Take a meeting that was interrupted in hand, taps and all."""
        self._events = [entry.event for entry in recovered.entries]
        self.meeting = fold(self._events)
        return self.meeting

    async def write(self, command: Command, at: float, reading: Reading) -> Meeting:
        """Decide, write down, fold, in this order; ``at`` and ``reading`` are one instant.

        Returns the meeting after it. Raises ``MeetingError``, and then nothing has changed.
        """
        event = decide(self.meeting, command, at)
        try:
            await self._append(Entry(event, reading))
        except StoreError as error:
            self._notices.complain(error)
        self._events.append(event)
        self.meeting = fold(self._events)
        return self.meeting

    async def stay(self, at: float, reading: Reading) -> bool:
        """Leave a sign of life, and what could not be written before; whether there was such, and it is written now."""
        was_unsaved = bool(self._unsaved)
        with suppress(StoreError):  # the next minute tries again; what matters was said when the tap was not written
            if was_unsaved:
                await self._append()
            await self.store.alive(at, reading)
        return was_unsaved and not self._unsaved

    async def settle(self, day: date) -> bool:
        """Keep the meeting, over now and begun on ``day``, or nothing of it if it was thrown away, and let it go.

        False where the store could not; the meeting is then still in hand, and a notice says why.
        """
        meeting = self.meeting
        assert meeting is not None
        assert not meeting.running
        try:
            await self.store.settle(None if meeting.discarded else record_of(meeting, day))
        except StoreError as error:
            self._notices.complain(error)
            return False
        self._notices.relent()
        self.meeting, self._events, self._unsaved = None, [], []
        return True

    async def delete_everything(self) -> None:
        """Delete all that is kept, with the meeting in hand; raises ``StoreError``, and then that is still in hand."""
        await self.store.delete_everything()
        self.meeting, self.own_median = None, None
        self._events, self._unsaved = [], []
        self._notices.relent()

    async def hear(self) -> None:
        """What the store has to say, as after a meeting was settled, and the median that may have changed."""
        self._notices.pass_on(await self.store.take_notices())
        await self.note_what_was_read()
        await self.look_up_own_median()

    async def note_what_was_read(self) -> None:
        """Let the store know which notices of damaged files need not be said at the next start."""
        if names := self._notices.copies_told():
            with suppress(StoreError):
                await self.store.told(names)

    async def _append(self, *entries: Entry) -> None:
        """Make ``entries``, and all that could not be written before them, durable; raises ``StoreError``."""
        self._unsaved.extend(entries)
        await self.store.append_all(list(self._unsaved))
        self._unsaved.clear()
        self._notices.relent()
