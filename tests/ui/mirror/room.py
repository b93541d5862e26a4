"""The window of one's own meetings on a store in memory; nothing here waits for time to pass."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.statistics import Filter, Tallies, tallied
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.ui.mirror.opening import Mirror
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from tests.ui.mirror.histories import history


@dataclass
class FakeMeetings:
    """Meetings in memory. While ``gate`` is closed nothing is answered; ``asked`` are the filters in their order."""

    records: list[Record] = field(default_factory=list)
    failing: StoreError | None = None
    asked: list[Filter] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    async def choices(self, week_that_runs: str) -> Choices:
        assert week_that_runs == "2026-W47"
        await self.gate.wait()
        if self.failing is not None:
            raise self.failing
        used = [record for record in self.records if record.quality in ("ok", "mended")]
        lengths = Counter(record.planned_minutes for record in used)
        return Choices(dict(sorted(lengths.items())), tuple(sorted({record.iso_week for record in used})))

    async def tallies(self, wanted: Filter, week_that_runs: str) -> Tallies:
        self.asked.append(wanted)
        await self.gate.wait()
        return tallied(filter(wanted.takes, self.records))


@dataclass
class Room:
    """The opened window, and what is behind it."""

    app: QApplication
    loop: asyncio.AbstractEventLoop
    store: FakeMeetings = field(default_factory=FakeMeetings)

    def __post_init__(self) -> None:
        self.mirror = Mirror(lambda: "2026-W47")
        self.mirror.store = self.store

    def open(self, meetings: int) -> MirrorWindow:
        """The window with so many meetings, painted."""
        self.store.records = history(meetings)
        window = self.begin()
        self.settle()
        return window

    def begin(self) -> MirrorWindow:
        """Open the window; what it asks for has not come yet."""
        self.loop.run_until_complete(self._open())
        assert self.mirror.window is not None
        return self.mirror.window

    def settle(self) -> None:
        """What was asked for comes, and is painted."""
        self.loop.run_until_complete(self.mirror.done())
        self.app.processEvents()

    def do(self, work: object) -> None:
        """Carry out ``work``, which may ask for something, within the loop."""
        assert callable(work)

        async def run() -> None:
            work()

        self.loop.run_until_complete(run())

    async def _open(self) -> None:
        self.mirror.open()
