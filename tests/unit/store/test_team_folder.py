"""A folder into which anybody may have put anything: what is ours is read, the rest named, and nothing is touched."""

import errno
import gc
import os
import random
import threading
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.release_files import DATASET, DESCRIPTION, TABLE, files_of
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.store import exports, team_folder
from kohtaava_desktop.store.patience import NotAnswering, patiently
from kohtaava_desktop.store.team_folder import MOST_BYTES, MOST_PROBLEMS, FolderAway, Found, Stopped, read_folder
from tests.unit.domain.exports import LATEST, export, meetings

SAMPLES = [export(number, meetings(20, 45, number)) for number in range(4)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A team folder with four exports."""
    place = tmp_path / "team"
    place.mkdir()
    for release in SAMPLES:
        exports.write(place, release.name, files_of(release))
    return place


def looked(folder: Path) -> tuple[list[Release], Found]:
    taken: list[Release] = []
    found = read_folder(folder, LATEST, taken.append)
    return sorted(taken, key=lambda release: release.name), found


def skipped(folder: Path, others: int = 0) -> tuple[str, int, str]:
    """The one problem there is; everything else has been read."""
    taken, found = looked(folder)
    assert (found.problems, found.others) == (1, others)
    (problem,) = found.first
    assert taken == [release for release in SAMPLES if not problem.file.startswith(release.name)]
    return problem.file, problem.line, problem.reason


def test_exports_are_read_as_they_were_written(folder: Path) -> None:
    taken, found = looked(folder)
    assert taken == sorted(SAMPLES, key=lambda release: release.name)
    assert (found.exports, found.others, found.problems) == (4, 0, 0)


@pytest.mark.parametrize("change", [Path.unlink, lambda path: path.write_bytes(b"another"), os.mkfifo])
def test_what_is_for_other_programs_is_not_opened(folder: Path, change: Callable[[Path], object]) -> None:
    path = folder / SAMPLES[1].name / DATASET
    if change is os.mkfifo:
        path.unlink()
    change(path)
    assert looked(folder)[1].exports == 4


BAD = SAMPLES[1].name
TABLE_FILE, DESCRIPTION_FILE = f"{BAD}/{TABLE}", f"{BAD}/{DESCRIPTION}"


def a_link(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def two_gigabytes(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(2 * 1024**3)


def too_large(path: Path) -> None:
    path.write_bytes(bytes(MOST_BYTES + 1))


def a_zip_bomb(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(4000))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:300])


def edited(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b",published\r\n", b",withheld\r\n", 1))


@pytest.mark.parametrize(
    ("spoil", "name", "expected"),
    [
        (a_link, TABLE, (TABLE_FILE, 0, "link")),
        (a_link, DESCRIPTION, (DESCRIPTION_FILE, 0, "link")),
        (a_folder, TABLE, (TABLE_FILE, 0, "not-a-file")),
        (a_pipe, DESCRIPTION, (DESCRIPTION_FILE, 0, "not-a-file")),
        (a_pipe, TABLE, (TABLE_FILE, 0, "not-a-file")),
        (two_gigabytes, TABLE, (TABLE_FILE, 0, "too-large")),
        (two_gigabytes, DESCRIPTION, (DESCRIPTION_FILE, 0, "too-large")),
        (too_large, TABLE, (TABLE_FILE, 0, "too-large")),
        (Path.unlink, TABLE, (TABLE_FILE, 0, "missing")),
        (Path.unlink, DESCRIPTION, (DESCRIPTION_FILE, 0, "missing")),
        (a_zip_bomb, TABLE, (TABLE_FILE, 1, "wrong-columns")),
        (a_zip_bomb, DESCRIPTION, (DESCRIPTION_FILE, 1, "not-json")),
        (cut, TABLE, (TABLE_FILE, 5, "incomplete")),
        (edited, TABLE, (TABLE_FILE, 2, "unknown-lengths")),
    ],
)
def test_a_bad_file_is_named_and_all_others_are_read(
    folder: Path, spoil: Callable[[Path], None], name: str, expected: tuple[str, int, str]
) -> None:
    spoil(folder / BAD / name)
    assert skipped(folder) == expected


def test_a_file_in_place_of_an_export_and_an_empty_one(folder: Path) -> None:
    for file in (folder / BAD).iterdir():
        file.unlink()
    assert skipped(folder) == (DESCRIPTION_FILE, 0, "missing")
    (folder / BAD).rmdir()
    (folder / BAD).write_bytes(b"kohtaava")
    assert skipped(folder) == (BAD, 0, "not-a-folder")


def test_a_link_to_an_export_is_not_followed(folder: Path) -> None:
    (folder / BAD).rename(folder / "elsewhere")
    (folder / BAD).symlink_to("elsewhere", target_is_directory=True)
    assert skipped(folder, others=1) == (BAD, 0, "link")


def test_a_link_that_leads_to_itself(folder: Path) -> None:
    for file in (folder / BAD).iterdir():
        file.unlink()
    (folder / BAD).rmdir()
    (folder / BAD).symlink_to(BAD)
    assert skipped(folder) == (BAD, 0, "link")


def test_a_copy_under_another_name_is_nobody_twice(folder: Path) -> None:
    exports.write(folder, f"{BAD} (copy)", files_of(SAMPLES[1]))
    taken, found = looked(folder)
    assert len(taken) == 4
    assert [(each.file, each.reason) for each in found.first] == [(f"{BAD} (copy)", "not-an-export")]


def test_an_export_under_the_name_of_another_is_skipped(folder: Path) -> None:
    other = export(7, meetings(20, 45)).name
    exports.write(folder, other, files_of(SAMPLES[1]))
    taken, found = looked(folder)
    assert len(taken) == 4
    assert [(each.file, each.reason) for each in found.first] == [(f"{other}/{DESCRIPTION}", "wrong-contributor")]


def test_one_of_a_month_that_is_not_over_and_one_that_is_being_written(folder: Path) -> None:
    late = export(8, meetings(20, 45), "2026-11")
    exports.write(folder, late.name, files_of(late))
    (folder / f".{BAD}.part").mkdir()
    found = looked(folder)[1]
    assert [(each.file, each.reason) for each in found.first] == [
        (f".{BAD}.part", "half-written"),
        (late.name, "month-not-over"),
    ]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "not-allowed"),
        (OSError(errno.EBUSY, "Device or resource busy"), "locked"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (OSError(errno.ESTALE, "Stale file handle"), "Stale file handle"),
    ],
)
def test_what_the_system_says_of_one_file_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    inode = (folder / BAD / TABLE).stat().st_ino
    read = os.read

    def fails(handle: int, size: int) -> bytes:
        if os.fstat(handle).st_ino == inode:
            raise error
        return read(handle, size)

    monkeypatch.setattr(os, "read", fails)
    assert skipped(folder) == (TABLE_FILE, 0, reason)


def test_a_file_that_another_program_has_locked_on_windows_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = PermissionError(errno.EACCES, "in use")
    error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
    assert team_folder._reason(error) == "locked"


def test_a_file_that_grows_while_it_is_read_is_given_up(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inode = (folder / BAD / TABLE).stat().st_ino
    read = os.read

    def endless(handle: int, size: int) -> bytes:
        return b"x" * size if os.fstat(handle).st_ino == inode else read(handle, size)

    monkeypatch.setattr(os, "read", endless)
    assert skipped(folder) == (TABLE_FILE, 0, "too-large")


def test_without_handles_of_folders_it_reads_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "supports_dir_fd", set())
    a_link(folder / BAD / TABLE)
    assert skipped(folder) == (TABLE_FILE, 0, "link")


@pytest.mark.parametrize("name", ["gone", "gone/further", "a\0b"])
def test_a_folder_that_is_away(tmp_path: Path, name: str) -> None:
    with pytest.raises(FolderAway) as caught:
        looked(tmp_path / name)
    assert caught.value.reason == "gone"


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderAway) as caught:
        looked(tmp_path / "file")
    assert caught.value.reason == "not-a-folder"


def gone(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))


def another(folder: Path) -> None:
    """As where a share goes that was mounted over an empty folder."""
    gone(folder)
    folder.mkdir()


def not_readable(folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    folder.touch()


@pytest.mark.parametrize("vanish", [gone, another, not_readable])
@pytest.mark.parametrize("entry", [1, 2, 4])
def test_a_folder_that_vanishes_while_it_is_read_is_away(
    folder: Path, vanish: Callable[[Path], None], entry: int
) -> None:
    """The system goes on with the entries that it has read ahead: none of them may be taken for one that is missing."""
    asked = iter(range(1, 100))

    def goes_on() -> bool:
        if next(asked) == entry:
            vanish(folder)
        return True

    with pytest.raises(FolderAway):
        read_folder(folder, LATEST, lambda _release: None, goes_on)


def test_one_that_vanishes_after_its_last_entry_was_read_is_away_too(folder: Path) -> None:
    taken: list[Release] = []

    def take(release: Release) -> None:
        taken.append(release)
        if len(taken) == len(SAMPLES):
            another(folder)

    with pytest.raises(FolderAway) as caught:
        read_folder(folder, LATEST, take)
    assert caught.value.reason == "gone"


@pytest.mark.parametrize("error", [errno.EHOSTDOWN, errno.ENETDOWN, errno.ENOTCONN, errno.ETIMEDOUT])
def test_what_the_system_says_of_the_network_is_of_the_whole_share(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    inode = (folder / BAD / TABLE).stat().st_ino
    read = os.read

    def fails(handle: int, size: int) -> bytes:
        if os.fstat(handle).st_ino == inode:
            raise OSError(error, os.strerror(error))
        return read(handle, size)

    monkeypatch.setattr(os, "read", fails)
    with pytest.raises(FolderAway) as caught:
        looked(folder)
    assert caught.value.reason == "gone"


def test_where_one_file_fails_the_folder_is_looked_at_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that went away may go on telling of the folder for a while, but not let it be opened."""
    opened = iter(range(100))

    def scandir(path: Path) -> object:
        if next(opened):
            raise OSError(errno.EIO, "Input/output error")
        return os.scandir(path)

    (folder / BAD / TABLE).unlink()
    with monkeypatch.context() as patched:
        patched.setattr(team_folder, "os", _other_scandir(scandir))
        with pytest.raises(FolderAway) as caught:
            looked(folder)
    assert caught.value.reason == "Input/output error"


def test_an_export_that_is_taken_away_meanwhile_is_missing_and_the_folder_is_there(folder: Path) -> None:
    asked = iter(range(1, 100))

    def goes_on() -> bool:
        if next(asked) == 2:
            (folder / BAD / TABLE).unlink(missing_ok=True)
        return True

    found = read_folder(folder, LATEST, lambda _release: None, goes_on)
    assert found.exports + found.problems == len(SAMPLES)


def test_a_share_that_goes_away_in_the_middle_is_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaking:
        def __init__(self, path: Path) -> None:
            self._entries = os.scandir(path)

        def __enter__(self) -> "Breaking":
            return self

        def __exit__(self, *_error: object) -> None:
            self._entries.close()

        def __iter__(self) -> "Breaking":
            return self

        def __next__(self) -> "os.DirEntry[str]":
            for entry in self._entries:
                if entry.name != BAD:
                    return entry
                raise OSError(errno.ESTALE, "Stale file handle")
            raise StopIteration

    with monkeypatch.context() as patched:
        patched.setattr(team_folder, "os", _other_scandir(Breaking))
        with pytest.raises(FolderAway) as caught:
            looked(folder)
    assert caught.value.reason == "gone"


def _other_scandir(scandir: object) -> object:
    class Os:
        def __getattr__(self, name: str) -> object:
            return scandir if name == "scandir" else getattr(os, name)

    return Os()


def test_nothing_in_the_folder_is_changed(folder: Path) -> None:
    (folder / BAD / TABLE).write_bytes(b"edited")
    before = {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in sorted(folder.rglob("*"))}
    looked(folder)
    assert {path: (path.lstat().st_mtime_ns, path.lstat().st_size) for path in sorted(folder.rglob("*"))} == before


def test_it_can_be_stopped(folder: Path) -> None:
    asked = iter([True, True, False])
    with pytest.raises(Stopped):
        read_folder(folder, LATEST, lambda _release: None, lambda: next(asked))


# many


def test_of_many_problems_the_first_by_name_are_kept_whatever_their_order(tmp_path: Path) -> None:
    names = [f"kohtaava-{number:04d}" for number in range(MOST_PROBLEMS + 50)]
    for name in random.Random(3).sample(names, len(names)):
        (tmp_path / name).touch()
    found = looked(tmp_path)[1]
    assert found.problems == MOST_PROBLEMS + 50
    assert [each.file for each in found.first] == names[:MOST_PROBLEMS]


@pytest.mark.proof
def test_a_hundred_thousand_unrelated_files_are_passed_over_in_bounded_memory(
    tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    count = rounds(5_000, 100_000)
    for number in range(count):
        (tmp_path / f"{number}.csv").touch()
    found, _kept, peak = measured(lambda: looked(tmp_path)[1])
    assert (found.others, found.problems) == (count, 0)
    assert peak < 200_000, "far less than their names take"


@pytest.mark.proof
def test_memory_hardly_grows_with_the_exports(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    sizes = {few: 100, many: rounds(800, 10_000)}
    for place, count in sizes.items():
        place.mkdir()
        for number in range(count):
            release = export(number, meetings(30, 45, number))
            folder = place / release.name
            folder.mkdir()
            for name, data in files_of(release).items():
                (folder / name).write_bytes(data)
    read_folder(many, LATEST, Team().add)  # what is remembered of rows is remembered once
    for place, count in sizes.items():
        team = Team()
        found, kept, peak = measured(partial(read_folder, place, LATEST, team.add))
        assert found.exports == team.exports == count
        assert kept < 48 * 1024 + 16 * count, "far less than their names would take"
        assert peak < 1024**2, "a few files, and what Python keeps of small things for reuse"


def measured(work: Callable[[], Found]) -> tuple[Found, int, int]:
    """What ``work`` returns, how many bytes are held afterwards, and the most at once."""
    tracemalloc.start()
    try:
        found = work()
        peak = tracemalloc.get_traced_memory()[1]
        gc.collect()  # which also lets go of what Python keeps for reuse
        return found, tracemalloc.get_traced_memory()[0], peak
    finally:
        tracemalloc.stop()


# a share that does not answer


def test_work_that_goes_on_is_waited_for() -> None:
    def work(goes_on: Callable[[], bool]) -> int:
        return sum(goes_on() for _ in range(1000))

    assert patiently(work) == 1000


def test_an_error_of_the_work_is_raised_where_it_is_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FolderAway):
        patiently(lambda goes_on: read_folder(tmp_path / "gone", LATEST, print, goes_on))


def test_a_share_that_does_not_answer_is_given_up_and_left_alone() -> None:
    answers, left = threading.Event(), threading.Event()

    def work(goes_on: Callable[[], bool]) -> None:
        answers.wait(60)  # as a call to the system does
        if not goes_on():
            left.set()

    with pytest.raises(NotAnswering):
        patiently(work, seconds=0.01)
    answers.set()
    assert left.wait(60), "and stops as soon as it can"
