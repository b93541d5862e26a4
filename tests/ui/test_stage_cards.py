"""Cards of steps in the running program: asked for by menu or key, gone with the step, never there by themselves."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.ui.cards.stage_card import StageCard
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import DARK
from tests.ui.stage import Stage
from tests.ui.test_menus import choose

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)


@pytest.fixture(autouse=True)
def tidy(qapp: QApplication) -> Iterator[None]:
    """No card stands there for the next test."""
    yield
    for left in qapp.topLevelWidgets():
        if isinstance(left, StageCard):
            left.close()


def shown(stage: Stage) -> list[StageCard]:
    """The cards that stand on the screen."""
    return [each for each in stage.app.topLevelWidgets() if isinstance(each, StageCard) and each.isVisible()]


def card(stage: Stage) -> StageCard:
    """The one card that stands there."""
    [found] = shown(stage)
    return found


@pytest.mark.parametrize("step", Step)
def test_before_a_meeting_the_menu_explains_each_step(stage: Stage, step: Step) -> None:
    choose(stage, "What the steps are for", ("Empathy", "Guidance", "Advice", "Farewell")[step])
    assert card(stage).stage is step
    assert not card(stage).geometry().intersects(stage.overlay.geometry())


def test_in_a_meeting_the_menu_explains_the_step_it_is_on(stage: Stage) -> None:
    for act in (Act.START, Act.GOT_IT, Act.STEP_UP):
        stage.tap(act)
    choose(stage, "What is this step for?")
    assert card(stage).stage is Step.GUIDANCE
    choose(stage, "What is this step for?")
    assert shown(stage) == [], "asked for again it closes"


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_a_key_explains_the_step_to_whoever_works_by_keyboard(stage: Stage, key: Qt.Key) -> None:
    stage.tap(Act.START)
    stage.controller.show(True)
    stage.key(key)
    opened = card(stage)
    assert opened.stage is Step.EMPATHY
    assert not opened.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    QTest.keyClick(opened, Qt.Key.Key_Escape)
    stage.app.processEvents()
    assert shown(stage) == []
    assert stage.overlay.has_keyboard, "the keyboard comes back to the overlay"


def test_a_card_opened_by_pointer_leaves_the_keyboard_where_it_is(stage: Stage) -> None:
    stage.tap(Act.START)
    choose(stage, "What is this step for?")
    assert card(stage).windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    card(stage).close()
    stage.app.processEvents()
    assert not stage.overlay.has_keyboard


def test_it_goes_with_a_step_and_stays_while_time_passes(stage: Stage) -> None:
    for act in (Act.START, Act.GOT_IT):
        stage.tap(act)
    choose(stage, "What is this step for?")
    stage.later(minutes=3)
    assert card(stage).stage is Step.EMPATHY
    stage.run(stage.controller.perform(commands.Pin()))
    assert card(stage).stage is Step.EMPATHY
    stage.run(stage.controller.perform(commands.StepUp()))
    assert shown(stage) == []


def test_it_goes_when_a_meeting_begins_or_ends(stage: Stage) -> None:
    choose(stage, "What the steps are for", "Empathy")
    stage.tap(Act.START)
    assert shown(stage) == []
    choose(stage, "What is this step for?")
    stage.run(stage.controller.perform(commands.Finish()))
    assert shown(stage) == []


def test_it_goes_when_the_overlay_becomes_discreet(stage: Stage) -> None:
    for act in (Act.START, Act.GOT_IT):
        stage.tap(act)
    choose(stage, "What is this step for?")
    stage.controller.choose(View.DISCREET)
    assert shown(stage) == [], "nothing on a screen that the client sees"
    choose(stage, "What is this step for?")
    stage.later(minutes=1)
    assert card(stage).stage is Step.EMPATHY, "asked for, it is shown all the same"


def test_it_stays_beside_the_overlay_when_screens_come_and_go(stage: Stage) -> None:
    """The system moves neither of them by itself, or to where half of it can be seen."""
    choose(stage, "What the steps are for", "Advice")
    opened = card(stage)
    opened.move(opened.screen().geometry().right() - 40, opened.y())
    stage.app.screenRemoved.emit(stage.app.primaryScreen())
    stage.app.processEvents()
    assert card(stage) is opened
    assert stage.overlay.room().contains(opened.geometry())
    assert not opened.geometry().intersects(stage.overlay.geometry())


def test_it_changes_its_language_and_its_colours_with_the_overlay(stage: Stage) -> None:
    choose(stage, "What the steps are for", "Guidance")
    stage.presenter.speak("fi")
    assert card(stage).accessibleName() == "Mitä varten porras on: Ohjaus"
    stage.overlay.take_palette(DARK)
    stage.presenter.refresh()
    ground = card(stage).grab().toImage().pixelColor(8, card(stage).height() // 2)
    assert ground.name().upper() == DARK.panel
    set_language("en")


def test_in_a_whole_meeting_none_opens_by_itself(stage: Stage) -> None:
    stage.tap(Act.START)
    assert shown(stage) == []
    stage.tap(Act.GOT_IT)
    for act in (Act.STEP_UP, Act.STEP_UP, Act.STEP_BACK, Act.STEP_UP, Act.STEP_UP):
        stage.overlay.press(act)
        stage.settle()
        stage.later(minutes=7)
        assert shown(stage) == []
    stage.tap(Act.FINISH)
    stage.tap(Act.DONE)
    assert shown(stage) == []
