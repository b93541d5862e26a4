"""Menus and windows hold their texts, in every language and in one that is 40 % longer, in a narrow and a wide font.

The overlay's own forms: test_forms_fit.py; the card of a step: test_stage_card.py.
"""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain import commands
from kohtaava_desktop.ui.cards import client_card
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import LIGHT
from tests.ui.fitting import cut, menus, overflowing
from tests.ui.stage import Stage

pytestmark = [
    pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True),
    pytest.mark.usefixtures("tag"),
]


@pytest.fixture(params=["", "DejaVu Sans"], ids=["own font", "wide font"], autouse=True)
def font(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """The desktop's font, and a wide one that every Linux desktop has."""
    before = qapp.font()
    qapp.setFont(QFont(request.param, 9) if request.param else before)
    yield
    qapp.setFont(before)


def started(stage: Stage) -> None:
    """A meeting in Guidance with a question open: that makes the longest menu."""
    stage.tap(Act.START)
    stage.run(stage.controller.perform(commands.StepUp()))
    stage.clock.sleep(100)
    stage.later()
    assert stage.meeting.open_gap is not None


def finished(stage: Stage) -> None:
    started(stage)
    stage.run(stage.controller.perform(commands.Finish()))


@pytest.mark.parametrize("state", [lambda _stage: None, started, finished], ids=["ready", "running", "finished"])
def test_every_menu_fits_on_a_small_screen(stage: Stage, state: Callable[[Stage], None]) -> None:
    state(stage)
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    top = stage.menu()
    found = list(menus(top))
    assert len(found) > 1
    for menu in found:
        assert not overflowing(menu), menu.title()
        for entry in menu.actions():
            needed = menu.fontMetrics().horizontalAdvance(entry.text())
            assert menu.sizeHint().width() >= needed, entry.text()
    top.close()


@pytest.mark.parametrize(
    ("kind", "ask"),
    [
        (QInputDialog, lambda stage: stage.presenter.opener.ask_length()),
        (QMessageBox, lambda stage: stage.presenter.opener.ask_discard()),
        (QMessageBox, lambda stage: stage.presenter.opener.tell_about()),
    ],
    ids=["length", "discard", "about"],
)
def test_every_dialog_holds_its_texts(stage: Stage, kind: type[QWidget], ask: Callable[[Stage], None]) -> None:
    started(stage)
    ask(stage)
    [dialog] = [each for each in stage.app.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    stage.app.processEvents()
    assert cut(dialog) == []
    assert not overflowing(dialog)
    dialog.close()


def test_the_client_card_holds_the_names_of_its_languages(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where letters are missing the names are those of the interface, which are longest."""
    monkeypatch.setattr(client_card, "can_write", lambda _font, _text: False)
    card = ClientCard(LIGHT, "fi", 240, 22, 45, translucent=True)
    qtbot.addWidget(card)
    card.show_on(card.screen())
    assert {chip.isEnabled() for chip in card.chips.values()} == {False}
    assert cut(card) == []


def test_what_is_cut_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    label, button = QLabel("a sentence that needs some room"), QPushButton("a button that needs some room")
    layout.addWidget(label)
    layout.addWidget(button)
    window.show()
    assert cut(window) == []
    label.setFixedWidth(40)
    button.setFixedWidth(40)
    assert cut(window) == ["a sentence that needs some room", "a button that needs some room"]
