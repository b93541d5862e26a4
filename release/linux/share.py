"""What a desktop on Linux finds of the program: its entry in the menu, icons, description, manual pages, completion."""

from pathlib import Path

from kohtaava_desktop import __version__
from release.linux import manpages
from release.moment import day
from release.picture import png
from release.project import ICON, NAME, ROOT

IDENTITY = "fi.kohtaava.desktop"
"""How software centres know the program; it never changes."""
SOURCES = ROOT / "packaging" / "linux"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256)


def put(share: Path, seconds: int) -> None:
    """Write all of it below ``share``, like ``/usr/share``; ``seconds`` date what carries a date."""
    put_entry(share)
    description = (SOURCES / f"{NAME}.metainfo.xml").read_text(encoding="utf-8")
    description = description.replace("@VERSION@", __version__).replace("@DATE@", day(seconds))
    _write(share / "metainfo" / f"{IDENTITY}.metainfo.xml", description.encode("utf-8"))
    for page in manpages.pages(day(seconds)):
        _write(share / page.place, page.packed)
    _write(share / "bash-completion" / "completions" / "kohtaava", manpages.completion().encode("utf-8"))


def put_entry(share: Path) -> None:
    """Write the entry in the menu and the icons only."""
    _write(share / "applications" / f"{NAME}.desktop", (SOURCES / f"{NAME}.desktop").read_bytes())
    icons = share / "icons" / "hicolor"
    _write(icons / "scalable" / "apps" / f"{NAME}.svg", ICON.read_bytes())
    for size in ICON_SIZES:
        _write(icons / f"{size}x{size}" / "apps" / f"{NAME}.png", png(ICON, size))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
