"""The side of the control channel in the program: takes one line, has it carried out, answers one line, hangs up.

Whatever comes down the line (too much, too little, nothing, nonsense) is answered by one sentence where anybody is left
to hear it, and never reaches the meeting. What is said here holds for every system; ``socket_server`` and
``pipe_server`` bring the guests. Imported after the first paint.
"""

import asyncio
import json
import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Protocol

from kohtaava_desktop.i18n import _

LONGEST_LINE = 64 * 1024
"""Bytes of one message. Twice as much is held in memory at most, for each connection."""

MOST_CONNECTIONS = 16
SILENCE_SECONDS = 5.0
"""How long a line may take to come, and an answer to be taken."""

Answer = dict[str, Any]
Handle = Callable[[dict[str, object]], Awaitable[Answer]]

_log = logging.getLogger(__name__)


class ControlUnavailable(Exception):
    """The program cannot be reached by ``kohtaava``; it works otherwise. Its text is the sentence to show."""

    code = "control-unavailable"


class ControlServer(Protocol):
    """The listening channel; made by ``serve``."""

    address: str

    async def listen(self) -> None:
        """Take connections from now on."""

    async def close(self) -> None:
        """Stop listening and leave nothing behind; a command that is being carried out is waited for."""


class Guest(Protocol):
    """Somebody who has connected."""

    def is_own(self) -> bool:
        """Whether it is a program of this user."""

    async def line(self) -> bytes:
        """The line it says, or what came before it ended; raises ``ValueError`` for more than ``LONGEST_LINE``."""

    async def tell(self, answer: bytes) -> None:
        """Send ``answer`` and hang up once it is on its way; raises ``OSError`` where nobody takes it."""

    def hang_up(self) -> None:
        """Let go at once; harmless after ``tell``."""


async def serve(folder: Path, handle: Handle, silence: float = SILENCE_SECONDS) -> ControlServer:
    """Listen for ``kohtaava`` on behalf of the program that keeps ``folder``; ``handle`` answers each request.

    A missing folder is made. Raises ``ControlUnavailable`` where there is no place to listen.
    """
    connections = Connections(handle, silence)
    server: ControlServer
    if sys.platform == "win32":
        from kohtaava_desktop.control import pipe_server

        server = pipe_server.bound(str(folder), connections)
    else:
        from kohtaava_desktop.control import socket_server

        server = socket_server.bound(str(folder), connections)
    await server.listen()
    return server


async def answer(line: bytes, handle: Handle) -> bytes:
    """The line that the message ``line`` gets: what ``handle`` says, or why it was not even asked. Never raises."""
    if not line.strip():
        return _usage("silence", _("No message came."))
    try:
        request = json.loads(line.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return _usage("not-json", _("The message could not be read: it must be one line of JSON in UTF-8."))
    if not isinstance(request, dict):
        return _usage("not-an-object", _("The message must be a JSON object with a command in it."))
    try:
        return _encoded(await handle(request))
    except Exception:  # noqa: BLE001 - whatever went wrong: the meeting goes on, and whoever asked hears of it
        _log.exception("a remote command failed")
        return _refused("failed", _("The program could not carry this out because of an error in itself."))


class Connections:
    """Those who are connected, and what happens to each."""

    def __init__(self, handle: Handle, silence: float) -> None:
        self._handle = handle
        self._silence = silence
        self._waiting: set[asyncio.Task[None]] = set()  # for their line to come
        self._open: set[asyncio.Task[None]] = set()

    def taken(self, guest: Guest) -> None:
        """A connection was taken; it is served, or told why not, without anybody waiting."""
        room = len(self._open) < MOST_CONNECTIONS
        task = asyncio.get_running_loop().create_task(self._serve(guest, room))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def close(self) -> None:
        """Hang up on whoever has not said anything yet, and wait for the others."""
        for task in self._waiting:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=self._silence)

    async def _serve(self, guest: Guest, room: bool) -> None:
        try:
            answer = await self._reply(guest) if room else _too_many()
            async with asyncio.timeout(self._silence):
                await guest.tell(answer)
        except OSError:
            pass  # nobody is left to hear it, or nobody listens
        finally:
            guest.hang_up()

    async def _reply(self, guest: Guest) -> bytes:
        if not guest.is_own():
            return _refused("not-yours", _("Another user's program cannot be controlled."))
        task = asyncio.current_task()
        assert task is not None
        self._waiting.add(task)
        try:
            async with asyncio.timeout(self._silence):
                line = await guest.line()
        except TimeoutError:
            return _usage("silence", _("No whole message came in time."))
        except ValueError:
            return _usage(
                "too-long", _("The message is too long: {limit} KiB at most.").format(limit=LONGEST_LINE // 1024)
            )
        finally:
            self._waiting.discard(task)
        return await answer(line, self._handle)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)  # NaN and the infinities are no JSON


def _encoded(answer: Answer) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode() + b"\n"


def _too_many() -> bytes:
    return _refused("too-many", _("Too many commands at once; please try again."))


def _usage(code: str, sentence: str) -> bytes:
    return _encoded({"ok": False, "exit": 2, "code": code, "message": sentence})


def _refused(code: str, sentence: str) -> bytes:
    return _encoded({"ok": False, "exit": 3, "code": code, "message": sentence})
