"""What a desktop on Linux finds of the program: its entry in the menu, icons, description, manual pages, completion."""

from pathlib import Path

from kohtaava_desktop import __version__
from release.linux import manpages
from release.moment import day
from release.windows.wheels import ROOT

NAME = "kohtaava-desktop"
IDENTITY = "fi.kohtaava.desktop"
"""How software centres know the program; it never changes."""
SOURCES = ROOT / "packaging" / "linux"
ICON = ROOT / "resources" / "icons" / "kohtaava.svg"
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
        _write(icons / f"{size}x{size}" / "apps" / f"{NAME}.png", _picture(size))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _picture(size: int) -> bytes:
    """The icon as PNG, so many pixels wide and high."""
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(ICON.read_bytes())).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # PySide6 takes text here, its stub says bytes
    return bytes(buffer.data().data())
