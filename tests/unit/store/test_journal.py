"""The journal of the meeting in hand."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from kohtaava_desktop.domain.events import Pinned
from kohtaava_desktop.domain.timeline import Mark
from kohtaava_desktop.store import database, files
from kohtaava_desktop.store.errors import Locked, ReadOnly
from kohtaava_desktop.store.journal import Entry, Journal, Recovered
from tests.unit.domain.histories import played_meetings
from tests.unit.domain.played import Played
from tests.unit.store import samples
from tests.unit.store.sizes import FEWER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "meeting-in-hand.db"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    journal = Journal(path)
    yield journal
    journal.close()


def recovered(path: Path) -> Recovered:
    """What the next start of the program finds."""
    journal = Journal(path)
    found = journal.read()
    journal.close()
    assert found is not None
    assert journal.take_notices() == ()
    return found


def after_power_cut(path: Path, folder: Path) -> Recovered:
    """What the next start would find if the program ended this instant."""
    return recovered(samples.copied(samples.contents(path.parent), folder) / path.name)


def test_nothing_is_written_before_the_first_entry(journal: Journal, path: Path) -> None:
    assert journal.read() is None
    journal.alive(samples.BEGUN, samples.reading(0))
    journal.close()
    assert not path.parent.exists()


def test_entries_read_back_as_they_were(journal: Journal, path: Path, tmp_path: Path) -> None:
    for entry in samples.entries(30):
        journal.append(entry)
    assert after_power_cut(path, tmp_path / "copy").entries == samples.entries(30)


def test_several_entries_go_in_together(journal: Journal, path: Path, tmp_path: Path) -> None:
    journal.append_all(samples.entries(3))
    journal.append_all(samples.entries(7)[3:])
    assert after_power_cut(path, tmp_path / "copy") == Recovered(samples.entries(7), samples.entry(6).mark, False)


@FEWER
@given(played_meetings())
def test_any_meeting_reads_back_as_it_was(played: Played) -> None:
    lines = [Entry(event, samples.reading(number * 0.1)) for number, event in enumerate(played.events)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "meeting-in-hand.db"
        journal = Journal(path)
        journal.append_all(lines)
        journal.close()
        assert recovered(path).entries == lines


def test_a_closed_journal_keeps_its_meeting_in_one_file_and_goes_on(journal: Journal, path: Path) -> None:
    journal.append_all(samples.entries(3))
    journal.close()
    assert samples.names(path.parent) == [path.name]
    journal.append(samples.entry(3))
    journal.close()
    assert recovered(path).entries == samples.entries(4)


def test_the_next_program_goes_on_with_the_meeting(path: Path, open_journal: Callable[[Path], Journal]) -> None:
    for number in range(5):
        journal = open_journal(path)
        journal.append(samples.entry(number))
        journal.close()
    assert recovered(path).entries == samples.entries(5)


def test_a_journal_holds_one_meeting_from_its_start(journal: Journal, path: Path) -> None:
    with pytest.raises(ValueError, match="one meeting"):
        journal.append(samples.entry(1))
    journal.append_all(samples.entries(2))
    with pytest.raises(ValueError, match="one meeting"):
        journal.append(samples.entry(0))
    journal.close()
    assert recovered(path).entries == samples.entries(2)


def test_only_the_user_can_read_it_whatever_the_umask(tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
    before = os.umask(0)
    try:
        for umask in (0, 0o777):
            os.umask(umask)
            path = tmp_path / f"{umask:o}" / "meeting-in-hand.db"
            tmp_path.joinpath(f"{umask:o}").mkdir(mode=0o777)
            journal = open_journal(path)
            journal.append_all(samples.entries(3))
            assert dict(samples.modes(path.parent)) == {path.name + side: 0o600 for side in ("", "-wal", "-shm")}
            assert path.parent.stat().st_mode & 0o777 == 0o700
            journal.close()
    finally:
        os.umask(before)


class TestSignsOfLife:
    def test_the_last_one_is_found_after_a_kill(self, journal: Journal, path: Path, tmp_path: Path) -> None:
        journal.append_all(samples.entries(3))
        for minute in (1, 2, 3):
            journal.alive(samples.BEGUN + 60 * minute, samples.reading(60 * minute))
        found = after_power_cut(path, tmp_path / "copy")
        assert found.alive == Mark(samples.BEGUN + 180, samples.reading(180))
        assert found.entries == samples.entries(3)

    def test_a_later_tap_is_a_later_sign(self, journal: Journal, path: Path, tmp_path: Path) -> None:
        journal.append(samples.entry(0))
        journal.alive(samples.BEGUN + 5, samples.reading(5))
        journal.append(samples.entry(1))
        assert after_power_cut(path, tmp_path / "copy").alive == samples.entry(1).mark

    def test_taps_after_it_are_synced_to_the_disk_again(self, journal: Journal) -> None:
        journal.append(samples.entry(0))
        journal.alive(samples.BEGUN + 60, samples.reading(60))
        assert journal._db is not None
        assert journal._db.execute("PRAGMA synchronous").fetchone() == (2,)

    def test_it_is_not_taken_into_the_next_meeting(self, journal: Journal, path: Path) -> None:
        journal.append(samples.entry(0))
        journal.alive(samples.BEGUN + 6000, samples.reading(6000))
        journal.destroy()
        journal.append(samples.entry(0))
        journal.close()
        assert recovered(path).alive == samples.entry(0).mark


class TestFailures:
    def test_entries_go_in_all_or_none(self, journal: Journal, path: Path) -> None:
        journal.append(samples.entry(0))
        unwritable = replace(samples.entry(2), reading=samples.reading(9)._replace(wall=float("nan")))
        with pytest.raises(ValueError, match="JSON"):
            journal.append_all([samples.entry(1), unwritable])
        journal.close()
        assert recovered(path).entries == samples.entries(1)

    def test_what_failed_can_be_done_again(self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
        journal.append(samples.entry(0))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            for _ in range(3):
                with pytest.raises(Locked):
                    journal.append(samples.entry(1))
            other.execute("ROLLBACK")
        journal.append_all([samples.entry(1), samples.entry(2)])
        journal.close()
        assert recovered(path).entries == samples.entries(3)

    def test_a_file_that_was_removed_is_written_anew_with_the_next_entry(self, journal: Journal, path: Path) -> None:
        journal.append_all(samples.entries(3))
        for file in path.parent.iterdir():
            file.unlink()
        path.parent.rmdir()
        journal.alive(samples.BEGUN + 60, samples.reading(60))
        journal.append(samples.entry(3))
        journal.close()
        assert recovered(path).entries == samples.entries(4)

    def test_a_file_that_was_replaced_is_written_anew_with_the_next_entry(self, journal: Journal, path: Path) -> None:
        journal.append_all(samples.entries(3))
        path.rename(path.with_name("elsewhere.db"))
        path.write_bytes(b"")
        journal.append(samples.entry(3))
        journal.close()
        assert recovered(path).entries == samples.entries(4)


class TestUnreadableAtTheStart:
    """Another program may hold the file so that not even its bytes can be read; later it lets go."""

    @pytest.fixture
    def unread(self, path: Path, monkeypatch: pytest.MonkeyPatch, open_journal: Callable[[Path], Journal]) -> Journal:
        journal = open_journal(path)
        journal.append_all(samples.entries(5))
        journal.close()
        journal = open_journal(path)

        def held(*paths: Path) -> list[bytes]:
            raise PermissionError(13, "Permission denied")

        with monkeypatch.context() as patched:
            patched.setattr(files, "everything_in", held)
            for call in (journal.read, lambda: journal.append(samples.entry(0))):
                with pytest.raises(ReadOnly):
                    call()
        return journal

    def test_the_meeting_in_it_is_not_mixed_with_the_next(self, unread: Journal, path: Path) -> None:
        unread.append_all(samples.entries(2))
        unread.close()
        assert recovered(path).entries == samples.entries(2)
        [notice] = unread.take_notices()
        assert notice.code == "journal-set-aside"
        assert recovered(Path(str(notice.values["set_aside"]))).entries == samples.entries(5)

    def test_the_meeting_in_it_is_not_let_go_of_with_another(self, unread: Journal, path: Path) -> None:
        unread.destroy()
        assert recovered(path).entries == samples.entries(5)


class TestDestroying:
    def test_nothing_is_left_and_the_next_meeting_begins_afresh(self, journal: Journal, path: Path) -> None:
        journal.append_all(samples.finished(5))
        journal.destroy()
        assert samples.names(path.parent) == []
        assert journal.read() is None
        journal.append(samples.entry(0))
        journal.close()
        assert recovered(path).entries == samples.entries(1)

    def test_the_bytes_are_overwritten_before_they_are_given_up(
        self, journal: Journal, path: Path, tmp_path: Path
    ) -> None:
        journal.append_all(samples.entries(200))
        journal.close()
        journal.append_all(samples.entries(300)[200:])
        for name in (path.name, path.name + "-wal"):
            (tmp_path / name).hardlink_to(path.with_name(name))  # a second name keeps what is removed within reach
        before = {name: (tmp_path / name).read_bytes() for name in (path.name, path.name + "-wal")}
        assert b"stepped-up" in before[path.name]
        assert b"stepped-up" in before[path.name + "-wal"]
        journal.destroy()
        after = (tmp_path / path.name).read_bytes()
        assert len(after) >= len(before[path.name])
        assert not any(after)
        assert not any((tmp_path / (path.name + "-wal")).read_bytes())

    def test_the_log_is_overwritten_before_closing_removes_it(
        self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        journal.append_all(samples.entries(20))
        seen: list[tuple[bytes, bytes]] = []
        overwrite = files.overwrite

        def watched(file: Path, head: int = 0) -> None:
            before = file.read_bytes()
            overwrite(file, head)
            seen.append((before, file.read_bytes()))

        monkeypatch.setattr(files, "overwrite", watched)
        journal.close()
        [(before, after)] = seen
        assert b"stepped-up" in before
        assert after == bytes(len(before))

    def test_cut_short_it_leaves_no_meeting_and_is_finished_by_the_next_start(
        self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, open_journal: Callable[[Path], Journal]
    ) -> None:
        journal.append_all(samples.entries(20))
        journal.close()
        journal.append(samples.entry(20))

        def half(file: Path, head: int = 0) -> None:
            with file.open("r+b") as opened:
                opened.write(bytes(3000))
            raise OSError(5, "Input/output error")

        with monkeypatch.context() as broken:
            broken.setattr(files, "overwrite", half)
            journal.destroy()
            [notice] = journal.take_notices()
        assert notice.code == "not-overwritten"
        assert b"stepped-up" in b"".join(samples.contents(path.parent).values())
        assert open_journal(path).read() is None
        assert samples.names(path.parent) == []

    def test_what_it_could_not_remove_does_not_hinder_the_next_meeting(
        self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(file: Path, head: int = 0) -> None:
            raise PermissionError(13, "Permission denied")

        journal.append_all(samples.entries(20))
        with monkeypatch.context() as broken:
            broken.setattr(files, "overwrite", refused)
            journal.destroy()
            journal.append(samples.entry(0))
        journal.close()
        assert recovered(path).entries == samples.entries(1)
        assert samples.names(path.parent) == [path.name]

    def test_a_journal_that_cannot_be_let_go_is_tried_again_before_the_next_entry(
        self, journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(path: Path) -> None:
            raise PermissionError(13, "Permission denied")

        journal.append_all(samples.finished(5))
        with monkeypatch.context() as held:
            held.setattr(files, "retire", refused)
            with pytest.raises(ReadOnly):
                journal.destroy()
            with pytest.raises(ReadOnly):
                journal.append(samples.entry(0))
        assert recovered(path).entries == samples.finished(5)
        journal.append_all(samples.entries(2))
        journal.close()
        assert recovered(path).entries == samples.entries(2)

    def test_a_file_killed_before_its_first_entry_is_cleared_away(
        self, path: Path, open_journal: Callable[[Path], Journal]
    ) -> None:
        files.make_private(path)
        db = database.connect(path)
        db.close()
        assert open_journal(path).read() is None
        assert samples.names(path.parent) == []

    @pytest.mark.parametrize("rows", [0, 500])
    def test_a_file_killed_while_it_was_made_is_cleared_away(
        self, path: Path, rows: int, tmp_path: Path, open_journal: Callable[[Path], Journal]
    ) -> None:
        """Until it has a write-ahead log, SQLite writes into the file itself and keeps what was there beside it."""
        with closing(sqlite3.connect(tmp_path / path.name, isolation_level=None)) as other:
            other.execute("PRAGMA cache_size=1")
            other.execute("BEGIN")
            other.execute("CREATE TABLE entry (position INTEGER PRIMARY KEY, line TEXT NOT NULL)")
            other.executemany("INSERT INTO entry VALUES (?, ?)", [(row, "x" * 500) for row in range(rows)])
            killed = {name: data for name, data in samples.contents(tmp_path).items() if name.startswith(path.name)}
        assert killed[path.name + "-journal"]
        assert bool(killed[path.name]) == bool(rows)
        journal = open_journal(samples.copied(killed, path.parent) / path.name)
        assert journal.read() is None
        assert journal.take_notices() == ()
        assert samples.names(path.parent) == []

    def test_a_log_whose_journal_is_gone_is_cleared_away(self, journal: Journal, path: Path) -> None:
        journal.append_all(samples.entries(3))
        found = samples.contents(path.parent)
        journal.destroy()
        path.with_name(path.name + "-wal").write_bytes(found[path.name + "-wal"])
        journal.append(samples.entry(0))
        journal.close()
        assert recovered(path).entries == samples.entries(1)


def test_an_entry_stays_small_enough_to_be_found_in_one_piece() -> None:
    """Salvage reads lines in one piece; SQLite would split one that is longer than a page."""
    from kohtaava_desktop.store.lines import entry_line

    longest = replace(samples.entry(0), reading=samples.reading(1 / 3)._replace(boot="b" * 100))
    assert len(entry_line(10**6, longest)) < 1000
    assert len(entry_line(1, Entry(Pinned(1 / 3), samples.reading(1 / 3)))) < 1000
