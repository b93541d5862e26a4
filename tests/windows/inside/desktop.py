"""Runs in Windows' Python, as a program beside the others: what Windows knows of the windows on its desktop.

python.exe desktop.py windows     every visible window as JSON, the topmost first, and which one has the keyboard
python.exe desktop.py text TITLE  what is typed in the window whose title begins with TITLE
python.exe desktop.py hold KEY    take the shortcut Ctrl+Shift+KEY (a number of Windows), say ``held``, and keep it
                                  until the input ends
"""

import ctypes
import json
import sys
from ctypes import wintypes
from typing import Any

assert sys.platform == "win32"

USER32 = ctypes.WinDLL("user32", use_last_error=True)
NEXT, TITLE_LETTERS = 2, 200
GET_TEXT, TEXT_LETTERS = 0x000D, 1000
STYLE = -20  # GWL_EXSTYLE
STYLES = {"topmost": 0x8, "tool": 0x80, "taskbar": 0x40000, "layered": 0x80000, "no-activation": 0x8000000}
CONTROL_SHIFT = 2 | 4

for name in ("GetTopWindow", "GetWindow", "GetForegroundWindow", "FindWindowExW"):
    getattr(USER32, name).restype = wintypes.HWND
USER32.GetWindow.argtypes = [wintypes.HWND, wintypes.UINT]
USER32.FindWindowExW.argtypes = [wintypes.HWND, wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR]
USER32.SendMessageW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPVOID]
USER32.SetProcessDpiAwarenessContext.argtypes = [wintypes.HANDLE]
for name in ("IsWindowVisible", "GetWindowTextW", "GetWindowRect", "GetWindowLongW", "GetDpiForWindow"):
    getattr(USER32, name).argtypes = {
        "GetWindowTextW": [wintypes.HWND, wintypes.LPWSTR, ctypes.c_int],
        "GetWindowRect": [wintypes.HWND, ctypes.POINTER(wintypes.RECT)],
        "GetWindowLongW": [wintypes.HWND, ctypes.c_int],
    }.get(name, [wintypes.HWND])


def title(window: int) -> str:
    text = ctypes.create_unicode_buffer(TITLE_LETTERS)
    USER32.GetWindowTextW(window, text, TITLE_LETTERS)
    return text.value


def described(window: int) -> dict[str, Any]:
    place = wintypes.RECT()
    USER32.GetWindowRect(window, ctypes.byref(place))
    style = USER32.GetWindowLongW(window, STYLE)
    return {
        "title": title(window),
        "place": [place.left, place.top, place.right - place.left, place.bottom - place.top],
        "styles": [name for name, bit in STYLES.items() if style & bit],
        "dpi": USER32.GetDpiForWindow(window),
        "keyboard": window == USER32.GetForegroundWindow(),
    }


def visible() -> list[int]:
    found, window = [], USER32.GetTopWindow(None)
    while window:
        if USER32.IsWindowVisible(window):
            found.append(window)
        window = USER32.GetWindow(window, NEXT)
    return found


def typed(beginning: str) -> str:
    window = next(each for each in visible() if title(each).startswith(beginning))
    text = ctypes.create_unicode_buffer(TEXT_LETTERS)
    USER32.SendMessageW(USER32.FindWindowExW(window, None, "Edit", None), GET_TEXT, TEXT_LETTERS, text)
    return text.value


def hold(key: int) -> None:
    if not USER32.RegisterHotKey(None, 1, CONTROL_SHIFT, key):
        raise ctypes.WinError(ctypes.get_last_error())
    print("held", flush=True)
    sys.stdin.read()


USER32.SetProcessDpiAwarenessContext(-4)  # pixels as they are on the screen
if sys.argv[1] == "windows":
    print(json.dumps([described(each) for each in visible()]))
elif sys.argv[1] == "text":
    print(json.dumps(typed(sys.argv[2])))
else:
    hold(int(sys.argv[2]))
