"""The small signs on the controls of windows, painted round a point with the pen in use."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.dialog_style import muted, unit_of


def pen(colour: QColor, width: float) -> QPen:
    """A round pen for small signs."""
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def painter_on(control: QWidget) -> QPainter:
    """A painter on ``control`` for its sign: smooth lines in muted ink."""
    painter = QPainter(control)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen(muted(control.palette()), 1.8 * unit_of(control)))
    return painter


def paint_chevron(painter: QPainter, middle: QPointF, u: float) -> None:
    """A sign pointing down: more can be chosen here."""
    painter.drawPolyline([middle + QPointF(x, y) * u for x, y in ((-4.0, -2.0), (0.0, 2.0), (4.0, -2.0))])


def paint_less(painter: QPainter, middle: QPointF, u: float) -> None:
    """A minus."""
    painter.drawLine(middle - QPointF(4, 0) * u, middle + QPointF(4, 0) * u)


def paint_more(painter: QPainter, middle: QPointF, u: float) -> None:
    """A plus."""
    paint_less(painter, middle, u)
    painter.drawLine(middle - QPointF(0, 4) * u, middle + QPointF(0, 4) * u)


def paint_tick(painter: QPainter, box: QRectF) -> None:
    """A tick that fills most of ``box``."""
    places = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.31))
    painter.drawPolyline([QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in places])


def paint_back(painter: QPainter, middle: QPointF, u: float) -> None:
    """An arrow round to the left: as it was."""
    circle = QRectF(0, 0, 11 * u, 11 * u)
    circle.moveCenter(middle)
    painter.drawArc(circle, -120 * 16, 270 * 16)
    tip = middle + QPointF(-4.8, -2.8) * u
    painter.drawPolyline([tip + QPointF(-0.6, -4.0) * u, tip, tip + QPointF(4.2, 0.4) * u])


def paint_cross(painter: QPainter, middle: QPointF, u: float) -> None:
    """A cross: take it away."""
    for slope in (1, -1):
        painter.drawLine(middle - QPointF(4, 4 * slope) * u, middle + QPointF(4, 4 * slope) * u)


def paint_lock(painter: QPainter, middle: QPointF, u: float) -> None:
    """A closed lock."""
    body = QRectF(middle.x() - 4.5 * u, middle.y() - 1 * u, 9 * u, 6.5 * u)
    painter.drawRoundedRect(body, 1.5 * u, 1.5 * u)
    bow = QRectF(middle.x() - 2.8 * u, middle.y() - 5.5 * u, 5.6 * u, 9 * u)
    painter.drawArc(bow, 0, 180 * 16)
