"""A whole meeting with the pointer, beside a program that is typed into, and what is stored of it."""

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from kohtaava_desktop.domain.taps import DOUBLE_TAP_SECONDS
from tests.e2e.beside import Beside
from tests.e2e.desk import BRISK, Desk, stages
from tests.e2e.screen import HEIGHT, WIDTH, Window, until

MINUTES = 30  # so long that no reminder comes before it is called for
TRIES = 10
WARM = "#B45309"


@dataclass(slots=True)
class Hand:
    """Taps, and keeps between which two instants each one counted."""

    desk: Desk
    beside: Beside
    taps: list[tuple[str, float, float]] = field(default_factory=list)

    @contextmanager
    def tapping(self, stage: str) -> Iterator[None]:
        """A tap that leads to ``stage``; afterwards the terminal still has the keyboard."""
        before = time.monotonic()
        yield
        self.taps.append((stage, before, time.monotonic()))
        self.check()

    def check(self) -> None:
        """Nobody but the terminal has the keyboard, and nobody but the overlay is on top, whoever comes up."""
        self.desk.screen.do("windowraise", self.beside.window.number)
        self.beside.still_typing()
        assert self.desk.screen.stacking()[-1] == self.desk.overlay().number

    def step(self, x: int, y: int, stage: str, visits: int) -> None:
        """One movement and one tap at this point lead to ``stage``."""
        with self.tapping(stage):
            self.desk.tap(x, y)
            status = self.desk.await_status(stage=stage)
            assert len(status["visits"]) == visits

    def corner(self, place: int) -> tuple[int, int]:
        """One of the small drawings that show under the pointer: undo, pin, more."""
        return self.desk.at(self.desk.opened(), 20 + 26 * place, 18)

    def seconds(self, ended: tuple[float, float]) -> list[tuple[str, float, float]]:
        """Each visit's step, and the least and most seconds that it can have lasted."""
        following = [(before, after) for _, before, after in self.taps[1:]] + [ended]
        return [
            (stage, (next_before - after) * BRISK - 1, (next_after - before) * BRISK + 1)
            for (stage, before, after), (next_before, next_after) in zip(self.taps, following, strict=True)
        ]


def test_a_whole_meeting(desk: Desk, beside: Beside) -> None:
    """Start, steps up and back, undo, pin, a reminder put off, farewell, finish: one anonymous record."""
    began = time.time()
    desk.settings(announcement_seconds=300, summary_seconds=5)
    (desk.config / "state.json").write_text(f'{{"minutes": {MINUTES}}}')
    desk.start(speed=BRISK)
    hand = Hand(desk, beside)
    start_by_the_pointer(hand)
    up_and_down_the_stairs(hand)
    a_reminder_put_off(hand)
    ended = farewell_and_finish(hand)
    assert set(beside.active_windows()) == set(beside.active_windows()[:1]), "another window was active"
    check_what_is_stored(hand, ended, began)
    desk.quit()


def start_by_the_pointer(hand: Hand) -> None:
    """*Start* lies at the place of step up; then comes the announcement, which leaves at the first tap."""
    desk = hand.desk
    hand.check()
    with hand.tapping("empathy"):
        desk.tap(*desk.up())
        desk.await_status(state="running", view="announcement", planned_minutes=MINUTES, stage="empathy")
    desk.tap(*desk.up())
    desk.await_status(view="open")  # it is under the pointer
    desk.away()
    desk.await_status(view="quiet")
    hand.check()


def up_and_down_the_stairs(hand: Hand) -> None:
    """From quiet it is one movement and one tap; a step back opens a new visit; an undone tap never was."""
    desk = hand.desk
    hand.step(*desk.up(), "guidance", 2)
    desk.away()
    desk.await_status(view="quiet")
    hand.step(*desk.up(), "advice", 3)
    desk.await_status(view="open")
    back = desk.at(desk.opened(), 181, -20)
    hand.step(*back, "guidance", 4)

    hand.taps.pop()
    desk.tap(*hand.corner(0))
    assert stages(desk.await_status(stage="advice")) == ["empathy", "guidance", "advice"]
    hand.check()

    hand.step(*desk.at(desk.opened(), 181, -20), "guidance", 4)
    desk.tap(*hand.corner(1))
    desk.await_status(pins=1)
    hand.step(*desk.up(), "advice", 5)
    desk.away()


def a_reminder_put_off(hand: Hand) -> None:
    """The edge warms, nothing moves, nothing is taken; put off, it comes back."""
    desk = hand.desk
    desk.bring_reminder_near()
    before = desk.up()
    desk.await_status(reminder="reserve", view="open")
    window = desk.overlay()
    until("the warm edge", lambda: desk.screen.colour(window.x + 1, window.middle[1]) == WARM)
    assert desk.up() == before
    hand.check()
    desk.tap(*desk.at(window, 178, -20))
    desk.await_status(reminder=None)
    hand.check()
    until("the reminder coming back", lambda: desk.status()["reminder"])


def farewell_and_finish(hand: Hand) -> tuple[float, float]:
    """Between which instants the meeting ended; the summary stays under the pointer and leaves without it."""
    desk = hand.desk
    hand.step(*desk.up(), "farewell", 6)
    before = time.monotonic()
    desk.tap(*desk.up())
    desk.await_status(state="summary", view="summary", pins=1)
    after = time.monotonic()
    hand.check()
    assert desk.journal_files() != []
    desk.away()
    desk.await_status(state="idle", view="ready")
    hand.check()
    return before, after


def check_what_is_stored(hand: Hand, ended: tuple[float, float], began: float) -> None:
    """One row with its visits, in the right week, and the journal gone without a trace."""
    desk = hand.desk
    [meeting] = desk.stored()
    visits, key = meeting.pop("visits"), meeting.pop("key")
    assert len(key) == 32
    lasted = (time.time() - began) * BRISK
    weeks = {"{}-W{:02}".format(*date.fromtimestamp(each).isocalendar()) for each in (began, began + lasted)}
    assert meeting.pop("iso_week") in weeks
    assert meeting == {
        "planned_minutes": MINUTES,
        "channel": "in-person",
        "new_client": 0,
        "interpreter": 0,
        "furthest_stage": "farewell",
        "quality": "ok",
    }
    expected = hand.seconds(ended)
    assert [stage for stage, _ in visits] == [stage for stage, _, _ in expected]
    for (stage, seconds), (_, least, most) in zip(visits, expected, strict=True):
        assert least <= seconds <= most, f"{stage}: {seconds} s, not from {least:.0f} to {most:.0f}"
    assert desk.journal_files() == []
    for path in desk.data.iterdir():
        if path.is_file():
            held = path.read_bytes().replace(key.encode(), b"")  # by chance it may look like anything
            assert times_in(held, began, began + lasted) == [], f"{path.name} holds a time"


def times_in(held: bytes, earliest: float, latest: float) -> list[bytes]:
    """Any instant between the two that ``held`` has in it, as text or as a number."""
    day = 86_400.0
    as_text = [str(int(when) // 100_000).encode() for when in (earliest, latest)]
    as_number = [struct.pack(">d", when)[:4] for when in range(int(earliest), int(latest) + 1000, 500)]
    as_date = [date.fromtimestamp(when).isoformat().encode() for when in (earliest, latest, latest + day)]
    return [trace for trace in (*as_text, *as_number, *as_date) if trace in held]


def test_a_double_tap_counts_once(desk: Desk) -> None:
    """Two taps within 400 ms are one, also where the second would finish the meeting."""
    desk.start()
    tries = (up_by_double_taps(desk) for _try in range(TRIES))
    assert any(tries), "this machine is too slow for a double tap"
    desk.quit()


def up_by_double_taps(desk: Desk) -> bool:
    """From Empathy to Farewell; false, and the meeting discarded, where two taps may not have come within 400 ms."""
    desk.tell("start")
    desk.tell("open")
    for stage in ("guidance", "advice", "farewell"):
        where = desk.up()
        desk.wait_for_next_tap()
        before = time.monotonic()
        desk.screen.click(*where, times=2)
        desk.status()  # the program has heard both before it answers
        if time.monotonic() - before >= DOUBLE_TAP_SECONDS:
            desk.tell("discard")
            return False
        desk.await_status(stage=stage)
    desk.wait_for_next_tap()
    assert stages(desk.await_status(state="running")) == ["empathy", "guidance", "advice", "farewell"]
    return True


def test_the_keyboard_by_intent(desk: Desk, beside: Beside) -> None:
    """Asked for, the overlay takes the keyboard; with Escape it gives it back."""
    desk.start()
    desk.tell("start")
    desk.tell("show", "--keyboard")
    overlay = desk.overlay().number
    until("the focus", lambda: desk.screen.focus() == overlay)
    desk.screen.press("Up")
    desk.await_status(stage="guidance")
    desk.screen.press("Escape")
    until("the focus in the terminal", lambda: desk.screen.focus() == beside.focus)
    beside.still_typing()
    desk.quit()


def test_the_overlay_as_a_window(desk: Desk, beside: Beside) -> None:
    """It stands at the right edge, a third from the top, on top of all, and is not switched to."""
    desk.start()
    window = desk.overlay()
    assert (window.x + window.w, window.y) == (WIDTH - 12, HEIGHT // 3)
    properties = desk.screen.run("xprop", "-id", str(window.number), "_NET_WM_STATE", "_NET_WM_WINDOW_TYPE")
    assert "_NET_WM_STATE_ABOVE" in properties
    assert "_NET_WM_WINDOW_TYPE_UTILITY" in properties
    desk.screen.press("alt+Tab")
    beside.await_manager()
    beside.still_typing()
    desk.quit()


def test_the_card_for_the_client(desk: Desk, beside: Beside) -> None:
    """One tap on the announcement shows it large; it takes no keyboard either, and leaves at the first tap."""
    desk.settings(announcement_seconds=120)
    desk.start()
    desk.tell("start")
    desk.tap(*desk.at(desk.overlay(), 40, -20))
    card = until("the card", lambda: next((desk.screen.settled(each.number) for each in cards(desk)), None))
    assert card.w > WIDTH // 2
    beside.still_typing()
    desk.tap(card.x + card.w // 2, card.y + 30)
    until("the card leaving", lambda: not cards(desk))
    beside.still_typing()
    assert set(beside.active_windows()) == set(beside.active_windows()[:1])
    desk.quit()


def cards(desk: Desk) -> list[Window]:
    """The card's window, if it is to be seen."""
    return desk.screen.windows("--name", "^Card for the client$")
