"""Data folders of somebody who has used the program for years; large ones are made once and kept under ``build``."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from itertools import islice
from pathlib import Path

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store.database import Database
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.migrations import migrate, schema
from kohtaava_desktop.store.rows import meeting_row, visit_rows
from kohtaava_desktop.store.shelf import MEETINGS

WEEK_THAT_RUNS = "2026-W47"
"""That of ``demo.HandClock``: nothing of it is there."""
WEEKS = tuple(f"{year}-W{week:02d}" for year, last in ((2025, 52), (2026, 46)) for week in range(1, last + 1))
LENGTHS = (15, 20, 30, 45, 60, 90)
KEPT = Path(__file__).resolve().parents[1] / "build" / "bench"
AT_ONCE = 10_000


def fill(folder: Path, count: int) -> None:
    """Keep ``count`` finished meetings of weeks that are over in ``folder``, the same ones each time."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    meetings = Meetings(folder / MEETINGS)
    meetings.add_all([])  # makes the file
    with closing(sqlite3.connect(meetings.path, isolation_level=None)) as connection:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            connection.execute(f"PRAGMA {pragma}")
        records = _records(count)
        connection.execute("BEGIN")
        while part := list(islice(records, AT_ONCE)):
            _insert(connection, "meeting", (tuple(meeting_row(record).values()) for record in part))
            _insert(connection, "visit", (tuple(row.values()) for record in part for row in visit_rows(record)))
            _insert(connection, "not_added_up", ((record.key,) for record in part))
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
    found = Meetings(meetings.path).count()
    assert found == count, f"{found} meetings are there, not {count}"


def kept(count: int, added_up: bool) -> Path:
    """A data folder with ``count`` meetings, whose weeks the statistics have added up or have not; never to be changed.

    Made when it is first asked for, and kept for later runs, until the format or the meetings change.
    """
    folder = KEPT / f"meetings-{count}{'-added-up' if added_up else ''}-{_kind()}"
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        if added_up:
            shutil.copytree(kept(count, added_up=False), part)
            Meetings(part / MEETINGS).choices(WEEK_THAT_RUNS)
        else:
            fill(part, count)
        part.rename(folder)
    return folder


def record(chance: random.Random, iso_week: str, key: int) -> Record:
    """A finished meeting of ``iso_week`` as it may have been."""
    planned = chance.choice(LENGTHS)
    path = [Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE]
    path += [Stage.GUIDANCE, Stage.ADVICE] * chance.choice((0, 0, 1, 2))
    path += [Stage.FAREWELL] * chance.choice((0, 1, 1, 1))
    share = planned * 60 / len(path)
    return Record(
        key=f"{key:032x}",
        iso_week=iso_week,
        planned_minutes=planned,
        marks=Marks(chance.choice(list(Channel)), chance.random() < 0.3, chance.random() < 0.3),
        furthest_stage=max(path),
        quality=Quality.OK,
        visits=tuple((stage, round(share * chance.uniform(0.3, 1.7))) for stage in path),
    )


def _records(count: int) -> Iterator[Record]:
    """In the order of their keys, as the file has them."""
    chance = random.Random(count)
    room = 2**128 // max(count, 1)
    for number in range(count):
        yield record(chance, chance.choice(WEEKS), number * room + chance.randrange(room))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterator[tuple[object, ...]]) -> None:
    first = next(rows, None)
    if first is not None:
        insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(first))})"
        connection.execute(insert, first)
        connection.executemany(insert, rows)


def _kind() -> str:
    """What tells one kind of history from another: the format of the file and the meetings in it."""
    with closing(sqlite3.connect(":memory:", isolation_level=None, factory=Database)) as db:
        migrate(db)
        known = sorted(schema(db)), list(islice(_records(100), 100))
    return sha256(repr(known).encode()).hexdigest()[:12]
