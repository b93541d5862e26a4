"""The picture of the icon beside the clock: four steps on a tile of their own, readable on any panel.

Drawn on whole pixels for each size; without a meeting all steps have their colours, in one only the current step has,
and it carries a dot: the step is told by shape too.
"""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.theme import LIGHT

SIZES = (16, 22, 24, 32, 48)
_OTHER_STEP = "#8B9096"


def tray_icon(stage: Stage | None) -> QIcon:
    """The icon for ``stage``; ``None`` when no meeting runs."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(_picture(size, stage))
    return icon


def _picture(size: int, stage: Stage | None) -> QPixmap:
    """The tile at ``size`` pixels; every edge of a step lies between two pixels."""
    width = (size - 2 * round(size / 12)) // len(Stage)
    left = (size - width * len(Stage)) // 2
    bottom, rise = size - round(size * 3 / 16), round(size / 8)
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(LIGHT.edge))
    painter.setBrush(QColor(LIGHT.panel))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), size * 3 / 16, size * 3 / 16)
    painter.setPen(Qt.PenStyle.NoPen)
    for each in Stage:
        painter.setBrush(QColor(LIGHT.stages[each] if stage in (None, each) else _OTHER_STEP))
        height = rise * (each + 1)
        painter.drawRect(left + width * each, bottom - height, width, height)
    if stage is not None:
        painter.setBrush(QColor(LIGHT.stages[stage]))
        across = max(4, width)
        top = bottom - rise * (stage + 1) - across - size // 32
        painter.drawEllipse(QRectF(left + width * (stage + 0.5) - across / 2, top, across, across))
    painter.end()
    return pixmap
