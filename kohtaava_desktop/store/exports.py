"""Writing a release into a folder, often one on a network share: whole or not at all."""

import errno
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from kohtaava_desktop.store import files

_NO_FOLDER_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EBADF)
"""How file systems, shares above all, say that they have no durable renames to offer."""
_REASONS = {
    errno.ENOENT: "gone",
    errno.ESTALE: "gone",
    errno.EHOSTDOWN: "gone",
    errno.EHOSTUNREACH: "gone",
    errno.ENOTDIR: "not-a-folder",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.EROFS: "not-allowed",
    errno.ENOSPC: "no-space",
    errno.EDQUOT: "no-space",
    errno.ELOOP: "loop",
    errno.ENAMETOOLONG: "name-too-long",
}


class NotWritten(Exception):
    """Nothing was written at ``path``. ``reason``: one of ``_REASONS``, ``different``, or the system's own words.

    ``different``: something else is there already, and stays as it is.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(str(path), reason)
        self.path = path
        self.reason = reason


def write(folder: Path, name: str, contents: Mapping[str, bytes]) -> bool:
    """Put the files ``contents`` into the new folder ``name`` in ``folder``, which must be there.

    The new folder appears under its name only when all of it is on the disk. ``False`` when it was there already, byte
    for byte. Raises ``NotWritten``; then nothing is left behind, unless ``folder`` itself has gone meanwhile. What an
    attempt that was killed has left is named ``.<name>.part``, and the next one removes it.
    """
    place = folder / name
    try:
        if not S_ISDIR(folder.stat().st_mode):
            raise NotWritten(folder, "not-a-folder")
        if _is_there(place, contents):
            return False
        _put(folder, place, contents)
    except OSError as error:
        raise NotWritten(folder, _reason(error)) from error
    except ValueError as error:  # a zero byte in the path
        raise NotWritten(folder, "gone") from error
    return True


def _put(folder: Path, place: Path, contents: Mapping[str, bytes]) -> None:
    part = folder / f".{place.name}.part"
    _remove(part)
    try:
        part.mkdir()
        for name, data in contents.items():
            with (part / name).open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        _sync(part)
        part.rename(place)
        _sync(folder)
    except BaseException:
        with suppress(OSError):
            _remove(part)
        raise


def _is_there(place: Path, contents: Mapping[str, bytes]) -> bool:
    """Whether ``place`` holds just ``contents``; raises ``NotWritten`` when it holds anything else."""
    try:
        found = place.lstat()
    except FileNotFoundError:
        return False
    if not S_ISDIR(found.st_mode) or {each.name for each in place.iterdir()} != set(contents):
        raise NotWritten(place, "different")
    for name, data in contents.items():
        state = (place / name).lstat()
        same = S_ISREG(state.st_mode) and state.st_size == len(data) and (place / name).read_bytes() == data
        if not same:
            raise NotWritten(place, "different")
    return True


def _remove(part: Path) -> None:
    """Remove what is at ``part``, if anything; a link itself, not what it leads to."""
    try:
        is_folder = S_ISDIR(part.lstat().st_mode)
    except FileNotFoundError:
        return
    if is_folder:
        shutil.rmtree(part)
    else:
        part.unlink()


def _sync(folder: Path) -> None:
    try:
        files.sync_folder(folder)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
