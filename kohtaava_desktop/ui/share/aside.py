"""Work with a share off the window's thread: a share that never answers holds up neither the window nor the end."""

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from kohtaava_desktop.store.patience import patiently

T = TypeVar("T")
GoesOn = Callable[[], bool]


async def aside(work: Callable[[GoesOn], T]) -> T:
    """What ``work`` returns or raises; see ``patience.patiently``, also for ``NotAnswering``.

    The threads are given up with the program: the program's end does not wait for them.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def bring(outcome: "T | None", error: BaseException | None) -> None:
        if answer.done():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(outcome)  # type: ignore[arg-type]

    def run() -> None:
        outcome, failure = None, None
        try:
            outcome = patiently(work)
        except Exception as error:  # noqa: BLE001 - it is raised again where it is waited for
            failure = error
        with suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits any more
            loop.call_soon_threadsafe(bring, outcome, failure)

    threading.Thread(target=run, daemon=True, name="aside").start()
    return await answer
