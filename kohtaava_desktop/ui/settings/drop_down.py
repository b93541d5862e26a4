"""A list of which one entry holds, with a sign that there is one."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

from kohtaava_desktop.ui.dialog_style import BUTTON, unit_of
from kohtaava_desktop.ui.settings.signs import paint_chevron, painter_on


class DropDown(QComboBox):
    """Wide enough for each of its entries."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one knows no height of an entry
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: nothing is to change because somebody scrolls by."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a sign that there is a list."""
        super().paintEvent(event)
        u = unit_of(self)
        paint_chevron(painter_on(self), QPointF(self.width() - BUTTON / 2 * u, self.height() / 2), u)
