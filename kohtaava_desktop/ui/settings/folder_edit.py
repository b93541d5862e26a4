"""The control of a setting that is a folder: its path to type, and a button in the field that leads to a choice."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from kohtaava_desktop.i18n import _
from kohtaava_desktop.settings.schema import Setting, Value
from kohtaava_desktop.ui.dialog_style import TARGET, unit_of
from kohtaava_desktop.ui.settings.parts import SignButton


class FolderEdit(QLineEdit):
    """The path of a folder; what is none is refused, and the old one comes back.

    Whether the folder is there is not asked: a share may be away today, and asking could take long.
    """

    def __init__(self, setting: Setting, choose: Callable[[Value], None], refuse: Callable[[str], None]) -> None:
        super().__init__()
        self._setting, self._choose, self._refuse = setting, choose, refuse
        self._shown = ""
        self.button = SignButton(paint_folder)
        self.button.setParent(self)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.clicked.connect(self.ask)
        self.editingFinished.connect(self.commit)

    def show_value(self, value: Value) -> None:
        self._shown = str(value)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def speak(self) -> None:
        self.button.speak(_("Choose…"), _(self._setting.title))
        self.setPlaceholderText(_("None"))

    def commit(self) -> None:
        self._take(self.text().strip())

    def ask(self) -> None:
        """Let a folder be chosen."""
        dialog = QFileDialog(self.window(), _(self._setting.title), self._shown)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def _take(self, path: str) -> None:
        if path == self._shown:
            self.setText(path)
            return
        try:
            value = self._setting.check(path)
        except ValueError:
            self.setText(self._shown)
            self._refuse(allowed())
        else:
            self.show_value(value)
            self._choose(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button stands at the end of the field, inside it."""
        super().resizeEvent(event)
        side = min(round(TARGET * unit_of(self)), self.height())
        self.button.setGeometry(self.width() - side, (self.height() - side) // 2, side, side)
        self.setTextMargins(0, 0, side, 0)


def allowed() -> str:
    """What can be typed, as a sentence."""
    return _("The whole path of a folder, or nothing.")


def paint_folder(painter: QPainter, middle: QPointF, u: float) -> None:
    """A folder."""
    places = ((-6, 5), (-6, -5), (-2, -5), (-0.5, -3), (6, -3), (6, 5))
    painter.drawPolygon([middle + QPointF(x, y) * u for x, y in places])
