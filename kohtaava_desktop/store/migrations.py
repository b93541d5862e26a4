"""The format of ``kohtaava.db``, step by step.

Each migration is one function that takes the format one version further, in one transaction with the new version
number. A migration that has been released is never changed. Values are written out here: a later change of the domain
must not change what an old step does. ``tests/unit/store/test_migrations.py`` asks for a test of each.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from kohtaava_desktop.store import database

if TYPE_CHECKING:
    from kohtaava_desktop.store.database import Database


def meetings_and_visits(db: "Database") -> None:
    """Version 1: the tables ``meeting`` and ``visit``.

    Without row ids, so that nothing numbers the meetings in their order. Types are checked like values, not by STRICT
    tables, which tools built before 2022 cannot open.
    """
    db.execute("""
CREATE TABLE meeting (
  key TEXT NOT NULL PRIMARY KEY CHECK (typeof(key) = 'text' AND length(key) = 32 AND key NOT GLOB '*[^0-9a-f]*'),
  iso_week TEXT NOT NULL CHECK (iso_week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]'),
  planned_minutes INTEGER NOT NULL CHECK (typeof(planned_minutes) = 'integer' AND planned_minutes BETWEEN 5 AND 240),
  channel TEXT NOT NULL CHECK (channel IN ('in-person', 'phone', 'video')),
  new_client INTEGER NOT NULL CHECK (new_client IN (0, 1)),
  interpreter INTEGER NOT NULL CHECK (interpreter IN (0, 1)),
  furthest_stage TEXT NOT NULL CHECK (furthest_stage IN ('empathy', 'guidance', 'advice', 'farewell')),
  quality TEXT NOT NULL CHECK (quality IN ('ok', 'mended', 'interrupted', 'forgotten'))
) WITHOUT ROWID""")
    db.execute("""
CREATE TABLE visit (
  meeting_key TEXT NOT NULL REFERENCES meeting (key) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (typeof(position) = 'integer' AND position >= 0),
  stage TEXT NOT NULL CHECK (stage IN ('empathy', 'guidance', 'advice', 'farewell')),
  seconds INTEGER NOT NULL CHECK (typeof(seconds) = 'integer' AND seconds >= 0),
  PRIMARY KEY (meeting_key, position)
) WITHOUT ROWID""")


def tallies(db: "Database") -> None:
    """Version 2: what the statistics have added up of weeks that are over. All of it can be made anew from version 1.

    An ``iso_week`` that is empty, ``planned_minutes`` of 0 and ``marks`` that are empty stand for all of them together.
    ``counts`` are the values in rising order, then how many meetings had each, all as 32-bit numbers.
    """
    db.execute("""
CREATE TABLE tally (
  iso_week TEXT NOT NULL,
  planned_minutes INTEGER NOT NULL,
  marks TEXT NOT NULL,
  measure TEXT NOT NULL,
  counts BLOB NOT NULL,
  PRIMARY KEY (measure, planned_minutes, marks, iso_week)
) WITHOUT ROWID""")
    db.execute("""
CREATE TABLE not_added_up (
  key TEXT NOT NULL PRIMARY KEY REFERENCES meeting (key) ON DELETE CASCADE
) WITHOUT ROWID""")
    db.execute("INSERT INTO not_added_up SELECT key FROM meeting ORDER BY key")


def releases(db: "Database") -> None:
    """Version 3: what has been given out of a month, kept so that it is given out once.

    ``contributor`` and ``content`` (JSON) are both NULL where it is not known any more what was given out.
    """
    db.execute("""
CREATE TABLE release (
  month TEXT NOT NULL PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  contributor TEXT CHECK (length(contributor) = 16 AND contributor NOT GLOB '*[^a-z]*'),
  content TEXT CHECK ((content IS NULL) = (contributor IS NULL))
) WITHOUT ROWID""")


def cut_months(db: "Database") -> None:
    """Version 4: the months of which retention has removed a part, so that the rest is not given out as the whole."""
    db.execute("""
CREATE TABLE cut_month (
  month TEXT NOT NULL PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]')
) WITHOUT ROWID""")


MIGRATIONS: tuple[Callable[["Database"], None], ...] = (meetings_and_visits, tallies, releases, cut_months)
"""In their order; the n-th makes version n."""
KNOWN_VERSION = len(MIGRATIONS)


def migrate(db: "Database", to: int = KNOWN_VERSION) -> None:
    """Take ``db`` to version ``to``. If a step fails, the database is as it was before that step."""
    for number in range(database.version(db), to):
        with database.writing(db):
            MIGRATIONS[number](db)
            db.execute(f"PRAGMA user_version={number + 1}")


def schema(db: "Database") -> set[tuple[str, ...]]:
    """The tables as the migrations have written them."""
    ours = ("meeting", "visit", "tally", "not_added_up", "release", "cut_month")
    return {row for row in database.schema(db) if row[1] in ours}
