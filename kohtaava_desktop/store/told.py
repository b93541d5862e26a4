"""Which damaged files that were set aside the expert has been told of: none is set aside without a word.

A name is written down once its notice has been read. Whatever comes in between, a kill or an end of the program, the
next start tells: rather twice than never.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kohtaava_desktop.store import erasure, files

FILE = "kohtaava-told"


def untold(folder: Path) -> list[str]:
    """The names of the copies in ``folder`` of which nobody has been told. Raises ``OSError``."""
    told = _told(folder)
    return [name for name in erasure.set_aside(folder) if name not in told]


def tell(folder: Path, names: Iterable[str]) -> None:
    """Write down that ``names`` have been told; those that are there no more are forgotten. Raises ``OSError``."""
    told = _told(folder).union(names)
    left = [name for name in erasure.set_aside(folder) if name in told]
    path = folder / FILE
    if left:
        files.make_private(path)
        path.write_text("".join(f"{name}\n" for name in left), encoding="ascii", newline="\n")
    else:
        forget(folder)


def tidy(folder: Path) -> None:
    """Forget the names of copies that are there no more: the next copy may be given one of them. Raises ``OSError``."""
    if _told(folder).difference(erasure.set_aside(folder)):
        tell(folder, ())


def forget(folder: Path) -> None:
    """All copies have gone, and with them what was told of them. Raises ``OSError``."""
    with suppress(FileNotFoundError):
        (folder / FILE).unlink()


def _told(folder: Path) -> set[str]:
    try:
        return set((folder / FILE).read_bytes().decode("ascii", "replace").split())
    except FileNotFoundError:
        return set()
