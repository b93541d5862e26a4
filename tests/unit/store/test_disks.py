"""Real disks that are full, real folders that are read-only: the program starts, says so, and loses nothing."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from kohtaava_desktop.store import database
from kohtaava_desktop.store.errors import DiskFull, ReadOnly
from kohtaava_desktop.store.journal import Journal
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, Shelf
from tests.unit.store import samples


def fill(folder: Path, leave: int = 0) -> Path:
    """Take all space of a disk but ``leave`` bytes; removing the file gives it back."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        with suppress(OSError):
            while file.write(bytes(4096)):
                pass
        file.truncate(max(0, file.tell() - leave))
    return ballast


def append_until_full(journal: Journal) -> int:
    """Append to a journal of one entry until there is no room; the number of the entry that failed."""
    for number in range(1, 10_000):
        try:
            journal.append(samples.entry(number))
        except DiskFull:
            return number
    raise AssertionError("the disk never got full")


class TestFull:
    def test_it_is_told_at_the_start_and_a_meeting_waits_in_memory(
        self, small_disk: Callable[[int], Path], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        disk = small_disk(512)
        ballast = fill(disk)
        shelf = open_shelf(disk / "data")
        assert [notice.code for notice in shelf.open().notices] == ["disk-full"]
        for _ in range(2):
            with pytest.raises(DiskFull):
                shelf.journal.append_all(samples.entries(3))
        ballast.unlink()
        shelf.journal.append_all(samples.entries(4))
        shelf.journal.close()
        recovered = open_shelf(disk / "data").open().recovered
        assert recovered is not None
        assert recovered.entries == samples.entries(4)

    @pytest.mark.parametrize("left", [0, 20_000, 45_000, 70_000])
    def test_filling_up_in_a_meeting_loses_no_tap_that_was_durable(
        self, small_disk: Callable[[int], Path], left: int, open_journal: Callable[[Path], Journal]
    ) -> None:
        disk = small_disk(512)
        journal = open_journal(disk / JOURNAL)
        journal.append(samples.entry(0))
        ballast = fill(disk, left)
        number = append_until_full(journal)
        with pytest.raises(DiskFull):
            journal.append(samples.entry(number))
        cut = open_journal(samples.copied(samples.contents(disk), disk.parent / "copy") / JOURNAL)
        found = cut.read()
        cut.close()
        assert found is not None
        assert len(found.entries) in (number, number + 1)
        assert found.entries == samples.entries(len(found.entries))
        ballast.unlink()
        journal.append_all(samples.entries(number + 3)[number:])
        journal.close()
        again = open_journal(disk / JOURNAL).read()
        assert again is not None
        assert again.entries == samples.entries(number + 3)

    def test_a_meeting_can_be_let_go_of(
        self, small_disk: Callable[[int], Path], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        disk = small_disk(512)
        shelf = open_shelf(disk)
        shelf.journal.append_all(samples.entries(100))
        ballast = fill(disk)
        shelf.settle(None)
        assert samples.names(disk) == [ballast.name]

    def test_a_finished_meeting_stays_in_the_journal_until_there_is_room(
        self, small_disk: Callable[[int], Path], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        disk = small_disk(512)
        shelf = open_shelf(disk)
        shelf.meetings.add_all(samples.records(20))
        shelf.journal.append_all(samples.finished(6))
        ballast = fill(disk)
        with pytest.raises(DiskFull):
            shelf.settle(samples.record(100))
        shelf.journal.close()
        shelf = open_shelf(disk)
        recovered = shelf.open().recovered
        assert recovered is not None
        assert recovered.entries == samples.finished(6)
        with pytest.raises(DiskFull):
            shelf.settle(samples.record(100))
        ballast.unlink()
        shelf.settle(samples.record(100))
        assert samples.names(disk) == [MEETINGS]
        assert shelf.meetings.count() == 21
        assert samples.rows(disk / MEETINGS, "PRAGMA integrity_check") == [("ok",)]

    @pytest.mark.parametrize("left", [0, 20_000, 60_000, 120_000])
    def test_a_damaged_database_keeps_its_place_until_it_can_be_salvaged(
        self, small_disk: Callable[[int], Path], left: int
    ) -> None:
        disk = small_disk(512)
        Meetings(disk / MEETINGS).add_all(samples.records(300))
        with (disk / MEETINGS).open("r+b") as file:
            file.write(b"scribble")
        ballast = fill(disk, left)
        kept = Meetings(disk / MEETINGS)
        with pytest.raises(DiskFull):
            kept.prepare()
        ballast.unlink()
        kept.prepare()
        assert kept.count() == 300
        assert samples.names(disk) == ["kohtaava-damaged-1.db", MEETINGS]

    def test_a_database_that_may_not_grow_refuses_by_the_same_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Runs everywhere: SQLite itself says that there is no room."""
        kept = Meetings(tmp_path / MEETINGS)
        kept.add_all(samples.records(20))
        connect = database.connect

        def small(path: Path) -> object:
            db = connect(path)
            db.execute("PRAGMA max_page_count=1")
            return db

        with monkeypatch.context() as full:
            full.setattr(database, "connect", small)
            with pytest.raises(DiskFull):
                kept.add_all(samples.records(200))
        assert kept.count() == 20
        kept.add_all(samples.records(200))
        assert kept.count() == 200


class TestReadOnly:
    def test_an_empty_folder_is_told_at_the_start(
        self, tmp_path: Path, read_only: Callable[[Path], Callable[[], None]], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        release = read_only(tmp_path)
        shelf = open_shelf(tmp_path)
        [notice] = shelf.open().notices
        assert (notice.code, notice.values["path"]) == ("read-only", str(tmp_path))
        with pytest.raises(ReadOnly):
            shelf.journal.append(samples.entry(0))
        with pytest.raises(ReadOnly):
            shelf.settle(samples.record(1))
        release()
        shelf.journal.append_all(samples.entries(2))
        shelf.settle(samples.record(1))
        assert shelf.meetings.count() == 1

    def test_a_finished_meeting_in_it_is_found_and_kept_until_it_can_be_stored(
        self, tmp_path: Path, read_only: Callable[[Path], Callable[[], None]], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        folder = tmp_path / "data"
        shelf = open_shelf(folder)
        shelf.meetings.add(samples.record(1))
        shelf.journal.append_all(samples.finished(6))
        shelf.journal.close()
        before = samples.contents(folder)
        release = read_only(folder)
        shelf = open_shelf(folder)
        opening = shelf.open()
        assert [notice.code for notice in opening.notices] == ["read-only"]
        assert opening.recovered is not None
        assert opening.recovered.entries == samples.finished(6)
        with pytest.raises(ReadOnly):
            shelf.settle(samples.record(2))
        assert samples.contents(folder) == before
        release()
        shelf.settle(samples.record(2))
        assert samples.names(folder) == [MEETINGS]
        assert shelf.meetings.count() == 2

    def test_a_damaged_database_in_it_is_not_touched(
        self, tmp_path: Path, read_only: Callable[[Path], Callable[[], None]], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        Meetings(tmp_path / MEETINGS).add_all(samples.records(5))
        with (tmp_path / MEETINGS).open("r+b") as file:
            file.write(b"scribble")
        before = samples.contents(tmp_path)
        release = read_only(tmp_path)
        assert [notice.code for notice in open_shelf(tmp_path).open().notices] == ["read-only"]
        assert samples.contents(tmp_path) == before
        release()
        shelf = open_shelf(tmp_path)
        assert [notice.code for notice in shelf.open().notices] == ["database-set-aside"]
        assert shelf.meetings.count() == 5

    def test_a_folder_below_it_cannot_be_made_and_that_is_told(
        self, tmp_path: Path, read_only: Callable[[Path], Callable[[], None]], open_shelf: Callable[[Path], Shelf]
    ) -> None:
        read_only(tmp_path)
        [notice] = open_shelf(tmp_path / "data").open().notices
        assert (notice.code, notice.values["reason"]) == ("folder-unusable", "not-allowed")


def test_a_missing_folder_is_made_with_all_above_it(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path / "one" / "two" / "data")
    assert shelf.open().notices == ()
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    shelf.journal.append(samples.entry(0))
    shelf.journal.close()
    assert samples.names(shelf.folder) == [JOURNAL]
