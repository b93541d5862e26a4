"""One instance per data folder: whoever holds the lock file is the first."""

import errno
import os
import sys
from pathlib import Path

HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""How the systems say that another program has the lock."""


class InstanceLock:
    """A lock that the operating system lets go of when the program ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    def acquire(self) -> bool:
        """Whether this program is now the first; true as well where no lock can be had at all.

        A data folder that cannot be written, or a network drive without locks, must not keep the program from starting.
        """
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        except OSError:
            return True
        try:
            _lock(self._file)
        except OSError as error:
            self.release()
            return error.errno not in HELD
        return True

    @property
    def held(self) -> bool:
        """Whether the lock is this program's."""
        return self._file is not None

    def release(self) -> None:
        """Let go of the lock; harmless when it is not held."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
