"""What every chart of the window has: a layout in design pixels, values that can be pointed at, a table.

A layout is plain arithmetic: it is told how wide texts are, and gives places. Only painters know Qt.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from kohtaava_desktop.domain.plan import reserve_minutes
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Ink, Role

Widths = Callable[[str, Role], float]
"""How wide a text is on one line, in design pixels."""
LINE = 16.0
"""The height of a line of the charts' texts, in design pixels."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the charts show: what the meetings say that ``wanted`` takes, and the team's beside it."""

    found: Statistics
    wanted: Filter = field(default_factory=Filter)
    team: TypicalMeeting | None = None

    @property
    def reserve(self) -> tuple[int, int] | None:
        """From when to when the time for the farewell is kept, in seconds, where one length is chosen."""
        planned = self.wanted.planned_minutes
        return None if planned is None else ((planned - reserve_minutes(planned)) * 60, planned * 60)


@dataclass(frozen=True, slots=True)
class Mark:
    """A value that can be pointed at: where, what is said of it, and in which row of the chart it stands."""

    box: Box
    spot: tuple[float, float]
    said: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Label:
    """A text of a chart, on one line unless it may ``wrap``."""

    text: str
    box: Box
    ink: Ink | Stage = Ink.MUTED
    role: Role = Role.BODY
    align: Literal["left", "middle", "right"] = "left"
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The same numbers as the chart, in words."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Laid(Protocol):
    """What a layout gives at least."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The values that can be pointed at, from left to right, row by row."""


def at(marks: tuple[Mark, ...], x: float, y: float) -> int | None:
    """The mark at a place of the chart."""
    return next((number for number, mark in enumerate(marks) if mark.box.holds(x, y)), None)


def neighbour(marks: tuple[Mark, ...], now: int | None, across: int, down: int) -> int | None:
    """The mark that an arrow key leads to from ``now``; the first one when there was none.

    To the left and right through all of them; up and down to the nearest of the next row.
    """
    if not marks:
        return None
    if now is None or now >= len(marks):
        return 0
    if across:
        return min(max(now + across, 0), len(marks) - 1)
    rows = sorted({mark.row for mark in marks})
    wanted = rows.index(marks[now].row) + down
    if not 0 <= wanted < len(rows):
        return now
    there = [number for number, mark in enumerate(marks) if mark.row == rows[wanted]]
    return min(there, key=lambda number: abs(marks[number].spot[0] - marks[now].spot[0]))


def same(marks: tuple[Mark, ...], before: Mark) -> int | None:
    """The mark that stands for the same value as ``before``, though its number may be another one now.

    What is said of a value begins with its name, up to a colon. Where it is gone it is the nearest of its row.
    """
    row = [number for number, mark in enumerate(marks) if mark.row == before.row]
    named = [number for number in row if _name(marks[number]) == _name(before)]
    return min(named or row, key=lambda number: abs(marks[number].spot[0] - before.spot[0]), default=None)


def _name(mark: Mark) -> str:
    return mark.said.partition(":")[0]


def bubble(spot: tuple[float, float], w: float, h: float, room: Box, gap: float = 10.0) -> Box:
    """Where a box of that size stands that speaks of ``spot``: above it, or below where there is no room above."""
    x = min(max(spot[0] - w / 2, room.x), max(room.x, room.right - w))
    above, below = spot[1] - gap - h, spot[1] + gap
    y = above if above >= room.y else below
    return Box(x, min(max(y, room.y), max(room.y, room.bottom - h)), w, h)
