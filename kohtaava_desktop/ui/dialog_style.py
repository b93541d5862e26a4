"""The look of a window full of controls, out of the roles of a QPalette: the overlay's voice in every style."""

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.theme import scale_of

TARGET = 30  # the height of whatever can be clicked, in design pixels
LOCK_ROOM = 18  # for the lock before a reason, in design pixels
BUTTON = 28  # the width of a button inside a field


def unit_of(widget: QWidget) -> float:
    """How many logical pixels a design pixel takes in ``widget``, by its font."""
    return scale_of(widget.font(), float(widget.logicalDpiY()))


def muted(palette: QPalette) -> QColor:
    """The colour of what is said in passing, and of the lines round fields. Some systems have it half transparent."""
    ink, ground = palette.color(QPalette.ColorRole.PlaceholderText), palette.color(QPalette.ColorRole.Base)
    share = max(0.62, ink.alphaF())  # half of black on white would be less than 4.5 to 1
    mixed = (share * one + (1 - share) * other for one, other in zip(_parts(ink), _parts(ground), strict=True))
    return QColor.fromRgbF(*mixed)


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def sheet(palette: QPalette, font: QFont, u: float) -> str:
    """The style sheet for ``palette`` and ``font`` with ``u`` logical pixels to a design pixel."""
    role = QPalette.ColorRole
    text, base, edge, mark, on_mark, button, hover, warm = (
        palette.color(each).name()
        for each in (
            *(role.WindowText, role.Base, role.Mid, role.Highlight),
            *(role.HighlightedText, role.Button, role.Light, role.BrightText),
        )
    )
    window, soft = palette.color(role.Window).name(), muted(palette).name()
    points = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75

    def px(pixels: float) -> str:
        return f"{max(1, round(pixels * u))}px"

    return f"""
        QLabel {{ color: {text}; background: transparent; }}
        QLabel#heading {{ font-size: {points * 1.25:.1f}pt; font-weight: 700; }}
        QLabel#title {{ font-weight: 600; font-size: {points * 1.05:.1f}pt; }}
        QLabel#muted {{ color: {soft}; }}
        QLabel#trouble {{ color: {text}; font-weight: 600; border-left: {px(3)} solid {warm};
            padding: {px(2)} 0 {px(2)} {px(8)}; }}
        QLabel#reason {{ color: {text}; border: {px(2)} solid transparent; border-radius: {px(6)};
            padding: {px(3)} {px(6)} {px(3)} {px(LOCK_ROOM)}; }}
        QLabel#reason:focus {{ border-color: {mark}; }}
        QGroupBox {{ border: {px(1)} solid {edge}; border-radius: {px(12)}; margin: 0; padding: 0;
            background: {base}; }}
        QFrame#line {{ background: {edge}; border: none; }}
        QScrollArea {{ border: none; background: transparent; }}
        QScrollBar:vertical {{ background: transparent; border: none; margin: 0; width: {px(14)}; }}
        QScrollBar::handle:vertical {{ background: {soft}; border: {px(3)} solid {window}; border-radius: {px(7)};
            min-height: {px(TARGET)}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
        QWidget#content {{ background: transparent; }}
        QLineEdit, QComboBox, QSpinBox {{
            color: {text}; background: {base}; border: {px(1)} solid {soft}; border-radius: {px(7)};
            padding: {px(2)} {px(8)}; min-height: {px(TARGET - 6)};
            placeholder-text-color: {soft}; selection-background-color: {mark}; selection-color: {on_mark}; }}
        QLineEdit:focus, QComboBox:focus, QSpinBox:focus {{
            border: {px(2)} solid {mark}; padding: {px(1)} {px(7)}; }}
        QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {{
            color: {soft}; background: {window}; border: {px(1)} dashed {soft}; }}
        QComboBox {{ padding-right: {px(BUTTON)}; combobox-popup: 0; }}
        QComboBox::drop-down {{ border: none; background: transparent; width: {px(BUTTON)}; }}
        QComboBox::down-arrow {{ image: none; }}
        QComboBox QAbstractItemView {{
            color: {text}; background: {base}; border: {px(1)} solid {soft}; outline: none; padding: {px(3)};
            selection-background-color: {mark}; selection-color: {on_mark}; }}
        QComboBox QAbstractItemView::item {{ min-height: {px(TARGET - 2)}; padding: 0 {px(8)}; border: none; }}
        QComboBox QAbstractItemView::item:selected {{ color: {on_mark}; background: {mark}; }}
        QSpinBox {{ padding-right: {px(2 * BUTTON)}; }}
        QSpinBox:focus {{ padding-right: {px(2 * BUTTON)}; }}
        QSpinBox::up-button, QSpinBox::down-button {{
            subcontrol-origin: border; subcontrol-position: center right; border: none; background: transparent;
            width: {px(BUTTON)}; height: {px(TARGET - 4)}; border-radius: {px(6)}; }}
        QSpinBox::up-button {{ right: {px(2)}; }}
        QSpinBox::down-button {{ right: {px(BUTTON + 2)}; }}
        QSpinBox::up-button:hover, QSpinBox::down-button:hover {{ background: {hover}; }}
        QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; }}
        QPushButton {{
            color: {text}; background: {button}; border: {px(1)} solid {soft}; border-radius: {px(7)};
            padding: {px(2)} {px(18)}; min-height: {px(TARGET - 4)}; font-weight: 600; }}
        QPushButton:hover {{ background: {hover}; }}
        QPushButton:focus {{ border: {px(2)} solid {mark}; padding: {px(1)} {px(17)}; }}
        QToolButton {{ background: transparent; border: {px(2)} solid transparent; border-radius: {px(7)}; }}
        QToolButton:hover {{ background: {hover}; }}
        QToolButton:focus {{ border-color: {mark}; }}
    """
