"""The contrast of two colours, as WCAG 2 measures it."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage

VISIBLE = 3.0
"""The contrast that the mark of the keyboard has at least with what stands there without it (WCAG 2.2, 1.4.11)."""


def luminance(ink: QColor) -> float:
    """The relative luminance of WCAG 2, 0 to 1."""
    parts = (ink.redF(), ink.greenF(), ink.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor | str, other: QColor | str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (lighter + 0.05) / (darker + 0.05)


def over(ink: QColor | str, alpha: float, ground: QColor | str) -> QColor:
    """``ink`` painted with ``alpha`` on ``ground``."""
    above, below = QColor(ink), QColor(ground)
    pairs = ((above.redF(), below.redF()), (above.greenF(), below.greenF()), (above.blueF(), below.blueF()))
    return QColor.fromRgbF(*(alpha * top + (1 - alpha) * under for top, under in pairs))


def visible_difference(one: QImage, other: QImage, place: QRect) -> int:
    """How many pixels of ``place`` stand out from what is there in the other picture."""
    across, down = range(place.left(), place.right() + 1), range(place.top(), place.bottom() + 1)
    different = [(x, y) for x in across for y in down if one.pixel(x, y) != other.pixel(x, y)]
    return sum(contrast(one.pixelColor(*each), other.pixelColor(*each)) >= VISIBLE for each in different)
