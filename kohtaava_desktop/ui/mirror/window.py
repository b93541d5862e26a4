"""*My meetings*: an ordinary window, opened by intent. It paints at once; the numbers come when the store has them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
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

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.mirror_texts import described, left_out
from kohtaava_desktop.ui.beside import bring_up
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror import words
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.chart import Shown, TeamTypical
from kohtaava_desktop.ui.mirror.filters import FilterBar
from kohtaava_desktop.ui.mirror.look import style_sheet, worn
from kohtaava_desktop.ui.mirror.message import MessageCard, Note, note_of
from kohtaava_desktop.ui.settings.parts import Words, plain

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = QSize(1080, 840)  # design pixels, where the screen has room for it
NARROWEST = 620  # narrower it is not made to stand clear of the overlay
MARGIN = 20  # design pixels
PATIENCE_MS = 400  # what takes longer is said to be on its way


class MirrorWindow(QWidget):
    """Shows what one's own meetings say. ``wanted`` asks for those that the filters take."""

    wanted = Signal()
    picture_wanted = Signal(str)
    """The path of a file, whose ending says which kind of picture."""
    export_wanted = Signal()
    fresh_wanted = Signal()
    """Whatever is shown beside one's own meetings is to be looked at anew, too."""
    left_out_wanted = Signal()
    """The files of the team's folder that were left out are to be named."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.shown: Shown | None = None
        self.team: TeamTypical | None = None
        self.team_said: tuple[str, ...] = ()
        self.files_left_out = False
        self._choices, self._look, self._trouble = Choices(), "", ""
        self._chips_at = (0, 0, 0, 0)
        self.title, self.meetings, self.foot = plain("window-title"), Words("muted"), Words("muted")
        self.filters, self.board, self.message = FilterBar(), Board(), MessageCard()
        self.keep = QPushButton()
        self._head = QGridLayout()
        self._build()
        self._add_keys()
        self._take_look()
        self.speak_anew()

    @property
    def wanted_now(self) -> Filter:
        """Which meetings the filters take."""
        return self.filters.wanted

    def offer(self, choices: Choices) -> None:
        """What the filters can be chosen from."""
        self._choices = choices
        self.filters.offer(choices)

    def show_found(self, found: Statistics, wanted: Filter) -> None:
        """Show what the meetings say that ``wanted`` takes."""
        self._trouble = ""
        self.shown = Shown(found, wanted, self.team)
        self._show()
        self._announce()

    def show_team(self, team: TeamTypical | None, said: tuple[str, ...], files_left_out: bool) -> None:
        """Show ``team`` beside one's own, and say in passing what is to be known of it."""
        self.team, self.team_said, self.files_left_out = team, said, files_left_out
        if self.shown is not None:
            self.shown = replace(self.shown, team=team)
            self._show()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self._trouble, self.shown = sentence, None
        self._show()
        self._announce()

    def tell(self, sentence: str) -> None:
        """Say what has been done, below the charts and to a screen reader."""
        self._stand_below(sentence)
        announce(self, sentence)

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """Bring the window to the front, with the keyboard: somebody asked for it.

        At first it stands in ``room``, which is the usable part of a screen, clear of ``overlay`` where that can be.
        """
        bring_up(self, SIZE, NARROWEST, room, overlay)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(PATIENCE_MS, self, self._say_waiting)
        self.wanted.emit()

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("My meetings"))
        self.title.setText(_("My meetings"))
        self.filters.speak()
        self.keep.setText(_("Keep…"))
        self.keep.setToolTip(_("Save the charts as a picture, or copy them as text"))
        self.keep.setAccessibleName(_("Save as a picture or copy as text"))
        self._show()

    # made once

    def _build(self) -> None:
        u = unit_of(self)
        self._area, inner = QScrollArea(), QWidget()
        self._area.setObjectName("ground")
        inner.setObjectName("content")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head.setHorizontalSpacing(round(14 * u))
        self._head.setVerticalSpacing(round(10 * u))
        self._head.addWidget(self.title, 0, 0)
        self._head.addWidget(self.meetings, 0, 1)
        self._head.setColumnStretch(1, 1)
        self.keep.setAutoDefault(False)
        self.keep.setMenu(QMenu(self.keep))
        self.keep.menu().aboutToShow.connect(self._fill_menu)
        column = QVBoxLayout(inner)
        column.setContentsMargins(*(round(each * u) for each in (MARGIN, 14, MARGIN, 14)))
        column.setSpacing(round(12 * u))
        column.addLayout(self._head)
        self._arrange_head()
        column.addWidget(self.filters)
        column.addWidget(self.board, 1)
        column.addWidget(self.message, 1)
        self.message.hide()
        column.addWidget(self.foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._area)
        self._head.addWidget(self.keep, 0, 3)  # last, so that Tab comes to it last
        self.filters.changed.connect(self.wanted)
        self.message.pressed.connect(self._help)

    def _add_keys(self) -> None:
        keys: list[tuple[QKeySequence | QKeySequence.StandardKey | str, Callable[[], object]]] = [
            (QKeySequence.StandardKey.Copy, self.copy_text),
            (QKeySequence.StandardKey.Save, lambda: self.ask_where("png")),
            (QKeySequence.StandardKey.Refresh, self._look_again),
            ("Esc", self.close),
        ]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)

    # what stands there

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            self.meetings.setText("")
            self._stand_below("")
            self.board.name(Shown(Statistics(0, {})))
            if self._trouble:
                self._say(Note(_("Your meetings cannot be read now"), self._trouble, _("Try again")))
            return
        self.meetings.setText(words.heading(shown.found, shown.wanted, self._choices))
        self._arrange_head()
        self._stand_below(words.DOT.join((*left_out(shown.found), *self.team_said)))
        note = note_of(shown.found, shown.wanted)
        if note is not None:
            self._say(note)
        else:
            self.board.show_found(shown)
            self.message.hide()
            self.board.show()

    def _announce(self) -> None:
        """A screen reader hears which meetings are shown now, or why there are none."""
        parts = (self.meetings, self.message.title, self.message.text) if self._note_stands else (self.meetings,)
        announce(self, ". ".join(part.text() for part in parts if part.text()))

    @property
    def _note_stands(self) -> bool:
        return not self.message.isHidden()

    def _stand_below(self, sentence: str) -> None:
        self.foot.setText(sentence)
        self.foot.setVisible(bool(sentence))

    def _say_waiting(self) -> None:
        """The first look after a long time may take a while."""
        if self.shown is None and not self._trouble:
            self.meetings.setText(_("Your meetings are being counted…"))

    def _say(self, note: Note) -> None:
        self.message.show_note(note)
        self.board.hide()
        self.message.show()

    def _look_again(self) -> None:
        self.fresh_wanted.emit()
        self.wanted.emit()

    def _help(self) -> None:
        """The button of the note: look again, or look at all meetings."""
        if self._trouble:
            self.wanted.emit()
        else:
            self.filters.clear()

    # to keep

    def _fill_menu(self) -> None:
        menu = self.keep.menu()
        menu.clear()
        drawn = self.shown is not None and not self.shown.found.too_few
        entries: list[tuple[str, Callable[[], object], bool]] = [
            (_("Save as a picture (PNG)…"), lambda: self.ask_where("png"), drawn),
            (_("Save as a drawing (SVG)…"), lambda: self.ask_where("svg"), drawn),
            (_("Copy as text"), self.copy_text, self.shown is not None),
            (_("Export a month…"), self.export_wanted.emit, True),
        ]
        if self.files_left_out:
            entries.append((_("Files left out…"), self.left_out_wanted.emit, True))
        for text, do, enabled in entries:
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, do=do: do())
            action.setEnabled(enabled)

    def copy_text(self) -> None:
        """What the charts say, as text on the clipboard."""
        if self.shown is not None:
            heading = words.heading(self.shown.found, self.shown.wanted, self._choices)
            QGuiApplication.clipboard().setText(f"{self.title.text()}: {heading}\n{described(self.shown.found)}")
            self.tell(_("Copied as text."))

    def ask_where(self, kind: str) -> None:
        """Ask for the file of a picture, ``png`` or ``svg``."""
        if self.shown is None or self.shown.found.too_few:
            return
        dialog = QFileDialog(self, _("Save as a picture"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(f"{kind.upper()} (*.{kind})")
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(_("my-meetings") + f".{kind}")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.picture_wanted)
        dialog.open()

    def picture(self, kind: str) -> bytes:
        """The charts as one sheet, ``png`` or ``svg``; there must be something to draw."""
        from kohtaava_desktop.ui.mirror import saving  # QtSvg comes with it

        assert self.shown is not None
        paint = saving.svg if kind == "svg" else saving.png
        shown = self.shown
        heading = (self.title.text(), words.heading(shown.found, shown.wanted, self._choices))
        foot = words.DOT.join(left_out(shown.found))
        return paint(shown, heading, foot, worn(QApplication.palette()), self.font())

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
        lengths, u = self.filters.lengths, unit_of(self)
        said = self.fontMetrics().horizontalAdvance(self.meetings.text())
        others = self.title.sizeHint().width() + said + self.keep.sizeHint().width()
        chips = lengths.sizeHint().width()
        beside = others + chips + round((2 * MARGIN + 4 * 14 + 14) * u) <= self.width()
        lengths.setMinimumWidth(chips if beside else 0)
        place = (0, 2, 1, 1) if beside else (1, 0, 1, 4)
        if self._chips_at != place:
            self._chips_at = place
            self._head.removeWidget(lengths)
            self._head.addWidget(lengths, *place)

    def _take_look(self) -> None:
        qt = QApplication.palette()
        look = style_sheet(worn(qt), qt, self.font(), unit_of(self))
        if look != self._look:
            self._look = look
            self.setStyleSheet(look)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is no longer needed."""
        super().closeEvent(event)
        self.closed.emit()
