"""What the overlay follows while it runs: colours, contrast, size, opacity, and being kept out of shared screens."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QAbstractAnimation, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.views import View
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.ui import follow
from kohtaava_desktop.ui.follow import (
    ENLARGED,
    CaptureGuard,
    follow_colours,
    follow_look,
    palette_for,
    portal_of_desktop,
)
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, PALETTES, Palette, Role
from tests.ui.stage import Stage

if TYPE_CHECKING:
    from kohtaava_desktop.ui.portal import Portal

DARK_SCHEME, LIGHT_SCHEME, NO_SCHEME = Qt.ColorScheme.Dark, Qt.ColorScheme.Light, Qt.ColorScheme.Unknown
STRONG, ORDINARY = Qt.ContrastPreference.HighContrast, Qt.ContrastPreference.NoPreference


class Hints(QObject):
    """The system's hints about looks, changed by a test."""

    colorSchemeChanged = Signal()  # noqa: N815
    contrastPreferenceChanged = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.scheme, self.contrast = LIGHT_SCHEME, ORDINARY

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802
        return self.scheme

    def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802
        return self.contrast

    def accessibility(self) -> "Hints":
        return self

    def styleHints(self) -> "Hints":  # noqa: N802
        return self


@pytest.fixture
def hints(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hints]:
    """In place of the system's; afterwards the application wears its own colours again."""
    hints = Hints()
    monkeypatch.setattr(follow, "QGuiApplication", hints)
    yield hints
    QApplication.setPalette(QPalette())


class Given:
    """Settings that a test changes."""

    def __init__(self, **values: object) -> None:
        self.values = values
        self.settings = Settings([lambda: Layer(Origin.USER, "here", dict(self.values))])

    def change(self, **values: object) -> None:
        self.values |= values
        self.settings.reload()


# colours


@pytest.mark.parametrize(
    ("scheme", "contrast", "palette"),
    [
        (LIGHT_SCHEME, ORDINARY, LIGHT),
        (DARK_SCHEME, ORDINARY, DARK),
        (NO_SCHEME, ORDINARY, LIGHT),
        (LIGHT_SCHEME, STRONG, CONTRAST_LIGHT),
        (DARK_SCHEME, STRONG, CONTRAST_DARK),
    ],
)
def test_as_the_system(hints: Hints, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference, palette: Palette) -> None:
    hints.scheme, hints.contrast = scheme, contrast
    assert palette_for("system") is palette


def test_where_the_system_names_no_scheme_its_own_colours_tell(hints: Hints, monkeypatch: pytest.MonkeyPatch) -> None:
    hints.scheme, hints.contrast = NO_SCHEME, STRONG  # high contrast in Windows
    follow.wear(DARK)  # ours say nothing about the system
    assert palette_for("system") is CONTRAST_LIGHT
    assert QApplication.palette().window().color() == QColor(DARK.panel), "ours are worn again"
    black = QPalette(QColor("#000000"))
    monkeypatch.setattr(follow, "_platform_palette", lambda: black)
    assert palette_for("system") is CONTRAST_DARK


def test_a_chosen_theme_is_the_systems_no_more(hints: Hints) -> None:
    hints.scheme, hints.contrast = DARK_SCHEME, STRONG
    for word, palette in PALETTES.items():
        assert palette_for(word) is palette


def test_the_system_and_the_setting_are_followed_at_once(hints: Hints, stage: Stage) -> None:
    given, overlay = Given(), stage.overlay
    follow_colours(overlay, given.settings)

    def worn() -> list[object]:
        return [overlay.palette_in_use, QApplication.palette().window().color().name().upper()]

    assert worn() == [LIGHT, LIGHT.panel]
    hints.scheme = DARK_SCHEME
    hints.colorSchemeChanged.emit()
    assert worn() == [DARK, DARK.panel]
    hints.contrast = STRONG
    hints.contrastPreferenceChanged.emit()
    assert worn() == [CONTRAST_DARK, CONTRAST_DARK.panel]
    given.change(theme="light")
    assert worn() == [LIGHT, LIGHT.panel]
    hints.scheme = LIGHT_SCHEME
    hints.colorSchemeChanged.emit()
    assert worn() == [LIGHT, LIGHT.panel]
    given.change(theme="system")
    assert worn() == [CONTRAST_LIGHT, CONTRAST_LIGHT.panel]


class FakePortal(QObject):
    """What the desktop portal says, changed by a test."""

    changed = Signal()
    dark: bool | None = None
    strong = False


@pytest.mark.parametrize(
    ("scheme", "dark", "strong", "palette"),
    [
        (LIGHT_SCHEME, None, False, LIGHT),
        (DARK_SCHEME, None, False, DARK),
        (LIGHT_SCHEME, True, False, DARK),  # Qt asks it on some desktops only
        (DARK_SCHEME, False, False, LIGHT),
        (NO_SCHEME, True, True, CONTRAST_DARK),
    ],
)
def test_what_the_portal_says_counts(
    hints: Hints, scheme: Qt.ColorScheme, dark: bool | None, strong: bool, palette: Palette
) -> None:
    portal = FakePortal()
    hints.scheme, portal.dark, portal.strong = scheme, dark, strong
    assert palette_for("system", cast("Portal", portal)) is palette


def test_the_portal_is_followed_at_once(hints: Hints, stage: Stage) -> None:
    portal = FakePortal()
    follow_colours(stage.overlay, Given().settings, cast("Portal", portal))
    portal.dark = True
    portal.changed.emit()
    assert stage.overlay.palette_in_use is DARK


@pytest.mark.parametrize(
    ("platform", "bus"), [("xcb", ""), ("xcb", "disabled:"), ("offscreen", "unix:path=/x"), ("windows", "unix:path=/x")]
)
def test_a_portal_is_not_looked_for_where_there_is_none(platform: str, bus: str) -> None:
    assert portal_of_desktop(platform, {"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {}) is None


# size


def test_sizes_change_at_once_and_step_up_stays(stage: Stage) -> None:
    given, overlay = Given(size="small"), stage.overlay
    follow_look(overlay, given.settings)
    areas = overlay.areas()
    small = overlay.geometry()
    for size in ("medium", "large", "small", "large"):
        given.change(size=size)
        assert overlay.width() == round(small.width() * ENLARGED[size])
        assert overlay.screen().availableGeometry().contains(overlay.geometry())
    assert overlay.areas() == areas
    given.change(size="small")
    assert overlay.geometry() == small


def test_even_the_smallest_text_has_nine_points_at_medium_and_the_text_itself_always() -> None:
    points = {size: {role: role.value[0] * 72 / 96 * by for role in Role} for size, by in ENLARGED.items()}
    assert min(points["medium"].values()) >= 9
    assert min(points["large"].values()) >= 9
    assert points["small"][Role.BODY] == points["small"][Role.BUTTON] == 9
    assert min(points["small"].values()) >= 7.5
    assert list(ENLARGED.values()) == sorted(set(ENLARGED.values()))


# opacity


@pytest.fixture
def faint(stage: Stage) -> Callable[[], float]:
    """The overlay at 60 %; returns how much it covers now."""
    follow_look(stage.overlay, Given(opacity=60).settings)
    return lambda: round(stage.overlay.windowOpacity(), 2)


def test_it_covers_as_set_and_fully_for_whoever_is_here(stage: Stage, faint: Callable[[], float]) -> None:
    assert faint() == 0.6
    stage.overlay.take_pointer(True)
    assert faint() == 1
    stage.overlay.take_pointer(False)
    assert faint() == 0.6
    stage.overlay.take_keyboard()
    assert faint() == 1


def test_it_covers_fully_while_there_is_something_to_read(stage: Stage, faint: Callable[[], float]) -> None:
    stage.tap(Act.START)
    assert (stage.view(), faint()) == (View.ANNOUNCEMENT, 1)
    stage.tap(Act.GOT_IT)
    assert (stage.view(), faint()) == (View.QUIET, 0.6)
    stage.go_to(40)
    assert faint() == 1, "a reminder"
    stage.controller.choose(View.OPEN)
    stage.tap(Act.PUT_OFF)
    assert faint() == 0.6
    for _step in range(3):
        stage.press(Act.STEP_UP)
    stage.press(Act.FINISH)
    assert (stage.view(), faint()) == (View.SUMMARY, 1)


def test_high_contrast_is_never_watered_down(stage: Stage, faint: Callable[[], float]) -> None:
    stage.overlay.take_palette(CONTRAST_DARK)
    assert faint() == 1
    stage.overlay.take_palette(DARK)
    assert faint() == 0.6


def test_opacity_changes_at_once(stage: Stage) -> None:
    given = Given()
    follow_look(stage.overlay, given.settings)
    assert stage.overlay.windowOpacity() == 1
    given.change(opacity=40)
    assert stage.overlay.windowOpacity() == pytest.approx(0.4, abs=0.01)


# kept out of shared screens


class Witness:
    """A desktop that takes note of what is asked of it, and refuses while ``reason`` says why."""

    def __init__(self, reason: str | None = None) -> None:
        self.reason = reason
        self.asked: list[bool] = []

    def composited(self) -> bool:
        return True

    def before_show(self, _window: int) -> None:
        self.asked.clear()

    def keep_out_of_capture(self, _window: int, on: bool) -> str | None:
        self.asked.append(on)
        return self.reason if on else None

    def keyboard_for_menu(self, _window: int) -> None:
        return None

    def reserved(self) -> tuple[()]:
        return ()


@pytest.fixture
def overlay(stage: Stage) -> Overlay:
    stage.overlay.hide()
    return stage.overlay


def test_it_is_kept_out_before_it_is_seen_and_again_each_time(overlay: Overlay, qapp: QApplication) -> None:
    desktop, said = Witness(), list[str]()
    guard = CaptureGuard(overlay, Given(hide_from_capture=True).settings, desktop)
    overlay.painted.connect(lambda: said.append("painted"))
    for _time in range(2):
        overlay.show()
        assert desktop.asked[:1] == [True], "before anybody can see it"
        qapp.processEvents()
        assert desktop.asked == [True, True], "and once more when it is there"
        overlay.hide()
        desktop.asked.clear()
    guard.tell(said.append)
    assert [each for each in said if each != "painted"] == []


def test_unless_it_is_set_the_system_is_not_troubled_twice(overlay: Overlay, qapp: QApplication) -> None:
    desktop = Witness()
    CaptureGuard(overlay, Given().settings, desktop)
    overlay.show()
    qapp.processEvents()
    assert True not in desktop.asked


def test_it_changes_at_once(overlay: Overlay) -> None:
    desktop, given = Witness(), Given()
    CaptureGuard(overlay, given.settings, desktop)
    given.change(hide_from_capture=True)
    given.change(hide_from_capture=False)
    assert desktop.asked == [True, False]


def test_a_failure_is_said_once(overlay: Overlay, qapp: QApplication, in_english: None) -> None:
    desktop, given, said = Witness("Access is denied"), Given(hide_from_capture=True), list[str]()
    guard = CaptureGuard(overlay, given.settings, desktop)
    overlay.show()
    guard.tell(said.append)
    assert said == ["Shared screens show the overlay: Access is denied."]
    for _time in range(3):
        overlay.hide()
        overlay.show()
        qapp.processEvents()
    assert len(said) == 1
    desktop.reason = None
    overlay.hide()
    overlay.show()
    desktop.reason = "Access is denied"
    overlay.hide()
    overlay.show()
    assert len(said) == 2, "it had worked in between"
    given.change(hide_from_capture=False)
    given.change(hide_from_capture=True)
    assert len(said) == 3


# reduced motion


def test_nothing_moves_by_itself(stage: Stage) -> None:
    """Without a tap and until the next minute is due no frame is painted: there is no motion to reduce."""
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.overlay.take_pointer(True)
    stage.app.processEvents()
    frames: list[bool] = []
    stage.overlay.painted.connect(lambda: frames.append(True))
    for _round in range(10):
        stage.app.processEvents()
    assert frames == []
    assert stage.overlay.findChildren(QAbstractAnimation) == []
    assert all(timer.isSingleShot() for timer in stage.overlay.findChildren(QTimer))
