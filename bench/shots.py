"""``make shots``: pictures of every state of the overlay, contact sheets and an animation, from the real program.

``build/pictures`` gets every state in each of the themes, high contrast among them, in each of the languages, at 200 %;
``docs/pictures`` gets a Finnish sheet per theme and the animation of a whole meeting, ``docs/guide/pictures`` those of
the user guide. The same pictures come out each time on one
machine: the program runs offscreen (no window manager, no pointer) on a screen of a fixed size, with a clock moved by
hand, and in the type Inter. Where that is not installed (package fonts-inter), the system's own type stands in for it.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from PySide6.QtGui import QFontDatabase, QGuiApplication

from bench.guide_shots import make_pictures
from bench.sheet import make_sheet
from bench.studio import FAMILY
from kohtaava_desktop.ui.theme import PALETTES

ROOT = Path(__file__).resolve().parent.parent
SCREEN = (1920, 1080)
THEMES = tuple(PALETTES)
LANGUAGES = ("fi", "sv", "en")
MOST_BYTES = 400_000  # of the animation


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
        _make_sheets(room, given.other / LANGUAGES[0], given.docs)
        _make_guide(room, given.guide)
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
        few = ("-strip", "-define", "png:exclude-chunks=date,time,gAMA,cHRM", "-dither", "None", "-colors", "96")
        picture = f"PNG8:{docs / f'settings-{theme}.png'}"
        subprocess.run(["convert", str(taken / "settings-managed.png"), *few, picture], check=True)


def _make_sheets(room: Path, states: Path, docs: Path) -> None:
    os.environ.update(_environment(room, 1))
    application = QGuiApplication([])
    family = FAMILY if QFontDatabase.hasFamily(FAMILY) else application.font().family()
    for theme in THEMES:
        path = docs / f"overlay-{theme}.png"
        if not make_sheet(theme, states, family).save(str(path)):
            raise OSError(f"{path} could not be written")


def _make_guide(room: Path, guide: Path) -> None:
    """The pictures of the user guide; the application of the sheets is there for them."""
    family = FAMILY if QFontDatabase.hasFamily(FAMILY) else QGuiApplication.font().family()
    for lang in LANGUAGES:
        taken = room / "guide" / lang
        _studio(room, 2, "guide", "--theme", "light", "--lang", lang, "--into", str(taken))
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
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path} has {size} bytes; {MOST_BYTES} are the most for a README")


def _studio(room: Path, scale: int, *arguments: str) -> None:
    command = [sys.executable, "-m", "bench.studio", *arguments]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, **_environment(room, scale)}, timeout=120)


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
