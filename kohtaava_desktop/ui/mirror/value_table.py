"""The numbers of a chart as a table: for a screen reader, and for whoever would rather read than look."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem

from kohtaava_desktop.ui.mirror.chart import Table

FEW = 3
"""Columns that may wrap their texts; more of them are moved sideways."""


class ValueTable(QTableWidget):
    """Rows with headers; read only, and Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.setWordWrap(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_table(self, table: Table) -> None:
        """Show ``table`` instead of what stood here."""
        self.clear()
        self.setColumnCount(len(table.headers))
        self.setRowCount(len(table.rows))
        self.setHorizontalHeaderLabels(table.headers)
        for row, cells in enumerate(table.rows):
            for column, text in enumerate(cells):
                self.setItem(row, column, _item(text, first=column == 0))
        if table.headers:
            header = self.horizontalHeaderItem(0)
            if header is not None:
                header.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        if table.rows:
            self.setCurrentCell(0, 0)
        self._fit()
        self._mark(self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T is not for finding a row here: it turns the card."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(False)

    def _mark(self, here: bool) -> None:
        """The cell that the keyboard is on is marked while it is there."""
        if here and self.currentItem() is not None:
            self.currentItem().setSelected(True)
        elif not here:
            self.clearSelection()

    def _fit(self) -> None:
        """Each column as wide as it needs; where that is too much for few columns, their texts go on in more lines."""
        header = self.horizontalHeader()
        needed = [max(self.sizeHintForColumn(n), header.sectionSizeHint(n)) for n in range(self.columnCount())]
        for number, width in enumerate(widths(needed, self.viewport().width())):
            self.setColumnWidth(number, width)
        self.resizeRowsToContents()


def widths(needed: Sequence[int], room: int) -> list[int]:
    """The widths of columns that need so much: where few of them need more than there is, the widest get less."""
    if sum(needed) <= room or len(needed) > FEW:
        return list(needed)
    given = list(needed)
    wide = [number for number, each in enumerate(needed) if each * len(needed) > room]
    left = room - sum(each for number, each in enumerate(needed) if number not in wide)
    for number in wide:
        given[number] = needed[number] * left // sum(needed[other] for other in wide)
    return given


def _item(text: str, first: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    side = Qt.AlignmentFlag.AlignLeft if first else Qt.AlignmentFlag.AlignHCenter
    item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return item
