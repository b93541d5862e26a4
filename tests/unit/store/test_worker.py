"""The store as the rest of the program awaits it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import pytest

from kohtaava_desktop.domain.disclosure import Thresholds, released
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.timeline import Mark
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.releases import MonthOpen
from kohtaava_desktop.store.shelf import MEETINGS, Shelf
from kohtaava_desktop.store.worker import Opening, Store
from tests.unit.store import samples


def with_store(folder: Path, use: Callable[[Store], Awaitable[None]]) -> Opening:
    """Open the store in ``folder``, use it, close it; what was found at the opening."""

    async def run() -> Opening:
        store = Store(folder)
        opening = await store.open()
        try:
            await use(store)
        finally:
            await store.close()
        return opening

    return asyncio.run(run())


def test_what_leaves_of_a_month(tmp_path: Path) -> None:
    october = [samples.record(n, iso_week="2026-W42", planned_minutes=45, quality=Quality.OK) for n in range(12)]

    async def give_out(store: Store) -> None:
        for record in october:
            await store.settle(record)
        first = await store.release("2026-10", date(2026, 11, 2), Thresholds())
        assert first.groups == released(october)
        assert await store.release("2026-10", date(2027, 1, 1), Thresholds()) == first
        with pytest.raises(MonthOpen):
            await store.release("2026-11", date(2026, 11, 2), Thresholds())

    assert with_store(tmp_path / "data", give_out) == Opening(None, ())


async def nothing(store: Store) -> None:
    """Only look."""


def test_a_whole_meeting(tmp_path: Path) -> None:
    async def meeting(store: Store) -> None:
        await store.append(samples.entry(0))
        await store.append_all(samples.finished(6)[1:])
        await store.settle(samples.record(1))
        assert await store.count() == 1
        assert await store.own_median_farewell() is None
        assert await store.remove_older_than("2026-W01") == 0
        assert await store.take_notices() == ()

    assert with_store(tmp_path / "data", meeting) == Opening(None, ())
    assert samples.names(tmp_path / "data") == ["kohtaava.db"]


def test_closing_in_a_meeting_leaves_it_in_hand(tmp_path: Path) -> None:
    async def begun(store: Store) -> None:
        await store.append_all(samples.entries(3))
        await store.alive(samples.BEGUN + 100, samples.reading(100))

    with_store(tmp_path, begun)
    recovered = with_store(tmp_path, nothing).recovered
    assert recovered is not None
    assert recovered.entries == samples.entries(3)
    assert recovered.alive == Mark(samples.BEGUN + 100, samples.reading(100))


def test_calls_are_carried_out_in_their_order_though_nobody_waits(tmp_path: Path) -> None:
    async def hurried(store: Store) -> None:
        await asyncio.gather(*(store.append(entry) for entry in samples.entries(25)))

    with_store(tmp_path, hurried)
    recovered = with_store(tmp_path, nothing).recovered
    assert recovered is not None
    assert recovered.entries == samples.entries(25)


def test_a_call_that_nobody_waits_for_any_more_is_carried_out_all_the_same(tmp_path: Path) -> None:
    async def impatient(store: Store) -> None:
        task = asyncio.ensure_future(store.append(samples.entry(0)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await store.append(samples.entry(1))

    with_store(tmp_path, impatient)
    recovered = with_store(tmp_path, nothing).recovered
    assert recovered is not None
    assert recovered.entries == samples.entries(2)


def test_errors_come_to_whoever_awaits(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"")

    async def refused(store: Store) -> None:
        with pytest.raises(StoreError) as error:
            await store.append(samples.entry(0))
        assert error.value.code == "folder-unusable"

    assert [notice.code for notice in with_store(tmp_path / "data", refused).notices] == ["folder-unusable"]


def test_the_loop_never_does_the_work_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And goes on meanwhile: another thread's lock would otherwise stand still with it."""
    threads: set[str] = set()
    going, done = threading.Event(), threading.Event()
    settle = Shelf.settle

    def slow(self: Shelf, record: object) -> None:
        threads.add(threading.current_thread().name)
        going.set()
        assert done.wait(10)
        settle(self, None)

    monkeypatch.setattr(Shelf, "settle", slow)

    async def painting(store: Store) -> None:
        await store.append(samples.entry(0))
        task = asyncio.ensure_future(store.settle(None))
        assert await asyncio.to_thread(going.wait, 10)
        assert not task.done()
        done.set()
        await task

    with_store(tmp_path, painting)
    assert threads == {"store_0"}


def test_nothing_slow_is_imported_before_the_first_call() -> None:
    program = (
        "import sys; from kohtaava_desktop.store import worker, errors, lines; "
        "print([name for name in ('sqlite3', 'sqlite_utils') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert ran.stdout == "[]\n"


def test_what_a_question_finds_is_told_at_once(tmp_path: Path) -> None:
    called: list[str] = []

    async def use(store: Store) -> None:
        store.to_tell = lambda: called.append("to tell")
        assert await store.count() == 3
        assert called == []
        with (tmp_path / MEETINGS).open("r+b") as file:
            file.write(b"scribble")
        (tmp_path / MEETINGS).rename(tmp_path / "other.db")  # another file than the one that was looked at
        (tmp_path / MEETINGS).write_bytes((tmp_path / "other.db").read_bytes())
        await store.choices("2099-W01")
        assert len(called) > 0
        assert [notice.code for notice in await store.take_notices()] == ["database-set-aside"]
        before = len(called)
        await store.count()
        assert len(called) == before

    Shelf(tmp_path).meetings.add_all(samples.records(3))
    with_store(tmp_path, use)
