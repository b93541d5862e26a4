"""Being told that the clock was set or that the computer slept: one timer in the kernel, and nothing that wakes."""

import asyncio
import ctypes
import errno
import os
import select
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kohtaava_desktop.integration import clock_changes
from tests.support import in_loop

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the kernel's timer is the Linux part; no other can run"
)


def timers() -> list[int]:
    """The file descriptors of this process that are timers of the kernel."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the descriptor that lists the folder
            if str(link.readlink()) == "anon_inode:[timerfd]":
                found.append(int(link.name))
    return found


def known_of(timer: int) -> dict[str, str]:
    """What the kernel knows of ``timer``."""
    lines = Path(f"/proc/self/fdinfo/{timer}").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@contextmanager
def watched(changed: Callable[[], None]) -> Iterator[int]:
    """Watch; the timer's file descriptor."""
    before = timers()
    stop = clock_changes.watch(changed)
    [timer] = [each for each in timers() if each not in before]
    yield timer
    stop()
    assert timers() == before, "the timer is gone"


def run_out(timer: int) -> None:
    """Let ``timer`` run out, as a cancelled one becomes readable at once; that it has may take an interrupt."""
    long_ago = (ctypes.c_long * 4)(0, 0, 1, 0)
    assert ctypes.CDLL(None).timerfd_settime(timer, 1, long_ago, None) == 0
    assert select.select([timer], [], [], 10)[0] == [timer]


async def some_turns() -> None:
    """Let the loop look at its file descriptors."""
    for _turn in range(5):
        await asyncio.sleep(0)


@in_loop
async def test_the_kernel_took_the_timer_for_one_that_every_setting_of_the_clock_cancels() -> None:
    with watched(lambda: None) as timer:
        known = known_of(timer)
    assert known["clockid"] == "0", "the wall clock"
    assert known["settime flags"] == "03", "TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET"
    years = int(known["it_value"].strip("()").split(",")[0]) / (365 * 86_400)
    assert years > 200, "it never runs out by itself"


@pytest.mark.parametrize("cancelled", [True, False])
@in_loop
async def test_each_change_is_told_once(monkeypatch: pytest.MonkeyPatch, cancelled: bool) -> None:
    told: list[bool] = []
    read = os.read

    def read_cancelled(file: int, count: int) -> bytes:
        read(file, count)
        raise OSError(errno.ECANCELED, "cancelled")

    with watched(lambda: told.append(True)) as timer:
        if cancelled:
            monkeypatch.setattr(os, "read", read_cancelled)
        await some_turns()
        assert told == []
        for times in (1, 2):
            run_out(timer)
            await some_turns()
            assert len(told) == times
        monkeypatch.undo()


@in_loop
async def test_without_a_change_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []

    def nothing(_file: int, _count: int) -> bytes:
        raise BlockingIOError

    with watched(lambda: told.append(True)) as timer:
        monkeypatch.setattr(os, "read", nothing)
        run_out(timer)
        await some_turns()
        monkeypatch.undo()
    assert told == []


@in_loop
async def test_where_the_kernel_gives_no_timer_nothing_is_told_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Refusing:
        def timerfd_create(self, *_arguments: object) -> int:
            return -1

    before = timers()
    monkeypatch.setattr(ctypes, "CDLL", lambda _name: Refusing())
    stop = clock_changes.watch(lambda: None)
    assert timers() == before
    stop()
