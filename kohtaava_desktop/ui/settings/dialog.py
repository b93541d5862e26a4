"""The settings window, made from the table of settings. What is chosen takes effect at once."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kohtaava_desktop.i18n import _, ngettext
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import SETTINGS, Group
from kohtaava_desktop.ui.beside import in_the_middle
from kohtaava_desktop.ui.dialog_style import sheet, unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.settings.parts import SignButton, plain
from kohtaava_desktop.ui.settings.row import SettingRow
from kohtaava_desktop.ui.settings.section import Section, plain_letters
from kohtaava_desktop.ui.settings.shortcut_edit import ShortcutEdit
from kohtaava_desktop.ui.settings.signs import paint_cross

SIZE = QSize(700, 680)  # design pixels, where the screen has room for it
STACKED_BELOW = 540  # design pixels: a narrower window has the controls below the texts
SMALLEST_CONTROL = 170  # design pixels
INSIDE = 48  # design pixels beside a row for the frame round it and the scroll bar
MARGIN = 20  # design pixels


class SettingsDialog(QDialog):
    """Shows ``settings`` and changes them; follows what is changed elsewhere.

    ``shortcut_trouble`` says why the shortcut of a setting does not work on this system, or nothing. It is asked again
    after every change, and on ``show_troubles``.
    """

    listening = Signal(bool)  # a field takes keys for a shortcut: those that work everywhere have to let them through

    def __init__(self, settings: Settings, shortcut_trouble: Callable[[str], str | None] = lambda _name: None) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.rows = {setting.name: SettingRow(setting, settings, shortcut_trouble) for setting in SETTINGS}
        self._sections = [Section(group, self._of(group)) for group in Group]
        self.search, self._found, self._nothing = QLineEdit(), plain("muted"), plain("muted")
        self._clear, self._close, self._hint = SignButton(paint_cross, stays=False), QPushButton(), plain("muted")
        self._style = ""
        self._lay_out()
        self._connect()
        self._stop = settings.listen(self._follow)
        self.destroyed.connect(self._stop)
        self.speak_anew()
        self._take_look()

    def _of(self, group: Group) -> list[SettingRow]:
        return [row for row in self.rows.values() if row.setting.group is group]

    # made once

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._content.setObjectName("content")
        self._column = QVBoxLayout(self._content)
        for section in self._sections:
            self._column.addWidget(section)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(self._content)
        self.area.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)
        self._head, self._foot = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.search, 1)
        self._head.addWidget(self._found)
        self._head.addWidget(self._clear)
        self._hint.setWordWrap(True)
        self._foot.addWidget(self._hint, 1)
        self._foot.addWidget(self._close)
        self._body = QWidget()
        whole = QVBoxLayout(self._body)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(self.area, 1)
        whole.addLayout(self._foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._body)

    def _connect(self) -> None:
        self._close.setAutoDefault(False)  # Enter in a field means that field
        self._close.clicked.connect(self.close)
        self._clear.clicked.connect(self._end_search)
        self.search.textChanged.connect(self._filter)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._go_to_search)
        before: QWidget = self.search
        for after in (self._clear, *(each for row in self.rows.values() for each in row.stops), self._close):
            self.setTabOrder(before, after)
            before = after
        for row in self.rows.values():
            row.said.connect(self._say)
            if isinstance(row.editor, ShortcutEdit):
                row.editor.listening.connect(self.listening)

    # in a language

    def speak_anew(self) -> None:
        """Take all texts anew, in the language in use; nothing moves but by their lengths."""
        self.setWindowTitle(_("Settings"))
        self.search.setPlaceholderText(_("Search settings"))
        self.search.setAccessibleName(_("Search settings"))
        self._clear.speak(_("Clear"), _("Search settings"))
        self._hint.setText(_("Changes take effect at once."))
        self._close.setText(_("Close"))
        self._nothing.setText(_("No setting has these words. Try other ones, or fewer."))
        for section in self._sections:
            section.speak()
        self._filter()
        self._fit()

    # what is in force

    def _follow(self, changed: frozenset[str]) -> None:
        for name, row in self.rows.items():
            row.follow(anew=name in changed)
        # whoever registers shortcuts may hear of the change after us
        QTimer.singleShot(0, self, self.show_troubles)

    def show_troubles(self) -> None:
        """Ask again what is wrong with the shortcuts."""
        for row in self.rows.values():
            row.follow()

    # searching

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _end_search(self) -> None:
        self.search.clear()
        self._go_to_search()

    def _filter(self) -> None:
        words = plain_letters(self.search.text()).split()
        count = sum(section.filter(words) for section in self._sections)
        self._nothing.setVisible(count == 0)
        found = ngettext("{count} found", "{count} found", count).format(count=count) if words and count else ""
        self._found.setText(found)
        self._found.setVisible(bool(found))
        self._clear.show_for(bool(self.search.text()))
        if words:
            self._say(found or self._nothing.text())

    def _say(self, sentence: str) -> None:
        announce(self, sentence)

    # how it looks

    def _take_look(self) -> None:
        style = sheet(self.palette(), self.font(), unit_of(self))
        if style != self._style:
            self._style = style
            self._body.setStyleSheet(style)
            self._fit()

    def _fit(self) -> None:
        """Lay everything out for the texts, the font and the width that there are now."""
        u = unit_of(self)
        margin = round(MARGIN * u)
        for layout, sides in (
            (self._column, (margin, 0, margin, margin)),
            (self._head, (margin, margin, margin, round(margin * 0.7))),
            (self._foot, (margin, round(margin * 0.6), margin, round(margin * 0.6))),
        ):
            layout.setContentsMargins(*sides)
        self._column.setSpacing(round(22 * u))
        self._head.setSpacing(round(12 * u))
        width = max(round(SMALLEST_CONTROL * u), *(row.wanted for row in self.rows.values()))
        stacked = self.width() < max(STACKED_BELOW * u, 2 * width)
        for row in self.rows.values():
            row.fit(width, stacked, u)
        for section in self._sections:
            section.fit(u)
        narrowest = max(width, *(section.narrowest for section in self._sections))
        self.area.setMinimumWidth(narrowest + 2 * margin + round(INSIDE * u))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the colours and the type of the system."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._take_look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls below the texts where there is no room beside them."""
        super().resizeEvent(event)
        self._fit()

    # coming and leaving

    def open_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """Show the window, or bring it to the front, with the keyboard in it.

        The first time, and when its screen is gone, it stands in ``room``, which is the usable part of a screen,
        beside ``overlay``; then where it was.
        """
        if not self._has_place():
            self._take_place(room or self.screen().availableGeometry(), overlay or QRect())
        if self.isMinimized():
            self.showNormal()
        elif not self.isVisible():
            self.search.clear()
            for row in self.rows.values():
                row.follow(anew=True)  # what was refused last time is past
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show()
        self.raise_()
        self.activateWindow()

    def _has_place(self) -> bool:
        """Whether it has been placed, and most of it is still on a screen that exists."""
        frame = self.frameGeometry()
        seen = [screen.availableGeometry() & frame for screen in QGuiApplication.screens()]
        shown = sum(part.width() * part.height() for part in seen)
        return self.testAttribute(Qt.WidgetAttribute.WA_Moved) and 2 * shown >= frame.width() * frame.height()

    def _take_place(self, room: QRect, overlay: QRect) -> None:
        u = unit_of(self)
        narrow = max(self.minimumSizeHint().width(), round((STACKED_BELOW + 1) * u))
        place = in_the_middle(overlay, SIZE * u, room, narrow)
        self.resize(place.size())
        self.move(place.topLeft())  # that of the frame, which comes on top

    def hideEvent(self, event: QHideEvent) -> None:
        """What has been typed counts."""
        super().hideEvent(event)
        for row in self.rows.values():
            row.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends a search first, then closes the window."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self._end_search()
        else:
            super().keyPressEvent(event)
