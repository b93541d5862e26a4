"""*Delete everything now*: every file that may hold anything of a meeting is overwritten and removed.

A mark is laid into the folder first. As long as it is there, what was begun is finished by whoever opens the folder
next, so that being killed at any point deletes no less.
"""

import re
from contextlib import suppress
from pathlib import Path

from kohtaava_desktop.store import files

MARK = "kohtaava-delete-everything"
_DATABASE = r"(?:kohtaava|kohtaava-waiting|meeting-in-hand)(?:-replacement|-damaged-[0-9]+)*\.db"
_OURS = re.compile(rf"({_DATABASE})(?:\.gone-[0-9]+)?(?:-wal|-journal|-shm)?")


def databases(folder: Path) -> list[Path]:
    """Every database of ours in ``folder``, the meeting in hand first; also one of which only remains are there."""
    if not folder.is_dir():
        return []
    found = (_OURS.fullmatch(each.name) for each in folder.iterdir())
    names = {match[1] for match in found if match is not None}
    return [folder / name for name in sorted(names, key=lambda name: (not name.startswith("meeting"), name))]


def set_aside(folder: Path) -> list[str]:
    """The names of the damaged databases that were set aside in ``folder``."""
    return [path.name for path in databases(folder) if "-damaged-" in path.name and path.exists()]


def erase(folder: Path) -> None:
    """Overwrite and remove every database in ``folder``; no file of them may be open in this process.

    From the first rename of a file on, nobody takes it for a database any more. Raises ``OSError``: then the mark is
    taken away, for what is stored from now on must not go with the rest; what is there can be deleted by asking again.
    """
    if not databases(folder):
        _take_mark(folder)
        return
    mark = folder / MARK
    files.make_private(mark)
    files.sync_folder(folder)
    try:
        for path in databases(folder):
            files.retire(path)
        for path in databases(folder):
            files.finish_destroying(path)
    except OSError:
        with suppress(OSError):
            _take_mark(folder)
        raise
    _take_mark(folder)


def finish(folder: Path) -> None:
    """Finish what was cut short, where anything was. Raises ``OSError``."""
    if (folder / MARK).exists():
        erase(folder)
        return
    for path in databases(folder):
        if any(folder.glob(f"{path.name}.gone-*")):
            files.finish_destroying(path)


def _take_mark(folder: Path) -> None:
    mark = folder / MARK
    if mark.exists():
        mark.unlink()
        files.sync_folder(folder)
