"""What a window asked for and is being done: kept until it is done, so that it can be waited for."""

import asyncio
from collections.abc import Coroutine
from typing import Any


class Errands:
    """The asynchronous work of one opener; the event loop itself keeps no strong reference to it."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def do(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin ``work`` soon, beside all else."""
        task = asyncio.ensure_future(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def done(self) -> None:
        """Wait until all that was asked for is shown, written or done, what it asked for in turn too."""
        while self._under_way:
            await asyncio.gather(*self._under_way)
