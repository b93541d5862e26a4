"""A chart as a widget: it shows and says the value under the pointer, or the one that the arrow keys have come to."""

from typing import Any

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror import chart
from kohtaava_desktop.ui.mirror.chart import Laid, Mark
from kohtaava_desktop.ui.mirror.charts import Chart
from kohtaava_desktop.ui.mirror.look import worn
from kohtaava_desktop.ui.mirror.painting import rect
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Palette, Role, Type

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
INSIDE = 6.0  # design pixels between the edge and the chart
PADDING = 8.0  # inside the box that names a value
WIDEST = 360.0  # of the text in that box
FAINT = 18  # of 255: the shade over the value that is named


class ChartCanvas(QWidget):
    """One chart. Nothing is painted of it but its ground until there is something to show."""

    named = Signal(str)
    """What is said of the value that the keyboard has come to."""

    def __init__(self, of: Chart[Any]) -> None:
        super().__init__()
        self._of = of
        self._shown: Any = None
        self._laid: Laid | None = None
        self._pointed: int | None = None
        self._current: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def show_found(self, shown: Any) -> None:
        """Show the chart of ``shown``, in the language in use; the value that was come to stays where it is there."""
        current, pointed = self._mark(self._current), self._mark(self._pointed)
        self._shown, self._laid = shown, None
        self._current = None if current is None else chart.same(self.marks, current)
        self._pointed = None if pointed is None else chart.same(self.marks, pointed)
        come_to = self._mark(self._current)
        self._describe("" if come_to is None else come_to.said)
        self.update()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The values that can be pointed at."""
        laid = self._layout()
        return laid.marks if laid is not None else ()

    @property
    def mark(self) -> Mark | None:
        """The value that is named now."""
        return self._mark(self._pointed if self._pointed is not None else self._current if self.hasFocus() else None)

    def _mark(self, number: int | None) -> Mark | None:
        return self.marks[number] if number is not None and number < len(self.marks) else None

    def sizeHint(self) -> QSize:
        u = unit_of(self)
        return QSize(round((self._of.w + 2 * INSIDE) * u), round((self._of.h + 2 * INSIDE) * u))

    minimumSizeHint = sizeHint

    # pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        u = unit_of(self)
        where = event.position() / u
        self._point_at(chart.at(self.marks, where.x(), where.y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go from value to value, Home and End to the first and the last one."""
        key, last = Qt.Key(event.key()), len(self.marks) - 1
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or last < 0:
            super().keyPressEvent(event)
        elif key in ARROWS:
            self._go_to(chart.neighbour(self.marks, self._current, *ARROWS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _point_at(self, number: int | None) -> None:
        if number != self._pointed:
            self._pointed = number
            self.update()

    def _go_to(self, number: int | None) -> None:
        self._current, self._pointed = number, None
        self.update()
        mark = self.mark
        if mark is not None:
            self._describe(mark.said)
            announce(self, mark.said)
            self.named.emit(mark.said)

    def _describe(self, said: str) -> None:
        """What a screen reader finds when it asks: the value it came to, and how to read the chart."""
        assert self._shown is not None
        keys = _("Arrow keys go from value to value, T shows the table.")
        parts = (said, self._of.subtitle(self._shown), keys)
        self.setAccessibleDescription("\n".join(part for part in parts if part))

    # painting

    def changeEvent(self, event: QEvent) -> None:
        """Another font or another size: everything takes another place."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._laid = None
            self.updateGeometry()

    def resizeEvent(self, _event: object) -> None:
        self._laid = self._pointed = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        u = unit_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(u, u)
        palette, fonts = worn(QApplication.palette()), self._fonts()
        laid = self._layout()
        if laid is not None:
            self._of.paint(painter, laid, palette, fonts)
        if self.hasFocus():
            painter.setPen(QPen(QColor(palette.primary), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect(self._room(1.0)), 6, 6)
        if self.mark is not None:
            self._paint_named(painter, self.mark, palette, fonts)

    def _paint_named(self, painter: QPainter, mark: Mark, palette: Palette, fonts: Type) -> None:
        """A shade over the value, and a box that names it."""
        shade = QColor(palette.text)
        shade.setAlpha(FAINT)
        painter.setPen(QPen(QColor(palette.text), 1) if palette.strong else Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(rect(mark.box), 2, 2)
        painter.setPen(QPen(QColor(palette.text), 1.6))
        painter.setBrush(QColor(palette.panel))
        painter.drawEllipse(QPointF(*mark.spot), 3.6, 3.6)
        lines = mark.said.split("\n")
        wide = min(max(fonts.width(line, Role.BODY) for line in lines) + 2, WIDEST, self._room(2.0).w - 2 * PADDING)
        high = fonts.height(mark.said, Role.BODY, wide)
        box = chart.bubble(mark.spot, wide + 2 * PADDING, high + 2 * PADDING - 4, self._room(2.0))
        painter.setPen(QPen(QColor(palette.muted), max(palette.edge_width, 1.0)))
        painter.setBrush(QColor(palette.panel))
        painter.drawRoundedRect(rect(box), 6, 6)
        painter.setPen(QColor(palette.text))
        painter.setFont(fonts.font(Role.BODY))
        text = rect(box).adjusted(PADDING, PADDING - 2, -PADDING, 2 - PADDING)
        painter.drawText(text, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter), mark.said)

    def _layout(self) -> Laid | None:
        if self._laid is None and self._shown is not None:
            self._laid = self._of.lay(self._shown, self._room(INSIDE), self._fonts().width)
        return self._laid

    def _room(self, inset: float) -> Box:
        u = unit_of(self)
        return Box(inset, inset, self.width() / u - 2 * inset, self.height() / u - 2 * inset)

    def _fonts(self) -> Type:
        return Type(self.font(), float(self.logicalDpiY()))
