"""The steps of the format. Each has a test here that bears its name."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kohtaava_desktop.domain.statistics import Filter, tallied
from kohtaava_desktop.store import database, migrations
from kohtaava_desktop.store.errors import DatabaseFromNewerVersion
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.rows import meeting_row, visit_rows
from tests.unit.store import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kohtaava_desktop.store.database import Database


@pytest.fixture
def db(tmp_path: Path) -> "Iterator[Database]":
    db = database.connect(tmp_path / "kohtaava.db")
    yield db
    db.close()


@pytest.mark.parametrize("migration", migrations.MIGRATIONS, ids=lambda migration: migration.__name__)
def test_each_migration_has_a_test_of_its_name(migration: object) -> None:
    assert f"test_{getattr(migration, '__name__', '')}" in globals()


@pytest.mark.parametrize("version", range(1, migrations.KNOWN_VERSION + 1))
def test_each_version_can_be_reached_from_a_new_file(db: "Database", version: int) -> None:
    migrations.migrate(db, version)
    assert database.version(db) == version


def test_meetings_and_visits(db: "Database") -> None:
    migrations.migrate(db, 1)
    assert db.table_names() == ["meeting", "visit"]
    assert [column.name for column in db.table("meeting").columns] == [
        "key",
        "iso_week",
        "planned_minutes",
        "channel",
        "new_client",
        "interpreter",
        "furthest_stage",
        "quality",
    ]
    assert [column.name for column in db.table("visit").columns] == ["meeting_key", "position", "stage", "seconds"]
    assert db.table("visit").pks == ["meeting_key", "position"]
    assert [(key.column, key.other_table) for key in db.table("visit").foreign_keys] == [("meeting_key", "meeting")]


def test_tallies(tmp_path: Path) -> None:
    """A file of version 1 keeps its meetings, and all of them are still to be added up."""
    path = tmp_path / "kohtaava.db"
    old = database.connect(path)
    migrations.migrate(old, 1)
    for number in range(30):
        old.table("meeting").insert(meeting_row(samples.record(number)))
        old.table("visit").insert_all(visit_rows(samples.record(number)))
    database.close(old, path)
    kept = Meetings(path)
    assert kept.records() == sorted(samples.records(30), key=lambda record: record.key)
    assert samples.rows(path, "SELECT count(*) FROM not_added_up") == [(30,)]
    assert kept.tallies(Filter(), "2099-W01") == tallied(samples.records(30))
    assert samples.rows(path, "SELECT count(*) FROM not_added_up") == [(0,)]
    assert [kept.tallies_are_right()] == [True]


def test_releases(tmp_path: Path) -> None:
    """A file of version 2 keeps its meetings and what was added up; nothing was given out yet."""
    path = tmp_path / "kohtaava.db"
    old = database.connect(path)
    migrations.migrate(old, 2)
    old.table("meeting").insert(meeting_row(samples.record(1)))
    old.table("visit").insert_all(visit_rows(samples.record(1)))
    database.close(old, path)
    assert Meetings(path).records() == [samples.record(1)]
    assert samples.rows(path, "SELECT * FROM release") == []
    for row in (
        ("2026-1x", None, None),
        ("2026-10", "a" * 15, "{}"),
        ("2026-10", "A" * 16, "{}"),
        ("2026-10", None, "{}"),
    ):
        with pytest.raises(sqlite3.IntegrityError):
            samples.rows(path, "INSERT INTO release VALUES (?, ?, ?)", *row)


def test_cut_months(tmp_path: Path) -> None:
    """A file of version 3 keeps what was given out; no month is cut yet."""
    path = tmp_path / "kohtaava.db"
    old = database.connect(path)
    migrations.migrate(old, 3)
    old.table("release").insert({"month": "2026-10", "contributor": "b" * 16, "content": "{}"})
    database.close(old, path)
    Meetings(path).prepare()
    assert samples.rows(path, "SELECT month FROM release") == [("2026-10",)]
    assert samples.rows(path, "SELECT * FROM cut_month") == []
    with pytest.raises(sqlite3.IntegrityError):
        samples.rows(path, "INSERT INTO cut_month VALUES (?)", "2026-1x")


def test_migrating_again_changes_nothing(tmp_path: Path, db: "Database") -> None:
    migrations.migrate(db)
    before = migrations.schema(db)
    migrations.migrate(db)
    assert migrations.schema(db) == before


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Meetings(tmp_path / "kohtaava.db")
    kept.add(samples.record(1))

    def half(db: "Database") -> None:
        db.execute("ALTER TABLE visit ADD COLUMN mood TEXT")
        db.execute("DELETE FROM meeting")
        raise sqlite3.OperationalError("no more")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, half))
    db = database.connect(kept.path)
    with pytest.raises(sqlite3.OperationalError, match="no more"):
        migrations.migrate(db, migrations.KNOWN_VERSION + 1)
    assert database.version(db) == migrations.KNOWN_VERSION
    database.close(db, kept.path)
    assert kept.records() == [samples.record(1)]


@pytest.mark.parametrize("in_log", [False, True])
def test_a_file_from_a_newer_version_is_not_touched(tmp_path: Path, in_log: bool) -> None:
    path = tmp_path / "kohtaava.db"
    kept = Meetings(path)
    kept.add(samples.record(1))
    newer = sqlite3.connect(path)
    newer.execute("ALTER TABLE visit ADD COLUMN mood TEXT")
    newer.execute(f"PRAGMA user_version={migrations.KNOWN_VERSION + 1}")
    newer.commit()
    contents = samples.contents(tmp_path)  # as the newer version left it when it was killed
    newer.close()
    folder = samples.copied(contents if in_log else samples.contents(tmp_path), tmp_path / "after")
    before = samples.contents(folder)
    assert ("kohtaava.db-wal" in before) == in_log
    kept = Meetings(folder / "kohtaava.db")
    for call in (kept.prepare, kept.count, lambda: kept.add(samples.record(2))):
        with pytest.raises(DatabaseFromNewerVersion) as refused:
            call()
        assert refused.value.values["version"] == migrations.KNOWN_VERSION + 1
        assert refused.value.values["known"] == migrations.KNOWN_VERSION
    after = samples.contents(folder)
    assert {name: after[name] for name in before} == before
