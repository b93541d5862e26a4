"""A Windows to try the program in: Wine 8, without a screen.

What Wine 8 lacks is put into it as test-only stand-ins; what Qt is told through its variables stands in the registry,
as Wine hands no variable whose name begins with ``QT_`` to programs.
"""

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from release.project import ROOT
from release.windows.launcher import run
from release.windows.layout import OUT
from release.windows.layout import build as build_layout
from release.windows.wine import Wine

STUBS = ROOT / "tests" / "windows" / "stubs"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
VARIABLES = r"HKCU\Environment"


def furnish(prefix: Path, within: tuple[str, ...] = (), environment: Mapping[str, str] | None = None) -> Wine:
    """A new Windows below ``prefix``, in which Qt finds its libraries; ``within`` is that of ``Wine``."""
    wine = Wine(prefix, within=within, environment=dict(environment or {}))
    wine.boot()
    for stub in sorted(STUBS.glob("*.c")):
        library = wine.system32 / f"{stub.stem}.dll"
        run("gcc", "-Wall", "-Wextra", "-Werror", "-shared", "-s", str(stub), "-o", str(library))
    return wine


def set_variables(wine: Wine) -> None:
    """Have every program of ``wine`` paint in memory, with the letters of this machine."""
    for name, value in {"QT_QPA_PLATFORM": "offscreen", "QT_QPA_FONTDIR": wine.windows_path(FONTS)}.items():
        wine.run(["reg", "add", VARIABLES, "/v", name, "/d", value, "/f"], check=True)


def layout() -> Path:
    """The folder that is installed, built if there is none or it is older than what it is made of."""
    program = OUT / "kohtaava.exe"
    if not program.exists() or program.stat().st_mtime < max(source.stat().st_mtime for source in _sources()):
        build_layout(OUT)
    return OUT


def _sources() -> Iterator[Path]:
    for folder in ("kohtaava_desktop", "i18n", "packaging", "release", "requirements", "docs"):
        yield from (path for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts and path.is_file())


def said(done: subprocess.CompletedProcess[bytes]) -> str:
    """All that a program said, with the ends of lines of this system."""
    return (done.stdout + done.stderr).decode().replace("\r\n", "\n")
