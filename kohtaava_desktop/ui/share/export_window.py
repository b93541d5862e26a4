"""*Export a month*: shows exactly what leaves before anything is written, and writes it where it is told to.

The window decides nothing: it asks for a month (``show_wanted``) and for a file set (``write_wanted``), and shows what
comes of it.
"""

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from kohtaava_desktop.i18n import _, export_texts, formats
from kohtaava_desktop.ui.beside import bring_up
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.heard import announce
from kohtaava_desktop.ui.mirror.chart import Table
from kohtaava_desktop.ui.mirror.filters import Picker
from kohtaava_desktop.ui.mirror.look import style_sheet, worn
from kohtaava_desktop.ui.mirror.value_table import ValueTable
from kohtaava_desktop.ui.settings.parts import Words, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kohtaava_desktop.domain.release import Release

SIZE = QSize(620, 640)  # design pixels, where the screen has room for it
NARROWEST = 460
MARGIN = 20  # design pixels
FOOT = (MARGIN, 10, MARGIN, MARGIN)
LEAST_TABLE = 150  # design pixels; where there is less room the window is scrolled


class ExportWindow(QDialog):
    """Choose a closed month, see its rows, write them. ``folder`` stands there at first as the target."""

    show_wanted = Signal(str)
    """The month whose rows are to be shown; with that it counts as given out."""
    write_wanted = Signal(str)
    """The folder into which what is shown is to be written."""
    closed = Signal()

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.setObjectName("ground")
        self._look = ""
        self._said: Callable[[], str] = lambda: ""
        self.release: Release | None = None
        self._busy = False
        self._months: tuple[str, ...] = ()
        self.title, self.intro = plain("window-title"), Words("muted")
        self.month_label, self.month, self.show_rows = QLabel(), Picker(), QPushButton()
        self.whose, self.table, self.withheld = Words("text"), ValueTable(), Words("text")
        self.folder_label, self.folder, self.choose = QLabel(), QLineEdit(folder), QPushButton()
        self.outcome, self.write, self.leave = Words("title"), QPushButton(), QPushButton()
        self.folder.setToolTip(folder)
        self._build()
        self._take_look()
        self.speak_anew()

    @property
    def said(self) -> str:
        """What is said of what was asked for last."""
        return self._said()

    def offer(self, months: "Sequence[str]") -> None:
        """The closed months with meetings, in the order in which they are offered."""
        self._months = tuple(months)
        self._offer_months()
        for each in (self.month_label, self.month, self.show_rows, self.folder_label, self.folder, self.choose):
            each.setVisible(bool(months))
        self.write.setVisible(bool(months))
        if not months:
            self.say(lambda: _("No month with meetings is over yet. Look again when the first one is."))
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        self._enable()
        if months:  # until now there was nothing to choose, and the keyboard was elsewhere
            self.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_release(self, release: "Release") -> None:
        """Show what leaves of a month."""
        self._busy, self.release = False, release
        self.say(lambda: "")
        self._show_release()
        announce(self, self.whose.text())
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """What stands here is kept no more."""
        self.release = None
        self.say(lambda: "")
        self._show_release()

    def say(self, sentence: "Callable[[], str]") -> None:
        """Say what became of what was asked for; ``sentence`` is asked anew in another language."""
        self._busy, self._said = False, sentence
        self._show_said()
        if self._said():
            announce(self, self._said())

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """Bring the window to the front, with the keyboard; at first in ``room``, clear of ``overlay`` if it can be."""
        bring_up(self, SIZE, NARROWEST, room, overlay)
        self.month.setFocus(Qt.FocusReason.OtherFocusReason)

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("Export a month"))
        self.title.setText(_("Export a month"))
        self.intro.setText(
            _(
                "Nothing is sent. You see what would leave before anything is written. Seeing it puts the month "
                "together for good: exported again, it is the same."
            )
        )
        self.month_label.setText(_("Month"))
        self._offer_months()
        self.show_rows.setText(_("Show what leaves"))
        self.table.setAccessibleName(_("What leaves"))
        self.folder_label.setText(_("Folder"))
        self.folder.setAccessibleName(_("Folder"))
        self.folder.setPlaceholderText(_("None"))
        self.choose.setText(_("Choose…"))
        self.choose.setAccessibleName(f"{_('Choose…')}: {_('Folder')}")
        self.write.setText(_("Write"))
        self.leave.setText(_("Close"))
        self._show_release()
        self._show_said()

    # made once

    def _build(self) -> None:
        u = unit_of(self)
        column, foot = self._make_room(u)
        self.table.setMinimumHeight(round(LEAST_TABLE * u))
        self.folder.setReadOnly(True)
        self.month_label.setBuddy(self.month)
        self.folder_label.setBuddy(self.folder)
        for button in (self.show_rows, self.choose, self.write, self.leave):
            button.setAutoDefault(False)
        column.addWidget(self.title)
        column.addWidget(self.intro)
        column.addLayout(_row(u, self.month_label, self.month, self.show_rows, stretch=None))
        column.addWidget(self.whose)
        column.addWidget(self.table, 1)
        column.addWidget(self.withheld)
        column.addLayout(_row(u, self.folder_label, self.folder, self.choose, stretch=self.folder))
        column.addWidget(self.outcome)
        column.addStretch()
        foot.addStretch()
        foot.addWidget(self.write)
        foot.addWidget(self.leave)
        self.show_rows.clicked.connect(self._ask_rows)
        self.month.currentIndexChanged.connect(self._other_month)
        self.choose.clicked.connect(self._ask_folder)
        self.write.clicked.connect(self._ask_write)
        self.leave.clicked.connect(self.close)
        self.finished.connect(self.closed)

    def _make_room(self, u: float) -> tuple[QVBoxLayout, QHBoxLayout]:
        """A column, which can be scrolled where it has no room, and a line for buttons below it."""
        outer, area, inner = QVBoxLayout(self), QScrollArea(), QWidget()
        column, foot = QVBoxLayout(inner), QHBoxLayout()
        inner.setObjectName("content")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for layout, edges in ((outer, (0, 0, 0, 0)), (column, (MARGIN, MARGIN, MARGIN, 0)), (foot, FOOT)):
            layout.setContentsMargins(*(round(each * u) for each in edges))
            layout.setSpacing(0 if layout is outer else round(10 * u))
        outer.addWidget(area, 1)
        outer.addLayout(foot)
        return column, foot

    # from the user

    def _ask_rows(self) -> None:
        self._wait()
        self.show_wanted.emit(self.month.currentData())

    def _other_month(self) -> None:
        """What stands there is of another month: it goes, so that it is not taken for this one's."""
        self.release = None
        self.say(lambda: "")
        self._show_release()

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, _("Folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_folder)
        dialog.open()

    def take_folder(self, path: str) -> None:
        """Write into ``path``."""
        self.folder.setText(path)
        self.folder.setToolTip(path)
        self._enable()

    def _ask_write(self) -> None:
        self._wait()
        self.write_wanted.emit(self.folder.text())

    def _wait(self) -> None:
        self.say(lambda: "")
        self._busy = True
        self._enable()

    # what stands there

    def _offer_months(self) -> None:
        self.month.offer(_("Month"), [(formats.month(each), each) for each in self._months], self.month.currentData())

    def _show_release(self) -> None:
        release = self.release
        self.whose.setText("" if release is None else export_texts.whose(release, formats.month))
        self.withheld.setText("" if release is None else " ".join(export_texts.notes(release)))
        self.table.show_table(Table((), ()) if release is None else Table(*export_texts.table(release)))
        for words in (self.whose, self.withheld):
            words.setVisible(bool(words.text()))
        self.table.setVisible(release is not None)
        self._enable()

    def _show_said(self) -> None:
        said = self._said()
        self.outcome.setText(re.sub(r"([/\\])", "\\1\N{ZERO WIDTH SPACE}", said))  # a path may go on in another line
        self.outcome.setAccessibleName(said)
        self.outcome.setVisible(bool(said))
        self._enable()

    def _enable(self) -> None:
        self.month.setEnabled(not self._busy and self.month.count() > 0)
        self.show_rows.setEnabled(not self._busy and self.month.count() > 0 and self.release is None)
        self.choose.setEnabled(not self._busy)
        self.write.setEnabled(not self._busy and self.release is not None and bool(self.folder.text()))

    # how it looks

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or another font: everything goes along."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "leave"):
            self._take_look()

    def _take_look(self) -> None:
        qt = QApplication.palette()
        look = style_sheet(worn(qt), qt, self.font(), unit_of(self))
        look += f"QDialog#ground {{ background: {worn(qt).panel}; }}"
        look += f"QPushButton:disabled {{ color: {worn(qt).muted}; background: transparent; border-style: dashed; }}"
        if look != self._look:
            self._look = look
            self.setStyleSheet(look)


def _row(u: float, *widgets: QLabel | Picker | QLineEdit | QPushButton, stretch: QLineEdit | None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(round(10 * u))
    for widget in widgets:
        row.addWidget(widget, int(widget is stretch))
    if stretch is None:
        row.addStretch()
    return row
