"""libxcb by ctypes: what every connection of ours begins and ends with. Qt's own X11 platform has loaded it already."""

import ctypes
from collections.abc import Iterable
from functools import cache
from typing import Any

POINTER, BYTE, SHORT, LONG = ctypes.c_void_p, ctypes.c_uint8, ctypes.c_uint16, ctypes.c_uint32
ANSWER_HEAD = 32  # bytes of an answer before its list

Call = tuple[str, Any, list[Any]]
"""The name of a function without ``xcb_``, the type of its result, the types of what it takes."""


class Cookie(ctypes.Structure):
    """Stands for an answer to come."""

    _fields_ = (("sequence", ctypes.c_uint),)


class _Screens(ctypes.Structure):
    _fields_ = (("root", ctypes.POINTER(LONG)), ("rem", ctypes.c_int), ("index", ctypes.c_int))


_ALWAYS: tuple[Call, ...] = (
    ("connect", POINTER, [ctypes.c_char_p, POINTER]),
    ("connection_has_error", ctypes.c_int, [POINTER]),
    ("disconnect", None, [POINTER]),
    ("get_setup", POINTER, [POINTER]),
    ("setup_roots_iterator", _Screens, [POINTER]),
)


def libxcb(calls: Iterable[Call]) -> Any:
    """The library, for ``calls`` and for connections; raises ``OSError`` where there is none."""
    return library("libxcb.so.1", (*_ALWAYS, *calls))


def library(name: str, calls: Iterable[Call]) -> Any:
    """The library ``name`` with the types of ``calls``; raises ``OSError`` where there is none."""
    loaded = ctypes.CDLL(name)
    for call, result, arguments in calls:
        function = getattr(loaded, f"xcb_{call}")
        function.restype, function.argtypes = result, arguments
    return loaded


def root_of(xcb: Any, connection: Any) -> Any:
    """The root window of the first screen."""
    return xcb.xcb_setup_roots_iterator(xcb.xcb_get_setup(connection)).root[0]


def free(answer: Any) -> None:
    """Give back the memory of an answer."""
    _free()(answer)


@cache
def _free() -> Any:
    function = ctypes.CDLL(None).free
    function.argtypes, function.restype = [POINTER], None
    return function
