"""How database files are opened and left, and how files are overwritten."""

import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kohtaava_desktop.store import database, files
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
from kohtaava_desktop.store.meetings import Meetings
from tests.unit.store import samples


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("temp_store", 2),
        ("trusted_schema", 0),
    ],
)
def test_every_connection_is_set_up_to_be_durable_and_tidy(tmp_path: Path, pragma: str, value: object) -> None:
    with closing(database.connect(tmp_path / "a.db")) as db:
        assert db.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with closing(database.connect(tmp_path / "a.db")) as db:
        db.execute("CREATE TABLE t (x)")
        with pytest.raises(sqlite3.OperationalError), database.writing(db):
            db.executemany("INSERT INTO t VALUES (abs(?))", [(1,), (-(2**63),)])  # the second one overflows
        assert not db.in_transaction
        with database.writing(db):
            db.execute("INSERT INTO t VALUES (2)")
        assert db.execute("SELECT x FROM t").fetchall() == [(2,)]


def test_a_transaction_may_write_from_its_beginning(tmp_path: Path) -> None:
    """One that only asks to write later can be refused then, when another has written in between."""
    path = tmp_path / "a.db"
    with closing(database.connect(path)) as db, closing(database.connect(path)) as other:
        other.execute("PRAGMA busy_timeout=1")
        with database.writing(db), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_looking_changes_no_byte_even_of_a_log_that_is_no_log(tmp_path: Path) -> None:
    Meetings(tmp_path / "a.db").add_all(samples.records(5))
    (tmp_path / "a.db-wal").write_bytes(b"no log" * 1000)
    before = samples.contents(tmp_path)
    with database.looking(tmp_path / "a.db") as db:
        assert db.table("meeting").count == 5
    assert before.items() <= samples.contents(tmp_path).items()


class TestQuieten:
    def test_what_another_program_has_just_written_is_not_overwritten(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It writes in the one instant in which it could: after the log was moved, before writing is locked."""
        path = tmp_path / "a.db"
        with closing(database.connect(path)) as db, closing(database.connect(path)) as other:
            db.execute("CREATE TABLE t (x)")
            db.execute("INSERT INTO t VALUES (1)")
            one = database._one

            def interrupted(asked: object, sql: str) -> int:
                answer = one(db, sql)
                if sql == "PRAGMA wal_checkpoint(RESTART)":
                    other.execute("INSERT INTO t VALUES (2)")
                return answer

            with monkeypatch.context() as patched:
                patched.setattr(database, "_one", interrupted)
                assert not database.quieten(db, path)
            killed = samples.copied(samples.contents(tmp_path), tmp_path / "killed") / "a.db"
            assert samples.rows(killed, "SELECT x FROM t") == [(1,), (2,)]
            assert database.quieten(db, path)
            assert files.size(files.beside(path, "-wal")) == 0

    def test_a_reader_is_not_disturbed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.db"
        with closing(database.connect(path)) as db, closing(database.connect(path)) as other:
            db.execute("CREATE TABLE t (x)")
            other.execute("BEGIN")
            assert other.execute("SELECT count(*) FROM t").fetchone() == (0,)
            db.execute("INSERT INTO t VALUES (1)")
            db.execute("PRAGMA busy_timeout=1")
            assert not database.quieten(db, path)
            assert other.execute("SELECT count(*) FROM t").fetchone() == (0,)


class TestOverwriting:
    def test_the_head_is_durable_before_the_rest_is_begun(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "log"
        path.write_bytes(b"x" * 200_000)
        durable: list[bytes] = []
        monkeypatch.setattr(os, "fsync", lambda _: durable.append(path.read_bytes()))
        files.overwrite(path, head=32)
        assert durable == [bytes(32) + b"x" * 199_968, bytes(200_000)]

    @pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 65_536, 65_537])
    def test_all_of_it_is_zeros_and_its_size_stays(self, tmp_path: Path, length: int) -> None:
        path = tmp_path / "log"
        for head in (0, 32):
            path.write_bytes(b"x" * length)
            files.overwrite(path, head)
            assert path.read_bytes() == bytes(length)


class TestFolders:
    def test_a_wide_one_is_narrowed_and_a_shared_one_is_left(self, tmp_path: Path) -> None:
        for mode, expected in ((0o755, 0o700), (0o1777, 0o1777)):
            tmp_path.chmod(mode)
            files.make_folder(tmp_path)
            assert stat.S_IMODE(tmp_path.stat().st_mode) == expected

    def test_one_that_holds_other_things_is_left(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o755)
        (tmp_path / "kohtaava.db").touch()
        (tmp_path / "somebody-else.txt").touch()
        files.make_folder(tmp_path)
        assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755

    def test_a_folder_that_may_not_be_made_is_named(
        self, tmp_path: Path, read_only: Callable[[Path], Callable[[], None]]
    ) -> None:
        read_only(tmp_path)
        with pytest.raises(FolderUnusable) as refused:
            files.make_folder(tmp_path / "data")
        assert refused.value.values == {"path": str(tmp_path / "data"), "reason": "not-allowed"}

    def test_the_probe_leaves_nothing(self, tmp_path: Path) -> None:
        files.check_writable(tmp_path)
        assert samples.names(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "named"),
    [
        (sqlite3.SQLITE_CORRUPT_VTAB, Damaged),
        (sqlite3.SQLITE_NOTADB, Damaged),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Locked),
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_READONLY_DBMOVED, ReadOnly),
        (sqlite3.SQLITE_CONSTRAINT_CHECK, RecordRefused),
        (sqlite3.SQLITE_IOERR_READ, DiskTrouble),
        (sqlite3.SQLITE_CANTOPEN, DiskTrouble),
        (sqlite3.SQLITE_ERROR, DiskTrouble),
        (None, DiskTrouble),
    ],
)
def test_what_sqlite_says_gets_a_name(tmp_path: Path, code: int | None, named: type[StoreError]) -> None:
    error = sqlite3.OperationalError("in its own words")
    if code is not None:
        error.sqlite_errorcode = code
    with pytest.raises(named) as raised, database.translated(tmp_path / "a.db"):
        raise error
    assert type(raised.value) is named
    assert raised.value.values["path"] == str(tmp_path / "a.db")


def test_every_error_can_be_told_as_a_notice_of_plain_values() -> None:
    """The sentences are written from the code and these values; see ``i18n.sentences``."""
    told = [FolderUnusable("p", "r"), ReadOnly("p"), DiskFull("p"), DiskTrouble("p", "r"), Locked("p"), Damaged("p")]
    assert len({error.code for error in told}) == len(told)
    for error in told:
        assert error.notice.code == error.code
        assert all(isinstance(value, str) for value in error.notice.values.values())
