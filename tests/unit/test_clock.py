"""The one place where clocks are read."""

import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kohtaava_desktop.domain.timeline import Reading, gap_between
from kohtaava_desktop.integration import clock as module
from kohtaava_desktop.integration.clock import FastClock, SystemClock, local_day
from tests.support import HandClock


@pytest.fixture
def in_helsinki(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer that is set to Finnish time."""
    monkeypatch.setenv("TZ", "EET-2EEST,M3.5.0/3,M10.5.0/4")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> HandClock:
    """The computer's own clocks, moved by hand."""
    hand = HandClock()
    monkeypatch.setattr(module, "_steady", lambda: hand.reading.steady)
    monkeypatch.setattr(module, "_awake", lambda: hand.reading.awake)
    monkeypatch.setattr(module, "_boot", lambda: hand.reading.boot)
    monkeypatch.setattr(time, "time", lambda: hand.reading.wall)
    return hand


def test_the_computers_clocks_go_on_and_name_their_boot() -> None:
    clock = SystemClock()
    first, second = clock.read(), clock.read()
    assert second.steady >= first.steady
    assert second.awake >= first.awake
    assert first.boot == second.boot != ""
    assert first.steady >= first.awake - 1, "the steady clock counts sleep, too"
    assert clock.real_seconds(7.5) == 7.5
    assert gap_between(first, second) is None


def test_the_boot_has_a_name_even_where_the_kernel_gives_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module._boot.cache_clear()
    monkeypatch.setattr(module, "_BOOT_ID", tmp_path / "missing")
    assert module._boot() == "unknown"
    module._boot.cache_clear()


@pytest.mark.usefixtures("in_helsinki")
def test_local_time_follows_the_zone_and_its_summer_time() -> None:
    clock = SystemClock()
    assert clock.local_time(1_794_816_000.0) == datetime(2026, 11, 16, 10, 0)
    assert clock.local_time(1_784_275_200.0) == datetime(2026, 7, 17, 11, 0)
    assert local_day(clock, 1_794_779_999.0) == date(2026, 11, 15)
    assert local_day(clock, 1_794_780_000.0) == date(2026, 11, 16)


def test_a_fast_clock_runs_so_many_times_faster_from_the_moment_it_was_made(hand: HandClock) -> None:
    before = hand.reading
    clock = FastClock(60)
    assert clock.read() == before
    hand.advance(1)
    assert clock.read() == Reading(before.wall + 60, before.steady + 60, before.awake + 60, before.boot)
    assert clock.real_seconds(60) == 1


def test_a_fast_clock_still_sees_sleep_and_leaps(hand: HandClock) -> None:
    clock = FastClock(60)
    first = clock.read()
    hand.sleep(10)
    slept = gap_between(first, clock.read())
    assert slept is not None
    assert slept[1].value == "sleep"
    first = clock.read()
    hand.leap(10)
    leapt = gap_between(first, clock.read())
    assert leapt is not None
    assert leapt[1].value == "clock"
    assert leapt[0] == pytest.approx(600)
