"""Colours and the style sheet of the window, in every palette."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont, QPalette

from kohtaava_desktop.ui.dialog_style import TARGET, sheet
from kohtaava_desktop.ui.theme import LIGHT, PALETTES, Palette

FRAME = 3  # what Qt adds beside the text of a cell, but not of a header, in logical pixels
CELL = 8  # left and right of the text of a cell, in design pixels


def worn(qt: QPalette) -> Palette:
    """The set of colours that ``qt`` was made of."""
    role = QPalette.ColorRole
    ground, ink = qt.color(role.Window), qt.color(role.WindowText)
    return next((each for each in PALETTES.values() if (QColor(each.panel), QColor(each.text)) == (ground, ink)), LIGHT)


def ground(palette: Palette) -> QColor:
    """What the cards lie on: a little away from them, but in high contrast."""
    panel = QColor(palette.panel)
    if palette.strong:
        return panel
    return panel.darker(106) if panel.lightness() > 127 else panel.darker(135)


def style_sheet(palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
    """All of the window's controls; ``u`` is a design pixel in logical ones."""
    return (
        sheet(qt, font, u) + _cards(palette, font, u) + _buttons(palette, u) + _tables(palette, u) + _texts(palette, u)
    )


def line_of(palette: Palette) -> str:
    """The colour of the line round what lies on the ground."""
    return palette.text if palette.strong else palette.edge


def pixels(u: float) -> Callable[[float], str]:
    """What says design pixels as a style sheet has them, at least one."""
    return lambda number: f"{max(1, round(number * u))}px"


def _cards(palette: Palette, font: QFont, u: float) -> str:
    points, px = font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75, pixels(u)
    return f"""
        QWidget#ground, QScrollArea#ground {{ background: {ground(palette).name()}; }}
        QFrame#card {{ background: {palette.panel}; border: {px(palette.edge_width)} solid {line_of(palette)};
            border-radius: {px(10)}; }}
        QLabel#window-title {{ font-size: {points * 1.55:.1f}pt; font-weight: 700; }}
        QLabel#card-title {{ font-size: {points * 1.15:.1f}pt; font-weight: 700; }}
        QLabel#done {{ font-weight: 600; }}
        QLabel#message {{ font-size: {points * 1.35:.1f}pt; font-weight: 700; }}
    """


def _buttons(palette: Palette, u: float) -> str:
    px, quiet = pixels(u), palette.text if palette.strong else "transparent"
    return f"""
        QPushButton {{ padding: {px(2)} {px(12)}; min-height: {px(TARGET - 6)}; }}
        QPushButton:focus {{ padding: {px(1)} {px(11)}; }}
        QPushButton::menu-indicator {{ image: none; width: 0; }}
        QPushButton#chip:checked {{ background: {palette.primary}; color: {palette.on_primary};
            border-color: {palette.primary}; }}
        QPushButton#quiet {{ background: transparent; border: {px(1)} solid {quiet}; color: {palette.muted};
            font-weight: 400; padding: 0 {px(8)}; min-height: {px(TARGET - 8)}; }}
        QPushButton#quiet:hover {{ background: {palette.button_hover}; color: {palette.text}; }}
        QPushButton#quiet:focus {{ border: {px(2)} solid {palette.primary}; color: {palette.text};
            padding: 0 {px(7)}; }}
    """


def _tables(palette: Palette, u: float) -> str:
    px, line = pixels(u), line_of(palette)
    header = f"{round(CELL * u) + FRAME}px"
    return f"""
        QTableWidget {{ background: {palette.panel}; color: {palette.text}; border: {px(1)} solid {line};
            padding: {px(1)}; border-radius: {px(3)}; gridline-color: {line};
            selection-background-color: {palette.primary}; selection-color: {palette.on_primary}; outline: none; }}
        QTableWidget:focus {{ border: {px(2)} solid {palette.primary}; padding: 0; }}
        QScrollBar:horizontal {{ background: transparent; border: none; margin: 0; height: {px(14)}; }}
        QScrollBar::handle:horizontal {{ background: {palette.muted}; border: {px(3)} solid {palette.panel};
            border-radius: {px(7)}; min-width: {px(TARGET)}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; }}
        QHeaderView::section {{ background: {palette.button}; color: {palette.text}; border: none;
            border-bottom: {px(1)} solid {line}; padding: {px(3)} {header}; font-weight: 600; }}
        QHeaderView {{ background: {palette.button}; border: none; }}
        QTableWidget::item {{ padding: {px(2)} {px(CELL)}; }}
    """


def _texts(palette: Palette, u: float) -> str:
    px = pixels(u)
    return f"""
        QPlainTextEdit {{ background: {palette.panel}; color: {palette.text};
            border: {px(1)} solid {line_of(palette)}; border-radius: {px(6)};
            selection-background-color: {palette.primary}; selection-color: {palette.on_primary}; padding: {px(4)}; }}
        QPlainTextEdit:focus {{ border: {px(2)} solid {palette.primary}; padding: {px(3)}; }}
    """
