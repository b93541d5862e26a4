"""The card of a step on a real screen: it takes the keyboard from the overlay, and gives it back on both ways out."""

from tests.e2e.beside import Beside
from tests.e2e.desk import Desk
from tests.e2e.screen import Window, until


def cards(desk: Desk) -> list[Window]:
    return desk.screen.windows("--name", "^What the step is for: ")


def opened(desk: Desk) -> Window:
    """The card, once it is there and has the keyboard."""
    desk.screen.press("F1")
    card = until("the card of the step", lambda: next(iter(cards(desk)), None))
    until("the card's focus", lambda: desk.screen.focus() == card.number)
    return desk.screen.settled(card.number) or card


def test_f1_explains_the_step_and_escape_leads_back(desk: Desk, beside: Beside) -> None:
    desk.start()
    desk.tell("start")
    desk.tell("up")
    desk.away()
    beside.still_typing()
    desk.tell("show", "--keyboard")
    overlay = desk.overlay()
    until("the overlay's focus", lambda: desk.screen.focus() == overlay.number)
    card = opened(desk)
    assert card.x + card.w <= overlay.x or card.x >= overlay.x + overlay.w, "it stands beside the overlay"
    desk.screen.press("Escape")
    until("the card gone", lambda: not cards(desk))
    until("the overlay's focus again", lambda: desk.screen.focus() == overlay.number)
    opened(desk)
    desk.tell("up")
    until("the card gone with the step", lambda: not cards(desk))
    until("the overlay's focus after the step", lambda: desk.screen.focus() == overlay.number)
    desk.screen.press("Escape")
    until("the terminal's focus", lambda: desk.screen.focus() == beside.focus)
    beside.still_typing()
    desk.quit()
