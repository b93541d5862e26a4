"""Builds the folder that is installed, for the system that this runs on, and checks it.

    python -m release.bundle [--pyinstaller] [OUT]

On Linux the folder is assembled by hand. What PyInstaller makes of ``packaging/pyinstaller.spec`` is as large, works
too and is held to the same rules, but its command line takes twice as long to start.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from release import licences
from release.contents import Finding, System, files_in, missing, modules_in, unwanted, unwanted_modules
from release.linux import frozen, layout
from release.project import NAME, ROOT, Unbuildable

WORK = ROOT / "build" / "linux"
MIB = 1 << 20
MOST_MIB = 140
"""What a bundle may take on a disk."""


LEFT = ("lib/python3*", "_internal", "runtime", "kohtaava", "kohtaava.exe")
"""One of these is in every folder that was built before, or half of it."""


def build(out: Path, work: Path = WORK, *, pyinstaller: bool = False) -> None:
    """Make the folder ``out`` anew; raises ``Unbuildable``, also where the bundle is not what it must be."""
    clear(out)
    (frozen if pyinstaller else layout).build(out, work)
    licences.put(out)
    objections = [*check(out, "linux"), *licences.check(out)]
    if objections:
        raise Unbuildable("\n".join([f"{out} is not what it must be:", *map(str, objections)]))


def clear(out: Path) -> None:
    """Remove what an earlier build has left at ``out``; raises ``Unbuildable`` where that is something else."""
    there = out.is_file() or (out.is_dir() and any(out.iterdir()))
    if there and not any(any(out.glob(each)) for each in LEFT):
        raise Unbuildable(f"{out} is there, and is no folder that was built before: give another.")
    shutil.rmtree(out, ignore_errors=True)


def check(folder: Path, system: System) -> list[Finding]:
    """What is wrong with the bundle in ``folder``."""
    names = files_in(folder)
    found = [*unwanted(names, system), *missing(names, system), *unwanted_modules(modules_in(folder))]
    size = size_of(folder)
    if size > MOST_MIB * MIB:
        found.append(Finding(folder.name, f"{size / MIB:.1f} MiB are more than {MOST_MIB}"))
    return found


def size_of(folder: Path) -> int:
    """The bytes of all files below ``folder``."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def told(folder: Path) -> str:
    """One line about ``folder``, for whoever builds it."""
    return f"{folder}: {len(files_in(folder))} files, {size_of(folder) / MIB:.1f} MiB"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the folder; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.bundle", description="Build the folder that is installed.")
    parser.add_argument("--pyinstaller", action="store_true", help="as packaging/pyinstaller.spec says")
    parser.add_argument("out", type=Path, nargs="?", default=WORK / NAME, metavar="OUT")
    given = parser.parse_args(arguments)
    try:
        build(given.out, pyinstaller=given.pyinstaller)
    except Unbuildable as reason:
        print(reason, file=sys.stderr)
        return 1
    print(told(given.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
