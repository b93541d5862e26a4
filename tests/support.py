"""What tests of the program share: a clock moved by hand, a store in memory, meetings ready to use. No Qt in here."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec

from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain.commands import Command, Start, decide
from kohtaava_desktop.domain.events import Event
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.timeline import Mark, Reading, begin
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.integration.shortcuts import Reason, Refused, Shortcut
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import Value
from kohtaava_desktop.store.errors import StoreError, StoreNotice
from kohtaava_desktop.store.journal import Entry, Recovered
from kohtaava_desktop.store.worker import Opening

P = ParamSpec("P")

BEGIN = datetime(2026, 11, 16, 10, 0)
"""Monday of ISO week 47, on the quarter of an hour: a start now is not late."""


@dataclass(slots=True)
class HandClock:
    """A clock moved by hand.

    ``waits`` are the seconds that somebody wanted to wait by it. While ``runs`` such waits pass at once, as if they
    had been slept through; otherwise they last for ever.
    """

    reading: Reading = field(default_factory=lambda: Reading(BEGIN.timestamp(), 5000.0, 4000.0, "first boot"))
    runs: int = 0
    waits: list[float] = field(default_factory=list)

    def read(self) -> Reading:
        return self.reading

    def real_seconds(self, seconds: float) -> float:
        self.waits.append(seconds)
        if not self.runs:
            return 1e6
        self.runs -= 1
        self.advance(seconds)
        return -1.0

    def local_time(self, wall: float) -> datetime:
        return datetime.fromtimestamp(wall)

    def advance(self, seconds: float = 0.0, minutes: float = 0.0) -> None:
        """Time passes while the computer is awake."""
        self._move(seconds + minutes * 60, seconds + minutes * 60, seconds + minutes * 60)

    def sleep(self, minutes: float) -> None:
        """The computer sleeps."""
        self._move(minutes * 60, minutes * 60, 0.0)

    def leap(self, minutes: float) -> None:
        """Somebody sets the wall clock, ahead or back."""
        self._move(minutes * 60, 0.0, 0.0)

    def reboot(self, minutes: float) -> None:
        """The computer is off and on again: the steady clock begins anew."""
        self.reading = Reading(self.reading.wall + minutes * 60, 20.0, 20.0, f"{self.reading.boot}, then another")

    def _move(self, wall: float, steady: float, awake: float) -> None:
        now = self.reading
        self.reading = now._replace(wall=now.wall + wall, steady=now.steady + steady, awake=now.awake + awake)


@dataclass
class FakeStore:
    """A store in memory that keeps what the real one keeps, and fails when told to.

    ``failing`` refuses the journal, ``settling_fails`` the finished record. While ``gate`` is closed, nothing becomes
    durable; ``calls`` are the names of all calls in the order in which they came, ``refusals`` how many failed.
    """

    opening: Opening = field(default_factory=lambda: Opening(None))
    failing: StoreError | None = None
    settling_fails: StoreError | None = None
    median: float | None = None
    journal: list[Entry] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    alive_at: list[Mark] = field(default_factory=list)
    removed_before: list[str] = field(default_factory=list)
    notices: list[StoreNotice] = field(default_factory=list)
    told_of: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    most_at_once: int = 0
    refusals: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    _inside: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    @property
    def events(self) -> list[Event]:
        """What a crash now would leave in the journal."""
        return [entry.event for entry in self.journal]

    async def open(self) -> Opening:
        await self._pass("open")
        if self.opening.recovered is not None:
            self.journal = list(self.opening.recovered.entries)
        return self.opening

    async def append_all(self, entries: list[Entry]) -> None:
        await self._pass("append_all")
        self._refuse(self.failing)
        self.journal.extend(entries)

    async def alive(self, at: float, reading: Reading) -> None:
        await self._pass("alive")
        self._refuse(self.failing)
        self.alive_at.append(Mark(at, reading))

    async def settle(self, record: Record | None) -> None:
        await self._pass("settle")
        self._refuse(self.settling_fails)
        self.journal.clear()
        if record is not None and record.key not in [known.key for known in self.records]:
            self.records.append(record)

    async def own_median_farewell(self) -> float | None:
        await self._pass("own_median_farewell")
        self._refuse(self.failing)
        return self.median

    async def remove_older_than(self, iso_week: str) -> int:
        await self._pass("remove_older_than")
        self._refuse(self.failing)
        self.removed_before.append(iso_week)
        return 0

    async def delete_everything(self) -> None:
        await self._pass("delete_everything")
        self._refuse(self.failing)
        self.journal.clear()
        self.records.clear()

    async def take_notices(self) -> tuple[StoreNotice, ...]:
        await self._pass("take_notices")
        told, self.notices = tuple(self.notices), []
        return told

    async def told(self, names: Iterable[str]) -> None:
        await self._pass("told")
        self._refuse(self.failing)
        self.told_of.extend(names)

    def _refuse(self, error: StoreError | None) -> None:
        if error is not None:
            self.refusals += 1
            raise error

    async def _pass(self, name: str) -> None:
        """Others get their turn, as they do while a disk works."""
        self.calls.append(name)
        self._inside += 1
        self.most_at_once = max(self.most_at_once, self._inside)
        await asyncio.sleep(0)
        await self.gate.wait()
        self._inside -= 1


def settings(**values: Value) -> Settings:
    """The default settings, but for ``values``."""
    return Settings([lambda: Layer(Origin.USER, "here", values)])


def controller_of(clock: HandClock, store: FakeStore, minutes: int = 45, **values: Value) -> Controller:
    """A controller with meetings named k1, k2, …"""
    keys = (f"k{number}" for number in range(1, 1000))
    return Controller(clock, store, settings(**values), Ready(minutes), new_key=lambda: next(keys))


def form(controller: Controller) -> View:
    """The form that the overlay takes."""
    return controller.view


def meeting(controller: Controller) -> Meeting:
    """The meeting, where there must be one."""
    assert controller.meeting is not None
    return controller.meeting


def meeting_of(entries: list[Entry]) -> Meeting:
    """The meeting that a journal of ``entries`` replays to."""
    return fold([entry.event for entry in entries])


@dataclass
class Journal:
    """A journal as a running program would have left it, by ``clock``."""

    clock: HandClock
    entries: list[Entry] = field(default_factory=list)
    _mark: Mark | None = None

    def do(self, command: Command) -> "Journal":
        """Write the event of ``command`` down, now by the clock."""
        reading = self.clock.read()
        if isinstance(command, Start):
            self._mark = begin(reading)
        event = decide(meeting_of(self.entries) if self.entries else None, command, self._now(reading))
        self.entries.append(Entry(event, reading))
        return self

    def found(self, alive: bool = True) -> Opening:
        """What opening the store finds. ``alive``: the last sign of life is now, not the last tap."""
        reading = self.clock.read()
        mark = Mark(self._now(reading), reading) if alive else self.entries[-1].mark
        return Opening(Recovered(list(self.entries), mark))

    def _now(self, reading: Reading) -> float:
        assert self._mark is not None, "a journal begins with its start"
        return self._mark.instant(reading)


def in_loop(test: Callable[P, Coroutine[Any, Any, None]]) -> Callable[P, None]:
    """Run an asynchronous test in an event loop of its own."""

    @wraps(test)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


async def others() -> None:
    """Let every task go on as far as it can without time passing."""
    for _turn in range(20):
        await asyncio.sleep(0)


@dataclass
class FakeTaker:
    """A system in which the shortcuts ``refused`` cannot be had; ``taken`` are those that are."""

    refused: dict[str, Reason] = field(default_factory=dict)
    taken: dict[str, Callable[[], None]] = field(default_factory=dict)
    closed: bool = False

    def take(self, shortcut: Shortcut, pressed: Callable[[], None]) -> None:
        assert str(shortcut) not in self.taken
        if str(shortcut) in self.refused:
            raise Refused(self.refused[str(shortcut)])
        self.taken[str(shortcut)] = pressed

    def release_all(self) -> None:
        self.taken.clear()

    def close(self) -> None:
        self.release_all()
        self.closed = True
