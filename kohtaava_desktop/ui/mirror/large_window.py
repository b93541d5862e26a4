"""A large window, opened by intent: how it comes up, how it wears the colours of the program, how it is let go."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from kohtaava_desktop.ui.beside import bring_up
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.look import style_sheet, worn
from kohtaava_desktop.ui.theme import Palette

MARGIN = 20  # design pixels
SCROLL_BAR = 14  # the width of one, in design pixels, as the style sheet has it
NARROWEST = 620  # narrower it is not made to stand clear of the overlay, in design pixels


class OrdinaryWindow(QWidget):
    """An ordinary window of some ``size`` in design pixels, where the screen has room for it; so is ``narrowest``.

    Whoever is made of this calls ``_take_look`` once all of it stands there.
    """

    closed = Signal()
    """The window is no longer needed."""

    def __init__(self, size: QSize, narrowest: int) -> None:
        super().__init__()
        self._at_first, self._narrowest, self._sheet = size, narrowest, ""
        self._made = False

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """Bring the window to the front, with the keyboard: somebody asked for it.

        At first it stands in ``room``, which is the usable part of a screen, clear of ``overlay`` where that can be.
        """
        bring_up(self, self._at_first, self._narrowest, room, overlay)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def look(self, palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
        """The style sheet; ``u`` is a design pixel in logical ones."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or another font: everything goes along."""
        super().changeEvent(event)
        looks = (QEvent.Type.PaletteChange, QEvent.Type.FontChange)
        if event.type() in looks and getattr(self, "_made", False):  # Qt calls this while it is being made, too
            self._take_look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is no longer needed."""
        super().closeEvent(event)
        self.closed.emit()

    def _fit(self) -> None:
        """The room round and between what stands there, by the type in use."""

    def _take_look(self) -> None:
        self._made = True
        qt = QApplication.palette()
        look = self.look(worn(qt), qt, self.font(), unit_of(self))
        if look != self._sheet:
            self._sheet = look
            self.setStyleSheet(look)
        self._fit()


class LargeWindow(OrdinaryWindow):
    """What stands in ``_column`` is scrolled where it has no room; ``_outer`` goes on below it. Escape closes it."""

    def __init__(self, size: QSize, narrowest: int = NARROWEST) -> None:
        super().__init__(size, narrowest)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inner, self._area = QWidget(), QScrollArea()
        self._area.setObjectName("ground")
        self._inner.setObjectName("content")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column, self._outer = QVBoxLayout(self._inner), QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self._area, 1)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self.close)

    def look(self, palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
        """The style sheet; ``u`` is a design pixel in logical ones."""
        return style_sheet(palette, qt, font, u)

    def _fit(self) -> None:
        u = unit_of(self)
        self._column.setContentsMargins(*(round(each * u) for each in (MARGIN, 14, MARGIN, 14)))
        self._column.setSpacing(round(12 * u))
