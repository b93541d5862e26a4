"""A Windows with a screen: Wine 10, which Qt's own ``windows`` platform needs, in a Debian that has it.

The Debian is made once, below ``build/proof``, and kept: about two minutes and 1.4 GB. Needs root, debootstrap and a
mirror of Debian; without one of them the tests fail.
"""

import json
import re
import shutil
import struct
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from release.project import ROOT
from release.windows.layout import BUILD
from release.windows.wine import Wine
from tests.e2e.screen import Screen, until
from tests.windows.room import furnish, said

SUITE = "trixie"
PACKAGES = "wine,wine64,fonts-wine,fonts-dejavu-core"
DEBIAN = ROOT / "build" / "proof" / f"{SUITE}-wine"
SECONDS = 1800.0
ENTER = ROOT / "tests" / "windows" / "enter.sh"
INSIDE = ROOT / "tests" / "windows" / "inside" / "desktop.py"
PYTHON = BUILD / "python" / "python.exe"

METRICS = r"HKCU\Control Panel\Desktop\WindowMetrics"
SCALING = r"HKCU\Control Panel\Desktop"
OPENING = 60.0  # seconds for the first program of a new Windows
NOTEPAD = (800, 500)
"""A point of the screen where Notepad is, and nothing above it."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Place = tuple[int, int, int, int]
"""Of a rectangle on the screen: x, y, width, height."""


def debian() -> Path:
    """The Debian, made if there is none; what was broken off leaves nothing that would be taken for one."""
    made_of = DEBIAN / "made-of.txt"
    if not made_of.exists() or made_of.read_text(encoding="ascii") != PACKAGES:
        shutil.rmtree(DEBIAN, ignore_errors=True)
        words = ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(DEBIAN)]
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        for package in (DEBIAN / "var" / "cache" / "apt" / "archives").glob("*.deb"):
            package.unlink()
        made_of.write_text(PACKAGES, encoding="ascii")
    return DEBIAN


@dataclass(frozen=True, slots=True)
class Seen:
    """A window as Windows describes it."""

    title: str
    place: Place
    styles: frozenset[str]
    dpi: int
    keyboard: bool


class Desktop:
    """A running Windows on ``screen``, with a maximised Notepad that has the keyboard."""

    def __init__(self, wine: Wine, screen: Screen) -> None:
        self.wine, self.screen = wine, screen
        self._typed = ""
        self._notepad: subprocess.Popen[bytes] | None = None

    def close(self) -> None:
        """End all that runs on it."""
        self.wine.kill()
        if self._notepad is not None:
            self._notepad.communicate(timeout=SECONDS)

    def open_notepad(self) -> None:
        """A new Notepad, maximised, in which one can type."""
        self._notepad = self.wine.start(["start", "/max", "notepad"])
        until("Notepad", lambda: any("Notepad" in each.title and each.keyboard for each in self.windows()), OPENING)
        self.screen.click(*NOTEPAD)
        self.still_typing()

    def windows(self) -> list[Seen]:
        """Every visible window, the topmost first."""
        found = self._ask("windows")
        return [
            Seen(each["title"], tuple(each["place"]), frozenset(each["styles"]), each["dpi"], each["keyboard"])
            for each in found
        ]

    def overlay(self) -> Seen:
        """The overlay."""
        return next(each for each in self.windows() if each.title == "Kohtaava")

    def still_typing(self) -> None:
        """The keyboard is in Notepad, for the screen too, and what is typed arrives there."""
        until("the keyboard in Notepad", self._focused)
        letter = LETTERS[len(self._typed) % len(LETTERS)]
        self._typed += letter
        self.screen.press(letter)
        until(f"the letter {letter} in Notepad", lambda: self._ask("text", "Untitled") == self._typed)

    def _focused(self) -> bool:
        return self.screen.focus() in {each.number for each in self.screen.windows("--name", "Notepad$")}

    @contextmanager
    def held_elsewhere(self, key: int) -> Iterator[None]:
        """Another program has the shortcut Ctrl+Shift+``key``."""
        with self.wine.start([PYTHON, "-I", INSIDE, "hold", str(key)]) as holder:
            assert holder.stdout is not None
            assert holder.stdin is not None
            assert holder.stdout.readline().strip() == b"held"
            try:
                yield
            finally:
                holder.communicate(timeout=60)

    def colours(self, place: Place) -> dict[str, int]:
        """How many pixels of each colour, like ``#FBFAF7``, are on the screen there."""
        x, y, w, h = place
        crop = ("-crop", f"{w}x{h}+{x}+{y}", "+repage", "-depth", "8", "-format", "%c", "histogram:info:-")
        counted = self.screen.run("import", "-window", "root", *crop)
        return {f"#{colour}": int(count) for count, colour in re.findall(r"(\d+):.*?#([0-9A-F]{6})", counted)}

    def _ask(self, *words: str) -> Any:
        done = self.wine.run([PYTHON, "-I", INSIDE, *words])
        assert done.returncode == 0, said(done)
        return json.loads(done.stdout)


@contextmanager
def windows_on(screen: Screen, percent: int = 100) -> Iterator[Wine]:
    """A new Windows on ``screen``, scaled to ``percent``, running, gone at the end."""
    prefix = BUILD / f"screen-{percent}"
    shutil.rmtree(prefix, ignore_errors=True)
    try:
        within = ("sh", str(ENTER), str(debian()), str(ROOT))
        wine = furnish(prefix, within, {"DISPLAY": screen.display, "HOME": "/root", "LANG": "C.UTF-8"})
        _set_look(wine, percent)
        wine.wait()
        with wine:
            yield wine
    finally:
        shutil.rmtree(prefix, ignore_errors=True)


def _set_look(wine: Wine, percent: int) -> None:
    """Scaling; and letters of 9 points, as Windows has, from a family whose bold letters Wine can draw."""
    dots = 96 * percent // 100
    wine.run(["reg", "add", SCALING, "/v", "LogPixels", "/t", "REG_DWORD", "/d", str(dots), "/f"], check=True)
    font = struct.pack("<5i8B64s", -12, 0, 0, 0, 400, 0, 0, 0, 1, 0, 0, 0, 0, "DejaVu Sans".encode("utf-16-le"))
    for name in ("MessageFont", "MenuFont", "StatusFont"):
        wine.run(["reg", "add", METRICS, "/v", name, "/t", "REG_BINARY", "/d", font.hex(), "/f"], check=True)
