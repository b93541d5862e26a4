"""The journal of the meeting in hand: every tap durable, the exact times gone once the meeting is settled.

It is a file of its own that exists only while a meeting is in hand, so that getting rid of it needs no trust in how
SQLite reuses pages: the whole file is overwritten and removed.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from kohtaava_desktop.domain.events import Started
from kohtaava_desktop.domain.timeline import Mark, Reading
from kohtaava_desktop.store import database, files
from kohtaava_desktop.store.errors import Damaged, StoreError, StoreNotice
from kohtaava_desktop.store.lines import Entry, Found, Recovered, alive_line, carve, entry_line

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database

__all__ = ["VERSION", "Entry", "Journal", "Recovered"]

VERSION = 1
"""The format of the journal. It is not migrated: what another version left is read line by line."""
TABLES = {
    "entry": "CREATE TABLE entry (position INTEGER PRIMARY KEY, line TEXT NOT NULL)",
    "alive": "CREATE TABLE alive (id INTEGER PRIMARY KEY CHECK (id = 0), line TEXT NOT NULL)",
}
_DEFINED = {("table", name, name, sql) for name, sql in TABLES.items()}


class Journal:
    """The events of one meeting, in one file, written and read in one thread.

    It remembers what it made durable: a call that failed can be made again, and a file that was damaged or removed in
    the meantime is written anew with the next entry.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db: Database | None = None
        self._identity: tuple[int, int] | None = None
        self._entries: list[Entry] = []
        self._in_file = 0  # so many of the entries are known to be in the file that is open
        self._looked = False
        self._doomed = False
        self._notices: list[StoreNotice] = []

    def append(self, entry: Entry) -> None:
        """Add ``entry``; it is on the disk when this returns. Raises ``StoreError``, and then it was not added."""
        self.append_all([entry])

    def append_all(self, entries: list[Entry]) -> None:
        """Add ``entries`` in one transaction: all are on the disk when this returns, or none was added.

        The first entry makes the file. Raises ``StoreError``, or ``ValueError`` for entries that do not go on with the
        meeting in hand.
        """
        if not self._looked and self.read() is not None and any(isinstance(entry.event, Started) for entry in entries):
            self._replace([], None)  # a meeting that could not be read when the program started: not this one
        if self._doomed:
            self.destroy()
        everything = [*self._entries, *entries]
        if [entry for entry in everything if isinstance(entry.event, Started)] != everything[:1]:
            raise ValueError("a journal holds one meeting, from its start on")
        try:
            self._write(everything)
        except Damaged:
            self._replace(everything, None)
        self._entries = everything

    def alive(self, at: float, reading: Reading) -> None:
        """Remember that the program was there at ``at``. Survives a kill of the program, not a loss of power.

        One page goes into the log and is not synced, so that this can be done every minute without waking a disk; the
        next entry syncs it. Does nothing while no meeting is in hand. Raises ``StoreError``.
        """
        if not self._entries or not self._is_open():
            return
        with database.translated(self._path):
            assert self._db is not None
            self._db.execute("PRAGMA synchronous=NORMAL")
            try:
                _keep_alive(self._db, Mark(at, reading))
            finally:
                self._db.execute("PRAGMA synchronous=FULL")

    def read(self) -> Recovered | None:
        """The meeting in hand, or ``None``. What is written from now on goes on with it.

        Every line that is whole is found, also where the file is damaged or may not be written. A damaged file is set
        aside and a sound one put in its place; ``take_notices`` tells. Raises ``StoreError`` when the file cannot even
        be read.
        """
        self._close()
        self._entries, self._in_file, self._doomed = [], 0, False
        with database.translated(self._path):
            self._tidy()
            carved = carve(files.everything_in(self._path, files.replacement_of(self._path)))
            self._looked = True
            return self._recover(carved) if self._path.exists() else None

    def destroy(self) -> None:
        """Let the meeting go: its file is gone when this returns, overwritten with zeros and then removed.

        A file that could not even be read is another meeting's, and stays. Raises ``StoreError`` when the file is still
        there; the next entry then tries again first. What could only not be overwritten yet is told by
        ``take_notices``, and overwritten when the journal is next opened.
        """
        if not self._looked:
            return
        self._close()
        self._entries, self._in_file, self._doomed = [], 0, True
        with database.translated(self._path):
            files.retire(files.replacement_of(self._path))
            files.retire(self._path)
        self._doomed = False
        self._tidy()

    def close(self) -> None:
        """Close the file; the meeting in hand stays in it."""
        self._close()

    @property
    def has_notices(self) -> bool:
        """Whether there is something to say."""
        return bool(self._notices)

    def take_notices(self) -> tuple[StoreNotice, ...]:
        """What there has been to say since this was last asked."""
        notices, self._notices = tuple(self._notices), []
        return notices

    # inside

    def _recover(self, carved: Found) -> Recovered | None:
        damaged, stored = False, Found()
        try:
            stored = self._stored()
            with database.translated(self._path):
                self._opened()
        except Damaged:
            damaged = True
        except StoreError as error:  # it may not be opened; its bytes were readable all the same
            self._notices.append(error.notice)
        entries = max(stored.entries, carved.entries, key=len)
        if not entries and not damaged and self._db is not None:
            self.destroy()  # made, but killed before its first entry
            return None
        marks = [mark for mark in (stored.alive, carved.alive) if mark is not None]
        alive = max([*marks, *(entry.mark for entry in entries[-1:])], key=lambda mark: mark.at, default=None)
        self._entries = entries
        self._in_file = len(stored.entries) if self._db is not None else 0
        try:
            if damaged:
                self._replace(entries, alive)
            elif self._db is not None and len(entries) > self._in_file:
                self._write(entries)
        except StoreError as error:
            self._notices.append(error.notice)
        return Recovered(entries, alive, damaged) if entries and alive is not None else None

    def _stored(self) -> Found:
        """What the file says by way of SQLite; raises ``Damaged`` unless all of it is sound. Changes nothing."""
        if files.is_stump(self._path):
            raise Damaged(self._path)
        found = Found()
        with database.translated(self._path), database.looking(self._path) as db:
            format_found = database.version(db), database.schema(db)
            if format_found == (0, set()):
                return found
            if format_found != (VERSION, _DEFINED) or not database.is_sound(db):
                raise Damaged(self._path)
            both = db.execute("SELECT line FROM entry UNION ALL SELECT line FROM alive")
            lines = [str(line) for (line,) in both]
        try:
            for line in lines:
                found.add(line)
        except ValueError as error:
            raise Damaged(self._path) from error
        if len(found.entries) + (found.alive is not None) != len(lines):
            raise Damaged(self._path)
        return found

    def _write(self, entries: list[Entry]) -> None:
        with database.translated(self._path):
            db = self._opened()
            with database.writing(db):
                if not self._in_file:
                    _make_tables(db)
                db.execute("DELETE FROM entry WHERE position >= ?", [self._in_file])
                for position, entry in enumerate(entries[self._in_file :], self._in_file):
                    row = [position, entry_line(position, entry)]
                    db.execute("INSERT INTO entry (position, line) VALUES (?, ?)", row)
        self._in_file = len(entries)

    def _opened(self) -> "Database":
        if not self._is_open():
            self._close()
            self._tidy()
            files.make_private(self._path)
            self._db, self._in_file = database.connect(self._path), 0
            self._identity = files.identity(self._path)
        assert self._db is not None
        return self._db

    def _is_open(self) -> bool:
        """Whether the file that is open is still the one at its path."""
        return self._db is not None and files.identity(self._path) == self._identity

    def _close(self) -> None:
        if self._db is None:
            return
        if self._is_open():
            database.close(self._db, self._path)
        else:
            self._db.close()
        self._db = None

    def _replace(self, entries: list[Entry], alive: Mark | None) -> None:
        """Set the damaged file aside, and have ``entries`` in a sound one. Nothing is set aside before that is done."""
        self._close()
        with database.translated(self._path):
            files.destroy(files.replacement_of(self._path))
            if entries:
                successor = Journal(files.replacement_of(self._path))
                try:
                    successor._write(entries)
                    if alive is not None:
                        _keep_alive(successor._opened(), alive)
                finally:
                    successor.close()
            aside = files.set_aside(self._path)
        self._entries, self._in_file = entries, 0
        values = {"path": str(self._path), "set_aside": str(aside), "taps": len(entries)}
        self._notices.append(StoreNotice("journal-set-aside", values))

    def _tidy(self) -> None:
        """Finish what a crash cut short."""
        try:
            files.finish_replacing(self._path)
            for path in (self._path, files.replacement_of(self._path)):
                files.finish_destroying(path)
        except OSError as error:
            values = {"path": str(self._path), "reason": error.strerror or str(error)}
            self._notices.append(StoreNotice("not-overwritten", values))


def _make_tables(db: "Database") -> None:
    for name in TABLES.keys() - set(db.table_names()):
        db.execute(TABLES[name])
    db.execute(f"PRAGMA user_version={VERSION}")


def _keep_alive(db: "Database", mark: Mark) -> None:
    db.execute("INSERT OR REPLACE INTO alive (id, line) VALUES (0, ?)", [alive_line(mark)])
