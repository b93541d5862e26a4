"""Guests of the control channel and the two ways in for them: a Unix socket, and pairs of sockets for a pipe's ends."""

import asyncio
import json
import queue
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kohtaava_desktop.control import server
from kohtaava_desktop.control.pipe_server import PipeServer
from kohtaava_desktop.control.server import Connections, ControlServer, serve

UP = b'{"command":"up"}\n'
DONE = {"ok": True}
SHORT = 0.05
"""Seconds, where a test has to wait until nothing happens."""
BRIEF = 0.5
"""The same, where meanwhile a thread has to have its turn, which a busy machine may keep from it for a while."""
PATIENCE = 10.0
"""Seconds after which something has gone wrong."""


@dataclass(slots=True)
class Notes:
    """Takes every request, notes it and says yes."""

    heard: list[dict[str, object]] = field(default_factory=list)

    async def __call__(self, request: dict[str, object]) -> dict[str, Any]:
        self.heard.append(request)
        return DONE


def connect(address: str) -> socket.socket:
    """A guest at the socket ``address``."""
    guest = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    guest.settimeout(PATIENCE)
    guest.connect(address)
    return guest


def names(folder: Path) -> list[str]:
    """What lies in ``folder``."""
    return sorted(each.name for each in folder.iterdir())


def told(guest: socket.socket) -> dict[str, Any]:
    """All that the guest is told until the server hangs up."""
    with guest:
        heard = b""
        with suppress(ConnectionResetError):  # the server left without hearing everything
            while piece := guest.recv(4096):
                heard += piece
    answer: dict[str, Any] = json.loads(heard)
    return answer


class PairedPipe:
    """The server's end of a pipe; ``stop`` wakes whoever waits, as it does on Windows."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.closed = threading.Event()

    def sendall(self, data: bytes) -> None:
        self._end.sendall(data)

    def recv(self, most: int) -> bytes:
        return self._end.recv(most)

    def stop(self, speaking: bool) -> None:
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR if speaking else socket.SHUT_RD)

    def close(self) -> None:
        self._end.close()
        self.closed.set()


class Door:
    """Lets guests in, whoever calls."""

    name = "door"

    def __init__(self) -> None:
        self._coming: queue.SimpleQueue[PairedPipe | OSError | None] = queue.SimpleQueue()
        self.let_in: list[PairedPipe] = []

    def accept(self) -> PairedPipe | None:
        guest = self._coming.get()
        if isinstance(guest, OSError):
            raise guest
        return guest

    def close(self) -> None:
        self._coming.put(None)

    def break_down(self) -> None:
        self._coming.put(OSError("no more of these"))

    def call(self) -> socket.socket:
        """A guest's end of a new pipe."""
        own, theirs = socket.socketpair()
        own.settimeout(PATIENCE)
        pipe = PairedPipe(theirs)
        self.let_in.append(pipe)
        self._coming.put(pipe)
        return own


@dataclass(frozen=True, slots=True)
class Way:
    """A server that listens, and how guests come to it."""

    server: ControlServer
    call: Callable[[], socket.socket]

    async def say(self, line: bytes = UP) -> dict[str, Any]:
        """What a guest who says ``line`` is told."""

        def speak() -> dict[str, Any]:
            guest = self.call()
            with suppress(BrokenPipeError, ConnectionResetError):
                guest.sendall(line)
            return told(guest)

        return await asyncio.to_thread(speak)


@asynccontextmanager
async def over_socket(data: Path, handle: server.Handle, silence: float) -> AsyncIterator[Way]:
    """Over a Unix socket; nothing is left of it in ``data``."""
    listening = await serve(data, handle, silence)
    try:
        yield Way(listening, lambda: connect(listening.address))
    finally:
        await listening.close()
    assert names(data) == []


@asynccontextmanager
async def over_pipe(_data: Path, handle: server.Handle, silence: float) -> AsyncIterator[Way]:
    """Over pairs of sockets; afterwards every pipe is closed, and no thread is left."""
    door = Door()
    listening = PipeServer(door, Connections(handle, silence))
    await listening.listen()
    try:
        yield Way(listening, door.call)
    finally:
        await listening.close()
    assert all(pipe.closed.is_set() for pipe in door.let_in)
    for thread in threading.enumerate():
        if thread.name.startswith("control"):
            await asyncio.to_thread(thread.join, PATIENCE)
            assert not thread.is_alive()
