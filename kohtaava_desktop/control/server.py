"""The side of the control channel in the program: takes one line, has it carried out, answers one line, hangs up.

Whatever comes down the line (too much, too little, nothing, nonsense) is answered by one sentence where anybody is left
to hear it, and never reaches the meeting. Imported after the first paint.
"""

import asyncio
import json
import logging
import os
import socket
import stat
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from kohtaava_desktop.control import endpoint
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


class ControlServer:
    """The listening channel; made by ``serve``."""

    def __init__(
        self, listening: socket.socket, folder: endpoint.Folder, name: str, connections: "_Connections"
    ) -> None:
        self.address = f"{folder.path}/{name}"
        self._listening = listening
        self._folder = folder
        self._name = name
        self._connections = connections
        self._inode = os.stat(name, dir_fd=folder.fd).st_ino
        self._server: asyncio.Server | None = None

    async def listen(self) -> None:
        """Take connections from now on."""
        # The socket is bound already, and asyncio's own clean-up of Unix sockets does not know about held folders.
        self._server = await asyncio.start_server(self._connections.taken, sock=self._listening, limit=LONGEST_LINE)

    async def close(self) -> None:
        """Stop listening and leave nothing behind; a command that is being carried out is waited for."""
        if self._server is None:
            return
        self._server.close()
        self._server = None
        try:
            if os.stat(self._name, dir_fd=self._folder.fd).st_ino == self._inode:  # and not a newer program's
                os.unlink(self._name, dir_fd=self._folder.fd)
        except OSError:
            pass  # it is gone, or its folder is; the next program would replace it anyway
        self._folder.close()
        await self._connections.close()


async def serve(folder: Path, handle: Handle, silence: float = SILENCE_SECONDS) -> ControlServer:
    """Listen for ``kohtaava`` on behalf of the program that keeps ``folder``; ``handle`` answers each request.

    A missing folder is made. Raises ``ControlUnavailable`` where there is no place to listen.
    """
    server = _bound(str(folder), _Connections(handle, silence))
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


class _Connections:
    """Those who are connected, and what happens to each."""

    def __init__(self, handle: Handle, silence: float) -> None:
        self._handle = handle
        self._silence = silence
        self._waiting: set[asyncio.Task[None]] = set()  # for their line to come
        self._open: set[asyncio.Task[None]] = set()

    def taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A connection was taken; it is served, or told why not, without anybody waiting."""
        room = len(self._open) < MOST_CONNECTIONS
        task = asyncio.get_running_loop().create_task(self._serve(reader, writer, room))
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    async def close(self) -> None:
        """Hang up on whoever has not said anything yet, and wait for the others."""
        for task in self._waiting:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=self._silence)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, room: bool) -> None:
        try:
            writer.transport.set_write_buffer_limits(high=0)  # so that drained means sent
            writer.write(await self._reply(reader, writer) if room else _too_many())
            async with asyncio.timeout(self._silence):
                await writer.drain()
            writer.close()
        except OSError:
            pass  # nobody is left to hear it, or nobody listens
        finally:
            if not writer.is_closing():
                writer.transport.abort()

    async def _reply(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        if not endpoint.is_own(writer.get_extra_info("socket")):
            return _refused("not-yours", _("Another user's program cannot be controlled."))
        task = asyncio.current_task()
        assert task is not None
        self._waiting.add(task)
        try:
            async with asyncio.timeout(self._silence):
                line = await reader.readline()
        except TimeoutError:
            return _usage("silence", _("No whole message came in time."))
        except ValueError:
            return _usage(
                "too-long", _("The message is too long: {limit} KiB at most.").format(limit=LONGEST_LINE // 1024)
            )
        finally:
            self._waiting.discard(task)
        return await answer(line, self._handle)


def _bound(data_folder: str, connections: _Connections) -> ControlServer:
    if not endpoint.SUPPORTED:
        raise ControlUnavailable(_("On this system the program cannot be reached from the command line."))
    for where in (endpoint.at_home, endpoint.elsewhere):
        place = where(data_folder)
        try:
            Path(place.folder).mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = place.open()
        except OSError:
            continue
        try:
            return ControlServer(_bind(folder, place.name), folder, place.name, connections)
        except OSError:
            folder.close()
    raise ControlUnavailable(
        _("The program cannot be reached from the command line: there is no folder for the channel.")
    )


def _bind(folder: endpoint.Folder, name: str) -> socket.socket:
    """Listen under ``name``. It appears complete, in one step, closed to other users, in place of a stale socket."""
    coming = f"{name}.new"
    if _is_socket(folder, coming):
        os.unlink(coming, dir_fd=folder.fd)
    _is_socket(folder, name)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(folder.address(coming))
        os.chmod(coming, 0o600, dir_fd=folder.fd)
        listening.listen()
        os.rename(coming, name, src_dir_fd=folder.fd, dst_dir_fd=folder.fd)
        return listening
    except OSError:
        listening.close()
        raise


def _is_socket(folder: endpoint.Folder, name: str) -> bool:
    """Whether ``name`` is a socket that a program left; raises ``FileExistsError`` for a file, which is not ours."""
    try:
        about = os.stat(name, dir_fd=folder.fd, follow_symlinks=False)
    except FileNotFoundError:
        return False
    if not stat.S_ISSOCK(about.st_mode):
        raise FileExistsError(name)
    return True


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
