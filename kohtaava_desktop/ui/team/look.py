"""The style sheet of the window: that of *My meetings*, and what only this one has."""

from PySide6.QtGui import QFont, QPalette

from kohtaava_desktop.ui.dialog_style import TARGET
from kohtaava_desktop.ui.mirror import look
from kohtaava_desktop.ui.theme import Palette


def style_sheet(palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
    """All of the window's controls; ``u`` is a design pixel in logical ones."""
    px = look.pixels(u)
    return (
        look.style_sheet(palette, qt, font, u)
        + f"""
        QLabel#own {{ color: {palette.text}; border-left: {px(3)} solid {palette.primary}; padding: {px(2)} {px(10)}; }}
        QPushButton#fold {{ background: transparent; border: {px(1)} solid transparent; color: {palette.muted};
            font-weight: 400; padding: 0 {px(8)} 0 {px(22)}; min-height: {px(TARGET - 8)}; text-align: left; }}
        QPushButton#fold:hover {{ background: {palette.button_hover}; color: {palette.text}; }}
        QPushButton#fold:focus {{ border: {px(2)} solid {palette.primary}; color: {palette.text};
            padding: 0 {px(7)} 0 {px(21)}; }}
    """
    )
