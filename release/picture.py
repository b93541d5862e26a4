"""Paints the icon, which is drawn in SVG, as PNG."""

from pathlib import Path


def png(svg: Path, size: int) -> bytes:
    """The picture ``svg`` as PNG, ``size`` pixels wide and high. Needs no screen and no application."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg.read_bytes())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide6 takes text here, its stub says bytes
    return bytes(buffer.data().data())
