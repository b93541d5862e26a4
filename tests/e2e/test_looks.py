"""Colours that follow the desktop, and every size that a screen can ask for."""

import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kohtaava_desktop.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Palette
from tests.e2e.desk import LINE, LIVELY, Desk
from tests.e2e.screen import HEIGHT, WIDTH, Screen, end, until

SYSTEM_PYTHON = "/usr/bin/python3"
PORTAL = Path(__file__).with_name("portal.py")


@pytest.fixture(params=["GNOME", "KDE", ""], ids=["GNOME", "KDE", "none"])
def prefer(request: pytest.FixtureRequest, screen: Screen, desk: Desk) -> Iterator[Callable[[int, int], None]]:
    """A desktop of some name with a portal; tells it what to prefer: colours (1 dark, 2 light), contrast (1 high)."""
    address = screen.start_bus()
    desk.surroundings |= {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_CURRENT_DESKTOP": request.param}
    portal = subprocess.Popen(
        [SYSTEM_PYTHON, str(PORTAL)],
        env={**screen.environment(), "DBUS_SESSION_BUS_ADDRESS": address},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert portal.stdin is not None
    assert portal.stdout is not None
    assert portal.stdout.readline() == b"ready\n", "python3-gi is missing; `make test` installs it"

    def tell(colour: int, contrast: int) -> None:
        assert portal.stdin is not None
        assert portal.stdout is not None
        portal.stdin.write(f"{colour} {contrast}\n".encode())
        portal.stdin.flush()
        assert portal.stdout.readline() == b"done\n"

    yield tell
    portal.stdin.close()
    portal.stdout.close()
    desk.close()
    end(portal)


def await_ground(desk: Desk, palette: Palette) -> None:
    """Wait until the overlay stands in the colours of ``palette``."""
    window = desk.overlay()
    where = window.x + window.w // 2, window.y + 5
    until(f"the ground {palette.panel}", lambda: desk.screen.colour(*where) == palette.panel)


def test_the_desktops_colours_and_contrast_are_followed_at_once(desk: Desk, prefer: Callable[[int, int], None]) -> None:
    """As they are at the start, and whenever they change, without a restart."""
    prefer(1, 0)
    desk.start()
    await_ground(desk, DARK)
    for colour, contrast, palette in ((1, 1, CONTRAST_DARK), (2, 1, CONTRAST_LIGHT), (2, 0, LIGHT), (1, 0, DARK)):
        prefer(colour, contrast)
        await_ground(desk, palette)
    desk.quit()


def test_a_chosen_theme_stays(desk: Desk, prefer: Callable[[int, int], None]) -> None:
    """Whatever the desktop prefers."""
    desk.settings(theme="contrast-light")
    prefer(1, 0)
    desk.start()
    await_ground(desk, CONTRAST_LIGHT)
    prefer(1, 1)
    desk.tell("start")
    await_ground(desk, CONTRAST_LIGHT)
    desk.quit()


@pytest.mark.parametrize("scale", [1, 1.25, 1.5, 2, 3])
@pytest.mark.parametrize("size", ["small", "large"])
def test_at_every_scale_nothing_is_cut_off(desk: Desk, scale: float, size: str) -> None:
    """From 100 to 300 %: its right size, wholly on the screen, its edge on all four sides, step up at its place."""
    desk.settings(size=size, theme="contrast-light", announcement_seconds=120, summary_seconds=120)
    desk.surroundings["QT_SCALE_FACTOR"] = str(scale)
    desk.start(speed=LIVELY)
    x, y = desk.up()
    for expected in ({"view": "announcement"}, {"view": "open"}, {"stage": "guidance"}, {"stage": "advice"}):
        desk.tap(x, y)
        desk.await_status(**expected)
        check_whole(desk, scale, size)
    desk.quit()


def check_whole(desk: Desk, scale: float, size: str) -> None:
    """Nothing of the overlay is beyond the screen or its own window."""
    window = desk.overlay()
    wide = 344 * {"small": 1.0, "large": 1.4}[size] * scale
    assert window.w == pytest.approx(wide, abs=2 * scale)
    assert window.h > LINE * scale * 0.5
    assert window.x >= 0
    assert window.x + window.w <= WIDTH
    assert window.y >= 0
    assert window.y + window.h <= HEIGHT
    x, y = window.middle
    right, bottom = window.x + window.w - 1, window.y + window.h - 1
    for where in ((window.x, y), (right, y), (x, window.y), (x, bottom)):
        until(f"an edge at {where}", partial(is_dark, desk, where))


def is_dark(desk: Desk, where: tuple[int, int]) -> bool:
    """Whether an edge is at this point."""
    shade = desk.screen.colour(*where)
    return shade != "" and int(shade[1:3], 16) < 160
