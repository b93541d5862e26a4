"""What the windows with charts have in common: a head with chips, the cards or a note, notes below, and *Keep…*."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPushButton, QWidget

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror import saving
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.head import Head
from kohtaava_desktop.ui.mirror.large_window import MARGIN, SCROLL_BAR, LargeWindow
from kohtaava_desktop.ui.mirror.look import worn
from kohtaava_desktop.ui.mirror.message import MessageCard, Note
from kohtaava_desktop.ui.settings.parts import Words, plain

PATIENCE_MS = 400  # what takes longer is said to be on its way
DONE_ABOVE, DONE_BELOW = 0, 12  # design pixels round what is said to be done
Entry = tuple[str, Callable[[], object], bool]
"""What an entry of a menu says, what it does, and whether it can be chosen now."""


class ChartWindow(LargeWindow):
    """``wanted`` asks for what is to be shown. Those that are made of it say what there is to keep."""

    wanted = Signal()
    picture_wanted = Signal(str)
    """The path of a file, whose ending says which kind of picture."""

    def __init__(
        self, size: QSize, lengths: QWidget, board: Board, above: Sequence[QWidget], buttons: Sequence[QPushButton]
    ) -> None:
        """``above`` stand between the head and the cards; ``buttons`` in the head, before *Keep…*."""
        super().__init__(size)
        self.title, self.heading, self.foot = plain("window-title"), Words("muted"), Words("muted")
        self.done = Words("done")
        self.board, self.message, self.keep = board, MessageCard(), QPushButton()
        self._head = Head(self.title, self.heading, lengths, (*buttons, self.keep))
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

    def sheet(self) -> saving.Sheet:
        """What a picture shows; there must be something to draw."""
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

    # what stands there

    def tell(self, sentence: str) -> None:
        """Say what has been done, at the lower edge, where it is not scrolled away, and to a screen reader.

        It takes nothing from the notes, and stands until something else is asked for.
        """
        self.done.setText(sentence)
        self.done.show()
        announce(self, sentence)

    def tell_no_more(self) -> None:
        """Something else is asked for: what was done is past."""
        self.done.clear()
        self.done.hide()

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
        self.keep.setMenu(QMenu(self.keep))
        self.keep.menu().aboutToShow.connect(self._fill_menu)
        self._column.addLayout(self._head)
        self._arrange_head()  # the lengths are there before all that Tab comes to later
        for part in above:
            self._column.addWidget(part)
        self._column.addWidget(self.board, 1)
        self._column.addWidget(self.message, 1)
        self.message.hide()
        self._column.addWidget(self.foot)
        self._outer.addWidget(self.done)
        self.tell_no_more()
        self._head.close()

    def _add_keys(self) -> None:
        keys: list[tuple[QKeySequence.StandardKey, Callable[[], object]]] = [
            (QKeySequence.StandardKey.Copy, self.copy_text),
            (QKeySequence.StandardKey.Save, lambda: self.ask_where("png")),
            (QKeySequence.StandardKey.Refresh, self.look_again),
        ]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Enter press the button that has the keyboard, as Space does: Qt lets them in dialogs only."""
        button = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(button, QPushButton):
            button.click()
        else:
            super().keyPressEvent(event)

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

    def picture(self, kind: str) -> bytes:
        """The charts as one sheet, ``png`` or ``svg``; there must be something to draw."""
        paint = saving.svg if kind == "svg" else saving.png
        return paint(self.sheet(), worn(QApplication.palette()), self.font())

    # how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange_head()

    def _fit(self) -> None:
        """Also after another type came while the window is open."""
        super()._fit()
        u = unit_of(self)
        self.done.setContentsMargins(*(round(each * u) for each in (MARGIN, DONE_ABOVE, MARGIN, DONE_BELOW)))
        self._arrange_head()

    def _arrange_head(self) -> None:
        """By the width that is there while the window scrolls: it may do so whenever more is shown."""
        self._head.fit(self.width() - round((2 * MARGIN + SCROLL_BAR) * unit_of(self)))
