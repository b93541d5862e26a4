"""Wayland: only X11 lets a window stay on top and keep its place; XWayland gives us that in a Wayland session."""

import sys
from collections.abc import Mapping, MutableMapping


def in_wayland(environment: Mapping[str, str]) -> bool:
    """Whether this is a Wayland session, in which X11 hears of a key only while an X11 program has the keyboard."""
    return sys.platform == "linux" and bool(environment.get("WAYLAND_DISPLAY"))


def prefer_x11(environment: MutableMapping[str, str]) -> None:
    """Have Qt start as an X11 program in a Wayland session that has an X server; the user's own choice stays."""
    if in_wayland(environment) and environment.get("DISPLAY"):
        environment.setdefault("QT_QPA_PLATFORM", "xcb")


def session_remark(environment: Mapping[str, str]) -> str | None:
    """What a Wayland session means for the overlay, for ``kohtaava doctor``; nothing outside of one."""
    from kohtaava_desktop.i18n import _

    if not in_wayland(environment):
        return None
    platform = environment.get("QT_QPA_PLATFORM") or ("xcb" if environment.get("DISPLAY") else "wayland")
    if platform.startswith("xcb"):
        return _("Wayland session: runs as an X11 program (XWayland), which can stay on top and keep its place.")
    return _("Wayland session without XWayland: the overlay can neither stay on top nor keep its place.")
