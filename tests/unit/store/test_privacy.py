"""What a stranger with the disk finds: no event, no time, no order."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import pack
from tempfile import TemporaryDirectory

import pytest

from kohtaava_desktop.domain.events import Finished
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.store.lines import Entry
from kohtaava_desktop.store.shelf import Shelf
from tests.unit.store import samples

MEETINGS = 3
TAPS = 30


def traces() -> list[bytes]:
    """What the journals of the meetings hold and nothing may keep: event names, and times as text and packed."""
    found = [b"started", b"stepped-up", b"stepped-back", b"pinned", b"finished", b'"event"', b'"wall"']
    for number in range(TAPS):
        clocks = samples.entry(number).reading
        found += [str(clocks.wall).encode(), str(int(clocks.wall)).encode()]
        found += [pack(f"{order}d", instant) for order in "<>" for instant in (clocks.wall, clocks.steady)]
        found += [pack(f"{order}{kind}", int(clocks.wall)) for order in "<>" for kind in "IQ"]
    return found


def traces_in(data: bytes) -> list[bytes]:
    return [trace for trace in traces() if trace in data]


def hold_meeting(shelf: Shelf, record: Record | None) -> None:
    """A meeting from its start to its end, with signs of life, a restart in the middle, and its settling."""
    for number in range(0, TAPS, TAPS // 5):
        shelf.journal.append_all(samples.entries(number + TAPS // 5)[number:])
        shelf.journal.alive(samples.entry(number).event.at, samples.entry(number).reading)
        if number == TAPS // 5:
            shelf.journal.close()
            assert shelf.journal.read() is not None
    last = samples.entry(TAPS - 1)
    shelf.journal.append(Entry(Finished(last.event.at), last.reading))
    shelf.settle(record)


def test_the_traces_are_there_while_a_meeting_is_in_hand(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    """Without this, the tests below would prove nothing."""
    shelf = open_shelf(tmp_path)
    shelf.journal.append_all(samples.entries(TAPS))
    data = b"".join(samples.contents(tmp_path).values())
    assert set(traces_in(data)) >= {b"stepped-up", b'"event"', str(samples.entry(7).reading.wall).encode()}
    shelf.journal.close()


def test_no_file_keeps_a_trace_of_a_settled_meeting(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path)
    shelf.open()
    for number in range(MEETINGS):
        hold_meeting(shelf, samples.record(number))
        hold_meeting(shelf, None)
    contents = samples.contents(tmp_path)
    assert list(contents) == ["kohtaava.db"]
    assert traces_in(contents["kohtaava.db"]) == []


@pytest.fixture
def own_disk(tmp_path: Path, require_root: Callable[[], None]) -> Iterator[tuple[Path, Callable[[], bytes]]]:
    """The folder of a real ext4 disk, and what takes it away and reads all its blocks."""
    require_root()
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as place:
        image, folder = Path(place) / "image", tmp_path / "disk"
        image.write_bytes(b"")
        os.truncate(image, 6 * 1024 * 1024)
        folder.mkdir()
        try:
            run("mkfs.ext4", "-q", "-F", image)
            run("mount", "-o", "loop", image, folder)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("NOT TESTED HERE: may not make and mount a disk of its own")

        def blocks() -> bytes:
            run("umount", folder)
            return image.read_bytes()

        yield folder, blocks
        if folder.is_mount():
            run("umount", folder)


def run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, capture_output=True)


@pytest.mark.parametrize("settled", [False, True])
def test_no_block_of_the_disk_keeps_a_trace_of_a_settled_meeting(
    own_disk: tuple[Path, Callable[[], bytes]], settled: bool, open_shelf: Callable[[Path], Shelf]
) -> None:
    """Read below the file system, where removed files still are; ``False`` shows that traces would be found."""
    folder, blocks = own_disk
    shelf = open_shelf(folder / "data")
    shelf.open()
    for number in range(MEETINGS):
        hold_meeting(shelf, samples.record(number))
    if not settled:
        shelf.journal.append_all(samples.entries(TAPS))
        shelf.journal.close()
        shutil.rmtree(shelf.folder)
    found = traces_in(blocks())
    if settled:
        assert found == []
    else:
        assert b"stepped-up" in found


def test_no_block_of_the_disk_keeps_a_stored_row_twice(
    own_disk: tuple[Path, Callable[[], bytes]], open_shelf: Callable[[Path], Shelf]
) -> None:
    """A log that was given up without being overwritten would hold the rows again, in the order of their storing."""
    folder, blocks = own_disk
    shelf = open_shelf(folder / "data")
    shelf.open()
    for number in range(MEETINGS):
        shelf.settle(samples.record(number))
    data = blocks()
    for number in range(MEETINGS):
        record = samples.record(number)
        assert data.count(record.key.encode()) == 2 + len(record.visits)  # and once among those not added up
