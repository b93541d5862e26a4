"""Hot keys of Windows, on a ``user32`` made up for it; that Windows itself sends the messages is not tested here."""

import ctypes
from ctypes import wintypes
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from kohtaava_desktop.integration.shortcuts import Reason, Refused
from kohtaava_desktop.integration.shortcuts_windows import WM_HOTKEY, WindowsTaker, virtual_key
from kohtaava_desktop.settings import shortcut
from kohtaava_desktop.settings.shortcut import parse

QUEUE, WINDOW = b"windows_dispatcher_MSG", b"windows_generic_MSG"
NO_REPEAT = 0x4000


@dataclass
class FakeUser32:
    """Registers hot keys by their (modifiers, key); those in ``others`` are another program's."""

    others: set[tuple[int, int]] = field(default_factory=set)
    registered: dict[int, tuple[int, int]] = field(default_factory=dict)
    error: int = 0

    def RegisterHotKey(self, window: None, number: int, modifiers: int, key: int) -> int:  # noqa: N802
        wanted = (modifiers & ~NO_REPEAT, key)
        assert modifiers & NO_REPEAT, "a key held down would count again and again"
        assert number not in self.registered
        if wanted in self.others or self.error:
            self.error = self.error or 1409
            return 0
        self.registered[number] = wanted
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:  # noqa: N802
        return int(self.registered.pop(number, None) is not None)


@dataclass
class FakeApp:
    """Holds the filters, as Qt does."""

    filters: list[QAbstractNativeEventFilter] = field(default_factory=list)

    def installNativeEventFilter(self, each: QAbstractNativeEventFilter) -> None:  # noqa: N802
        self.filters.append(each)

    def removeNativeEventFilter(self, each: QAbstractNativeEventFilter) -> None:  # noqa: N802
        self.filters.remove(each)


class Bench:
    """A taker on a made-up Windows; ``pressed`` are the shortcuts heard."""

    def __init__(self) -> None:
        self.user32, self.app, self.pressed = FakeUser32(), FakeApp(), list[str]()
        self.taker = WindowsTaker(cast("QCoreApplication", self.app), self.user32, lambda: self.user32.error)

    def take(self, text: str) -> None:
        self.taker.take(parse(text), lambda: self.pressed.append(text))

    def send(self, number: int, time: int, kind: bytes = QUEUE, message: int = WM_HOTKEY) -> bool:
        """Whether the message was taken out of the way."""
        sent = wintypes.MSG(message=message, wParam=number, time=time)
        answer = cast("Any", self.app.filters[0]).nativeEventFilter(QByteArray(kind), ctypes.addressof(sent))
        return bool(answer[0])

    def number(self, modifiers: int, key: int) -> int:
        """The number under which the hot key was registered."""
        return next(number for number, held in self.user32.registered.items() if held == (modifiers, key))


@pytest.fixture
def bench() -> Bench:
    return Bench()


@pytest.mark.parametrize(
    ("text", "modifiers", "key"),
    [
        ("Ctrl+Alt+Up", 2 | 1, 0x26),
        ("Meta+F9", 8, 0x78),
        ("Ctrl+Shift+P", 2 | 4, 0x50),
        ("Ctrl+7", 2, 0x37),
        ("F24", 0, 0x87),
    ],
)
def test_what_windows_is_asked_for(bench: Bench, text: str, modifiers: int, key: int) -> None:
    bench.take(text)
    assert list(bench.user32.registered.values()) == [(modifiers, key)]


def test_a_press_is_heard_and_goes_no_further(bench: Bench) -> None:
    bench.take("Ctrl+Alt+Up")
    bench.take("Meta+F9")
    assert bench.send(bench.number(8, 0x78), time=100)
    assert bench.send(bench.number(3, 0x26), time=100)
    assert bench.pressed == ["Meta+F9", "Ctrl+Alt+Up"]


def test_one_message_shown_twice_is_one_press(bench: Bench) -> None:
    bench.take("Meta+F9")
    number = bench.number(8, 0x78)
    for kind in (QUEUE, WINDOW):
        assert bench.send(number, time=100, kind=kind)
    assert bench.pressed == ["Meta+F9"]
    bench.send(number, time=900, kind=WINDOW)
    assert bench.pressed == ["Meta+F9", "Meta+F9"]


def test_every_other_message_goes_on_its_way(bench: Bench) -> None:
    bench.take("Meta+F9")
    assert not bench.send(1, time=100, message=0x0100)
    assert not bench.send(1, time=100, kind=b"xcb_generic_event_t")
    assert bench.pressed == []


def test_a_shortcut_of_another_program_is_refused(bench: Bench) -> None:
    bench.user32.others = {(8, 0x78)}
    with pytest.raises(Refused) as refused:
        bench.take("Meta+F9")
    assert refused.value.reason is Reason.TAKEN


def test_any_other_failure_is_not_put_on_another_program(bench: Bench) -> None:
    bench.user32.error = 5
    with pytest.raises(Refused) as refused:
        bench.take("Meta+F9")
    assert refused.value.reason is Reason.UNAVAILABLE


def test_what_is_given_back_is_not_heard(bench: Bench) -> None:
    """Not even when its message was on its way already."""
    bench.take("Meta+F9")
    number = bench.number(8, 0x78)
    bench.taker.release_all()
    assert bench.user32.registered == {}
    assert bench.send(number, time=100)
    assert bench.pressed == []
    bench.take("Meta+F9")
    assert bench.send(number, time=200)
    assert bench.pressed == [], "a number is used once"


def test_closing_leaves_no_filter(bench: Bench) -> None:
    bench.take("Meta+F9")
    bench.taker.close()
    assert (bench.user32.registered, bench.app.filters) == ({}, [])


def test_every_key_of_a_shortcut_has_a_code_of_its_own() -> None:
    keys = shortcut._KEYS.values()
    assert len({virtual_key(key) for key in keys}) == len(keys)
