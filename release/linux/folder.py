"""What the package and the archive for Linux have in common: a copy of the folder, with modes of its own."""

import os
import shutil
from pathlib import Path

from release.linux.elf import is_elf
from release.project import PROGRAMS


def copy(folder: Path, target: Path) -> None:
    """Put all of ``folder`` into ``target``, without copying files where that can be: none of them may be changed."""
    shutil.copytree(folder, target, copy_function=_link)


def make_plain(root: Path) -> None:
    """Modes that do not depend on who builds: folders and programs 755, all else 644."""
    for path in root.rglob("*"):
        if not path.is_symlink():
            program = path.is_dir() or (path.name in PROGRAMS and is_elf(path))
            path.chmod(0o755 if program else 0o644)
    root.chmod(0o755)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
