"""Colours that follow the desktop, and every size that a screen can ask for."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from kohtaava_desktop.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Palette
from tests.e2e.desk import LINE, LIVELY, Desk
from tests.e2e.screen import HEIGHT, WIDTH, Screen, end, until

SYSTEM_PYTHON = "/usr/bin/python3"
PORTAL = Path(__file__).with_name("portal.py")


@contextmanager
def portal_on(screen: Screen, address: str, *preferred: int) -> Iterator[subprocess.Popen[bytes]]:
    """A desktop portal on the bus at ``address``; it has ``preferred`` from the beginning."""
    portal = subprocess.Popen(
        [SYSTEM_PYTHON, str(PORTAL), *map(str, preferred)],
        env={**screen.environment(), "DBUS_SESSION_BUS_ADDRESS": address},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert portal.stdin is not None
    assert portal.stdout is not None
    assert portal.stdout.readline() == b"ready\n", "python3-gi is missing; `make test` installs it"
    try:
        yield portal
    finally:
        portal.stdin.close()
        portal.stdout.close()
        end(portal)


@pytest.fixture
def bus(screen: Screen, desk: Desk) -> str:
    """The address of a bus on which the desk's programs look for a portal."""
    address = screen.start_bus()
    desk.surroundings |= {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_CURRENT_DESKTOP": "GNOME"}
    return address


@pytest.fixture(params=["GNOME", "KDE", ""], ids=["GNOME", "KDE", "none"])
def prefer(
    request: pytest.FixtureRequest, screen: Screen, desk: Desk, bus: str
) -> Iterator[Callable[[int, int], None]]:
    """A desktop of some name with a portal; tells it what to prefer: colours (1 dark, 2 light), contrast (1 high)."""
    desk.surroundings["XDG_CURRENT_DESKTOP"] = request.param
    with portal_on(screen, bus) as portal:

        def tell(colour: int, contrast: int) -> None:
            assert portal.stdin is not None
            assert portal.stdout is not None
            portal.stdin.write(f"{colour} {contrast}\n".encode())
            portal.stdin.flush()
            assert portal.stdout.readline() == b"done\n"

        yield tell
        desk.close()


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


def test_a_portal_that_answers_late_is_heard(desk: Desk, screen: Screen, bus: str) -> None:
    """The first frame does not wait for it."""
    with portal_on(screen, bus, 1, 1) as portal:
        portal.send_signal(signal.SIGSTOP)
        desk.start()
        await_ground(desk, LIGHT)
        portal.send_signal(signal.SIGCONT)
        await_ground(desk, CONTRAST_DARK)
        desk.quit()


def test_a_portal_that_comes_after_the_program_is_heard(desk: Desk, screen: Screen, bus: str) -> None:
    """As at sign-in, and when the desktop starts it anew."""
    desk.surroundings["XDG_CURRENT_DESKTOP"] = ""  # on some of them Qt itself asks, and says that nobody is there
    desk.start()
    await_ground(desk, LIGHT)
    for preferred, palette in (((1, 0), DARK), ((2, 1), CONTRAST_LIGHT)):
        with portal_on(screen, bus, *preferred):
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
