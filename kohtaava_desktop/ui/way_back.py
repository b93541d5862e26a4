"""The keyboard's way back to the overlay from a window that was opened there by keyboard."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.overlay import Overlay


class WayBack(QObject):
    """Gives the keyboard to ``overlay`` when ``window`` is closed, unless somebody has gone elsewhere with it.

    Window managers look for whoever had the keyboard before; the overlay, which accepts none by itself, is no answer.
    """

    def __init__(self, window: QWidget, overlay: Overlay) -> None:
        super().__init__(window)
        self._window, self._overlay = window, overlay
        self._elsewhere = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait for the window to be closed; one that is only out of sight (minimised) comes back."""
        kind = event.type()
        if kind is QEvent.Type.WindowActivate:
            self._elsewhere = False
        elif kind is QEvent.Type.WindowDeactivate:  # a window that closes is told so too, just before
            QTimer.singleShot(0, self, self._look_where_it_went)
        elif kind is QEvent.Type.Hide and not event.spontaneous():
            self._window.removeEventFilter(self)
            if not self._elsewhere:
                QTimer.singleShot(0, self._overlay, self._overlay.take_keyboard)
            self.deleteLater()
        return False

    def _look_where_it_went(self) -> None:
        self._elsewhere = not self._window.isActiveWindow()
