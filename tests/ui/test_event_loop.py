"""The event loop of Windows, on this system: it needs nothing but Qt."""

import asyncio
import gc
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.ui.event_loop import QuietLoop


@pytest.fixture
def loop(qapp: QApplication) -> QuietLoop:
    """A loop that is closed by the test."""
    return QuietLoop(qapp)


def test_tasks_timers_threads_and_calls_from_elsewhere_all_come_back(loop: QuietLoop) -> None:
    async def life() -> list[str]:
        running = asyncio.get_running_loop()
        called: asyncio.Future[str] = running.create_future()
        threading.Thread(target=lambda: running.call_soon_threadsafe(called.set_result, "called")).start()
        slept = await asyncio.wait_for(asyncio.sleep(0.01, "slept"), 10)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await asyncio.sleep(10)
        return [slept, await called, await running.run_in_executor(None, lambda: "in a thread")]

    with loop:
        assert loop.run_until_complete(life()) == ["slept", "called", "in a thread"]
    assert loop.is_closed()


def test_it_opens_nothing_and_keeps_no_thread(loop: QuietLoop) -> None:
    def held() -> set[object]:
        found: set[object] = set(threading.enumerate())
        for link in Path("/proc/self/fd").iterdir():
            with suppress(FileNotFoundError):  # the descriptor that lists the folder
                found.add((link.name, str(link.readlink())))
        return found

    async def rest() -> set[object]:
        await asyncio.sleep(0.01)
        return held()

    gc.collect()
    before = held()
    with loop:
        assert loop.run_until_complete(rest()) - before == set(), "what others let go of meanwhile is not asked about"
