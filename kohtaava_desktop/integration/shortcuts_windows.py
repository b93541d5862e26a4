"""Shortcuts from Windows: ``RegisterHotKey`` for the window's thread, whose messages Qt reads.

Tested on other systems with a ``user32`` made up for it, and its numbers against Microsoft's headers as Wine has them;
not tested here: that Windows itself delivers ``WM_HOTKEY``, and what each of its versions keeps for itself (F12 belongs
to the debugger, Meta with most letters to the shell: both are refused as taken).
"""

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from kohtaava_desktop.integration.shortcuts import Reason, Refused, Shortcut

WM_HOTKEY = 0x0312
HOTKEY_ALREADY_REGISTERED = 1409
NO_REPEAT = 0x4000
_MODIFIERS = {"Alt": 1, "Ctrl": 2, "Shift": 4, "Meta": 8}
_KEYS = {
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Left": 0x25,
    "Up": 0x26,
    "Right": 0x27,
    "Down": 0x28,
    "Ins": 0x2D,
    "Del": 0x2E,
    "Space": 0x20,
    "Pause": 0x13,
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
}
_KINDS = (b"windows_dispatcher_MSG", b"windows_generic_MSG")
"""Qt may show one message to the filters twice: when it comes from the queue, and again on its way to a window."""


class User32(Protocol):
    """What is needed of ``user32``; both return 0 when they fail."""

    def RegisterHotKey(self, window: None, number: int, modifiers: int, key: int) -> int: ...  # noqa: N802
    def UnregisterHotKey(self, window: None, number: int) -> int: ...  # noqa: N802


def virtual_key(key: str) -> int:
    """What Windows calls a key: letters and digits are their own code."""
    return _KEYS[key] if key in _KEYS else ord(key)


class _Filter(QAbstractNativeEventFilter):
    def __init__(self, pressed: Callable[[int], None]) -> None:
        super().__init__()
        self._pressed = pressed
        self._heard: tuple[int, int] | None = None

    def nativeEventFilter(  # noqa: N802 - Qt's name
        self, kind: QByteArray | bytes | bytearray | memoryview, message: Any
    ) -> tuple[bool, int]:
        """Hear of hot keys; every other message goes on its way."""
        if (kind.data() if isinstance(kind, QByteArray) else bytes(kind)) not in _KINDS:
            return False, 0
        told = wintypes.MSG.from_address(int(message))
        if told.message != WM_HOTKEY:
            return False, 0
        before, self._heard = self._heard, (int(told.wParam), int(told.time))
        if self._heard != before:  # without repeats, no key can be pressed twice at one instant
            self._pressed(self._heard[0])
        return True, 0


class WindowsTaker:
    """A ``Taker`` on ``user32``; ``last_error`` says why a call failed."""

    def __init__(
        self, app: QCoreApplication, user32: User32 | None = None, last_error: Callable[[], int] | None = None
    ) -> None:
        self._app = app
        self._user32 = user32 or _system_user32()
        self._last_error = last_error or _system_last_error
        self._taken: dict[int, Callable[[], None]] = {}
        self._numbers = 0
        self._filter = _Filter(self._pressed)
        app.installNativeEventFilter(self._filter)

    def take(self, shortcut: Shortcut, pressed: Callable[[], None]) -> None:
        """Take ``shortcut``; raises ``Refused``."""
        self._numbers += 1
        modifiers = NO_REPEAT | sum(_MODIFIERS[each] for each in shortcut.modifiers)
        if not self._user32.RegisterHotKey(None, self._numbers, modifiers, virtual_key(shortcut.key)):
            taken = self._last_error() == HOTKEY_ALREADY_REGISTERED
            raise Refused(Reason.TAKEN if taken else Reason.UNAVAILABLE)
        self._taken[self._numbers] = pressed

    def release_all(self) -> None:
        """Give every key back."""
        for number in self._taken:
            self._user32.UnregisterHotKey(None, number)
        self._taken.clear()

    def close(self) -> None:
        """Give every key back and hear no more messages."""
        self.release_all()
        self._app.removeNativeEventFilter(self._filter)

    def _pressed(self, number: int) -> None:
        pressed = self._taken.get(number)  # one that was just given back may still be on its way
        if pressed is not None:
            pressed()


if sys.platform == "win32":

    def _system_user32() -> User32:
        user32: User32 = ctypes.WinDLL("user32", use_last_error=True)
        return user32

    def _system_last_error() -> int:
        return ctypes.get_last_error()

else:

    def _system_user32() -> User32:
        raise OSError("there is no user32.dll here")

    def _system_last_error() -> int:
        return 0
