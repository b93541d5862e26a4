"""Icons from the SVG files, in any colour. Loaded when first needed, never for the first frame."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from kohtaava_desktop.integration.paths import resources_dir

STROKE = "#23272B"  # the colour token that every action icon is drawn in


@lru_cache(maxsize=64)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = (resources_dir() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(svg.replace(STROKE, colour).encode()))


def paint_icon(painter: QPainter, name: str, colour: str, box: QRectF) -> None:
    """Draw the icon ``name`` into ``box`` in ``colour`` (a hex string)."""
    _renderer(name, colour).render(painter, box)


def icon(name: str, colour: str = STROKE, size: int = 64) -> QIcon:
    """The icon ``name`` for menus and windows."""
    pixmap = QPixmap(size, size)
    pixmap.fill("transparent")
    painter = QPainter(pixmap)
    paint_icon(painter, name, colour, QRectF(0, 0, size, size))
    painter.end()
    return QIcon(pixmap)
