"""The numbers of a chart as a table: for a screen reader, and for whoever would rather read than look."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QScrollBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.chart import Table
from kohtaava_desktop.ui.mirror.look import CELL, FRAME
from kohtaava_desktop.ui.mirror.words import NONE

FEW = 3
"""Columns that may wrap their texts; more of them are moved sideways."""
NUMBER = re.compile(r"([\d\s+−–./,%]|min)+")
Side = Qt.AlignmentFlag


class Cells(QStyledItemDelegate):
    """Tells how high a text in several lines is: Qt forgets what a style sheet leaves, and that cells may span."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        place = option.rect
        if place.width() > 0:
            first, table = index.column(), self._table
            columns = range(first, first + table.columnSpan(index.row(), first))
            room = sum(map(table.columnWidth, columns)) - 2 * round(CELL * unit_of(table))
            place.setWidth(max(1, room))
            option.rect = place
        return super().sizeHint(option, index)


class TextTable(QTableWidget):
    """Texts with headers; read only, and Tab leaves it. The cell with the keyboard is marked while it is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(Cells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.mark(False)

    def mark(self, here: bool) -> None:
        """Mark the current cell, or none."""
        if here and self.currentItem() is not None:
            self.currentItem().setSelected(True)
        elif not here:
            self.clearSelection()


class ValueTable(TextTable):
    """The numbers of a chart."""

    def __init__(self) -> None:
        super().__init__()
        self._headers: tuple[str, ...] = ()
        self.setCornerButtonEnabled(False)
        self.setAlternatingRowColors(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_table(self, table: Table) -> None:
        """Show ``table`` instead of what stood here; the cell with the keyboard and what is scrolled to stay."""
        row_before, column_before = self._place()
        scrolled = [bar.value() for bar in self._bars()]
        self.clear()
        self._headers = table.headers
        self.setColumnCount(len(table.headers))
        self.setRowCount(len(table.rows))
        for column, text in enumerate(table.headers):
            cells = [row[column] for row in table.rows]
            side = Side.AlignRight if column and are_numbers(cells) else Side.AlignLeft
            header = _heard(item_of(text, side), text)  # said in one go, however it is broken
            self.setHorizontalHeaderItem(column, header)
            for row, cell in enumerate(cells):
                self.setItem(row, column, item_of(cell, side))
        for number, row_of in enumerate(
            table.rows
        ):  # the header is hidden: what a reader says of a row, not its number
            self.setVerticalHeaderItem(number, _heard(QTableWidgetItem(), row_of[0]))
        if table.rows:
            names = [row_of[0] for row_of in table.rows]
            row = names.index(row_before) if row_before in names else 0
            self.setCurrentCell(row, min(column_before, len(table.headers) - 1))
        self._fit()
        for bar, value in zip(self._bars(), scrolled, strict=True):
            bar.setValue(value)
        self.mark(self.hasFocus())

    def _place(self) -> tuple[str, int]:
        """The name of the row with the keyboard, and its column."""
        item = self.item(self.currentRow(), 0)
        return ("", 0) if item is None else (item.text(), self.currentColumn())

    def _bars(self) -> tuple[QScrollBar, QScrollBar]:
        return self.verticalScrollBar(), self.horizontalScrollBar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T is not for finding a row here: it turns the card."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Each column as wide as it needs, and the room that is left for all of them.

        Where they need more, headers go on in a second line, or have one for each word; few columns then have their
        texts go on in more lines, too.
        """
        room, needed = self.viewport().width(), list[int]()
        for shape in (str, broken, in_words):
            needed = self._needed([shape(each) for each in self._headers])
            if sum(needed) <= room:
                break
        for number, width in enumerate(widths(needed, room, self._longest_words())):
            self.setColumnWidth(number, width)
        self.resizeRowsToContents()

    def _longest_words(self) -> list[int]:
        """The width that each column needs for the longest word in its cells: that one cannot go on in another line."""
        wide, around = self.fontMetrics().horizontalAdvance, 2 * (round(CELL * unit_of(self)) + FRAME)
        columns = [self._texts(number) for number in range(self.columnCount())]
        return [max((wide(word) for text in each for word in text.split()), default=0) + around for each in columns]

    def _texts(self, column: int) -> list[str]:
        items = [self.item(row, column) for row in range(self.rowCount())]
        return [item.text() for item in items if item is not None]

    def _needed(self, headers: Sequence[str]) -> list[int]:
        """The width of each column with such ``headers``, which it then has."""
        header = self.horizontalHeader()
        for number, text in enumerate(headers):
            item = self.horizontalHeaderItem(number)
            if item is not None and item.text() != text:
                item.setText(text)
        return [max(self.sizeHintForColumn(n), header.sectionSizeHint(n)) for n in range(self.columnCount())]


def widths(needed: Sequence[int], room: int, least: Sequence[int] = ()) -> list[int]:
    """The widths of columns that need so much. What is left over is shared.

    Where few of them need more than there is, the widest get less, all of those the same; but none less than ``least``.
    """
    spare = room - sum(needed)
    if spare >= 0:
        return [each + spare // len(needed) for each in needed]
    if len(needed) > FEW:
        return list(needed)
    given: dict[int, int] = {}
    floor = least or [0] * len(needed)
    for number in sorted(range(len(needed)), key=lambda number: (floor[number] * len(needed) <= room, needed[number])):
        left = room - sum(given.values())
        given[number] = min(needed[number], max(floor[number], left // (len(needed) - len(given))))
    return [given[number] for number in range(len(needed))]


def broken(text: str) -> str:
    """``text`` in two lines as equal as its spaces allow; in one if there are none."""
    words = text.split(" ")
    halves = [(" ".join(words[:end]), " ".join(words[end:])) for end in range(1, len(words))]
    return "\n".join(min(halves, key=lambda half: max(map(len, half)))) if halves else text


def are_numbers(cells: Sequence[str]) -> bool:
    """Whether ``cells`` are numbers, which stand below each other; some may have a word without any in place of one."""
    told = [cell for cell in cells if any(letter.isdigit() for letter in cell)]
    return bool(told) and all(NUMBER.fullmatch(cell) for cell in told)


def in_words(text: str) -> str:
    """``text`` with a line for each word."""
    return text.replace(" ", "\n")


def item_of(text: str, side: Side = Side.AlignLeft) -> QTableWidgetItem:
    """A cell."""
    item = QTableWidgetItem(text)
    item.setTextAlignment(side | Side.AlignVCenter)
    return _heard(item, _("no value")) if text == NONE else item  # a sign that would be passed over in silence


def _heard(item: QTableWidgetItem, text: str) -> QTableWidgetItem:
    """``item``, of which a screen reader says ``text``."""
    item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
    return item
