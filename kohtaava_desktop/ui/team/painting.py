"""Painters of the team's own charts; they know no numbers, only places."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen

from kohtaava_desktop.ui.mirror.painting import BAR, STRONG_BAR, dashed, faint, flat, paint_label, rect
from kohtaava_desktop.ui.settings.signs import pen
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team.months import Months
from kohtaava_desktop.ui.team.steps import Bar, Steps
from kohtaava_desktop.ui.theme import Palette, Type

PALE = 0.2  # how much of a stage's colour is between what the median lies
DOT = 3.0


def paint_steps(painter: QPainter, laid: Steps, palette: Palette, fonts: Type) -> None:
    """How long the steps were."""
    painter.setPen(QPen(faint(palette), 1))
    for x in laid.lines:
        painter.drawLine(QPointF(x, laid.plot.y), QPointF(x, laid.plot.bottom))
    painter.setPen(QPen(QColor(palette.edge), 1))
    for y in laid.bases:
        painter.drawLine(QPointF(laid.plot.x, y), QPointF(laid.plot.right, y))
    for bar in laid.bars:
        if bar.dashed:
            _paint_beside(painter, bar, palette)
        else:
            _paint_bar(painter, bar, palette)
    for label in laid.labels:
        paint_label(painter, label, palette, fonts)


def paint_months(painter: QPainter, laid: Months, palette: Palette, fonts: Type) -> None:
    """The months side by side."""
    painter.setPen(QPen(faint(palette), 1))
    for y in laid.lines:
        painter.drawLine(QPointF(laid.plot.x, y), QPointF(laid.plot.right, y))
    for box in laid.withheld:
        _paint_withheld(painter, box, palette)
    for stage, run in laid.runs:
        ink = palette.stage(stage)
        painter.setPen(pen(ink, 2.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline([QPointF(*point) for point in run])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for point in run:
            painter.drawEllipse(QPointF(*point), DOT, DOT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for label in laid.labels:
        paint_label(painter, label, palette, fonts)


def _paint_bar(painter: QPainter, bar: Bar, palette: Palette) -> None:
    ink, pale, soft = (palette.stage(bar.stage) for _each in range(3))
    pale.setAlphaF(PALE)
    soft.setAlphaF(STRONG_BAR if palette.strong else BAR)
    middle, high = bar.box.y + bar.box.h / 2, bar.box.h
    sure = Box(bar.sure[0], bar.box.y, max(bar.sure[1] - bar.sure[0], 1.0), high)
    painter.setPen(QPen(ink, 1) if palette.strong and not bar.open else Qt.PenStyle.NoPen)
    painter.setBrush(_fading(pale, sure) if bar.open else pale)
    painter.drawRoundedRect(rect(sure), 2, 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(rect(Box(bar.half[0], middle - 3, max(bar.half[1] - bar.half[0], 1.0), 6)), 2, 2)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if bar.median is not None:
        for line in (flat(QColor(palette.panel), 5), flat(ink, 2.6)):
            painter.setPen(line)
            painter.drawLine(QPointF(bar.median, bar.box.y - 1), QPointF(bar.median, bar.box.bottom + 1))


def _fading(pale: QColor, box: Box) -> QBrush:
    """``pale`` at the left, nothing at the right: there is no end that is known."""
    gradient, nothing = QLinearGradient(box.x, 0, box.right, 0), QColor(pale)
    nothing.setAlphaF(0.0)
    gradient.setColorAt(0.4, pale)
    gradient.setColorAt(1.0, nothing)
    return QBrush(gradient)


def _paint_beside(painter: QPainter, bar: Bar, palette: Palette) -> None:
    ink = QColor(palette.text)
    middle = bar.box.y + bar.box.h / 2
    if bar.half[1] > bar.half[0]:
        dashed(painter, ink, [(bar.half[0], middle), (bar.half[1], middle)], 1.6, (4, 3))
    if bar.median is not None:
        painter.setPen(flat(ink, 2))
        painter.drawLine(QPointF(bar.median, bar.box.y + 2), QPointF(bar.median, bar.box.bottom - 2))


def _paint_withheld(painter: QPainter, box: Box, palette: Palette) -> None:
    ink = QColor(palette.muted)
    ink.setAlphaF(1.0 if palette.strong else 0.55)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(ink, Qt.BrushStyle.BDiagPattern))
    painter.drawRect(rect(box))
    painter.setBrush(Qt.BrushStyle.NoBrush)
