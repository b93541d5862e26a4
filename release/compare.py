"""Compares two builds byte for byte, and names what differs.

python -m release.compare ONE OTHER
"""

import argparse
import hashlib
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from release.contents import Finding, files_in

_BLOCK = 1 << 20


def differences(one: Path, other: Path) -> list[Finding]:
    """What of the folders ``one`` and ``other`` is not the same; of an archive, also which of its members."""
    ours, theirs = set(files_in(one)), set(files_in(other))
    found = [Finding(name, f"only in {one}") for name in sorted(ours - theirs)]
    found += [Finding(name, f"only in {other}") for name in sorted(theirs - ours)]
    for name in sorted(ours & theirs):
        found += _differs(name, one / name, other / name)
    return found


def _differs(name: str, one: Path, other: Path) -> Iterator[Finding]:
    if one.is_symlink() or other.is_symlink():
        if not (one.is_symlink() and other.is_symlink() and one.readlink() == other.readlink()):
            yield Finding(name, "a link that leads elsewhere")
    elif checksum(one) != checksum(other):
        members = ", ".join(_members(one, other)) if name.endswith((".tar.xz", ".tar.gz", ".tar")) else ""
        yield Finding(name, f"differs{f' in {members}' if members else ''}")
    elif one.stat().st_mode != other.stat().st_mode:
        yield Finding(name, "has other permissions")


def _members(one: Path, other: Path) -> list[str]:
    """The members of two archives that differ; none where only the packing does."""
    ours, theirs = _contents(one), _contents(other)
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))


def _contents(archive: Path) -> dict[str, tuple[str, str]]:
    found = {}
    with tarfile.open(archive) as members:
        for member in members:
            file = members.extractfile(member) if member.isfile() else None
            inside = hashlib.sha256(file.read()).hexdigest() if file is not None else member.linkname
            about = (member.mode, member.uid, member.gid, member.uname, member.gname, member.mtime, member.type)
            found[member.name] = (repr(about), inside)
    return found


def checksum(path: Path) -> str:
    """The SHA-256 of the file ``path``, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare two folders; 1 when something differs."""
    parser = argparse.ArgumentParser("python -m release.compare", description="Compare two builds byte for byte.")
    parser.add_argument("one", type=Path, metavar="ONE")
    parser.add_argument("other", type=Path, metavar="OTHER")
    given = parser.parse_args(arguments)
    found = differences(given.one, given.other)
    for each in found:
        print(each)
    print(f"{len(found)} differences" if found else f"The same: {len(files_in(given.one))} files.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
