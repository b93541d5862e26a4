"""What assistive technology is told of windows and controls, and how seldom it is interrupted."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.errors import OnTopStep
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences, set_language
from kohtaava_desktop.ui import roles
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.controls import FlatButton, SpokenText
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.roles import give_roles
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import LIGHT
from tests.ui.scenes import scenes
from tests.ui.stage import LEFT, NO_KEYS, Stage
from tests.ui.test_accessibility import description, name, role

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)

UP, FINISH = commands.StepUp(), commands.Finish()


# windows


def test_the_overlay_is_a_window_and_the_card_a_dialog(stage: Stage) -> None:
    assert role(stage.overlay) is QAccessible.Role.Window
    stage.tap(Act.START)
    stage.tap(Act.CARD)
    [card] = [each for each in stage.app.topLevelWidgets() if isinstance(each, ClientCard) and each.isVisible()]
    assert role(card) is QAccessible.Role.Dialog
    card.close()


def test_a_window_that_was_looked_at_before_it_had_a_role_gets_it(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert qapp is not None
    overlay = Overlay(LIGHT, True, {})
    qtbot.addWidget(overlay)
    with monkeypatch.context() as before:
        before.setattr(roles, "ROLES", {})
        assert role(overlay) is QAccessible.Role.Client
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    give_roles(overlay)
    assert role(overlay) is QAccessible.Role.Window


# controls


@pytest.mark.parametrize("language", ["en", "fi", "sv"])
def test_what_is_written_on_a_control_is_in_its_name(stage: Stage, language: str) -> None:
    """So that one can say what one sees (WCAG 2.5.3). What stands on the planned length is its value, not its label."""
    set_language(language)
    for scene_name, scene in scenes():
        stage.overlay.show_scene(scene)
        for act, control in stage.controls().items():
            label = control.control.label.strip("›‹× ")
            if act is not Act.LENGTH:
                assert label.casefold() in name(control).casefold(), scene_name


def test_no_description_says_the_name_again(stage: Stage) -> None:
    for scene_name, scene in scenes():
        stage.overlay.show_scene(scene)
        for control in stage.controls().values():
            assert description(control) != name(control), scene_name


def test_the_pointer_finds_a_tip_where_the_name_is_not_written(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.controller.choose(View.OPEN)
    undo = stage.controls()[Act.UNDO]
    assert undo.toolTip() == ""
    here = QPointF(3, 3)
    QApplication.sendEvent(undo, QEnterEvent(here, here, here))
    assert undo.toolTip() == "Undo"
    QApplication.sendEvent(undo, QEvent(QEvent.Type.Leave))
    assert undo.toolTip() == ""


def test_the_tip_under_the_pointer_follows_the_control(stage: Stage) -> None:
    stage.controller.show(True)
    up = FlatButton(stage.overlay, stage.overlay, stage.controls()[Act.START].control)
    up.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    up.take(stage.controls()[Act.LENGTH].control)
    assert up.toolTip() == "Planned length"


def test_a_boundary_tells_the_minutes_on_both_sides(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.go_to(5)
    stage.run(stage.controller.perform(UP))
    stage.go_to(17)
    stage.run(stage.controller.perform(FINISH))
    [handle] = stage.handles()
    assert description(handle) == "5 min – 12 min"
    handle.setValue(handle.value() + 60)
    stage.settle()
    assert description(stage.handles()[0]) == "6 min – 11 min"


def test_a_language_of_the_card_can_be_toggled_without_a_click(
    qapp: QApplication, qtbot: QtBot, in_english: None
) -> None:
    """Assistive technology turns a checkable button over; Qt calls that no click."""
    assert (qapp is not None, in_english) == (True, None)
    card = ClientCard(LIGHT, "en", 45, 10, 45, translucent=True)
    qtbot.addWidget(card)
    chosen: list[str] = []
    card.language_chosen.connect(chosen.append)
    for tag in ("fi", "sv", "sv"):
        found = QAccessible.queryAccessibleInterface(card.chips[tag])
        assert found is not None
        found.actionInterface().doAction("Toggle")
        assert card.language == tag
        assert [each for each, chip in card.chips.items() if chip.isChecked()] == [tag]
    assert chosen == ["fi", "sv", "sv"]


# the keyboard


def test_a_menu_opened_by_keyboard_begins_on_its_first_entry(stage: Stage) -> None:
    stage.presenter.act(Act.MORE)
    assert stage.menu().activeAction() is None
    assert name(stage.menu()) == "More"
    stage.menu().close()
    stage.controller.show(True)
    stage.presenter.act(Act.MORE)
    assert stage.menu().activeAction().text() == "Start meeting"
    stage.menu().close()
    stage.presenter.act(Act.LENGTH)
    assert stage.menu().activeAction().text() == "15 min"
    assert name(stage.menu()) == "Planned length"
    stage.menu().close()


@pytest.mark.parametrize("by_keyboard", [True, False])
def test_the_card_takes_the_keyboard_from_the_overlay_only(stage: Stage, by_keyboard: bool) -> None:
    stage.tap(Act.START)
    if by_keyboard:
        stage.controller.show(True)
    stage.presenter.opener.show_card()
    [shown] = [each for each in stage.app.topLevelWidgets() if isinstance(each, ClientCard) and each.isVisible()]
    refuses = bool(shown.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus)
    assert refuses is not by_keyboard
    shown.close()
    assert stage.overlay.has_keyboard is by_keyboard


def test_enter_chooses_a_language_on_the_card(qapp: QApplication, qtbot: QtBot, in_english: None) -> None:
    assert (qapp is not None, in_english) == (True, None)
    card = ClientCard(LIGHT, "en", 45, 10, 45, translucent=True)
    qtbot.addWidget(card)
    card.show()
    card.chips["sv"].setFocus()
    QTest.keyClick(card.chips["sv"], Qt.Key.Key_Return)
    assert card.language == "sv"
    [close] = [each for each in card.findChildren(QPushButton) if name(each) == "Close"]
    close.setFocus()
    QTest.keyClick(close, Qt.Key.Key_Enter)
    assert not card.isVisible()


def test_a_tap_on_the_card_can_be_thought_better_of(qapp: QApplication, qtbot: QtBot, in_english: None) -> None:
    assert (qapp is not None, in_english) == (True, None)
    card = ClientCard(LIGHT, "en", 45, 10, 45, translucent=True, guard_seconds=0)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitUntil(lambda: not card.guarded)
    QTest.mousePress(card, LEFT, NO_KEYS, QPoint(20, 20))
    assert card.isVisible()
    QTest.mouseRelease(card, LEFT, NO_KEYS, QPoint(-20, 20))
    assert card.isVisible()
    QTest.mouseClick(card, LEFT, NO_KEYS, QPoint(20, 20))
    assert not card.isVisible()


# how seldom


def test_what_comes_right_after_another_sentence_waits_for_its_minute(stage: Stage, heard: list[str]) -> None:
    """Somebody sets the clock while the expert still listens to the sentence of the start."""
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.clock.leap(90)
    stage.later(seconds=5)
    assert heard == [sentences.announcement(45, 10, 45)]
    assert stage.overlay.findChildren(SpokenText)[0].text() == sentences.gap_question(GapKind.CLOCK, 90)
    stage.later(seconds=50)
    assert len(heard) == 1
    stage.later(seconds=20)
    stage.later(minutes=1)
    assert heard[1:] == [sentences.gap_question(GapKind.CLOCK, 90)]


def test_a_refused_tap_is_answered_at_once(stage: Stage, heard: list[str]) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    for _step in range(3):
        stage.run(stage.controller.perform(UP))
    heard.clear()
    stage.run(stage.controller.attempt(UP))
    assert heard == [sentences.refusal(OnTopStep())]


def test_notices_that_were_read_give_way_to_the_next_at_once(stage: Stage, heard: list[str]) -> None:
    for sentence in ("One thing.", "Another thing."):
        stage.controller.say(sentence)
    stage.presenter.refresh()
    assert heard == ["One thing."]
    stage.later(seconds=1)
    stage.controller.dismiss_notice()
    assert heard == ["One thing.", "Another thing."]


def test_the_description_changes_with_a_tap_and_else_once_a_minute_at_most(stage: Stage) -> None:
    """A tap is told at once: whoever cannot see the stairs must hear where they are."""
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    changes: list[tuple[float, str]] = []
    taps: list[float] = []
    began = stage.controller.now()
    for second in range(0, 20 * 60, 7):
        stage.later(seconds=7)
        if second % 11 == 0 and stage.step() < 3:
            stage.run(stage.controller.perform(UP))
            taps.append(stage.controller.now())
            assert description(stage.overlay).startswith(sentences.stage_name(stage.step()))
        if not changes or changes[-1][1] != description(stage.overlay):
            changes.append((stage.controller.now(), description(stage.overlay)))
    by_time = [at for at, _text in changes if at not in taps and at > began + 60]
    assert len(taps) == 3
    assert len(by_time) >= 15
    assert min(later - earlier for earlier, later in pairwise(by_time)) >= 60 - 7
