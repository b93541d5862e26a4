"""Looks at the data folder for ``kohtaava doctor``, beside the running program: not a byte changes."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from kohtaava_desktop.store import files
from kohtaava_desktop.store.errors import Damaged, DatabaseFromNewerVersion, DiskTrouble, Locked, StoreError
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING

MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class FolderFound:
    """The data folder: whether it is there, a folder, open to others, writable, and the bytes that are free there."""

    exists: bool
    is_folder: bool
    open_to_others: bool
    writable: bool
    free: int


def look_at_folder(folder: Path) -> FolderFound:
    """What can be told of ``folder`` without writing to it. Of one that is not there yet, what is above it tells."""
    standing = next(each for each in (folder, *folder.parents) if _is_there(each))
    exists = standing == folder
    try:
        mode = standing.stat().st_mode
        free = shutil.disk_usage(standing).free
    except OSError:
        return FolderFound(exists, standing.is_dir(), False, False, 0)
    open_to_others = exists and os.name == "posix" and bool(mode & 0o077)
    return FolderFound(exists, standing.is_dir(), open_to_others, os.access(standing, os.W_OK | os.X_OK), free)


def has_journal(folder: Path) -> bool:
    """Whether a meeting is in hand."""
    return _is_there(folder / JOURNAL)


def waiting_meetings(folder: Path) -> bool:
    """Whether finished meetings wait outside the database."""
    return _is_there(folder / WAITING)


def _is_there(path: Path) -> bool:
    """Whether there is anything at ``path``; false where nobody may look."""
    try:
        return path.exists()
    except OSError:
        return False


def count_meetings(folder: Path) -> int | None:
    """How many meetings the database holds, once every page of it has been read and is sound.

    ``None`` when there is no database yet. Raises ``StoreError``. Where the program writes meanwhile, it is read again.
    """
    path = folder / MEETINGS
    for _again in range(MOST_TIMES):
        before = _signature(path)
        try:
            found = _count(path)
        except StoreError:
            if _signature(path) == before:
                raise
        else:
            if _signature(path) == before:
                return found
    raise Locked(path)


def _signature(path: Path) -> tuple[tuple[int, int] | None, ...]:
    """What changes when anybody writes to the database."""
    return tuple(_stamp(each) for each in (path, *(files.beside(path, log) for log in files.LOGS)))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _count(path: Path) -> int | None:
    from kohtaava_desktop.store import database
    from kohtaava_desktop.store.migrations import KNOWN_VERSION

    with database.translated(path):
        if not path.exists():
            return None
        if not path.is_file():
            raise DiskTrouble(path, "not-a-file")
        if files.is_stump(path):
            raise Damaged(path)
        at_rest = not any(files.size(files.beside(path, log)) for log in files.LOGS)
        with database.looking(path, at_rest) as db:
            version = database.version(db)
            if version > KNOWN_VERSION:
                raise DatabaseFromNewerVersion(path, version, KNOWN_VERSION)
            if not database.is_sound(db):
                raise Damaged(path)
            return int(db.table("meeting").count) if "meeting" in db.table_names() else 0
