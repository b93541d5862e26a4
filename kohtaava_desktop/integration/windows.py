"""Windows: keeping a window out of screen capture, and the keyboard for the menus of a window that never has it.

Windows shows a tool window, as the overlay is one, on all virtual desktops, always composes, and tells Qt where the
taskbar is: nothing more is needed for these.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Protocol

from kohtaava_desktop.integration.desktop import PlainDesktop

SHOWN, EXCLUDED = 0x00, 0x11
"""``WDA_NONE`` and ``WDA_EXCLUDEFROMCAPTURE``, which there is from Windows 10, version 2004, on."""


class User32(Protocol):
    """The calls of user32.dll that are made here, and how the first one failed."""

    def set_affinity(self, window: int, affinity: int) -> bool:
        """``SetWindowDisplayAffinity``; whether it worked."""

    def error(self) -> str:
        """Why the last call failed, in the words of the system."""

    def foreground(self) -> int:
        """``GetForegroundWindow``: the window with the keyboard; 0 while it passes from one to another."""

    def bring_forward(self, window: int) -> None:
        """``SetForegroundWindow``."""


class WindowsDesktop(PlainDesktop):
    """The desktop of Windows 10 and 11."""

    def __init__(self, user32: User32 | None = None) -> None:
        self._user32 = user32
        self._excluded: int | None = None  # the window that was excluded last: nothing is to be undone for any other

    def keep_out_of_capture(self, window: int, on: bool) -> str | None:
        """By the window's display affinity; the reason is that of Windows."""
        if not on and window != self._excluded:
            return None
        user32 = self._system()
        if not user32.set_affinity(window, EXCLUDED if on else SHOWN):
            return user32.error()
        self._excluded = window if on else None
        return None

    def keyboard_for_menu(self, window: int) -> Callable[[], None] | None:
        """The menu of a program in the background hears no key, and no press elsewhere, before it is activated.

        When it goes, Windows activates ``window``; then whoever had the keyboard gets it back.
        """
        user32 = self._system()
        before = user32.foreground()

        def give_back() -> None:
            if before != window and user32.foreground() in (window, 0):
                user32.bring_forward(before)

        return give_back

    def _system(self) -> User32:
        if self._user32 is None:
            self._user32 = _user32()
        return self._user32


if sys.platform == "win32":

    class _User32:
        def __init__(self) -> None:
            self._library = ctypes.WinDLL("user32", use_last_error=True)
            self._set = self._library.SetWindowDisplayAffinity
            self._set.argtypes, self._set.restype = [ctypes.c_void_p, ctypes.c_uint32], ctypes.c_int
            self._library.GetForegroundWindow.restype = ctypes.c_void_p
            self._library.SetForegroundWindow.argtypes = [ctypes.c_void_p]

        def set_affinity(self, window: int, affinity: int) -> bool:
            return bool(self._set(window, affinity))

        def error(self) -> str:
            return ctypes.FormatError(ctypes.get_last_error()).strip().rstrip(".")

        def foreground(self) -> int:
            return self._library.GetForegroundWindow() or 0

        def bring_forward(self, window: int) -> None:
            self._library.SetForegroundWindow(window)

    def _user32() -> User32:
        return _User32()

else:

    def _user32() -> User32:
        raise OSError("there is no user32.dll here")
