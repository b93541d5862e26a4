"""Contact sheets: the states of the overlay side by side, for the documents."""

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
RATIO = 2.0  # pictures are taken at 200 %
MARGIN, GAP = 28.0, 32.0
CAPTION_HEIGHT, BELOW = 26.0, 12.0


def make_sheet(theme: str, folder: Path, family: str) -> QImage:
    """The sheet of ``theme``, from the pictures in ``folder``; needs a running QGuiApplication."""
    columns = [
        [(caption, _picture(folder / f"{name}-{theme}.png")) for name, caption in column.items()] for column in COLUMNS
    ]
    widths = [max(picture.deviceIndependentSize().width() for _, picture in column) for column in columns]
    height = max(sum(_height(picture) for _, picture in column) for column in columns)
    width = 2 * MARGIN + sum(widths) + GAP * (len(columns) - 1)
    sheet = QImage(round(width * RATIO), round((height + 2 * MARGIN - BELOW) * RATIO), QImage.Format.Format_RGB32)
    sheet.setDevicePixelRatio(RATIO)
    sheet.fill(QColor(GROUND[theme]))
    painter = QPainter(sheet)
    x = MARGIN
    for column, room in zip(columns, widths, strict=True):
        _paint_column(painter, column, x, room, family)
        x += room + GAP
    painter.end()
    return sheet


def _paint_column(painter: QPainter, column: list[tuple[str, QImage]], x: float, room: float, family: str) -> None:
    font = QFont(family)
    font.setPixelSize(12)
    painter.setFont(font)
    painter.setPen(QColor(CAPTION))
    y = MARGIN - 6
    for caption, picture in column:
        painter.drawText(QRectF(x, y, room, CAPTION_HEIGHT - 6), int(Qt.AlignmentFlag.AlignVCenter), caption)
        painter.drawImage(QRectF(x, y + CAPTION_HEIGHT, *picture.deviceIndependentSize().toTuple()), picture)
        y += _height(picture)


def _height(picture: QImage) -> float:
    return CAPTION_HEIGHT + picture.deviceIndependentSize().height() + BELOW


def _picture(path: Path) -> QImage:
    picture = QImage(str(path))
    if picture.isNull():
        raise FileNotFoundError(path)
    picture.setDevicePixelRatio(RATIO)
    return picture
