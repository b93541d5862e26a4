"""The files of one folder together: a meeting is stored exactly once, whatever fails in between."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kohtaava_desktop.store import database, files
from kohtaava_desktop.store.erasure import MARK
from kohtaava_desktop.store.errors import Locked, RecordRefused, StoreError
from kohtaava_desktop.store.migrations import KNOWN_VERSION
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING, Shelf
from tests.unit.store import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    shelf = Shelf(folder)
    opening = shelf.open()
    assert opening.recovered is None
    assert opening.notices == ()
    yield shelf
    shelf.journal.close()


def start_anew(folder: Path) -> tuple[Shelf, list[str]]:
    """The next start of the program, and what it says."""
    shelf = Shelf(folder)
    return shelf, [notice.code for notice in shelf.open().notices]


def keys(folder: Path, name: str = MEETINGS) -> list[str]:
    return [key for (key,) in samples.rows(folder / name, "SELECT key FROM meeting ORDER BY key")]


def make_newer(path: Path) -> None:
    """Let the next version of the program have written ``path``."""
    with closing(database.connect(path)) as db:
        db.execute("CREATE TABLE IF NOT EXISTS mood (key TEXT)")
        db.execute(f"PRAGMA user_version={KNOWN_VERSION + 1}")


def make_known(path: Path) -> None:
    """Undo ``make_newer``."""
    with closing(database.connect(path)) as db:
        db.execute("DROP TABLE mood")
        db.execute(f"PRAGMA user_version={KNOWN_VERSION}")


def test_a_meeting_moves_from_the_journal_to_the_meetings(shelf: Shelf, folder: Path) -> None:
    shelf.journal.append_all(samples.finished(6))
    shelf.settle(samples.record(1, key=samples.KEY))
    assert samples.names(folder) == [MEETINGS]
    assert keys(folder) == [samples.KEY]
    assert shelf.take_notices() == ()


def test_a_meeting_thrown_away_leaves_nothing(shelf: Shelf, folder: Path) -> None:
    shelf.journal.append_all(samples.entries(6))
    shelf.settle(None)
    assert samples.names(folder) == []


def test_killed_between_storing_and_letting_go_it_is_stored_once(
    shelf: Shelf, folder: Path, open_shelf: Callable[[Path], Shelf]
) -> None:
    record = samples.record(1, key=samples.KEY)
    shelf.journal.append_all(samples.finished(6))
    shelf.meetings.add(record)
    shelf.journal.close()
    again = open_shelf(folder)
    recovered = again.open().recovered
    assert recovered is not None
    assert recovered.entries == samples.finished(6)
    again.settle(record)
    assert keys(folder) == [samples.KEY]
    assert samples.names(folder) == [MEETINGS]


def test_a_meeting_that_cannot_be_stored_anywhere_stays_in_the_journal(
    shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(path: Path) -> None:
        raise Locked(path)

    shelf.journal.append_all(samples.finished(6))
    with monkeypatch.context() as broken:
        broken.setattr(files, "make_private", locked)
        with pytest.raises(Locked) as refused:
            shelf.settle(samples.record(1))
    assert refused.value.values["path"] == str(folder / MEETINGS)
    shelf.journal.close()
    again = Shelf(folder)
    recovered = again.open().recovered
    assert recovered is not None
    assert recovered.entries == samples.finished(6)
    again.settle(samples.record(1))
    assert samples.names(folder) == [MEETINGS]


def test_a_record_that_breaks_a_rule_is_refused_and_stays_in_the_journal(
    shelf: Shelf, folder: Path, open_shelf: Callable[[Path], Shelf]
) -> None:
    shelf.journal.append_all(samples.finished(6))
    with pytest.raises(RecordRefused):
        shelf.settle(samples.record(1, planned_minutes=4))
    assert not (folder / WAITING).exists()
    shelf.journal.close()
    assert open_shelf(folder).open().recovered is not None


class TestWaiting:
    def test_beside_a_newer_database_meetings_wait_and_move_in_later(self, shelf: Shelf, folder: Path) -> None:
        shelf.settle(samples.record(1))
        make_newer(folder / MEETINGS)
        before = (folder / MEETINGS).read_bytes()
        shelf, said = start_anew(folder)
        assert said == ["database-from-newer-version"]
        for number in (2, 3):
            shelf.journal.append_all(samples.finished(4))
            shelf.settle(samples.record(number))
            [notice] = shelf.take_notices()
            assert notice.code == "meeting-waits"
            assert notice.values == {"path": str(folder / WAITING), "reason": "database-from-newer-version"}
        with pytest.raises(StoreError):
            shelf.meetings.count()
        assert (folder / MEETINGS).read_bytes() == before
        assert not (folder / JOURNAL).exists()

        make_known(folder / MEETINGS)
        shelf, said = start_anew(folder)
        assert said == []
        assert keys(folder) == sorted(samples.record(number).key for number in (1, 2, 3))
        assert samples.names(folder) == [MEETINGS]

    def test_beside_a_locked_database_a_meeting_waits_and_moves_in_with_the_next(
        self, shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
        shelf.settle(samples.record(1))
        with closing(sqlite3.connect(folder / MEETINGS, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            shelf.settle(samples.record(2))
            assert [notice.values["reason"] for notice in shelf.take_notices()] == ["locked"]
            other.execute("ROLLBACK")
        shelf.settle(samples.record(3))
        assert shelf.take_notices() == ()
        assert samples.names(folder) == [MEETINGS]
        assert shelf.meetings.count() == 3

    def test_a_locked_database_at_the_start_is_told_and_hinders_nothing(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, open_shelf: Callable[[Path], Shelf]
    ) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
        open_shelf(folder).settle(samples.record(1))
        with closing(sqlite3.connect(folder / MEETINGS, isolation_level=None)) as other:
            other.execute("PRAGMA locking_mode=EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            shelf, said = start_anew(folder)
            assert said == ["locked"]
            shelf.journal.append(samples.entry(0))
            shelf.settle(samples.record(2))
        assert shelf.meetings.count() == 1
        assert start_anew(folder)[0].meetings.count() == 2

    def test_moving_in_can_be_cut_short(self, shelf: Shelf, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        shelf.waiting.add_all(samples.records(3))

        def killed(path: Path) -> None:
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr(files, "destroy", killed)
            assert start_anew(folder)[1] == ["disk-trouble"]
        assert keys(folder) == keys(folder, WAITING)
        assert start_anew(folder)[1] == []
        assert len(keys(folder)) == 3
        assert samples.names(folder) == [MEETINGS]

    def test_a_damaged_waiting_file_is_salvaged_too(self, shelf: Shelf, folder: Path) -> None:
        shelf.waiting.add_all(samples.records(3))
        with (folder / WAITING).open("r+b") as file:
            file.write(b"scribble")
        shelf, said = start_anew(folder)
        assert said == ["database-set-aside"]
        assert shelf.meetings.count() == 3
        assert samples.names(folder) == ["kohtaava-waiting-damaged-1.db", MEETINGS]


class TestBadFiles:
    def test_a_damaged_database_is_salvaged_at_the_start(self, shelf: Shelf, folder: Path) -> None:
        shelf.meetings.add_all(samples.records(3))
        with (folder / MEETINGS).open("r+b") as file:
            file.write(b"scribble")
        shelf, said = start_anew(folder)
        assert said == ["database-set-aside"]
        shelf.settle(samples.record(7))
        assert shelf.meetings.count() == 4
        for _start in range(2):
            assert start_anew(folder)[1] == ["copy-set-aside"], "until it is known that somebody has read it"
        shelf.told(["kohtaava-damaged-1.db"])
        assert start_anew(folder)[1] == []
        assert samples.names(folder) == ["kohtaava-damaged-1.db", "kohtaava-told", MEETINGS]

    def test_what_was_set_aside_without_a_word_is_told_at_the_next_start(self, shelf: Shelf, folder: Path) -> None:
        """Whichever question has found the damage; then the program was killed."""
        shelf.meetings.add_all(samples.records(3))
        damaged = Shelf(folder)
        with (folder / MEETINGS).open("r+b") as file:
            file.write(b"scribble")
        assert not damaged.has_notices
        damaged.meetings.choices("2099-W01")
        assert damaged.has_notices
        opening = Shelf(folder).open()
        assert [(notice.code, notice.values) for notice in opening.notices] == [
            ("copy-set-aside", {"set_aside": str(folder / "kohtaava-damaged-1.db")})
        ]

    def test_a_second_copy_is_told_though_the_first_one_was(self, shelf: Shelf, folder: Path) -> None:
        for number in (1, 2):
            (folder / f"kohtaava-damaged-{number}.db").write_bytes(b"damaged")
        shelf.told(["kohtaava-damaged-1.db", "kohtaava-damaged-7.db"])
        [notice] = Shelf(folder).open().notices
        assert notice.values["set_aside"] == str(folder / "kohtaava-damaged-2.db")
        (folder / "kohtaava-damaged-1.db").unlink()
        shelf.told(())
        assert not (folder / "kohtaava-told").exists(), "another file may get the name"

    def test_a_copy_with_the_name_of_one_that_was_told_and_deleted_is_told(self, shelf: Shelf, folder: Path) -> None:
        """Deleted by hand, as the documentation says; and the program is killed before the next one is read of."""
        (folder / "kohtaava-damaged-1.db").write_bytes(b"damaged")
        shelf.told(["kohtaava-damaged-1.db"])
        (folder / "kohtaava-damaged-1.db").unlink()
        (folder / MEETINGS).write_bytes(b"scribble" * 100)
        assert start_anew(folder)[1] == ["database-set-aside"]
        assert samples.names(folder) == ["kohtaava-damaged-1.db", MEETINGS]
        assert start_anew(folder)[1] == ["copy-set-aside"]

    def test_a_deletion_that_was_cut_short_takes_what_was_told_too(self, shelf: Shelf, folder: Path) -> None:
        (folder / "kohtaava-damaged-1.db").write_bytes(b"damaged")
        shelf.told(["kohtaava-damaged-1.db"])
        (folder / MARK).touch()
        assert start_anew(folder)[1] == []
        assert samples.names(folder) == []

    def test_with_everything_what_was_told_goes_too(self, shelf: Shelf, folder: Path) -> None:
        (folder / "kohtaava-damaged-1.db").write_bytes(b"damaged")
        shelf.told(["kohtaava-damaged-1.db"])
        shelf.delete_everything()
        assert samples.names(folder) == []

    def test_both_damaged_both_are_told(self, shelf: Shelf, folder: Path, open_shelf: Callable[[Path], Shelf]) -> None:
        shelf.meetings.add_all(samples.records(3))
        shelf.journal.append_all(samples.entries(3))
        shelf.journal.close()
        for name in (MEETINGS, JOURNAL):
            with (folder / name).open("r+b") as file:
                file.write(b"scribble")
        shelf = open_shelf(folder)
        opening = shelf.open()
        assert sorted(notice.code for notice in opening.notices) == ["database-set-aside", "journal-set-aside"]
        assert opening.recovered is not None
        assert opening.recovered.damaged
        shelf.settle(samples.record(5))
        assert shelf.meetings.count() == 4
        assert samples.names(folder) == ["kohtaava-damaged-1.db", MEETINGS, "meeting-in-hand-damaged-1.db"]

    @pytest.mark.parametrize("name", [MEETINGS, JOURNAL, WAITING])
    def test_a_folder_in_the_place_of_a_file_is_told(self, folder: Path, name: str) -> None:
        (folder / name).mkdir(parents=True)
        assert start_anew(folder)[1] == ["disk-trouble"]

    def test_a_file_in_the_place_of_the_folder_is_told_and_can_be_mended(
        self, tmp_path: Path, open_shelf: Callable[[Path], Shelf]
    ) -> None:
        for place in (tmp_path / "data", tmp_path / "data" / "deeper"):
            (tmp_path / "data").write_bytes(b"mine")
            shelf = open_shelf(place)
            [notice] = shelf.open().notices
            assert (notice.code, notice.values["reason"]) == ("folder-unusable", "not-a-folder")
            with pytest.raises(StoreError) as refused:
                shelf.journal.append(samples.entry(0))
            assert refused.value.code == "folder-unusable"
            assert (tmp_path / "data").read_bytes() == b"mine"
            (tmp_path / "data").unlink()
            shelf.journal.append_all(samples.entries(2))
            shelf.settle(samples.record(1))
            assert samples.names(place) == [MEETINGS]
            (place / MEETINGS).unlink()
            place.rmdir()
            if place != tmp_path / "data":
                (tmp_path / "data").rmdir()
