"""Makes a package for Debian and Ubuntu of a bundle.

    python -m release.deb BUNDLE OUT

It has no scripts that run at installation: the entry in the menu, the icons and the pages are found by what the
distribution has for them. What it depends on is read from the libraries themselves (dpkg-shlibdeps).
"""

import argparse
import gzip
import hashlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from kohtaava_desktop import __version__
from release.contents import X11_LIBRARIES
from release.linux import share
from release.linux.elf import is_elf
from release.linux.folder import copy, make_plain
from release.linux.share import SOURCES
from release.moment import VARIABLE, moment, settle
from release.project import NAME, PROGRAMS, ROOT, Unbuildable
from release.tools import run

VERSION = f"{__version__}-1"
ARCHITECTURE = "amd64"
MAINTAINER = "The authors of Kohtaava Desktop <kohtaava-desktop@packages.invalid>"
MAINTAINER_VARIABLE = "KOHTAAVA_MAINTAINER"
"""Who answers for the package, as a name with an address; whoever releases it says so."""
RECOMMENDED = "fonts-dejavu-core | fonts-noto-core, default-dbus-session-bus | dbus-session-bus"
CONTROL = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {size}
Depends: {depends}
Recommends: {recommends}
Section: misc
Priority: optional
Description: quiet overlay for the four steps of a client meeting
 It stands at the edge of the screen during a client meeting of the employment
 services and shows the step you are on, how much time is left, and whether the
 farewell still fits. The command kohtaava controls it from a terminal, a macro
 key or a script.
 .
 It stores no names, no times of day and no texts, and it does not use the
 network.
"""
CHANGES = """\
{name} ({version}) unstable; urgency=medium

  * Version {upstream}; what has changed stands in changelog.gz.

 -- {maintainer}  {date}
"""


def build(bundle: Path, out: Path, packing: Sequence[str] = ("-Zxz",)) -> Path:
    """Write the package of ``bundle`` into the folder ``out`` and return its path. Raises ``Unbuildable``."""
    seconds = moment()
    out.mkdir(parents=True, exist_ok=True)
    package = out / f"{NAME}_{VERSION}_{ARCHITECTURE}.deb"
    with tempfile.TemporaryDirectory(prefix="kohtaava-deb-") as name:
        root = Path(name, "root")
        fill(root, bundle, seconds)
        control = root / "DEBIAN"
        control.mkdir()
        depends = dependencies(root, Path(name))
        (control / "control").write_text(_control(root, depends), encoding="utf-8")
        (control / "md5sums").write_text(_sums(root), encoding="utf-8")
        make_plain(root)
        settle(root, seconds)
        words = ("--root-owner-group", *packing, "--build", str(root), str(package))
        run("dpkg-deb", *words, environment={VARIABLE: str(seconds)})
    return package


def fill(root: Path, bundle: Path, seconds: int) -> None:
    """Put everything that is installed below ``root``."""
    copy(bundle, root / "usr" / "lib" / NAME)
    links = root / "usr" / "bin"
    links.mkdir(parents=True)
    for program in PROGRAMS:
        (links / program).symlink_to(f"../lib/{NAME}/{program}")
    share.put(root / "usr" / "share", seconds)
    documents = root / "usr" / "share" / "doc" / NAME
    (documents / "examples").mkdir(parents=True)
    shutil.copyfile(SOURCES / "copyright", documents / "copyright")
    shutil.copyfile(SOURCES / "policies.json.example", documents / "examples" / "policies.json")
    _pack(documents / "changelog.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    date = format_datetime(datetime.fromtimestamp(seconds, UTC))
    changes = CHANGES.format(name=NAME, version=VERSION, upstream=__version__, maintainer=maintainer(), date=date)
    _pack(documents / "changelog.Debian.gz", changes)
    overrides = root / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copyfile(SOURCES / "lintian-overrides", overrides / NAME)


def dependencies(root: Path, work: Path) -> str:
    """The packages that have the libraries which those below ``root`` need, as ``Depends`` names them."""
    found = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink() and is_elf(path))
    programs = [path for path in found if path.name not in X11_LIBRARIES]  # those need one another, and basic ones
    (work / "debian").mkdir(exist_ok=True)
    source = f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: any\n"
    (work / "debian" / "control").write_text(source, encoding="utf-8")
    own = sorted({str(path.parent) for path in programs})
    words = (*("-O", "--warnings=0", f"-S{root}"), *(f"-l{each}" for each in own), *(f"-e{each}" for each in programs))
    said = run("dpkg-shlibdeps", *words, folder=work)
    depends = re.search(r"^shlibs:Depends=(.+)$", said, re.MULTILINE)
    if depends is None:
        raise Unbuildable("dpkg-shlibdeps did not say what the libraries need.")
    return depends[1]


def maintainer() -> str:
    """Who answers for the package."""
    return os.environ.get(MAINTAINER_VARIABLE, "") or MAINTAINER


def _control(root: Path, depends: str) -> str:
    size = sum(path.lstat().st_size // 1024 + 1 for path in root.rglob("*"))
    return CONTROL.format(
        name=NAME,
        version=VERSION,
        architecture=ARCHITECTURE,
        maintainer=maintainer(),
        size=size,
        depends=depends,
        recommends=RECOMMENDED,
    )


def _sums(root: Path) -> str:
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    shipped = [path for path in files if path.relative_to(root).parts[0] != "DEBIAN"]
    lines = (
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(root)}\n"
        for path in shipped
    )
    return "".join(lines)


def _pack(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the package; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.deb", description="Make a package for Debian of a bundle.")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE")
    parser.add_argument("out", type=Path, metavar="OUT")
    given = parser.parse_args(arguments)
    try:
        package = build(given.bundle, given.out)
    except Unbuildable as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{package}: {package.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
