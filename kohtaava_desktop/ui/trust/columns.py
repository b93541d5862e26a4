"""Every stored column with its meaning, as a table that stands in its full height and is read row by row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.stored_texts import TABLES
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.look import CELL, FRAME
from kohtaava_desktop.ui.mirror.value_table import Cells

ROUNDING = 4  # logical pixels by which a text may be wider than its letters say


class ColumnTable(QTableWidget):
    """Column and meaning, with a heading over those of each table; read only, and Tab leaves it."""

    def __init__(self) -> None:
        super().__init__(sum(1 + len(table.columns) for table in TABLES), 2)
        self.setItemDelegate(Cells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_section: self.fit())
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def speak(self) -> None:
        """All words, in the language in use."""
        self.setAccessibleName(_("Every stored column"))
        self.setHorizontalHeaderLabels([_("Column"), _("Meaning")])
        top = 0
        for table in TABLES:
            self.setItem(top, 0, self._heading(f"{_(table.row)} · {table.name}"))
            self.setSpan(top, 0, 1, 2)
            for row, (column, meaning) in enumerate(table.columns.items(), top + 1):
                self.setItem(row, 0, _cell(column))
                self.setItem(row, 1, _cell(_(meaning)))
            top += 1 + len(table.columns)
        if self.currentRow() < 0:
            self.setCurrentCell(0, 0)
        self._mark(self.hasFocus())
        self.fit()

    def fit(self) -> None:
        """Every row as high as its words need, and the table as high as its rows."""
        self.resizeRowsToContents()
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth() + 2)

    def sizeHintForColumn(self, column: int) -> int:  # noqa: N802 - Qt's name
        """Headings do not count: they have both columns."""
        if column:
            return super().sizeHintForColumn(column)
        items = [self.item(row, 0) for row in range(self.rowCount()) if self.columnSpan(row, 0) == 1]
        widths = [self.fontMetrics().horizontalAdvance(item.text()) for item in items if item is not None]
        return max(widths, default=0) + 2 * (round(CELL * unit_of(self)) + FRAME) + ROUNDING

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark(False)

    def _heading(self, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        font = self.font()
        font.setBold(True)
        item.setFont(font)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item

    def _mark(self, here: bool) -> None:
        """The cell that the keyboard is on is marked while it is there."""
        if here and self.currentItem() is not None:
            self.currentItem().setSelected(True)
        elif not here:
            self.clearSelection()


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return item
