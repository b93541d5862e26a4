"""The settings window with a real keyboard: what is typed there is written down and works at once, everywhere."""

import json
from pathlib import Path
from typing import Any

from tests.e2e.beside import Beside
from tests.e2e.desk import Desk
from tests.e2e.reader import Reader
from tests.e2e.screen import until
from tests.e2e.test_keyboard_alone import Hands, open_from_menu

WINDOW = "Settings"
SLOW = 60  # the desk runs so much faster than the hand that no press is taken for a double tap


def written(desk: Desk) -> dict[str, Any]:
    """The user's settings as they stand on the disk."""
    content: dict[str, Any] = json.loads((desk.config / "settings.json").read_text(encoding="utf-8"))
    return content


def await_written(desk: Desk, name: str, value: object) -> None:
    until(f"{name} = {value!r} in the file", lambda: written(desk).get(name) == value)


def test_settings_are_found_and_set_by_keyboard(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    desk.start()
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    hands.await_focus("Start meeting")
    open_from_menu(hands, "Settings…")
    hands.await_focus("Search settings", WINDOW)
    hands.press(*"opacity")
    until("the number of settings found", lambda: "1 found" in reader.announcements())
    hands.go_to("Opacity", "Tab", WINDOW)
    hands.press("6", "5", "Return")
    await_written(desk, "opacity", 65)
    hands.press("3", "0", "0", "Return")
    hands.go_to("Reset to default: Opacity", "Tab", WINDOW)
    hands.press("space")
    until("the default", lambda: "opacity" not in written(desk))
    desk.quit()


def test_a_shortcut_is_set_by_its_keys_and_works_once_the_field_is_left(
    desk: Desk, reader: Reader, beside: Beside, tmp_path: Path
) -> None:
    """In the field the same keys do nothing else, even if they have just become a shortcut."""
    desk.start(speed=SLOW)
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    hands.await_focus("Start meeting")
    open_from_menu(hands, "Settings…")
    hands.await_focus("Search settings", WINDOW)
    hands.press(*"start", "space", *"meeting")
    hands.go_to("Start meeting, step up", "Tab", WINDOW)
    hands.press("ctrl+shift+F8")
    await_written(desk, "shortcut_up", "Ctrl+Shift+F8")
    hands.press("ctrl+shift+F8", "ctrl+shift+F9", "ctrl+shift+F8")
    await_written(desk, "shortcut_up", "Ctrl+Shift+F8")
    hands.press_and_move("Tab", WINDOW)  # the field has been left: from now on the shortcut works everywhere
    await_written(desk, "shortcut_up", "Ctrl+Shift+F8")
    assert desk.status()["state"] == "idle"
    desk.screen.click(beside.window.x + 60, beside.window.y + beside.window.h - 60)
    until("the keyboard in the terminal", lambda: desk.screen.focus() == beside.focus)
    hands.press("ctrl+shift+F8")
    desk.await_status(state="running")
    desk.quit()
