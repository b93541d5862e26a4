"""``make shots``: pictures of all that can be seen, contact sheets and an animation, from the real program.

``build/pictures`` gets every state in each of the themes, high contrast among them, in each of the languages, at 200 %;
``docs/pictures`` gets sheets and the animation of a whole meeting, ``docs/guide/pictures`` those of the user guide. The
same pictures come out each time on one machine: the program runs offscreen (no window manager, no pointer) on a screen
of a fixed size, with a clock moved by hand, and in the type Inter. Where that is not installed (package fonts-inter),
the system's own type stands in for it.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication

from bench import made_up_desks
from bench.guide_shots import make_pictures
from bench.sheet import MEETINGS, OVERLAY, Kind, make_sheet
from bench.studio import FAMILY
from kohtaava_desktop.ui.theme import PALETTES

ROOT = Path(__file__).resolve().parent.parent
SCREEN = (1920, 1080)
THEMES = tuple(PALETTES)
LANGUAGES = ("fi", "sv", "en")
WINDOW_THEMES = ("light", "dark", "contrast-dark")
MOST_BYTES = 400_000  # of the animation, and of a sheet
FEW_COLOURS = ("-strip", "-define", "png:exclude-chunks=date,time,gAMA,cHRM", "-dither", "None", "-colors", "96")
"""For ``convert``: a small picture, without the time at which it was made."""


def main() -> int:
    """Take all pictures; returns the exit code."""
    parser = argparse.ArgumentParser("bench.shots", description="Paint every state of the overlay anew.")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs" / "pictures", help="for the documents")
    parser.add_argument("--other", type=Path, default=ROOT / "build" / "pictures", help="every state, by language")
    parser.add_argument("--guide", type=Path, default=ROOT / "docs" / "guide" / "pictures", help="for the user guide")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kohtaava-shots-") as folder:
        room = Path(folder)
        _take_states(room, given.other)
        _take_settings(room, given.other, given.docs)
        _take_meetings(room, given.other)
        _make_sheets(room, given.other, given.docs)
        _make_guide(room, given.other, given.guide)
        _make_animation(room, given.docs / "meeting.webp")
    print(f"Pictures: {given.docs}, {given.guide}; every state: {given.other}")
    return 0


def _take_states(room: Path, folder: Path) -> None:
    for theme, lang in product(THEMES, LANGUAGES):
        _studio(room, 2, "states", "--theme", theme, "--lang", lang, f"--ending=-{theme}", "--into", str(folder / lang))


def _take_settings(room: Path, folder: Path, docs: Path) -> None:
    """The window in all themes and languages; for the documents what an organisation manages, in Finnish."""
    for theme, lang in product(THEMES, LANGUAGES):
        into = ("--ending=-" + theme, "--into", str(folder / lang))
        _studio(room, 2, "settings", "--theme", theme, "--lang", lang, *into)
    for theme in ("light", "dark"):
        taken = room / "settings"
        _studio(room, 1, "settings", "--theme", theme, "--lang", LANGUAGES[0], "--into", str(taken))
        picture = f"PNG8:{docs / f'settings-{theme}.png'}"
        subprocess.run(["convert", str(taken / "settings-managed.png"), *FEW_COLOURS, picture], check=True)


def _take_meetings(room: Path, folder: Path) -> None:
    """My meetings, an export and what is stored, with made-up meetings."""
    desks = room / "desks"
    desks.mkdir()
    made_up_desks.prepare(desks)
    for theme, lang in product(WINDOW_THEMES, LANGUAGES):
        into = (f"--ending=-{theme}", "--into", str(folder / lang), "--desks", str(desks))
        _studio(room, 2, "meetings", "--theme", theme, "--lang", lang, *into)


def _make_sheets(room: Path, pictures: Path, docs: Path) -> None:
    """In Finnish in each theme; the windows in the other languages, too."""
    os.environ.update(_environment(room, 1))
    application = QGuiApplication([])
    family = FAMILY if QFontDatabase.hasFamily(FAMILY) else application.font().family()

    def make(name: str, kind: Kind, theme: str, lang: str) -> None:
        path = docs / f"{name}.png"
        if not make_sheet(kind, theme, pictures / lang, family).save(str(path)):
            raise OSError(f"{path} could not be written")
        if kind is MEETINGS:
            subprocess.run(["convert", str(path), *FEW_COLOURS, f"PNG8:{path}"], check=True)
        _check_size(path)

    first, *others = LANGUAGES
    for theme in THEMES:
        make(f"overlay-{theme}", OVERLAY, theme, first)
    for theme in WINDOW_THEMES:
        make(f"meetings-{theme}", MEETINGS, theme, first)
    for lang in others:
        make(f"meetings-light-{lang}", MEETINGS, "light", lang)


def _make_guide(room: Path, pictures: Path, guide: Path) -> None:
    """The pictures of the user guide; the application of the sheets is there for them.

    Those with made-up meetings have been taken already, into ``pictures``.
    """
    family = FAMILY if QFontDatabase.hasFamily(FAMILY) else QGuiApplication.font().family()
    for lang in LANGUAGES:
        taken = room / "guide" / lang
        _studio(room, 2, "guide", "--theme", "light", "--lang", lang, "--into", str(taken))
        for path in (pictures / lang).glob("meetings-5000-*-light.png"):
            shutil.copy(path, taken / f"{path.stem.removesuffix('-light')}.png")
        make_pictures(taken, guide / lang, family)


def _make_animation(room: Path, path: Path) -> None:
    """One WebP without loss; a frame's name says how long it stands."""
    frames = room / "frames"
    _studio(room, 2, "film", "--into", str(frames))
    sequence: list[str] = []
    for frame in sorted(frames.iterdir()):
        milliseconds = int(frame.stem.rpartition("-")[2])
        sequence += ["-delay", str(milliseconds // 10), str(frame)]
    subprocess.run(["convert", *sequence, "-loop", "0", "-define", "webp:lossless=true", str(path)], check=True)
    _check_size(path)


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path} has {size} bytes; {MOST_BYTES} are the most for the documents")


def _studio(room: Path, scale: int, *arguments: str) -> None:
    command = [sys.executable, "-m", "bench.studio", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **_environment(room, scale)}, timeout=180)


def _environment(room: Path, scale: int) -> dict[str, str]:
    """Qt's offscreen platform with one screen; what the user has set for Qt does not count."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": SCREEN[0] * scale, "height": SCREEN[1] * scale}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    config = room / f"screen-{scale}.json"
    config.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    return {
        "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
        "QT_SCALE_FACTOR": str(scale),
        "QT_FONT_DPI": "96",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/Helsinki",
    }


if __name__ == "__main__":
    sys.exit(main())
