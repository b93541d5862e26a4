"""Every stored column with its meaning, as a table that stands in its full height and is read row by row."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableWidgetItem

from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.stored_texts import TABLES
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.look import CELL, FRAME
from kohtaava_desktop.ui.mirror.value_table import TextTable, item_of

ROUNDING = 4  # logical pixels by which a text may be wider than its letters say


class ColumnTable(TextTable):
    """Column and meaning, with a heading over those of each table."""

    def __init__(self) -> None:
        super().__init__()
        self.setRowCount(sum(1 + len(table.columns) for table in TABLES))
        self.setColumnCount(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
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
                self.setItem(row, 0, item_of(column))
                self.setItem(row, 1, item_of(_(meaning)))
            top += 1 + len(table.columns)
        if self.currentRow() < 0:
            self.setCurrentCell(0, 0)
        self.mark(self.hasFocus())
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

    def _heading(self, text: str) -> QTableWidgetItem:
        item = QTableWidgetItem(text)
        font = self.font()
        font.setBold(True)
        item.setFont(font)
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        return item
