"""The four charts of the window: what each is called, how it is laid out, painted and told as a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtGui import QPainter

from kohtaava_desktop.ui.mirror import figures, painting, spread, typical, weekly
from kohtaava_desktop.ui.mirror.chart import Laid, Shown, Table, Widths
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Palette, Type

S = TypeVar("S")
"""What a chart shows: here ``Shown``, in other windows something of their own."""


@dataclass(frozen=True, slots=True)
class Chart(Generic[S]):
    """One chart. ``paint`` takes what ``lay`` gives; ``w`` and ``h`` are its least size in design pixels."""

    title: Callable[[], str]
    subtitle: Callable[[S], str]
    lay: Callable[[S, Box, Widths], Laid]
    paint: Callable[[QPainter, Any, Palette, Type], None]
    table: Callable[[S], Table]
    w: float
    h: float


CHARTS: dict[str, Chart[Shown]] = {
    "typical": Chart(typical.title, typical.subtitle, typical.lay, painting.paint_typical, typical.table, 330, 170),
    "figures": Chart(figures.title, figures.subtitle, figures.lay, painting.paint_figures, figures.table, 290, 200),
    "spread": Chart(spread.title, spread.subtitle, spread.lay, painting.paint_spread, spread.table, 330, 180),
    "weekly": Chart(weekly.title, weekly.subtitle, weekly.lay, painting.paint_weekly, weekly.table, 290, 170),
}
"""By name, in the order in which they are read."""
