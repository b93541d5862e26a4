"""One painter for each chart; they know no numbers, only places."""

from itertools import pairwise
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui import staircase
from kohtaava_desktop.ui.mirror.chart import Label
from kohtaava_desktop.ui.mirror.figures import Figures
from kohtaava_desktop.ui.mirror.spread import Row, Spread
from kohtaava_desktop.ui.mirror.typical import SAMPLE, CourseLaid
from kohtaava_desktop.ui.mirror.weekly import Point, Weekly
from kohtaava_desktop.ui.settings.signs import pen
from kohtaava_desktop.ui.staircase import Box, Stairs, Tread
from kohtaava_desktop.ui.theme import SMALLEST_TYPE, Ink, Palette, Type, colour, fitted

TREAD = 5.0
BAR = 0.42  # how much of a stage's colour is in a bar
STRONG_BAR = 0.75  # with high contrast
CAP = 1.5  # the upper edge of a bar has all of the colour, so that its height can be seen by everybody


def paint_typical(painter: QPainter, laid: CourseLaid, palette: Palette, fonts: Type) -> None:
    """The typical meeting."""
    staircase.paint(painter, laid.stairs, palette, TREAD)
    if laid.end is not None:
        box = laid.stairs.box
        dashed(painter, palette.stage(Stage.FAREWELL), [(laid.end, box.y), (laid.end, box.bottom)], 1.2, (2, 3))
    if laid.team:
        dashed(painter, QColor(palette.text), _outline(laid.team), 1.6, (4, 3))
    for label in (*laid.labels, *laid.legend):
        if _on_a_tint(label.box, laid.stairs):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.panel))  # a name stands out on nothing else
            painter.drawRoundedRect(rect(label.box).adjusted(-3, 0, 3, 0), 3, 3)
        paint_label(painter, label, palette, fonts)
    for number, label in enumerate(laid.legend):
        y, right = label.box.y + label.box.h / 2, label.box.x - 8
        if number:
            dashed(painter, QColor(palette.text), [(right - SAMPLE, y), (right, y)], 1.6, (4, 3))
        else:
            for stage in Stage:
                left = right - SAMPLE + stage * SAMPLE / len(Stage)
                painter.setPen(flat(palette.stage(stage), TREAD - 1))
                painter.drawLine(QPointF(left, y), QPointF(left + SAMPLE / len(Stage), y))


def paint_spread(painter: QPainter, laid: Spread, palette: Palette, fonts: Type) -> None:
    """How long the steps were."""
    painter.setPen(QPen(faint(palette), 1))
    for x in laid.lines:
        painter.drawLine(QPointF(x, laid.plot.y), QPointF(x, laid.plot.bottom))
    for row in laid.rows:
        _paint_row(painter, row, laid.plot, palette)
    for label in laid.labels:
        paint_label(painter, label, palette, fonts)


def paint_weekly(painter: QPainter, laid: Weekly, palette: Palette, fonts: Type) -> None:
    """Week by week."""
    painter.setPen(QPen(faint(palette), 1))
    for y in laid.lines:
        painter.drawLine(QPointF(laid.plot.x, y), QPointF(laid.plot.right, y))
    ink = palette.stage(Stage.FAREWELL)
    for run in laid.runs:
        painter.setPen(pen(ink, 2.2))
        painter.drawPolyline([QPointF(point.x, point.y) for point in run])
        for point in run:
            if laid.dots or len(run) == 1 or point.few:
                _paint_point(painter, point, ink, palette)
    for label in laid.labels:
        paint_label(painter, label, palette, fonts)


def paint_figures(painter: QPainter, laid: Figures, palette: Palette, fonts: Type) -> None:
    """The key figures."""
    for label in laid.labels:
        paint_label(painter, label, palette, fonts)


def paint_label(painter: QPainter, label: Label, palette: Palette, fonts: Type) -> None:
    """One text; what has not the room it needs gets smaller first."""
    font = fonts.font(label.role)
    painter.setFont(_lower(font, label, fonts) if label.wrap else fitted(font, label.text, label.box.w))
    painter.setPen(colour(palette, label.ink))
    sides = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}
    side = sides.get(label.align, Qt.AlignmentFlag.AlignHCenter)
    wrap = int(Qt.TextFlag.TextWordWrap) if label.wrap else int(Qt.TextFlag.TextDontClip)
    painter.drawText(rect(label.box), int(side | Qt.AlignmentFlag.AlignVCenter) | wrap, label.text)


def rect(box: Box) -> QRectF:
    """``box`` as Qt has it."""
    return QRectF(box.x, box.y, box.w, box.h)


def _lower(font: QFont, label: Label, fonts: Type) -> QFont:
    """``font``, smaller if need be, so that the lines of ``label`` have their height as far as that can be read."""
    high = fonts.height(label.text, label.role, label.box.w)
    smaller = QFont(font)
    if high > label.box.h:
        smaller.setPointSizeF(font.pointSizeF() * max(SMALLEST_TYPE, sqrt(label.box.h / high)))
    return smaller


def _paint_row(painter: QPainter, row: Row, plot: Box, palette: Palette) -> None:
    ink = palette.stage(row.stage)
    soft = palette.stage(row.stage)
    soft.setAlphaF(STRONG_BAR if palette.strong else BAR)
    painter.setPen(QPen(QColor(palette.edge), 1))
    painter.drawLine(QPointF(plot.x, row.base), QPointF(plot.right, row.base))
    painter.setPen(Qt.PenStyle.NoPen)
    for bar in row.bars:
        standing = _standing(bar.box)
        painter.fillPath(standing, soft)
        painter.save()
        painter.setClipPath(standing)
        painter.fillRect(QRectF(bar.box.x, bar.box.y, bar.box.w, CAP), ink)
        painter.restore()
    if row.half is not None:
        y = row.base + 4.5
        painter.setPen(pen(ink, 3.2))
        painter.drawLine(QPointF(row.half[0], y), QPointF(row.half[1], y))
    if row.median is not None:
        for line in (flat(QColor(palette.panel), 4.4), flat(ink, 2)):
            painter.setPen(line)
            painter.drawLine(QPointF(row.median, row.top - 3), QPointF(row.median, row.base + 1))


def _on_a_tint(box: Box, stairs: Stairs) -> bool:
    """Whether ``box`` lies on the time kept for the farewell or below a tread."""
    columns = [(tread.x1, tread.x2, tread.y) for tread in stairs.treads]
    if stairs.zone is not None:
        columns.append((*stairs.zone, stairs.box.y))
    return any(
        left < box.right and box.x < right and top < box.bottom and box.y < stairs.box.bottom
        for left, right, top in columns
    )


def _standing(box: Box) -> QPainterPath:
    """A bar with its upper corners round."""
    radius = min(2.0, box.w / 2, box.h)
    path = QPainterPath(QPointF(box.x, box.bottom))
    path.lineTo(box.x, box.y + radius)
    path.quadTo(box.x, box.y, box.x + radius, box.y)
    path.lineTo(box.right - radius, box.y)
    path.quadTo(box.right, box.y, box.right, box.y + radius)
    path.lineTo(box.right, box.bottom)
    path.closeSubpath()
    return path


def _paint_point(painter: QPainter, point: Point, ink: QColor, palette: Palette) -> None:
    painter.setPen(QPen(ink, 1.8))
    painter.setBrush(QColor(palette.panel) if point.few else ink)
    painter.drawEllipse(QPointF(point.x, point.y), 3.2, 3.2)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _outline(treads: tuple[Tread, ...]) -> list[tuple[float, float]]:
    """The line along treads and risers."""
    points = [(treads[0].x1, treads[0].y)]
    for before, after in pairwise(treads):
        points += [(before.x2, before.y), (before.x2, after.y)]
    return [*points, (treads[-1].x2, treads[-1].y)]


def dashed(
    painter: QPainter, ink: QColor, points: list[tuple[float, float]], width: float, dashes: tuple[float, float]
) -> None:
    """A dashed line through ``points``."""
    line = flat(ink, width)
    line.setDashPattern(dashes)
    painter.setPen(line)
    painter.drawPolyline([QPointF(*point) for point in points])


def flat(ink: QColor, width: float) -> QPen:
    """What draws lines that end where they should."""
    return QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)


def faint(palette: Palette) -> QColor:
    """Lines that only help the eye."""
    ink = colour(palette, Ink.MUTED)
    ink.setAlphaF(0.5 if palette.strong else 0.18)
    return ink
