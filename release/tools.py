"""Runs the tools of the build machine: compilers, packers, what signs."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from release.project import Unbuildable

MINGW = "x86_64-w64-mingw32-"
"""What the names of the compiler for Windows and of its companions begin with."""
PACKAGES = {
    "dpkg-deb": "dpkg",
    "dpkg-shlibdeps": "dpkg-dev",
    "gcc": "gcc and libc6-dev",
    "git": "git",
    "makensis": "nsis",
    "msibuild": "msitools",
    "msiinfo": "msitools",
    "osslsigncode": "osslsigncode",
    "readelf": "binutils",
    "strip": "binutils",
    "wine": "wine and wine64",
    "wineserver": "wine and wine64",
    "wixl": "wixl",
    f"{MINGW}gcc": "gcc-mingw-w64-x86-64-win32",
    f"{MINGW}windres": "gcc-mingw-w64-x86-64-win32",
}
"""Where Debian has each."""
MOST_SECONDS = 1800.0
"""So long may a tool take. Downloads and the packing of the setup take minutes; what takes longer has got stuck."""
_TAIL = 2000
"""So many characters are quoted of what a tool says: the end of it, which has the reason."""


def run(
    *words: str,
    name: str = "",
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    told: str | None = None,
    may_warn: bool = False,
) -> str:
    """What a tool prints, in English and in UTC. Raises ``Unbuildable`` where it is missing, fails or gets stuck.

    It runs in ``folder``, with more ``environment``, and reads ``told``; ``name`` is what it is called where that is
    not its first word. A ``WARNING`` counts as a failure unless it ``may_warn``: wixl and msibuild say no more than
    that where they leave something out.
    """
    name = name or words[0]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC", **(environment or {})}
    try:
        done = subprocess.run(
            words, cwd=folder, env=surroundings, input=told, capture_output=True, text=True, errors="replace",
            check=False, timeout=MOST_SECONDS,
        )  # fmt: skip
    except FileNotFoundError:
        raise absent(name) from None
    except subprocess.TimeoutExpired:
        raise Unbuildable(f"{name} has not ended within {MOST_SECONDS / 60:.0f} minutes.") from None
    if done.returncode or ("WARNING" in done.stderr and not may_warn):
        raise Unbuildable(f"{name} failed: {(done.stdout + done.stderr).strip()[-_TAIL:] or 'it does not say why.'}")
    return done.stdout


def absent(tool: str) -> Unbuildable:
    """How it is said that ``tool`` is not there."""
    where = f"; Debian has it in {PACKAGES[tool]}" if tool in PACKAGES else ""
    return Unbuildable(f"{tool} is not installed here{where}.")
