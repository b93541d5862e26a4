"""Paints a form: ground, stairs, dots and texts. The controls paint themselves."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBitmap, QColor, QPainter, QPen, QRegion

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.forms import Form, Text
from kohtaava_desktop.ui.staircase import paint as paint_stairs
from kohtaava_desktop.ui.theme import Palette, Type, breakable, colour, fitted

RADIUS = 10.0


def paint_form(painter: QPainter, form: Form, palette: Palette, fonts: Type) -> None:
    """Draw ``form``; the painter is in design pixels."""
    _paint_ground(painter, form, palette)
    for stairs, thickness in form.stairs:
        paint_stairs(painter, stairs, palette, thickness)
    if form.to_read:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.text))
        painter.drawEllipse(QPointF(6, form.h / 2), 2.5, 2.5)
    if form.dots is not None:
        _paint_dots(painter, form, form.dots, palette)
    for text in form.texts:
        _paint_text(painter, text, palette, fonts)


def paint_ground(
    painter: QPainter, palette: Palette, whole: QRectF, line: str, width: float, radius: float = RADIUS
) -> None:
    """A panel that fills ``whole`` with a ``line`` of ``width`` inside its edge."""
    painter.setPen(QPen(QColor(line), width))
    painter.setBrush(QColor(palette.panel))
    half = width / 2
    painter.drawRoundedRect(whole.adjusted(half, half, -half, -half), radius, radius)


def rounded(width: int, height: int, radius: float) -> QRegion:
    """The region of a window with round corners, for screens that cannot show translucent ones."""
    mask = QBitmap(width, height)
    mask.clear()
    painter = QPainter(mask)
    painter.setBrush(Qt.GlobalColor.color1)
    painter.drawRoundedRect(0, 0, width - 1, height - 1, radius, radius)
    painter.end()
    return QRegion(mask)


def _paint_ground(painter: QPainter, form: Form, palette: Palette) -> None:
    line, width = (palette.warm, palette.warm_width) if form.warm else (palette.edge, palette.edge_width)
    paint_ground(painter, palette, QRectF(0, 0, form.w, form.h), line, width)


def _paint_dots(painter: QPainter, form: Form, current: Stage, palette: Palette) -> None:
    """Four dots: filled as far as the meeting has come, the current one larger, the rest empty."""
    for stage in Stage:
        ink = palette.stage(stage)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if stage <= current else Qt.BrushStyle.NoBrush)
        radius = 6.0 if stage is current else 4.0
        painter.drawEllipse(QPointF(form.w / 2 + (stage - 1.5) * 20, form.h / 2), radius, radius)


def _paint_text(painter: QPainter, text: Text, palette: Palette, fonts: Type) -> None:
    font = fonts.font(text.role)
    painter.setFont(font if text.wrap else fitted(font, text.text, text.box.w))
    painter.setPen(colour(palette, text.ink))
    side = Qt.AlignmentFlag.AlignRight if text.align == "right" else Qt.AlignmentFlag.AlignLeft
    flags = int(side | Qt.AlignmentFlag.AlignVCenter) | (int(Qt.TextFlag.TextWordWrap) if text.wrap else 0)
    said = breakable(text.text) if text.wrap else text.text
    painter.drawText(QRectF(text.box.x, text.box.y, text.box.w, text.box.h), flags, said)
