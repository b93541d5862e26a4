"""Colours can be told apart: text at least 4.5 to 1, all else that says something at least 3 to 1 (EN 301 549).

High contrast is more: 7 to 1, and 4.5 to 1.
"""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QFont, QFontInfo
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.theme import (
    PALETTES,
    SMALLEST_TYPE,
    Ink,
    Palette,
    Role,
    Type,
    breakable,
    colour,
    fitted,
    scale_of,
)
from tests.contrast import contrast, over

palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)


def text(palette: Palette) -> float:
    """What text has to reach."""
    return 7.0 if palette.strong else 4.5


def other(palette: Palette) -> float:
    """What all else has to reach that says something."""
    return 4.5 if palette.strong else 3.0


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@palettes
def test_text_can_be_read_on_the_panel(palette: Palette) -> None:
    for ink in (Ink.TEXT, Ink.MUTED, Ink.WARM, *Stage):
        assert contrast(colour(palette, ink), palette.panel) >= text(palette), ink


@palettes
def test_text_can_be_read_on_every_button_in_every_state(palette: Palette) -> None:
    hovered = QColor(palette.button_hover)
    for ground in (QColor(palette.button), hovered, hovered.darker(108)):
        assert contrast(palette.text, ground) >= text(palette), ground.name()
    for stage in Stage:
        fill = palette.stage(stage)
        for ground in (fill, palette.stirred(fill, pressed=False), palette.stirred(fill, pressed=True)):
            assert contrast(palette.on_primary, ground) >= text(palette), f"{stage.name} {ground.name()}"


@palettes
def test_what_is_drawn_can_be_seen(palette: Palette) -> None:
    for stage in Stage:
        assert contrast(palette.stage(stage), palette.panel) >= other(palette), stage
        tinted = over(palette.stage(stage), 0.16, palette.panel)
        assert contrast(palette.stage(stage), tinted) >= other(palette), stage
    for ink in (palette.riser, palette.muted, palette.warm, over(palette.stage(Stage.FAREWELL), 0.8, palette.panel)):
        assert contrast(ink, palette.panel) >= other(palette), ink


@palettes
def test_the_warm_edge_is_another_than_the_edge_at_rest(palette: Palette) -> None:
    assert palette.warm_width >= 2 * palette.edge_width
    if not palette.strong:  # there a line of that width is the sign
        assert contrast(palette.warm, palette.edge) >= other(palette)


@palettes
def test_the_place_of_the_keyboard_can_be_seen(palette: Palette) -> None:
    for ground in (palette.panel, palette.button, palette.button_hover):
        assert contrast(palette.text, ground) >= other(palette)
    for stage in Stage:
        assert contrast(palette.on_primary, palette.stage(stage)) >= other(palette)


@palettes
def test_stages_have_colours_of_their_own(palette: Palette) -> None:
    for one, another in combinations(Stage, 2):
        assert palette.stage(one).hsvHue() != palette.stage(another).hsvHue()
    assert palette.primary == palette.stages[Stage.GUIDANCE]


# type


@pytest.mark.parametrize(
    ("points", "pixels", "scale"), [(9.0, 0, 1.0), (13.5, 0, 1.5), (27.0, 0, 3.0), (6.0, 0, 1.0), (0.0, 24, 2.0)]
)
def test_everything_grows_with_the_systems_font(qapp: QApplication, points: float, pixels: int, scale: float) -> None:
    font = qapp.font()
    if pixels:
        font.setPixelSize(pixels)
    else:
        font.setPointSizeF(points)
    assert scale_of(font, 96.0) == pytest.approx(scale)


@pytest.mark.parametrize("dots", [72.0, 96.0, 144.0])
def test_sizes_are_in_design_pixels_whatever_the_screen(qapp: QApplication, dots: float) -> None:
    fonts = Type(qapp.font(), dots)
    for role in Role:
        pixels, weight = role.value
        assert fonts.font(role).pointSizeF() * dots / 72 == pytest.approx(pixels)
        assert fonts.font(role).weight() == weight


def test_a_long_label_becomes_smaller_but_not_unreadable(qapp: QApplication) -> None:
    font = Type(qapp.font(), 96.0).font(Role.BUTTON)
    wide = Type(qapp.font(), 96.0).width("Hyvästely", Role.BUTTON)
    assert fitted(font, "Hyvästely", wide) == font
    assert fitted(font, "", 0) == font
    assert fitted(font, "Hyvästely", wide * 0.9).pointSizeF() == pytest.approx(font.pointSizeF() * 0.9, rel=0.02)
    assert fitted(font, "Hyvästely", 3).pointSizeF() == pytest.approx(font.pointSizeF() * SMALLEST_TYPE)
    assert QFontInfo(QFont(font)).family()


def test_long_paths_may_break_and_other_words_are_left_alone() -> None:
    path = "/home/someone/.local/share/kohtaava-desktop/kohtaava.db"
    assert breakable(f"No room for {path}.").replace("\u200b", "") == f"No room for {path}."
    assert breakable(path).split("\u200b")[:3] == ["/", "home/", "someone/"]
    assert breakable("Työvoima-asiantuntija, 10.45") == "Työvoima-asiantuntija, 10.45"
