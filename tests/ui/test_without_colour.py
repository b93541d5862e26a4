"""Colour is never the only sign: everything is told in shades of grey too (EN 301 549, 11.1.4.1)."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import PALETTES, Palette
from tests.contrast import contrast
from tests.ui.stage import Stage

palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
SEEN = 3.0


def grey(image: QImage) -> QImage:
    """The picture without its colours."""
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def stands_out(image: QImage, x: int, y: int, ground: QColor) -> bool:
    """Whether a pixel can be told from the ground."""
    return contrast(image.pixelColor(x, y), ground) >= SEEN


def ground_of(palette: Palette) -> QColor:
    """The panel in grey."""
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.fill(QColor(palette.panel))
    return grey(image).pixelColor(0, 0)


def each_step(stage: Stage, view: View, palette: Palette) -> Iterator[tuple[Step, QImage]]:
    """The overlay in grey on each of the four steps, ten minutes into a meeting of 45."""
    stage.overlay.take_palette(palette)
    stage.tap(Act.START)
    for step in Step:
        if step:
            stage.run(stage.controller.perform(commands.StepUp()))
        stage.controller.choose(view)
        stage.go_to(10 + step / 10)
        yield step, grey(stage.overlay.grab().toImage())


@palettes
@pytest.mark.parametrize("view", [View.QUIET, View.OPEN])
def test_the_step_is_told_by_its_level(stage: Stage, view: View, palette: Palette) -> None:
    """Where the stairs end, the line of each step lies clearly above that of the one before."""
    ground, heights = ground_of(palette), []
    for _step, image in each_step(stage, view, palette):
        assert stage.overlay.form is not None
        stairs, _thickness = stage.overlay.form.stairs[0]
        column = round(stairs.treads[-1].x2)
        rows = range(round(stairs.box.y) - 2, round(stairs.box.bottom) - 1)
        heights.append(next(y for y in rows if stands_out(image, column, y, ground)))
    assert all(earlier - later >= 3 for earlier, later in pairwise(heights)), heights


def test_the_open_form_names_the_step_too(stage: Stage) -> None:
    for step, _image in each_step(stage, View.OPEN, PALETTES["light"]):
        assert stage.overlay.form is not None
        assert sentences.stage_name(step) in [text.text for text in stage.overlay.form.texts]


@palettes
def test_discreet_dots_tell_the_step_by_fill_and_size(stage: Stage, palette: Palette) -> None:
    """Whoever sees no colour counts the filled dots, or looks for the large one."""
    ground = ground_of(palette)
    for step, image in each_step(stage, View.DISCREET, palette):
        middles = [round(image.width() / 2 + (dot - 1.5) * 20) for dot in Step]
        row = image.height() // 2
        filled = [stands_out(image, x, row, ground) for x in middles]
        assert filled == [dot <= step for dot in Step]
        widths = [sum(stands_out(image, x, row, ground) for x in range(at - 9, at + 10)) for at in middles]
        full = [widths[dot] for dot in Step if dot < step]
        assert all(widths[step] >= width + 3 for width in full), "the dot of now is larger than those before it"
        outlines = [any(stands_out(image, x, row, ground) for x in range(at - 9, at)) for at in middles]
        assert all(outlines), "a dot to come is a ring"


@palettes
def test_a_reminder_makes_the_edge_wider(stage: Stage, palette: Palette) -> None:
    widths = []
    stage.overlay.take_palette(palette)
    stage.tap(Act.START)
    stage.controller.choose(View.QUIET)
    for minute in (10, 38):
        stage.go_to(minute)
        image = grey(stage.overlay.grab().toImage())
        edge = image.pixelColor(image.width() // 3, 0)
        assert edge != ground_of(palette)
        rows = [image.pixelColor(image.width() // 3, y) for y in range(image.height() // 2)]
        widths.append(next(y for y, ink in enumerate(rows) if ink == ground_of(palette)))
    assert widths[1] >= 2 * widths[0], widths


@palettes
def test_the_language_chosen_is_darker_or_lighter_than_the_others(
    qapp: QApplication, palette: Palette, in_english: None
) -> None:
    assert (qapp is not None, in_english) == (True, None)
    card = ClientCard(palette, "en", 45, 10, 45, translucent=True)
    card.resize(1000, 600)
    image = grey(card.grab().toImage())
    grounds = {}
    for tag, chip in card.chips.items():
        place = chip.geometry()
        grounds[tag] = image.pixelColor(place.center().x(), place.y() + 5)
    assert contrast(grounds["en"], grounds["fi"]) >= SEEN
    assert grounds["fi"] == grounds["sv"]
    card.deleteLater()


def test_a_step_up_in_colour_says_the_same_in_words(stage: Stage) -> None:
    """With a reminder the way to the farewell is coloured; the sentence stands above it."""
    stage.tap(Act.START)
    for _step in range(2):
        stage.run(stage.controller.perform(commands.StepUp()))
    stage.go_to(39)
    control = stage.controls()[Act.STEP_UP].control
    assert control.fill is Step.FAREWELL
    assert stage.overlay.form is not None
    assert len([text for text in stage.overlay.form.texts if text.wrap]) == 1
