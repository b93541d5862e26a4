"""What has been given out of each month: made once, kept, and the same ever after."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from kohtaava_desktop.domain.disclosure import Thresholds, released
from kohtaava_desktop.domain.errors import Refusal
from kohtaava_desktop.domain.months import check_month, closes_on, is_closed, month_of, weeks_of
from kohtaava_desktop.domain.release import LETTERS, NAME_LENGTH, Release
from kohtaava_desktop.store import database
from kohtaava_desktop.store.errors import Damaged
from kohtaava_desktop.store.rows import records_where

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database

COLUMNS = ("month", "contributor", "content")


class NotReleased(Refusal):
    """Nothing can be given out of a month; what was given out before stays as it is."""

    code = "not-released"

    def __init__(self, month: str, **values: object) -> None:
        super().__init__(month=month, **values)


class MonthOpen(NotReleased):
    """The month is not over: ``closes`` is the first day on which it is closed."""

    code = "month-open"


class MonthEmpty(NotReleased):
    """No meeting of the month is kept that could be told of."""

    code = "month-empty"


class MonthCut(NotReleased):
    """Retention has removed meetings of the month: what is left of it would be told as if it were all."""

    code = "month-cut"


class StricterNow(NotReleased):
    """What is kept was made when groups of ``made`` meetings were enough; now ``asked`` are asked for.

    ``name`` is that of its folder: whoever handed it over can find it, and take it back.
    """

    code = "stricter-now"


class ReleaseLost(NotReleased):
    """The file was damaged: what may have been given out of the month is not known any more."""

    code = "release-lost"


def new_name() -> str:
    """A random name for one contributor in one month."""
    import secrets  # brings OpenSSL with it, which nothing else here needs

    return "".join(secrets.choice(LETTERS) for _ in range(NAME_LENGTH))


def check_closed(month: str, today: date) -> None:
    """Raises ``MonthOpen`` when ``month`` is not closed on ``today``; ``ValueError`` when it is no month."""
    if not is_closed(month, today):
        raise MonthOpen(month, closes=closes_on(month))


def release(
    db: "Database",
    month: str,
    today: date,
    thresholds: Thresholds,
    new_contributor: Callable[[], str] = new_name,
    made_up: bool = False,
) -> Release:
    """What may be given out of ``month``: what is kept of it or, for the first time, what is made and kept now.

    Meetings that come late into a month that has been given out, or leave it, change nothing. ``made_up``: what is made
    now says that it is made up, and does so ever after. Raises ``NotReleased``, and ``ValueError`` when ``month`` is
    none; nothing has changed then.
    """
    check_closed(month, today)
    with database.writing(db):
        kept = db.execute("SELECT contributor, content FROM release WHERE month = ?", [month]).fetchone()
        if kept is not None:
            return _kept(month, kept[0], kept[1], thresholds)
        weeks = weeks_of(month)
        if db.execute("SELECT 1 FROM cut_month WHERE month = ?", [month]).fetchone():
            raise MonthCut(month)
        records = records_where(db, f"iso_week IN ({', '.join('?' for _ in weeks)})", weeks)
        made = Release(month, new_contributor(), released(records, thresholds), thresholds, made_up)
        if not made.groups:
            raise MonthEmpty(month)
        db.table("release").insert(_row(month, made.contributor, json.dumps(made.content(), separators=(",", ":"))))
        return made


def remove_older_than(db: "Database", iso_week: str) -> None:
    """Let go of the months of which every week is before ``iso_week``. Within a transaction, before meetings go.

    A month of which some weeks are still kept stays as it was given out: what is left of it, given out again, would
    differ by just the weeks that are gone. One that loses meetings now and was never given out is noted, and not given
    out any more: not even when meetings are to be kept longer later on, for these are gone.
    """
    for table in ("release", "cut_month"):
        for (month,) in db.execute(f"SELECT month FROM {table}").fetchall():
            if weeks_of(month)[-1] < iso_week:
                db.execute(f"DELETE FROM {table} WHERE month = ?", [month])
    going = db.execute("SELECT DISTINCT iso_week FROM meeting WHERE iso_week < ?", [iso_week]).fetchall()
    for month in _months_of(week for (week,) in going):
        if weeks_of(month)[-1] >= iso_week:
            db.execute("INSERT OR IGNORE INTO cut_month VALUES (?)", [month])


def is_sound(db: "Database") -> bool:
    """Whether every month that is named is one: a flipped bit makes a thirteenth, which no table refuses."""
    try:
        for table in {"release", "cut_month"}.intersection(db.table_names()):
            for (month,) in db.execute(f"SELECT month FROM {table}"):
                check_month(month)
    except (TypeError, ValueError):
        return False
    return True


def cut(db: "Database") -> frozenset[str]:
    """The months that are not given out because a part of them has gone; a file of before has none.

    Raises ``ValueError`` when it cannot be read.
    """
    if "cut_month" not in db.table_names():
        return frozenset()
    sql = "SELECT month FROM cut_month WHERE month NOT IN (SELECT month FROM release)"
    return frozenset(check_month(month) for (month,) in db.execute(sql))


def rows(db: "Database") -> list[dict[str, Any]]:
    """All that is kept, as rows; raises ``ValueError`` when some of it cannot be read. A file of before has none."""
    names = db.table_names()
    if "release" not in names and "meeting" in names:
        return []
    found = db.execute(f"SELECT {', '.join(COLUMNS)} FROM release").fetchall()
    for month, contributor, content in found:
        weeks_of(month)
        if content is not None and _read(month, contributor, content) is None:
            raise ValueError(month)
    return [_row(*each) for each in found]


def insert_all(db: "Database", kept: list[dict[str, Any]], cut_months: Iterable[str]) -> None:
    """Keep the rows ``kept``, and that ``cut_months`` are cut. Within a transaction."""
    db.table("release").insert_all(kept)
    db.executemany("INSERT INTO cut_month VALUES (?)", [[month] for month in sorted(cut_months)])


def lost(weeks: Iterable[str]) -> list[dict[str, Any]]:
    """Rows for the months of ``weeks`` by which they are not given out: it is not known whether they have been.

    Given out a second time, the two could be compared.
    """
    return [_row(month, None, None) for month in sorted(_months_of(weeks))]


UNREADABLE = (sqlite3.Error, Damaged, OSError, ValueError, TypeError)
"""What reading ``rows`` of a damaged file may raise."""


def _kept(month: str, contributor: str | None, content: str | None, thresholds: Thresholds) -> Release:
    found = None if contributor is None or content is None else _read(month, contributor, content)
    if found is None:
        raise ReleaseLost(month)
    if thresholds.stricter_than(found.thresholds):
        raise StricterNow(month, made=found.thresholds.group, asked=thresholds.group, name=found.name)
    return found


def _read(month: str, contributor: str, content: str) -> Release | None:
    try:
        return Release.from_content(month, contributor, json.loads(content))
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _months_of(weeks: Iterable[str]) -> set[str]:
    months = set()
    for week in weeks:
        try:
            months.add(month_of(week))
        except ValueError:  # a week that no calendar has, in a file changed by hand
            continue
    return months


def _row(*values: str | None) -> dict[str, Any]:
    return dict(zip(COLUMNS, values, strict=True))
