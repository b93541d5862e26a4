"""Colours and type of the overlay, light and dark."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from kohtaava_desktop.domain.stages import Stage

SMALLEST_TYPE = 0.78  # a long word shrinks this far before it is cut
LONG_WORD = 30  # letters; a path can have more than a line holds


@dataclass(frozen=True, slots=True)
class Palette:
    """One set of colours, as hex strings. ``stages`` are in the order of the stairs."""

    panel: str
    edge: str
    text: str
    muted: str
    riser: str
    button: str
    button_hover: str
    warm: str
    stages: tuple[str, str, str, str]

    @property
    def primary(self) -> str:
        """The colour of *Done* and of what is chosen."""
        return self.stages[Stage.GUIDANCE]

    @property
    def on_primary(self) -> str:
        """Text on any stage colour."""
        return self.panel

    def stage(self, stage: Stage) -> QColor:
        """The colour of a stage."""
        return QColor(self.stages[stage])

    def stirred(self, ground: QColor, pressed: bool) -> QColor:
        """A coloured ``ground`` under the pointer or pressed: a little further away from the text on it."""
        amount = 116 if pressed else 108
        return ground.darker(amount) if QColor(self.on_primary).lightness() > 127 else ground.lighter(amount)


LIGHT = Palette(
    panel="#FBFAF7",
    edge="#D8D3C8",
    text="#23272B",
    muted="#5C646B",
    riser="#5C646B",
    button="#F0ECE3",
    button_hover="#E6E0D3",
    warm="#B45309",
    stages=("#BA5419", "#0F766E", "#2F5FB3", "#7A3E8E"),
)
DARK = Palette(
    panel="#1E2225",
    edge="#3B4247",
    text="#F1EFEA",
    muted="#A9B1B7",
    riser="#A9B1B7",
    button="#2B3135",
    button_hover="#384046",
    warm="#F2B45A",
    stages=("#F0935A", "#3FBFB2", "#86AEF2", "#CE97E0"),
)


class Role(Enum):
    """The sizes of type: design pixels and weight."""

    NUMBER = (30.0, QFont.Weight.Bold)
    SAY = (15.0, QFont.Weight.DemiBold)
    TITLE = (14.0, QFont.Weight.Bold)
    SENTENCE = (12.5, QFont.Weight.DemiBold)
    BUTTON = (12.0, QFont.Weight.DemiBold)
    BUTTON_SMALL = (11.0, QFont.Weight.DemiBold)
    BODY = (12.0, QFont.Weight.Normal)
    SMALL = (10.5, QFont.Weight.Medium)


class Ink(Enum):
    """What a text is coloured by; stages have their own ink."""

    TEXT = "text"
    MUTED = "muted"
    WARM = "warm"
    ON_STAGE = "on_primary"


def colour(palette: Palette, ink: Ink | Stage) -> QColor:
    """The colour of ``ink``."""
    return palette.stage(ink) if isinstance(ink, Stage) else QColor(getattr(palette, ink.value))


class Type:
    """The fonts of the roles in the platform's own family, in design pixels at ``dots`` per inch."""

    def __init__(self, base: QFont, dots: float) -> None:
        self._fonts = {role: self._font(base, role, dots) for role in Role}

    def font(self, role: Role) -> QFont:
        """The font of ``role``."""
        return self._fonts[role]

    def width(self, text: str, role: Role) -> float:
        """How wide ``text`` is on one line, in design pixels."""
        return QFontMetricsF(self._fonts[role]).horizontalAdvance(text)

    def height(self, text: str, role: Role, width: float) -> float:
        """How high ``text`` is, in design pixels, when it is wrapped at ``width``."""
        metrics, box = QFontMetricsF(self._fonts[role]), QRectF(0, 0, width, 10_000)
        return metrics.boundingRect(box, int(Qt.TextFlag.TextWordWrap), breakable(text)).height()

    @staticmethod
    def _font(base: QFont, role: Role, dots: float) -> QFont:
        pixels, weight = role.value
        font = QFont(base)
        font.setPointSizeF(pixels * 72 / dots)
        font.setWeight(weight)
        return font


def breakable(text: str) -> str:
    """``text`` to be wrapped: long words, such as paths, may break after every mark in them."""
    return " ".join(word if len(word) < LONG_WORD else _with_breaks(word) for word in text.split(" "))


def _with_breaks(word: str) -> str:
    return "".join(letter if letter.isalnum() else f"{letter}\u200b" for letter in word)


def fitted(font: QFont, text: str, width: float) -> QFont:
    """``font``, smaller if need be, so that ``text`` fits ``width`` as far as that can be read."""
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide <= width or wide == 0:
        return QFont(font)
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * max(SMALLEST_TYPE, width / wide * 0.99))
    return smaller


def scale_of(base: QFont, dots: float) -> float:
    """Design pixels to logical ones: the design is drawn for 12-pixel text and grows with the system's own."""
    size = base.pixelSize() if base.pixelSize() > 0 else base.pointSizeF() * dots / 72
    return max(1.0, size / 12)
