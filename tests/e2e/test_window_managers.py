"""Under two window managers that behave differently: never in the way, always there, and back at its place."""

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from kohtaava_desktop.ui.theme import LIGHT
from tests.e2e.beside import Beside
from tests.e2e.conftest import _desks
from tests.e2e.desk import LIVELY, Desk
from tests.e2e.screen import HEIGHT, MANAGERS, WIDTH, Screen, Window, end, until

HALF = WIDTH // 2
SNAP = 12
GROUND = LIGHT.panel


@pytest.fixture(scope="module", params=MANAGERS)
def managed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A screen of its own under each window manager."""
    screen = Screen(tmp_path_factory.mktemp(request.param), request.param)
    yield screen
    screen.close()


@pytest.fixture
def place_of_work(request: pytest.FixtureRequest, managed: Screen, tmp_path: Path) -> Iterator[Desk]:
    """An expert's desk on that screen, with one monitor."""
    desk = Desk(managed, tmp_path)
    request.node.stash[_desks] = [desk]
    managed.monitors()
    managed.move(20, 20)
    yield desk
    desk.close()
    managed.monitors()
    assert desk.errors() == "", "the program said something on its outputs"


@pytest.fixture
def panel(managed: Screen) -> Iterator[Callable[..., Window]]:
    """Puts up a panel: where it stands, and the twelve numbers that it keeps for itself (EWMH)."""
    panels: list[subprocess.Popen[bytes]] = []

    def put(x: int, y: int, strut: str) -> Window:
        name = f"panel-{len(panels)}"
        command = ["xterm", "-T", name, "-geometry", f"20x2+{x}+{y}", "-e", "sleep", "600"]
        panels.append(subprocess.Popen(command, env=managed.environment(), stdin=subprocess.DEVNULL))
        window = until("the panel", lambda: next(iter(managed.windows("--name", f"^{name}$")), None))
        property_ = ["-f", "_NET_WM_STRUT_PARTIAL", "32c", "-set", "_NET_WM_STRUT_PARTIAL", strut]
        managed.run("xprop", "-id", str(window.number), *property_)
        return window

    yield put
    for each in panels:
        end(each)


def corner(desk: Desk) -> tuple[int, int]:
    """How far the overlay stands from the right and the lower edge of the whole screen."""
    window = desk.overlay()
    return WIDTH - window.x - window.w, HEIGHT - window.y - window.h


def drag_to(desk: Desk, x: int, y: int) -> None:
    """Drag the overlay by its stairs so that its upper left corner would come to ``x``, ``y``."""
    before = desk.overlay()
    grip = desk.at(before, 20, 22)
    written = state(desk)
    desk.screen.drag(grip, (grip[0] + x - before.x, grip[1] + y - before.y))
    until("the place in writing", lambda: state(desk) != written)


def state(desk: Desk) -> dict[str, list[int]]:
    """The places that are written down."""
    path = desk.config / "state.json"
    places: dict[str, list[int]] = json.loads(path.read_text())["places"] if path.exists() else {}
    return places


def await_place(desk: Desk, what: str, there: Callable[[Window], bool]) -> Window:
    """The overlay, once it is where it should be."""
    return until(what, lambda: window if there(window := desk.overlay()) else None)


def test_the_keyboard_is_never_taken_in_a_whole_meeting(place_of_work: Desk, tmp_path: Path) -> None:
    """From the start to the end of the meeting a maximised program keeps the keyboard, and lies below."""
    desk = place_of_work
    beside = Beside(desk.screen, tmp_path / "typed")
    try:
        desk.settings(announcement_seconds=120, summary_seconds=120)
        desk.start(speed=LIVELY)
        for expected in (
            {"view": "announcement"},
            {"view": "open", "stage": "empathy"},
            {"stage": "guidance"},
            {"stage": "advice"},
            {"stage": "farewell"},
            {"state": "summary"},
            {"state": "idle"},
        ):
            desk.screen.do("windowraise", beside.window.number)
            assert desk.screen.stacking()[-1] == desk.overlay().number
            desk.tap(*desk.up())
            desk.await_status(**expected)
            beside.still_typing()
        assert set(beside.active_windows()) == set(beside.active_windows()[:1]), "another window was active"
        desk.quit()
        beside.still_typing()
    finally:
        beside.close()


def test_in_no_task_switcher_and_on_every_virtual_desktop(place_of_work: Desk) -> None:
    """Also after it has been hidden and shown again."""
    desk = place_of_work
    desk.start()
    check_manners(desk)
    desk.tell("show", "--keyboard")
    until("the keyboard", lambda: desk.screen.focus() == desk.overlay().number)
    desk.screen.press("Escape")  # which hides and shows it
    until("the keyboard elsewhere", lambda: desk.screen.focus() != desk.overlay().number)
    check_manners(desk)
    desk.quit()


def check_manners(desk: Desk) -> None:
    """Above, in neither task bar nor pager, and on the virtual desktops."""
    screen, number = desk.screen, desk.overlay().number
    until("its manners", lambda: screen.states(number) >= {"ABOVE", "SKIP_TASKBAR", "SKIP_PAGER"})
    screen.do("set_num_desktops", 3)
    for desktop in (2, 1, 0):
        screen.do("set_desktop", desktop)
        until(f"virtual desktop {desktop}", partial(on_desktop, screen, desktop))
        until(f"the overlay on virtual desktop {desktop}", partial(screen.viewable, number))


def on_desktop(screen: Screen, number: int) -> bool:
    """Whether that virtual desktop is the one to be seen."""
    return screen.run("xdotool", "get_desktop").strip() == str(number)


def test_its_place_is_kept_across_restarts(place_of_work: Desk) -> None:
    """To the pixel, however often."""
    desk = place_of_work
    desk.start()
    drag_to(desk, 333, 222)
    for _restart in range(2):
        desk.quit()
        desk.start()
        assert (desk.overlay().x, desk.overlay().y) == (333, 222)
    desk.quit()


def test_a_monitor_is_unplugged_and_comes_back(place_of_work: Desk) -> None:
    """The overlay follows to the monitor that is left, at the same edge, and goes back when the other returns."""
    desk = place_of_work
    left, right = (0, 0, HALF, HEIGHT), (HALF, 0, HALF, HEIGHT)
    desk.screen.monitors(left, right)
    desk.start()
    assert desk.overlay().x < HALF, "at first on the primary monitor"
    drag_to(desk, WIDTH - desk.overlay().w, 600)
    before = desk.overlay()
    assert corner(desk)[0] == 0
    desk.screen.monitors(left)
    await_place(desk, "the left monitor", lambda it: it.x == HALF - it.w)
    assert desk.overlay().y == 600
    desk.screen.monitors(left, right)
    await_place(desk, "the right monitor", lambda it: it == before)
    desk.quit()
    desk.screen.monitors(left)
    desk.start()
    await_place(desk, "the left monitor", lambda it: it.x == HALF - it.w)
    desk.quit()
    desk.screen.monitors(left, right)
    desk.start()
    assert (desk.overlay().x, desk.overlay().y) == (before.x, before.y)
    desk.quit()


def test_where_monitors_differ_it_never_stands_where_there_is_none(place_of_work: Desk) -> None:
    """Let go in the dead corner beside a low monitor, it comes back onto one."""
    desk = place_of_work
    low, high = (0, 0, HALF, HEIGHT // 2), (HALF, 0, HALF, HEIGHT)
    desk.screen.monitors(low, high)
    desk.start()
    drag_to(desk, 100, HEIGHT - 100)
    window = desk.overlay()
    assert window.y + window.h <= HEIGHT // 2 or window.x >= HALF
    desk.quit()


def test_a_place_on_a_monitor_that_is_gone(place_of_work: Desk) -> None:
    """What is written down may be anything: the overlay stands on the screen."""
    desk = place_of_work
    far = {"monitor-7:1600x1000+1600+0": [99_000, 50], "x": [10**6, -(10**6)], "y": [10**400, 1], "z": "no place"}
    (desk.config / "state.json").write_text(json.dumps({"places": far}))
    desk.start()
    window = desk.overlay()
    assert window.x + window.w <= WIDTH
    assert window.x >= 0
    assert 0 <= window.y <= HEIGHT - window.h
    desk.quit()


def test_clear_of_a_panel_that_comes_and_goes(place_of_work: Desk, panel: Callable[..., Window]) -> None:
    """At the lower edge it makes room for a panel, and goes back when the panel goes."""
    desk = place_of_work
    desk.start()
    drag_to(desk, 400, HEIGHT)
    assert corner(desk)[1] == 0
    window = panel(0, HEIGHT - 60, f"0,0,0,60,0,0,0,0,0,0,0,{WIDTH - 1}")
    until("room for the panel", lambda: corner(desk)[1] == 60)
    desk.screen.do("windowclose", window.number)
    until("the lower edge", lambda: corner(desk)[1] == 0)
    desk.quit()


def test_clear_of_a_panel_on_one_of_two_monitors(place_of_work: Desk, panel: Callable[..., Window]) -> None:
    """With several monitors Qt knows of no panels: here it is the window manager that is asked."""
    desk = place_of_work
    desk.screen.monitors((0, 0, HALF, HEIGHT), (HALF, 0, HALF, HEIGHT))
    panel(HALF, HEIGHT - 60, f"0,0,0,60,0,0,0,0,0,0,{HALF},{WIDTH - 1}")
    desk.start()
    drag_to(desk, HALF + 100, HEIGHT)
    assert corner(desk)[1] == 60
    drag_to(desk, 100, HEIGHT)
    assert corner(desk)[1] == 0
    desk.quit()


@pytest.mark.parametrize("managed", ["xfwm4"], indirect=True)
def test_opacity_lets_through_what_is_behind_until_there_is_something_to_read(place_of_work: Desk) -> None:
    """Half of the ground, in a session with a compositor; all of it under the pointer and for an announcement."""
    desk = place_of_work
    desk.settings(opacity=50, theme="light")
    behind = desk.screen.colour(WIDTH // 2, HEIGHT // 2)
    desk.start()
    window = desk.overlay()
    ground = (window.x + window.w // 2, window.y + 4)
    until("a translucent ground", lambda: is_half(desk.screen.colour(*ground), GROUND, behind))
    desk.screen.move(*ground)
    until("a full ground", lambda: desk.screen.colour(*ground) == GROUND)
    desk.away()
    until("a translucent ground again", lambda: is_half(desk.screen.colour(*ground), GROUND, behind))
    desk.tell("start")
    desk.await_status(view="announcement")
    until("a full announcement", lambda: desk.screen.colour(ground[0], desk.overlay().y + 4) == GROUND)
    desk.quit()


def is_half(colour: str, one: str, other: str) -> bool:
    """Whether ``colour`` is half of each, give or take what rounding does."""
    shades = [[int(each[at : at + 2], 16) for at in (1, 3, 5)] for each in (colour, one, other) if each]
    return len(shades) == 3 and all(abs(2 * mixed - a - b) <= 8 for mixed, a, b in zip(*shades, strict=True))


def test_on_monitors_of_different_scale_it_has_the_size_of_each(place_of_work: Desk) -> None:
    """Dragged from 100 % to 200 % it is twice as large there, wholly on that monitor, and so after a restart."""
    desk = place_of_work
    desk.surroundings["QT_SCREEN_SCALE_FACTORS"] = "monitor-0=1;monitor-1=2"
    desk.screen.monitors((0, 0, HALF, HEIGHT), (HALF, 0, HALF, HEIGHT))
    desk.start()
    width = desk.overlay().w
    assert width < HALF / 2
    drag_to(desk, WIDTH - 100, 300)
    window = await_place(desk, "twice the size", lambda it: it.w == pytest.approx(2 * width, abs=2))
    assert HALF <= window.x <= WIDTH - window.w
    assert 0 <= window.y <= HEIGHT - window.h
    desk.quit()
    desk.start()
    again = await_place(desk, "twice the size", lambda it: it.w == window.w)
    assert (again.x, again.y) == (window.x, window.y)
    desk.quit()
