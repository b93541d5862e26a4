"""The icon beside the clock, in a real system tray; and the program without one."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.e2e.beside import Beside
from tests.e2e.desk import Desk, stages
from tests.e2e.screen import Screen, Window, end, until

HIGH = 32
FIRST_ENTRIES = (12, 50)  # pixels below the top of the menu: where the minutes are told, and the first entry


@contextmanager
def system_tray(screen: Screen) -> Iterator[None]:
    """A panel with a place for icons, in the lower left corner."""
    place = ["--edge", "bottom", "--align", "left", "--expand", "true", "--widthtype", "request"]
    command = ["trayer", *place, "--heighttype", "pixel", "--height", str(HIGH)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=screen.environment(), stdin=quiet, stdout=quiet, stderr=quiet) as child:
        try:
            until("the tray", lambda: panel(screen))
            yield
        finally:
            end(child)


@pytest.fixture
def tray(screen: Screen) -> Iterator[None]:
    with system_tray(screen):
        yield


def panel(screen: Screen) -> str:
    """The window of the panel; empty when there is none. It shows itself with the first icon."""
    return screen.run("xdotool", "search", "--name", "^panel$").strip()


def icons(desk: Desk) -> list[Window]:
    """The program's windows that the panel has taken in."""
    where = panel(desk.screen)
    tree = desk.screen.run("xwininfo", "-id", where, "-tree") if where else ""
    inside = [int(number, 16) for number in re.findall(r'(0x[0-9a-f]+) "kohtaava-desktop"', tree)]
    return [window for number in inside if (window := desk.screen.window(number)) is not None]


def icon(desk: Desk) -> Window:
    """The icon, once it is in the tray and to be seen there: before, a click would miss it."""

    def look() -> Window | None:
        return next((each for each in icons(desk) if painted(picture(desk.screen, each))), None)

    return until("the icon in the tray", look)


def looks(desk: Desk) -> str:
    """What the icon looks like now; empty while there is none."""
    return next((picture(desk.screen, each) for each in icons(desk)), "")


def picture(screen: Screen, window: Window) -> str:
    """What lies on the screen where ``window`` stands, pixel by pixel."""
    place = f"{window.w}x{window.h}+{window.x}+{window.y}"
    return screen.run("import", "-window", "root", "-crop", place, "-depth", "8", "txt:-")


def painted(looks: str) -> str:
    """The same, or nothing where the icon has not been painted yet: its place is of one colour."""
    colours = {line.split()[2] for line in looks.splitlines()[1:]}
    return looks if len(colours) > 2 else ""


def popup(desk: Desk, but: set[int]) -> Window:
    """A window of the program that was not there before: a menu, or a tip."""
    assert desk.program is not None
    pid = desk.program.pid

    def new() -> Window | None:
        found = desk.screen.windows("--all", "--pid", pid, "--class", "^kohtaava-desktop$")
        return next((each for each in found if each.number not in but and each.h > 15), None)

    return until("a new window", new)


def standing(desk: Desk) -> set[int]:
    """The program's windows."""
    assert desk.program is not None
    return {each.number for each in desk.screen.windows("--all", "--pid", desk.program.pid, "--name", "")}


def test_a_click_shows_the_overlay_and_takes_no_keyboard(desk: Desk, beside: Beside) -> None:
    desk.start("--hidden")
    with system_tray(desk.screen):
        before = beside.active_windows()
        desk.screen.click(*icon(desk).middle)
        assert desk.overlay().h > 0
        beside.still_typing()
        assert beside.active_windows() == before
    desk.quit()


@pytest.mark.usefixtures("tray")
def test_the_icon_changes_with_the_step_and_has_a_tip(desk: Desk) -> None:
    desk.start()
    desk.away()
    seen = [until("the first icon", lambda: painted(looks(desk)))]
    for command in ("start", "up", "up", "up"):
        desk.tell(command)
        seen.append(until("another icon", lambda: look if (look := painted(looks(desk))) not in ("", *seen) else ""))
    where, windows = icon(desk).middle, standing(desk)
    desk.screen.move(*where)
    tip = popup(desk, windows)
    assert tip.w > tip.h
    desk.tell("discard")
    desk.away()
    until("the icon of before", lambda: looks(desk) == seen[0])
    desk.quit()


@pytest.mark.usefixtures("tray")
def test_the_menu_does_what_it_says(desk: Desk) -> None:
    """Opened with the other button; its first entry hides the overlay, and the next time shows it."""
    desk.start()
    desk.overlay()
    for gone in (True, False):
        x, y = icon(desk).middle
        windows = standing(desk)
        desk.screen.do("mousemove", x, y, "click", 3)
        menu = popup(desk, windows)
        desk.screen.picture(desk.room / f"menu-{gone}.png")
        desk.screen.click(menu.x + 60, menu.y + FIRST_ENTRIES[1] - FIRST_ENTRIES[0])
        until("what was chosen", desk.hidden if gone else desk.overlay)
    desk.quit()


def test_a_tray_that_comes_later_gets_the_icon(desk: Desk) -> None:
    """Without one, hidden at its start, the program is reached by a second start; nobody waits for the tray."""
    desk.start("--hidden")
    assert icons(desk) == []
    assert "no place for the icon" in desk.kohtaava("doctor").out
    assert desk.spawn().wait(20) == 0
    desk.overlay()
    with system_tray(desk.screen):
        icon(desk)
        assert "no place for the icon" not in desk.kohtaava("doctor").out
        desk.tell("start")
        assert stages(desk.status()) == ["empathy"]
        until("no window but these", lambda: len(standing(desk)) == 2)
    until("the icon gone with its tray", lambda: standing(desk) == {desk.overlay().number})
    desk.tell("discard")
    desk.quit()


@pytest.mark.usefixtures("tray")
def test_the_setting_takes_the_icon_away_and_brings_it_back(desk: Desk) -> None:
    desk.settings(tray=False)
    desk.start()
    assert icons(desk) == []
    desk.tell("settings", "set", "tray", "true")
    icon(desk)
    desk.tell("settings", "set", "tray", "false")
    until("the icon gone", lambda: icons(desk) == [])
    desk.quit()
