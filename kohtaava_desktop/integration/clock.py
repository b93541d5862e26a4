"""The one place where clocks are read. Everything else is told the time."""

import sys
import time
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

from kohtaava_desktop.domain.timeline import Reading

FASTEST = 100_000
"""Times as fast as the computer's clock; much faster, and the wall clock soon leaves the calendar."""


class Clock(Protocol):
    """What the rest of the program knows of time."""

    def read(self) -> Reading:
        """All clocks at this instant."""

    def real_seconds(self, seconds: float) -> float:
        """How long to wait until ``seconds`` of this clock have passed."""

    def local_time(self, wall: float) -> datetime:
        """The local date and time at ``wall`` (seconds since 1970)."""


class SystemClock:
    """The computer's own clocks."""

    def read(self) -> Reading:
        """All clocks at this instant."""
        return Reading(wall=time.time(), steady=_steady(), awake=_awake(), boot=_boot())

    def real_seconds(self, seconds: float) -> float:
        """Real time is this clock's time."""
        return seconds

    def local_time(self, wall: float) -> datetime:
        """The local date and time at ``wall`` (seconds since 1970), in the time zone that is set now."""
        _follow_time_zone()
        return datetime.fromtimestamp(wall)


class FastClock(SystemClock):
    """The computer's clocks, ``speed`` times as fast from the moment it was made: for demonstrations and tests."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._origin = super().read()

    def read(self) -> Reading:
        """All clocks at this instant, hurried."""
        now, origin, more = super().read(), self._origin, self.speed - 1
        passed = (now.steady - origin.steady) * more
        return Reading(now.wall + passed, now.steady + passed, now.awake + passed, now.boot)

    def real_seconds(self, seconds: float) -> float:
        """The real seconds in which ``seconds`` of this clock pass."""
        return seconds / self.speed


def clock_of(speed: str) -> Clock:
    """The computer's clock, ``speed`` times as fast where that is a number over 1 and at most ``FASTEST``."""
    try:
        times = float(speed)
    except ValueError:
        times = 1.0
    return FastClock(times) if 1 < times <= FASTEST else SystemClock()


def local_day(clock: Clock, wall: float) -> date:
    """The local calendar day at ``wall``."""
    return clock.local_time(wall).date()


if sys.platform == "win32":
    import ctypes

    def _steady() -> float:
        """Seconds since boot, sleep included."""
        tick = ctypes.windll.kernel32.GetTickCount64
        tick.restype = ctypes.c_ulonglong
        return float(tick()) / 1000

    def _awake() -> float:
        """Seconds since boot without sleep."""
        hundred_nanoseconds = ctypes.c_ulonglong()
        ctypes.windll.kernel32.QueryUnbiasedInterruptTime(ctypes.byref(hundred_nanoseconds))
        return hundred_nanoseconds.value / 1e7

    def _follow_time_zone() -> None:
        """The C library asks Windows for the zone once only, unless it is told to ask again."""
        ctypes.cdll.ucrtbase._tzset()

    @cache
    def _boot() -> str:
        """The minute of the last boot: the only name that Windows gives to it."""
        return f"boot-{round((time.time() - _steady()) / 60)}"

else:
    # macOS has no CLOCK_BOOTTIME; its CLOCK_MONOTONIC counts sleep.
    _STEADY_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    _BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

    def _steady() -> float:
        """Seconds since boot, sleep included."""
        return time.clock_gettime(_STEADY_CLOCK)

    def _awake() -> float:
        """Seconds since boot without sleep."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def _follow_time_zone() -> None:
        """The C library looks at /etc/localtime once only, unless it is told to look whether it is another file now."""
        time.tzset()

    @cache
    def _boot() -> str:
        """The kernel's name for this boot."""
        try:
            return _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            return "unknown"
