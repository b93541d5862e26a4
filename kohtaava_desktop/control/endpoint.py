"""Where the socket of the control channel lies, whose it is, and how it is reached. On Windows there is ``pipes``.

The socket is ``control.sock`` in the data folder. Where it cannot be there (the folder is read-only, is a file, lies on
a file system without sockets), it is in a folder of the user's own below the one for temporary files, under a name
made from the data folder's. Both sides look in the same places in the same order.

``SUPPORTED`` is false where Python has no Unix sockets; there is no channel then.
"""

# ``import socket`` would cost every ``kohtaava up`` up to half the start of a bare Python more, for enumerations and
# selectors that are not used here. The class and the constants below it are these, and part of every CPython.
import _socket
import os
import sys

NAME = "control.sock"
SUPPORTED = hasattr(_socket, "AF_UNIX")
LONGEST_ADDRESS = 100
"""Bytes. The system takes 107 at most (103 on some); longer addresses are reached through an open folder."""


class Folder:
    """A folder held open, so that a socket in it can be addressed however long its path is."""

    def __init__(self, path: str, own: bool) -> None:
        """Open ``path``; with ``own`` only if it is no link, this user's, and closed to everybody else."""
        self.path = path
        self.fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (os.O_NOFOLLOW if own else 0))
        if own and not _closed_to_others(self.fd):
            self.close()
            raise PermissionError(f"{path} is open to others")

    def address(self, name: str) -> str:
        """What to bind or connect to for the socket ``name``; good while the folder is held open."""
        address = f"{self.path}/{name}"
        # Only Linux has this second way; elsewhere it leads nowhere, and the next place is tried.
        return address if len(os.fsencode(address)) <= LONGEST_ADDRESS else f"/proc/self/fd/{self.fd}/{name}"

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self.fd)


class Place:
    """One folder and name where the socket may be; ``own`` folders are made by this program for nothing else."""

    def __init__(self, folder: str, name: str, own: bool = False) -> None:
        self.folder = folder
        self.name = name
        self.own = own

    def open(self) -> Folder:
        """The folder, held open; raises ``OSError`` where it is not there or not to be trusted."""
        return Folder(self.folder, self.own)


def at_home(data_folder: str) -> Place:
    """Where the socket should be."""
    return Place(data_folder, NAME)


def elsewhere(data_folder: str) -> Place:
    """Where it is when the data folder cannot hold it."""
    from hashlib import sha256  # needed for this second place only

    name = sha256(os.fsencode(os.path.realpath(data_folder))).hexdigest()[:32]
    return Place(f"{os.environ.get('TMPDIR') or '/tmp'}/kohtaava-{os.getuid()}", f"{name}.sock", own=True)


def connect(data_folder: str, seconds: float) -> _socket.socket:
    """The connection to the program that keeps ``data_folder``, which waits for ``seconds`` at each step at most.

    Raises ``BlockingIOError`` where it listens but has not looked at those who came before, ``OSError`` where nobody
    of this user listens.
    """
    if not SUPPORTED:
        raise FileNotFoundError("there are no such sockets here")
    try:
        return _open(at_home(data_folder), seconds)
    except BlockingIOError:
        raise
    except OSError:
        return _open(elsewhere(data_folder), seconds)


def _open(place: Place, seconds: float) -> _socket.socket:
    folder = place.open()
    try:
        connection = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
        try:
            connection.settimeout(seconds)
            connection.connect(folder.address(place.name))
            if not is_own(connection):
                raise PermissionError("another user listens there")
        except OSError:
            connection.close()
            raise
    finally:
        folder.close()
    return connection


def is_own(connection: _socket.socket) -> bool:
    """Whether the program at the other end runs as this user; true where the system does not tell."""
    if not hasattr(_socket, "SO_PEERCRED"):
        return True
    credentials = connection.getsockopt(_socket.SOL_SOCKET, _socket.SO_PEERCRED, 12)  # pid, uid, gid: 4 bytes each
    return int.from_bytes(credentials[4:8], sys.byteorder) == os.getuid()


def _closed_to_others(folder: int) -> bool:
    about = os.fstat(folder)
    return about.st_uid == os.getuid() and about.st_mode & 0o077 == 0
