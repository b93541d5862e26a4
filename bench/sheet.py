"""Contact sheets: the states of the overlay, and the windows of one's own meetings, side by side, for the documents."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

GROUND = {"light": "#EDEBE6", "dark": "#D3D5D6", "contrast-light": "#EDEBE6", "contrast-dark": "#D3D5D6"}
CAPTION = "#4A5056"
COLUMNS = (
    {
        "ready": "Ready, before the client comes in",
        "announcement": "The time there is, said at the start",
        "quiet": "Quiet in Empathy and Guidance",
        "open": "Open in Advice and Farewell",
        "reminder": "A gentle reminder: the edge warms, one sentence",
        "discreet": "Discreet, when the client sees the screen",
        "summary": "Afterwards: what was, without judging it",
    },
    {
        "ready-marks": "Ready, with marks",
        "open-pointer": "Under the pointer",
        "quiet-reminder": "The same reminder while quiet",
        "reminder-new-time": "Still in Guidance near the end",
        "gap": "The computer slept in between",
        "summary-mend": "A forgotten tap is mended by dragging",
    },
)
WINDOWS = (
    {
        "meetings-5000-45": "My meetings: 5,000, of which those of one planned length; dashed: the team",
        "meetings-40": "40 meetings",
        "meetings-3": "3 meetings: too few yet",
    },
    {
        "meetings-5000-tables": "Every chart is a table, too",
        "meetings-5000-value": "A value that the arrow keys have come to",
        "meetings-0": "Before the first meeting",
    },
    {
        "team": "Our team: what the exports of its members say together",
        "stored-5000": "What is stored",
        "export-5000": "An export: what leaves is seen before it is written",
        "stored-question": "Before everything is deleted",
    },
)
RATIO = 2.0  # pictures are taken at 200 %
MARGIN, GAP = 28.0, 32.0
CAPTION_HEIGHT, BELOW = 26.0, 12.0
CAPTION_SIZE = 12

Column = list[tuple[str, QImage]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of sheet: captions by picture, column by column; dots to a design pixel of the pictures, and of the rest.

    Where ``around`` is larger than ``dots``, captions and margins are larger than those in the pictures.
    """

    columns: tuple[dict[str, str], ...]
    dots: float
    around: float
    framed: bool = False


OVERLAY = Kind(COLUMNS, RATIO, RATIO)
MEETINGS = Kind(WINDOWS, 0.7, 1.3, framed=True)


def make_sheet(kind: Kind, theme: str, folder: Path, family: str) -> QImage:
    """The sheet of ``theme``, from the pictures in ``folder``; needs a running QGuiApplication."""
    share = kind.dots / kind.around
    columns = [
        [(caption, _picture(folder / f"{name}-{theme}.png", share)) for name, caption in column.items()]
        for column in kind.columns
    ]
    widths = [max(picture.deviceIndependentSize().width() for _, picture in column) for column in columns]
    height = max(sum(_height(picture) for _, picture in column) for column in columns)
    width = 2 * MARGIN + sum(widths) + GAP * (len(columns) - 1)
    dots = kind.around
    sheet = QImage(round(width * dots), round((height + 2 * MARGIN - BELOW) * dots), QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(dots)
    sheet.fill(QColor(GROUND[theme]))
    painter = QPainter(sheet)
    x = MARGIN
    for column, room in zip(columns, widths, strict=True):
        _paint_column(painter, column, x, room, family, kind.framed)
        x += room + GAP
    painter.end()
    return sheet


def _paint_column(painter: QPainter, column: Column, x: float, room: float, family: str, framed: bool) -> None:
    font = QFont(family)
    font.setPixelSize(CAPTION_SIZE)
    painter.setFont(font)
    painter.setPen(QColor(CAPTION))
    y = MARGIN - 6
    for caption, picture in column:
        painter.drawText(QRectF(x, y, room, CAPTION_HEIGHT - 6), int(Qt.AlignmentFlag.AlignVCenter), caption)
        place = QRectF(x, y + CAPTION_HEIGHT, *picture.deviceIndependentSize().toTuple())
        painter.drawImage(place, picture)
        if framed:
            painter.drawRect(place)
        y += _height(picture)


def _height(picture: QImage) -> float:
    return CAPTION_HEIGHT + picture.deviceIndependentSize().height() + BELOW


def _picture(path: Path, share: float) -> QImage:
    """The picture at ``path``, each design pixel of which takes ``share`` of one on the sheet."""
    picture = QImage(str(path))
    if picture.isNull():
        raise FileNotFoundError(path)
    if share < 1:
        picture = picture.scaledToWidth(round(picture.width() * share), Qt.TransformationMode.SmoothTransformation)
    picture.setDevicePixelRatio(RATIO)
    return picture
