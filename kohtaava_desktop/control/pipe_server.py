"""The control channel over a named pipe: on Windows. See ``pipes`` for what is called of the system.

Waiting for a guest, hearing one out and answering one are each done in a thread that sleeps meanwhile; everything else
happens in the event loop. Nothing polls.
"""

import asyncio
import logging
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from kohtaava_desktop.control.server import LONGEST_LINE, MOST_CONNECTIONS, Connections, ControlUnavailable
from kohtaava_desktop.i18n import _

T = TypeVar("T")

_PIECE = 1 << 14
_REFUSED = 8
"""So many guests can be told at once that there are too many."""

_log = logging.getLogger(__name__)


class Pipe(Protocol):
    """One end of a connection, used by one thread at a time."""

    def sendall(self, data: bytes) -> None:
        """Send ``data``; raises ``OSError``."""

    def recv(self, most: int) -> bytes:
        """What has come, nothing at the end; raises ``OSError``."""

    def stop(self, speaking: bool) -> None:
        """Hear no more, and with ``speaking`` say no more: whoever waits for that is woken. From any thread."""

    def close(self) -> None:
        """Let go of it."""


class Listener(Protocol):
    """Where guests come in."""

    name: str

    def accept(self) -> Pipe | None:
        """The next guest, however long that takes; ``None`` once closed. Raises ``OSError`` where none can come."""

    def close(self) -> None:
        """Let nobody in any more. From any thread."""


class PipeServer:
    """The listening channel over a named pipe."""

    def __init__(self, listener: Listener, connections: Connections) -> None:
        self.address = listener.name
        self._listener, self._connections = listener, connections
        self._threads = ThreadPoolExecutor(MOST_CONNECTIONS + _REFUSED, thread_name_prefix="control")
        self._door: threading.Thread | None = None

    async def listen(self) -> None:
        """Take connections from now on."""
        self._door = threading.Thread(
            target=self._let_in, args=(asyncio.get_running_loop(),), name="control-door", daemon=True
        )
        self._door.start()

    async def close(self) -> None:
        """Stop listening and leave nothing behind; a command that is being carried out is waited for."""
        if self._door is None:
            return
        door, self._door = self._door, None
        self._listener.close()
        await asyncio.get_running_loop().run_in_executor(self._threads, door.join)
        await self._connections.close()
        self._threads.shutdown(wait=False)

    def _let_in(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            while (pipe := self._listener.accept()) is not None:
                loop.call_soon_threadsafe(self._taken, pipe)
        except OSError:
            _log.exception("nobody can be let in any more")

    def _taken(self, pipe: Pipe) -> None:
        self._connections.taken(_PipeGuest(pipe, self._threads))


class _PipeGuest:
    def __init__(self, pipe: Pipe, threads: ThreadPoolExecutor) -> None:
        self._pipe, self._threads = pipe, threads

    def is_own(self) -> bool:
        return True  # nobody else can open the pipe

    async def line(self) -> bytes:
        return await self._in_thread(lambda: heard(self._pipe), speaking=False)

    async def tell(self, answer: bytes) -> None:
        await self._in_thread(lambda: self._pipe.sendall(answer), speaking=True)

    def hang_up(self) -> None:
        self._pipe.close()

    async def _in_thread(self, work: Callable[[], T], speaking: bool) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        except asyncio.CancelledError:
            self._pipe.stop(speaking)
            raise


def heard(pipe: Pipe) -> bytes:
    """The line that comes through ``pipe``, or what came before its end; raises ``ValueError`` where it is too long."""
    said = b""
    while b"\n" not in said and len(said) <= LONGEST_LINE and (piece := pipe.recv(_PIECE)):
        said += piece
    line, end, _rest = said.partition(b"\n")
    if len(line) > LONGEST_LINE:
        raise ValueError("the line is too long")
    return line + end


def bound(data_folder: str, connections: Connections) -> PipeServer:
    """Offer the pipe for the program that keeps ``data_folder``; raises ``ControlUnavailable``."""
    if sys.platform == "win32":
        from kohtaava_desktop.control import pipes

        try:
            return PipeServer(pipes.Listener(data_folder), connections)
        except OSError as error:
            reason = error.strerror or str(error)
            sentence = _("The program cannot be reached from the command line: {reason}.")
            raise ControlUnavailable(sentence.format(reason=reason.strip().rstrip("."))) from error
    raise ControlUnavailable(_("On this system the program cannot be reached from the command line."))
