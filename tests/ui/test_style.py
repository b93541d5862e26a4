"""Menus, dialogs and tool tips in the colours of the overlay: text can be read, and every control has an outline."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QMenu, QRadioButton, QSpinBox, QWidget

from kohtaava_desktop.ui.follow import wear
from kohtaava_desktop.ui.style import Outlines, put_on
from kohtaava_desktop.ui.theme import PALETTES, Palette, qt_palette
from tests.contrast import contrast

Role = QPalette.ColorRole
palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
PAIRS = (
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.PlaceholderText, Role.Base),
    (Role.ButtonText, Role.Button),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.HighlightedText, Role.Highlight),
    (Role.Link, Role.Base),
    (Role.LinkVisited, Role.Base),
    (Role.BrightText, Role.Window),
)


@pytest.fixture
def dressed(qapp: QApplication, palette: Palette) -> Iterator[Palette]:
    """The application in our style and colours; undressed afterwards."""
    put_on(qapp)
    wear(palette)
    yield palette
    QApplication.setPalette(QPalette())
    qapp.setStyle("fusion")


@palettes
@pytest.mark.parametrize(("ink", "ground"), PAIRS, ids=[f"{ink.name} on {ground.name}" for ink, ground in PAIRS])
def test_text_can_be_read(palette: Palette, ink: Role, ground: Role) -> None:
    qt = qt_palette(palette)
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        assert contrast(qt.color(group, ink), qt.color(group, ground)) >= (7.0 if palette.strong else 4.5)


@palettes
def test_what_is_off_looks_so_and_can_be_read(palette: Palette) -> None:
    qt, off = qt_palette(palette), QPalette.ColorGroup.Disabled
    for ink, ground in ((Role.WindowText, Role.Window), (Role.ButtonText, Role.Button), (Role.Text, Role.Base)):
        assert contrast(qt.color(off, ink), qt.color(off, ground)) >= 4.5
        assert qt.color(off, ink) != qt.color(QPalette.ColorGroup.Active, ink)


@palettes
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton, QLineEdit, QComboBox, QSpinBox])
def test_every_control_has_an_outline(dressed: Palette, kind: type[QWidget]) -> None:
    """From its left edge inwards there is a line that stands out against the ground."""
    control = kind()
    control.resize(120, 30)
    image = control.grab().toImage()
    row = [image.pixelColor(x, image.height() // 2) for x in range(8)]
    control.deleteLater()
    assert max(contrast(ink, dressed.panel) for ink in row) >= (4.5 if dressed.strong else 3.0)


@palettes
def test_the_palette_of_a_control_is_as_it_was_after_painting(dressed: Palette) -> None:
    assert isinstance(QApplication.style(), Outlines)
    control = QLineEdit("text")
    before = control.palette()
    control.grab()
    assert control.palette() == before
    control.deleteLater()


@palettes
def test_the_entries_of_a_menu_are_parted_by_a_line(dressed: Palette) -> None:
    menu = QMenu()
    menu.addAction("One")
    line = menu.addSeparator()
    menu.addAction("Two")
    menu.ensurePolished()
    menu.resize(menu.sizeHint())
    image, place = menu.grab().toImage(), menu.actionGeometry(line)
    column = [image.pixelColor(place.center().x(), y) for y in range(place.top(), place.bottom() + 1)]
    menu.deleteLater()
    assert max(contrast(ink, dressed.panel) for ink in column) >= (4.5 if dressed.strong else 3.0)
