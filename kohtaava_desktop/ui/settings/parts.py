"""Small parts of a window full of controls: texts, and buttons with a sign."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QToolButton

from kohtaava_desktop.ui.dialog_style import LOCK_ROOM, TARGET, unit_of
from kohtaava_desktop.ui.settings.signs import paint_lock, painter_on, pen


class Words(QLabel):
    """Plain text in lines."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)


class Reason(Words):
    """Who has set the value, and so whether it can be changed; with a lock where it cannot."""

    def __init__(self) -> None:
        super().__init__("reason")

    def paintEvent(self, event: QPaintEvent) -> None:
        """With its sign."""
        super().paintEvent(event)
        u = unit_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(self.palette().color(QPalette.ColorRole.WindowText), 1.5 * u))
        line = self.fontMetrics().height()
        middle = QPointF(LOCK_ROOM * 0.4 * u, 5 * u + line / 2)
        if self.focusPolicy() != Qt.FocusPolicy.NoFocus:
            paint_lock(painter, middle, u)
        else:
            painter.drawEllipse(middle, 2 * u, 2 * u)


class SignButton(QToolButton):
    """A button with the sign that ``paint`` draws. With ``stays`` its room is kept while there is nothing to do."""

    def __init__(self, paint: Callable[[QPainter, QPointF, float], None], stays: bool = True) -> None:
        super().__init__()
        self._paint = paint
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(stays)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_for(self, something: bool) -> None:
        """Be there when there is ``something`` to do."""
        self.setEnabled(something)
        self.setVisible(something)

    def speak(self, what: str, title: str) -> None:
        """Say ``what`` it does to the setting or the field of ``title``."""
        self.setToolTip(what)
        self.setAccessibleName(f"{what}: {title}")

    def sizeHint(self) -> QSize:
        side = round(TARGET * unit_of(self))
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        """With its sign."""
        super().paintEvent(event)
        self._paint(painter_on(self), QPointF(self.width() / 2, self.height() / 2), unit_of(self))


def plain(name: str) -> QLabel:
    """A line of text; ``name`` says how it looks."""
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
