"""Looks at the data folder, for ``kohtaava doctor`` and *What is stored*, beside the running program.

Not a byte changes by it.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kohtaava_desktop.domain.release import folder_name
from kohtaava_desktop.store import erasure, files
from kohtaava_desktop.store.errors import Damaged, DatabaseFromNewerVersion, DiskTrouble, Locked, StoreError
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database

T = TypeVar("T")

MOST_TIMES = 5


@dataclass(frozen=True, slots=True)
class FolderFound:
    """The data folder: whether it is there, a folder, open to others, writable, and the bytes that are free there."""

    exists: bool
    is_folder: bool
    open_to_others: bool
    writable: bool
    free: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept: finished meetings, those of them that wait, and names of damaged copies.

    ``prepared``: the folder names of the months put together for an export, whether they were written anywhere or not.
    What cannot be read now is ``None``.
    """

    meetings: int | None = 0
    waiting: int | None = 0
    prepared: tuple[str, ...] | None = ()
    in_hand: bool = False
    set_aside: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is anything at all to delete."""
        return (
            any(each != 0 for each in (self.meetings, self.waiting))
            or self.prepared != ()
            or self.in_hand
            or bool(self.set_aside)
        )


def kept(folder: Path) -> Kept:
    """How much there is in ``folder``; never raises. A damaged file is only told by what cannot be read."""
    meetings, waiting = _number(folder / MEETINGS, "meeting"), _number(folder / WAITING, "meeting")
    try:
        prepared: tuple[str, ...] | None = prepared_months(folder)
    except StoreError:
        prepared = None
    together = meetings if meetings is None or waiting is None else meetings + waiting
    return Kept(together, waiting, prepared, has_journal(folder), damaged_copies(folder))


def damaged_copies(folder: Path) -> tuple[str, ...]:
    """The names of the damaged databases that were set aside."""
    try:
        return tuple(erasure.set_aside(folder))
    except OSError:
        return ()


def sums_are_right(folder: Path) -> bool | None:
    """Whether what has been added up for the statistics is what the meetings say; ``None`` without any.

    Reads every meeting. Raises ``StoreError``.
    """
    from kohtaava_desktop.store import tallies

    def look(db: "Database") -> bool:
        return "tally" not in db.table_names() or tallies.is_right(db)

    return _steadily(folder / MEETINGS, look)


def prepared_months(folder: Path) -> tuple[str, ...]:
    """The folder names of the months that are put together for an export. Raises ``StoreError``."""

    def look(db: "Database") -> tuple[str, ...]:
        if "release" not in db.table_names():
            return ()
        found = db.execute("SELECT month, contributor FROM release WHERE contributor NOT NULL ORDER BY month")
        return tuple(folder_name(*each) for each in found)

    return _steadily(folder / MEETINGS, look) or ()


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

    ``None`` when there is no database yet. Raises ``StoreError``.
    """
    path = folder / MEETINGS

    def look(db: "Database") -> int:
        from kohtaava_desktop.store import database, releases

        if not (database.is_sound(db) and releases.is_sound(db)):
            raise Damaged(path)
        return _rows(db, "meeting")

    return _steadily(path, look)


def _number(path: Path, table: str) -> int | None:
    try:
        return _steadily(path, lambda db: _rows(db, table)) or 0
    except StoreError:
        return None


def _rows(db: "Database", table: str) -> int:
    return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]) if table in db.table_names() else 0


def _steadily(path: Path, look: Callable[["Database"], T]) -> T | None:
    """What ``look`` finds in the database; ``None`` when there is none. Raises ``StoreError``.

    Where the program writes meanwhile, it looks again.
    """
    for _again in range(MOST_TIMES):
        before = files.signature(path)
        try:
            found = _looked(path, look)
        except StoreError:
            if files.signature(path) == before:
                raise
        else:
            if files.signature(path) == before:
                return found
    raise Locked(path)


def _looked(path: Path, look: Callable[["Database"], T]) -> T | None:
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
            return look(db)
