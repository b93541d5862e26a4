"""Start at sign-in: one entry where the desktop looks for such, in the folder or the registry of this user.

An entry that is not ours is never changed: one that the user has copied there, or one of the organisation's. What the
user has switched off in the system's own settings stays off until the setting here is changed.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum, auto
from pathlib import Path
from typing import Protocol


class State(StrEnum):
    """What there is to find."""

    OFF = auto()
    ON = auto()
    SWITCHED_OFF = auto()  # there is an entry, but the system's own settings say that it does not start
    BY_OTHERS = auto()  # an organisation, or the user by hand
    NOT_HERE = auto()  # the program's files have been moved: it leaves the desktop as it is


class Autostart(Protocol):
    """The entry of this user. All methods touch a disk or the registry, and raise ``OSError``."""

    def state(self) -> State:
        """What there is now."""

    def change(self, on: bool | None) -> None:
        """Make it so: on, off even where the organisation's entry says on, or ``None``: nothing of ours."""

    def verify(self, on: bool | None) -> None:
        """After a start: mend an entry that leads elsewhere, such as to where the program was before a move.

        It is never made anew here where the user has taken it away, nor switched on where it is switched off.
        """


def own_command(program: str | None = None) -> list[str]:
    """The words that start the window program as it is installed here. ``program`` is what was started now."""
    if appimage := os.environ.get("APPIMAGE"):
        return [appimage]
    name = "kohtaava-desktop" + (".exe" if sys.platform == "win32" else "")
    started = _absolute(sys.argv[0] if program is None else program)
    for place in (started, Path(sys.executable).parent / name):  # in a bundle, kohtaava lies beside it
        if place.name == name and place.is_file():
            return [str(place)]
    if getattr(sys, "frozen", False):
        return [sys.executable]
    found = shutil.which(name)
    return [str(_absolute(found))] if found else [sys.executable, "-m", "kohtaava_desktop"]


def _absolute(path: str) -> Path:
    """``path`` from the root; as it is, where the folder in which we were started has been removed since."""
    try:
        return Path(path).absolute()
    except OSError:
        return Path(path)


def own_autostart(command: Sequence[str] | None = None) -> Autostart:
    """The entry for this user on this system, which starts ``command``.

    ``KOHTAAVA_CONFIG_DIR`` and ``KOHTAAVA_DATA_DIR`` mean a portable or a tried-out program: a start at sign-in would
    not know of them, so the desktop is left alone; unless ``XDG_CONFIG_HOME`` moves the desktop's folder as well.
    """
    moved = bool(os.environ.get("KOHTAAVA_CONFIG_DIR") or os.environ.get("KOHTAAVA_DATA_DIR"))
    words = own_command() if command is None else list(command)
    if sys.platform == "win32":
        from kohtaava_desktop.integration.autostart_windows import RunEntry

        return Nowhere() if moved else RunEntry(words)
    from kohtaava_desktop.integration.autostart_linux import DesktopEntry

    config = os.environ.get("XDG_CONFIG_HOME", "")
    if moved and not config.startswith("/"):
        return Nowhere()
    try:
        home = Path(config) if config.startswith("/") else Path.home() / ".config"
    except RuntimeError:  # a user whom the system does not know, and no HOME
        return Nowhere()
    shared = (os.environ.get("XDG_CONFIG_DIRS") or "/etc/xdg").split(":")
    return DesktopEntry(home / "autostart", [Path(each) / "autostart" for each in shared if each], words)


class Nowhere:
    """No entry, and none is made."""

    def state(self) -> State:
        """Nothing is looked at."""
        return State.NOT_HERE

    def change(self, on: bool | None) -> None:
        """Nothing is changed."""

    def verify(self, on: bool | None) -> None:
        """Nothing is mended."""
