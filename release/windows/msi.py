"""Makes the package for IT: ``python -m release.windows.msi LAYOUT OUT.msi``.

Needs wixl and msitools. Two builds of the same folder are the same, byte for byte.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from kohtaava_desktop import __version__
from release.moment import moment
from release.project import ICON, Unbuildable
from release.tools import run
from release.windows.closing import helpers
from release.windows.icon import write_icon
from release.windows.product import POLICY_TEMPLATES, Unfit, Version, files_of
from release.windows.stamp import stamp
from release.windows.tables import statements
from release.windows.wxs import Contents, document


def build(layout: Path, package: Path, version: str = __version__, ready: Path | None = None) -> None:
    """Write the package of the folder ``layout``; ``ready``: a folder with the helpers of ``closing``, perhaps signed.

    Raises ``Unfit`` where the folder cannot be installed, ``Unbuildable`` where a tool is missing or fails.
    """
    number = Version.of(version)
    seconds = moment()
    with tempfile.TemporaryDirectory(prefix="kohtaava-msi-") as name:
        work = Path(name)
        icon = work / "kohtaava.ico"
        write_icon(ICON, icon)
        shutil.copyfile(helpers(ready or work / "helpers").library, work / "closing.dll")
        contents = Contents(staged(_sources(layout), work, seconds), "kohtaava.ico", "closing.dll")
        (work / "kohtaava.wxs").write_text(document(contents, number), encoding="utf-8")
        made = work / "kohtaava.msi"
        run("wixl", "--arch", "x64", "--output", made.name, "kohtaava.wxs", folder=work)
        run("msibuild", made.name, "-q", *statements(), folder=work)
        stamp(made, seconds)
        package.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, package)


def staged(sources: dict[PurePosixPath, Path], work: Path, seconds: int) -> dict[PurePosixPath, str]:
    """Copies of ``sources`` below ``work``, relative to it, with the same time on each: installers hold it."""
    for place, source in sources.items():
        copy = work / "files" / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
        os.utime(copy, (seconds, seconds))
    return {place: f"files/{place}" for place in sorted(sources)}


def _sources(layout: Path) -> dict[PurePosixPath, Path]:
    """Every file to install by its place; the policy templates too, for IT to copy."""
    sources = {PurePosixPath(path.as_posix()): layout / path for path in files_of(layout)}
    for path in sorted(POLICY_TEMPLATES.rglob("*.adm?")):
        sources.setdefault(PurePosixPath("policy") / path.relative_to(POLICY_TEMPLATES).as_posix(), path)
    return sources


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the package that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m release.windows.msi", description="Makes the package for IT.")
    parser.add_argument("layout", type=Path, help="the folder that is installed")
    parser.add_argument("package", type=Path, help="what to write, like dist/kohtaava.msi")
    parser.add_argument("--version", default=__version__, help="three numbers; %(default)s unless given")
    parser.add_argument("--helpers", type=Path, help="folder of closing.dll, where it has been signed beforehand")
    chosen = parser.parse_args(arguments)
    try:
        build(chosen.layout, chosen.package, chosen.version, chosen.helpers)
    except (Unfit, Unbuildable) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{chosen.package}: {chosen.package.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
