"""Names the files of the team's folder that were left out, each with its reason, when it is asked for."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kohtaava_desktop.i18n import _, team_texts
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.look import style_sheet, worn

if TYPE_CHECKING:
    from kohtaava_desktop.ui.share.team import TeamBeside

SIZE = QSize(560, 320)  # design pixels


def name_left_out(parent: QWidget, team: "TeamBeside") -> QDialog:
    """A small window over ``parent`` with what was left out of ``team``."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(_("Files left out"))
    u, qt, colours = unit_of(dialog), QApplication.palette(), worn(QApplication.palette())
    look = style_sheet(colours, qt, dialog.font(), u)
    dialog.setStyleSheet(f"{look} QDialog {{ background: {colours.panel}; }}")
    text = QPlainTextEdit("\n".join(lines(team)))
    text.setReadOnly(True)
    text.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    text.setTabChangesFocus(True)
    text.setAccessibleName(_("Files left out"))
    close = QPushButton(_("Close"))
    close.clicked.connect(dialog.close)
    column = QVBoxLayout(dialog)
    column.addWidget(text)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.resize(SIZE * u)
    dialog.open()
    text.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog


def lines(team: "TeamBeside") -> list[str]:
    """One line for each file that is named, and one for those that are not."""
    return team_texts.all_skipped(team.left_out, team.problems)
