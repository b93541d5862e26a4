"""Files, apart from SQLite: private, durable, and overwritten before they go.

Nothing here opens a database file that SQLite has open in this process: closing such a second descriptor would drop
SQLite's locks on it.
"""

import errno
import os
import stat
from contextlib import suppress
from itertools import count
from pathlib import Path

from kohtaava_desktop.store.errors import DiskFull, DiskTrouble, FolderUnusable, ReadOnly, StoreError

LOGS = ("-wal", "-journal")
"""The files beside a database in which SQLite may keep content of it."""
SIDES = (*LOGS, "-shm")
"""All that SQLite keeps beside a database."""
PROBE_BYTES = 64 * 1024
"""About what the journal of one meeting takes."""
HEADER_BYTES = 100
"""The shortest beginning of a database."""
_CHUNK = 64 * 1024
_GONE = ".gone-"
_OUR_NAMES = ("kohtaava", "meeting-in-hand", "control.sock", "settings.json", "state.json")
"""How the names of the files in our own folders begin."""


def named(error: OSError, path: Path) -> StoreError:
    """The typed error for what the system said about ``path``."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return ReadOnly(path)
    return DiskTrouble(path, error.strerror or str(error))


def make_folder(folder: Path) -> None:
    """Make ``folder`` and what is above it; afterwards only the user can look into it. Raises ``FolderUnusable``.

    A folder that belongs to someone else, is shared by design (``/tmp``) or holds anything besides our own files keeps
    its mode: closing it could lock others out of what is theirs. Our files are private by themselves.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderUnusable(folder, "not-a-folder") from error
    except OSError as error:
        reasons = {errno.EACCES: "not-allowed", errno.EPERM: "not-allowed", errno.EROFS: "not-allowed"}
        reasons |= {errno.ENOSPC: "no-space", errno.EDQUOT: "no-space"}
        raise FolderUnusable(folder, reasons.get(error.errno or 0, error.strerror or str(error))) from error
    with suppress(OSError):  # a read-only disk; whether that matters shows when something is written
        found = folder.stat()
        own = os.name == "posix" and found.st_uid == os.getuid() and not found.st_mode & stat.S_ISVTX
        if own and all(each.name.startswith(_OUR_NAMES) for each in folder.iterdir()):
            folder.chmod(0o700)


def check_writable(folder: Path) -> None:
    """Find out now, not at the first tap, that ``folder`` is read-only or the disk full; raises a ``StoreError``."""
    probe = folder / "kohtaava-probe"
    try:
        probe.write_bytes(bytes(PROBE_BYTES))
    except OSError as error:
        raise named(error, folder) from error
    finally:
        with suppress(OSError):
            probe.unlink()


def may_write(path: Path) -> bool:
    """Whether the system lets the user write to the file ``path`` and make files beside it."""
    if not (path.is_file() and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return False
    if os.name == "posix":
        return True
    try:  # os.access knows nothing of Windows' access lists
        path.open("r+b").close()
    except OSError:
        return False
    return True


def make_private(path: Path) -> None:
    """Make ``path``, and its folder, where they are missing; only the user may read or write it, whatever the umask.

    SQLite gives the files it makes beside a database the database's own mode.
    """
    make_folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
    path.chmod(0o600)


def beside(path: Path, side: str) -> Path:
    """The file that SQLite keeps beside ``path`` under its name with ``side`` after it."""
    return path.with_name(path.name + side)


def size(path: Path) -> int:
    """The size of ``path`` in bytes, 0 where there is none."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def is_stump(path: Path) -> bool:
    """Whether ``path`` is so short that SQLite would take it for a new database, and drop it and the log beside it."""
    found = size(path)
    return found < HEADER_BYTES and bool(found or size(beside(path, "-wal")))


def signature(path: Path) -> tuple[tuple[int, int] | None, ...]:
    """What changes when anybody writes to the database ``path``."""
    return tuple(_stamp(each) for each in (path, *(beside(path, log) for log in LOGS)))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file that is at ``path`` now from one that was there before; ``None`` where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def everything_in(*paths: Path) -> list[bytes]:
    """The bytes of the databases ``paths`` and of the logs beside them, file by file; missing files are left out."""
    found = [file for path in paths for file in (path, *(beside(path, log) for log in LOGS))]
    return [file.read_bytes() for file in found if file.is_file()]


def overwrite(path: Path, head: int = 0) -> None:
    """Overwrite ``path`` with zeros, durably; the first ``head`` bytes durably before the rest. Its size stays."""
    with path.open("r+b", buffering=0) as file:
        left = os.fstat(file.fileno()).st_size
        for part in (min(head, left), left - min(head, left)):
            for start in range(0, part, _CHUNK):
                file.write(bytes(min(_CHUNK, part - start)))
            os.fsync(file.fileno())


def retire(path: Path) -> None:
    """Give the database ``path`` a name that nobody takes for it; from this instant it is gone. Raises ``OSError``.

    The rename comes before the overwriting, so that half-overwritten files are never taken for sound ones.
    """
    if path.exists():
        names = (beside(path, f"{_GONE}{n}") for n in count(1))
        path.rename(next(name for name in names if not name.exists()))
        sync_folder(path.parent)


def finish_destroying(path: Path) -> None:
    """Overwrite with zeros, durably, and remove what was retired of ``path``, and sides whose database is no more.

    Also completes what a crash cut short. Raises ``OSError``.
    """
    doomed = list(path.parent.glob(f"{path.name}{_GONE}*"))
    if not path.exists():
        doomed += [side for each in SIDES if (side := beside(path, each)).exists()]
    for file in doomed:
        overwrite(file)
        file.unlink()
    if doomed:
        sync_folder(path.parent)


def destroy(path: Path) -> None:
    """Retire the database ``path``, overwrite it and what lies beside it, and remove it. Raises ``OSError``."""
    retire(path)
    finish_destroying(path)


def replacement_of(path: Path) -> Path:
    """Where the sound successor of a damaged ``path`` is built."""
    return path.with_name(f"{path.stem}-replacement{path.suffix}")


def set_aside(path: Path) -> Path:
    """Rename the damaged ``path`` to ``…-damaged-<n>``, and put its replacement in its place if there is one.

    The file itself is not changed. Its logs go first: left beside the replacement, SQLite would play them into that.
    ``finish_replacing`` completes a set-aside that was cut short. Raises ``OSError``.
    """
    names = (path.with_name(f"{path.stem}-damaged-{n}{path.suffix}") for n in count(1))
    aside = next(name for name in names if not name.exists())
    for log in LOGS:
        if beside(path, log).exists():
            beside(path, log).replace(beside(aside, log))
    beside(path, "-shm").unlink(missing_ok=True)
    path.rename(aside)
    sync_folder(path.parent)
    finish_replacing(path)
    return aside


def finish_replacing(path: Path) -> None:
    """Where ``path`` is missing and its replacement stands ready, put that in its place."""
    replacement = replacement_of(path)
    if replacement.exists() and not path.exists():
        replacement.rename(path)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and removals in ``folder`` durable; Windows has no such call and does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
