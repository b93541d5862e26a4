"""Every pair of colours that is painted on one another, found in the forms themselves, in every palette.

Text stands out 4.5 to 1 at least, all else that says something 3 to 1 (EN 301 549, 11.1.4.3 and 11.1.4.11); in high
contrast 7 and 4.5. What says nothing is exempt: the edge at rest, and a control that is off.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.cards.dial import SHADE
from kohtaava_desktop.ui.forms import Control, Form, form_of
from kohtaava_desktop.ui.staircase import BELOW, ZONE, ZONE_EDGE
from kohtaava_desktop.ui.theme import PALETTES, Palette, Type, colour
from tests.contrast import contrast, over
from tests.ui.scenes import scenes
from tests.ui.stage import Stage

palettes = pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
FLAT = 60
"""As many pixels of one colour are a ground or a stroke, and no blend at an edge."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An ink and a ground as hex strings; ``what`` says where."""

    what: str
    ink: str
    ground: str
    is_text: bool = True

    def least(self, palette: Palette) -> float:
        """What the contrast has to reach."""
        if palette.strong:
            return 7.0 if self.is_text else 4.5
        return 4.5 if self.is_text else 3.0


@pytest.fixture(scope="module")
def forms(qapp: QApplication) -> list[tuple[str, Form]]:
    """Every form in every state."""
    fonts = Type(qapp.font(), 96.0)
    return [(name, form_of(scene, fonts)) for name, scene in scenes()]


def hexes(*inks: QColor | str) -> list[str]:
    """Colours as hex strings."""
    return [QColor(ink).name() for ink in inks]


def pair(what: str, ink: QColor | str, ground: QColor | str, is_text: bool = True) -> Pair:
    """A pair of any colours."""
    return Pair(what, QColor(ink).name(), QColor(ground).name(), is_text)


def grounds_of(control: Control, palette: Palette) -> list[str]:
    """What lies under a control at rest, under the pointer and pressed."""
    if control.bare:
        hovered = QColor(palette.button_hover)
        return hexes(palette.panel, *((hovered, hovered.darker(108)) if control.icon else ()))
    if control.fill is not None:
        fill = palette.stage(control.fill)
        return hexes(fill, palette.stirred(fill, pressed=False), palette.stirred(fill, pressed=True))
    hovered = QColor(palette.button_hover)
    return hexes(palette.button, hovered, QColor(palette.button).darker(108), hovered.darker(108))


def tints(palette: Palette) -> list[str]:
    """The grounds that stairs make: below a tread, in the reserve, and where both meet."""
    zone = over(palette.stage(Step.FAREWELL), ZONE, palette.panel)
    below = [over(palette.stage(step), BELOW, ground) for step in Step for ground in (QColor(palette.panel), zone)]
    return hexes(palette.panel, zone, *below)


def of_control(name: str, control: Control, palette: Palette) -> Iterator[Pair]:
    """Text, drawing and the mark of the keyboard on every ground of a control."""
    ink = palette.on_primary if control.fill is not None else colour(palette, control.ink).name()
    mark = palette.text if control.fill is None else palette.on_primary
    for ground in grounds_of(control, palette):
        yield pair(f"{name}: the keyboard on {control.act}", mark, ground, is_text=False)
        if control.label:
            yield pair(f"{name}: {control.act}", ink, ground)
        if control.icon:
            yield pair(f"{name}: {control.act} under the pointer", palette.text, ground)
    if control.icon:  # it may lie over the stairs, and so may a count beside it
        for tint in tints(palette):
            yield pair(f"{name}: {control.act} at rest", palette.muted, tint, is_text=False)
            yield pair(f"{name}: the count on {control.act}", palette.text, tint)
    elif control.detail:
        for part in (palette.text, palette.muted):
            yield pair(f"{name}: the end on {control.act}", part, palette.panel)


def of_stairs(palette: Palette) -> Iterator[Pair]:
    """Treads, risers, the edge of the reserve, the grip of a boundary."""
    for ground in tints(palette):
        yield pair("a riser", palette.riser, ground, is_text=False)
        yield pair("a boundary that is held", palette.text, ground, is_text=False)
    zone = over(palette.stage(Step.FAREWELL), ZONE, palette.panel)
    for step in Step:
        ink = palette.stage(step)
        for below in (QColor(palette.panel), zone):
            yield pair(f"tread {step.name}", ink, below, is_text=False)
            yield pair(f"tread {step.name} on its tint", ink, over(ink, BELOW, below), is_text=False)
    line = over(palette.stage(Step.FAREWELL), ZONE_EDGE, palette.panel)
    yield pair("where the reserve begins", line, palette.panel, is_text=False)


def of_form(name: str, form: Form, palette: Palette) -> Iterator[Pair]:
    """All that one form paints."""
    for text in form.texts:
        yield pair(f"{name}: {text.text}", colour(palette, text.ink), palette.panel)
    for control in form.controls:
        yield from of_control(name, control, palette)
    if form.dots is not None:
        for step in Step:
            yield pair(f"dot {step.name}", palette.stage(step), palette.panel, is_text=False)
    if form.to_read:
        yield pair("something to read", palette.text, palette.panel, is_text=False)
    if form.warm:
        yield pair("the warm edge", palette.warm, palette.panel, is_text=False)


def of_cards(palette: Palette) -> Iterator[Pair]:
    """The card for the client, its clock face, and the card of a step."""
    for ink in (palette.text, palette.muted, *palette.stages):
        yield pair("on a card", ink, palette.panel)
    for ground in (palette.button, palette.button_hover):
        yield pair("a language", palette.text, ground)
    yield pair("the language chosen", palette.on_primary, palette.primary)
    for ground in (palette.panel, palette.button, palette.button_hover):
        yield pair("the keyboard on a card", palette.text, ground, is_text=False)
    for face in (QColor(palette.button), over(palette.primary, SHADE, palette.button)):
        yield pair("a hand of the clock", palette.text, face, is_text=False)
    yield pair("a mark of the clock", palette.muted, palette.button, is_text=False)
    yield pair("the minutes that there are", palette.primary, palette.button, is_text=False)


def pairs(forms: list[tuple[str, Form]], palette: Palette) -> set[Pair]:
    """Every pair, once; the first place of each stands for all."""
    found: dict[tuple[str, str, bool], Pair] = {}
    for name, form in forms:
        for pair in of_form(name, form, palette):
            found.setdefault((pair.ink, pair.ground, pair.is_text), pair)
    for pair in (*of_stairs(palette), *of_cards(palette)):
        found.setdefault((pair.ink, pair.ground, pair.is_text), pair)
    return set(found.values())


@palettes
def test_every_pair_stands_out(forms: list[tuple[str, Form]], palette: Palette) -> None:
    too_faint = {
        f"{pair.what}: {pair.ink} on {pair.ground} is {contrast(pair.ink, pair.ground):.2f}, not {pair.least(palette)}"
        for pair in pairs(forms, palette)
        if contrast(pair.ink, pair.ground) < pair.least(palette)
    }
    assert too_faint == set()


@palettes
def test_no_colour_of_a_palette_is_left_out(forms: list[tuple[str, Form]], palette: Palette) -> None:
    seen = {each for pair in pairs(forms, palette) for each in (pair.ink, pair.ground)}
    named = palette._asdict()
    inks = {name: value for name, value in named.items() if isinstance(value, str) and value.startswith("#")}
    inks |= {step.name: palette.stages[step] for step in Step}
    unseen = {name for name, ink in inks.items() if QColor(ink).name() not in seen}
    assert unseen <= {"edge"}, "the edge at rest says nothing; every other colour is measured"


@palettes
def test_in_high_contrast_controls_have_a_line_that_stands_out(palette: Palette) -> None:
    for ground in (palette.panel, palette.button):
        if palette.strong:
            assert contrast(palette.edge, ground) >= 4.5
        else:
            assert contrast(palette.button, palette.panel) < 3, "then the ground tells a control, and its text does not"


@palettes
def test_nothing_is_painted_in_a_colour_that_is_not_measured(
    stage: Stage, forms: list[tuple[str, Form]], palette: Palette
) -> None:
    measured = pairs(forms, palette)
    stage.overlay.take_palette(palette)
    for name, scene in list(scenes())[::7]:
        stage.overlay.show_scene(scene)
        for hovered in (False, True):
            stage.overlay.take_pointer(hovered)
            assert not_measured(stage.overlay.grab().toImage(), measured, palette) == set(), name


@palettes
def test_nothing_on_the_card_is_painted_in_a_colour_that_is_not_measured(
    qapp: QApplication, forms: list[tuple[str, Form]], palette: Palette
) -> None:
    assert qapp is not None
    card = ClientCard(palette, "en", 45, 10, 45, translucent=True)
    card.resize(1000, 600)
    assert not_measured(card.grab().toImage(), pairs(forms, palette), palette) == set()
    card.deleteLater()


@palettes
def test_the_keyboard_on_the_card_can_be_seen(qapp: QApplication, in_english: None, palette: Palette) -> None:
    assert in_english is None
    card = ClientCard(palette, "en", 45, 10, 45, translucent=True)
    card.show()
    card.take_keyboard()
    qapp.processEvents()
    for chip in card.findChildren(QPushButton):
        card.setFocus()
        before = card.grab(chip.geometry()).toImage()
        chip.setFocus()
        assert chip.hasFocus()
        after = card.grab(chip.geometry()).toImage()
        assert changed(before, after) >= 2 * chip.height(), chip.text()
    card.close()


def changed(before: QImage, after: QImage) -> int:
    """How many pixels stand out from what they were."""
    places = [(x, y) for x in range(before.width()) for y in range(before.height())]
    return sum(contrast(before.pixelColor(*each), after.pixelColor(*each)) >= 3 for each in places)


def not_measured(image: QImage, measured: set[Pair], palette: Palette) -> set[str]:
    """The flat colours of ``image`` that are no ink, no ground, and no soft edge between an ink and its ground."""
    lines = [(QColor(pair.ink), QColor(pair.ground)) for pair in measured]
    grounds = {QColor(pair.ground).name() for pair in measured}
    lines += [(QColor(palette.edge), QColor(ground)) for ground in grounds]
    return {each for each in flat_colours(image) if not any(between(QColor(each), *line) for line in lines)}


def between(one: QColor, ink: QColor, ground: QColor) -> bool:
    """Whether ``one`` is a blend of the two, but for rounding."""
    parts = [(c.red(), c.green(), c.blue()) for c in (one, ink, ground)]
    way = [a - b for a, b in zip(parts[1], parts[2], strict=True)]
    length = sum(each * each for each in way) or 1
    share = sum(w * (p - g) for w, p, g in zip(way, parts[0], parts[2], strict=True)) / length
    there = [g + min(max(share, 0.0), 1.0) * w for g, w in zip(parts[2], way, strict=True)]
    return max(abs(p - t) for p, t in zip(parts[0], there, strict=True)) <= 3


def flat_colours(image: QImage) -> set[str]:
    """The colours that more than a few pixels have."""
    counted: dict[int, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            pixel = image.pixel(x, y)
            counted[pixel] = counted.get(pixel, 0) + 1
    return {
        QColor(pixel).name()
        for pixel, count in counted.items()
        if count >= FLAT and QColor.fromRgba(pixel).alpha() == 255
    }


def test_a_colour_of_another_place_would_be_found(forms: list[tuple[str, Form]]) -> None:
    palette = PALETTES["light"]
    image = QImage(20, 20, QImage.Format.Format_ARGB32)
    image.fill(QColor("#C00060"))
    assert not_measured(image, pairs(forms, palette), palette) == {"#c00060"}
