"""The run-time library of Visual C++, of which both CPython and Qt bring some files: of each the newest is shipped.

Newer ones work with what was compiled against older ones, and not the other way round. Only one file of a name is
loaded, and that is the one beside ``python3xx.dll``: Qt has to find it as new as its own.
"""

import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

from release.contents import Finding

NAMES = ("vcruntime140.dll", "vcruntime140_1.dll")
"""The files of it that CPython brings, and Qt's wheels too."""
NEWER = "msvcp140*.dll"
"""The files of it that only Qt brings."""
_FIXED_FILE_INFO = struct.pack("<I", 0xFEEF04BD)

Version = tuple[int, int, int, int]


def version_of(library: bytes) -> Version:
    """The version of the file ``library``, as Windows compares it; zeros where it tells none."""
    at = library.find(_FIXED_FILE_INFO)
    if at < 0:
        return 0, 0, 0, 0
    _signature, _structure, high, low = struct.unpack_from("<4I", library, at)
    return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF


def put_newest(wheels: Iterable[Path], runtime: Path) -> None:
    """Put each of ``NAMES`` out of ``wheels`` into the folder ``runtime`` where it is newer than the one there."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as files:
            for member in sorted(files.namelist()):
                place = runtime / member.rpartition("/")[2]
                if place.name in NAMES and version_of(files.read(member)) > _version_in(place):
                    place.write_bytes(files.read(member))


def check(runtime: Path) -> list[Finding]:
    """Which of ``NAMES`` in ``runtime`` is older than what Qt was compiled against, or absent."""
    newest = max(map(_version_in, runtime.rglob(NEWER)), default=(0, 0, 0, 0))
    return [
        Finding(name, f"{_text(_version_in(runtime / name))} is older than the {_text(newest)} that Qt brings")
        for name in NAMES
        if _version_in(runtime / name) < newest
    ]


def _version_in(place: Path) -> Version:
    return version_of(place.read_bytes()) if place.is_file() else (0, 0, 0, 0)


def _text(version: Version) -> str:
    return ".".join(map(str, version))
