"""Waiting for a share that may never answer."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
"""How long nothing at all may happen: a share that is only slow takes seconds for a file, not this."""


class NotAnswering(Exception):
    """Nothing happened for so long that it was given up."""


def patiently(work: Callable[[Callable[[], bool]], T], seconds: float = PATIENCE_SECONDS) -> T:
    """What ``work`` returns or raises. It calls what it is given at each step; where that is ``False``, it may stop.

    Raises ``NotAnswering`` when there was no step for ``seconds``: no call to the system can be cut short, so the
    thread that waits for it is left behind, and ends with the program.
    """
    step = threading.Event()
    given_up = threading.Event()
    results: list[T] = []
    errors: list[BaseException] = []

    def goes_on() -> bool:
        step.set()
        return not given_up.is_set()

    def run() -> None:
        try:
            results.append(work(goes_on))
        except BaseException as error:  # noqa: BLE001 - it is raised again where it is waited for
            errors.append(error)
        step.set()

    thread = threading.Thread(target=run, daemon=True, name="team folder")
    thread.start()
    try:
        while not (results or errors):
            if not step.wait(seconds):
                raise NotAnswering
            step.clear()
    finally:
        given_up.set()
    if errors:
        raise errors[0]
    return results[0]
