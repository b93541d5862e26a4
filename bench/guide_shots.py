"""The pictures of the user guide, in its three languages: few, small, light, on one ground, some with numbers."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from bench.sheet import GROUND
from kohtaava_desktop.ui.forms import WIDTH

PICTURES = {
    "ready": "ready",
    "announcement": "announcement",
    "quiet": "quiet",
    "open": "open",
    "reminder": "reminder",
    "summary": "summary",
    "menu": "menu",
    "parts": "open-pointer",
    "discreet": "discreet",
    "new-time": "reminder-new-time",
    "card": "card-ar",
    "stage-card": "stage-card",
    "mend": "summary-mend",
    "lengths": "ready-late",
    "gap": "gap",
    "settings": "settings",
    "my-meetings": "meetings-5000-45",
}
"""The pictures, and the states of the program that they show."""
RATIO = 2  # pictures are taken at 200 %
MARGIN = 20
WIDEST = 560  # logical pixels; a window or a card is made smaller
COLOURS = 96
MOST_BYTES = 80_000

PARTS = (
    ((20.0, 9.0), (20.0, -22.0)),
    ((46.0, 9.0), (46.0, -22.0)),
    ((82.0, 13.0), (82.0, -22.0)),
    ((130.0, 33.0), (130.0, -22.0)),
    ((220.0, 22.0), (220.0, -22.0)),
    ((308.0, 14.0), (308.0, -22.0)),
    ((40.0, 100.0), (40.0, 134.0)),
    ((181.0, 102.0), (181.0, 134.0)),
    ((267.0, 102.0), (267.0, 134.0)),
)
"""Where each number of the open form points to, and where it stands, in design pixels."""
AROUND_PARTS = 36.0
DISC = 9.0
INK, ON_INK = "#23272B", "#FFFFFF"


def make_pictures(taken: Path, into: Path, family: str) -> None:
    """Make the pictures of one language out of those ``taken`` of the program; needs a running QGuiApplication.

    Raises ``FileNotFoundError`` for a state of which there is no picture, ``ValueError`` for one that gets too large.
    """
    into.mkdir(parents=True, exist_ok=True)
    for name, state in PICTURES.items():
        picture = _read(taken / f"{state}.png")
        painted = _numbered(picture, family) if name == "parts" else _on_ground(picture)
        _save(painted, into / f"{name}.png")


def _read(path: Path) -> QImage:
    picture = QImage(str(path))
    if picture.isNull():
        raise FileNotFoundError(path)
    if picture.width() > WIDEST * RATIO:
        picture = picture.scaledToWidth(WIDEST * RATIO, Qt.TransformationMode.SmoothTransformation)
    return picture


def _on_ground(picture: QImage) -> QImage:
    return _painted(picture.size(), MARGIN, lambda painter: painter.drawImage(0, 0, picture))


def _numbered(picture: QImage, family: str) -> QImage:
    """The open form with a number beside each of its parts."""
    unit = picture.width() / WIDTH
    font = QFont(family)
    font.setPixelSize(round(11 * unit))
    font.setBold(True)

    def paint(painter: QPainter) -> None:
        painter.drawImage(0, 0, picture)
        painter.setFont(font)
        for number, (part, place) in enumerate(PARTS, 1):
            _point(painter, str(number), QPointF(*part) * unit, QPointF(*place) * unit, unit)

    return _painted(picture.size(), round(AROUND_PARTS * unit / RATIO), paint)


def _point(painter: QPainter, number: str, part: QPointF, place: QPointF, unit: float) -> None:
    painter.setPen(QPen(QColor(INK), unit))
    painter.drawLine(QLineF(place, part))
    painter.setBrush(QColor(INK))
    disc = QRectF(0, 0, 2 * DISC * unit, 2 * DISC * unit)
    disc.moveCenter(place)
    painter.drawEllipse(disc)
    painter.setPen(QColor(ON_INK))
    painter.drawText(disc, int(Qt.AlignmentFlag.AlignCenter), number)


def _painted(size: QSize, margin: int, paint: Callable[[QPainter], None]) -> QImage:
    """A picture of ``size`` with a ``margin`` in logical pixels around it; ``paint`` begins at its corner."""
    around = margin * RATIO
    image = QImage(size.width() + 2 * around, size.height() + 2 * around, QImage.Format.Format_RGB32)
    image.fill(QColor(GROUND["light"]))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(around, around)
    paint(painter)
    painter.end()
    return image


def _save(image: QImage, path: Path) -> None:
    """Save ``image`` with few colours, and without the time at which it was made: the same picture, the same file."""
    if not image.save(str(path)):
        raise OSError(f"{path} could not be written")
    few = ["-strip", "-define", "png:exclude-chunks=date,time,gAMA,cHRM", "-dither", "None", "-colors", str(COLOURS)]
    subprocess.run(["convert", str(path), *few, f"PNG8:{path}"], check=True)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise ValueError(f"{path} has {size} bytes; {MOST_BYTES} are the most for a picture of the guide")
