"""The wall clock set, the time zone changed, the night when an hour comes twice: a meeting goes on undisturbed.

libfaketime gives the program, and nothing else, another wall clock; the steady clocks stay as they are.
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.beside import Beside
from tests.e2e.desk import Desk, stages
from tests.e2e.room import Room
from tests.e2e.screen import until

FINLAND = "EET-2EEST,M3.5.0/3,M10.5.0/4"
MORNING = datetime(2026, 11, 16, 8, 0, 5, tzinfo=UTC)
"""Ten in Finland, and five seconds: no test takes so long that the next minute begins."""
HOUR = timedelta(hours=1)
SLEPT = "The computer slept for 10 min. Was it part of the meeting?"
LEAPT = "The clock jumped 60 min ahead. Was it part of the meeting?"
CLOSED = "The program was closed for 30 min. Was it part of the meeting?"

Told = dict[str, Any]


class SetClock:
    """A desk whose program lives by a wall clock that can be set."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._offset, self._told = desk.room / "offset", desk.room / "told"
        self.set_secretly(MORNING)

    def start(self, zone: str = FINLAND) -> None:
        """Start the program in the time zone ``zone``; with none, in that of the computer."""
        self._told.unlink(missing_ok=True)
        libraries = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
        assert libraries, "libfaketime is missing for the end-to-end tests; `make test` installs it"
        faked = {
            "LD_PRELOAD": str(libraries[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._offset),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            **({"TZ": zone} if zone else {}),
        }
        words = [f"{name}={value}" for name, value in faked.items()]
        self.desk.start(before=["env", *words, sys.executable, "-m", "tests.e2e.telling", str(self._told)])
        until("the first scene", self._told.exists)

    def set_secretly(self, when: datetime) -> None:
        """The wall clock is set to ``when``, and goes on from there."""
        new = self._offset.with_suffix(".new")
        new.write_text(f"{when.timestamp() - time.time():+.0f}\n", encoding="ascii")
        new.rename(self._offset)

    def now(self) -> datetime:
        """What the wall clock says."""
        return datetime.fromtimestamp(time.time() + float(self._offset.read_text(encoding="ascii")), UTC)

    def set(self, when: datetime) -> None:
        """The wall clock is set to ``when``, and the kernel tells."""
        self.set_secretly(when)
        self.tell()

    def put(self, ahead: timedelta) -> None:
        """The wall clock is put so far ahead, or back, and the kernel tells.

        An end by the clock is then another by just as much, however long the meeting has lasted.
        """
        self.set(self.now() + ahead)

    def tell(self) -> None:
        """The kernel tells the program that the clock was set."""
        assert self.desk.program is not None
        self.desk.program.send_signal(signal.SIGUSR1)

    def sleep_ten_minutes(self) -> None:
        """The computer sleeps; the wall clock counts that, too."""
        assert self.desk.program is not None
        self.set_secretly(self.now() + timedelta(minutes=10))
        self.desk.program.send_signal(signal.SIGUSR2)

    def kill(self) -> None:
        """SIGKILL; and libfaketime's traces go, which let no program start that has the same number one day."""
        assert self.desk.program is not None
        number = self.desk.program.pid
        self.desk.kill()
        for trace in Path("/dev/shm").glob(f"*faketime_*_{number}"):
            trace.unlink()

    def shown(self) -> Told:
        """What the overlay shows."""
        told: Told = json.loads(self._told.read_text(encoding="utf-8"))
        return told

    def await_shown(self, **values: object) -> Told:
        """What the overlay shows, once ``values`` are among it."""

        def look() -> Told | None:
            told = self.shown()
            return told if all(told[name] == value for name, value in values.items()) else None

        try:
            return until(f"an overlay with {values}", look)
        except AssertionError as failure:
            raise AssertionError(f"{failure}; it shows {self.shown()}") from None

    def tap(self, act: str) -> None:
        """Click on the control for ``act``, and not so soon after another tap that it would be a double one."""
        x, y = until(f"the control {act}", lambda: self.shown()["places"].get(act))
        window = self.desk.overlay()
        self.desk.tap(window.x + x, window.y + y)
        self.desk.away()


@pytest.fixture
def clock(desk: Desk) -> SetClock:
    """A desk with a clock that can be set; it is ten in the morning."""
    return SetClock(desk)


@pytest.fixture
def clock_in_room(new_desk: Callable[[Sequence[str]], Desk], disk: Room) -> SetClock:
    """The same in a room of its own, where the computer's own files can be others."""
    return SetClock(new_desk(disk.prefix))


def announced(end: str) -> str:
    """The sentence to say with this end."""
    return f"We have 45 minutes today, until {end}."


def test_sleep_in_a_meeting(clock: SetClock) -> None:
    """The minutes on show are right at once, it is asked, and *it was not* leaves the sleep out; no promise moves."""
    desk = clock.desk
    clock.start()
    desk.tell("start")
    desk.tell("open")
    clock.await_shown(number="45", announcement=announced("10:45"))
    clock.sleep_ten_minutes()
    clock.await_shown(view="open", number="35", sentence=SLEPT, announcement=announced("10:45"))
    assert 600 <= desk.status()["elapsed_seconds"] < 660
    clock.tap("gap_no")
    clock.await_shown(number="35", sentence="")
    assert desk.status()["elapsed_seconds"] < 60
    desk.tell("undo")
    clock.await_shown(sentence=SLEPT)
    clock.tap("gap_yes")
    clock.await_shown(number="35", sentence="")
    assert 600 <= desk.status()["elapsed_seconds"] < 660
    desk.quit()


def test_the_clock_set_forward_in_a_meeting(clock: SetClock, beside: Beside) -> None:
    """Minutes do not jump; the end by the clock follows; it is asked in the line, and both answers do what they say."""
    desk = clock.desk
    clock.start()
    clock.await_shown(view="ready", until="until 10:45")
    desk.tell("start")
    clock.await_shown(view="announcement", announcement=announced("10:45"))
    clock.put(HOUR)
    clock.await_shown(view="quiet", sentence=LEAPT, announcement=announced("11:45"))
    assert desk.status()["remaining_minutes"] == 45
    beside.still_typing()
    desk.tell("open")
    clock.tap("gap_no")
    clock.await_shown(view="open", sentence="", number="45")
    assert desk.status()["elapsed_seconds"] < 60

    clock.put(HOUR)
    clock.await_shown(view="open", sentence=LEAPT, number="45", announcement=announced("12:45"))
    clock.tap("gap_yes")
    clock.await_shown(sentence="You can also agree on a new time", number="+15", announcement=announced("11:45"))
    assert 3600 <= desk.status()["elapsed_seconds"] < 3660
    desk.tell("undo")
    clock.await_shown(sentence=LEAPT, number="45")
    beside.still_typing()
    desk.quit()


def test_the_clock_set_back_in_a_meeting(clock: SetClock) -> None:
    """There is nothing to ask: only the ends by the clock are others."""
    desk = clock.desk
    clock.start()
    desk.tell("start")
    desk.tell("up")
    clock.await_shown(view="quiet", announcement=announced("10:45"))
    clock.put(-HOUR)
    clock.await_shown(view="quiet", sentence="", number="45", announcement=announced("09:45"))
    status = desk.status()
    assert stages(status) == ["empathy", "guidance"]
    assert status["elapsed_seconds"] < 60
    desk.tell("discard")
    clock.await_shown(view="ready", until="until 09:45")
    clock.put(2 * HOUR)
    clock.await_shown(view="ready", until="until 11:45", sentence="")
    desk.quit()


def test_a_clock_that_nobody_tells_of_is_seen_with_the_next_tap(clock: SetClock) -> None:
    """Where the system does not tell, a tap is dated rightly all the same, and the question comes with it."""
    desk = clock.desk
    clock.start()
    desk.tell("start")
    clock.set_secretly(clock.now() + HOUR)
    desk.tell("up")
    clock.await_shown(sentence=LEAPT)
    assert sum(visit["seconds"] for visit in desk.status()["visits"]) < 60
    desk.quit()


def test_the_nights_when_summer_time_ends_and_begins(clock: SetClock) -> None:
    """An end is right by the clock that the wall will show then."""
    desk = clock.desk
    clock.set_secretly(datetime(2026, 10, 25, 0, 30, 5, tzinfo=UTC))  # 3.30 in summer time; at 4 it is 3 again
    clock.start()
    clock.await_shown(view="ready", until="until 03:15")
    desk.tell("start")
    clock.await_shown(view="announcement", announcement=announced("03:15"))
    desk.tell("discard")
    clock.set(datetime(2026, 3, 29, 0, 30, 5, tzinfo=UTC))  # 2.30; at 3 it is 4
    clock.await_shown(view="ready", until="until 04:15")
    desk.quit()


def test_another_time_zone_while_the_program_runs(clock_in_room: SetClock, disk: Room, tmp_path: Path) -> None:
    """The ends on show follow, no minute jumps, nothing is asked."""
    clock, desk = clock_in_room, clock_in_room.desk
    assert Path("/etc/localtime").exists(), "a file that says the time zone is missing; the package tzdata has it"
    finland, sweden = tmp_path / "finland", tmp_path / "sweden"
    finland.write_bytes(zone_file(2))
    sweden.write_bytes(zone_file(1))
    disk.do("mount", "--bind", str(finland), "/etc/localtime")
    clock.start(zone="")
    clock.await_shown(view="ready", until="until 10:45")
    desk.tell("start")
    desk.tell("up")
    clock.await_shown(view="quiet", announcement=announced("10:45"))
    disk.do("mount", "--bind", str(sweden), "/etc/localtime")
    clock.tell()
    clock.await_shown(view="quiet", announcement=announced("09:45"), number="45", sentence="")
    desk.quit()


def zone_file(hours: int) -> bytes:
    """What /etc/localtime holds where the clock is always so many hours ahead of UTC (TZif, RFC 9636)."""
    counts = b"".join(number.to_bytes(4, "big") for number in (0, 0, 0, 0, 1, 4))
    block = b"TZif2" + bytes(15) + counts + (hours * 3600).to_bytes(4, "big") + bytes(2) + b"XXX\0"
    return block * 2 + f"\nXXX-{hours}\n".encode("ascii")


def test_a_reboot_with_the_clock_set_in_between(clock_in_room: SetClock, disk: Room, tmp_path: Path) -> None:
    """By another boot's clocks the meeting goes on; time by the wall clock is asked about, and never runs backwards."""
    clock, desk = clock_in_room, clock_in_room.desk
    clock.start()
    desk.tell("start")
    desk.tell("up")
    clock.kill()
    boot(disk, tmp_path / "second", "11111111-2222-4333-8444-555555555555")
    clock.set_secretly(clock.now() + timedelta(minutes=30, seconds=5))
    clock.start()
    clock.await_shown(view="quiet", sentence=CLOSED)
    assert 1800 <= desk.status()["elapsed_seconds"] <= 1860
    desk.tell("open")
    clock.tap("gap_no")
    clock.await_shown(view="open", sentence="")
    assert desk.status()["elapsed_seconds"] < 60

    left = desk.status()["remaining_minutes"]
    clock.kill()
    boot(disk, tmp_path / "third", "66666666-7777-4888-9999-000000000000")
    clock.set_secretly(MORNING - 2 * HOUR)
    clock.start()
    clock.await_shown(sentence="")
    status = desk.status()
    assert stages(status) == ["empathy", "guidance"]
    assert left - 1 <= status["remaining_minutes"] <= left
    desk.tell("up")
    desk.quit()


def boot(room: Room, name: Path, boot_id: str) -> None:
    """The computer in ``room`` was started anew."""
    name.write_text(f"{boot_id}\n", encoding="ascii")
    room.do("mount", "--bind", str(name), "/proc/sys/kernel/random/boot_id")
