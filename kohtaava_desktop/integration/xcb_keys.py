"""The few calls of libxcb that taking a key needs, on a connection of its own (docs/decisions/0008)."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from kohtaava_desktop.integration.xcb import (
    ANSWER_HEAD,
    BYTE,
    LONG,
    POINTER,
    SHORT,
    Call,
    Cookie,
    free,
    library,
    libxcb,
    root_of,
)

KEY_PRESS, KEY_RELEASE, MAPPING_NOTIFY = 2, 3, 34
_ASYNC = 1


class Unreachable(Exception):
    """There is no X server, or a library is missing."""


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key went down or up; ``time`` is the server's, in milliseconds."""

    down: bool
    keycode: int
    state: int
    time: int


@dataclass(frozen=True, slots=True)
class LayoutEvent:
    """The keys mean something else now."""


class _KeyEvent(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_uint8),
        ("detail", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("time", ctypes.c_uint32),
        ("windows", ctypes.c_uint32 * 3),
        ("places", ctypes.c_int16 * 4),
        ("state", ctypes.c_uint16),
    )


_CALLS: tuple[Call, ...] = (
    ("flush", ctypes.c_int, [POINTER]),
    ("get_file_descriptor", ctypes.c_int, [POINTER]),
    ("poll_for_event", POINTER, [POINTER]),
    ("request_check", POINTER, [POINTER, Cookie]),
    ("grab_key_checked", Cookie, [POINTER, BYTE, LONG, SHORT, BYTE, BYTE, BYTE]),
    ("ungrab_key", Cookie, [POINTER, BYTE, LONG, SHORT]),
    ("get_modifier_mapping", Cookie, [POINTER]),
    ("get_modifier_mapping_reply", POINTER, [POINTER, Cookie, POINTER]),
)
_KEYSYM_CALLS: tuple[Call, ...] = (
    ("key_symbols_alloc", POINTER, [POINTER]),
    ("key_symbols_free", None, [POINTER]),
    ("key_symbols_get_keycode", ctypes.POINTER(BYTE), [POINTER, LONG]),
)


class Connection:
    """A connection to the X server in ``DISPLAY``. Raises ``Unreachable`` when it cannot be made."""

    def __init__(self) -> None:
        try:
            self._xcb, self._keysyms = libxcb(_CALLS), library("libxcb-keysyms.so.1", _KEYSYM_CALLS)
        except OSError as error:
            raise Unreachable(str(error)) from error
        self._connection: Any = self._xcb.xcb_connect(None, None)
        self._symbols: Any = None
        if self.broken:
            self.close()
            raise Unreachable
        self._root = root_of(self._xcb, self._connection)
        self.learn_keys()

    @property
    def broken(self) -> bool:
        """Whether the X server has hung up."""
        return bool(self._xcb.xcb_connection_has_error(self._connection))

    def fileno(self) -> int:
        """What becomes readable when there are events."""
        return int(self._xcb.xcb_get_file_descriptor(self._connection))

    def close(self) -> None:
        """Hang up; the server gives back all that was taken."""
        if self._symbols is not None:
            self._keysyms.xcb_key_symbols_free(self._symbols)
            self._symbols = None
        self._xcb.xcb_disconnect(self._connection)

    def learn_keys(self) -> None:
        """Ask anew which keys there are and what they mean."""
        if self._symbols is not None:
            self._keysyms.xcb_key_symbols_free(self._symbols)
        self._symbols = self._keysyms.xcb_key_symbols_alloc(self._connection)

    def keycodes(self, keysym: int) -> list[int]:
        """The keys that stand for ``keysym`` in any of the layouts in use."""
        found = self._keysyms.xcb_key_symbols_get_keycode(self._symbols, keysym)
        if not found:
            return []
        codes: list[int] = []
        while code := found[len(codes)]:  # the list ends with a zero
            codes.append(int(code))
        free(found)
        return codes

    def modifiers(self) -> list[list[int]]:
        """The keys of each of the eight modifiers, Shift and Lock first."""
        cookie = self._xcb.xcb_get_modifier_mapping(self._connection)
        reply = self._xcb.xcb_get_modifier_mapping_reply(self._connection, cookie, None)
        if not reply:
            return [[] for _each in range(8)]
        count = ctypes.string_at(reply, 2)[1]
        keys = ctypes.string_at(reply + ANSWER_HEAD, 8 * count)
        free(reply)
        return [[key for key in keys[at : at + count] if key] for at in range(0, 8 * count, count or 1)]

    def grab(self, combinations: Iterable[tuple[int, int]]) -> bool:
        """Take every (keycode, modifiers), or none of them when another program has one."""
        wanted = list(combinations)
        asked = [
            self._xcb.xcb_grab_key_checked(self._connection, 0, self._root, state, code, _ASYNC, _ASYNC)
            for code, state in wanted
        ]
        errors = [self._xcb.xcb_request_check(self._connection, cookie) for cookie in asked]
        for error in filter(None, errors):
            free(error)
        if any(errors) or self.broken:
            self.ungrab(each for each, error in zip(wanted, errors, strict=True) if not error)
            return False
        return True

    def ungrab(self, combinations: Iterable[tuple[int, int]]) -> None:
        """Give back every (keycode, modifiers)."""
        for code, state in combinations:
            self._xcb.xcb_ungrab_key(self._connection, code, self._root, state)
        self._xcb.xcb_flush(self._connection)

    def events(self) -> list[KeyEvent | LayoutEvent]:
        """What has come since this was last asked; never waits."""
        came: list[KeyEvent | LayoutEvent] = []
        while event := self._xcb.xcb_poll_for_event(self._connection):
            read = _KeyEvent.from_address(event)
            kind = read.type & 0x7F  # the eighth bit: sent by another client
            if kind in (KEY_PRESS, KEY_RELEASE) and kind == read.type:
                came.append(KeyEvent(kind == KEY_PRESS, read.detail, read.state, read.time))
            elif kind == MAPPING_NOTIFY:
                came.append(LayoutEvent())
            free(event)
        return came
