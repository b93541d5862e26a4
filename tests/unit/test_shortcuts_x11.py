"""Grabs of keys: which keys and modifiers are asked for, what counts as a press, and what a new layout changes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.integration.shortcuts import Reason, Refused
from kohtaava_desktop.integration.shortcuts_x11 import X11Taker, connect, keysym
from kohtaava_desktop.integration.xcb_keys import KeyEvent, LayoutEvent
from kohtaava_desktop.settings import shortcut
from kohtaava_desktop.settings.shortcut import parse

UP, P, NUM_LOCK, ALT, SUPER = 111, 33, 77, 64, 133
CONTROL_BIT, ALT_BIT, CAPS_BIT, NUM_BIT, SUPER_BIT = 4, 8, 2, 16, 64
KEYSYMS = {0xFF52: [UP], 0x70: [P], 0xFF7F: [NUM_LOCK], 0xFFE9: [ALT], 0xFFEB: [SUPER]}
MODIFIERS: list[list[int]] = [[50], [66], [37], [ALT], [NUM_LOCK], [], [SUPER], []]
LOCKS = (0, CAPS_BIT, NUM_BIT, CAPS_BIT | NUM_BIT)


@dataclass
class FakeKeyboard:
    """An X server with one keyboard; ``others`` is what another client holds, ``held`` what the taker does."""

    keysyms: dict[int, list[int]] = field(default_factory=lambda: dict(KEYSYMS))
    bits: list[list[int]] = field(default_factory=lambda: [list(keys) for keys in MODIFIERS])
    others: set[tuple[int, int]] = field(default_factory=set)
    held: set[tuple[int, int]] = field(default_factory=set)
    came: list[KeyEvent | LayoutEvent] = field(default_factory=list)
    broken: bool = False
    closed: bool = False
    learnt: int = 0

    def fileno(self) -> int:
        return 7

    def close(self) -> None:
        self.closed = True

    def learn_keys(self) -> None:
        self.learnt += 1

    def keycodes(self, wanted: int) -> list[int]:
        return self.keysyms.get(wanted, [])

    def modifiers(self) -> list[list[int]]:
        return self.bits

    def grab(self, combinations: list[tuple[int, int]]) -> bool:
        if self.broken or self.others & set(combinations):
            return False
        self.held |= set(combinations)
        return True

    def ungrab(self, combinations: list[tuple[int, int]]) -> None:
        self.held -= set(combinations)

    def events(self) -> list[KeyEvent | LayoutEvent]:
        came, self.came = self.came, []
        return came


class FakeLoop:
    """What the taker needs of an event loop; ``readers`` by file descriptor."""

    def __init__(self) -> None:
        self.readers: dict[int, Callable[[], None]] = {}

    def add_reader(self, fd: int, callback: Callable[[], None]) -> None:
        self.readers[fd] = callback

    def remove_reader(self, fd: int) -> bool:
        return self.readers.pop(fd, None) is not None

    def call_soon(self, callback: Callable[[], None]) -> None:
        callback()


@dataclass
class Bench:
    """A taker on a fake keyboard; ``pressed`` are the shortcuts heard, ``moved`` how often the keys have moved."""

    keyboard: FakeKeyboard
    loop: FakeLoop
    pressed: list[str] = field(default_factory=list)
    moved: list[None] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.taker = X11Taker(self.keyboard, self.loop, lambda: self.moved.append(None))

    def take(self, text: str) -> None:
        self.taker.take(parse(text), lambda: self.pressed.append(text))

    def hear(self, *events: KeyEvent | LayoutEvent) -> None:
        self.keyboard.came.extend(events)
        self.loop.readers[self.keyboard.fileno()]()


@pytest.fixture
def bench() -> Bench:
    return Bench(FakeKeyboard(), FakeLoop())


def press(code: int, state: int, at: int = 1000) -> KeyEvent:
    return KeyEvent(True, code, state, at)


def release(code: int, state: int, at: int = 1050) -> KeyEvent:
    return KeyEvent(False, code, state, at)


def test_a_shortcut_is_grabbed_with_every_state_of_the_locks(bench: Bench) -> None:
    bench.take("Ctrl+Alt+Up")
    assert bench.keyboard.held == {(UP, CONTROL_BIT | ALT_BIT | lock) for lock in LOCKS}


@pytest.mark.parametrize("lock", LOCKS)
def test_it_is_heard_in_every_state_of_the_locks(bench: Bench, lock: int) -> None:
    bench.take("Ctrl+Alt+Up")
    bench.hear(press(UP, CONTROL_BIT | ALT_BIT | lock))
    assert bench.pressed == ["Ctrl+Alt+Up"]


def test_each_shortcut_does_its_own(bench: Bench) -> None:
    bench.take("Ctrl+Alt+Up")
    bench.take("Meta+P")
    bench.hear(press(P, SUPER_BIT), release(P, SUPER_BIT), press(UP, CONTROL_BIT | ALT_BIT, 2000))
    assert bench.pressed == ["Meta+P", "Ctrl+Alt+Up"]


def test_a_key_held_down_counts_once(bench: Bench) -> None:
    """The server says up and down again at the same instant, or a millisecond later."""
    bench.take("Meta+P")
    repeats = [
        event
        for at in range(1600, 2600, 40)
        for event in (release(P, SUPER_BIT, at), press(P, SUPER_BIT, at + at // 40 % 2))
    ]
    bench.hear(press(P, SUPER_BIT), *repeats[:7])
    bench.hear(*repeats[7:])
    assert bench.pressed == ["Meta+P"]
    bench.hear(release(P, SUPER_BIT, 3000))
    bench.hear(press(P, SUPER_BIT, 3120))
    assert bench.pressed == ["Meta+P", "Meta+P"]


def test_the_clock_of_the_server_may_turn_over(bench: Bench) -> None:
    bench.take("Meta+P")
    last = (1 << 32) - 1
    bench.hear(press(P, SUPER_BIT, last - 500), release(P, SUPER_BIT, last), press(P, SUPER_BIT, 1))
    assert len(bench.pressed) == 1
    bench.hear(release(P, SUPER_BIT, 40), press(P, SUPER_BIT, 200))
    assert len(bench.pressed) == 2


def test_another_clients_grab_of_one_state_is_enough_to_be_refused(bench: Bench) -> None:
    bench.keyboard.others = {(UP, CONTROL_BIT | ALT_BIT | NUM_BIT)}
    with pytest.raises(Refused) as refused:
        bench.take("Ctrl+Alt+Up")
    assert refused.value.reason is Reason.TAKEN
    assert bench.keyboard.held == set()


def test_a_key_that_the_keyboard_has_not_is_refused(bench: Bench) -> None:
    with pytest.raises(Refused) as refused:
        bench.take("F24")
    assert refused.value.reason is Reason.NO_KEY


def test_what_is_given_back_is_not_heard(bench: Bench) -> None:
    bench.take("Meta+P")
    bench.taker.release_all()
    assert bench.keyboard.held == set()
    bench.hear(press(P, SUPER_BIT))
    assert bench.pressed == []


def test_where_the_modifiers_lie_is_asked(bench: Bench) -> None:
    """Some keyboards have Num Lock, Alt and Super on other bits; AltGr on Alt's usual one stays out of it."""
    bits: list[list[int]] = [[50], [66], [37], [108], [ALT], [NUM_LOCK], [], [SUPER]]
    other = Bench(FakeKeyboard(bits=bits), FakeLoop())
    other.take("Alt+P")
    assert other.keyboard.held == {(P, 16 | lock) for lock in (0, CAPS_BIT, 32, CAPS_BIT | 32)}
    other.taker.release_all()
    other.take("Meta+P")
    assert {state & 128 for _code, state in other.keyboard.held} == {128}


def test_without_num_lock_two_states_are_enough() -> None:
    keyboard = FakeKeyboard(keysyms={0x70: [P]})
    bench = Bench(keyboard, FakeLoop())
    bench.take("Ctrl+P")
    assert keyboard.held == {(P, CONTROL_BIT), (P, CONTROL_BIT | CAPS_BIT)}


def test_a_layout_in_which_the_key_lies_elsewhere_is_told(bench: Bench) -> None:
    bench.take("Meta+P")
    bench.keyboard.keysyms[0x70] = [44]
    bench.hear(LayoutEvent(), LayoutEvent())
    assert bench.keyboard.learnt == 1
    assert bench.moved == [None]


def test_a_layout_in_which_nothing_moves_changes_nothing(bench: Bench) -> None:
    bench.take("Meta+P")
    held = set(bench.keyboard.held)
    bench.keyboard.keysyms[0x71] = [24]
    bench.hear(LayoutEvent())
    assert bench.moved == []
    assert bench.keyboard.held == held


def test_a_screen_that_is_gone_is_watched_no_more(bench: Bench) -> None:
    """A closed connection stays readable: it would wake the program without end."""
    bench.take("Meta+P")
    bench.keyboard.broken = True
    bench.hear()
    assert bench.loop.readers == {}
    with pytest.raises(Refused) as refused:
        bench.take("Ctrl+Alt+Up")
    assert refused.value.reason is Reason.UNAVAILABLE
    bench.taker.close()
    assert bench.keyboard.closed


def test_closing_leaves_nothing_watched(bench: Bench) -> None:
    bench.take("Meta+P")
    bench.taker.close()
    assert bench.loop.readers == {}
    assert bench.keyboard.closed


def test_a_screen_that_cannot_be_reached_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for display in (":59998", "nowhere", ""):
        monkeypatch.setenv("DISPLAY", display)
        with pytest.raises(Refused) as refused:
            connect()
        assert refused.value.reason is Reason.UNAVAILABLE


def test_without_libraries_there_are_no_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr("ctypes.CDLL", missing)
    with pytest.raises(Refused) as refused:
        connect()
    assert refused.value.reason is Reason.UNAVAILABLE


def test_every_key_of_a_shortcut_has_a_symbol_of_its_own() -> None:
    symbols = sorted(keysym(key) for key in shortcut._KEYS.values())
    assert all(one < other for one, other in pairwise(symbols))


@given(st.sampled_from(sorted(shortcut._KEYS.values())), st.sets(st.sampled_from(shortcut.MODIFIERS)))
def test_what_is_taken_is_exactly_what_is_heard(key: str, held: set[str]) -> None:
    """Of all states of the modifiers, those of the shortcut with any locks are heard, and no others."""
    wanted = shortcut.Shortcut(tuple(each for each in shortcut.MODIFIERS if each in held), key)
    keyboard = FakeKeyboard(keysyms={**KEYSYMS, keysym(key): [99]})
    bench = Bench(keyboard, FakeLoop())
    bench.taker.take(wanted, lambda: bench.pressed.append(str(wanted)))
    bits = {"Shift": 1, "Ctrl": CONTROL_BIT, "Alt": ALT_BIT, "Meta": SUPER_BIT}
    exact = sum(bits[each] for each in held)
    for state in range(256):
        bench.pressed.clear()
        bench.hear(press(99, state, at=state * 1000))
        assert bool(bench.pressed) is (state & ~(CAPS_BIT | NUM_BIT) == exact), state
