"""The few calls of libxcb that taking a key needs, on a connection of its own.

By ctypes, because both libraries are in the process already: Qt's own X11 platform links them (docs/decisions/0008).
"""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

KEY_PRESS, KEY_RELEASE, MAPPING_NOTIFY = 2, 3, 34
_ASYNC = 1
_REPLY_HEAD = 32  # bytes of a reply before its list


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


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _ScreenIterator(ctypes.Structure):
    _fields_ = (("root", ctypes.POINTER(ctypes.c_uint32)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


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


class _Libraries:
    """libxcb, libxcb-keysyms and libc with the types of what is called."""

    def __init__(self) -> None:
        try:
            self.xcb = ctypes.CDLL("libxcb.so.1")
            self.keysyms = ctypes.CDLL("libxcb-keysyms.so.1")
        except OSError as error:
            raise Unreachable(str(error)) from error
        self.free = ctypes.CDLL(None).free
        pointer, byte, word, long = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
        self.free.argtypes, self.free.restype = [pointer], None
        bytes_ = ctypes.POINTER(byte)
        for library, name, result, arguments in (
            (self.xcb, "xcb_connect", pointer, [ctypes.c_char_p, ctypes.c_void_p]),
            (self.xcb, "xcb_connection_has_error", ctypes.c_int, [pointer]),
            (self.xcb, "xcb_disconnect", None, [pointer]),
            (self.xcb, "xcb_flush", ctypes.c_int, [pointer]),
            (self.xcb, "xcb_get_file_descriptor", ctypes.c_int, [pointer]),
            (self.xcb, "xcb_get_setup", pointer, [pointer]),
            (self.xcb, "xcb_setup_roots_iterator", _ScreenIterator, [pointer]),
            (self.xcb, "xcb_poll_for_event", pointer, [pointer]),
            (self.xcb, "xcb_request_check", pointer, [pointer, _Cookie]),
            (self.xcb, "xcb_grab_key_checked", _Cookie, [pointer, byte, long, word, byte, byte, byte]),
            (self.xcb, "xcb_ungrab_key", _Cookie, [pointer, byte, long, word]),
            (self.xcb, "xcb_get_modifier_mapping", _Cookie, [pointer]),
            (self.xcb, "xcb_get_modifier_mapping_reply", pointer, [pointer, _Cookie, pointer]),
            (self.keysyms, "xcb_key_symbols_alloc", pointer, [pointer]),
            (self.keysyms, "xcb_key_symbols_free", None, [pointer]),
            (self.keysyms, "xcb_key_symbols_get_keycode", bytes_, [pointer, long]),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments


class Connection:
    """A connection to the X server in ``DISPLAY``. Raises ``Unreachable`` when it cannot be made."""

    def __init__(self) -> None:
        self._x = _Libraries()
        self._connection: Any = self._x.xcb.xcb_connect(None, None)
        self._symbols: Any = None
        if self.broken:
            self.close()
            raise Unreachable
        self._root = self._x.xcb.xcb_setup_roots_iterator(self._x.xcb.xcb_get_setup(self._connection)).root[0]
        self.learn_keys()

    @property
    def broken(self) -> bool:
        """Whether the X server has hung up."""
        return bool(self._x.xcb.xcb_connection_has_error(self._connection))

    def fileno(self) -> int:
        """What becomes readable when there are events."""
        return int(self._x.xcb.xcb_get_file_descriptor(self._connection))

    def close(self) -> None:
        """Hang up; the server gives back all that was taken."""
        if self._symbols is not None:
            self._x.keysyms.xcb_key_symbols_free(self._symbols)
            self._symbols = None
        self._x.xcb.xcb_disconnect(self._connection)

    def learn_keys(self) -> None:
        """Ask anew which keys there are and what they mean."""
        if self._symbols is not None:
            self._x.keysyms.xcb_key_symbols_free(self._symbols)
        self._symbols = self._x.keysyms.xcb_key_symbols_alloc(self._connection)

    def keycodes(self, keysym: int) -> list[int]:
        """The keys that stand for ``keysym`` in any of the layouts in use."""
        found = self._x.keysyms.xcb_key_symbols_get_keycode(self._symbols, keysym)
        if not found:
            return []
        codes: list[int] = []
        while code := found[len(codes)]:  # the list ends with a zero
            codes.append(int(code))
        self._x.free(found)
        return codes

    def modifiers(self) -> list[list[int]]:
        """The keys of each of the eight modifiers, Shift and Lock first."""
        cookie = self._x.xcb.xcb_get_modifier_mapping(self._connection)
        reply = self._x.xcb.xcb_get_modifier_mapping_reply(self._connection, cookie, None)
        if not reply:
            return [[] for _each in range(8)]
        count = ctypes.string_at(reply, 2)[1]
        keys = ctypes.string_at(reply + _REPLY_HEAD, 8 * count)
        self._x.free(reply)
        return [[key for key in keys[at : at + count] if key] for at in range(0, 8 * count, count or 1)]

    def grab(self, combinations: Iterable[tuple[int, int]]) -> bool:
        """Take every (keycode, modifiers), or none of them when another program has one."""
        wanted = list(combinations)
        asked = [
            self._x.xcb.xcb_grab_key_checked(self._connection, 0, self._root, state, code, _ASYNC, _ASYNC)
            for code, state in wanted
        ]
        errors = [self._x.xcb.xcb_request_check(self._connection, cookie) for cookie in asked]
        for error in filter(None, errors):
            self._x.free(error)
        if any(errors) or self.broken:
            self.ungrab(each for each, error in zip(wanted, errors, strict=True) if not error)
            return False
        return True

    def ungrab(self, combinations: Iterable[tuple[int, int]]) -> None:
        """Give back every (keycode, modifiers)."""
        for code, state in combinations:
            self._x.xcb.xcb_ungrab_key(self._connection, code, self._root, state)
        self._x.xcb.xcb_flush(self._connection)

    def events(self) -> list[KeyEvent | LayoutEvent]:
        """What has come since this was last asked; never waits."""
        came: list[KeyEvent | LayoutEvent] = []
        while event := self._x.xcb.xcb_poll_for_event(self._connection):
            read = _KeyEvent.from_address(event)
            kind = read.type & 0x7F  # the eighth bit: sent by another client
            if kind in (KEY_PRESS, KEY_RELEASE) and kind == read.type:
                came.append(KeyEvent(kind == KEY_PRESS, read.detail, read.state, read.time))
            elif kind == MAPPING_NOTIFY:
                came.append(LayoutEvent())
            self._x.free(event)
        return came
