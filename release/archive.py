"""Packs a bundle for Linux into an archive that can be unpacked anywhere.

python -m release.archive BUNDLE OUT
"""

import argparse
import io
import lzma
import re
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from kohtaava_desktop import __version__
from release.linux import share
from release.linux.elf import is_elf
from release.linux.folder import copy, make_plain
from release.linux.share import SOURCES
from release.moment import moment
from release.project import NAME, Unbuildable
from release.tools import run

TOP = f"{NAME}-{__version__}"
PRESET = 6
"""How hard xz tries: as hard as dpkg-deb has it try for the package."""


def build(bundle: Path, out: Path) -> Path:
    """Write the archive of ``bundle`` into the folder ``out`` and return its path. Raises ``Unbuildable``."""
    out.mkdir(parents=True, exist_ok=True)
    archive = out / f"{TOP}-linux-x86_64.tar.xz"
    with tempfile.TemporaryDirectory(prefix="kohtaava-archive-") as name:
        top = Path(name, TOP)
        copy(bundle, top)
        share.put_entry(top / "share")
        text = (SOURCES / "README.md").read_text(encoding="utf-8")
        text = text.replace("@VERSION@", __version__).replace("@GLIBC@", glibc_of(bundle))
        (top / "README.md").write_text(text, encoding="utf-8")
        shutil.copyfile(SOURCES / "install.sh", top / "install.sh")
        make_plain(top)
        (top / "install.sh").chmod(0o755)
        pack(top, archive, moment())
    return archive


def pack(top: Path, archive: Path, seconds: int) -> None:
    """Write ``archive`` with the folder ``top`` in it: sorted, owned by root, dated by ``seconds``."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = seconds
        return member

    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as members:
        for path in (top, *sorted(top.rglob("*"))):
            members.add(path, path.relative_to(top.parent).as_posix(), recursive=False, filter=plain)
    archive.write_bytes(lzma.compress(whole.getvalue(), preset=PRESET))


def glibc_of(bundle: Path) -> str:
    """The oldest glibc that has everything which the programs and libraries of ``bundle`` ask for, like 2.35."""
    versions = {version for path in sorted(bundle.rglob("*")) for version in _asked_for(path)}
    if not versions:
        raise Unbuildable(f"{bundle} has no programs.")
    return ".".join(map(str, max(versions)))


def _asked_for(path: Path) -> Iterator[tuple[int, ...]]:
    if not path.is_file() or path.is_symlink() or not is_elf(path):
        return
    said = run("readelf", "--version-info", "--wide", str(path), may_warn=True)
    for found in re.findall(r"Name: GLIBC_([0-9.]+)", said):
        yield tuple(map(int, found.split(".")))


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the archive; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.archive", description="Pack a bundle for Linux.")
    parser.add_argument("bundle", type=Path, metavar="BUNDLE")
    parser.add_argument("out", type=Path, metavar="OUT")
    given = parser.parse_args(arguments)
    try:
        archive = build(given.bundle, given.out)
    except Unbuildable as reason:
        print(reason, file=sys.stderr)
        return 1
    print(f"{archive}: {archive.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
