"""What the statistics have added up: every value of every measure, for each week that is over and for all of them.

A week is added up as a whole, once it is over, in rows that are written in one go: nothing in them tells the order of
its meetings, and storing a meeting costs nothing here. The meetings of the week that runs are read themselves.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.quantiles import ITEM, Counted
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.statistics import LEFT_OUT, Filter, Measure, Tallies, measured, tallied
from kohtaava_desktop.store import database
from kohtaava_desktop.store.rows import records_where

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database

Place = tuple[Measure, int, str]
"""Measure, planned minutes (0: all), marks (empty: all)."""
Row = tuple[Measure, int, str, str]
"""The key of a row: a place and an ISO week (empty: all)."""
Cells = dict[Place, Counter[int]]
ALL_LENGTHS, ALL_MARKS, ALL_WEEKS = 0, "", ""
FRESH = "not_added_up CROSS JOIN meeting USING (key)"
"""CROSS: first the few that are not added up; left to itself, SQLite reads all meetings to find these among them."""
COUNTED_ALWAYS = (Measure.OVER, Measure.INTERRUPTED, Measure.FORGOTTEN)
"""Every meeting has one of these."""


def add_up(db: "Database", week_that_runs: str, at_once: int | None = None) -> bool:
    """Add up weeks before ``week_that_runs`` that have not been yet, in one transaction; whether that was all.

    With ``at_once``, weeks of about so many meetings together: whoever else needs the database has its turn between.
    """
    weeks, left = _next(_fresh_weeks(db, week_that_runs), at_once)
    if not weeks:
        return True
    with database.writing(db):
        all_weeks: Cells = {}
        for week in weeks:
            cells = _cells(records_where(db, "iso_week = ?", [week]))
            _put(db, {(*place, week): Counted.of(seen) for place, seen in cells.items()})
            _add(all_weeks, cells)
            db.execute("DELETE FROM not_added_up WHERE key IN (SELECT key FROM meeting WHERE iso_week = ?)", [week])
        _put(
            db,
            {
                (*place, ALL_WEEKS): Counted.together([_read(db, place), Counted.of(seen)])
                for place, seen in all_weeks.items()
            },
        )
    return not left


def is_added_up(db: "Database", week: str) -> bool:
    """Whether ``week`` has been added up."""
    found = f"measure IN ({_holes(COUNTED_ALWAYS)}) AND planned_minutes = 0 AND marks = '' AND iso_week = ?"
    return db.execute(f"SELECT 1 FROM tally WHERE {found}", [*COUNTED_ALWAYS, week]).fetchone() is not None


def forget(db: "Database", weeks: Iterable[str]) -> None:
    """Take ``weeks`` out of what has been added up, for a meeting of theirs came or went. Within a transaction."""
    for week in weeks:
        rows = db.execute("SELECT measure, planned_minutes, marks, counts FROM tally WHERE iso_week = ?", [week])
        left: dict[Row, Counted] = {}
        for measure, planned, marks, counts in rows.fetchall():
            place = (Measure(measure), planned, marks)
            left[*place, ALL_WEEKS] = _read(db, place).less(_unpacked(counts))
        _put(db, left)
        db.execute("DELETE FROM tally WHERE iso_week = ? OR length(counts) = 0", [week])
        db.execute("INSERT OR IGNORE INTO not_added_up SELECT key FROM meeting WHERE iso_week = ? ORDER BY key", [week])


def forget_all(db: "Database") -> None:
    """Throw away all that has been added up; ``add_up`` makes it anew."""
    with database.writing(db):
        db.execute("DELETE FROM tally")
        db.execute("INSERT OR IGNORE INTO not_added_up SELECT key FROM meeting ORDER BY key")


def read(db: "Database", wanted: Filter) -> Tallies:
    """The tallies of the meetings that ``wanted`` takes, exact."""
    fresh = tallied(filter(wanted.takes, records_where(db, "key IN (SELECT key FROM not_added_up)")))
    values = {measure: [found] for measure, found in fresh.values.items()}
    weeks = {week: [found] for week, found in fresh.weeks.items()}
    for measure in Measure:
        for week, found in _rows(db, wanted, measure):
            values.setdefault(measure, []).append(found)
            if measure is Measure.FAREWELL and week != ALL_WEEKS:
                weeks.setdefault(week, []).append(found)
    if not _bounded(wanted):
        for week, found in _rows(db, wanted, Measure.FAREWELL, every_week=True):
            weeks.setdefault(week, []).append(found)
    return Tallies(
        {measure: Counted.together(parts) for measure, parts in values.items()},
        {week: Counted.together(parts) for week, parts in weeks.items()},
    )


def farewells(db: "Database") -> tuple[int, Counted]:
    """How many meetings count, and how long the farewell was in those that had one; added up or not."""
    everywhere = (ALL_LENGTHS, ALL_MARKS)
    counting = [quality for quality in Quality if quality not in LEFT_OUT]
    fresh = f"{FRESH} WHERE quality IN ({_holes(counting)})"
    (meetings,) = db.execute(f"SELECT count(*) FROM {fresh}", counting).fetchone()
    seconds = f"""SELECT (SELECT sum(seconds) FROM visit WHERE meeting_key = key AND stage = 'farewell') AS farewell
    FROM {fresh}"""
    seen = db.execute(f"SELECT farewell, count(*) FROM ({seconds}) WHERE farewell >= 0 GROUP BY farewell", counting)
    together = Counted.together([_read(db, (Measure.FAREWELL, *everywhere)), Counted.of(dict(seen.fetchall()))])
    return _read(db, (Measure.OVER, *everywhere)).n + meetings, together


def choices(db: "Database") -> Choices:
    """What occurs in the meetings that count."""
    of_all = "measure = ? AND marks = ''"
    sql = f"SELECT planned_minutes, counts FROM tally WHERE {of_all} AND planned_minutes > 0 AND iso_week = ''"
    lengths = Counter({planned: _unpacked(counts).n for planned, counts in db.execute(sql, [Measure.OVER])})
    sql = f"SELECT iso_week FROM tally WHERE {of_all} AND planned_minutes = 0 AND iso_week > ''"
    weeks = {week for (week,) in db.execute(sql, [Measure.OVER])}
    fresh = f"SELECT planned_minutes, iso_week, count(*) FROM {FRESH}"
    counting = [quality for quality in Quality if quality not in LEFT_OUT]
    sql = f"{fresh} WHERE quality IN ({_holes(counting)}) GROUP BY planned_minutes, iso_week"
    for planned, week, meetings in db.execute(sql, counting):
        lengths[planned] += meetings
        weeks.add(week)
    return Choices(dict(sorted(lengths.items())), tuple(sorted(weeks)))


def is_right(db: "Database") -> bool:
    """Whether all that has been added up is what the meetings say; reads every meeting."""
    expected: dict[Row, Counter[int]] = {}
    for (week,) in db.execute("SELECT DISTINCT iso_week FROM meeting").fetchall():
        if is_added_up(db, week):
            for place, values in _cells(records_where(db, "iso_week = ?", [week])).items():
                expected[*place, week] = values
                expected.setdefault((*place, ALL_WEEKS), Counter()).update(values)
    rows = db.execute("SELECT measure, planned_minutes, marks, iso_week, counts FROM tally")
    found = {(Measure(row[0]), *row[1:4]): _unpacked(row[4]) for row in rows}
    return found == {row: Counted.of(seen) for row, seen in expected.items()}


def is_sound(db: "Database") -> bool:
    """Whether all that ``read`` rests on holds: the sums, every page of them, and the meetings not yet in them."""
    for table in ("tally", "not_added_up"):
        if db.execute(f"PRAGMA integrity_check({table})").fetchone() != ("ok",):
            return False
    whole = "SELECT count(*) > 0 AND count(*) = max(position) + 1 FROM visit WHERE meeting_key = fresh.key"
    there = "EXISTS (SELECT 1 FROM meeting WHERE key = fresh.key)"
    lost = db.execute(f"SELECT 1 FROM not_added_up AS fresh WHERE NOT ({there} AND ({whole})) LIMIT 1").fetchone()
    try:
        for _record in records_where(db, "key IN (SELECT key FROM not_added_up)"):
            pass
    except (LookupError, TypeError, ValueError):  # a value that no table takes
        return False
    return lost is None


# inside


def _fresh_weeks(db: "Database", before: str) -> list[tuple[str, int]]:
    """The weeks before ``before`` with meetings that have not been added up, and how many these are."""
    sql = f"""SELECT iso_week, count(*) FROM {FRESH}
    WHERE iso_week < ? GROUP BY iso_week ORDER BY iso_week"""
    return [(week, meetings) for week, meetings in db.execute(sql, [before])]


def _next(weeks: list[tuple[str, int]], at_once: int | None) -> tuple[list[str], bool]:
    """The first of ``weeks`` that are added up together, and whether any are left after them."""
    taken: list[str] = []
    meetings = 0
    for week, more in weeks:
        if at_once is not None and meetings >= at_once:
            return taken, True
        taken.append(week)
        meetings += more
    return taken, False


def _cells(records: Iterable[Record]) -> Cells:
    """What ``records`` add to each place that they belong to."""
    cells: Cells = {}
    for record in records:
        lengths, marks = (ALL_LENGTHS, record.planned_minutes), (ALL_MARKS, _name(record.marks))
        for measure, value in measured(record):
            for place in product((measure,), lengths, marks):
                cells.setdefault(place, Counter())[value] += 1
    return cells


def _add(cells: Cells, more: Cells) -> None:
    for place, values in more.items():
        cells.setdefault(place, Counter()).update(values)


def _read(db: "Database", place: Place) -> Counted:
    """What has been added up of all weeks at ``place``."""
    where = "measure = ? AND planned_minutes = ? AND marks = ? AND iso_week = ''"
    row = db.execute(f"SELECT counts FROM tally WHERE {where}", place).fetchone()
    return Counted() if row is None else _unpacked(row[0])


def _put(db: "Database", rows: Mapping[Row, Counted]) -> None:
    columns = ("measure", "planned_minutes", "marks", "iso_week")
    db.table("tally").insert_all(
        (dict(zip(columns, row, strict=True)) | {"counts": _packed(rows[row])} for row in sorted(rows)),
        replace=True,
    )


def _rows(db: "Database", wanted: Filter, measure: Measure, every_week: bool = False) -> Iterator[tuple[str, Counted]]:
    """The rows of ``measure`` that together are the meetings of ``wanted``: by weeks only where that is asked for."""
    marks = _marks_of(wanted)
    sql = f"SELECT iso_week, counts FROM tally WHERE measure = ? AND planned_minutes = ? AND marks IN ({_holes(marks)})"
    values: list[Any] = [measure, wanted.planned_minutes or ALL_LENGTHS, *marks]
    if every_week or _bounded(wanted):
        sql += " AND iso_week BETWEEN ? AND ?"
        values += [wanted.first_week or "0", wanted.last_week or "A"]  # all weeks lie between these, *all* does not
    else:
        sql += " AND iso_week = ''"
    for week, counts in db.execute(sql, values):
        yield week, _unpacked(counts)


def _bounded(wanted: Filter) -> bool:
    return wanted.first_week is not None or wanted.last_week is not None


def _holes(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _name(marks: Marks) -> str:
    return f"{marks.channel} {int(marks.new_client)} {int(marks.interpreter)}"


def _marks_of(wanted: Filter) -> list[str]:
    """The names of the marks that ``wanted`` takes; one name stands for all."""
    if wanted.channel is None and wanted.new_client is None and wanted.interpreter is None:
        return [ALL_MARKS]
    channels = list(Channel) if wanted.channel is None else [wanted.channel]
    new = (False, True) if wanted.new_client is None else (wanted.new_client,)
    voiced = (False, True) if wanted.interpreter is None else (wanted.interpreter,)
    return [_name(Marks(*each)) for each in product(channels, new, voiced)]


def _packed(counted: Counted) -> bytes:
    return counted.values.tobytes() + counted.counts.tobytes()


def _unpacked(data: bytes) -> Counted:
    numbers = array(ITEM, data)
    half = len(numbers) // 2
    return Counted(numbers[:half], numbers[half:])
