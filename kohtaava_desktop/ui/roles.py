"""What assistive technology takes our windows for; Qt itself would call them mere fillers."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibleInterface

ROLES = {
    "Overlay": QAccessible.Role.Window,
    "ClientCard": QAccessible.Role.Dialog,
    "StageCard": QAccessible.Role.Dialog,
    "HelpWindow": QAccessible.Role.Window,
    "ChartWindow": QAccessible.Role.Window,
    "TrustWindow": QAccessible.Role.Window,
    "ChartCanvas": QAccessible.Role.Chart,
    # Qt's own answer for these (6.11) ends the program when a reader asks for a scroll bar that has just gone
    "QScrollArea": QAccessible.Role.Client,
}
"""By the name of the class."""


def give_roles(*standing: QWidget) -> None:
    """Give windows their roles from now on; those in ``standing`` may have been asked for theirs already.

    Not for the first frame: naming ``QAccessible`` for the first time takes two milliseconds.
    """
    QAccessible.installFactory(_interface)
    if QAccessible.isActive():
        for window in standing:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(QAccessible.queryAccessibleInterface(window)))


def _interface(name: str, of: QObject) -> "QAccessibleInterface | None":
    """Asked by Qt for each class of ``of``, the most special one first."""
    role = ROLES.get(name)
    if role is None or not isinstance(of, QWidget):
        return None
    from PySide6.QtWidgets import QAccessibleWidget

    return QAccessibleWidget(of, role)
