"""*What is stored*: an ordinary window, opened by intent. It says all of it, and deletes all of it on request."""

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMessageBox, QPushButton, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _, stored_texts
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import SETTINGS
from kohtaava_desktop.store.examination import Kept
from kohtaava_desktop.store.shelf import MEETINGS
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror.large_window import MARGIN, LargeWindow
from kohtaava_desktop.ui.settings.parts import Words, plain
from kohtaava_desktop.ui.trust.columns import ColumnTable

SIZE = QSize(760, 820)  # design pixels, where the screen has room for it
MOST_NAMES = 6  # of months in the question, which must have room on a small screen; the window has them all
NARROWEST = 440  # narrower it is not made to stand clear of the overlay


class Card(QFrame):
    """A title, and below it what ``parts`` say."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title = plain("card-title")
        self._column = QVBoxLayout(self)
        for part in (self.title, *parts):
            self._column.addWidget(part)
        u = unit_of(self)
        self._column.setContentsMargins(*(round(each * u) for each in (16, 12, 16, 14)))
        self._column.setSpacing(round(7 * u))

    def speak(self, title: str) -> None:
        """The title, and the name for a screen reader."""
        self.title.setText(title)
        self.setAccessibleName(title)


class TrustWindow(LargeWindow):
    """Shows what is kept. ``wanted`` asks for it, ``asked_to_delete`` for a fresh look before the one question."""

    wanted = Signal()
    asked_to_delete = Signal()
    delete_wanted = Signal()

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__(SIZE, NARROWEST)
        self._file, self._settings = folder / MEETINGS, settings
        self._kept: Kept | None = None
        self.question: QMessageBox | None = None
        self.title, self.how_many, self.also = plain("window-title"), Words("title"), Words("muted")
        self.path, self.kept_for = _selectable(), Words("muted")
        self.never, self.leaves, self.managed = Words("words"), Words("words"), Words("words")
        self.table = ColumnTable()
        self.delete, self.close_button, self.said = QPushButton(), QPushButton(), Words("muted")
        self.summary = Card(self.how_many, self.also, self.path, self.kept_for)
        self.not_stored = Card(self.never, self.leaves)
        self.organisation = Card(self.managed)
        self.columns = Card(self.table)
        self.also.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # names, to be noted
        self._build()
        self._take_look()
        self.speak_anew()

    def show_kept(self, kept: Kept) -> None:
        """Show how much is kept now."""
        self._kept = kept
        self._show()
        announce(self, " ".join(part.text() for part in (self.how_many, self.also) if part.text()))

    def ask(self, kept: Kept) -> None:
        """The one question before everything goes; it says what goes and what stays."""
        self._kept = kept
        self._show()
        lines = stored_texts.what_goes(
            kept.meetings, kept.waiting, kept.prepared, kept.in_hand, kept.set_aside, MOST_NAMES
        )
        if not lines:
            self.tell(_("There is nothing to delete."))
            return
        box = QMessageBox(QMessageBox.Icon.Warning, _("Delete everything now"), _("Delete everything for good?"))
        goes = [_("This is overwritten and deleted:"), *(f"• {line}" for line in lines)]
        box.setInformativeText("\n".join([*goes, "", stored_texts.what_stays(kept.prepared)]))
        delete = box.addButton(_("Delete everything"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(_("Keep everything"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # names, to be noted
        box.setStyleSheet("QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }")  # the words are enough
        box.setWindowIcon(self.windowIcon())
        box.setParent(self, Qt.WindowType.Dialog)
        box.setWindowModality(Qt.WindowModality.WindowModal)
        delete.clicked.connect(self.delete_wanted)
        box.finished.connect(self._answered)
        self.question = box
        box.show()

    def tell(self, sentence: str) -> None:
        """Say what has been done, above the buttons and to a screen reader."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        announce(self, sentence)

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """The same, and it looks at what is kept."""
        super().show_up(room, overlay)
        self.wanted.emit()

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("What is stored"))
        self.title.setText(_("What is stored"))
        self.summary.speak(_("Your meetings"))
        self.not_stored.speak(_("Never stored"))
        self.organisation.speak(_("Set by your organisation"))
        self.columns.speak(_("Every stored column"))
        self.table.speak()
        self.never.setText("\n".join(f"• {_(each)}" for each in stored_texts.NEVER))
        self.leaves.setText(stored_texts.nothing_leaves())
        self.path.setAccessibleName(_("File"))
        self.path.setText(str(self._file))
        self.path.setToolTip(str(self._file))
        self.path.setCursorPosition(0)
        self.delete.setText(_("Delete everything now…"))
        self.close_button.setText(_("Close"))
        self.tell("")
        self.show_settings()
        self._show()

    def show_settings(self) -> None:
        """How long meetings are kept, and what the organisation has set, as it is now."""
        settings = self._settings
        by_policy = [each for each in SETTINGS if settings.origin(each.name) >= Origin.USER_POLICY]
        lines = [f"• {_(each.title)}: {settings.place(each.name)}" for each in by_policy]
        self.managed.setText("\n".join(lines) or _("Your organisation has set nothing."))
        place = settings.place("retention_months") if "retention_months" in {each.name for each in by_policy} else ""
        self.kept_for.setText(stored_texts.kept_for(settings.number("retention_months"), place))

    # made once

    def _build(self) -> None:
        u, foot = unit_of(self), QHBoxLayout()
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for part in (self.title, self.summary, self.not_stored, self.organisation, self.columns):
            self._column.addWidget(part)
        self._column.addStretch(1)
        foot.addWidget(self.delete)
        foot.addWidget(self.said, 1)
        foot.addStretch(0)
        foot.addWidget(self.close_button)
        foot.setSpacing(round(12 * u))
        foot.setContentsMargins(*(round(each * u) for each in (MARGIN, 10, MARGIN, 14)))
        self._outer.addLayout(foot)
        for button in (self.delete, self.close_button):
            button.setAutoDefault(False)
        self.delete.clicked.connect(lambda _checked=False: self.asked_to_delete.emit())
        self.close_button.clicked.connect(lambda _checked=False: self.close())
        self.table.currentCellChanged.connect(lambda *_cells: self._follow())
        QShortcut(QKeySequence(QKeySequence.StandardKey.Refresh), self).activated.connect(self.wanted)

    # what stands there

    def _show(self) -> None:
        kept = self._kept
        self.how_many.setText("" if kept is None else stored_texts.how_many(kept.meetings))
        self.also.setText("" if kept is None else "\n".join(_also(kept)))
        self.also.setVisible(bool(self.also.text()))

    def _follow(self) -> None:
        """The row that the keyboard is on can be seen."""
        if not self.table.hasFocus():
            return
        cell = self.table.visualItemRect(self.table.currentItem())
        place = QRect(self.table.viewport().mapTo(self._inner, cell.topLeft()), cell.size())
        self._area.ensureVisible(0, place.top(), 0, round(24 * unit_of(self)))
        self._area.ensureVisible(0, place.bottom(), 0, round(24 * unit_of(self)))

    def _answered(self) -> None:
        box, self.question = self.question, None
        if box is not None:
            box.deleteLater()


def _also(kept: Kept) -> list[str]:
    """What is kept beside the finished meetings, where there is any."""
    lines = stored_texts.what_goes(0, 0, kept.prepared, kept.in_hand, kept.set_aside)
    if not lines:
        return []
    return [_("Kept beside them:"), *(f"• {line}" for line in lines)]


def _selectable() -> QLineEdit:
    """A path, to be marked and copied by pointer or keyboard."""
    field = QLineEdit()
    field.setReadOnly(True)
    return field
