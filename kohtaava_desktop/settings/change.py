"""Writes the user's own settings. One change takes only its own names; all else in the file stays as it is.

The new file takes the old one's place in one piece, durably: a power cut leaves the one or the other. A file that
cannot be understood is kept under another name. Imported when something is changed, not at the start.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from time import sleep
from typing import Any

from kohtaava_desktop.settings.errors import NotWritable
from kohtaava_desktop.settings.files import FILE_NAME, Unreadable, read_json, text_of_json

LOCK_TRIES, LOCK_SECONDS = 100, 0.02


def change(folder: Path, edit: Callable[[dict[str, Any]], None]) -> None:
    """Let ``edit`` change what stands in the user's settings in ``folder``. Raises ``NotWritable``.

    An ``edit`` that changes nothing writes nothing; one that raises does neither.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            given, sound = _given(path)
            before = text_of_json(given)
            edit(given)
            after = text_of_json(given)
            if after != before:
                _write(path, after, sound)
    except OSError as error:
        raise NotWritable(path, error.strerror or str(error)) from error


def _given(path: Path) -> tuple[dict[str, Any], bool]:
    """What stands in ``path``, and whether that could be understood."""
    try:
        return read_json(path), True
    except Unreadable:
        return {}, False


def _write(path: Path, text: str, sound: bool) -> None:
    target = Path(os.path.realpath(path)) if sound else path  # a link that somebody has made on purpose stays one
    new = target.with_name(f"{FILE_NAME}.new")
    new.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not sound:
            path.rename(_free_name(path))
        new.replace(target)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
    _sync(target.parent)


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.stem}-damaged-{n}{path.suffix}") for n in count(1))
    return next(name for name in names if not os.path.lexists(name))


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other process of ours changes the file meanwhile; on a system without such locks, that is left to chance.

    A change takes milliseconds; one that does not end (its process was stopped) is not waited for longer than
    ``LOCK_TRIES`` times ``LOCK_SECONDS``. Raises ``NotWritable`` then.
    """
    if os.name != "posix":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for _try in range(LOCK_TRIES):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                sleep(LOCK_SECONDS)
            except OSError:  # some network folders know no locks
                break
        else:
            raise NotWritable(folder / FILE_NAME, "locked")
        yield
    finally:
        os.close(handle)


def _sync(folder: Path) -> None:
    """Make the renames durable; Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            with suppress(OSError):  # some network folders know no such call; the file itself is on the disk
                os.fsync(handle)
        finally:
            os.close(handle)
