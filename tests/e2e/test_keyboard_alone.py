"""A whole meeting with the keyboard alone. A screen reader is the witness of where the keyboard is."""

import json
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from tests.contrast import visible_difference
from tests.e2e.beside import Beside
from tests.e2e.desk import BRISK, Desk, stages
from tests.e2e.found import MOVED, PRESSED, check
from tests.e2e.reader import Node, Reader
from tests.e2e.screen import until

MINUTES = 30  # so long that no reminder comes before it is called for
OVERLAY, MENU, CARD = "Meeting stairs", "More", "Card for the client"
WINDOWS = (("Settings…", "Settings", "Search settings"), ("User guide", "User guide", "User guide"))
"""The entry of the menu, the window, and where the keyboard is in it at first."""
MARK = 40
"""So many pixels at least show where the keyboard is."""


class Hands:
    """On the keyboard of a desk; nothing here touches the pointer."""

    def __init__(self, desk: Desk, reader: Reader, room: Path) -> None:
        self.desk, self.reader, self._room = desk, reader, room

    def take(self) -> None:
        """Ask for the keyboard, as a macro key or a script does, once the reader hears what comes of it."""
        self.reader.overlay()
        self.desk.tell("show", "--keyboard")
        overlay = self.desk.overlay().number
        until("the keyboard on the overlay", lambda: self.desk.screen.focus() == overlay)

    def press(self, *keys: str) -> None:
        """Press keys that do something, one after another; the first when the last tap lies far enough back."""
        self.desk.press(*keys)

    def await_focus(self, name: str, window: str = OVERLAY) -> None:
        """Wait until the keyboard is on ``name`` in ``window``.

        Qt says so of the overlay as soon as a window on it has gone; the keys go there when the window manager has come
        to it.
        """

        def there() -> bool:
            focused = self.reader.focused()
            heard = (focused[:1], focused[-1:]) == ((name,), (window,))
            return heard and (window != OVERLAY or self.desk.screen.focus() == self.desk.overlay().number)

        try:
            until(f"the keyboard on {name!r}", there)
        except AssertionError as failure:
            raise AssertionError(f"{failure}; it is on {self.reader.focused()}; {self.state()}") from None

    def press_and_move(self, key: str, window: str = OVERLAY) -> str:
        """Press ``key``; the name of what the keyboard is on then."""
        self.reader.settled()  # what is heard late, of something that came before, is not what the key did
        moves = self.reader.moves()
        self.desk.screen.press(key)  # it moves the keyboard and taps nothing
        until(f"something heard of {key}", lambda: self.reader.moves() > moves)
        there = self.reader.settled()
        assert there[-1] == window, f"{key} leads to {there}; {self.state()}"
        return there[0]

    def state(self) -> str:
        """What to know when something is not where it should be."""
        return f"the status is {self.desk.status()}"

    def go_to(self, name: str, key: str = "Tab", window: str = OVERLAY) -> None:
        """Press ``key`` until the keyboard is on ``name``."""
        seen = list(self.reader.settled()[:1])
        while seen[-1:] != [name]:
            assert len(seen) < 30, f"{name!r} cannot be reached with {key}, only {seen}; {self.state()}"
            seen.append(self.press_and_move(key, window))

    def round_trip(self, window: str = OVERLAY, key: str = "Tab") -> list[str]:
        """Everything that ``key`` leads to, until it comes back to where it began."""
        seen = [self.reader.settled()[0]]
        while len(seen) < 30:
            name = self.press_and_move(key, window)
            if name == seen[0]:
                break
            seen.append(name)
        return seen

    def picture(self, box: tuple[int, int, int, int]) -> QImage:
        """What stands at ``box`` (x, y, width, height) of the screen now."""
        path, (x, y, w, h) = self._room / "picture.png", box
        self.desk.screen.run("import", "-window", "root", "-crop", f"{w}x{h}+{x}+{y}", "+repage", str(path))
        return QImage(str(path))


def controls(reader: Reader, window: str) -> list[Node]:
    """What of ``window`` can be used now."""
    found = check(reader, window)
    inside = next(node.path for node in found if node.name == window and len(node.path) == 1)
    usable = [node for node in found if node.role in PRESSED | MOVED and "enabled" in node.states]
    return [node for node in usable if node.path[:1] == inside]


def check_every_control(hands: Hands, window: str = OVERLAY) -> None:
    """Each control is reached, forwards and back, and where the keyboard is can be seen."""
    wanted = {node.name: node for node in controls(hands.reader, window)}
    around = hands.reader.find(window, "frame" if window == OVERLAY else "dialog").box
    assert around is not None
    first = hands.reader.settled()[0]
    seen, before = [], hands.picture(around)
    for _step in wanted:
        name = hands.press_and_move("Tab", window)
        seen.append(name)
        assert name in wanted, f"{name!r} is not among {[*wanted]}; {hands.state()}"
        before = marked_picture(hands, wanted[name], around, before)
    assert sorted(seen) == sorted(wanted)
    assert hands.reader.settled()[0] == first, "Tab does not come back"
    assert set(hands.round_trip(window, "shift+Tab")) == set(wanted)


def marked_picture(hands: Hands, node: Node, around: tuple[int, int, int, int], before: QImage) -> QImage:
    """The picture of ``around`` once it shows that ``node`` has the keyboard, as ``before`` did not."""
    assert node.box is not None
    place = QRect(*node.box).translated(-around[0], -around[1])
    marked = 0

    def look() -> QImage | None:
        nonlocal marked
        picture = hands.picture(around)
        marked = visible_difference(picture, before, place)
        return picture if marked >= MARK else None

    try:
        return until(f"the keyboard being seen on {node.name!r}", look)
    except AssertionError as failure:
        raise AssertionError(f"{failure}; it shows in {marked} pixels only") from None


# a whole meeting


def test_a_whole_meeting_by_keyboard_alone(desk: Desk, reader: Reader, beside: Beside, tmp_path: Path) -> None:
    """From ``kohtaava show --keyboard`` to Escape: every form, each control, the menu, and the keyboard given back."""
    desk.settings(announcement_seconds=300)
    (desk.config / "state.json").write_text(json.dumps({"minutes": MINUTES}))
    desk.start(speed=BRISK)
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    hands.await_focus("Start meeting")
    check_every_control(hands)
    hands.go_to("Start meeting")
    hands.press("space")
    desk.await_status(view="announcement", state="running")
    hands.await_focus("Got it")
    hands.press("Return")
    desk.await_status(view="open", stage="empathy")
    hands.await_focus("Step up to Guidance")
    up_back_and_undo(hands)
    put_off_a_reminder(hands)
    finish_and_mend(hands)
    hands.press("Escape")
    until("the keyboard in the terminal", lambda: desk.screen.focus() == beside.focus)
    beside.still_typing()
    [meeting] = desk.stored()
    assert [stage for stage, _seconds in meeting["visits"]] == [
        "empathy",
        "guidance",
        "advice",
        "guidance",
        "advice",
        "farewell",
    ]
    assert (meeting["planned_minutes"], meeting["quality"]) == (MINUTES, "mended")
    desk.quit()


def up_back_and_undo(hands: Hands) -> None:
    """The arrow keys step, letters pin and undo; nothing else is needed."""
    desk = hands.desk
    for key, stage in (("Up", "guidance"), ("Up", "advice"), ("Down", "guidance"), ("z", "advice"), ("y", "guidance")):
        hands.press(key)
        desk.await_status(stage=stage)
    hands.press("p")
    desk.await_status(pins=1)


def put_off_a_reminder(hands: Hands) -> None:
    """It does not move the keyboard; Tab goes to *A moment more*, and from there the keyboard goes to the next step."""
    desk = hands.desk
    before = hands.reader.settled()
    desk.bring_reminder_near()
    desk.await_status(reminder="new-time")
    hands.reader.find("A moment more")  # the status knows of it before it shows
    assert hands.reader.settled() == before
    hands.go_to("A moment more")
    hands.press("space")
    hands.await_focus("Step up to Advice")
    assert stages(desk.status()) == ["empathy", "guidance", "advice", "guidance"]
    for stage in ("advice", "farewell"):
        hands.press("Up")
        desk.await_status(stage=stage)


def finish_and_mend(hands: Hands) -> None:
    """The summary stays for the keyboard; a boundary is moved by arrow keys, once back by Z."""
    desk = hands.desk
    hands.await_focus("Finish meeting")  # it is there by itself: it stands where the step up was
    hands.press("Return")
    desk.await_status(state="summary")
    hands.await_focus("Done")
    before = [visit["seconds"] for visit in desk.status()["visits"]]
    hands.go_to("Move the boundary: Empathy – Guidance")
    for key, same in (("Home", False), ("z", True), ("Home", False)):
        hands.press(key)
        until(f"the boundary after {key}", partial(has_lengths, desk, before, same))
    hands.go_to("Done")
    hands.press("Return")
    desk.await_status(state="idle")


def has_lengths(desk: Desk, seconds: list[int], same: bool) -> bool:
    """Whether the visits last as long as that, or, unless ``same``, not so."""
    return ([visit["seconds"] for visit in desk.status()["visits"]] == seconds) is same


def test_every_control_of_every_form_is_reached_and_marked(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    """Also the menu, the card for the client, and the windows that ask; Escape leads out of each."""
    desk.settings(announcement_seconds=120, summary_seconds=120)
    desk.start()
    hands = Hands(desk, reader, tmp_path)
    desk.tell("start", "--minutes", "45")
    hands.take()
    hands.await_focus("Got it")
    check_every_control(hands)
    desk.tell("up")
    hands.await_focus("Step up to Advice")
    check_every_control(hands)
    the_menu(hands)
    the_card(hands)
    desk.tell("discreet")
    hands.await_focus("Step up to Advice")
    for command in ("open", "up", "up", "finish"):
        desk.tell(command)
    hands.await_focus("Done")
    check_every_control(hands)
    desk.quit()


def the_menu(hands: Hands) -> None:
    """F10 opens it on its first entry, the arrow keys go through all of it, Escape leaves it."""
    hands.press("F10")
    hands.await_focus("Step up to Advice", MENU)
    entries = hands.round_trip(MENU, "Down")
    assert {"Step back", "Undo", "More time", "Show client card", "Finish meeting", "Discard meeting", "Quit"} <= {
        *entries
    }
    hands.press("Escape")
    hands.await_focus("Step up to Advice")


def the_card(hands: Hands) -> None:
    """Asked for by keyboard, it has the keyboard, and gives it back to the overlay."""
    open_from_menu(hands, "Show client card")
    check(hands.reader, CARD)
    until("the keyboard on the card", lambda: hands.reader.focused()[-1:] == (CARD,))
    hands.press_and_move("Tab", CARD)
    check_every_control(hands, CARD)
    hands.go_to("Finnish (Suomi)", window=CARD)
    hands.press("Return")
    until("the card in Finnish", lambda: "45 minuuttia" in hands.reader.find(CARD, "dialog").description)
    hands.press("Escape")
    hands.reader.await_gone(CARD)
    hands.await_focus("Step up to Advice")


def test_the_windows_that_ask(desk: Desk, reader: Reader, beside: Beside, tmp_path: Path) -> None:
    """They tell what they are, Escape changes nothing, and the keyboard comes back to where it was."""
    desk.settings(announcement_seconds=120)
    desk.start()
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    hands.await_focus("Start meeting")
    open_from_menu(hands, "About Kohtaava Desktop")
    hands.await_focus("OK", "About Kohtaava Desktop")
    leave(hands, "About Kohtaava Desktop", "Start meeting")
    for entry, window, first in (
        ("Settings…", "Settings", "Search settings"),
        ("User guide", "User guide", "User guide"),
    ):
        open_from_menu(hands, entry)
        hands.await_focus(first, window)
        leave(hands, window, "Start meeting")
    open_from_menu(hands, "What the steps are for", "Guidance")
    check(reader, "What the step is for: Guidance", "Close")
    assert hands.press_and_move("Tab", "What the step is for: Guidance") == "Close"
    leave(hands, "What the step is for: Guidance", "Start meeting")
    open_from_menu(hands, "Planned length", "Other length…")
    hands.await_focus("Whole minutes from 5 to 240", "Planned length")
    assert set(hands.round_trip("Planned length")) == {"Whole minutes from 5 to 240", "OK", "Cancel"}
    hands.press("2", "5", "Return")
    desk.await_status(planned_minutes=25)
    hands.await_focus("Start meeting")
    hands.press("Return")
    desk.await_status(state="running", planned_minutes=25)
    hands.await_focus("Got it")
    open_from_menu(hands, "Discard meeting")
    hands.await_focus("Keep meeting", "Discard meeting")
    assert set(hands.round_trip("Discard meeting")) == {"Keep meeting", "Discard meeting"}
    leave(hands, "Discard meeting", "Got it")
    desk.await_status(state="running")
    hands.press("Escape")
    until("the keyboard in the terminal", lambda: desk.screen.focus() == beside.focus)
    beside.still_typing()
    desk.quit()


def test_a_window_left_for_another_program_takes_no_keyboard_back(
    desk: Desk, reader: Reader, beside: Beside, tmp_path: Path
) -> None:
    """It is closed from outside while the expert types elsewhere, and while a reader goes through its scrolled part."""
    desk.start()
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    hands.await_focus("Start meeting")
    open_from_menu(hands, "Settings…")
    hands.await_focus("Search settings", "Settings")
    desk.screen.click(beside.window.x + 60, beside.window.y + beside.window.h - 60)
    until("the keyboard in the terminal", lambda: desk.screen.focus() == beside.focus)
    reader.press("Close")
    reader.await_gone("Settings")
    beside.still_typing()
    desk.quit()


def open_from_menu(hands: Hands, *path: str) -> None:
    """Choose the entry at the end of ``path``."""
    hands.press_and_move("F10", MENU)
    for name in path[:-1]:
        hands.go_to(name, "Down", MENU)
        hands.press_and_move("Return", MENU)
    hands.go_to(path[-1], "Down", MENU)
    hands.press("Return")


def leave(hands: Hands, window: str, back_on: str) -> None:
    """What shows is without fault; Escape leads back to the overlay."""
    check(hands.reader, window)
    hands.press("Escape")
    hands.reader.await_gone(window)
    hands.await_focus(back_on)
