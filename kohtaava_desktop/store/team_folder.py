"""Reading a team folder, often one on a network share, into which anybody may have put anything.

One export at a time is in memory, and never more than ``MOST_BYTES`` of any file. Only ordinary files in ordinary
folders with the name of an export are opened: no link is followed, no device or pipe opened, nothing unpacked, nothing
written.
"""

import errno
import os
import stat
from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.release_files import DESCRIPTION, TABLE
from kohtaava_desktop.domain.release_reading import PREFIX, BadExport, named, read
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.domain.team_pair import Sharing

MOST_BYTES = 128 * 1024
"""No file of an export has as many; the largest table there can be has some 50,000."""
MOST_PROBLEMS = 100
"""So many are kept with file and reason, the first by name; of the others only their number."""

_UNFINISHED = (f".{PREFIX}", ".part")
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_CAREFUL = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | _NO_FOLLOW
_WITHOUT_WAITING = _CAREFUL | getattr(os, "O_NONBLOCK", 0)
_FOLDER = _CAREFUL | getattr(os, "O_DIRECTORY", 0)
_HELD_BY_ANOTHER = (32, 33)  # Windows: ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_REASONS = {
    errno.ENOENT: "missing",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.ELOOP: "link",
    errno.ENOTDIR: "not-a-folder",
    errno.EBUSY: "locked",
    errno.EAGAIN: "locked",
    errno.EDEADLK: "locked",
    errno.ETXTBSY: "locked",
}
_SHARE_AWAY = (
    errno.EHOSTDOWN,
    errno.EHOSTUNREACH,
    errno.ENETDOWN,
    errno.ENETUNREACH,
    errno.ENETRESET,
    errno.ENOTCONN,
    errno.ETIMEDOUT,
)
"""What the system says where it cannot reach the share: never of one file alone."""


class FolderAway(Exception):
    """The folder itself cannot be read; ``reason``: ``gone``, ``not-a-folder``, ``not-allowed``, or the system's words.

    Nothing is then known of it, also where it went away in the middle.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = path
        self.reason = reason


class Stopped(Exception):
    """Whoever asked for it does not want it any more."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something that was skipped: ``file`` in the folder, ``line`` from 1 (0: all of it), ``reason`` and ``value``.

    Reasons are those of ``BadExport`` and ``missing``, ``half-written``, ``link``, ``not-a-folder``, ``not-a-file``,
    ``too-large``, ``not-allowed``, ``locked``, ``same-meetings``, ``made-up``, or the system's own words.
    """

    file: str
    line: int
    reason: str
    value: str = ""


@dataclass(slots=True)
class Found:
    """What was in a folder besides the exports that could be read: the ``first`` problems, and how many in all."""

    exports: int = 0
    others: int = 0
    problems: int = 0
    first: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        """Count ``problem``, and keep it if it is among the first."""
        self.problems += 1
        insort(self.first, problem)
        del self.first[MOST_PROBLEMS:]

    def leave_out(self, these: "Found") -> None:
        """The exports that ``these`` name were counted as read; now they are skipped."""
        self.exports -= these.problems
        self.problems += these.problems
        self.first = sorted((*self.first, *these.first))[:MOST_PROBLEMS]


def read_folder(
    folder: Path, latest: str, take: Callable[[Release], object], goes_on: Callable[[], bool] = lambda: True
) -> Found:
    """Hand every export in ``folder`` that is as we write it to ``take``, one by one, in no certain order.

    ``take`` answers ``False`` where it has counted the same meetings already: then that is noted.

    ``latest`` is the last month that is over. ``goes_on`` is asked before each entry; ``Stopped`` is raised where it
    says no. All that is wrong with an export is noted and the export skipped. Raises ``FolderAway``, also where the
    folder goes away, or another one comes in its place, while it is read: entries that the system told of before may
    go on coming then, and fail one by one.

    The name of an export says whose and of when it is, and no two in a folder have the same: nobody is in it twice. A
    copy under another name is noted, and skipped.
    """
    found = Found()
    try:
        at_first = _which(folder)
        with os.scandir(folder) as entries:  # open to the end, so that no new folder gets the same number
            for entry in entries:
                if not goes_on():
                    raise Stopped
                if _look_at(entry, latest, take, found) is not None:
                    _check_there(folder, at_first)
            _check_there(folder, at_first)
    except OSError as error:
        raise FolderAway(folder, _reason_away(error)) from error
    except ValueError as error:  # a zero byte in the path
        raise FolderAway(folder, "gone") from error
    return found


def _which(folder: Path) -> tuple[int, int]:
    """What tells ``folder`` from any other that might come in its place."""
    state = folder.stat()
    return state.st_dev, state.st_ino


def _check_there(folder: Path, at_first: tuple[int, int]) -> None:
    """Raises ``FolderAway`` where ``folder`` is not the one that it was ``at_first``, and ``OSError``."""
    if _which(folder) != at_first:
        raise FolderAway(folder, "gone")
    look_into(folder)


def look_into(folder: Path) -> None:
    """See whether ``folder`` is there and can be read, and no more. Raises ``FolderAway``."""
    try:
        with os.scandir(folder) as entries:
            next(entries, None)
    except OSError as error:
        raise FolderAway(folder, _reason_away(error)) from error
    except ValueError as error:  # a zero byte in the path
        raise FolderAway(folder, "gone") from error


def read_team(
    folder: Path, latest: str, goes_on: Callable[[], bool] = lambda: True, sharing: Sharing | None = None
) -> tuple[Team, Found]:
    """All exports in ``folder`` added up, and what else was there; ``sharing`` notes them. See ``read_folder``.

    Where some are real, those that are made up are skipped.
    """
    team, made_up = Team(), Found()

    def take(release: Release) -> bool:
        if sharing is not None:
            sharing.seen(release)
        counted = team.add(release)
        if counted and release.made_up:
            made_up.note(Problem(release.name, 0, "made-up"))
        return counted

    found = read_folder(folder, latest, take, goes_on)
    if not team.made_up:
        found.leave_out(made_up)
    return team, found


def same_folder(one: Path, other: Path) -> bool:
    """Whether both lead to the same folder; not, where one of them cannot be looked at."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _look_at(entry: os.DirEntry[str], latest: str, take: Callable[[Release], object], found: Found) -> OSError | None:
    """Hand ``entry`` on or note what is wrong with it; what the system said of it, if it could not be read.

    Raises ``OSError`` where that says that the share is away.
    """
    if not entry.name.startswith(PREFIX):
        if entry.name.startswith(_UNFINISHED[0]) and entry.name.endswith(_UNFINISHED[1]):
            found.note(Problem(entry.name, 0, "half-written"))
        else:
            found.others += 1
        return None
    try:
        release = _export(entry, latest)
    except BadExport as bad:
        said = bad.__cause__ if isinstance(bad.__cause__, OSError) else None
        if said is not None and said.errno in _SHARE_AWAY:
            raise said from bad
        file = f"{entry.name}/{bad.file}" if bad.file else entry.name
        found.note(Problem(file, bad.line, bad.reason, bad.value))
        return said
    if take(release) is False:
        found.note(Problem(entry.name, 0, "same-meetings"))
    else:
        found.exports += 1
    return None


def _export(entry: os.DirEntry[str], latest: str) -> Release:
    """The release in the folder ``entry``; raises ``BadExport``, also for what the system says."""
    named(entry.name, latest)
    try:
        if _is_link(entry):
            raise BadExport("", 0, "link")
        if not entry.is_dir(follow_symlinks=False):
            raise BadExport("", 0, "not-a-folder")
        if os.open not in os.supports_dir_fd:  # Windows
            return read(entry.name, latest, *(_content(f"{entry.path}{os.sep}{name}", name) for name in _FILES))
        handle = os.open(entry.path, _FOLDER)
        try:
            return read(entry.name, latest, *(_content(name, name, handle) for name in _FILES))
        finally:
            os.close(handle)
    except OSError as error:
        raise BadExport("", 0, _reason(error)) from error


_FILES = (DESCRIPTION, TABLE)


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0) if os.name == "nt" else 0
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)


def _content(path: str, name: str, folder: int | None = None) -> bytes:
    """The bytes of an ordinary file in the open ``folder``, if it is one and not too large; raises ``BadExport``."""
    try:
        _check(
            os.stat(path, dir_fd=folder, follow_symlinks=False), name
        )  # before it is opened, as that may do something
        handle = os.open(path, _WITHOUT_WAITING, dir_fd=folder)
        try:
            size = _check(os.fstat(handle), name)  # and that is what has been opened
            return _bytes(handle, size, name)
        finally:
            os.close(handle)
    except OSError as error:
        raise BadExport(name, 0, _reason(error)) from error


def _check(state: os.stat_result, name: str) -> int:
    """The size of an ordinary file; raises ``BadExport`` for any other, and for one that is too large."""
    if stat.S_ISLNK(state.st_mode):
        raise BadExport(name, 0, "link")
    if not stat.S_ISREG(state.st_mode):
        raise BadExport(name, 0, "not-a-file")
    if state.st_size > MOST_BYTES:
        raise BadExport(name, 0, "too-large", state.st_size)
    return state.st_size


def _bytes(handle: int, size: int, name: str) -> bytes:
    """All of an open file; it may grow while it is read, but not beyond measure."""
    content = os.read(handle, size + 1)
    while part := os.read(handle, MOST_BYTES + 1 - len(content)):
        content += part
        if len(content) > MOST_BYTES:
            raise BadExport(name, 0, "too-large", len(content))
    return content


def _reason(error: OSError) -> str:
    if getattr(error, "winerror", None) in _HELD_BY_ANOTHER:
        return "locked"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def _reason_away(error: OSError) -> str:
    reason = _reason(error)
    return "gone" if reason == "missing" or error.errno in (errno.ESTALE, *_SHARE_AWAY) else reason
