"""asyncio on Qt's event loop. Imported after the first paint."""

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import qasync

if TYPE_CHECKING:
    _OfQt: Any = object
else:
    _OfQt = qasync._QEventLoop


class QuietLoop(_OfQt, asyncio.BaseEventLoop):  # type: ignore[misc]  # qasync has no types
    """Tasks, timers, and calls from other threads; no sockets or pipes.

    qasync's own loop for Windows looks a hundred times a second whether a socket has something to say, and keeps a
    pair of TCP sockets for itself. On Windows nothing here uses sockets, so nothing has to be looked at.
    """

    def _before_run_forever(self) -> None:
        """Nothing is to be watched."""

    def _after_run_forever(self) -> None:
        """Nothing was watched."""


AsyncLoop = QuietLoop if sys.platform == "win32" else qasync.QEventLoop
"""The loop of this system, made with the ``QApplication``."""
