"""Makes an icon file for Windows out of a picture in SVG."""

import struct
from pathlib import Path

from release.picture import png

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels: those of lists, the taskbar and the desktop at 100, 125, 150 and 200 %."""

_HEADER = struct.Struct("<3H")
_ENTRY = struct.Struct("<4B2H2I")


def write_icon(svg: Path, ico: Path) -> None:
    """Write ``svg`` as ``ico``, in every size of ``SIZES``."""
    ico.write_bytes(icon_file({size: png(svg, size) for size in SIZES}))


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """The icon file of square ``pictures`` in PNG by their size in pixels, which Windows reads since Vista."""
    entries, start = b"", _HEADER.size + _ENTRY.size * len(pictures)
    for size, picture in pictures.items():
        entries += _ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(picture), start)
        start += len(picture)
    return _HEADER.pack(0, 1, len(pictures)) + entries + b"".join(pictures.values())
