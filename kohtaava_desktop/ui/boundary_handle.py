"""A handle of the summary, by which the record is mended: a real control for the keyboard and assistive technology."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSlider, QWidget

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import formats, sentences
from kohtaava_desktop.ui.controls import Stand

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent


class BoundaryHandle(QSlider):
    """A boundary between two visits in the summary: dragged, or moved by the arrow keys a minute at a time.

    The value is the boundary's place in seconds from the start.
    """

    mended = Signal(int, int)  # which boundary, and its new place
    mending = Signal(int, int)  # the same, while it is held

    def __init__(self, parent: QWidget, stand: Stand, number: int) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._stand, self._number = stand, number
        self._from = 0
        self._riser = 0.0
        self._grabbed: tuple[float, int] | None = None
        self.per_second = 1.0
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSingleStep(60)
        self.setPageStep(300)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.valueChanged.connect(self._moved)

    @property
    def held(self) -> bool:
        """Whether the pointer holds the boundary: then nobody else moves it."""
        return self._grabbed is not None

    def stand_at(self, seconds: int, lowest: int, highest: int, per_second: float) -> None:
        """The boundary lies at ``seconds``; ``per_second`` is how many pixels a second is wide."""
        self.blockSignals(True)
        self.setRange(lowest, highest)
        self.setValue(seconds)
        self.blockSignals(False)
        self._from, self.per_second = seconds, per_second

    def lie_on(self, riser: float) -> None:
        """The grip lies at the height ``riser``, in pixels.

        So boundaries that lie at one place are told apart, unless one leads straight back down what the other led up.
        """
        if riser != self._riser:
            self._riser = riser
            self.update()

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        """Take hold of the boundary."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._grabbed = (event.globalPosition().x(), self.value())

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        """The handle follows the pointer; the record changes when it is let go."""
        if self._grabbed is None:
            return
        start, value = self._grabbed
        wanted = round(value + (event.globalPosition().x() - start) / self.per_second)
        self.blockSignals(True)
        before = self.value()
        self.setValue(wanted)
        self.move(self.x() + round((self.value() - before) * self.per_second), self.y())
        self.blockSignals(False)
        self.mending.emit(self._number, self.value())

    def mouseReleaseEvent(self, _event: "QMouseEvent") -> None:
        """Let go: now it is mended."""
        if self._grabbed is None:
            return
        self._grabbed = None
        if self.value() == self._from:
            self.mending.emit(self._number, self._from)  # back where it was: nothing is mended
        self._moved(self.value())

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """A grip that shows under the pointer."""
        focused = self.hasFocus() and self._stand.has_keyboard
        if not (self.underMouse() or focused or self.held):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        unit = self._stand.unit
        half_wide, half_high = 3 * unit, 7 * unit
        middle, riser = self.width() / 2, min(max(self._riser, half_high), self.height() - half_high)
        painter.setPen(QPen(QColor(self._stand.palette_in_use.text), 1.5 * unit))
        painter.drawLine(int(middle), 0, int(middle), self.height())
        painter.setBrush(QColor(self._stand.palette_in_use.panel))
        painter.drawRoundedRect(
            QRectF(middle - half_wide, riser - half_high, 2 * half_wide, 2 * half_high), half_wide, half_wide
        )

    def _moved(self, value: int) -> None:
        if value != self._from:
            self._from = value
            self.mended.emit(self._number, value)


def boundary_names(earlier: Stage, later: Stage, template: str) -> str:
    """What assistive technology reads for a boundary."""
    return template.format(earlier=sentences.stage_name(earlier), later=sentences.stage_name(later))


def boundary_place(earlier: float, later: float) -> str:
    """Where a boundary lies, for assistive technology: the minutes on both sides, of so many seconds."""
    return " – ".join(formats.minutes_short(round(seconds / 60)) for seconds in (earlier, later))
