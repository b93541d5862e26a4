"""A record as rows of the tables ``meeting`` and ``visit``, and back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import BY_KEY

COLUMNS = ("key", "iso_week", "planned_minutes", "channel", "new_client", "interpreter", "furthest_stage", "quality")

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database


def meeting_row(record: Record) -> dict[str, Any]:
    """The row of ``record`` in the table ``meeting``."""
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


def visit_rows(record: Record) -> list[dict[str, Any]]:
    """The rows of ``record`` in the table ``visit``."""
    return [
        {"meeting_key": record.key, "position": position, "stage": stage.key, "seconds": seconds}
        for position, (stage, seconds) in enumerate(record.visits)
    ]


def insert(db: "Database", records: Sequence[Record]) -> None:
    """Insert ``records`` in this order, none of them added up yet. Within a transaction."""
    _insert(db, "meeting", map(meeting_row, records))
    _insert(db, "visit", (row for record in records for row in visit_rows(record)))
    _insert(db, "not_added_up", ({"key": record.key} for record in records))


def records_where(db: "Database", where: str = "1", values: Sequence[object] = ()) -> Iterator[Record]:
    """The records whose row in ``meeting`` fulfils ``where``, in the order of their keys."""
    kept = f"SELECT key FROM meeting WHERE {where}"
    visits = db.execute(
        f"SELECT meeting_key, stage, seconds FROM visit WHERE meeting_key IN ({kept}) ORDER BY meeting_key, position",
        values,
    )
    by_key = {
        key: tuple((BY_KEY[stage], seconds) for _, stage, seconds in group)
        for key, group in groupby(visits, key=itemgetter(0))
    }
    for key, week, planned, channel, new_client, interpreter, furthest, quality in db.execute(
        f"SELECT {', '.join(COLUMNS)} FROM meeting WHERE {where} ORDER BY key", values
    ):
        marks = Marks(Channel(channel), bool(new_client), bool(interpreter))
        yield Record(key, week, planned, marks, BY_KEY[furthest], Quality(quality), by_key.get(key, ()))


def _insert(db: "Database", table: str, rows: Iterable[dict[str, Any]]) -> None:
    """In SQL of its own: this is what happens every day, and ``Database.table`` is slow to load."""
    for row in rows:
        db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
