"""What was skipped in the folders: a line that says how many files, and when asked, each with its reason."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _, formats, ngettext, team_texts
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.settings.signs import paint_chevron, painter_on
from kohtaava_desktop.ui.team.reading import FolderRead

HIGH = 130  # design pixels, of the opened list


class SkippedFiles(QWidget):
    """Hidden while nothing was skipped."""

    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("content")
        self._folders: tuple[FolderRead, ...] = ()
        self.button, self.text = _Fold(), QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.button.toggled.connect(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        self.text.hide()
        self.hide()

    def show_folders(self, folders: tuple[FolderRead, ...]) -> None:
        """Tell of ``folders``."""
        self._folders = folders
        self.speak()

    def speak(self) -> None:
        """Everything anew, in the language in use."""
        count = sum(each.found.problems for each in self._folders)
        self.setVisible(count > 0)
        text = ngettext("{count} file left out", "{count} files left out", count)
        self.button.setText(text.format(count=formats.number(count)))
        self.button.setToolTip(_("Which files were left out, and why"))
        self.text.setAccessibleName(_("Files left out"))
        self.text.setPlainText("\n".join(lines(self._folders)))
        self.text.setFixedHeight(round(HIGH * unit_of(self)))

    def _fold(self, opened: bool) -> None:
        self.text.setVisible(opened)
        if opened:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
            self.unfolded.emit()


class _Fold(QPushButton):
    """A quiet button with a sign that something unfolds."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("fold")
        self.setCheckable(True)
        self.setAutoDefault(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With its sign, turned when it is open."""
        super().paintEvent(event)
        u = unit_of(self)
        painter = painter_on(self)
        painter.translate(QPointF(12 * u, self.height() / 2))
        painter.rotate(0 if self.isChecked() else -90)
        paint_chevron(painter, QPointF(0, 0), u)


def lines(folders: tuple[FolderRead, ...]) -> list[str]:
    """One line for each file that is named, and one for those that are not; with two folders, by their paths."""
    several = len(folders) > 1
    return [
        line
        for each in folders
        for line in team_texts.all_skipped(each.found.first, each.found.problems, each.folder if several else None)
    ]
