"""The client card on the real widget: what it shows, and how it leaves."""

import math
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n.client import CARD_LANGUAGES, card_text
from kohtaava_desktop.ui import client_card
from kohtaava_desktop.ui.client_card import ClientCard, can_write, fitted, in_rows
from kohtaava_desktop.ui.dial import Dial
from kohtaava_desktop.ui.theme import DARK, LIGHT, Palette

Show = Callable[..., ClientCard]


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    """The expert's own language in all these tests."""
    before = i18n.language()
    i18n.set_language("fi")
    yield
    i18n.set_language(before)


@pytest.fixture
def all_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with letters for every language, whatever fonts this one has."""
    monkeypatch.setattr(client_card, "can_write", lambda _font, _text: True)


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Show a card; its guard against double taps is over at once."""

    def show(language: str = "fi", seconds: float = 20, guard_seconds: float = 0, minutes: int = 45) -> ClientCard:
        card = ClientCard(LIGHT, language, minutes, 10, 45, seconds, translucent=True, guard_seconds=guard_seconds)
        qtbot.addWidget(card)
        card.show_on(card.screen())
        qtbot.waitUntil(lambda: guard_seconds > 0 or not card.guarded)
        return card

    return show


def _chip(card: ClientCard, language: str) -> QPushButton:
    return next(chip for tag, chip in card.chips.items() if tag == language)


def _tap(widget: QWidget, where: QPoint | None = None) -> None:
    """Press and release on ``widget``, or on the card at ``where``, whatever lies there."""
    window, place = widget.window(), where or widget.mapTo(widget.window(), widget.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def _words(card: ClientCard) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


@pytest.mark.usefixtures("all_letters")
@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_the_card_stands_in_the_clients_language(show: Show, language: str) -> None:
    card = show(language)
    text = card_text(language, 45, 10, 45)
    assert card.language == language
    assert _words(card) == [text.title, text.duration, text.until]
    assert [tag for tag, chip in card.chips.items() if chip.isChecked()] == [language]
    mirrored = Qt.LayoutDirection.RightToLeft if text.rtl else Qt.LayoutDirection.LeftToRight
    assert {label.layoutDirection() for label in card.findChildren(QLabel)} == {mirrored}


@pytest.mark.usefixtures("all_letters")
@pytest.mark.parametrize("size", [QSize(1120, 660), QSize(929, 522), QSize(544, 408)])
@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_nothing_is_cut_and_nothing_overlaps(show: Show, qtbot: QtBot, language: str, size: QSize) -> None:
    card = show(language, minutes=240)
    card.resize(size)
    qtbot.waitUntil(lambda: card.size() == size)
    card.grab()
    for label in card.findChildren(QLabel):
        assert QFontMetricsF(label.font()).horizontalAdvance(label.text()) <= label.width() + 1
        place = QRect(label.mapTo(card, QPoint()), label.size())
        assert card.rect().contains(place)
        assert not [chip.text() for chip in card.chips.values() if chip.geometry().intersects(place)]
    chips = [chip.geometry() for chip in card.chips.values()]
    assert all(card.rect().contains(chip) for chip in chips)
    assert not [1 for i, chip in enumerate(chips) for other in chips[:i] if chip.intersects(other)]


@pytest.mark.usefixtures("all_letters")
def test_right_to_left_mirrors_the_clock(show: Show) -> None:
    card = show("fi")
    clock, words = card.dial, card.findChildren(QLabel)[1]
    card.grab()
    assert clock.x() < words.x()
    _tap(_chip(card, "fa"))
    card.grab()
    assert clock.x() > words.x()


@pytest.mark.usefixtures("all_letters")
def test_a_chip_changes_the_language_and_nothing_else(show: Show, qtbot: QtBot) -> None:
    card = show("fi")
    before = {tag: chip.geometry() for tag, chip in card.chips.items()}
    with qtbot.waitSignal(card.language_chosen) as chosen, qtbot.assertNotEmitted(card.closed):
        _tap(_chip(card, "uk"))
    assert chosen.args == ["uk"]
    assert _words(card)[1] == "45 хвилин"
    assert {tag: chip.geometry() for tag, chip in card.chips.items()} == before
    _tap(_chip(card, "uk"))
    assert _chip(card, "uk").isChecked(), "the chosen language stays chosen"


def test_it_leaves_at_the_first_tap(show: Show, qtbot: QtBot) -> None:
    card = show()
    with qtbot.waitSignal(card.closed):
        _tap(card, QPoint(5, card.height() // 2))
    assert not card.isVisible()


def test_it_leaves_at_a_tap_on_its_words(show: Show, qtbot: QtBot) -> None:
    card = show()
    with qtbot.waitSignal(card.closed):
        _tap(card, card.rect().center() - QPoint(0, 40))


def test_it_leaves_by_itself(qtbot: QtBot) -> None:
    card = ClientCard(LIGHT, "fi", 45, 10, 45, 0.01, translucent=True)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.closed):
        card.show()
    assert not card.isVisible()


def test_it_leaves_at_escape(show: Show, qtbot: QtBot) -> None:
    card = show()
    QTest.keyClick(card, Qt.Key.Key_Space)
    assert card.isVisible()
    with qtbot.waitSignal(card.closed):
        QTest.keyClick(card, Qt.Key.Key_Escape)


def test_assistive_technology_can_close_it(show: Show, qtbot: QtBot) -> None:
    card = show()
    button = next(each for each in card.findChildren(QPushButton) if each.accessibleName() == "Sulje")
    with qtbot.waitSignal(card.closed):
        QAccessible.queryAccessibleInterface(button).actionInterface().doAction("Press")


def test_it_says_once_that_it_left(show: Show, qtbot: QtBot) -> None:
    card = show()
    left = []
    card.closed.connect(lambda: left.append(True))
    card.close()
    card.close()
    qtbot.wait(0)
    assert left == [True]


def test_the_second_tap_of_a_double_tap_does_not_send_it_away(show: Show) -> None:
    card = show(guard_seconds=60)
    _tap(card, QPoint(5, 200))
    assert card.isVisible()


def test_choosing_a_language_starts_the_seconds_anew(show: Show, qtbot: QtBot) -> None:
    card = show(seconds=60)
    qtbot.waitUntil(lambda: card.milliseconds_left < 59_990)
    before = card.milliseconds_left
    _chip(card, "sv").click()
    assert card.milliseconds_left > before


def test_it_takes_no_focus(show: Show) -> None:
    card = show()
    assert card.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert card.windowType() is Qt.WindowType.Tool
    assert card.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)


def test_a_language_without_letters_is_told_not_shown(monkeypatch: pytest.MonkeyPatch, show: Show) -> None:
    ethiopic = {*card_text("ti", 45, 10, 45).title, *CARD_LANGUAGES["ti"]} - {" "}
    monkeypatch.setattr(client_card, "can_write", lambda _font, text: not ethiopic & {*text})
    card = show("ti")
    chip = _chip(card, "ti")
    assert card.language == "fi"
    assert _words(card)[1] == "45 minuuttia"
    assert chip.text() == "Tigrinja"
    assert not chip.isEnabled()
    assert "kirjaimet" in chip.toolTip()
    assert [tag for tag, each in card.chips.items() if not each.isEnabled()] == ["ti"]
    _tap(card, chip.geometry().center())
    assert card.isVisible(), "a tap on a chip that cannot answer is no tap beside it"


def test_a_language_that_is_not_offered_becomes_the_experts(show: Show) -> None:
    assert show("xx").language == "fi"


@pytest.mark.usefixtures("all_letters")
def test_every_control_has_a_name_that_the_expert_understands(show: Show) -> None:
    card = show()
    names = [button.accessibleName() for button in card.findChildren(QPushButton)]
    assert "Arabia (العربية)" in names
    assert "Suomi" in names
    assert all(names)
    assert len(set(names)) == len(CARD_LANGUAGES) + 1
    assert card.accessibleName() == "Kortti asiakkaalle"
    assert card.accessibleDescription() == "Aikaa tänään: 45 minuuttia, kello 10.45 asti"


def test_a_font_can_write_a_text_when_it_has_all_of_its_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    class LatinOnly:
        def __init__(self, _font: QFont) -> None: ...

        def inFontUcs4(self, letter: int) -> bool:  # noqa: N802 - Qt's own name
            return letter < 0x250

    monkeypatch.setattr(client_card, "QFontMetricsF", LatinOnly)
    assert can_write(QFont(), "45 minuuttia")
    assert can_write(QFont(), "10.45 \u2068–\u2069"), "only letters and digits count"
    assert not can_write(QFont(), "45 минут")


@pytest.mark.parametrize(
    ("minutes", "hour", "minute", "shaded"),
    [
        (45, 10, 45, [0, 5, 20, 40]),  # from 10 to a quarter to 11
        (15, 10, 10, [0, 5, 57]),  # past the full hour
        (90, 10, 45, [0, 5, 20, 40, 50, 57]),  # an hour at most goes round
    ],
)
def test_the_clock_face_shades_the_minutes_there_are(
    qtbot: QtBot, minutes: int, hour: int, minute: int, shaded: list[int]
) -> None:
    wall = QWidget()
    qtbot.addWidget(wall)
    dial = Dial(wall, LIGHT, minutes, hour, minute)
    dial.resize(400, 400)
    image = dial.grab().toImage()
    ground = QColor(LIGHT.button)

    def is_shaded(at: int) -> bool:
        angle = math.radians(at * 6 + 3)  # half a minute on, beside the hands
        return image.pixelColor(round(200 + 140 * math.sin(angle)), round(200 - 140 * math.cos(angle))) != ground

    assert [at for at in (0, 5, 20, 40, 50, 57) if is_shaded(at)] == shaded


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_the_palette_is_the_one_given(qtbot: QtBot, palette: Palette) -> None:
    card = ClientCard(palette, "fi", 45, 10, 45, translucent=True)
    qtbot.addWidget(card)
    image = card.grab().toImage()
    assert image.pixelColor(card.width() // 2, 12).name().upper() == palette.panel


def test_long_words_become_smaller_not_cut(qtbot: QtBot) -> None:
    font = fitted(QFont(), "a rather long line of words", 60, QFont.Weight.Bold, 200)
    assert QFontMetricsF(font).horizontalAdvance("a rather long line of words") <= 200
    assert fitted(QFont(), "a", 60, QFont.Weight.Bold, 200).pixelSize() == 60


def test_rows_are_as_few_as_fit_and_about_as_long() -> None:
    assert in_rows([100] * 11, 10, 2000) == [range(11)]
    assert [len(row) for row in in_rows([100] * 11, 10, 1000)] == [6, 5]
    assert [len(row) for row in in_rows([100] * 3, 10, 50)] == [1, 1, 1]
