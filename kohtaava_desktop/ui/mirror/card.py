"""A card of the window: title, how to read it, and the chart or the table of the same numbers."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.canvas import INSIDE, ChartCanvas
from kohtaava_desktop.ui.mirror.charts import Chart
from kohtaava_desktop.ui.mirror.value_table import ValueTable
from kohtaava_desktop.ui.settings.parts import Words, plain

EDGE = 10  # design pixels between the edge and the chart


class ChartCard(QFrame):
    """One chart with all that belongs to it."""

    def __init__(self, of: Chart[Any]) -> None:
        super().__init__()
        self.setObjectName("card")
        self._of = of
        self._shown: Any = None
        self.canvas, self.table = ChartCanvas(of), ValueTable()
        self.title: QLabel = plain("card-title")
        self.subtitle = Words("muted")
        self.switch = QPushButton()
        self.switch.setObjectName("quiet")
        self.switch.setAutoDefault(False)
        self.switch.clicked.connect(lambda _checked=False: self.turn())
        self._top, self._column, self._both = QHBoxLayout(), QVBoxLayout(self), QStackedLayout()
        self._top.addWidget(self.title)
        self._top.addStretch(1)
        self._top.addWidget(self.switch)
        self._both.addWidget(self.canvas)
        self._both.addWidget(self.table)
        self._column.addLayout(self._top)
        self._column.addWidget(self.subtitle)
        self._column.addLayout(self._both, 1)
        self._fit()

    @property
    def as_table(self) -> bool:
        """Whether the table is shown."""
        return self._both.currentWidget() is self.table

    def name(self, shown: Any = None) -> None:
        """Title and buttons, and how to read ``shown``, in the language in use."""
        subtitle = "" if shown is None else self._of.subtitle(shown)
        self.title.setText(self._of.title())
        self.subtitle.setText(subtitle)
        self.subtitle.setVisible(bool(subtitle))
        for part in (self, self.canvas, self.table):
            part.setAccessibleName(self.title.text())
        self._name_switch()

    def show_found(self, shown: Any) -> None:
        """Show ``shown``, as chart or table, as it stands."""
        self._shown = shown
        self.name(shown)
        self.canvas.show_found(shown)
        if self.as_table:
            self.table.show_table(self._of.table(shown))

    def turn(self) -> None:
        """From the chart to the table and back; the keyboard goes along."""
        inside = self.canvas.hasFocus() or self.table.hasFocus()
        if not self.as_table and self._shown is not None:
            self.table.show_table(self._of.table(self._shown))
        other: QWidget = self.canvas if self.as_table else self.table
        self._both.setCurrentWidget(other)
        self._name_switch()
        if inside:
            other.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T turns the card, wherever in it the keyboard is."""
        if event.key() == Qt.Key.Key_T and not event.modifiers():
            self.turn()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Another font: another size of everything."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and hasattr(self, "_column"):
            self._fit()

    def _name_switch(self) -> None:
        text = _("Chart") if self.as_table else _("Table")
        self.switch.setText(text)
        self.switch.setToolTip(f"{text} (T)")
        self.switch.setAccessibleName(f"{text}: {self.title.text()}")

    def _fit(self) -> None:
        u = unit_of(self)
        self._column.setContentsMargins(*(round(each * u) for each in (EDGE, 11, EDGE, 10)))
        self._column.setSpacing(round(3 * u))
        self._top.setContentsMargins(round(INSIDE * u), 0, 0, 0)  # words begin where the chart does
        self.subtitle.setContentsMargins(round(INSIDE * u), 0, 0, round(4 * u))
