"""What stands in place of the charts while there is nothing to draw: how far it is, in a friendly way."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from kohtaava_desktop.domain.statistics import ENOUGH, Filter, Statistics
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.mirror_texts import counted
from kohtaava_desktop.ui import staircase
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.look import worn
from kohtaava_desktop.ui.settings.parts import Words
from kohtaava_desktop.ui.staircase import Box


@dataclass(frozen=True, slots=True)
class Note:
    """A title, a few sentences, and what the button below them says; without a text there is none."""

    title: str
    text: str
    button: str = ""


def note_of(found: Statistics, wanted: Filter) -> Note | None:
    """What is said of ``found`` in place of charts; ``None`` where there are enough meetings for them."""
    if not found.too_few:
        return None
    everything = "" if wanted == Filter() else _("Show all meetings")
    if found.n:
        text = _("From {count} meetings on you see here how they usually go.").format(count=ENOUGH)
        return Note(_("So far {meetings}").format(meetings=counted(found.n)), text, everything)
    if everything:
        return Note(_("No such meetings yet"), _("Other choices above may show some."), everything)
    text = _("After your first meetings you see here how they usually go. It is a mirror for you: all stays here.")
    return Note(_("Your meetings will show here"), text)


class MessageCard(QFrame):
    """The staircase, small, and a note below it."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.title, self.text, self.button = Words("message"), Words("muted"), QPushButton()
        for words in (self.title, self.text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button.setAutoDefault(False)
        self.button.clicked.connect(lambda _checked=False: self.pressed.emit())
        u = unit_of(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(round(24 * u) for _side in range(4)))
        column.setSpacing(round(10 * u))
        column.addStretch(1)
        column.addWidget(_Emblem(), 0, Qt.AlignmentFlag.AlignHCenter)
        for part in (self.title, self.text):
            part.setMinimumWidth(round(240 * u))
            column.addWidget(part)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def show_note(self, note: Note) -> None:
        """Say ``note``."""
        self.title.setText(note.title)
        self.text.setText(note.text)
        self.button.setText(note.button)
        self.button.setVisible(bool(note.button))
        self.setAccessibleName(note.title)
        self.setAccessibleDescription(note.text)


class _Emblem(QWidget):
    """The sign of the program; it says nothing by itself."""

    def sizeHint(self) -> QSize:
        u = unit_of(self)
        return QSize(round(132 * u), round(76 * u))

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        u = unit_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(u, u)
        stairs = staircase.emblem(Box(4, 6, self.width() / u - 8, self.height() / u - 12))
        staircase.paint(painter, stairs, worn(QApplication.palette()), 5.0)
