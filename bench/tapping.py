"""Taps on the real widgets of the real program, with its real store; prints how long each took, as JSON.

Run by ``bench.taps`` in a process of its own: ``python -m bench.tapping COUNT``. A tap is a press and a release of the
mouse on a button; the time counts from the release, which is what a button acts on. The tap is *durable* when the store
has it on the disk and the event loop knows, and *painted* when the frame that shows the new state has been handed to
the screen.
"""

import asyncio
import json
import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from kohtaava_desktop.app import Options, Program, Stage
from kohtaava_desktop.demo import HandClock
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import Started, SteppedUp
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.ledger import StorePort
from kohtaava_desktop.store.lines import Entry
from kohtaava_desktop.store.worker import Store
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.scene import Act

FINGER_SECONDS = 0.03
"""How long a button is held down."""
MEETING = (
    *(Act.STEP_UP, Act.STEP_UP, Act.STEP_BACK, Act.STEP_UP),
    *(Act.STEP_UP, Act.UNDO, Act.STEP_UP, Act.STEP_BACK) * 4,
)
"""The taps of one meeting: as many as a lively one has, over every change of form. Then the next meeting begins."""


class Watched:
    """The program's own store, which remembers when it last made something durable."""

    def __init__(self, store: StorePort) -> None:
        self._store = store
        self.durable = 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def append_all(self, entries: list[Entry]) -> None:
        """As the store does it."""
        await self._store.append_all(entries)
        self.durable = time.perf_counter()


class Tapper:
    """Taps, and takes the time."""

    def __init__(self, stage: Stage, clock: HandClock, count: int) -> None:
        self._stage, self._clock, self._left = stage, clock, count
        self._store = Watched(stage.controller.ledger.store)
        stage.controller.ledger.store = cast("StorePort", self._store)
        self._minute = 0.0
        self.painted: list[float] = []
        self.durable: list[float] = []

    async def tap_all(self) -> None:
        """Meeting after meeting, until there were enough taps."""
        controller = self._stage.controller
        while self._left > 0:
            await controller.start(45)
            controller.dismiss_announcement()
            await asyncio.sleep(0.05)
            for act in MEETING[: self._left]:
                await self._tap(act)
            self._left -= len(MEETING)
            await controller.perform(commands.Discard())

    async def _tap(self, act: Act) -> None:
        self._minute += 1 / 60  # two taps within 400 ms would count as one
        self._clock.move_to(self._minute)
        button = self._button(act)
        shown: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        before = self._stage.controller.meeting

        def arrived() -> None:
            if not shown.done():
                shown.set_result(time.perf_counter())

        def painted() -> None:
            if self._stage.controller.meeting is not before and not shown.done():
                # what Qt still does to hand the frame to the screen comes before this timer
                QTimer.singleShot(0, arrived)

        self._stage.overlay.painted.connect(painted)
        QTest.mousePress(button, Qt.MouseButton.LeftButton)
        await asyncio.sleep(FINGER_SECONDS)
        began = time.perf_counter()
        QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
        self.painted.append((await asyncio.wait_for(shown, 10) - began) * 1000)
        self.durable.append((self._store.durable - began) * 1000)
        self._stage.overlay.painted.disconnect(painted)
        await self._stage.presenter.done()

    def _button(self, act: Act) -> FlatButton:
        found = [each for each in self._stage.overlay.findChildren(FlatButton) if each.control.act is act]
        assert len(found) == 1, act
        return found[0]


async def appended(store: Store, count: int) -> list[float]:
    """Milliseconds of so many entries through the store and its thread, in meetings as long as above."""
    times: list[float] = []
    reading = Reading(1_795_000_000.0, 1000.0, 1000.0, "bench")
    await store.open()
    while len(times) < count:
        await store.append_all([Entry(Started(reading.wall, "0" * 32, 45, 45), reading)])
        for number in range(min(len(MEETING), count - len(times))):
            began = time.perf_counter()
            await store.append_all([Entry(SteppedUp(reading.wall + number), reading)])
            times.append((time.perf_counter() - began) * 1000)
        await store.settle(None)
    await store.close()
    return times


def plain_sqlite(folder: Path, count: int) -> list[float]:
    """Milliseconds of so many commits of one row with Python's sqlite3 alone: the floor under all of this."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, line TEXT NOT NULL)")
    times = []
    for number in range(count):
        began = time.perf_counter()
        connection.execute("INSERT INTO entry VALUES (?, ?)", (number, "x" * 200))
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return times


def main() -> None:
    """Everything in turn, in one program."""
    count = int(sys.argv[1])
    clock = HandClock()
    result: dict[str, list[float]] = {}

    async def play(stage: Stage) -> None:
        try:
            tapper = Tapper(stage, clock, count)
            await tapper.tap_all()
            result.update(painted=tapper.painted, durable=tapper.durable)
            with tempfile.TemporaryDirectory(prefix="kohtaava-bench-") as room:
                result["append"] = await appended(Store(Path(room)), count)
                result["sqlite3"] = plain_sqlite(Path(room), count)
        finally:
            stage.controller.quit()

    Program(Options(), clock=clock, play=play).run()
    print(json.dumps(result))


if __name__ == "__main__":
    main()
