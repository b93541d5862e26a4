"""Shortcuts from X11: passive grabs of keys, on a connection of their own that Qt does not know of.

A grab names a key and exactly the modifiers held, so each is made four times: with and without Num Lock and Caps Lock.
While a grab stands, the key reaches no other program. Nothing polls: the event loop watches the connection.
"""

from collections.abc import Callable
from itertools import product
from typing import Protocol

from kohtaava_desktop.integration.shortcuts import Reason, Refused, Shortcut
from kohtaava_desktop.integration.xcb_keys import Connection, KeyEvent, LayoutEvent, Unreachable

SHIFT, LOCK, CONTROL = 1, 2, 4
HELD_KEY_MS = 20
"""A key held down comes as up and down again at the same instant; no hand is that fast."""

_NAMED = {
    "Up": 0xFF52,
    "Down": 0xFF54,
    "Left": 0xFF51,
    "Right": 0xFF53,
    "Home": 0xFF50,
    "End": 0xFF57,
    "PgUp": 0xFF55,
    "PgDown": 0xFF56,
    "Ins": 0xFF63,
    "Del": 0xFFFF,
    "Space": 0x20,
    "Pause": 0xFF13,
    **{f"F{number}": 0xFFBD + number for number in range(1, 25)},
}
_NUM_LOCK = (0xFF7F,)
_ALT = (0xFFE9, 0xFFEA)
_META = (0xFFEB, 0xFFEC)

Combination = tuple[int, int]
"""A keycode and the modifiers held, as bits."""


class Keyboard(Protocol):
    """What is needed of a connection to the X server; ``xcb_keys.Connection`` is one."""

    @property
    def broken(self) -> bool: ...
    def fileno(self) -> int: ...
    def close(self) -> None: ...
    def learn_keys(self) -> None: ...
    def keycodes(self, keysym: int) -> list[int]: ...
    def modifiers(self) -> list[list[int]]: ...
    def grab(self, combinations: list[Combination]) -> bool: ...
    def ungrab(self, combinations: list[Combination]) -> None: ...
    def events(self) -> list[KeyEvent | LayoutEvent]: ...


class Loop(Protocol):
    """What is needed of the event loop."""

    def add_reader(self, fd: int, callback: Callable[[], None], /) -> object: ...
    def remove_reader(self, fd: int, /) -> object: ...
    def call_soon(self, callback: Callable[[], None], /) -> object: ...


def connect() -> Connection:
    """A connection to the X server in use; raises ``Refused``."""
    try:
        return Connection()
    except Unreachable as error:
        raise Refused(Reason.UNAVAILABLE) from error


def keysym(key: str) -> int:
    """What X11 calls a key: letters and digits are their own code."""
    return _NAMED[key] if key in _NAMED else ord(key.lower())


class X11Taker:
    """A ``Taker`` on the X server behind ``keyboard``."""

    def __init__(self, keyboard: Keyboard, loop: Loop, keys_moved: Callable[[], None]) -> None:
        self._keyboard, self._loop, self._keys_moved = keyboard, loop, keys_moved
        self._taken: dict[Shortcut, tuple[list[Combination], Callable[[], None]]] = {}
        self._went_up: tuple[int, int] = (0, -HELD_KEY_MS)
        self._learn_locks()
        self._watched = keyboard.fileno()
        loop.add_reader(self._watched, self._read)

    def take(self, shortcut: Shortcut, pressed: Callable[[], None]) -> None:
        """Take ``shortcut`` in its four variants, or none of them; raises ``Refused``."""
        wanted = self._combinations(shortcut)
        if not wanted:
            raise Refused(Reason.NO_KEY)
        if not self._keyboard.grab(wanted):
            raise Refused(Reason.UNAVAILABLE if self._keyboard.broken else Reason.TAKEN)
        self._taken[shortcut] = (wanted, pressed)
        self._loop.call_soon(self._read)  # with the answer, events may have been read: no more comes to wake for them

    def release_all(self) -> None:
        """Give every key back."""
        for combinations, _pressed in self._taken.values():
            self._keyboard.ungrab(combinations)
        self._taken.clear()

    def close(self) -> None:
        """Hang up; the server gives every key back."""
        self._unwatch()
        self._taken.clear()
        self._keyboard.close()

    def _unwatch(self) -> None:
        if self._watched >= 0:
            self._loop.remove_reader(self._watched)
            self._watched = -1

    # which keys

    def _learn_locks(self) -> None:
        self._bits = self._keyboard.modifiers()
        num_lock = self._bit(_NUM_LOCK, 0)
        self._locks = sorted({first | second for first, second in product((0, LOCK), (0, num_lock))})

    def _bit(self, keysyms: tuple[int, ...], otherwise: int) -> int:
        """The modifier on which one of ``keysyms`` lies; keyboards differ in that."""
        keys = {code for each in keysyms for code in self._keyboard.keycodes(each)}
        return next((1 << number for number, held in enumerate(self._bits) if number > 2 and keys & {*held}), otherwise)

    def _combinations(self, shortcut: Shortcut) -> list[Combination]:
        bits = {"Ctrl": CONTROL, "Shift": SHIFT, "Alt": self._bit(_ALT, 1 << 3), "Meta": self._bit(_META, 1 << 6)}
        held = sum(bits[modifier] for modifier in shortcut.modifiers)
        codes = self._keyboard.keycodes(keysym(shortcut.key))
        return [(code, held | lock) for code, lock in product(codes, self._locks)]

    # what comes

    def _read(self) -> None:
        if self._watched < 0:
            return
        events = self._keyboard.events()
        if self._keyboard.broken:  # the screen is gone; a closed connection would stay readable for ever
            self._unwatch()
        for event in events:
            if isinstance(event, KeyEvent):
                self._key(event)
        if any(isinstance(event, LayoutEvent) for event in events):
            self._layout_changed()

    def _key(self, event: KeyEvent) -> None:
        if not event.down:
            self._went_up = (event.keycode, event.time)
            return
        code, time = self._went_up
        if code == event.keycode and (event.time - time) % (1 << 32) < HELD_KEY_MS:
            return
        combination = (event.keycode, event.state & 0xFF)
        for combinations, pressed in list(self._taken.values()):
            if combination in combinations:
                pressed()
                return

    def _layout_changed(self) -> None:
        """Nothing moves unless a key that was taken lies elsewhere now."""
        self._keyboard.learn_keys()
        self._learn_locks()
        if any(self._combinations(shortcut) != taken for shortcut, (taken, _pressed) in self._taken.items()):
            self._keys_moved()
        self._loop.call_soon(self._read)
