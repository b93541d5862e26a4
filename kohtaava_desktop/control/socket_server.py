"""The control channel over a Unix socket: everywhere but on Windows. See ``endpoint`` for where it lies."""

import asyncio
import os
import socket
import stat
from pathlib import Path

from kohtaava_desktop.control import endpoint
from kohtaava_desktop.control.server import LONGEST_LINE, Connections, ControlUnavailable
from kohtaava_desktop.i18n import _


class SocketServer:
    """The listening channel over a socket; made by ``bound``."""

    def __init__(self, listening: socket.socket, folder: endpoint.Folder, name: str, connections: Connections) -> None:
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
        self._server = await asyncio.start_server(self._taken, sock=self._listening, limit=LONGEST_LINE)

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

    def _taken(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections.taken(_SocketGuest(reader, writer))


class _SocketGuest:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer
        writer.transport.set_write_buffer_limits(high=0)  # so that drained means sent

    def is_own(self) -> bool:
        return endpoint.is_own(self._writer.get_extra_info("socket"))

    async def line(self) -> bytes:
        return await self._reader.readline()

    async def tell(self, answer: bytes) -> None:
        self._writer.write(answer)
        await self._writer.drain()
        self._writer.close()

    def hang_up(self) -> None:
        if not self._writer.is_closing():
            self._writer.transport.abort()


def bound(data_folder: str, connections: Connections) -> SocketServer:
    """Make the socket for the program that keeps ``data_folder``; raises ``ControlUnavailable``."""
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
            return SocketServer(_bind(folder, place.name), folder, place.name, connections)
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
