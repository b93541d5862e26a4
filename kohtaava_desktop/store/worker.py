"""The store behind ``await``: one thread of its own does the work, so that only what asks waits for the disk.

sqlite-utils and SQLite itself are imported in that thread, with the first call.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.store.errors import StoreNotice
from kohtaava_desktop.store.lines import Entry, Opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from kohtaava_desktop.domain.choices import Choices
    from kohtaava_desktop.domain.disclosure import Thresholds
    from kohtaava_desktop.domain.release import Release
    from kohtaava_desktop.domain.statistics import Filter, Tallies
    from kohtaava_desktop.store.examination import Kept
    from kohtaava_desktop.store.shelf import Shelf

__all__ = ["Opening", "Store"]

T = TypeVar("T")


class Store:
    """What is kept in ``folder``, in calls that are carried out one at a time and in the order in which they are made.

    A call is carried out even when whoever awaits it is cancelled. All but ``open`` raise ``StoreError``; after one,
    the same call may be made again.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._shelf: Shelf | None = None
        self.to_tell: Callable[[], None] | None = None
        """Called when there is something that ``take_notices`` would say, after the call in which it came up."""

    async def open(self) -> Opening:
        """Make the folder, find the meeting in hand, check and bring up to date what is kept.

        Never raises for what it finds: the notices say it, and what cannot be used now is tried again when needed.
        """
        return await self._do(lambda shelf: shelf.open())

    async def append(self, entry: Entry) -> None:
        """Add ``entry`` to the journal; durable when this returns."""
        await self._do(lambda shelf: shelf.journal.append(entry))

    async def append_all(self, entries: list[Entry]) -> None:
        """Add ``entries`` to the journal, all or none; durable when this returns."""
        await self._do(lambda shelf: shelf.journal.append_all(entries))

    async def alive(self, at: float, reading: Reading) -> None:
        """Remember that the program was there at ``at``; once a minute is enough."""
        await self._do(lambda shelf: shelf.journal.alive(at, reading))

    async def settle(self, record: Record | None) -> None:
        """Keep ``record`` (``None``: nothing), then let the journal go. If it raises, the journal is untouched.

        Where ``kohtaava.db`` cannot be used, the record waits in a file beside it and moves in when it can;
        ``take_notices`` tells.
        """
        await self._do(lambda shelf: shelf.settle(record))

    async def own_median_farewell(self) -> float | None:
        """See ``Meetings.own_median_farewell``."""
        return await self._do(lambda shelf: shelf.meetings.own_median_farewell())

    async def count(self) -> int:
        """How many meetings are kept, without those that wait."""
        return await self._do(lambda shelf: shelf.meetings.count())

    async def remove_older_than(self, iso_week: str) -> int:
        """Remove the meetings of the weeks before ``iso_week``; how many there were."""
        return await self._do(lambda shelf: shelf.meetings.remove_older_than(iso_week))

    async def tallies(self, wanted: "Filter", week_that_runs: str) -> "Tallies":
        """See ``Meetings.tallies``; with the meetings that wait. Taps have their turn while years are added up."""
        await self._add_up(week_that_runs)
        return await self._do(lambda shelf: shelf.tallies(wanted, week_that_runs))

    async def choices(self, week_that_runs: str) -> "Choices":
        """See ``Meetings.choices``."""
        await self._add_up(week_that_runs)
        return await self._do(lambda shelf: shelf.meetings.choices(week_that_runs))

    async def records_of(self, month: str) -> list[Record]:
        """The meetings of one ``month``, like ``2026-10``: taps have their turn between months."""
        from kohtaava_desktop.domain.months import weeks_of

        return await self._do(lambda shelf: shelf.meetings.records_of(weeks_of(month)))

    async def release(self, month: str, today: date, thresholds: "Thresholds") -> "Release":
        """See ``Meetings.release``; raises ``store.releases.NotReleased`` too."""
        return await self._do(lambda shelf: shelf.release(month, today, thresholds))

    async def cut_months(self) -> frozenset[str]:
        """See ``Meetings.cut_months``."""
        return await self._do(lambda shelf: shelf.meetings.cut_months())

    async def kept(self) -> "Kept":
        """How much is kept; see ``examination.kept``."""
        from kohtaava_desktop.store import examination

        return await self._do(lambda shelf: examination.kept(shelf.folder))

    async def delete_everything(self) -> None:
        """See ``Shelf.delete_everything``."""
        await self._do(lambda shelf: shelf.delete_everything())

    async def take_notices(self) -> tuple[StoreNotice, ...]:
        """What there has been to say since the opening or since this was last asked."""
        return await self._do(lambda shelf: shelf.take_notices())

    async def told(self, names: "Iterable[str]") -> None:
        """See ``Shelf.told``."""
        await self._do(lambda shelf: shelf.told(names))

    async def close(self) -> None:
        """Finish what was asked for and close the files. A meeting in hand stays in hand."""
        await self._do(lambda shelf: shelf.journal.close())
        self._thread.shutdown(wait=False)

    async def _add_up(self, week_that_runs: str) -> None:
        while not await self._do(lambda shelf: shelf.meetings.add_up_some(week_that_runs)):
            pass

    async def _do(self, work: "Callable[[Shelf], T]") -> T:
        # asyncio's own way between threads, shielded, takes a step of the event loop more, which is a timer of Qt's
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        done = self._thread.submit(self._in_thread, work)
        done.add_done_callback(lambda done: loop.call_soon_threadsafe(_hand_over, done, answer))
        try:
            return await answer
        finally:
            if self.to_tell is not None and self._shelf is not None and self._shelf.has_notices:
                self.to_tell()

    def _in_thread(self, work: "Callable[[Shelf], T]") -> T:
        if self._shelf is None:
            from kohtaava_desktop.store.shelf import Shelf

            self._shelf = Shelf(self._folder)
        return work(self._shelf)


def _hand_over(done: "Future[T]", answer: "asyncio.Future[T]") -> None:
    if answer.cancelled():  # what was asked for has been done, even when whoever asked has gone meanwhile
        return
    error = done.exception()
    if error is None:
        answer.set_result(done.result())
    else:
        answer.set_exception(error)
