"""The one place where clocks are read."""

import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.timeline import Reading, begin, gap_between
from kohtaava_desktop.integration import clock as module
from kohtaava_desktop.integration.clock import FASTEST, FastClock, SystemClock, clock_of, local_day
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
    assert second.steady >= first.awake, "the steady clock counts sleep, too"
    assert clock.real_seconds(7.5) == 7.5
    assert gap_between(first, second) is None


def test_sleep_is_what_boottime_counts_and_monotonic_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = {module._STEADY_CLOCK: 5000.0, time.CLOCK_MONOTONIC: 4000.0}
    assert len(clocks) == 2, "this system has a clock that counts sleep, beside one that does not"
    monkeypatch.setattr(time, "clock_gettime", clocks.__getitem__)
    clock = SystemClock()
    first = clock.read()
    clocks[module._STEADY_CLOCK] += 600
    slept = clock.read()
    assert gap_between(first, slept) == (600, GapKind.SLEEP)
    assert begin(first).instant(slept) == first.wall + 600
    for which in clocks:
        clocks[which] += 600
    assert gap_between(slept, clock.read()) is None, "awake, and nothing was due"


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


def test_a_time_zone_set_while_the_program_runs_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SystemClock()
    seen = []
    for zone in ("EET-2EEST,M3.5.0/3,M10.5.0/4", "CET-1CEST,M3.5.0,M10.5.0/3", "UTC0", "EET-2EEST,M3.5.0/3,M10.5.0/4"):
        monkeypatch.setenv("TZ", zone)
        seen.append(clock.local_time(1_794_816_000.0).hour)
    monkeypatch.undo()
    time.tzset()
    assert seen == [10, 9, 8, 10]


@pytest.mark.usefixtures("in_helsinki")
@pytest.mark.parametrize(
    ("began", "minutes", "end"),
    [
        pytest.param(datetime(2026, 10, 25, 3, 30), 45, (3, 15), id="in the night when an hour comes twice"),
        pytest.param(datetime(2026, 10, 25, 3, 30, fold=1), 45, (4, 15), id="in the second of the two hours"),
        pytest.param(datetime(2026, 10, 25, 2, 30), 90, (3, 0), id="up to the change itself"),
        pytest.param(datetime(2026, 3, 29, 2, 30), 45, (4, 15), id="in the night when an hour is left out"),
        pytest.param(datetime(2026, 3, 29, 2, 15), 45, (4, 0), id="up to the hour that is left out"),
        pytest.param(datetime(2026, 10, 24, 10, 0), 45, (10, 45), id="the day before"),
    ],
)
def test_the_end_by_the_clock_is_right_when_summer_time_begins_or_ends_in_the_meeting(
    began: datetime, minutes: int, end: tuple[int, int]
) -> None:
    local = SystemClock().local_time(began.timestamp() + minutes * 60)
    assert (local.hour, local.minute) == end


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


@pytest.mark.parametrize(
    "asked", ["", "0", "1", "-5", "nan", "inf", "²", "9" * 400, "1e20", "1,5", "fast", "\N{BULLET}"]
)
def test_a_speed_that_is_none_is_the_computers_own(asked: str) -> None:
    clock = clock_of(asked)
    assert type(clock) is SystemClock
    assert clock.local_time(clock.read().wall).year < 9999


@pytest.mark.parametrize("asked", ["1.5", "60", str(FASTEST)])
def test_a_speed_is_taken_and_a_day_of_it_still_has_a_date(asked: str) -> None:
    clock = clock_of(asked)
    assert isinstance(clock, FastClock)
    assert clock.speed == float(asked)
    assert clock.local_time(1_800_000_000 + 24 * 3600 * clock.speed).year < 9999
