"""Colours and type of the overlay: light, dark, and two of high contrast.

In the two of high contrast text stands out 7 to 1 at least and all else that says something 4.5 to 1; every control
has a line round it, and the warm edge is told by its width.
"""

from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette

from kohtaava_desktop.domain.stages import Stage

SMALLEST_TYPE = 0.78  # a long word shrinks this far before it is cut
LONG_WORD = 30  # letters; a path can have more than a line holds


class Palette(NamedTuple):
    """One set of colours, as hex strings. ``stages`` are in the order of the stairs.

    ``edge_width`` and ``warm_width``, in design pixels, are those of the window's edge at rest and with a reminder.
    ``strong``: of high contrast, with a line round every control.
    """

    panel: str
    edge: str
    text: str
    muted: str
    riser: str
    button: str
    button_hover: str
    warm: str
    stages: tuple[str, str, str, str]
    edge_width: float = 1.0
    warm_width: float = 2.0
    strong: bool = False

    @property
    def off(self) -> str:
        """Text of a control in a dialog that cannot be used now."""
        if not self.strong:
            return self.muted
        return "#A6A6A6" if QColor(self.panel).lightness() < 128 else "#595959"

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
CONTRAST_LIGHT = Palette(
    panel="#FFFFFF",
    edge="#000000",
    text="#000000",
    muted="#000000",
    riser="#000000",
    button="#FFFFFF",
    button_hover="#E0E0E0",
    warm="#A03000",
    stages=("#8F3A06", "#00574F", "#1B479C", "#692180"),
    edge_width=2.0,
    warm_width=4.0,
    strong=True,
)
CONTRAST_DARK = Palette(
    panel="#000000",
    edge="#FFFFFF",
    text="#FFFFFF",
    muted="#FFFFFF",
    riser="#FFFFFF",
    button="#000000",
    button_hover="#333333",
    warm="#FFD400",
    stages=("#FFB27D", "#5CE6D6", "#A9C7FF", "#EBB5FF"),
    edge_width=2.0,
    warm_width=4.0,
    strong=True,
)
PALETTES = {"light": LIGHT, "dark": DARK, "contrast-light": CONTRAST_LIGHT, "contrast-dark": CONTRAST_DARK}
"""The colours by the words of the setting ``theme``; which of them ``system`` is, ``ui.follow`` knows."""


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


def qt_palette(palette: Palette) -> QPalette:
    """``palette`` for Qt's own widgets (menus, dialogs, tool tips) in the style Fusion."""
    qt, role = QPalette(), QPalette.ColorRole
    panel, text, button = (QColor(each) for each in (palette.panel, palette.text, palette.button))
    muted, edge, primary = (QColor(each) for each in (palette.muted, palette.edge, palette.primary))
    for which, ink in {
        role.Window: panel,
        role.WindowText: text,
        role.Base: panel,
        role.AlternateBase: button,
        role.Text: text,
        role.PlaceholderText: muted,
        role.Button: button,
        role.ButtonText: text,
        role.BrightText: QColor(palette.warm),
        role.ToolTipBase: panel,
        role.ToolTipText: text,
        role.Highlight: primary,
        role.HighlightedText: QColor(palette.on_primary),
        role.Accent: primary,
        role.Link: palette.stage(Stage.ADVICE),
        role.LinkVisited: palette.stage(Stage.FAREWELL),
        role.Light: QColor(palette.button_hover),
        role.Midlight: button,
        role.Mid: edge,
        role.Dark: edge,
        role.Shadow: edge,
    }.items():
        qt.setColor(which, ink)
    for which in (role.WindowText, role.Text, role.ButtonText):
        qt.setColor(QPalette.ColorGroup.Disabled, which, QColor(palette.off))
    return qt
