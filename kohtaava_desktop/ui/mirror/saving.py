"""The charts as a picture to keep: one sheet of a fixed size, painted by the painters of the window."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from kohtaava_desktop.ui.mirror.chart import Label
from kohtaava_desktop.ui.mirror.charts import CHARTS, Chart
from kohtaava_desktop.ui.mirror.look import ground
from kohtaava_desktop.ui.mirror.painting import paint_label, rect
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Ink, Palette, Role, Type

SIZE = QSize(1060, 790)
"""Of the sheet, in design pixels; a PNG has twice as many."""
MARGIN, GAP, HEAD, FOOT = 24.0, 14.0, 52.0, 26.0
LEFT = 0.655  # of the width, for the wide cards
UPPER = 0.46  # of the height, for the upper cards
DOTS = 96


@dataclass(frozen=True, slots=True)
class Sheet:
    """Four ``charts`` of ``shown``. ``heading``: a title, and which meetings these are; ``foot`` stands below them."""

    shown: Any
    heading: tuple[str, str]
    foot: str
    charts: Mapping[str, Chart[Any]] = field(default_factory=lambda: CHARTS)


def svg(sheet: Sheet, palette: Palette, font: QFont) -> bytes:
    """``sheet`` as SVG."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SIZE)
    generator.setViewBox(QRectF(0, 0, SIZE.width(), SIZE.height()))
    generator.setResolution(DOTS)
    generator.setTitle(sheet.heading[0])
    generator.setDescription(sheet.heading[1])
    painter = QPainter(generator)
    paint_sheet(painter, sheet, palette, Type(font, DOTS))
    painter.end()
    return bytes(buffer.data().data())


def png(sheet: Sheet, palette: Palette, font: QFont) -> bytes:
    """``sheet`` as PNG, two dots to a design pixel."""
    image = QImage(SIZE * 2, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DOTS / 0.0254))
    image.setDotsPerMeterY(round(DOTS / 0.0254))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    paint_sheet(painter, sheet, palette, Type(font, DOTS))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def paint_sheet(painter: QPainter, sheet: Sheet, palette: Palette, fonts: Type) -> None:
    """Heading, the four cards, and the line below them."""
    painter.fillRect(QRectF(0, 0, SIZE.width(), SIZE.height()), ground(palette))
    title, meetings = sheet.heading
    right = SIZE.width() - MARGIN
    w = fonts.width(title, Role.SAY) + 2
    paint_label(painter, Label(title, Box(MARGIN, 14, w, 30), Ink.TEXT, Role.SAY), palette, fonts)
    paint_label(painter, Label(meetings, Box(MARGIN + w + 18, 14, right - MARGIN - w - 18, 30)), palette, fonts)
    paint_label(painter, Label(sheet.foot, Box(MARGIN, SIZE.height() - FOOT, right - MARGIN, 18)), palette, fonts)
    for chart, box in zip(sheet.charts.values(), cards(), strict=True):
        _paint_card(painter, chart, sheet.shown, box, palette, fonts)


def cards() -> list[Box]:
    """The places of the cards on the sheet."""
    w, h = SIZE.width() - 2 * MARGIN - GAP, SIZE.height() - HEAD - FOOT - GAP - 6
    left, upper = w * LEFT, h * UPPER
    return [
        Box(MARGIN, HEAD, left, upper),
        Box(MARGIN + left + GAP, HEAD, w - left, upper),
        Box(MARGIN, HEAD + upper + GAP, left, h - upper),
        Box(MARGIN + left + GAP, HEAD + upper + GAP, w - left, h - upper),
    ]


def _paint_card(painter: QPainter, chart: Chart[Any], shown: Any, box: Box, palette: Palette, fonts: Type) -> None:
    line = palette.text if palette.strong else palette.edge
    painter.setPen(QPen(QColor(line), palette.edge_width))
    painter.setBrush(QColor(palette.panel))
    painter.drawRoundedRect(rect(box), 10, 10)
    inside = box.w - 36
    title = Label(chart.title(), Box(box.x + 18, box.y + 12, inside, 20), Ink.TEXT, Role.TITLE)
    paint_label(painter, title, palette, fonts)
    subtitle = chart.subtitle(shown)
    high = fonts.height(subtitle, Role.BODY, inside) if subtitle else 0.0
    paint_label(painter, Label(subtitle, Box(box.x + 18, box.y + 33, inside, high), wrap=True), palette, fonts)
    top = 40 + high
    plot = Box(box.x + 18, box.y + top, inside, box.h - top - 14)
    painter.setBrush(QColor(0, 0, 0, 0))
    chart.paint(painter, chart.lay(shown, plot, fonts.width), palette, fonts)
