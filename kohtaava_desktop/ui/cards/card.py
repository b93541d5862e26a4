"""What a card is: a window of the overlay's kind that leaves at a tap, but not at the second one of a double tap."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QMouseEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.overlay import FLAGS
from kohtaava_desktop.ui.theme import Palette


class Card(QWidget):
    """A card in the colours of ``palette``. It takes no keyboard by itself; with ``keyboard`` it accepts it at once."""

    def __init__(self, palette: Palette, translucent: bool, guard_seconds: float, *, keyboard: bool = False) -> None:
        super().__init__(None, FLAGS & ~Qt.WindowType.WindowDoesNotAcceptFocus if keyboard else FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not keyboard)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, translucent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._palette, self._translucent = palette, translucent
        # The second tap of a double tap on what was here before may land here; it must not send the card away.
        self._guard = QTimer(self, singleShot=True, interval=round(guard_seconds * 1000))
        self._tapped = False

    @property
    def guarded(self) -> bool:
        """Whether a tap would count as the second one of a double tap."""
        return self._guard.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        """From here a first tap is looked out for."""
        self._guard.start()
        super().showEvent(event)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """A tap begins, unless it was meant for what stood here before. One on a control, even a grey one, is none."""
        self._tapped = not self.guarded

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Leave; a tap that is let go beside the card is none."""
        if self._tapped and self.rect().contains(event.position().toPoint()):
            self.close()
