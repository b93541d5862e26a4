"""X11: whether a compositor draws the screen, and with it translucent corners."""

import ctypes
import os


def composited() -> bool:
    """Whether a compositing manager runs on the X screen in use; false where that cannot be told."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        x = ctypes.CDLL("libX11.so.6")
    except OSError:
        return False
    x.XOpenDisplay.restype = ctypes.c_void_p
    x.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x.XInternAtom.restype = ctypes.c_ulong
    x.XGetSelectionOwner.argtypes = [ctypes.c_void_p, ctypes.c_ulong]
    x.XGetSelectionOwner.restype = ctypes.c_ulong
    x.XDefaultScreen.argtypes = [ctypes.c_void_p]
    x.XCloseDisplay.argtypes = [ctypes.c_void_p]
    display = x.XOpenDisplay(None)
    if not display:
        return False
    try:
        name = f"_NET_WM_CM_S{x.XDefaultScreen(display)}".encode()
        return bool(x.XGetSelectionOwner(display, x.XInternAtom(display, name, 0)))
    finally:
        x.XCloseDisplay(display)
