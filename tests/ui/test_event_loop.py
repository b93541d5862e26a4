"""The event loop of Windows, on this system: it needs nothing but Qt."""

import asyncio
import threading
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
    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    async def rest() -> tuple[int, int]:
        await asyncio.sleep(0.01)
        return held()

    before = held()
    with loop:
        assert loop.run_until_complete(rest()) == before
