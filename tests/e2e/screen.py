"""A virtual screen with a window manager, and a hand on its pointer and keyboard."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

PATIENCE = 20.0
"""Seconds after which what has not come is taken never to come; far more than it needs on a busy machine."""
PAUSE = 0.01
NEEDED = (
    "Xvfb",
    "openbox",
    "xfwm4",
    "dbus-daemon",
    "xrandr",
    "xdotool",
    "xprop",
    "xwininfo",
    "xset",
    "setxkbmap",
    "trayer",
    "xterm",
    "import",
    "identify",
    "strace",
    "unshare",
    "nsenter",
    "setpriv",
)
WIDTH, HEIGHT = 1600, 1000
MANAGERS = {"openbox": ["openbox", "--sm-disable"], "xfwm4": ["xfwm4", "--compositor=on"]}
"""The window managers: a plain one, and one with virtual desktops of its own mind and a compositor."""

T = TypeVar("T")


def until(what: str, look: Callable[[], T | None], seconds: float = PATIENCE) -> T:
    """The first true answer of ``look``; fails, naming ``what`` was awaited, when there is none in time."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} s; last seen: {found!r}")
        time.sleep(PAUSE)


@dataclass(frozen=True, slots=True)
class Window:
    """A window as it stands on the screen."""

    number: int
    x: int
    y: int
    w: int
    h: int

    @property
    def middle(self) -> tuple[int, int]:
        """The point in the middle."""
        return self.x + self.w // 2, self.y + self.h // 2

    def is_about(self, place: tuple[int, ...]) -> bool:
        """Whether it stands at ``place`` (x, y, width, height), give or take the pixel that Qt's rounding makes."""
        mine = (self.x, self.y, self.w, self.h)
        return all(abs(one - other) <= 1 for one, other in zip(mine, place, strict=True))


class Screen:
    """Xvfb with a window manager. ``close`` ends these two, a bus that one of them needs, and nothing else.

    What does not come up is tried once more: another server that ends at that moment may take the socket of its number.
    """

    def __init__(self, room: Path, manager: str = "openbox") -> None:
        missing = [name for name in NEEDED if shutil.which(name) is None]
        assert not missing, f"programs are missing for the end-to-end tests: {missing}; `make test` installs them"
        self._room = room
        self._children: list[subprocess.Popen[bytes]] = []
        room.mkdir(parents=True, exist_ok=True)
        for last in (False, True):
            try:
                self._come_up(manager)
                return
            except BaseException as error:
                self.close()
                if last or not isinstance(error, AssertionError):
                    raise

    def _come_up(self, manager: str) -> None:
        reading, writing = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
        self._spawn("xvfb", command, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as said:
            number = said.readline().strip()
        assert number, f"Xvfb said: {(self._room / 'xvfb.log').read_text()}"
        self.display = f":{number}"
        bus = self.start_bus() if manager == "xfwm4" else ""
        child = self._spawn(manager, MANAGERS[manager], bus=bus)
        until("the window manager", lambda: self._is_managed(manager, child))
        self.run("xset", "r", "off")  # a key that a busy machine lets go late is one key all the same

    def _is_managed(self, manager: str, child: subprocess.Popen[bytes]) -> bool:
        ready = "window id" in self.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
        assert ready or child.poll() is None, f"{manager} said: {(self._room / f'{manager}.log').read_text()}"
        return ready

    def _spawn(
        self, name: str, command: list[str], pass_fds: Collection[int] = (), bus: str = ""
    ) -> subprocess.Popen[bytes]:
        environment = self.environment() | ({"DBUS_SESSION_BUS_ADDRESS": bus} if bus else {})
        with (self._room / f"{name}.log").open("wb") as log:
            child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, pass_fds=pass_fds
            )
        self._children.append(child)
        return child

    def start_bus(self) -> str:
        """A session bus, for a window manager that keeps its settings on one, or a portal; its address."""
        reading, writing = os.pipe()
        command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--print-address={writing}"]
        self._spawn("bus", command, pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="ascii") as said:
            return said.readline().strip()

    def close(self) -> None:
        """End the window manager, then the screen."""
        while self._children:
            end(self._children.pop())

    def environment(self) -> dict[str, str]:
        """What a program on this screen needs to know; nothing of the real desktop gets through."""
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
        home = self._room / "home"
        home.mkdir(parents=True, exist_ok=True)
        display = {"DISPLAY": self.display} if hasattr(self, "display") else {}
        # without a session bus; otherwise D-Bus would start one for this screen
        return {**kept, **display, "HOME": str(home), "LANG": "C.UTF-8", "DBUS_SESSION_BUS_ADDRESS": "disabled:"}

    def run(self, *command: str) -> str:
        """What ``command`` prints; empty where it fails, as xdotool does when it finds no window."""
        done = subprocess.run(
            command, env=self.environment(), capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout if done.returncode == 0 else ""

    def do(self, *words: object) -> None:
        """Have xdotool do something; fails where it cannot."""
        subprocess.run(
            ["xdotool", *map(str, words)], env=self.environment(), capture_output=True, timeout=PATIENCE, check=True
        )

    # looking

    def windows(self, *search: object) -> list[Window]:
        """The visible windows that ``search`` (words of xdotool) finds."""
        found = self.run("xdotool", "search", "--onlyvisible", *map(str, search))
        return [window for number in found.split() if (window := self.window(int(number))) is not None]

    def window(self, number: int) -> Window | None:
        """Where the window ``number`` stands; ``None`` when it is gone."""
        lines = self.run("xdotool", "getwindowgeometry", "--shell", str(number)).splitlines()
        known = dict(line.split("=", 1) for line in lines if "=" in line)
        if not known:
            return None
        return Window(number, *(int(known[name]) for name in ("X", "Y", "WIDTH", "HEIGHT")))

    def settled(self, number: int) -> Window | None:
        """Where the window ``number`` stands, once the window manager has put it where its program wants it.

        The program knows of its new form at once, the screen only when the window manager comes to it: a tap in between
        would land elsewhere in the window than it was aimed at. ``None`` when the window is gone.
        """
        seen: list[object] = []

        def look() -> bool:
            window, wanted = self.window(number), self._wanted(number)
            seen[:] = [window, wanted]
            return window is None or wanted is None or window.is_about(wanted)

        try:
            until("the window where its program wants it", look)
        except AssertionError as failure:
            raise AssertionError(f"{failure}; it stands as {seen[0]} and should at {seen[1]}") from None
        window = seen[0]
        assert window is None or isinstance(window, Window)
        return window

    def _wanted(self, number: int) -> tuple[int, ...] | None:
        """Where its program wants the window ``number`` to be: x, y, width, height. Qt says so before it asks."""
        said = self.run("xprop", "-id", str(number), "WM_NORMAL_HINTS")
        found = re.search(r"specified location: (-?\d+), (-?\d+)\s+\S+ specified size: (\d+) by (\d+)", said)
        return None if found is None else tuple(map(int, found.groups()))

    def focus(self) -> int:
        """The window that the keyboard goes to; 0 for none."""
        return int(self.run("xdotool", "getwindowfocus") or 0)

    def active(self) -> int:
        """The window that the window manager says is the active one; 0 for none."""
        word = self.run("xprop", "-root", "_NET_ACTIVE_WINDOW").partition("#")[2].partition(",")[0].strip()
        return int(word, 16) if word else 0

    def stacking(self) -> list[int]:
        """All windows that the window manager manages, the topmost last, as they really lie on each other."""
        line = self.run("xprop", "-root", "_NET_CLIENT_LIST")
        managed = {int(word.strip(), 16) for word in line.partition("#")[2].split(",") if word.strip()}
        tree = re.findall(r"^ +(0x[0-9a-f]+) ", self.run("xwininfo", "-root", "-tree"), re.MULTILINE)
        return [number for word in reversed(tree) if (number := int(word, 16)) in managed]

    def states(self, number: int) -> set[str]:
        """What the window manager says that the window ``number`` is, like ``ABOVE``."""
        said = self.run("xprop", "-id", str(number), "_NET_WM_STATE").partition("=")[2]
        return {word.strip().removeprefix("_NET_WM_STATE_") for word in said.split(",") if word.strip()}

    def viewable(self, number: int) -> bool:
        """Whether the window ``number`` is on the screen, and not on another virtual desktop."""
        return number in {window.number for window in self.windows("--name", "^Kohtaava$")}

    def colour(self, x: int, y: int) -> str:
        """The colour of one pixel of the screen, like ``#FBFAF7``."""
        said = self.run("import", "-window", "root", "-crop", f"1x1+{x}+{y}", "+repage", "-depth", "8", "txt:-")
        return said.split("#", 2)[2][:6].join(("#", "")) if said.count("#") > 1 else ""

    def picture(self, path: Path) -> None:
        """Keep the whole screen as ``path``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.run("import", "-window", "root", str(path))

    # its monitors

    def monitors(self, *sizes: tuple[int, int, int, int]) -> None:
        """Have monitors of so many pixels: x, y, width, height; none of them: one as large as the screen."""
        listed = self.run("xrandr", "--listmonitors").splitlines()[1:]
        kept = {f"monitor-{number}" for number in range(len(sizes))}
        output = "screen"  # the one output there is; the first monitor has it, the others none
        for number, (x, y, w, h) in enumerate(sizes):
            self.run("xrandr", "--setmonitor", f"monitor-{number}", f"{w}/{w // 4}x{h}/{h // 4}+{x}+{y}", output)
            output = "none"
        for name in (line.split()[1].strip("+*") for line in listed):
            if name.startswith("monitor-") and name not in kept:
                self.run("xrandr", "--delmonitor", name)

    # the pointer and the keyboard

    def move(self, x: int, y: int) -> None:
        """Move the pointer."""
        self.do("mousemove", x, y)

    def click(self, x: int, y: int, *, times: int = 1) -> None:
        """One movement, one tap (or several within a twentieth of a second)."""
        self.do("mousemove", x, y, "click", "--repeat", times, "--delay", 10, 1)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press at ``start``, go to ``end`` in some steps, let go."""
        words: list[object] = ["mousemove", *start, "mousedown", 1]
        for part in range(1, 6):
            x, y = (round(a + (b - a) * part / 5) for a, b in zip(start, end, strict=True))
            words += ["mousemove", x, y]
        self.do(*words)
        self.do("mouseup", 1)

    def press(self, *keys: str) -> None:
        """Press keys; they go where the focus is."""
        self.do("key", *keys)


def end(child: subprocess.Popen[bytes], seconds: float = PATIENCE) -> int:
    """End ``child``, gently first; its exit code."""
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
    return child.wait()
