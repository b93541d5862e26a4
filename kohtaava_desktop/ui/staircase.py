"""The elastic staircase: one layout function and one painter for everything that shows a meeting.

x is time from the start, y is the step. Each visit is a tread as long as it lasted, the dot is now, the tinted zone at
the end is the time kept for the farewell. The layout is plain arithmetic; only the painter knows Qt.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.theme import Palette

if TYPE_CHECKING:
    from kohtaava_desktop.domain.meeting import Meeting

FLOOR = 2.0  # how far the lowest tread lies above the base line
HEADROOM = 6.0  # how far the highest tread lies below the top
BELOW, ZONE, ZONE_EDGE = 0.16, 0.13, 0.8  # how much of a stage's colour is below a tread, in the reserve, at its edge


class Box(NamedTuple):
    """A rectangle in design pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.y + self.h

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in the box."""
        return self.x <= x < self.right and self.y <= y < self.bottom


class Step(NamedTuple):
    """A stay on a stage, in seconds from the start of the meeting."""

    stage: Stage
    start: float
    end: float


class Tread(NamedTuple):
    """A step as drawn: from ``x1`` to ``x2`` at height ``y``."""

    stage: Stage
    x1: float
    x2: float
    y: float


class Stairs(NamedTuple):
    """A staircase ready to paint. ``zone`` is the left and right edge of the reserve, ``dot`` marks now."""

    box: Box
    treads: tuple[Tread, ...]
    zone: tuple[float, float] | None = None
    dot: bool = False

    @property
    def boundaries(self) -> tuple[float, ...]:
        """Where one visit gives way to the next."""
        return tuple(tread.x2 for tread in self.treads[:-1])


def level(box: Box, stage: Stage, headroom: float = HEADROOM) -> float:
    """The height at which the treads of ``stage`` lie."""
    rise = (box.h - FLOOR - headroom) / 3
    return box.bottom - FLOOR - stage * rise


def lay_out(
    box: Box,
    steps: Sequence[Step],
    span: float,
    reserve: tuple[float, float] | None = None,
    dot: bool = False,
    headroom: float = HEADROOM,
) -> Stairs:
    """The staircase of ``steps`` in ``box``, which is ``span`` seconds wide; ``reserve`` is a stretch in seconds."""
    per_second = box.w / max(span, 1.0)

    def x(seconds: float) -> float:
        return box.x + min(max(seconds, 0.0) * per_second, box.w)

    treads = tuple(Tread(each.stage, x(each.start), x(each.end), level(box, each.stage, headroom)) for each in steps)
    zone = None if reserve is None else (x(reserve[0]), x(reserve[1]))
    return Stairs(box, treads, zone, dot)


def running_stairs(box: Box, meeting: "Meeting", now: float, headroom: float = HEADROOM) -> Stairs:
    """The staircase of a running meeting: to the planned end, or to now once that has passed."""
    plan = meeting.plan
    steps = [
        Step(each.stage, each.start - plan.start, (now if each.end is None else each.end) - plan.start)
        for each in meeting.visits
    ]
    end = plan.end - plan.start
    reserve = (end - plan.reserve_minutes * 60, end)
    return lay_out(box, steps, max(end, now - plan.start), reserve, True, headroom)


def finished_stairs(box: Box, meeting: "Meeting") -> Stairs:
    """The staircase of a finished meeting over its whole width, without what was not part of it."""
    end = meeting.finished_at or 0.0
    steps: list[Step] = []
    at = 0.0
    for visit in meeting.visits:
        seconds = visit.seconds(end)
        steps.append(Step(visit.stage, at, at + seconds))
        at += seconds
    return lay_out(box, steps, at)


def emblem(box: Box) -> Stairs:
    """Four even steps: the sign of the program."""
    return lay_out(box, [Step(stage, stage, stage + 1) for stage in Stage], 4, headroom=0)


def paint(painter: QPainter, stairs: Stairs, palette: Palette, thickness: float = 3.0) -> None:
    """Draw ``stairs``; the painter is in design pixels."""
    box = stairs.box
    if stairs.zone is not None:
        _paint_zone(painter, box, stairs.zone, palette)
    painter.setPen(Qt.PenStyle.NoPen)
    for tread in stairs.treads:  # not by fillRect: its overloads make QGradient with 180 presets, 2 ms of a start
        painter.setBrush(_tint(palette, tread))
        painter.drawRect(QRectF(tread.x1, tread.y, tread.x2 - tread.x1, box.bottom - tread.y))
    _line(painter, QColor(palette.edge), 1, (box.x, box.bottom), (box.right, box.bottom))
    for before, after in pairwise(stairs.treads):
        _line(painter, QColor(palette.riser), 1.2, (before.x2, before.y), (before.x2, after.y))
    for tread in stairs.treads:
        _line(painter, palette.stage(tread.stage), thickness, (tread.x1, tread.y), (tread.x2, tread.y), round_cap=True)
    if stairs.dot and stairs.treads:
        _paint_dot(painter, stairs.treads[-1], palette)


def _tint(palette: Palette, tread: Tread) -> QColor:
    tint = palette.stage(tread.stage)
    tint.setAlphaF(BELOW)
    return tint


def _paint_zone(painter: QPainter, box: Box, zone: tuple[float, float], palette: Palette) -> None:
    tint = palette.stage(Stage.FAREWELL)
    tint.setAlphaF(ZONE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(QRectF(zone[0], box.y, zone[1] - zone[0], box.h), 3, 3)
    tint.setAlphaF(ZONE_EDGE)
    pen = QPen(tint, 1)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(zone[0], box.y), QPointF(zone[0], box.bottom))


def _paint_dot(painter: QPainter, tread: Tread, palette: Palette) -> None:
    painter.setPen(QPen(QColor(palette.panel), 1.6))
    painter.setBrush(palette.stage(tread.stage))
    painter.drawEllipse(QPointF(tread.x2, tread.y), 4.2, 4.2)


def _line(
    painter: QPainter,
    colour: QColor,
    width: float,
    start: tuple[float, float],
    end: tuple[float, float],
    round_cap: bool = False,
) -> None:
    cap = Qt.PenCapStyle.RoundCap if round_cap else Qt.PenCapStyle.FlatCap
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, cap))
    painter.drawLine(QPointF(*start), QPointF(*end))
