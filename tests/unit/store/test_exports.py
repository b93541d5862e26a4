"""Writing into folders that are full, closed, gone, or hold something else already."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kohtaava_desktop.store.exports import NotWritten, write
from tests.unit.store import samples

CONTENTS = {"meetings.csv": b"a,b\r\n" * 1000, "datapackage.json": b"{}\n", "empty": b""}
NAME = "kohtaava-2026-10-bcdfghjkmnpqrstv"


def refusal(folder: Path, contents: dict[str, bytes] = CONTENTS) -> str:
    with pytest.raises(NotWritten) as refused:
        write(folder, NAME, contents)
    return refused.value.reason


def test_all_files_are_there_and_nothing_else(tmp_path: Path) -> None:
    assert write(tmp_path, NAME, CONTENTS)
    assert samples.names(tmp_path) == [NAME]
    assert samples.contents(tmp_path / NAME) == dict(sorted(CONTENTS.items()))


def test_the_same_a_second_time_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, NAME, CONTENTS)
    before = [(each.name, each.stat().st_mtime_ns, each.stat().st_ino) for each in (tmp_path / NAME).iterdir()]
    assert not write(tmp_path, NAME, CONTENTS)
    after = [(each.name, each.stat().st_mtime_ns, each.stat().st_ino) for each in (tmp_path / NAME).iterdir()]
    assert after == before


def a_byte_changed(place: Path) -> None:
    (place / "meetings.csv").write_bytes(CONTENTS["meetings.csv"][:-1] + b"x")


def a_byte_more(place: Path) -> None:
    (place / "empty").write_bytes(b" ")


def a_file_missing(place: Path) -> None:
    (place / "empty").unlink()


def a_file_more(place: Path) -> None:
    (place / "notes.txt").write_bytes(b"")


def a_link_for_a_file(place: Path) -> None:
    (place / "empty").unlink()
    (place / "empty").symlink_to(os.devnull)


def a_pipe_for_a_file(place: Path) -> None:
    (place / "empty").unlink()
    os.mkfifo(place / "empty")


def a_file_for_the_folder(place: Path) -> None:
    for each in place.iterdir():
        each.unlink()
    place.rmdir()
    place.write_bytes(b"")


def a_link_for_the_folder(place: Path) -> None:
    place.rename(place.parent / "elsewhere")
    place.symlink_to("elsewhere")


CHANGES = [a_byte_changed, a_byte_more, a_file_missing, a_file_more, a_link_for_a_file, a_pipe_for_a_file]
CHANGES += [a_file_for_the_folder, a_link_for_the_folder]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_anything_else_in_its_place_is_named_and_stays(tmp_path: Path, change: Callable[[Path], None]) -> None:
    write(tmp_path, NAME, CONTENTS)
    change(tmp_path / NAME)
    before = sorted((str(each), each.lstat().st_mtime_ns) for each in tmp_path.rglob("*"))
    with pytest.raises(NotWritten) as refused:
        write(tmp_path, NAME, CONTENTS)
    assert (refused.value.path, refused.value.reason) == (tmp_path / NAME, "different")
    assert sorted((str(each), each.lstat().st_mtime_ns) for each in tmp_path.rglob("*")) == before


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Where a share is away, its place on this machine must not be filled instead."""
    assert refusal(tmp_path / "share") == "gone"
    assert samples.names(tmp_path) == []


def test_a_file_a_loop_and_names_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "there").symlink_to("back")
    (tmp_path / "back").symlink_to("there")
    assert refusal(tmp_path / "file") == "not-a-folder"
    assert refusal(tmp_path / "file" / "below") == "not-a-folder"
    assert refusal(tmp_path / "there") == "loop"
    assert refusal(tmp_path / ("x" * 300)) == "name-too-long"
    assert refusal(Path("zero\0byte")) == "gone"
    assert refusal(tmp_path / "there", {}) == "loop"


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert write(tmp_path / "link", NAME, CONTENTS)
    assert samples.names(tmp_path / "real") == [NAME]


@pytest.mark.parametrize("leftover", ["folder", "file", "link"])
def test_what_a_killed_attempt_left_is_removed(tmp_path: Path, leftover: str) -> None:
    part = tmp_path / f".{NAME}.part"
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_bytes(b"kept")
    if leftover == "folder":
        part.mkdir()
        (part / "meetings.csv").write_bytes(b"a,")
    elif leftover == "file":
        part.write_bytes(b"a,")
    else:
        part.symlink_to("other")
    assert write(tmp_path, NAME, CONTENTS)
    assert samples.names(tmp_path) == [NAME, "other"]
    assert (tmp_path / "other" / "file").read_bytes() == b"kept"


def test_a_full_disk_keeps_nothing(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(64)
    assert refusal(disk, {"first": b"x" * 30_000, "second": b"x" * 60_000}) == "no-space"
    assert samples.names(disk) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path, read_only: Callable[[Path], Callable[[], None]]) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    release = read_only(folder)
    assert refusal(folder) == "not-allowed"
    release()
    assert samples.names(folder) == []


@pytest.mark.parametrize("call", ["fsync", "mkdir", "rename", "open"])
@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EIO, os.strerror(errno.EIO)), (errno.ENOSPC, "no-space"), (errno.ESTALE, "gone"), (errno.EACCES, None)],
)
def test_whatever_fails_nothing_half_written_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, reason: str | None
) -> None:
    def fails(*_args: object, **_kwargs: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os if call == "fsync" else Path, call, fails)
        assert refusal(tmp_path) == (reason or "not-allowed")
    assert samples.names(tmp_path) == []
    assert write(tmp_path, NAME, CONTENTS)


def test_a_share_that_cannot_make_renames_durable_is_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(_folder: Path) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr("kohtaava_desktop.store.files.sync_folder", refuses)
    assert write(tmp_path, NAME, CONTENTS)


def test_the_folder_appears_only_when_it_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every write that is forced to the disk, a reader of the folder sees nothing of it."""
    seen: list[bool] = []
    fsync = os.fsync

    def look(handle: int) -> None:
        seen.append((tmp_path / NAME).exists())
        fsync(handle)

    monkeypatch.setattr(os, "fsync", look)
    write(tmp_path, NAME, CONTENTS)
    assert seen == [False] * 4 + [True], "three files, their folder; then, after the rename, the folder above"


def test_it_can_be_read_by_whom_the_umask_lets(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        write(tmp_path, NAME, CONTENTS)
    finally:
        os.umask(old)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o755
    assert {mode for _, mode in samples.modes(tmp_path / NAME)} == {0o644}
