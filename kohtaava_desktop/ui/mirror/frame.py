"""What the windows with charts have in common: a head with chips, the cards or a note, a line below, and *Keep…*."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QGridLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.look import style_sheet, worn
from kohtaava_desktop.ui.mirror.message import MessageCard, Note
from kohtaava_desktop.ui.settings.parts import Words, plain
from kohtaava_desktop.ui.theme import Palette

MARGIN = 20  # design pixels
GAP = 14  # design pixels, between the parts of the head
Entry = tuple[str, Callable[[], object], bool]
"""What an entry of a menu says, what it does, and whether it can be chosen now."""


class ChartWindow(QWidget):
    """``wanted`` asks for what is to be shown. Those that are made of it say what there is to keep."""

    wanted = Signal()
    picture_wanted = Signal(str)
    """The path of a file, whose ending says which kind of picture."""
    closed = Signal()

    def __init__(
        self, lengths: QWidget, board: Board, above: Sequence[QWidget], buttons: Sequence[QPushButton]
    ) -> None:
        """``above`` stand between the head and the cards; ``buttons`` in the head, before *Keep…*."""
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.heading, self.foot = plain("window-title"), Words("muted"), Words("muted")
        self.board, self.message, self.keep = board, MessageCard(), QPushButton()
        self._lengths, self._buttons, self._look = lengths, (*buttons, self.keep), ""
        self._chips_at = (0, 0, 0, 0)
        self._area, self._column, self._head = QScrollArea(), QVBoxLayout(), QGridLayout()
        self._build(above)
        self._add_keys()
        self._take_look()

    # of what is shown

    @property
    def drawn(self) -> bool:
        """Whether there are charts to keep."""
        raise NotImplementedError

    @property
    def told(self) -> bool:
        """Whether there is a text to keep."""
        return self.drawn

    @property
    def file_name(self) -> str:
        """What a picture is called, without its ending."""
        raise NotImplementedError

    def text(self) -> str:
        """What the charts say, where there is something."""
        raise NotImplementedError

    def entries(self) -> list[Entry]:
        """What can be kept, and how."""
        return [
            (_("Save as a picture (PNG)…"), lambda: self.ask_where("png"), self.drawn),
            (_("Save as a drawing (SVG)…"), lambda: self.ask_where("svg"), self.drawn),
            (_("Copy as text"), self.copy_text, self.told),
        ]

    def look_again(self) -> None:
        """Ask for all that is shown anew."""
        self.wanted.emit()

    def look(self, palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
        """The style sheet; ``u`` is a design pixel in logical ones."""
        return style_sheet(palette, qt, font, u)

    # what stands there

    def tell(self, sentence: str) -> None:
        """Say what has been done, below the charts and to a screen reader."""
        self.stand_below(sentence)
        announce(self, sentence)

    def stand_below(self, sentence: str) -> None:
        """``sentence`` below the charts; nothing, where it is empty."""
        self.foot.setText(sentence)
        self.foot.setVisible(bool(sentence))

    def say(self, note: Note) -> None:
        """``note`` in place of the charts."""
        self.message.show_note(note)
        self.board.hide()
        self.message.show()

    def say_no_more(self) -> None:
        """The charts again in place of a note."""
        self.message.hide()
        self.board.show()

    def announce_all(self) -> None:
        """A screen reader hears what is shown now, or why there is nothing."""
        parts = (self.heading,) if self.message.isHidden() else (self.heading, self.message.title, self.message.text)
        announce(self, ". ".join(part.text() for part in parts if part.text()))

    def speak_keep(self) -> None:
        """The words of *Keep…*."""
        self.keep.setText(_("Keep…"))
        self.keep.setToolTip(_("Save the charts as a picture, or copy them as text"))
        self.keep.setAccessibleName(_("Save as a picture or copy as text"))
        self.keep.menu().setAccessibleName(_("Keep…"))

    # made once

    def _build(self, above: Sequence[QWidget]) -> None:
        u, inner = unit_of(self), QWidget()
        self._area.setObjectName("ground")
        inner.setObjectName("content")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.setHorizontalSpacing(round(GAP * u))
        self._head.setVerticalSpacing(round(10 * u))
        self._head.addWidget(self.title, 0, 0)
        self._head.addWidget(self.heading, 0, 1)
        self._head.setColumnStretch(1, 1)
        self.keep.setMenu(QMenu(self.keep))
        self.keep.menu().aboutToShow.connect(self._fill_menu)
        inner.setLayout(self._column)
        self._column.setContentsMargins(*(round(each * u) for each in (MARGIN, 14, MARGIN, 14)))
        self._column.setSpacing(round(12 * u))
        self._column.addLayout(self._head)
        self._arrange_head()
        for part in above:
            self._column.addWidget(part)
        self._column.addWidget(self.board, 1)
        self._column.addWidget(self.message, 1)
        self.message.hide()
        self._column.addWidget(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        for number, button in enumerate(self._buttons):  # last, so that Tab comes to them last
            button.setAutoDefault(False)
            self._head.addWidget(button, 0, 3 + number)

    def _add_keys(self) -> None:
        keys: list[tuple[QKeySequence | QKeySequence.StandardKey | str, Callable[[], object]]] = [
            (QKeySequence.StandardKey.Copy, self.copy_text),
            (QKeySequence.StandardKey.Save, lambda: self.ask_where("png")),
            (QKeySequence.StandardKey.Refresh, self.look_again),
            ("Esc", self.close),
        ]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)

    # to keep

    def _fill_menu(self) -> None:
        menu = self.keep.menu()
        menu.clear()
        for text, do, enabled in self.entries():
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, do=do: do())
            action.setEnabled(enabled)

    def copy_text(self) -> None:
        """What the charts say, as text on the clipboard."""
        if self.told:
            QGuiApplication.clipboard().setText(self.text())
            self.tell(_("Copied as text."))

    def ask_where(self, kind: str) -> None:
        """Ask for the file of a picture, ``png`` or ``svg``."""
        if not self.drawn:
            return
        dialog = QFileDialog(self, _("Save as a picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(f"{self.file_name}.{kind}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.picture_wanted)
        dialog.open()

    # how it looks

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or another font: everything goes along."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_head"):
            self._take_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_head()

    def _arrange_head(self) -> None:
        """The chips stand beside the title where there is room for both, and below it elsewhere."""
        lengths, u = self._lengths, unit_of(self)
        said = self.fontMetrics().horizontalAdvance(self.heading.text())
        buttons = sum(button.sizeHint().width() for button in self._buttons)
        others = self.title.sizeHint().width() + said + buttons
        chips = lengths.sizeHint().width()
        gaps = 4 + len(self._buttons)
        beside = others + chips + round((2 * MARGIN + gaps * GAP) * u) <= self.width()
        lengths.setMinimumWidth(chips if beside else 0)
        place = (0, 2, 1, 1) if beside else (1, 0, 1, 3 + len(self._buttons))
        if self._chips_at != place:
            self._chips_at = place
            self._head.removeWidget(lengths)
            self._head.addWidget(lengths, *place)

    def _take_look(self) -> None:
        qt = QApplication.palette()
        look = self.look(worn(qt), qt, self.font(), unit_of(self))
        if look != self._look:
            self._look = look
            self.setStyleSheet(look)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is no longer needed."""
        super().closeEvent(event)
        self.closed.emit()
