"""An expert's desk: the real program on a virtual screen, ``kohtaava`` beside it, and a folder for its data."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask
from kohtaava_desktop.domain.taps import DOUBLE_TAP_SECONDS
from tests.e2e.screen import PATIENCE, Screen, Window, end, until

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
DESIGN_WIDTH = 344.0
UP_FROM_LEFT, UP_FROM_BOTTOM = 267.0, 20.0
"""Where the middle of the place of *step up* lies in every form, in design pixels (``ui.forms``)."""
LIVELY, BRISK = 4, 20
"""So much faster than the clock the program runs: lively where many taps follow each other, brisk for a reminder.

A double tap then lasts for 100 or 20 ms, an announcement of two minutes for 30 s or 6.
"""
LINE = 40
"""Forms that are no higher, in pixels, are the lines: quiet and discreet."""
NO_ANSWER = (
    "QSpiApplication::keyEventError ",
    "QSpiApplication::notifyKeyboardListenerCallback with no queued key called",
)
"""So Qt tells that a busy accessibility bus has not said within 0.1 s whether it wants a key; the key counts.

With it all keys count that wait for their answers; of each of these that comes after all Qt tells, too.
"""
MEETING = ("key", "iso_week", "planned_minutes", "channel", "new_client", "interpreter", "furthest_stage", "quality")
VISIT = ("meeting_key", "position", "stage", "seconds")

Status = dict[str, Any]


def installed(name: str, module: str) -> list[str]:
    """The command ``name`` as it is installed beside this Python, or the same out of the sources."""
    script = BIN / name
    if script.exists():
        return [str(script)]
    return [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())"]


WINDOW_PROGRAM = installed("kohtaava-desktop", "kohtaava_desktop.app")
COMMAND_LINE = installed("kohtaava", "kohtaava_desktop.cli")


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


class Desk:
    """One data folder and the programs on it. Programs run one at a time; ``close`` ends what still runs.

    ``prefix`` is put before every command: a way into a room of its own (``tests.e2e.room``).
    """

    def __init__(self, screen: Screen, room: Path, prefix: Sequence[str] = ()) -> None:
        self.screen, self.room, self.prefix = screen, room, list(prefix)
        self.data, self.config, self.temporary = room / "data", room / "config", room / "tmp"
        for folder in (self.config, self.temporary):
            folder.mkdir(parents=True, exist_ok=True)
        self.program: subprocess.Popen[bytes] | None = None
        self._errors = room / "program.log"
        self._errors.touch()
        self._speed = 1
        self.surroundings: dict[str, str] = {}
        self.settings()

    def settings(self, **values: object) -> None:
        """Write the settings; English, so that sentences can be read here."""
        (self.config / "settings.json").write_text(json.dumps({"language": "en", **values}), encoding="utf-8")

    def environment(self, **more: str) -> dict[str, str]:
        """What the program and ``kohtaava`` are started with."""
        return {
            **self.screen.environment(),
            "KOHTAAVA_DATA_DIR": str(self.data),
            "KOHTAAVA_CONFIG_DIR": str(self.config),
            "TMPDIR": str(self.temporary),
            **self.surroundings,
            **more,
        }

    # the program

    def spawn(self, *arguments: str, speed: int = 1, before: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Start the window program and go on at once."""
        self._speed = speed
        more = {"KOHTAAVA_SPEED": str(speed)} if speed > 1 else {}
        with self._errors.open("ab") as log:
            return subprocess.Popen(
                [*self.prefix, *before, *WINDOW_PROGRAM, *arguments],
                cwd=ROOT,
                env=self.environment(**more),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def start(self, *arguments: str, speed: int = 1, before: Sequence[str] = ()) -> None:
        """Start the window program and wait until it answers."""
        assert self.program is None, "a program runs already"
        self.program = self.spawn(*arguments, speed=speed, before=before)
        until("the program's first answer", self._answers)

    def _answers(self) -> bool:
        assert self.program is not None
        assert self.program.poll() is None, f"the program ended with {self.program.returncode}: {self.errors()}"
        return self.reached()

    def reached(self) -> bool:
        """Whether the program answers."""
        if self.prefix:
            return self.kohtaava("status").code == 0
        try:
            return self.status() != {}
        except (Unreachable, NoAnswer):
            return False

    def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        program = self._leave()
        program.send_signal(signal.SIGKILL)
        assert program.wait(PATIENCE) == -signal.SIGKILL

    def quit(self) -> None:
        """``kohtaava quit``, and nothing was left to complain about."""
        assert self.kohtaava("quit") == Said(0, "", "")
        assert self._leave().wait(PATIENCE) == 0

    def _leave(self) -> subprocess.Popen[bytes]:
        assert self.program is not None
        program, self.program = self.program, None
        return program

    def close(self) -> None:
        """End the program if it still runs."""
        if self.program is not None:
            end(self.program)
            self.program = None

    def errors(self) -> str:
        """What all programs on this desk have written to their outputs: normally nothing."""
        lines = self._errors.read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith(NO_ANSWER))

    # the command line

    def kohtaava(self, *words: str) -> Said:
        """Carry out one command line."""
        done = subprocess.run(
            [*self.prefix, *COMMAND_LINE, *words],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    def tell(self, *words: str) -> None:
        """Carry out one command line that succeeds and has nothing to say."""
        assert self.kohtaava(*words) == Said(0, "", "")

    def send(self, line: bytes) -> dict[str, Any]:
        """What the program answers to ``line``, straight over the socket."""
        answer: dict[str, Any] = json.loads(ask(str(self.data), line))
        return answer

    def status(self) -> Status:
        """``kohtaava status --json``."""
        if self.prefix:
            status: Status = json.loads(self.kohtaava("status", "--json").out)
        else:
            status = self.send(b'{"command":"status"}\n')["status"]
        return status

    def await_status(self, **values: object) -> Status:
        """The status, once it has ``values``."""
        seen: list[Status] = []

        def look() -> Status | None:
            seen[:] = [self.status()]
            return seen[0] if all(seen[0][name] == value for name, value in values.items()) else None

        try:
            return until(f"a status with {values}", look)
        except AssertionError as failure:
            raise AssertionError(f"{failure}; the status is {seen[0]}") from None

    def bring_reminder_near(self) -> None:
        """Shorten the plan so that the reminder comes by itself in a minute or two of the meeting, or after its fifth.

        Until then none comes, however slow the machine is: the plan is long at first.
        """
        status = self.status()
        planned = max(10, ceil(status["elapsed_seconds"] / 60) + 1 + status["reserve_minutes"])
        self.tell("extend", f"{planned - status['planned_minutes']:+d}")

    # the overlay

    def overlay(self) -> Window:
        """The overlay's window, once it is to be seen and stands where the program wants it."""
        return until("the overlay", lambda: next(filter(None, map(self._settled, self._overlays())), None))

    def opened(self) -> Window:
        """The overlay's window, once it is open: by itself, or because the pointer has been on it for a moment."""
        return until("the open overlay", lambda: window if (window := self.overlay()).h > LINE else None)

    def _settled(self, window: Window) -> Window | None:
        return self.screen.settled(window.number)

    def hidden(self) -> bool:
        """Whether no overlay is to be seen."""
        return not self._overlays()

    def _overlays(self) -> list[Window]:
        assert self.program is not None
        return self.screen.windows("--all", "--pid", self.program.pid, "--name", "^Kohtaava$")

    def up(self) -> tuple[int, int]:
        """The place of *step up* on the screen."""
        window = self.overlay()
        if window.h <= LINE:
            return self.at(window, UP_FROM_LEFT, 0)[0], window.middle[1]
        return self.at(window, UP_FROM_LEFT, -UP_FROM_BOTTOM)

    def at(self, window: Window, x: float, y: float) -> tuple[int, int]:
        """The point ``x``, ``y`` of the design; negative ``y`` from the lower edge."""
        unit = window.w / DESIGN_WIDTH
        return window.x + round(x * unit), window.y + (round(y * unit) if y >= 0 else window.h + round(y * unit))

    def wait_for_next_tap(self) -> None:
        """So long that the next tap is not taken for the second of a double tap."""
        time.sleep(DOUBLE_TAP_SECONDS * 1.1 / self._speed)

    def tap(self, x: int, y: int) -> None:
        """Tap by the pointer, once the last tap lies far enough back: what it did has been seen before."""
        self.wait_for_next_tap()
        self.screen.click(x, y)

    def press(self, *keys: str) -> None:
        """Press keys that may count as a tap, once the last tap lies far enough back."""
        self.wait_for_next_tap()
        self.screen.press(*keys)

    def away(self) -> None:
        """Take the pointer off the overlay."""
        self.screen.move(20, 20)

    # what is stored

    def stored(self) -> list[dict[str, Any]]:
        """All stored meetings."""
        path = self.data / "kohtaava.db"
        return meetings_in(path) if path.exists() else []

    def journal_files(self) -> list[str]:
        """The files of a meeting in hand."""
        return sorted(each.name for each in self.data.glob("meeting-in-hand*"))


def stages(status: Status) -> list[str]:
    """The steps of the visits so far, in their order."""
    return [visit["stage"] for visit in status["visits"]]


def taps(status: Status) -> Status:
    """What of a status comes from taps; the rest goes on with time."""
    kept = ("state", "stage", "planned_minutes", "reserve_minutes", "pins")
    return {**{name: status[name] for name in kept}, "visits": stages(status)}


def meetings_in(path: Path) -> list[dict[str, Any]]:
    """The meetings in the database ``path`` with their visits; the columns are exactly those that are documented."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {"meeting", "visit", "tally", "not_added_up", "release", "cut_month"}
        meetings = connection.execute("SELECT * FROM meeting")
        assert tuple(column[0] for column in meetings.description) == MEETING
        found = [dict(zip(MEETING, row, strict=True)) for row in meetings]
        for meeting in found:
            visits = connection.execute("SELECT * FROM visit WHERE meeting_key = ? ORDER BY position", [meeting["key"]])
            assert tuple(column[0] for column in visits.description) == VISIT
            rows = visits.fetchall()
            assert [row[1] for row in rows] == list(range(len(rows)))
            meeting["visits"] = [(row[2], row[3]) for row in rows]
    return found
