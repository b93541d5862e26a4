"""*Delete everything now*: nothing of any meeting is left, whenever the program is killed while it deletes."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.store import erasure, files
from kohtaava_desktop.store.errors import ReadOnly
from kohtaava_desktop.store.examination import Kept, kept
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING, Shelf
from tests.unit.store import samples

OTHERS = {"kohtaava.lock": b"", "settings.json": b"{}", "kohtaava-notes.db": b"not ours", "my-kohtaava.db": b"nor this"}
COPIES = (
    *("kohtaava-damaged-1.db", "kohtaava-damaged-1.db-wal", "kohtaava-waiting-damaged-1.db", "kohtaava.db.gone-1"),
    *("meeting-in-hand-damaged-12.db", "meeting-in-hand-damaged-12.db-journal", "kohtaava-replacement.db"),
)
RELEASE = "INSERT INTO release (month, contributor, content) VALUES ('2026-10', 'abcdefghijklmnop', '{}')"


class Killed(BaseException):
    """The program ends here, whatever it was doing."""


def fill(folder: Path, shelf: Shelf) -> list[Record]:
    """Everything that can be there: meetings, some that wait, one in hand, damaged copies with logs, remains."""
    shelf.open()
    records = samples.records(6)
    shelf.meetings.add_all(records[:3])
    samples.rows(folder / MEETINGS, RELEASE)
    Meetings(folder / WAITING).add_all(records[3:5])
    data = (folder / MEETINGS).read_bytes()
    for name in COPIES:
        (folder / name).write_bytes(data)
    for name, content in OTHERS.items():
        (folder / name).write_bytes(content)
    shelf.journal.append_all(samples.entries(5))
    return records


def left(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in samples.contents(folder).items() if OTHERS.get(name) != data}


def traces(records: list[Record], data: bytes) -> list[bytes]:
    return [trace for trace in (*(each.key.encode() for each in records), b"stepped-up", b"abcdefgh") if trace in data]


def test_every_database_is_known() -> None:
    assert all(erasure._OURS.fullmatch(name) for name in (MEETINGS, WAITING, JOURNAL))


def test_nothing_is_left_and_what_is_others_stays(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path)
    fill(tmp_path, shelf)
    shelf.delete_everything()
    assert samples.contents(tmp_path) == OTHERS
    assert kept(tmp_path) == Kept()


def test_what_is_removed_is_overwritten_first(
    tmp_path: Path, open_shelf: Callable[[Path], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each file holds nothing but zeros at the instant at which it is removed."""
    shelf = open_shelf(tmp_path)
    records = fill(tmp_path, shelf)
    assert traces(records, b"".join(left(tmp_path).values()))
    removed: dict[str, bytes] = {}
    unlink = Path.unlink

    def look(path: Path, missing_ok: bool = False) -> None:
        if path.exists():
            removed[path.name] = path.read_bytes()
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", look)
    shelf.delete_everything()
    assert len(removed) >= 10
    assert {name for name, data in removed.items() if any(data)} == set()


def test_the_shelf_goes_on_with_new_meetings(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    """The old meeting in hand is not written back with the next one, and the next one starts from nothing."""
    shelf = open_shelf(tmp_path)
    records = fill(tmp_path, shelf)
    shelf.delete_everything()
    shelf.journal.append_all(samples.entries(1))
    shelf.settle(records[5])
    assert shelf.meetings.records() == [records[5]]
    assert traces(records[:5], b"".join(left(tmp_path).values())) == []
    assert kept(tmp_path) == Kept(meetings=1)


def steps(folder: Path, monkeypatch: pytest.MonkeyPatch, killed_at: int) -> Callable[[], int]:
    """Kill at the ``killed_at``-th change of a file; returns what tells how many there were."""
    seen = 0

    def step(change: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            nonlocal seen
            if seen == killed_at:
                raise Killed
            seen += 1
            return change(*given, **named)

        return counted

    monkeypatch.setattr(Path, "unlink", step(Path.unlink))
    monkeypatch.setattr(Path, "rename", step(Path.rename))
    monkeypatch.setattr(files, "overwrite", step(files.overwrite))
    monkeypatch.setattr(os, "fsync", step(os.fsync))
    assert folder.is_dir()
    return lambda: seen


def test_killed_at_any_point_the_next_start_finishes(
    tmp_path: Path, open_shelf: Callable[[Path], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    for killed_at in range(200):
        folder = tmp_path / str(killed_at)
        shelf = open_shelf(folder)
        fill(folder, shelf)
        shelf.journal.close()
        with monkeypatch.context() as patched:
            count = steps(folder, patched, killed_at)
            try:
                erasure.erase(folder)
            except Killed:
                pass
            else:
                assert count() == killed_at
                break
        left_over = samples.copied(samples.contents(folder), tmp_path / f"{killed_at}-after")
        opening = open_shelf(left_over).open()
        assert opening.recovered is None
        assert samples.contents(left_over) == OTHERS
    assert killed_at > 20


def test_where_it_cannot_be_done_the_meeting_in_hand_goes_on(
    tmp_path: Path, open_shelf: Callable[[Path], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = open_shelf(tmp_path)
    fill(tmp_path, shelf)
    with monkeypatch.context() as patched:
        patched.setattr(files, "overwrite", _refuse)
        with pytest.raises(ReadOnly):
            shelf.delete_everything()
    assert not (tmp_path / erasure.MARK).exists()
    shelf.journal.append_all(samples.entries(6)[5:])
    shelf.journal.close()
    recovered = open_shelf(tmp_path).journal.read()
    assert recovered is not None
    assert recovered.entries == samples.entries(6)
    shelf.settle(None)
    shelf.delete_everything()
    assert samples.contents(tmp_path) == OTHERS


def test_what_a_failure_left_is_overwritten_at_the_next_start(
    tmp_path: Path, open_shelf: Callable[[Path], Shelf], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = open_shelf(tmp_path)
    records = fill(tmp_path, shelf)
    with monkeypatch.context() as patched:
        patched.setattr(files, "overwrite", _refuse)
        with pytest.raises(ReadOnly):
            shelf.delete_everything()
    assert traces(records, b"".join(left(tmp_path).values()))
    open_shelf(tmp_path).open()
    assert traces(records, b"".join(left(tmp_path).values())) == []


def _refuse(*_given: object, **_named: object) -> None:
    raise PermissionError(13, "no")


def test_without_a_folder_there_is_nothing_to_delete(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path / "none")
    shelf.delete_everything()
    assert not (tmp_path / "none").exists()
    assert kept(tmp_path / "none") == Kept()


def test_kept_tells_numbers_and_changes_nothing(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path)
    fill(tmp_path, shelf)
    before = samples.contents(tmp_path)
    copies = ("kohtaava-damaged-1.db", "kohtaava-waiting-damaged-1.db", "meeting-in-hand-damaged-12.db")
    found = kept(tmp_path)
    assert (found.meetings, found.waiting, found.in_hand) == (5, 2, True)
    assert found.prepared == ("kohtaava-2026-10-abcdefghijklmnop",)
    assert sorted(found.set_aside) == sorted(copies)
    assert found.anything
    assert samples.contents(tmp_path) == before


def test_a_file_that_cannot_be_read_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / MEETINGS).write_bytes(b"no database" * 100)
    assert kept(tmp_path).meetings is None
    assert kept(tmp_path).anything
