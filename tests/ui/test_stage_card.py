"""The card of a step on the real widget: what it says, where it stands, and how it leaves."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n.stage_texts import stage_text
from kohtaava_desktop.ui.beside import GAP, beside
from kohtaava_desktop.ui.cards.stage_card import StageCard
from kohtaava_desktop.ui.roles import give_roles
from kohtaava_desktop.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Palette, Type

AREA = QRect(0, 0, 1366, 728)
OVERLAY = QRect(1010, 240, 344, 120)
FAMILIES = ("", "DejaVu Sans")

Show = Callable[..., StageCard]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication) -> Show:
    """Show a card beside an overlay; its guard against double taps is over at once."""

    def show(
        stage: Stage = Stage.GUIDANCE,
        palette: Palette = LIGHT,
        area: QRect = AREA,
        overlay: QRect = OVERLAY,
        family: str = "",
        unit: float = 1.0,
        guard_seconds: float = 0,
        **given: bool,
    ) -> StageCard:
        font = QFont(family) if family else qapp.font()
        font.setPointSizeF(9)
        card = StageCard(palette, Type(font, 96.0), unit, stage, translucent=True, guard_seconds=guard_seconds, **given)
        qtbot.addWidget(card)
        card.show_beside(overlay, area)
        qtbot.waitUntil(lambda: guard_seconds > 0 or not card.guarded)
        return card

    return show


def labels(card: StageCard) -> list[QLabel]:
    return card.findChildren(QLabel)


def tap(card: StageCard, where: QPoint) -> None:
    QTest.mouseClick(card.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


# what it says


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("stage", Stage)
def test_it_says_what_the_step_is_for_and_what_to_say_next(show: Show, stage: Stage) -> None:
    card, text = show(stage), stage_text(stage)
    assert [label.text() for label in labels(card)] == [text.title, *text.lines, text.lead, text.phrase]


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=str)
def test_its_colours_are_the_overlays_and_change_with_them(show: Show, palette: Palette) -> None:
    card = show(Stage.ADVICE, DARK if palette is LIGHT else LIGHT)
    card.take_palette(palette)
    image = card.grab().toImage()
    assert image.pixelColor(card.width() - 8, card.height() // 2).name().upper() == palette.panel
    shown = {image.pixelColor(x, y).name().upper() for x in range(60, 200) for y in range(12, 40)}
    assert palette.stages[Stage.ADVICE] in shown, "the title has the colour of its step"


# where it stands and what fits


@pytest.mark.parametrize("family", FAMILIES, ids=["own font", "wide font"])
@pytest.mark.parametrize(
    ("unit", "area"), [(1.0, QRect(0, 0, 800, 560)), (2.0, QRect(0, 0, 1366, 728)), (3.0, QRect(1920, 0, 1920, 1040))]
)
@pytest.mark.parametrize("stage", Stage)
def test_nothing_is_cut_in_any_language_and_size(
    show: Show, tag: str, stage: Stage, family: str, unit: float, area: QRect
) -> None:
    overlay = QRect(area.x() + area.width() - round(344 * unit), area.y() + 40, round(344 * unit), round(120 * unit))
    card = show(stage, area=area, overlay=overlay, family=family, unit=unit)
    card.grab()
    assert area.contains(card.geometry()), f"{tag}: {card.geometry()} leaves the screen"
    boxes = [label.geometry() for label in labels(card)]
    for label, box in zip(labels(card), boxes, strict=True):
        assert label.heightForWidth(box.width()) <= box.height(), f"{tag}: {label.text()!r} is cut"
        assert label.minimumSizeHint().width() <= box.width(), f"{tag}: a word of {label.text()!r} is cut"
        assert card.rect().contains(box)
    everything = [*boxes, card.findChildren(QPushButton)[0].geometry()]
    assert not [1 for i, one in enumerate(everything) for other in everything[:i] if one.intersects(other)]


def test_it_stands_beside_the_overlay(show: Show) -> None:
    card = show()
    assert card.geometry().right() + 1 + GAP == OVERLAY.left()
    assert card.y() == OVERLAY.y()
    at_the_left = show(overlay=QRect(12, 700, 344, 28))
    assert at_the_left.x() == 12 + 344 + GAP
    assert at_the_left.geometry().bottom() < AREA.height()


def test_in_a_narrow_place_it_stands_under_or_over_the_overlay() -> None:
    narrow = QRect(0, 0, 500, 900)
    assert beside(QRect(100, 100, 344, 44), QSize(344, 220), narrow) == QRect(100, 144 + GAP, 344, 220)
    assert beside(QRect(100, 850, 344, 44), QSize(344, 220), narrow) == QRect(100, 850 - GAP - 220, 344, 220)


@given(st.integers(-3000, 3000), st.integers(-3000, 3000), st.integers(640, 4000), st.integers(480, 3000), st.data())
def test_it_never_leaves_the_screen_and_covers_the_overlay_only_in_need(
    x: int, y: int, w: int, h: int, data: st.DataObject
) -> None:
    area = QRect(x, y, w, h)
    size = QSize(data.draw(st.integers(100, w)), data.draw(st.integers(100, h)))
    wide, high = data.draw(st.integers(40, w)), data.draw(st.integers(28, h))
    overlay = QRect(data.draw(st.integers(x, x + w - wide)), data.draw(st.integers(y, y + h - high)), wide, high)
    place = beside(overlay, size, area)
    assert area.contains(place)
    sides = (overlay.left() - x, x + w - overlay.right() - 1)
    ends = (overlay.top() - y, y + h - overlay.bottom() - 1)
    if max(sides) >= size.width() + GAP or max(ends) >= size.height() + GAP:
        assert not place.intersects(overlay)


# how it leaves


def test_it_leaves_at_a_tap_on_its_words_or_its_ground(show: Show, qtbot: QtBot) -> None:
    for where in (QPoint(30, 60), QPoint(5, 5)):
        card = show()
        with qtbot.waitSignal(card.closed) as left:
            tap(card, where)
        assert not card.isVisible()
        assert left.args == [False], "it had no keyboard to give back"


def test_the_second_tap_of_a_double_tap_does_not_send_it_away(show: Show) -> None:
    card = show(guard_seconds=60)
    tap(card, QPoint(30, 60))
    assert card.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_it_leaves_at_escape_and_at_the_key_that_opened_it(show: Show, qtbot: QtBot, key: Qt.Key) -> None:
    card = show()
    QTest.keyClick(card, Qt.Key.Key_A)
    assert card.isVisible()
    with qtbot.waitSignal(card.closed):
        QTest.keyClick(card, key)


def test_it_says_once_that_it_left(show: Show) -> None:
    card = show()
    left: list[bool] = []
    card.closed.connect(left.append)
    card.close()
    card.close()
    assert left == [False]


# the keyboard and assistive technology


def test_opened_by_pointer_it_takes_no_keyboard(show: Show) -> None:
    card = show()
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert card.windowType() is Qt.WindowType.Tool
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_opened_by_keyboard_it_has_it_and_gives_it_back(show: Show, qtbot: QtBot) -> None:
    card = show(keyboard=True)
    assert not card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    qtbot.waitUntil(card.isActiveWindow)
    assert card.hasFocus()
    with qtbot.waitSignal(card.closed) as left:
        QTest.keyClick(card, Qt.Key.Key_Escape)
    assert left.args == [True]


@pytest.mark.usefixtures("in_english")
def test_assistive_technology_reads_it_in_order_and_can_close_it(show: Show, qtbot: QtBot) -> None:
    give_roles()
    card, text = show(Stage.ADVICE), stage_text(Stage.ADVICE)
    found = QAccessible.queryAccessibleInterface(card)
    assert found.role() is QAccessible.Role.Dialog
    assert found.text(QAccessible.Text.Name) == "What the step is for: Advice"
    assert found.text(QAccessible.Text.Description) == " ".join((*text.lines, text.lead, text.phrase))
    children = [found.child(number) for number in range(found.childCount())]
    assert [child.text(QAccessible.Text.Name) for child in children] == [
        text.title,
        *text.lines,
        text.lead,
        text.phrase,
        "Close",
    ]
    assert {child.role() for child in children[:-1]} == {QAccessible.Role.StaticText}
    assert children[-1].role() is QAccessible.Role.Button
    with qtbot.waitSignal(card.closed):
        children[-1].actionInterface().doAction("Press")


def test_the_way_out_is_large_enough_to_tap(show: Show) -> None:
    card = show()
    button = card.findChildren(QPushButton)[0]
    assert min(button.width(), button.height()) >= 24
