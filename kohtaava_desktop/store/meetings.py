"""The finished meetings: what is in ``kohtaava.db``, and how it gets there without telling an order."""

import statistics
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import BY_KEY
from kohtaava_desktop.store import database, files, salvage
from kohtaava_desktop.store.errors import Damaged, DatabaseFromNewerVersion, StoreNotice
from kohtaava_desktop.store.migrations import KNOWN_VERSION, migrate, schema

if TYPE_CHECKING:
    from sqlite_utils import Database

T = TypeVar("T")

ENOUGH_MEETINGS = 20
"""From so many finished meetings on, the expert's own median farewell means something."""
BELIEVABLE_VERSION = 1000
"""A higher format version is damage, not a newer program."""
NEIGHBOURS = 64
"""More rows than a page holds, on either side of a new one."""


class Meetings:
    """The finished meetings in the file at ``path``, written and read in one thread.

    The file is opened for each call and closed after it: between calls it is whole by itself, can be copied, and
    leaves nothing beside it. A damaged file is set aside and what can be read of it goes on in a sound one, in
    whichever call that is found; ``take_notices`` tells. All methods raise ``StoreError``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
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
                for record in wanted:
                    if not db.execute("SELECT 1 FROM meeting WHERE key = ?", [record.key]).fetchone():
                        _insert_among_neighbours(db, record)

        self._work(add)

    def count(self) -> int:
        """How many meetings are kept."""
        return self._work(lambda db: int(db.table("meeting").count)) if self._exists() else 0

    def records(self) -> list[Record]:
        """All of them, in the order of their keys."""
        return self._work(_records) if self._exists() else []

    def own_median_farewell(self) -> float | None:
        """The median, in seconds, of how long the farewell lasted in the meetings that had one.

        ``None`` with fewer than 20 meetings that statistics may use (``ok`` and ``mended``), or no farewell in them.
        """
        return self._work(_own_median_farewell) if self._exists() else None

    def remove_older_than(self, iso_week: str) -> int:
        """Remove the meetings of the weeks before ``iso_week``; how many there were. Their bytes are overwritten."""

        def remove(db: "Database") -> int:
            with database.writing(db):
                return db.execute("DELETE FROM meeting WHERE iso_week < ?", [iso_week]).rowcount

        return self._work(remove) if self._exists() else 0

    def take_over(self, waiting: "Meetings") -> None:
        """Move in all meetings of ``waiting`` and remove its file. Cut short at any point, it can be done again."""
        if waiting._exists():
            self.add_all(waiting.records())
            with database.translated(waiting.path):
                files.destroy(waiting.path)

    def take_notices(self) -> tuple[StoreNotice, ...]:
        """What there has been to say since this was last asked."""
        notices, self._notices = tuple(self._notices), []
        return notices

    # inside

    def _exists(self) -> bool:
        with database.translated(self.path):
            files.finish_replacing(self.path)
            files.finish_destroying(self.path)
            return self.path.exists()

    def _work(self, work: Callable[["Database"], T]) -> T:
        try:
            return self._on_open_file(work)
        except Damaged:
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
        with database.looking(self.path) as db:
            version = database.version(db)
            if KNOWN_VERSION < version <= BELIEVABLE_VERSION:
                raise DatabaseFromNewerVersion(self.path, version, KNOWN_VERSION)
            known = version in range(1, KNOWN_VERSION + 1) or (version == 0 and not db.table_names())
            current = version != KNOWN_VERSION or schema(db) == _schema_of_new_file()
            if not (known and current and database.is_sound(db)):
                raise Damaged(self.path)

    def _bring_up_to_date(self, db: "Database") -> None:
        if self._sound != files.identity(self.path):
            migrate(db)
            if schema(db) != _schema_of_new_file() or not database.is_sound(db):
                raise Damaged(self.path)
            self._sound = files.identity(self.path)

    def _salvage(self) -> None:
        """Build a sound file from what can be read, and only then set the damaged one aside."""
        successor = Meetings(files.replacement_of(self.path))
        with database.translated(self.path):
            salvaged = salvage.carve(files.everything_in(self.path, successor.path))
            files.destroy(successor.path)
            successor._on_open_file(lambda db: _insert_all(db, salvaged.records))
            aside = files.set_aside(self.path)
        counted = {"meetings": len(salvaged.records), "incomplete": salvaged.incomplete}
        values = {"path": str(self.path), "set_aside": str(aside), **counted}
        self._notices.append(StoreNotice("database-set-aside", values))


def _schema_of_new_file() -> set[tuple[str, ...]]:
    from sqlite_utils import Database

    db = Database(memory=True, execute_plugins=False)
    try:
        migrate(db)
        return schema(db)
    finally:
        db.close()


def _insert_among_neighbours(db: "Database", record: Record) -> None:
    """Insert ``record``, and write its neighbours anew with it, in the order of their keys.

    SQLite puts a new row where its page has room: the bytes of a page would tell the order in which its rows came.
    """
    _insert_all(db, [record])
    first = "SELECT min(key) FROM (SELECT key FROM meeting WHERE key <= ? ORDER BY key DESC LIMIT ?)"
    last = "SELECT max(key) FROM (SELECT key FROM meeting WHERE key >= ? ORDER BY key LIMIT ?)"
    ends = [db.execute(end, [record.key, NEIGHBOURS + 1]).fetchone()[0] for end in (first, last)]
    columns = {"meeting": "key", "visit": "meeting_key"}
    for table, column in columns.items():
        db.execute(f"CREATE TEMP TABLE anew_{table} AS SELECT * FROM {table} WHERE {column} BETWEEN ? AND ?", ends)
    for table, column in reversed(columns.items()):
        db.execute(f"DELETE FROM {table} WHERE {column} BETWEEN ? AND ?", ends)
    for table in columns:
        db.execute(f"INSERT INTO {table} SELECT * FROM anew_{table} ORDER BY 1, 2")
        db.execute(f"DROP TABLE anew_{table}")


def _insert_all(db: "Database", records: Iterable[Record]) -> None:
    ordered = list(records)
    with db.atomic():
        db.table("meeting").insert_all(_meeting_row(record) for record in ordered)
        db.table("visit").insert_all(row for record in ordered for row in _visit_rows(record))


def _meeting_row(record: Record) -> dict[str, Any]:
    return {
        "key": record.key,
        "iso_week": record.iso_week,
        "planned_minutes": record.planned_minutes,
        "channel": str(record.marks.channel),
        "new_client": int(record.marks.new_client),
        "interpreter": int(record.marks.interpreter),
        "furthest_stage": record.furthest_stage.key,
        "quality": str(record.quality),
    }


def _visit_rows(record: Record) -> list[dict[str, Any]]:
    return [
        {"meeting_key": record.key, "position": position, "stage": stage.key, "seconds": seconds}
        for position, (stage, seconds) in enumerate(record.visits)
    ]


def _records(db: "Database") -> list[Record]:
    visits: dict[str, list[Any]] = {}
    for visit in db.table("visit").rows_where(order_by="meeting_key, position"):
        visits.setdefault(visit["meeting_key"], []).append((BY_KEY[visit["stage"]], visit["seconds"]))
    rows = db.table("meeting").rows_where(order_by="key")
    return [_record(row, tuple(visits.get(row["key"], ()))) for row in rows]


def _record(row: dict[str, Any], visits: tuple[Any, ...]) -> Record:
    return Record(
        key=row["key"],
        iso_week=row["iso_week"],
        planned_minutes=row["planned_minutes"],
        marks=Marks(Channel(row["channel"]), bool(row["new_client"]), bool(row["interpreter"])),
        furthest_stage=BY_KEY[row["furthest_stage"]],
        quality=Quality(row["quality"]),
        visits=visits,
    )


def _own_median_farewell(db: "Database") -> float | None:
    usable = "quality IN ('ok', 'mended')"
    if db.table("meeting").count_where(usable) < ENOUGH_MEETINGS:
        return None
    farewells = db.execute(
        f"""SELECT sum(seconds) FROM meeting JOIN visit ON visit.meeting_key = meeting.key
        WHERE {usable} AND stage = 'farewell' GROUP BY key"""
    ).fetchall()
    return statistics.median(seconds for (seconds,) in farewells) if farewells else None
