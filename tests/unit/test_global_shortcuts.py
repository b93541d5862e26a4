"""Shortcuts as they are set: taken, told where they cannot be, taken anew when a setting or the keyboard changes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.integration.shortcuts import Reason, Refused
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import Value
from kohtaava_desktop.ui.desktop.global_shortcuts import COMMANDS, NAMES, GlobalShortcuts
from tests.support import FakeTaker


@dataclass
class Bench:
    """Settings that can be changed, and all that becomes of them."""

    given: dict[str, Value] = field(default_factory=dict)
    refused: dict[str, Reason] = field(default_factory=dict)
    takers: list[FakeTaker] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    standing: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    no_taker: Reason | None = None

    def __post_init__(self) -> None:
        self.settings = Settings([lambda: Layer(Origin.USER, "here", dict(self.given))])

    def begin(self, **given: Value) -> GlobalShortcuts:
        self.set(**given)
        acts = {name: lambda name=name: self.done.append(name) for name in NAMES}
        self.shortcuts = GlobalShortcuts(self.settings, acts, self._make, self._say, self.standing.remove)
        return self.shortcuts

    def set(self, **given: Value) -> None:
        self.given.update(given)
        self.settings.reload()

    def _say(self, sentence: str) -> None:
        self.standing.append(sentence)
        self.said.append(sentence)

    def _make(self, moved: Callable[[], None]) -> FakeTaker:
        if self.no_taker is not None:
            raise Refused(self.no_taker)
        self.moved = moved
        self.takers.append(FakeTaker(self.refused))
        return self.takers[-1]


@pytest.fixture
def bench() -> Iterator[Bench]:
    set_language("en")
    yield Bench()
    set_language(None)


def test_nothing_is_asked_of_the_system_while_none_is_set(bench: Bench) -> None:
    bench.begin()
    bench.set(theme="dark")
    assert bench.takers == []


def test_each_does_what_it_is_set_for(bench: Bench) -> None:
    bench.begin(**{name: f"Ctrl+F{number}" for number, name in enumerate(NAMES, start=1)})
    for pressed in bench.takers[0].taken.values():
        pressed()
    assert bench.done == list(NAMES)
    assert [bench.shortcuts.trouble(name) for name in NAMES] == [None] * len(NAMES)
    assert bench.said == []


def test_what_can_be_said_from_outside_is_known_for_each() -> None:
    assert list(COMMANDS) == list(NAMES)


def test_a_changed_setting_is_taken_at_once(bench: Bench) -> None:
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    bench.set(shortcut_up="Meta+F9")
    assert list(bench.takers[0].taken) == ["Meta+F9"]
    bench.set(shortcut_pin="Ctrl+Alt+P")
    assert list(bench.takers[0].taken) == ["Meta+F9", "Ctrl+Alt+P"]
    assert len(bench.takers) == 1


def test_with_the_last_one_the_system_is_let_go(bench: Bench) -> None:
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    bench.set(shortcut_up="")
    assert bench.takers[0].closed
    bench.set(shortcut_up="Meta+F9")
    assert list(bench.takers[1].taken) == ["Meta+F9"]


def test_two_may_change_places(bench: Bench) -> None:
    bench.begin(shortcut_up="Ctrl+F1", shortcut_back="Ctrl+F2")
    bench.set(shortcut_up="Ctrl+F2", shortcut_back="Ctrl+F1")
    bench.takers[0].taken["Ctrl+F1"]()
    assert bench.done == ["shortcut_back"]


def test_one_that_is_taken_is_told_once_and_the_others_work(bench: Bench) -> None:
    bench.refused["Ctrl+Alt+Up"] = Reason.TAKEN
    bench.begin(shortcut_up="Ctrl+Alt+Up", shortcut_pin="Ctrl+Alt+P")
    expected = "Ctrl+Alt+Up belongs to another program already: choose another for “Start meeting, step up”."
    assert bench.said == [expected]
    assert bench.shortcuts.trouble("shortcut_up") == expected
    assert bench.shortcuts.trouble("shortcut_pin") is None
    assert list(bench.takers[0].taken) == ["Ctrl+Alt+P"]
    bench.set(shortcut_pin="Meta+P")
    bench.moved()
    assert bench.said == [expected]


def test_what_is_said_is_taken_back_when_it_is_mended(bench: Bench) -> None:
    bench.refused["Ctrl+Alt+Up"] = Reason.TAKEN
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    bench.set(shortcut_up="Meta+F9")
    assert bench.standing == []
    assert bench.shortcuts.trouble("shortcut_up") is None


def test_a_key_that_is_not_there_is_told(bench: Bench) -> None:
    bench.refused["F24"] = Reason.NO_KEY
    bench.begin(shortcut_view="F24")
    assert bench.said == ["This keyboard has no key for F24: choose another for “Open or quiet”."]


def test_a_session_without_shortcuts_is_told_with_the_way_around(bench: Bench) -> None:
    bench.no_taker = Reason.UNAVAILABLE
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    assert len(bench.said) == 1
    assert "kohtaava up" in bench.said[0]


def test_the_trouble_is_told_in_the_language_in_use(bench: Bench) -> None:
    bench.refused["F24"] = Reason.NO_KEY
    bench.begin(shortcut_view="F24")
    english = bench.shortcuts.trouble("shortcut_view")
    set_language("fi")
    assert bench.shortcuts.trouble("shortcut_view") != english


def test_keys_that_have_moved_are_taken_anew(bench: Bench) -> None:
    bench.refused["Meta+F9"] = Reason.NO_KEY
    bench.begin(shortcut_up="Meta+F9")
    bench.refused.clear()
    bench.moved()
    assert list(bench.takers[0].taken) == ["Meta+F9"]
    assert bench.standing == []


def test_while_it_pauses_the_keys_go_through(bench: Bench) -> None:
    """Also when a setting or the keyboard changes meanwhile; afterwards it is as the settings say then."""
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    bench.shortcuts.pause(True)
    bench.set(shortcut_up="Meta+F9", shortcut_pin="Meta+F8")
    bench.moved()
    assert bench.takers[0].taken == {}
    bench.shortcuts.pause(False)
    assert list(bench.takers[0].taken) == ["Meta+F9", "Meta+F8"]


def test_after_the_end_nothing_is_taken(bench: Bench) -> None:
    bench.begin(shortcut_up="Ctrl+Alt+Up")
    bench.shortcuts.end()
    assert bench.takers[0].closed
    bench.set(shortcut_up="Meta+F9")
    assert len(bench.takers) == 1
