"""What the overlay asks of the desktop it stands on: one interface, one module per system behind it."""

from collections.abc import Callable
from enum import StrEnum, auto
from typing import NamedTuple, Protocol


class Side(StrEnum):
    """The edge of the whole desktop that a panel keeps for itself."""

    LEFT = auto()
    RIGHT = auto()
    TOP = auto()
    BOTTOM = auto()


class Reserved(NamedTuple):
    """A rectangle along ``side`` that belongs to a panel, in the desktop's own pixels."""

    side: Side
    x: int
    y: int
    w: int
    h: int


class Desktop(Protocol):
    """A desktop. Windows are named by the numbers that the system knows them by."""

    def composited(self) -> bool:
        """Whether windows can be translucent; without it, round corners are cut and opacity has no effect."""

    def before_show(self, window: int, /) -> None:
        """``window`` is about to be shown: have it on all virtual desktops and in no task bar, where that is asked."""

    def keep_out_of_capture(self, window: int, on: bool, /) -> str | None:
        """Keep ``window`` out of pictures and recordings of the screen, or not; why not, where that fails.

        The system forgets it when a window is hidden.
        """

    def keyboard_for_menu(self, window: int, /) -> Callable[[], None] | None:
        """Where a menu of ``window`` must be activated to have the keyboard: what is to be called once it has gone."""

    def reserved(self) -> tuple[Reserved, ...]:
        """What panels keep for themselves, where Qt does not tell; none where it does."""


class PlainDesktop:
    """A desktop of which nothing more is known than Qt tells."""

    def composited(self) -> bool:
        """Qt paints translucent windows by itself."""
        return True

    def before_show(self, _window: int) -> None:
        """Nothing to do."""

    def keep_out_of_capture(self, _window: int, on: bool) -> str | None:
        """Not here."""
        return _only_windows() if on else None

    def keyboard_for_menu(self, _window: int) -> Callable[[], None] | None:
        """Menus take the keyboard by themselves, and give it back."""
        return None

    def reserved(self) -> tuple[Reserved, ...]:
        """Qt knows."""
        return ()


def desktop_of(platform: str) -> Desktop:
    """The desktop behind Qt's ``platform``, which is ``xcb``, ``windows`` or another."""
    if platform == "xcb":
        from kohtaava_desktop.integration.x11 import X11Desktop

        return X11Desktop()
    if platform == "windows":
        from kohtaava_desktop.integration.windows import WindowsDesktop

        return WindowsDesktop()
    return PlainDesktop()


def _only_windows() -> str:
    from kohtaava_desktop.i18n import _

    return _("only Windows can do that")
