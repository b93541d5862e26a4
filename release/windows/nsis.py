"""Makes the setup for people without IT: ``python -m release.windows.nsis LAYOUT OUT.exe``.

Needs makensis. Two builds of the same folder are the same, byte for byte.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from kohtaava_desktop import __version__
from release import licences
from release.moment import moment
from release.project import ICON, ROOT, Unbuildable
from release.tools import run
from release.windows.closing import helpers
from release.windows.icon import write_icon
from release.windows.msi import staged
from release.windows.product import PUBLISHER, Unfit, Version, files_of

SCRIPT = ROOT / "packaging" / "windows" / "setup" / "kohtaava.nsi"
UNINSTALLER = "uninstall.exe"
SPARE_MEGABYTES = 20
"""Room on the disk that is asked for beside that of the files."""


def build(
    layout: Path,
    setup: Path,
    version: str = __version__,
    ready: Path | None = None,
    sign: str = "",
    quick: bool = False,
) -> None:
    """Write the setup of the folder ``layout``; ``quick``, for tests: larger, and in a third of the time.

    ``ready`` is a folder with the helpers of ``closing``, perhaps signed; ``sign`` a command that signs the
    uninstaller, whose path it is given as its last word. Raises ``Unfit`` where the folder cannot be installed,
    ``Unbuildable`` where a tool is missing or fails.
    """
    number = Version.of(version)
    with tempfile.TemporaryDirectory(prefix="kohtaava-setup-") as name:
        work = Path(name)
        made = work / "kohtaava-setup.exe"
        values = _prepared(layout, work, ready) | {"VERSION": str(number), "PUBLISHER": PUBLISHER, "OUT": str(made)}
        values |= ({"SIGN": sign} if sign else {}) | ({"QUICK": "1"} if quick else {})
        given = [f"-D{key}={value}" for key, value in values.items()]
        run("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, SCRIPT.name, folder=SCRIPT.parent)
        setup.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, setup)


def _prepared(layout: Path, work: Path, ready: Path | None) -> dict[str, str]:
    """Put into ``work`` all that the setup is made of; returns what the script has to know of it."""
    seconds = moment()
    write_icon(ICON, work / "kohtaava.ico")
    shutil.copyfile(helpers(ready or work / "helpers").program, work / "closing.exe")
    os.utime(work / "closing.exe", (seconds, seconds))
    sources = {PurePosixPath(path.as_posix()): layout / path for path in files_of(layout)} | _papers(layout, work)
    places = staged(sources, work, seconds)
    (work / "files.nsh").write_text("".join(_lines(places, work)), encoding="utf-8")
    size = sum((work / path).stat().st_size for path in places.values())
    return {
        "FILES": str(work / "files.nsh"),
        "ICON": str(work / "kohtaava.ico"),
        "CLOSING": str(work / "closing.exe"),
        "KILOBYTES": str(size // 1024),
        "MEGABYTES": str(size // 2**20 + SPARE_MEGABYTES),
    }


def _papers(layout: Path, work: Path) -> dict[PurePosixPath, Path]:
    """The licences of ``layout`` and of the uninstaller, where the layout has any; ``work`` is for scratch."""
    if not (layout / licences.PLACE).is_dir():
        return {}
    written = licences.put(layout, work / "papers", besides=(UNINSTALLER,))
    return {PurePosixPath(name): work / "papers" / name for name in written}


def _lines(places: dict[PurePosixPath, str], work: Path) -> Iterator[str]:
    """What unpacks every file, always in the same order: that of the disk is another on every machine."""
    folder = None
    for place, source in sorted(places.items(), key=lambda each: (each[0].parent, each[0].name)):
        if place.parent != folder:
            folder = place.parent
            below = "" if folder == PurePosixPath(".") else "\\" + str(folder).replace("/", "\\")
            yield f'SetOutPath "$INSTDIR.new{below}"\n'
        yield f'File "{work / source}"\n'


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the setup that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m release.windows.nsis", description="Makes the setup for one user.")
    parser.add_argument("layout", type=Path, help="the folder that is installed")
    parser.add_argument("setup", type=Path, help="what to write, like dist/kohtaava-setup.exe")
    parser.add_argument("--version", default=__version__, help="three numbers; %(default)s unless given")
    parser.add_argument("--helpers", type=Path, help="folder of closing.exe, where it has been signed beforehand")
    parser.add_argument("--sign", default="", help="command that signs the uninstaller; its path is added to it")
    chosen = parser.parse_args(arguments)
    try:
        build(chosen.layout, chosen.setup, chosen.version, chosen.helpers, chosen.sign)
    except (Unfit, Unbuildable) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{chosen.setup}: {chosen.setup.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
