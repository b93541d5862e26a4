"""The finished meetings: what is in ``kohtaava.db``, and how it gets there without telling an order."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.statistics import Filter, Tallies, tallied
from kohtaava_desktop.store import database, files, releases, salvage, tallies
from kohtaava_desktop.store.errors import Damaged, DatabaseFromNewerVersion, StoreNotice
from kohtaava_desktop.store.migrations import KNOWN_VERSION, migrate, schema
from kohtaava_desktop.store.rows import insert, records_where

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database

T = TypeVar("T")

ENOUGH_MEETINGS = 20
"""From so many finished meetings on, the expert's own median farewell means something."""
AT_ONCE = 500
"""So many meetings are added up while a tap may have to wait."""
BELIEVABLE_VERSION = 1000
"""A higher format version is damage, not a newer program."""
BRIEFLY_FROM = 16 << 20
"""A file of more bytes, about 30,000 meetings, may be checked in part."""
NEIGHBOURS = 64
"""More rows than a page holds, on either side of a new one."""


class Meetings:
    """The finished meetings in the file at ``path``, written and read in one thread.

    The file is opened for each call and closed after it: between calls it is whole by itself, can be copied, and
    leaves nothing beside it. A damaged file is set aside and what can be read of it goes on in a sound one, in
    whichever call that is found; ``take_notices`` tells. All methods raise ``StoreError``.
    """

    def __init__(self, path: Path, mends: bool = True, brief: bool = False) -> None:
        """``mends``: whether a damaged file is set aside; where it is not, ``Damaged`` is raised.

        ``brief``: in a file of over 16 MiB only that is checked which ``tallies`` rest on, for a single question. A
        million meetings would be checked for ten seconds, to be read in a tenth.
        """
        self.path = path
        self._mends = mends
        self._brief = brief
        self._sound: tuple[int, int] | None = None
        self._notices: list[StoreNotice] = []

    def prepare(self) -> None:
        """Check the file, where there is one, and bring it to the format of this version."""
        if self._exists():
            self._work(database.version)

    def add(self, record: Record) -> None:
        """Keep ``record``, all of it or nothing. A key that is there already stays as it is."""
        self.add_all([record])

    def add_all(self, records: Iterable[Record]) -> None:
        """Keep ``records`` in one transaction. Keys that are there already stay as they are."""
        wanted = sorted(records, key=lambda record: record.key)

        def add(db: "Database") -> None:
            with database.writing(db):
                tallies.forget(
                    db, {week for week in {record.iso_week for record in wanted} if tallies.is_added_up(db, week)}
                )
                if not _any(db):  # these are in the order of their keys
                    insert(db, [next(same) for _, same in groupby(wanted, key=lambda record: record.key)])
                    return
                for record in wanted:
                    if not db.execute("SELECT 1 FROM meeting WHERE key = ?", [record.key]).fetchone():
                        _insert_among_neighbours(db, record)

        self._work(add)

    def count(self) -> int:
        """How many meetings are kept."""
        return self._work(_count) if self._exists() else 0

    def records(self) -> list[Record]:
        """All of them, in the order of their keys."""
        return self._work(lambda db: list(records_where(db))) if self._exists() else []

    def records_of(self, weeks: Iterable[str]) -> list[Record]:
        """Those of the ISO ``weeks``, in the order of their keys."""
        wanted = sorted(set(weeks))
        where = f"iso_week IN ({', '.join('?' for _ in wanted)})"
        return self._work(lambda db: list(records_where(db, where, wanted))) if self._exists() else []

    def own_median_farewell(self) -> float | None:
        """The median, in seconds, of how long the farewell lasted in the meetings that had one.

        ``None`` with fewer than 20 meetings that statistics may use (``ok`` and ``mended``), or no farewell in them.
        """
        return self._work(_own_median_farewell) if self._exists() else None

    def remove_older_than(self, iso_week: str) -> int:
        """Remove the meetings of the weeks before ``iso_week``; how many there were. Their bytes are overwritten."""

        def remove(db: "Database") -> int:
            with database.writing(db):
                gone = db.execute("SELECT DISTINCT iso_week FROM meeting WHERE iso_week < ?", [iso_week]).fetchall()
                tallies.forget(db, (week for (week,) in gone))
                releases.remove_older_than(db, iso_week)
                return db.execute("DELETE FROM meeting WHERE iso_week < ?", [iso_week]).rowcount

        return self._work(remove) if self._exists() else 0

    def add_up_some(self, week_that_runs: str) -> bool:
        """Add up some of the weeks that are over, for ``tallies``; whether that was all. A moment's work each time."""
        return self._work(lambda db: tallies.add_up(db, week_that_runs, AT_ONCE)) if self._exists() else True

    def tallies(self, wanted: Filter, week_that_runs: str) -> Tallies:
        """What statistics need of the meetings that ``wanted`` takes; weeks that are over are added up first."""

        def look(db: "Database") -> Tallies:
            tallies.add_up(db, week_that_runs)
            return tallies.read(db, wanted)

        return self._work(look) if self._exists() else tallied(())

    def choices(self, week_that_runs: str) -> Choices:
        """What filters of ``tallies`` can be chosen from; weeks that are over are added up first."""

        def look(db: "Database") -> Choices:
            tallies.add_up(db, week_that_runs)
            return tallies.choices(db)

        return self._work(look) if self._exists() else Choices()

    def tallies_are_right(self) -> bool:
        """Whether all that has been added up is what the meetings say; reads every meeting."""
        return self._work(tallies.is_right) if self._exists() else True

    def add_up_anew(self) -> None:
        """Throw away what has been added up; the next ``tallies`` makes it anew."""
        if self._exists():
            self._work(tallies.forget_all)

    def release(
        self,
        month: str,
        today: date,
        thresholds: Thresholds,
        new_contributor: Callable[[], str] = releases.new_name,
        made_up: bool = False,
    ) -> Release:
        """What may be given out of ``month``, the same each time; see ``releases.release``, also for its errors."""
        releases.check_closed(month, today)
        if not self._exists():
            raise releases.MonthEmpty(month)
        return self._work(lambda db: releases.release(db, month, today, thresholds, new_contributor, made_up))

    def cut_months(self) -> frozenset[str]:
        """The months of which nothing is given out, because retention has removed a part of them."""
        return self._work(releases.cut) if self._exists() else frozenset()

    def take_over(self, waiting: "Meetings") -> None:
        """Move in all meetings of ``waiting`` and remove its file. Cut short at any point, it can be done again."""
        if waiting._exists():
            self.add_all(waiting.records())
            with database.translated(waiting.path):
                files.destroy(waiting.path)
            waiting._sound = None  # a file made later may be given the same identity

    @property
    def has_notices(self) -> bool:
        """Whether there is something to say."""
        return bool(self._notices)

    def take_notices(self) -> tuple[StoreNotice, ...]:
        """What there has been to say since this was last asked."""
        notices, self._notices = tuple(self._notices), []
        return notices

    # inside

    def _exists(self) -> bool:
        with database.translated(self.path):
            if self._mends:
                files.finish_replacing(self.path)
                files.finish_destroying(self.path)
            elif not self.path.exists() and files.replacement_of(self.path).exists():
                raise Damaged(self.path)  # set aside, by a program that was killed before it put a sound one there
            return self.path.exists()

    def _work(self, work: Callable[["Database"], T]) -> T:
        try:
            return self._on_open_file(work)
        except Damaged:
            if not self._mends:
                raise
            self._salvage()
            return self._on_open_file(work)

    def _on_open_file(self, work: Callable[["Database"], T]) -> T:
        with database.translated(self.path):
            if self._exists() and self._sound != files.identity(self.path):
                self._look()
            files.make_private(self.path)
            db = database.connect(self.path)
            try:
                self._bring_up_to_date(db)
                return work(db)
            finally:
                database.close(db, self.path)

    def _look(self) -> None:
        """Once for each file, and before SQLite may write to it: is it ours, is it sound, is its version known."""
        if files.is_stump(self.path):
            raise Damaged(self.path)
        if self._mends or any(files.size(files.beside(self.path, log)) for log in files.LOGS):
            self._look_into()
            return
        before = files.signature(self.path)
        try:
            self._look_into(at_rest=True)
        except (Damaged, sqlite3.Error):
            if files.signature(self.path) == before:
                raise
            self._look_into()  # it was not at rest: the program has written to it meanwhile

    def _look_into(self, at_rest: bool = False) -> None:
        with database.looking(self.path, at_rest) as db:
            version = database.version(db)
            if KNOWN_VERSION < version <= BELIEVABLE_VERSION:
                raise DatabaseFromNewerVersion(self.path, version, KNOWN_VERSION)
            known = version in range(1, KNOWN_VERSION + 1) or (version == 0 and not db.table_names())
            if not (known and schema(db) == _schema_of_new_file(version) and self._is_sound(db, version)):
                raise Damaged(self.path)

    def _bring_up_to_date(self, db: "Database") -> None:
        if self._sound != files.identity(self.path):
            migrate(db)
            if schema(db) != _schema_of_new_file() or not self._is_sound(db, KNOWN_VERSION):
                raise Damaged(self.path)
            self._sound = files.identity(self.path)

    def _is_sound(self, db: "Database", version: int) -> bool:
        if self._brief and version == KNOWN_VERSION and files.size(self.path) > BRIEFLY_FROM:
            return tallies.is_sound(db)
        return database.is_sound(db) and releases.is_sound(db)

    def _salvage(self) -> None:
        """Build a sound file from what can be read, and only then set the damaged one aside."""
        successor = Meetings(files.replacement_of(self.path))
        with database.translated(self.path):
            salvaged = salvage.carve(files.everything_in(self.path, successor.path))
            files.destroy(successor.path)
            given_out, cut = self._given_out(record.iso_week for record in salvaged.records)

            def keep(db: "Database") -> None:
                with database.writing(db):
                    insert(db, salvaged.records)
                    releases.insert_all(db, given_out, cut)

            successor._on_open_file(keep)
            aside = files.set_aside(self.path)
        counted = {"meetings": len(salvaged.records), "incomplete": salvaged.incomplete}
        values = {"path": str(self.path), "set_aside": str(aside), **counted}
        self._notices.append(StoreNotice("database-set-aside", values))

    def _given_out(self, weeks: Iterable[str]) -> tuple[list[dict[str, Any]], frozenset[str]]:
        """What the damaged file says was given out; where it does not say, that it is not known of ``weeks``.

        And the months that are cut.
        """
        try:
            if files.is_stump(self.path):
                raise Damaged(self.path)  # by a mere look, SQLite would drop it and its log
            with database.looking(self.path) as db:
                return releases.rows(db), releases.cut(db)
        except releases.UNREADABLE:
            return releases.lost(weeks), frozenset()


def _schema_of_new_file(version: int = KNOWN_VERSION) -> set[tuple[str, ...]]:
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=database.Database)) as db:
        migrate(db, version)
        return schema(db)


def _insert_among_neighbours(db: "Database", record: Record) -> None:
    """Insert ``record``, and write its neighbours anew with it, in the order of their keys.

    SQLite puts a new row where its page has room: the bytes of a page would tell the order in which its rows came.
    """
    insert(db, [record])
    first = "SELECT min(key) FROM (SELECT key FROM meeting WHERE key <= ? ORDER BY key DESC LIMIT ?)"
    last = "SELECT max(key) FROM (SELECT key FROM meeting WHERE key >= ? ORDER BY key LIMIT ?)"
    ends = [db.execute(end, [record.key, NEIGHBOURS + 1]).fetchone()[0] for end in (first, last)]
    columns = {"meeting": "key", "visit": "meeting_key", "not_added_up": "key"}
    for table, column in columns.items():
        db.execute(f"CREATE TEMP TABLE anew_{table} AS SELECT * FROM {table} WHERE {column} BETWEEN ? AND ?", ends)
    for table, column in reversed(columns.items()):
        db.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", ends)
    for table in columns:
        db.execute(f"INSERT INTO {table} SELECT * FROM anew_{table} ORDER BY rowid")
        db.execute(f"DROP TABLE anew_{table}")


def _any(db: "Database") -> bool:
    return db.execute("SELECT 1 FROM meeting LIMIT 1").fetchone() is not None


def _count(db: "Database") -> int:
    return int(db.execute("SELECT count(*) FROM meeting").fetchone()[0])


def _own_median_farewell(db: "Database") -> float | None:
    meetings, farewells = tallies.farewells(db)
    return farewells.median if meetings >= ENOUGH_MEETINGS and farewells.n else None
