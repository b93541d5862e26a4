"""What the running program can say for ``kohtaava doctor``: one small function for each row, and the list of them."""

import os
import platform
from collections.abc import Callable
from dataclasses import dataclass

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from kohtaava_desktop.control.report import Row, State
from kohtaava_desktop.i18n import _, desktop_texts
from kohtaava_desktop.integration.wayland import in_wayland, session_remark
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.ui.desktop.global_shortcuts import COMMANDS
from kohtaava_desktop.ui.overlay import Overlay


@dataclass(frozen=True, slots=True)
class Around:
    """What the rows are about.

    ``shortcuts`` are set, ``troubles`` tell of those refused; ``tray``: an icon is wanted; ``shown``: why shared
    screens show the overlay against the setting.
    """

    overlay: Overlay
    settings: Settings
    shortcuts: int
    troubles: tuple[str, ...]
    tray: bool
    shown: str | None


def examine(around: Around) -> list[Row]:
    """All rows."""
    return [look(around) for look in LOOKS]


def qt(_around: Around) -> Row:
    """The versions that a report of a fault should name."""
    return Row("qt", State.OK, f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {pyside_version}")


def session(_around: Around) -> Row:
    """Which kind of session the program runs in."""
    name = QGuiApplication.platformName()
    remark = session_remark(os.environ)
    if remark is not None:
        return Row("session", State.OK if name == "xcb" else State.WARNING, remark)
    known = {"xcb": "X11", "windows": "Windows"}
    sentence = _("The session is {name}.").format(name=known.get(name, name))
    return Row("session", State.OK if name in known else State.WARNING, sentence)


def screens(_around: Around) -> Row:
    """How large each screen is, in its own pixels, and its scaling; no maker and no serial number."""
    sizes = [
        f"{round(each.size().width() * ratio)} × {round(each.size().height() * ratio)} ({round(ratio * 100)} %)"
        for each in QGuiApplication.screens()
        for ratio in [each.devicePixelRatio()]
    ]
    return Row("screens", State.OK if sizes else State.WARNING, _("Screens: {sizes}.").format(sizes=", ".join(sizes)))


def compositor(around: Around) -> Row:
    """Whether the overlay can be translucent."""
    if around.overlay.translucent:
        return Row("compositor", State.OK, _("Windows can be translucent."))
    plain = _("No compositor runs: corners are cut, and the opacity of the overlay has no effect.")
    wanted = around.settings.number("opacity") < 100
    return Row("compositor", State.WARNING if wanted else State.OK, plain)


def capture(around: Around) -> Row:
    """Whether shared screens show the overlay."""
    if around.shown is not None:
        return Row("capture", State.WARNING, around.shown)
    if around.settings.switch("hide_from_capture"):
        return Row("capture", State.OK, _("Shared screens do not show the overlay."))
    return Row("capture", State.OK, _("Shared screens may show the overlay; the setting for that is off."))


def fonts(around: Around) -> Row:
    """Whether the client card can be written in all its languages."""
    from kohtaava_desktop.ui.cards.client_card import without_letters

    missing = without_letters(around.overlay.font())
    if missing:
        sentence = _("This computer has no letters for the client card in: {languages}.")
        return Row("fonts", State.WARNING, sentence.format(languages=", ".join(missing)))
    return Row("fonts", State.OK, _("There are letters for the client card in all its languages."))


def tray(around: Around) -> Row:
    """Whether the icon beside the clock can be there."""
    if not around.tray:
        return Row("tray", State.OK, _("The icon beside the clock is switched off in the settings."))
    from kohtaava_desktop.ui.desktop.tray import is_available

    if is_available():
        return Row("tray", State.OK, _("The icon stands beside the clock."))
    sentence = _("This desktop has no place for the icon beside the clock; it appears when there is one.")
    return Row("tray", State.WARNING, sentence)


def shortcuts(around: Around) -> Row:
    """Whether the shortcuts that are set work everywhere."""
    if not around.shortcuts:
        return Row("shortcuts", State.OK, _("No shortcut that works everywhere is set."))
    if around.troubles:
        return Row("shortcuts", State.WARNING, " ".join(around.troubles))
    if in_wayland(os.environ):
        return Row("shortcuts", State.WARNING, desktop_texts.only_x11(COMMANDS["shortcut_up"]))
    return Row("shortcuts", State.OK, _("All shortcuts that are set work everywhere."))


LOOKS: tuple[Callable[[Around], Row], ...] = (qt, session, screens, compositor, capture, tray, shortcuts, fonts)
