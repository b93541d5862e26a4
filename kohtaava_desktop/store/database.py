"""How every database file is opened, written and left.

sqlite-utils is imported when rows are first written by way of ``Database.table``. A meeting does without: with all that
it imports itself, sqlite-utils takes over 5 MiB and a fifth of a second.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaava_desktop.store import files
from kohtaava_desktop.store.errors import (
    Damaged,
    DiskFull,
    DiskTrouble,
    FolderUnusable,
    Locked,
    ReadOnly,
    RecordRefused,
    StoreError,
)

if TYPE_CHECKING:
    from sqlite_utils.db import Table

BUSY_SECONDS = 2.0
"""How long another program's lock is waited for."""
BRIEFLY_BUSY_SECONDS = 0.25
"""The same for what can be done another time as well."""
_WAL_HEADER = 32
_UNREADABLE_TEXT = "Could not decode to UTF-8"


class Database(sqlite3.Connection):
    """An open database."""

    def table_names(self) -> list[str]:
        """The tables there are."""
        return [name for (name,) in self.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]

    def table(self, name: str) -> "Table":
        """The table ``name``, to be written by way of sqlite-utils."""
        from sqlite_utils import Database as Tables

        return Tables(self, execute_plugins=False).table(name)


def connect(path: Path) -> Database:
    """Open ``path`` for reading and writing: write-ahead log, every commit on the disk before it returns.

    What is deleted is overwritten, and nothing is spilled into temporary files elsewhere.
    """
    # isolation_level=None: transactions begin where the code says so, never by themselves
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, factory=Database)
    try:
        for pragma in ("secure_delete=ON", "temp_store=MEMORY", "foreign_keys=ON", "trusted_schema=OFF"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
    except BaseException:
        db.close()
        raise
    return db


def version(db: Database) -> int:
    """The format version that an open database says it has; 0 for a new one."""
    return _one(db, "PRAGMA user_version")


def schema(db: Database) -> set[tuple[str, ...]]:
    """Everything that is defined in the database: type, name, table and the SQL that defined it."""
    return set(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall())


@contextmanager
def looking(path: Path, at_rest: bool = False) -> Iterator[Database]:
    """Open ``path`` to look only: not a byte of it or of its logs changes, as they would by being opened and closed.

    Except where a kill left a transaction half written in the file itself, as it can while the file is being made: that
    is rolled back first, there is nothing else to be read. Raises ``Damaged`` for what SQLite cannot make sense of.

    ``at_rest``: the file is whole by itself and nobody writes to it now. Then not even the empty files appear beside it
    that SQLite makes for a reader; whoever says so must see whether it was true.
    """
    if not at_rest and files.size(files.beside(path, "-journal")):
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    uri = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"
    with closing(sqlite3.connect(uri, timeout=BUSY_SECONDS, uri=True, factory=Database)) as db:
        try:
            yield db
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR:  # it makes no sense to SQLite
                raise Damaged(path) from error
            raise


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction, all or nothing, that has the right to write from its beginning on."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        db.rollback()
        raise


def quieten(db: Database, path: Path) -> bool:
    """Move everything from the write-ahead log of ``path`` into the database, then overwrite the log with zeros.

    Otherwise the log would keep in their order, and the disk after its removal, all rows that ever went through it.
    ``False`` when another program is reading or writing: then nothing is overwritten. Safe to be killed in: the log is
    overwritten only when all of it is durable in the database and nobody can write, its header durably before the
    rest, so that no part of it can be taken for a log again.
    """
    log = files.beside(path, "-wal")
    if not files.size(log):
        return True
    seen = _one(db, "PRAGMA data_version")
    if _one(db, "PRAGMA wal_checkpoint(RESTART)"):
        return False
    db.execute("BEGIN IMMEDIATE")
    try:
        if _one(db, "PRAGMA data_version") != seen:
            return False
        files.overwrite(log, head=_WAL_HEADER)
    finally:
        db.rollback()
    return not _one(db, "PRAGMA wal_checkpoint(TRUNCATE)")


def close(db: Database, path: Path) -> None:
    """Quieten and close. What cannot be overwritten now is when the file is next closed."""
    with suppress(sqlite3.Error, OSError):
        db.execute(f"PRAGMA busy_timeout={int(BRIEFLY_BUSY_SECONDS * 1000)}")
        quieten(db, path)
    db.close()


def is_sound(db: Database) -> bool:
    """Whether every page, every constraint and every reference holds. Reads the whole file.

    By a connection that only looks, SQLite skips the CHECK constraints.
    """
    report = db.execute("PRAGMA integrity_check(1)").fetchone()
    return bool(report == ("ok",) and db.execute("PRAGMA foreign_key_check").fetchone() is None)


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what SQLite and the system say about ``path`` into the errors of the store."""
    try:
        yield
    except sqlite3.Error as error:
        raise _named(error, path) from error
    except OSError as error:
        raise files.named(error, path) from error
    except UnicodeDecodeError as error:  # damaged text, or SQLite quoting it in what it has to say
        raise Damaged(path) from error


def _named(error: sqlite3.Error, path: Path) -> StoreError:
    # the low byte is the kind of trouble, the rest says where in SQLite it met it
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Damaged(path)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Locked(path)
        case sqlite3.SQLITE_FULL:
            return DiskFull(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Damaged(path) if _only_says_so(error, path) else ReadOnly(path)
        case sqlite3.SQLITE_CONSTRAINT:
            return RecordRefused(path, str(error))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
            return _disk_error(error, path)
    return Damaged(path) if _UNREADABLE_TEXT in str(error) else DiskTrouble(path, str(error))


def _only_says_so(error: sqlite3.Error, path: Path) -> bool:
    """Whether a file that may be written has a damaged header by which it may not."""
    return getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_READONLY and files.may_write(path)


def _disk_error(error: sqlite3.Error, path: Path) -> StoreError:
    """SQLite does not say why it could not open or write; the folder may tell."""
    try:
        files.make_folder(path.parent)
        if shutil.disk_usage(path.parent).free < files.PROBE_BYTES:
            return DiskFull(path)
        files.check_writable(path.parent)
    except FolderUnusable as reason:
        return reason
    except ReadOnly:
        return ReadOnly(path)
    except (StoreError, OSError):
        pass
    return DiskTrouble(path, str(error))


def _one(db: Database, sql: str) -> int:
    return int(db.execute(sql).fetchone()[0])
