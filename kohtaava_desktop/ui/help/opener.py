"""Opens the user guide when it is asked for, and lets it go once it is closed."""

from typing import TYPE_CHECKING

from kohtaava_desktop.integration.paths import documents_dir

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from kohtaava_desktop.ui.help.window import HelpWindow


class GuideOpener:
    """The one window of the guide that can be open at a time; nothing of it is loaded before."""

    def __init__(self) -> None:
        self._window: HelpWindow | None = None

    @property
    def window(self) -> "HelpWindow | None":
        """The window that is open now."""
        return self._window

    def open(self, language: str, room: "QRect | None" = None, overlay: "QRect | None" = None) -> None:
        """Open the guide in ``language``, in ``room`` and clear of ``overlay`` where that can be.

        Where it is open already, bring it to the front as it stands.
        """
        if self._window is None:
            from kohtaava_desktop.ui.help.window import HelpWindow
            from kohtaava_desktop.ui.icons import icon

            self._window = HelpWindow(documents_dir(), language)
            self._window.setWindowIcon(icon("kohtaava", size=256))
            self._window.closed.connect(self._left)
        self._window.show_up(room, overlay)

    def speak(self, language: str) -> None:
        """The language changed: an open guide stands there in the new one."""
        if self._window is not None:
            self._window.speak(language)

    def close(self) -> None:
        """Close the guide, if it is open."""
        if self._window is not None:
            self._window.close()

    def _left(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()
