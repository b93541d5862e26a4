"""Opens the settings when they are asked for; nothing of their window is loaded before."""

from typing import TYPE_CHECKING

from kohtaava_desktop.settings.loader import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRect

    from kohtaava_desktop.ui.settings.dialog import SettingsDialog


class SettingsOpener:
    """The one window of the settings. Once made it stays, hidden, with its place and size.

    ``shortcut_trouble`` says why the shortcut of a setting does not work, ``listening`` is told when a field begins
    and ends to take keys for a shortcut. Whoever has the shortcuts that work everywhere supplies both, at any time.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._dialog: SettingsDialog | None = None
        self.shortcut_trouble: Callable[[str], str | None] = lambda _name: None
        self.listening: Callable[[bool], None] = lambda _on: None

    @property
    def dialog(self) -> "SettingsDialog | None":
        """The window, once it has been opened."""
        return self._dialog

    def open(self, room: "QRect", overlay: "QRect") -> None:
        """Show the window, or bring it to the front, with the keyboard in it.

        The first time it stands in ``room``, which is the usable part of a screen, beside ``overlay``.
        """
        if self._dialog is None:
            from kohtaava_desktop.ui.icons import icon
            from kohtaava_desktop.ui.settings.dialog import SettingsDialog

            self._dialog = SettingsDialog(self._settings, self._trouble)
            self._dialog.setWindowIcon(icon("kohtaava", size=256))
            self._dialog.listening.connect(self._listening)
        self._dialog.open_up(room, overlay)

    def speak_anew(self) -> None:
        """The language changed: the window stands there in the new one."""
        if self._dialog is not None:
            self._dialog.speak_anew()

    def show_troubles(self) -> None:
        """Something about the shortcuts has changed."""
        if self._dialog is not None:
            self._dialog.show_troubles()

    def _trouble(self, name: str) -> str | None:
        return self.shortcut_trouble(name)

    def _listening(self, on: bool) -> None:
        self.listening(on)
        if not on:  # only now do they try for the new keys
            self.show_troubles()
