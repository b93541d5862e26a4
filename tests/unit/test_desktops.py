"""What differs from desktop to desktop, without one: what is asked of the system, and how its refusal is told."""

import sys
from dataclasses import dataclass, field

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.integration import wayland
from kohtaava_desktop.integration.desktop import Desktop, PlainDesktop, Reserved, Side, desktop_of
from kohtaava_desktop.integration.windows import EXCLUDED, SHOWN, WindowsDesktop
from kohtaava_desktop.integration.x11 import X11Desktop, struts


@pytest.fixture(autouse=True)
def in_english() -> None:
    i18n.set_language("en")


# Windows


@dataclass
class FakeUser32:
    """Takes note of what is asked; refuses while ``refusing`` says why."""

    refusing: str = ""
    asked: list[tuple[int, int]] = field(default_factory=list)
    in_front: int = 0

    def set_affinity(self, window: int, affinity: int) -> bool:
        self.asked.append((window, affinity))
        return not self.refusing

    def error(self) -> str:
        return self.refusing

    def foreground(self) -> int:
        return self.in_front

    def bring_forward(self, window: int) -> None:
        self.in_front = window


def test_windows_is_asked_to_keep_the_window_out() -> None:
    user32 = FakeUser32()
    desktop = WindowsDesktop(user32)
    assert desktop.keep_out_of_capture(7, True) is None
    assert desktop.keep_out_of_capture(7, True) is None
    assert desktop.keep_out_of_capture(7, False) is None
    assert user32.asked == [(7, EXCLUDED), (7, EXCLUDED), (7, SHOWN)]
    assert (EXCLUDED, SHOWN) == (0x11, 0)


def test_windows_is_not_asked_to_undo_what_was_not_done() -> None:
    user32 = FakeUser32()
    desktop = WindowsDesktop(user32)
    assert desktop.keep_out_of_capture(7, False) is None
    desktop.keep_out_of_capture(7, True)
    desktop.keep_out_of_capture(7, False)
    desktop.keep_out_of_capture(7, False)
    assert user32.asked == [(7, EXCLUDED), (7, SHOWN)]


def test_the_reason_is_that_of_windows() -> None:
    user32 = FakeUser32("The parameter is incorrect")
    desktop = WindowsDesktop(user32)
    assert desktop.keep_out_of_capture(7, True) == "The parameter is incorrect"
    user32.refusing = ""
    assert desktop.keep_out_of_capture(7, True) is None


@pytest.mark.parametrize(
    ("before", "after", "at_last"),
    [(3, 7, 3), (3, 0, 3), (3, 8, 8), (3, 3, 3), (7, 7, 7)],
    ids=["the overlay", "nobody", "a dialog from the menu", "already given back", "the overlay had it"],
)
def test_after_a_menu_the_keyboard_goes_back_where_it_was(before: int, after: int, at_last: int) -> None:
    user32 = FakeUser32(in_front=before)
    give_back = WindowsDesktop(user32).keyboard_for_menu(7)
    assert give_back is not None
    user32.in_front = after
    give_back()
    assert user32.in_front == at_last


# other systems


def test_elsewhere_menus_take_the_keyboard_by_themselves() -> None:
    assert [desktop.keyboard_for_menu(7) for desktop in (PlainDesktop(), X11Desktop())] == [None, None]


def test_elsewhere_it_is_said_that_only_windows_can() -> None:
    for desktop in (PlainDesktop(), X11Desktop()):
        assert desktop.keep_out_of_capture(7, True) == "only Windows can do that"
        assert desktop.keep_out_of_capture(7, False) is None


@pytest.mark.parametrize(
    ("platform", "kind"),
    [("xcb", X11Desktop), ("windows", WindowsDesktop), ("offscreen", PlainDesktop), ("wayland", PlainDesktop)],
)
def test_each_platform_has_its_desktop(platform: str, kind: type[Desktop]) -> None:
    assert type(desktop_of(platform)) is kind


@pytest.mark.skipif(sys.platform == "win32", reason="there is no X11 in Windows")
@pytest.mark.parametrize("display", [None, ":4711", "nonsense"])
def test_without_an_x_server_nothing_fails(monkeypatch: pytest.MonkeyPatch, display: str | None) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    if display is not None:
        monkeypatch.setenv("DISPLAY", display)
    desktop = X11Desktop()
    assert not desktop.composited()
    assert desktop.reserved() == ()
    desktop.before_show(7)


def test_in_a_wayland_session_there_is_always_a_compositor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.delenv("DISPLAY", raising=False)
    assert X11Desktop().composited()


# struts


def test_struts_are_rectangles_along_the_edges() -> None:
    numbers = (0, 0, 30, 40, 0, 0, 0, 0, 0, 1279, 1280, 2559)
    assert list(struts(numbers, 2560, 1080)) == [
        Reserved(Side.TOP, 0, 0, 1280, 30),
        Reserved(Side.BOTTOM, 1280, 1040, 1280, 40),
    ]
    numbers = (60, 50, 0, 0, 100, 199, 0, 1079, 0, 0, 0, 0)
    assert list(struts(numbers, 2560, 1080)) == [
        Reserved(Side.LEFT, 0, 100, 60, 100),
        Reserved(Side.RIGHT, 2510, 0, 50, 1080),
    ]


@pytest.mark.parametrize(
    "numbers",
    [
        (),
        (1, 2, 3, 4),
        (0,) * 12,
        (0, 0, 2**32 - 1, 0, 0, 0, 0, 0, 0, 100, 0, 0),
        (0, 0, 30, 0, 0, 0, 0, 0, 500, 7, 0, 0),
    ],
)
def test_struts_that_are_none_are_passed_over(numbers: tuple[int, ...]) -> None:
    assert list(struts(numbers, 1920, 1080)) == []


# Wayland


@pytest.mark.parametrize(
    ("given", "platform"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "xcb"),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"}, "wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None),
        ({"DISPLAY": ":0"}, None),
        ({}, None),
    ],
)
def test_in_a_wayland_session_it_runs_through_xwayland(given: dict[str, str], platform: str | None) -> None:
    wayland.prefer_x11(given)
    assert given.get("QT_QPA_PLATFORM") == platform


def test_a_wayland_session_is_remarked_on() -> None:
    assert wayland.session_remark({"DISPLAY": ":0"}) is None
    through_x = wayland.session_remark({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"})
    without = wayland.session_remark({"WAYLAND_DISPLAY": "wayland-0"})
    chosen = wayland.session_remark({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"})
    assert through_x is not None
    assert "XWayland" in through_x
    assert without is not None
    assert "neither stay on top" in without
    assert chosen == without
