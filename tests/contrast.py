"""The contrast of two colours, as WCAG 2 measures it."""

from PySide6.QtGui import QColor


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
