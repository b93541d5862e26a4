"""The charts as a picture to keep: one sheet of a fixed size, painted by the painters of the window."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from kohtaava_desktop.ui.mirror.chart import Label
from kohtaava_desktop.ui.mirror.charts import CHARTS, Chart
from kohtaava_desktop.ui.mirror.look import ground
from kohtaava_desktop.ui.mirror.painting import paint_label, rect
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Ink, Palette, Role, Type

SHEET = QSize(1060, 790)
"""Design pixels; a PNG has twice as many."""
MARGIN, GAP, HEAD, FOOT = 24.0, 14.0, 52.0, 26.0
LEFT = 0.655  # of the width, for the wide cards
UPPER = 0.46  # of the height, for the upper cards
DOTS = 96


def svg(
    shown: Any,
    heading: tuple[str, str],
    foot: str,
    palette: Palette,
    font: QFont,
    charts: Mapping[str, Chart[Any]] = CHARTS,
) -> bytes:
    """The sheet as SVG. ``heading`` is the title and which meetings these are, ``foot`` a line below the ``charts``."""
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(SHEET)
    generator.setViewBox(QRectF(0, 0, SHEET.width(), SHEET.height()))
    generator.setResolution(DOTS)
    generator.setTitle(heading[0])
    generator.setDescription(heading[1])
    painter = QPainter(generator)
    paint_sheet(painter, shown, heading, foot, palette, Type(font, DOTS), charts)
    painter.end()
    return bytes(buffer.data().data())


def png(
    shown: Any,
    heading: tuple[str, str],
    foot: str,
    palette: Palette,
    font: QFont,
    charts: Mapping[str, Chart[Any]] = CHARTS,
) -> bytes:
    """The sheet as PNG, two dots to a design pixel."""
    image = QImage(SHEET * 2, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(DOTS / 0.0254))
    image.setDotsPerMeterY(round(DOTS / 0.0254))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(2, 2)
    paint_sheet(painter, shown, heading, foot, palette, Type(font, DOTS), charts)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def paint_sheet(
    painter: QPainter,
    shown: Any,
    heading: tuple[str, str],
    foot: str,
    palette: Palette,
    fonts: Type,
    charts: Mapping[str, Chart[Any]] = CHARTS,
) -> None:
    """Heading, the four cards, and the line below them."""
    painter.fillRect(QRectF(0, 0, SHEET.width(), SHEET.height()), ground(palette))
    title, meetings = heading
    right = SHEET.width() - MARGIN
    w = fonts.width(title, Role.SAY) + 2
    paint_label(painter, Label(title, Box(MARGIN, 14, w, 30), Ink.TEXT, Role.SAY), palette, fonts)
    paint_label(painter, Label(meetings, Box(MARGIN + w + 18, 14, right - MARGIN - w - 18, 30)), palette, fonts)
    paint_label(painter, Label(foot, Box(MARGIN, SHEET.height() - FOOT, right - MARGIN, 18)), palette, fonts)
    for chart, box in zip(charts.values(), cards(), strict=True):
        _paint_card(painter, chart, shown, box, palette, fonts)


def cards() -> list[Box]:
    """The places of the cards on the sheet."""
    w, h = SHEET.width() - 2 * MARGIN - GAP, SHEET.height() - HEAD - FOOT - GAP - 6
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
    paint_label(
        painter,
        Label(chart.title(shown), Box(box.x + 18, box.y + 12, inside, 20), Ink.TEXT, Role.TITLE),
        palette,
        fonts,
    )
    subtitle = chart.subtitle(shown)
    high = fonts.height(subtitle, Role.BODY, inside) if subtitle else 0.0
    paint_label(painter, Label(subtitle, Box(box.x + 18, box.y + 33, inside, high), wrap=True), palette, fonts)
    top = 40 + high
    plot = Box(box.x + 18, box.y + top, inside, box.h - top - 14)
    painter.setBrush(QColor(0, 0, 0, 0))
    chart.paint(painter, chart.lay(shown, plot, fonts.width), palette, fonts)
