"""What a window asked for and is being done: kept until it is done, so that it can be waited for."""

import asyncio
from collections.abc import Coroutine
from typing import Any

LAST_SECONDS = 2.0
"""So long the end of the program waits for a file that is being written: it may lie on a share that never answers."""


class Errands:
    """The asynchronous work of one opener; the event loop itself keeps no strong reference to it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()
        self._to_the_end: set[asyncio.Task[None]] = set()
        self._ended = False

    def do(self, work: Coroutine[Any, Any, None], *, to_the_end: bool = False) -> None:
        """Begin ``work`` soon, beside all else. ``to_the_end``: the end of the program, too, waits for it.

        After the end nothing begins any more.
        """
        if self._ended:
            work.close()
            return
        task = asyncio.ensure_future(work)
        for tasks in (self._under_way, self._to_the_end) if to_the_end else (self._under_way,):
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    async def done(self) -> None:
        """Wait until all that was asked for is shown, written or done, what it asked for in turn too."""
        while self._under_way:
            await asyncio.gather(*self._under_way)

    async def end(self, seconds: float | None = None) -> None:
        """The program ends: let go of what nobody will see any more, and wait for the rest, at most so long."""
        self._ended = True
        if self._to_the_end:
            await asyncio.wait([*self._to_the_end], timeout=seconds)
        for task in self._under_way:
            task.cancel()
        if self._under_way:
            await asyncio.wait([*self._under_way])
