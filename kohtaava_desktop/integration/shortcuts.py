"""Shortcuts that work whichever program has the keyboard: what every system offers for them, and which one this is."""

import os
import sys
from asyncio import AbstractEventLoop
from collections.abc import Callable
from enum import StrEnum, auto
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication


class Reason(StrEnum):
    """Why a shortcut could not be taken."""

    TAKEN = auto()  # another program, or the desktop itself, has it
    NO_KEY = auto()  # no key of this keyboard stands for it
    UNAVAILABLE = auto()  # this session lets no program have any


class Refused(Exception):
    """The shortcut was not taken; nothing else has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class Shortcut(Protocol):
    """A key with the modifiers held, by the names that ``settings.shortcut`` gives them."""

    @property
    def modifiers(self) -> tuple[str, ...]: ...
    @property
    def key(self) -> str: ...


class Taker(Protocol):
    """Takes shortcuts from the system. A key that is held down counts once."""

    def take(self, shortcut: Shortcut, pressed: Callable[[], None]) -> None:
        """Call ``pressed`` from now on when ``shortcut`` is pressed anywhere; raises ``Refused``."""

    def release_all(self) -> None:
        """Let other programs have all of them again."""

    def close(self) -> None:
        """Release all and let go of the system; nothing can be taken afterwards."""


def system_taker(app: "QCoreApplication", loop: AbstractEventLoop, keys_moved: Callable[[], None]) -> Taker:
    """The taker for this system; raises ``Refused`` where there is none.

    ``keys_moved`` is called when the keyboard's layout has changed so that what was taken lies elsewhere now.
    """
    if sys.platform == "win32":
        from kohtaava_desktop.integration.shortcuts_windows import WindowsTaker

        return WindowsTaker(app)
    if os.environ.get("DISPLAY"):
        from kohtaava_desktop.integration.shortcuts_x11 import X11Taker, connect

        return X11Taker(connect(), loop, keys_moved)
    raise Refused(Reason.UNAVAILABLE)
