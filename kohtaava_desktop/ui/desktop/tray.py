"""The icon beside the clock: step and minutes in its tip, everything in its menu, and a click shows the overlay.

Never the only way in. Where there is no system tray it does no harm; under X11, Qt puts the icon into one that comes
later. It is painted anew when the step changes, and its tip when the shown minute does; it wakes nothing itself.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QActionGroup, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.i18n import _, formats, sentences
from kohtaava_desktop.ui.desktop.tray_icon import tray_icon
from kohtaava_desktop.ui.menus import Menus
from kohtaava_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from kohtaava_desktop.domain.stages import Stage


class Tray:
    """The icon, from now until ``end``."""

    def __init__(self, controller: Controller, overlay: Overlay, menus: Menus) -> None:
        self._controller, self._overlay, self._menus = controller, overlay, menus
        self._stage: Stage | None = None
        self._icon = QSystemTrayIcon(tray_icon(None))
        self._menu = QMenu()
        self._menu.aboutToShow.connect(self._fill)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(self._activated)
        self._fill()  # some desktops ask for the entries of a menu before they show it
        self.follow()
        if is_available() or QGuiApplication.platformName() == "xcb":  # elsewhere Qt does not wait for one to come
            self._icon.show()

    def follow(self) -> None:
        """Show what is."""
        meeting = self._controller.meeting
        stage = meeting.stage if meeting is not None and meeting.running else None
        if stage is not self._stage:
            self._stage = stage
            self._icon.setIcon(tray_icon(stage))
        tip = tip_of(self._controller)
        if tip != self._icon.toolTip():
            self._icon.setToolTip(tip)

    def end(self) -> None:
        """Take the icon away."""
        self._icon.hide()
        self._icon.deleteLater()
        self._menu.deleteLater()

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._controller.show(False)

    def _fill(self) -> None:
        menu = self._menu
        menu.clear()
        for child in menu.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if isinstance(child, (QMenu, QActionGroup)):
                child.deleteLater()  # submenus of the last time; clear() leaves them
        menu.addAction(tip_of(self._controller)).setEnabled(False)
        if self._overlay.isVisible():
            menu.addAction(_("Hide overlay")).triggered.connect(lambda _checked=False: self._overlay.hide())
        else:
            menu.addAction(_("Show overlay")).triggered.connect(lambda _checked=False: self._controller.show(False))
        menu.addSeparator()
        self._menus.fill(menu)
        for action in menu.actions():
            action.setShortcut(QKeySequence())  # those are the overlay's keys, which do nothing from here


def tip_of(controller: Controller) -> str:
    """The step and the minutes left; the planned length while none runs."""
    meeting = controller.meeting
    if meeting is None:
        return f"Kohtaava · {formats.minutes_short(controller.ready.minutes)}"
    if not meeting.running:
        return "Kohtaava"
    left, words = sentences.remaining_label(meeting.plan.remaining_minutes(controller.now()))
    return f"{sentences.stage_name(meeting.stage)} · {left} {words}"


def is_available() -> bool:
    """Whether there is a system tray now."""
    return QSystemTrayIcon.isSystemTrayAvailable()
