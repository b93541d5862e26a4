"""What all builds know of the project: where it is, what it is called, what it is made of; and how a build says no."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "kohtaava-desktop"
"""What the folder, the packages and the window program are called."""
PROGRAMS = (NAME, "kohtaava")
"""The window program and the command line, without ``.exe``."""
ICON = ROOT / "resources" / "icons" / "kohtaava.svg"
LOCKS = (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "windows.txt")
"""The versions and hashes of all that is bundled; the second is for what only Windows needs."""


class Unbuildable(Exception):
    """Something that a build needs is not to be had, or what came of it is not what it must be. The text says why."""
