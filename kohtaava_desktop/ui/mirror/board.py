"""The four cards: two and two, the wide ones to the left, or one below the other in a narrow window."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.card import ChartCard
from kohtaava_desktop.ui.mirror.charts import CHARTS, Chart

TWO_COLUMNS = 760
"""From so many design pixels on there is room for two cards beside each other."""
SHARES = (2, 1)
GAP = 14  # design pixels


def places(width: float) -> list[tuple[int, int]]:
    """Row and column of each card in a board so many design pixels wide."""
    columns = 2 if width >= TWO_COLUMNS else 1
    return [divmod(number, columns) for number in range(len(CHARTS))]


class Board(QWidget):
    """All of ``charts``, four of them."""

    def __init__(self, charts: Mapping[str, Chart[Any]] = CHARTS) -> None:
        super().__init__()
        self.setObjectName("content")
        self.cards = {name: ChartCard(chart) for name, chart in charts.items()}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._places: list[tuple[int, int]] = []
        self._arrange(TWO_COLUMNS)

    def show_found(self, shown: Any) -> None:
        """Show ``shown`` in all of them."""
        for card in self.cards.values():
            card.show_found(shown)

    def name(self, shown: Any = None) -> None:
        """Titles, and how to read ``shown``: the numbers are still to come."""
        for card in self.cards.values():
            card.name(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() / unit_of(self))

    def changeEvent(self, event: QEvent) -> None:
        """Another type: other gaps, and perhaps no room for two beside each other."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_places"):
            self._arrange(self.width() / unit_of(self))

    def _arrange(self, width: float) -> None:
        wanted = places(width)
        self._grid.setSpacing(round(GAP * unit_of(self)))
        if wanted == self._places:
            return
        self._places = wanted
        for card in self.cards.values():
            self._grid.removeWidget(card)
        for (row, column), card in zip(wanted, self.cards.values(), strict=True):
            self._grid.addWidget(card, row, column)
        columns = {column for _row, column in wanted}
        for column, share in enumerate(SHARES):
            self._grid.setColumnStretch(column, share if column in columns else 0)
