"""What the overlay follows while it runs: the system's colours and contrast, the settings, the screens."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette, QScreen
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.i18n import _
from kohtaava_desktop.integration.desktop import Desktop
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.theme import PALETTES, Palette, qt_palette

if TYPE_CHECKING:
    from kohtaava_desktop.ui.portal import Portal

ENLARGED = {"small": 1.0, "medium": 1.15, "large": 1.4}
"""What the setting ``size`` makes of the size that follows from the system's own font.

Small has text as large as the system's, 9 points at least. The overlay is read from the side, in passing: medium is
large enough for its smallest captions, 7/8 of the text, to have 9 points too.
"""


def palette_for(theme: str, portal: "Portal | None" = None) -> Palette:
    """The colours of ``theme``, one of the words of the setting; ``system`` are those that the system prefers now."""
    return PALETTES.get(theme) or PALETTES[_as_the_system(portal)]


def portal_of_desktop(platform: str, environment: Mapping[str, str]) -> "Portal | None":
    """The desktop portal, where Qt's ``platform`` and the session can have one."""
    bus = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if platform not in ("xcb", "wayland") or not bus or bus.startswith("disabled"):
        return None
    from kohtaava_desktop.ui.portal import Portal

    return Portal()


def wear(palette: Palette) -> None:
    """Menus, dialogs and tool tips in the colours of ``palette``, as the overlay."""
    QApplication.setPalette(qt_palette(palette))


def follow_colours(overlay: Overlay, settings: Settings, portal: "Portal | None" = None) -> None:
    """Overlay, menus and dialogs take the colours that the settings and the system ask for, now and after a change."""

    def take(*_changed: object) -> None:
        palette = palette_for(settings.text("theme"), portal)
        wear(palette)
        overlay.take_palette(palette)

    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(take)
    hints.accessibility().contrastPreferenceChanged.connect(take)
    if portal is not None:
        portal.changed.connect(take)
    settings.listen(lambda names: take() if "theme" in names else None)
    wear(overlay.palette_in_use)


def follow_look(overlay: Overlay, settings: Settings) -> None:
    """Size and opacity as they are set, now and after a change."""

    def opacity() -> float:
        return settings.number("opacity") / 100

    def changed(names: frozenset[str]) -> None:
        if "size" in names:
            overlay.take_size(ENLARGED[settings.text("size")])
        if "opacity" in names:
            overlay.take_opacity(opacity())

    settings.listen(changed)
    overlay.take_opacity(opacity())


class CaptureGuard:
    """Keeps the overlay out of shared screens while that is set.

    From before it is first seen, and again whenever it is shown, because the system forgets it. A failure is said once,
    as soon as there is somebody to say it to.
    """

    def __init__(self, overlay: Overlay, settings: Settings, desktop: Desktop) -> None:
        self._overlay, self._settings, self._desktop = overlay, settings, desktop
        self._failure: str | None = None
        self._say: Callable[[str], None] | None = None
        overlay.about_to_show.connect(self._shown)
        settings.listen(lambda names: self._apply() if "hide_from_capture" in names else None)

    def tell(self, say: Callable[[str], None]) -> None:
        """From now on a failure is said with ``say``; one that was before, at once."""
        self._say = say
        if self._failure is not None:
            say(self._failure)

    @property
    def failure(self) -> str | None:
        """Why shared screens show the overlay though it is to be kept out, in one sentence."""
        return self._failure

    def _shown(self) -> None:
        self._apply()
        if self._settings.switch("hide_from_capture"):
            QTimer.singleShot(0, self._apply)  # and once more when the system has shown it

    def _apply(self) -> None:
        reason = self._desktop.keep_out_of_capture(
            int(self._overlay.winId()), self._settings.switch("hide_from_capture")
        )
        said = _("Shared screens show the overlay: {reason}.").format(reason=reason) if reason else None
        if said is not None and said != self._failure and self._say is not None:
            self._say(said)
        self._failure = said


def on_all_desktops(overlay: Overlay, desktop: Desktop) -> None:
    """The overlay stands on every virtual desktop, whenever it is shown."""
    overlay.about_to_show.connect(lambda: desktop.before_show(int(overlay.winId())))


def follow_screens(overlay: Overlay) -> None:
    """The overlay is placed anew when screens come, go or change, and when a panel takes room or gives it back."""
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)

    def place_again(*_changed: object) -> None:
        QTimer.singleShot(0, overlay.place_again)

    def follow(screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(place_again)  # another resolution, or the taskbar moved

    for screen in app.screens():
        follow(screen)
    app.screenAdded.connect(follow)
    for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
        changed.connect(place_again)


def _as_the_system(portal: "Portal | None") -> str:
    hints = QGuiApplication.styleHints()
    dark = hints.colorScheme() is Qt.ColorScheme.Dark
    if hints.colorScheme() is Qt.ColorScheme.Unknown:  # what Windows says while its high contrast is on
        dark = _platform_palette().window().color().lightness() < 128
    strong = hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
    if portal is not None:
        dark, strong = dark if portal.dark is None else portal.dark, strong or portal.strong
    return ("contrast-" if strong else "") + ("dark" if dark else "light")


def _platform_palette() -> QPalette:
    """The colours that the system would give Qt's own widgets, whatever these wear now."""
    worn = QApplication.palette()
    if not QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_SetPalette):
        return worn
    QApplication.setPalette(QPalette())
    plain = QApplication.palette()
    QApplication.setPalette(worn)
    return plain
