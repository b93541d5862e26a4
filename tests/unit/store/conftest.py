"""Disks that are full, folders that are read-only: real ones, so some tests need a right that not every user has."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kohtaava_desktop.store.journal import Journal
from kohtaava_desktop.store.shelf import Shelf

Release = Callable[[], None]


@pytest.fixture
def open_journal() -> Iterator[Callable[[Path], Journal]]:
    """Makes journals, and closes them in the end."""
    made: list[Journal] = []

    def make(path: Path) -> Journal:
        made.append(Journal(path))
        return made[-1]

    yield make
    for journal in made:
        journal.close()


@pytest.fixture
def open_shelf() -> Iterator[Callable[[Path], Shelf]]:
    """Makes shelves, and closes them in the end."""
    made: list[Shelf] = []

    def make(folder: Path) -> Shelf:
        made.append(Shelf(folder))
        return made[-1]

    yield make
    for shelf in made:
        shelf.journal.close()


def _run(*command: str | Path) -> bool:
    return subprocess.run([str(word) for word in command], capture_output=True, check=False).returncode == 0


def _unmount(folder: Path) -> None:
    if not _run("umount", folder):
        _run("umount", "--lazy", folder)
        pytest.fail(f"a file in {folder} was left open")


def _needs_root() -> None:
    if os.name != "posix" or os.getuid():
        pytest.skip("NOT TESTED HERE: needs root to mount a small disk")


@pytest.fixture
def require_root() -> Callable[[], None]:
    """Skips, and says so, where the test may not mount a disk."""
    return _needs_root


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes disks of so many KiB, in memory. Skips, and says so, without the right to mount one."""
    _needs_root()
    mounted: list[Path] = []

    def mount(kibibytes: int) -> Path:
        folder = tmp_path / f"disk-{len(mounted)}"
        folder.mkdir()
        if not _run("mount", "-t", "tmpfs", "-o", f"size={kibibytes}k,mode=700", "tmpfs", folder):
            pytest.skip("NOT TESTED HERE: may not mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        _unmount(folder)


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], Release]]:
    """Makes a folder and all in it read-only, until it is released. Root, whom modes do not bind, mounts it so."""
    releases: list[Release] = []

    def mount(folder: Path) -> Release:
        if os.getuid():
            folder.chmod(0o500)
            return lambda: folder.chmod(0o700)
        if not (_run("mount", "--bind", folder, folder) and _run("mount", "-o", "remount,bind,ro", folder)):
            pytest.skip("NOT TESTED HERE: may not mount a folder read-only")
        return lambda: _unmount(folder)

    def make(folder: Path) -> Release:
        release = mount(folder)
        releases.append(release)

        def now() -> None:
            releases.remove(release)
            release()

        return now

    yield make
    for release in releases:
        release()
