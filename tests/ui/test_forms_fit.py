"""Every text fits where it stands and nothing lies on anything else, in every form and language.

Plain arithmetic on the forms with the fonts in use. A translation may be 40 % longer than the English original, and a
desktop's font wider than the one the forms were drawn with: then a label shrinks a little, but is never cut.
"""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.ui.controls import WEDGE
from kohtaava_desktop.ui.forms import Control, Form, Text, form_of
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import SMALLEST_TYPE, Role, Type, breakable
from tests.ui.scenes import LONGER, scenes

FAMILIES = ("", "DejaVu Sans")  # the system's own, and a wide one that every Linux desktop has


@pytest.fixture(params=FAMILIES, ids=["own font", "wide font"])
def fonts(request: pytest.FixtureRequest, qapp: QApplication) -> Type:
    """The fonts of the overlay in a family."""
    font = qapp.font()
    if request.param:
        font.setFamily(request.param)
    font.setPointSizeF(9)
    return Type(font, 96.0)


def shapes(fonts: Type) -> Iterator[tuple[str, Form]]:
    """Every form in every state, growing upwards and downwards."""
    for name, scene in scenes():
        form = form_of(scene, fonts)
        yield name, form
        yield f"{name}, flipped", form.flipped()


def test_every_line_fits_its_place(fonts: Type, tag: str) -> None:
    smallest = SMALLEST_TYPE if tag == LONGER else 0.9
    for name, form in shapes(fonts):
        for text, room, width in lines(form, fonts):
            assert width * smallest <= room, f"{name}: {text!r} is {width:.0f} wide, there is room for {room:.0f}"


def test_every_paragraph_fits_its_place(fonts: Type, tag: str) -> None:
    for name, form in shapes(fonts):
        for text in form.texts:
            if text.wrap:
                needed = paragraph(text, fonts)
                assert needed.width() <= text.box.w + 0.01, f"{tag} {name}: a word of {text.text!r} is too long"
                assert needed.height() <= text.box.h + 0.01, f"{tag} {name}: {text.text!r} is too high"


def test_nothing_lies_on_anything_else(fonts: Type, tag: str) -> None:
    for name, form in shapes(fonts):
        named = [(control.spoken, control.box) for control in form.controls]
        named += [(text.text, taken(text, fonts)) for text in form.texts]
        for (one, box), (other, other_box) in combinations(named, 2):
            assert not overlap(box, other_box), f"{tag} {name}: {one!r} lies on {other!r}"


def test_everything_lies_in_the_form(fonts: Type, tag: str) -> None:
    for name, form in shapes(fonts):
        for box in boxes(form):
            assert box.w > 0, f"{tag} {name}"
            assert box.h > 0, f"{tag} {name}"
            assert box.x >= 0, f"{tag} {name}"
            assert box.y >= 0, f"{tag} {name}"
            assert box.right <= form.w, f"{tag} {name}"
            assert box.bottom <= form.h, f"{tag} {name}"


def test_growing_downwards_only_the_two_parts_change_places(fonts: Type) -> None:
    for name, scene in scenes():
        form = form_of(scene, fonts)
        flipped, body = form.flipped(), form.h - form.row
        assert flipped.anchor == (form.anchor[0], form.anchor[1] - body)
        for before, after in zip(boxes(form), boxes(flipped), strict=True):
            moved = -body if before.y + before.h / 2 >= body else form.row
            assert (after.x, after.y - moved, after.w, after.h) == pytest.approx(
                (before.x, before.y, before.w, before.h)
            ), name


def test_what_can_be_tapped_is_large_enough(fonts: Type, tag: str) -> None:
    for name, form in shapes(fonts):
        for control in form.controls:
            assert control.box.w >= 24, f"{tag} {name}: {control.spoken}"
            assert control.box.h >= 24, f"{tag} {name}: {control.spoken}"


def boxes(form: Form) -> list[Box]:
    """The places of everything on a form."""
    stairs = [stairs.box for stairs, _thickness in form.stairs]
    return [control.box for control in form.controls] + [text.box for text in form.texts] + stairs


def lines(form: Form, fonts: Type) -> Iterator[tuple[str, float, float]]:
    """Each text on one line: the text, the room there is, the width it takes in full size."""
    for text in form.texts:
        if not text.wrap:
            yield text.text, text.box.w, fonts.width(text.text, text.role)
    for control in form.controls:
        if control.detail:
            title = fonts.width(control.label, control.role)
            yield control.detail, control.box.w - 4 - title - 5 - WEDGE, fonts.width(control.detail, Role.BODY)
        elif control.label:
            yield control.label, inside(control), fonts.width(control.label, control.role)


def inside(control: Control) -> float:
    """The width that a control leaves for its label."""
    return control.box.w - (4 if control.bare else 12)


def paragraph(text: Text, fonts: Type) -> QRectF:
    """The room that a wrapped text takes."""
    metrics = QFontMetricsF(QFont(fonts.font(text.role)))
    return metrics.boundingRect(QRectF(0, 0, text.box.w, 10_000), int(Qt.TextFlag.TextWordWrap), breakable(text.text))


def taken(text: Text, fonts: Type) -> Box:
    """The part of its box that a text fills."""
    width = text.box.w if text.wrap else min(text.box.w, fonts.width(text.text, text.role))
    return Box(text.box.right - width if text.align == "right" else text.box.x, text.box.y, width, text.box.h)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share more than an edge."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > 0.01 and down > 0.01
