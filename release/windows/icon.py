"""Makes an icon file for Windows out of a picture in SVG."""

import os
import struct
from pathlib import Path

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels: those of lists, the taskbar and the desktop at 100, 125, 150 and 200 %."""

_HEADER = struct.Struct("<3H")
_ENTRY = struct.Struct("<4B2H2I")


def write_icon(svg: Path, ico: Path) -> None:
    """Write ``svg`` as ``ico``, in every size of ``SIZES``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    ico.write_bytes(icon_file({size: _picture(svg, size) for size in SIZES}))


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """The icon file of square PNG ``pictures`` by their size in pixels, which Windows reads since Vista."""
    entries, start = b"", _HEADER.size + _ENTRY.size * len(pictures)
    for size, png in pictures.items():
        entries += _ENTRY.pack(size % 256, size % 256, 0, 0, 1, 32, len(png), start)
        start += len(png)
    return _HEADER.pack(0, 1, len(pictures)) + entries + b"".join(pictures.values())


def _picture(svg: Path, size: int) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6 takes text here, its stub says bytes
    return bytes(buffer.data().data())
