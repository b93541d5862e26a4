"""The installed program on a Windows with a screen, painted by Qt's own ``windows`` platform: what an expert would see.

Under Wine 10, which is not Windows: docs/windows-checklist.md says what a person should try once on a real one.
Pictures of it are left in ``build/windows/pictures``.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.follow import ENLARGED
from kohtaava_desktop.ui.forms import WIDTH
from kohtaava_desktop.ui.theme import DARK, LIGHT, Palette
from release.windows.layout import BUILD
from tests.e2e.screen import Screen, until
from tests.e2e.test_tray import system_tray
from tests.windows.desktop import NOTEPAD, Desktop, Seen, windows_on
from tests.windows.program import Program

PICTURES = BUILD / "pictures"
READY_HEIGHT = 44  # design pixels
SOME_PIXELS, MANY_PIXELS = 40, 1500
START, SHOW_CARD = (0.85, 0.5), (0.13, 0.83)  # in parts of the width and height of Ready and the announcement
F2 = 0x71
UP_KEYS = "ctrl+shift+F1"
TAKEN = "Ctrl+Shift+F2 belongs to another program already: choose another for “Step back”."
COLOURS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"

pytestmark = [pytest.mark.windows, pytest.mark.windows_screen]


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """A virtual screen on which windows can be translucent, with a place for icons."""
    screen = Screen(tmp_path_factory.mktemp("screen"), "xfwm4")
    try:
        with system_tray(screen):
            yield screen
    finally:
        screen.close()


@pytest.fixture(scope="module")
def desktop(screen: Screen, layout: Path, request: pytest.FixtureRequest) -> Iterator[Desktop]:
    """A Windows scaled to 100 %, or as the test says, with a maximised Notepad that has the keyboard.

    What tells of its windows runs in the Python that is there once the layout has been built.
    """
    with windows_on(screen, getattr(request, "param", 100)) as wine:
        desktop = Desktop(wine, screen)
        try:
            desktop.open_notepad()
            yield desktop
        finally:
            desktop.close()


@pytest.fixture
def program(desktop: Desktop, layout: Path) -> Iterator[Program]:
    """The program, not started; nothing of it is left for the next test."""
    program = Program(desktop.wine, layout)
    yield program
    program.clear()


def shows(desktop: Desktop, palette: Palette, *inks: str) -> Seen:
    """The overlay, once its panel is painted where it stands, and these colours on it."""

    def look() -> Seen | None:
        overlay = desktop.overlay()
        _x, _y, w, h = overlay.place
        found = desktop.colours(overlay.place)
        whole = found.get(palette.panel, 0) > w * h / 3
        return overlay if whole and all(found.get(ink, 0) >= SOME_PIXELS for ink in inks) else None

    return until(f"the overlay in {palette.panel} with {inks}", look)


def doctor(program: Program) -> dict[str, tuple[str, str]]:
    """State and sentence of every row that ``kohtaava doctor`` has."""
    rows = json.loads(program.ask("doctor", "--json").stdout)["rows"]
    return {row["name"]: (row["state"], row["sentence"]) for row in rows}


def tap(desktop: Desktop, overlay: Seen, part: tuple[float, float], button: int = 1) -> None:
    """Press the mouse on a part of the overlay."""
    x, y, w, h = overlay.place
    desktop.screen.do("mousemove", round(x + part[0] * w), round(y + part[1] * h), "click", button)


def keyboard(desktop: Desktop) -> list[str]:
    """The title of the window that has it."""
    return [each.title for each in desktop.windows() if each.keyboard]


def picture(desktop: Desktop, name: str) -> None:
    desktop.screen.picture(PICTURES / f"{name}.png")


def test_a_meeting_is_painted_step_by_step(desktop: Desktop, program: Program) -> None:
    program.start()
    ready = shows(desktop, LIGHT, LIGHT.stages[Stage.EMPATHY], LIGHT.text)
    unit = ENLARGED["medium"]
    assert ready.place[2:] == (round(WIDTH * unit), round(READY_HEIGHT * unit))
    assert desktop.colours(ready.place)[LIGHT.stages[Stage.EMPATHY]] > MANY_PIXELS  # Start
    picture(desktop, "1-ready")

    program.do("start", "--minutes", "20")
    assert program.status()["view"] == "announcement"
    assert shows(desktop, LIGHT, LIGHT.text, LIGHT.button).place[3] > ready.place[3]
    picture(desktop, "2-announcement")
    program.do("up")
    program.do("up")
    assert program.status()["stage"] == "advice"
    shows(desktop, LIGHT, LIGHT.stages[Stage.ADVICE], LIGHT.button)
    picture(desktop, "3-advice")
    program.do("discreet")
    discreet = shows(desktop, LIGHT, *LIGHT.stages[:3])
    assert discreet.place[2] < ready.place[2]
    picture(desktop, "4-discreet")
    program.do("open")
    program.do("finish")
    shows(desktop, LIGHT, LIGHT.primary, *LIGHT.stages)
    picture(desktop, "5-summary")
    program.quit()


def test_it_stays_above_and_takes_neither_keyboard_nor_a_place_on_the_taskbar(
    desktop: Desktop, program: Program
) -> None:
    program.start()
    overlay = shows(desktop, LIGHT)
    titles = [each.title for each in desktop.windows()]
    assert titles.index("Kohtaava") < titles.index("Untitled - Notepad")
    assert {"topmost", "tool", "no-activation"} <= overlay.styles
    assert "taskbar" not in overlay.styles
    desktop.still_typing()
    desktop.screen.click(*NOTEPAD)  # on Notepad, which comes to the front
    desktop.still_typing()
    shows(desktop, LIGHT)

    tap(desktop, overlay, START)
    until("the meeting", lambda: program.status()["state"] == "running")
    desktop.still_typing()
    assert keyboard(desktop) == ["Untitled - Notepad"]
    program.quit()


def test_a_reminder_is_seen_while_somebody_types(
    desktop: Desktop, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desktop.wine.environment, "KOHTAAVA_SPEED", "60")
    program.start()
    program.do("start", "--minutes", "15")
    program.do("up")
    program.do("up")
    until("the reminder", lambda: program.status()["reminder"], seconds=60)
    desktop.still_typing()
    shows(desktop, LIGHT, LIGHT.warm)
    picture(desktop, "6-reminder")
    assert keyboard(desktop) == ["Untitled - Notepad"]
    program.quit()


def open_menu(desktop: Desktop) -> Seen:
    """The menu, opened by the mouse, once it has the keyboard."""
    tap(desktop, shows(desktop, LIGHT), (0.3, 0.5), button=3)

    def look() -> Seen | None:
        return next((each for each in desktop.windows() if each.keyboard and "Notepad" not in each.title), None)

    return until("the menu with the keyboard", look)


def test_a_menu_has_the_keyboard_and_gives_it_back(desktop: Desktop, program: Program) -> None:
    program.start()
    menu = open_menu(desktop)
    assert menu.styles >= {"topmost", "tool"}
    until("the menu painted", lambda: desktop.colours(menu.place).get(LIGHT.text, 0) >= SOME_PIXELS)
    picture(desktop, "7-menu")
    desktop.screen.press("Escape")
    until("Notepad with the keyboard", lambda: keyboard(desktop) == ["Untitled - Notepad"])
    assert len(desktop.windows()) == 3  # the overlay, its icon, Notepad

    open_menu(desktop)
    desktop.screen.click(*NOTEPAD)  # on Notepad; Wine leaves this to the window manager
    until("the menu gone", lambda: len(desktop.windows()) == 3)
    desktop.still_typing()
    program.quit()


def test_a_shortcut_works_in_another_program_and_one_that_is_taken_is_told(desktop: Desktop, program: Program) -> None:
    program.start()
    low = shows(desktop, LIGHT).place[3]
    with desktop.held_elsewhere(F2):
        program.do("settings", "set", "shortcut_back", "Ctrl+Shift+F2")
        assert doctor(program)["shortcuts"] == ("warning", TAKEN)
        until("the sentence", lambda: shows(desktop, LIGHT).place[3] > low)
        picture(desktop, "8-shortcut-taken")
    program.do("settings", "set", "shortcut_back", "")
    program.do("settings", "set", "shortcut_up", "Ctrl+Shift+F1")
    desktop.screen.press(UP_KEYS)
    until("the meeting", lambda: program.status()["state"] == "running")
    desktop.still_typing()
    assert doctor(program)["shortcuts"] == ("ok", "All shortcuts that are set work everywhere.")
    program.quit()


def test_it_wears_the_colours_that_are_set_and_those_that_windows_asks_for(desktop: Desktop, program: Program) -> None:
    program.start()
    shows(desktop, LIGHT)
    program.do("settings", "set", "theme", "dark")
    shows(desktop, DARK, DARK.stages[Stage.EMPATHY])
    picture(desktop, "9-dark")
    program.do("settings", "reset", "theme")
    shows(desktop, LIGHT)
    program.quit()
    words = ["reg", "add", COLOURS, "/v", "AppsUseLightTheme", "/t", "REG_DWORD", "/f", "/d"]
    desktop.wine.run([*words, "0"], check=True)
    try:
        program.start()
        shows(desktop, DARK)
        program.quit()
    finally:
        desktop.wine.run([*words, "1"], check=True)


def test_doctor_says_what_is_so(desktop: Desktop, program: Program) -> None:
    program.start()
    found = doctor(program)
    assert {name for name, (state, _sentence) in found.items() if state == "fault"} == set()
    assert found["session"] == ("ok", "The session is Windows.")
    assert found["screens"] == ("ok", "Screens: 1600 × 1000 (100 %).")
    assert found["compositor"] == ("ok", "Windows can be translucent.")
    assert found["tray"] == ("ok", "The icon stands beside the clock.")
    program.do("settings", "set", "hide_from_capture", "true")
    state, sentence = doctor(program)["capture"]  # Wine refuses it
    assert (state, sentence.startswith("Shared screens show the overlay: ")) == ("warning", True)
    program.quit()


def test_the_client_card_leaves_the_keyboard_where_it_is(desktop: Desktop, program: Program) -> None:
    program.start()
    program.do("start")
    tap(desktop, shows(desktop, LIGHT, LIGHT.button), SHOW_CARD)
    card = until("the card", lambda: next((e for e in desktop.windows() if e.title == "Card for the client"), None))
    until("the card painted", lambda: desktop.colours(card.place).get(LIGHT.primary, 0) > MANY_PIXELS)
    picture(desktop, "10-card")
    desktop.still_typing()
    program.quit()


def test_it_takes_the_keyboard_when_asked_and_gives_it_back(desktop: Desktop, program: Program) -> None:
    program.start()
    program.do("start")
    program.do("show", "--keyboard")
    until("the overlay with the keyboard", lambda: keyboard(desktop) == ["Kohtaava"])
    assert "no-activation" not in desktop.overlay().styles
    desktop.screen.press("Up")
    until("the next step", lambda: program.status()["stage"] == "guidance")
    picture(desktop, "11-keyboard")
    desktop.screen.press("Escape")
    until("Notepad with the keyboard", lambda: keyboard(desktop) == ["Untitled - Notepad"])
    assert "no-activation" in desktop.overlay().styles
    program.quit()


@pytest.mark.parametrize("desktop", [200], indirect=True, ids="{} %".format)
def test_it_grows_with_the_scaling(desktop: Desktop, program: Program) -> None:
    program.start()
    overlay = shows(desktop, LIGHT, LIGHT.stages[Stage.EMPATHY])
    unit = 2 * ENLARGED["medium"]
    assert overlay.dpi == 192
    assert abs(overlay.place[2] - WIDTH * unit) <= 2
    assert abs(overlay.place[3] - READY_HEIGHT * unit) <= 2
    assert doctor(program)["screens"] == ("ok", "Screens: 1600 × 1000 (200 %).")
    picture(desktop, "12-scaled")
    program.quit()
