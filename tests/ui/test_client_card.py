"""The client card on the real widget: what it shows, and how it leaves."""

import math
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFont, QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n.client import CARD_LANGUAGES, card_text
from kohtaava_desktop.ui.cards import client_card
from kohtaava_desktop.ui.cards.client_card import LARGEST, ClientCard, can_write, card_size, fitted, in_rows
from kohtaava_desktop.ui.cards.dial import Dial
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


METRES = 2.0
SCREENS = {
    "13.3 inches at 150 %": (13.3, 1280, 720),
    "14 inches at 100 %": (14.0, 1920, 1080),
    "14 inches at 150 %": (14.0, 1280, 720),
    "15.6 inches, few pixels": (15.6, 1366, 768),
    "19 inches, 5:4": (19.0, 1280, 1024),
    "22 inches": (22.0, 1680, 1050),
    "24 inches": (24.0, 1920, 1080),
    "24 inches at 200 %": (24.0, 960, 540),
    "27 inches, 4K at 100 %": (27.0, 3840, 2160),
    "27 inches, 4K at 150 %": (27.0, 2560, 1440),
}
"""Screens of a desk: the diagonal in inches, and the size in logical pixels."""


def degrees(label: QLabel, millimetres: float) -> float:
    """How high the capitals and digits of ``label`` stand in the eye, where a pixel is ``millimetres`` high."""
    height = QFontMetricsF(label.font()).tightBoundingRect("0").height() * millimetres / 1000
    return math.degrees(math.atan(height / METRES))


@pytest.mark.usefixtures("all_letters")
@pytest.mark.parametrize("family", ["", "DejaVu Sans"], ids=["own font", "wide font"])
@pytest.mark.parametrize("screen", SCREENS)
def test_it_can_be_read_from_two_metres(qtbot: QtBot, qapp: QApplication, screen: str, family: str) -> None:
    """What is promised, the length and the clock, 0.3 degrees (10.5 mm) high at least; what it is about 0.23 (8 mm)."""
    inches, width, height = SCREENS[screen]
    density = math.hypot(width, height) / inches
    size = card_size(QSize(width, height - 48), density)  # clear of a taskbar
    before = qapp.font()
    qapp.setFont(QFont(family, 9) if family else before)
    for language in CARD_LANGUAGES:
        card = ClientCard(LIGHT, language, 45, 22, 45, translucent=True)
        qtbot.addWidget(card)
        card.resize(size)
        card.grab()
        title, length, until = (degrees(label, 25.4 / density) for label in card.findChildren(QLabel))
        assert length >= 0.3, language
        assert until >= 0.3, language
        assert title >= 0.23, language
        assert length > until > title * 0.99, f"{language}: what matters most is largest"
    qapp.setFont(before)


def test_on_a_dense_screen_it_has_more_pixels_and_as_many_millimetres() -> None:
    room = QSize(3840, 2160)
    assert card_size(room, 96) == LARGEST
    assert card_size(room, 144) == QSize(1680, 990)
    for unbelievable in (0.0, -3.0, 20.0, 5000.0, math.inf, math.nan):
        assert card_size(room, unbelievable) == LARGEST
    assert card_size(QSize(1000, 600), 96) == QSize(860, 516), "it never fills the screen"


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
    qtbot.waitUntil(lambda: card.milliseconds_left < 59_500)  # far more than may pass before it is looked at again
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


def test_a_tap_on_a_grey_language_shows_the_reason(monkeypatch: pytest.MonkeyPatch, show: Show) -> None:
    monkeypatch.setattr(client_card, "can_write", lambda _font, text: "ት" not in text)
    card = show()
    assert card.testAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips), "the card is never the active window"
    _tap(card, _chip(card, "sv").geometry().center())
    assert QToolTip.text() == ""
    _tap(card, _chip(card, "ti").geometry().center())
    assert QToolTip.text() == _chip(card, "ti").accessibleDescription() != ""
    QToolTip.hideText()


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
