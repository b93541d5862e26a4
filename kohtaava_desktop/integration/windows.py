"""Windows: keeping a window out of screen capture.

Windows shows a tool window, as the overlay is one, on all virtual desktops, always composes, and tells Qt where the
taskbar is: nothing more is needed for these.
"""

import ctypes
import sys
from typing import Protocol

from kohtaava_desktop.integration.desktop import PlainDesktop

SHOWN, EXCLUDED = 0x00, 0x11
"""``WDA_NONE`` and ``WDA_EXCLUDEFROMCAPTURE``, which there is from Windows 10, version 2004, on."""


class User32(Protocol):
    """The one call of user32.dll that is made here, and how it failed."""

    def set_affinity(self, window: int, affinity: int) -> bool:
        """``SetWindowDisplayAffinity``; whether it worked."""

    def error(self) -> str:
        """Why the last call failed, in the words of the system."""


class WindowsDesktop(PlainDesktop):
    """The desktop of Windows 10 and 11."""

    def __init__(self, user32: User32 | None = None) -> None:
        self._user32 = user32
        self._excluded: int | None = None  # the window that was excluded last: nothing is to be undone for any other

    def keep_out_of_capture(self, window: int, on: bool) -> str | None:
        """By the window's display affinity; the reason is that of Windows."""
        if not on and window != self._excluded:
            return None
        if self._user32 is None:
            self._user32 = _user32()
        if not self._user32.set_affinity(window, EXCLUDED if on else SHOWN):
            return self._user32.error()
        self._excluded = window if on else None
        return None


if sys.platform == "win32":

    class _User32:
        def __init__(self) -> None:
            self._set = ctypes.WinDLL("user32", use_last_error=True).SetWindowDisplayAffinity
            self._set.argtypes, self._set.restype = [ctypes.c_void_p, ctypes.c_uint32], ctypes.c_int

        def set_affinity(self, window: int, affinity: int) -> bool:
            return bool(self._set(window, affinity))

        def error(self) -> str:
            return ctypes.FormatError(ctypes.get_last_error()).strip().rstrip(".")

    def _user32() -> User32:
        return _User32()

else:

    def _user32() -> User32:
        raise OSError("there is no user32.dll here")
