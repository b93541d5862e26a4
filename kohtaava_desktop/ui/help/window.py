"""The user guide in an ordinary window, opened by intent: contents, text, find, zoom; all of it from the disk."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QFont, QKeySequence, QPalette, QResizeEvent, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import sheet, unit_of
from kohtaava_desktop.ui.help.page import HelpPage
from kohtaava_desktop.ui.mirror.large_window import OrdinaryWindow
from kohtaava_desktop.ui.theme import Palette

SIZE = QSize(1000, 760)  # design pixels, where the screen has room for it
NARROWEST = 560  # narrower it is not made to stand clear of the overlay
CONTENTS = 290  # design pixels
ROW = 26  # the height of a line of the contents, in design pixels
WITHOUT_CONTENTS = 620  # design pixels: in a narrower window the text has all the room
GUIDE = "guide"  # the folder of the guides within the documents


class HelpWindow(OrdinaryWindow):
    """Shows the guide in ``language``, from the folder ``documents``, until it is closed."""

    def __init__(self, documents: Path, language: str) -> None:
        super().__init__(SIZE, NARROWEST)
        self._documents = documents
        self.page = HelpPage(documents, self)
        self.contents = QTreeWidget(self)
        self.wanted = QLineEdit(self)
        self.told = QLabel(self)
        self._build()
        self._add_keys()
        self._take_look()
        self.speak(language)

    def speak(self, language: str) -> None:
        """Show the guide in ``language`` from its beginning."""
        self._language = language
        self._name_everything()
        self._hide_find()
        if not self.page.start_at(self._documents / GUIDE / f"{language}.md"):
            self._tell(_("The guide is missing from this installation."))

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """The same, and the keyboard is in the text."""
        super().show_up(room, overlay)
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    # made once

    def _build(self) -> None:
        self._back = self._button(self.page.go_back)
        self._find = self._button(self._show_find)
        self._smaller = self._button(lambda: self.page.zoom(-1))
        self._larger = self._button(lambda: self.page.zoom(1))
        bar = _row(self._back, None, self._find, self._smaller, self._larger)
        self._next = self._button(lambda: self._search(backwards=False))
        self._previous = self._button(lambda: self._search(backwards=True))
        self._end = self._button(self._hide_find)
        self._find_line = QWidget(self)
        self._find_line.setLayout(_row(self.wanted, self._previous, self._next, self._end))
        self.wanted.returnPressed.connect(lambda: self._search(backwards=False))
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.contents.setHeaderHidden(True)
        self.contents.currentItemChanged.connect(self._go)
        self.page.arrived.connect(self._list_contents)
        self.page.outside.connect(self._tell_address)
        self.page.verticalScrollBar().valueChanged.connect(self._follow_reading)
        parts = QSplitter(self)
        parts.addWidget(self.contents)
        parts.addWidget(self.page)
        parts.setChildrenCollapsible(False)
        parts.setSizes([round(width * unit_of(self)) for width in (CONTENTS, SIZE.width() - CONTENTS)])
        parts.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        column.addLayout(bar)
        column.addWidget(parts, 1)
        column.addWidget(self._find_line)
        column.addWidget(self.told)

    def _button(self, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _add_keys(self) -> None:
        keys: list[tuple[QKeySequence | QKeySequence.StandardKey | str, Callable[[], object]]] = [
            (QKeySequence.StandardKey.Find, self._show_find),
            (QKeySequence.StandardKey.FindNext, lambda: self._search(backwards=False)),
            (QKeySequence.StandardKey.FindPrevious, lambda: self._search(backwards=True)),
            ("Ctrl++", lambda: self.page.zoom(1)),
            ("Ctrl+=", lambda: self.page.zoom(1)),
            ("Ctrl+-", lambda: self.page.zoom(-1)),
            ("Ctrl+0", lambda: self.page.zoom(0)),
            ("Alt+Left", self.page.go_back),
            ("Esc", self._escape),
        ]
        for key, do in keys:
            QShortcut(QKeySequence(key), self).activated.connect(do)

    def _name_everything(self) -> None:
        """All words of the window itself; those of the guide come with its file."""
        self.setWindowTitle(_("User guide"))
        self.page.setAccessibleName(_("User guide"))
        self.contents.setAccessibleName(_("Contents"))
        self.wanted.setAccessibleName(_("Find in the guide"))
        self.wanted.setPlaceholderText(_("Find in the guide"))
        named = (
            (self._back, _("Back"), "Alt+Left"),
            (self._find, _("Find"), "Ctrl+F"),
            (self._smaller, _("Smaller text"), "Ctrl+-"),
            (self._larger, _("Larger text"), "Ctrl++"),
            (self._previous, _("Previous"), "Shift+F3"),
            (self._next, _("Next"), "F3"),
            (self._end, _("Close"), "Esc"),
        )
        signs = {self._smaller: "A−", self._larger: "A+"}
        for button, name, key in named:
            button.setText(signs.get(button, name))
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)})")

    # contents

    def _list_contents(self) -> None:
        self._tell("")
        self._back.setVisible(self.page.can_go_back)
        with QSignalBlocker(self.contents):
            self.contents.clear()
            above: dict[int, QTreeWidgetItem] = {}
            for heading in self.page.headings:
                item = QTreeWidgetItem([heading.text])
                item.setData(0, Qt.ItemDataRole.UserRole, heading.name)
                item.setToolTip(0, heading.text)
                parent = above.get(heading.level - 1) if heading.level > 2 else None  # the title is no branch
                if parent is None:
                    self.contents.addTopLevelItem(item)
                else:
                    parent.addChild(item)
                above[heading.level] = item
            self.contents.expandAll()
        self._follow_reading()

    def _go(self, item: QTreeWidgetItem | None, _before: QTreeWidgetItem | None) -> None:
        if item is not None:
            with QSignalBlocker(self.page.verticalScrollBar()):  # near the end the heading does not reach the top
                self.page.go_to(item.data(0, Qt.ItemDataRole.UserRole))
            self.page.viewport().update()

    def _follow_reading(self, _value: int = 0) -> None:
        """The contents show where one reads."""
        heading = self.page.heading_on_top()
        if heading is None:
            return
        for item in self.contents.findItems(heading.text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive):
            if item.data(0, Qt.ItemDataRole.UserRole) == heading.name:
                with QSignalBlocker(self.contents):
                    self.contents.setCurrentItem(item)

    # find

    def _show_find(self) -> None:
        self._find_line.show()
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.wanted.selectAll()

    def _hide_find(self) -> None:
        self._find_line.hide()
        self._tell("")
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _search(self, backwards: bool) -> None:
        """Go to the next place, past the end to the first one again; say so where there is none."""
        text = self.wanted.text()
        if not text:
            self._show_find()
            return
        flags = QTextDocument.FindFlag.FindBackward if backwards else QTextDocument.FindFlag(0)
        found = self.page.find(text, flags)
        if not found:
            before = self.page.textCursor()
            end = QTextCursor.MoveOperation.End if backwards else QTextCursor.MoveOperation.Start
            self.page.moveCursor(end)
            found = self.page.find(text, flags)
            if not found:
                self.page.setTextCursor(before)
        self._tell("" if found else _("The guide does not have “{text}”.").format(text=text))

    # said below the text

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def _tell_address(self, address: str) -> None:
        self._tell(_("This is outside the guide: {address}").format(address=address))

    # how it looks

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, or on a magnified screen, the text has all the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.contents.setVisible(self.width() >= WITHOUT_CONTENTS * unit_of(self))

    def look(self, _palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
        """The style sheet; ``u`` is a design pixel in logical ones."""
        return sheet(qt, font, u) + f"QTreeWidget::item {{ min-height: {round(ROW * u)}px; }}"

    # leaving

    def _escape(self) -> None:
        if self._find_line.isVisible():
            self._hide_find()
        else:
            self.close()


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """``widgets`` in a row; ``None`` takes what room there is left."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
    return row
