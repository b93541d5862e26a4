"""One instance per data folder."""

import errno
import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from kohtaava_desktop.integration.instance import InstanceLock

HOLD = """
import sys
from pathlib import Path
from kohtaava_desktop.integration.instance import InstanceLock
lock = InstanceLock(Path(sys.argv[1]))
print(lock.acquire(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A lock file in a folder that does not exist yet."""
    return tmp_path / "data" / "kohtaava.lock"


def test_the_first_has_the_lock_and_the_second_does_not(path: Path) -> None:
    first, second = InstanceLock(path), InstanceLock(path)
    assert first.acquire()
    assert not second.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_letting_go_twice_or_of_nothing_is_harmless(path: Path) -> None:
    lock = InstanceLock(path)
    lock.release()
    assert lock.acquire()
    lock.release()
    lock.release()


def test_folder_and_file_are_the_users_own(path: Path) -> None:
    lock = InstanceLock(path)
    assert lock.acquire()
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.stat().st_mode & 0o777 == 0o600
    lock.release()


def test_a_lock_dies_with_the_program_that_had_it(path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    assert other.stdin is not None
    lock = InstanceLock(path)
    try:
        assert other.stdout.readline() == "True\n"
        assert not lock.acquire()
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
        other.stdin.close()
    assert lock.acquire()
    lock.release()


def test_without_a_folder_to_write_in_the_program_starts_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert InstanceLock(tmp_path / "file" / "kohtaava.lock").acquire()
    (tmp_path / "kohtaava.lock").mkdir()
    assert InstanceLock(tmp_path / "kohtaava.lock").acquire()


@pytest.mark.parametrize("reason", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_on_a_drive_without_locks_the_program_starts_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    def flock(_file: int, _how: int) -> None:
        raise OSError(reason, "no locks here")

    monkeypatch.setattr(fcntl, "flock", flock)
    assert InstanceLock(path).acquire()
