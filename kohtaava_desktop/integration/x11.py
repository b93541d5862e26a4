"""X11: what Qt does not tell of the desktop, asked over a connection of our own that lasts for one question.

A window that has gone meanwhile is no answer, and never an error.
"""

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep
from typing import Any

from kohtaava_desktop.integration.desktop import PlainDesktop, Reserved, Side
from kohtaava_desktop.integration.wayland import in_wayland
from kohtaava_desktop.integration.xcb import (
    ANSWER_HEAD,
    BYTE,
    LONG,
    POINTER,
    SHORT,
    Call,
    Cookie,
    free,
    libxcb,
    root_of,
)

ALL_DESKTOPS = 0xFFFFFFFF
STATES = ("_NET_WM_STATE_STICKY", "_NET_WM_STATE_SKIP_TASKBAR", "_NET_WM_STATE_SKIP_PAGER")
MOST_WORDS = 65_536  # of a property; a list of windows is far shorter
MOST_WINDOWS = 2_000  # looked at for panels
MOST_LOOKS, SECONDS_BETWEEN_LOOKS = 60, 0.003  # a window manager takes 1 to 10 ms, or does not answer at all
_REPLACE, _APPEND = 0, 2
_ANY, _ATOM, _CARDINAL = 0, 4, 6


_ASKED = ("intern_atom", "get_selection_owner", "get_geometry", "get_property")
_CALLS: tuple[Call, ...] = (
    ("change_property", Cookie, [POINTER, BYTE, LONG, LONG, LONG, BYTE, LONG, POINTER]),
    ("intern_atom", Cookie, [POINTER, BYTE, SHORT, ctypes.c_char_p]),
    ("get_selection_owner", Cookie, [POINTER, LONG]),
    ("get_geometry", Cookie, [POINTER, LONG]),
    ("get_property", Cookie, [POINTER, BYTE, LONG, LONG, LONG, LONG, LONG]),
    *((f"{name}_reply", POINTER, [POINTER, Cookie, POINTER]) for name in _ASKED),
)


class X11Desktop(PlainDesktop):
    """The desktop on the X screen in ``DISPLAY``. Where it does not answer, less is done and nothing fails."""

    def composited(self) -> bool:
        """Whether a compositing manager runs; in a Wayland session one always does."""
        if in_wayland(os.environ):
            return True
        with _connection() as x:
            return x is not None and x.owner("_NET_WM_CM_S0") != 0

    def before_show(self, window: int) -> None:
        """On all virtual desktops and in no task bar; a window manager takes all of it off a window that is hidden.

        Some go by the desktop for it, others by the state. Of a window that has been hidden just now it is waited, for
        a moment, until the window manager has let it go: what is said before is taken off with the rest.
        """
        with _connection() as x:
            if x is not None:
                for _time in range(MOST_LOOKS):
                    if not any(x.numbers(window, "WM_STATE")[:1]):
                        break
                    sleep(SECONDS_BETWEEN_LOOKS)
                x.change(window, "_NET_WM_DESKTOP", _CARDINAL, ALL_DESKTOPS)
                there = x.numbers(window, "_NET_WM_STATE")
                for state in map(x.atom, STATES):
                    if state not in there:
                        x.change(window, "_NET_WM_STATE", _ATOM, state, append=True)

    def reserved(self) -> tuple[Reserved, ...]:
        """The struts of all panels. With several monitors Qt takes each monitor for free of panels."""
        with _connection() as x:
            if x is None:
                return ()
            width, height = x.size()
            panels = (x.numbers(window, "_NET_WM_STRUT_PARTIAL") for window in x.windows())
            return tuple(each for numbers in panels for each in struts(numbers, width, height))


def struts(numbers: tuple[int, ...], width: int, height: int) -> Iterator[Reserved]:
    """What ``_NET_WM_STRUT_PARTIAL`` says on a desktop of ``width`` by ``height``; nothing if it is malformed."""
    if len(numbers) != 12:
        return
    left, right, top, bottom, *spans = numbers
    (l1, l2), (r1, r2), (t1, t2), (b1, b2) = ((spans[i], spans[i + 1] - spans[i] + 1) for i in range(0, 8, 2))
    for each in (
        Reserved(Side.LEFT, 0, l1, left, l2),
        Reserved(Side.RIGHT, width - right, r1, right, r2),
        Reserved(Side.TOP, t1, 0, t2, top),
        Reserved(Side.BOTTOM, b1, height - bottom, b2, bottom),
    ):
        if 0 < each.w <= width and 0 < each.h <= height:
            yield each


@contextmanager
def _connection() -> Iterator["_Connection | None"]:
    """A connection for as long as it is needed; ``None`` where there is no X server or no libxcb."""
    library = _library() if os.environ.get("DISPLAY") else None
    if library is None:
        yield None
        return
    handle = library.xcb_connect(None, None)
    try:
        yield None if library.xcb_connection_has_error(handle) else _Connection(library, handle)
    finally:
        library.xcb_disconnect(handle)


class _Connection:
    """The questions and answers themselves."""

    def __init__(self, library: Any, handle: Any) -> None:
        self._xcb, self._handle = library, handle
        self._root = root_of(library, handle)

    def owner(self, selection: str) -> int:
        """The window that has ``selection``; 0 for none."""
        answer = self._ask("xcb_get_selection_owner", self.atom(selection))
        return struct.unpack_from("=I", answer, 8)[0] if answer else 0

    def size(self) -> tuple[int, int]:
        """The size of the whole desktop now."""
        answer = self._ask("xcb_get_geometry", self._root)
        width, height = struct.unpack_from("=HH", answer, 16) if answer else (0, 0)
        return width, height

    def windows(self) -> tuple[int, ...]:
        """The windows that the window manager manages, panels among them."""
        return self.numbers(self._root, "_NET_CLIENT_LIST")[:MOST_WINDOWS]

    def numbers(self, window: int, name: str) -> tuple[int, ...]:
        """The property ``name`` of ``window``; empty when it has none."""
        answer = self._ask("xcb_get_property", 0, window, self.atom(name), _ANY, 0, MOST_WORDS, values=True)
        if len(answer) < ANSWER_HEAD or answer[1] != 32:
            return ()
        return struct.unpack_from(f"={struct.unpack_from('=I', answer, 16)[0]}I", answer, ANSWER_HEAD)

    def change(self, window: int, name: str, kind: int, value: int, *, append: bool = False) -> None:
        """Set the property ``name`` of ``window``, or append to it; done when this returns."""
        mode, number = _APPEND if append else _REPLACE, ctypes.c_uint32(value)
        where = ctypes.cast(ctypes.byref(number), ctypes.c_void_p)
        self._xcb.xcb_change_property(self._handle, mode, window, self.atom(name), kind, 32, 1, where)
        self.numbers(window, name)  # once this is answered, whoever looks finds it

    def atom(self, name: str) -> int:
        """The number by which the server knows ``name``."""
        answer = self._ask("xcb_intern_atom", 0, len(name), name.encode())
        return struct.unpack_from("=I", answer, 8)[0] if answer else 0

    def _ask(self, call: str, *arguments: Any, values: bool = False) -> bytes:
        cookie = getattr(self._xcb, call)(self._handle, *arguments)
        answer = getattr(self._xcb, f"{call}_reply")(self._handle, cookie, None)
        if not answer:
            return b""
        more = 4 * struct.unpack_from("=I", ctypes.string_at(answer, 8), 4)[0] if values else 0
        read = ctypes.string_at(answer, ANSWER_HEAD + more)
        free(answer)
        return read


def _library() -> Any:
    """The library with the types of what is called; ``None`` where there is none."""
    try:
        return libxcb(_CALLS)
    except OSError:
        return None
