"""The settings are opened by intent, once, and what is set there and in the menu is one and the same."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from kohtaava_desktop import i18n
from kohtaava_desktop.settings.loader import user_layer
from kohtaava_desktop.ui.presenter import Presenter
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.settings.dialog import SettingsDialog
from tests.ui.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)


@pytest.fixture
def written(stage: Stage, tmp_path: Path) -> Path:
    """The settings of ``stage`` stand on the disk from now on: where."""
    settings = stage.controller.settings
    settings._sources, settings._folder = (lambda: user_layer(tmp_path),), tmp_path
    settings.reload()
    return tmp_path / "settings.json"


@pytest.fixture
def dialog(stage: Stage, written: Path) -> SettingsDialog:
    """The window of ``stage``, open."""
    return opened(stage)


def opened(stage: Stage) -> SettingsDialog:
    stage.presenter.opener.open_settings()
    stage.app.processEvents()
    found = stage.presenter.opener.settings.dialog
    assert found is not None
    return found


def test_nothing_of_it_is_there_before_it_is_asked_for(stage: Stage) -> None:
    assert stage.presenter.opener.settings.dialog is None
    stage.presenter.opener.settings.speak_anew()
    stage.presenter.opener.settings.show_troubles()
    assert stage.presenter.opener.settings.dialog is None


def test_its_modules_load_with_it_and_not_with_the_presenter() -> None:
    code = "import sys, kohtaava_desktop.ui.presenter; print([n for n in sys.modules if 'ui.settings.dialog' in n])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"


def test_there_is_one_window_and_it_comes_back_as_it_was(stage: Stage, dialog: SettingsDialog) -> None:
    dialog.search.setText("opacity")
    assert opened(stage) is dialog
    assert dialog.search.text() == "opacity", "asked for again while it is open, it is only brought to the front"
    dialog.close()
    assert not dialog.isVisible()
    assert opened(stage) is dialog
    assert dialog.isVisible()
    assert dialog.search.text() == ""


def test_a_minimised_window_comes_back(stage: Stage, dialog: SettingsDialog) -> None:
    dialog.showMinimized()
    assert not opened(stage).isMinimized()


def test_the_menu_opens_it_by_keyboard_alone(stage: Stage, written: Path) -> None:
    stage.overlay.menu_wanted.emit(stage.overlay.pos())
    menu = stage.menu()
    entry = next(action for action in menu.actions() if action.text() == "Settings…")
    menu.setActiveAction(entry)
    entry.trigger()
    menu.close()
    dialog = stage.presenter.opener.settings.dialog
    assert dialog is not None
    assert dialog.isVisible()
    dialog.close()


def test_closing_it_ends_nothing_else(stage: Stage, dialog: SettingsDialog) -> None:
    dialog.close()
    assert stage.overlay.isVisible()
    assert stage.quits == []


# the language


def test_the_language_of_the_menu_is_written(stage: Stage, written: Path) -> None:
    stage.presenter.speak("sv")
    assert json.loads(written.read_text(encoding="utf-8")) == {"language": "sv"}
    assert stage.controls()[Act.START].control.label == "Starta"


def test_the_language_of_the_settings_changes_everything_at_once(stage: Stage, dialog: SettingsDialog) -> None:
    editor = dialog.rows["language"].editor
    assert isinstance(editor, QComboBox)
    editor.setCurrentIndex(editor.findData("fi"))
    assert i18n.language() == "fi"
    assert stage.controls()[Act.START].control.label == "Aloita"
    assert dialog.windowTitle() == "Asetukset"
    assert editor.currentText() == "Suomi"


def test_as_the_system_is_a_language_too(stage: Stage, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "sv")
    stage.controller.settings.set("language", "fi")
    stage.controller.settings.reset("language")
    assert i18n.language() == "sv"
    assert dialog.windowTitle() == "Inställningar"


def test_a_language_that_cannot_be_written_is_used_all_the_same_and_that_is_said(stage: Stage) -> None:
    stage.presenter.speak("sv")
    assert stage.controls()[Act.START].control.label == "Starta"
    assert stage.controller.notice is not None
    assert "settings.json" in stage.controller.notice


def test_a_language_given_for_this_run_is_not_overridden_by_the_setting(
    make_stage: Callable[..., Stage], tmp_path: Path
) -> None:
    stage = make_stage()
    given = Presenter(stage.controller, stage.overlay, stage.app, lambda: None, language_given=True)
    given._settings_changed(frozenset({"language"}))
    stage.controller.settings.in_force.values["language"] = "sv"  # type: ignore[index]
    given._settings_changed(frozenset({"language"}))
    assert i18n.language() == "en"
    given.speak("fi")
    assert i18n.language() == "fi", "what somebody chooses in the menu counts"


# shortcuts


def test_whoever_has_the_shortcuts_is_asked_and_told(stage: Stage, dialog: SettingsDialog) -> None:
    told: list[bool] = []
    window = stage.presenter.opener.settings
    window.listening = told.append
    window.shortcut_trouble = lambda name: "Taken." if name == "shortcut_pin" else None
    window.show_troubles()
    assert dialog.rows["shortcut_pin"].trouble.text() == "Taken."
    assert not dialog.rows["shortcut_up"].trouble.isVisibleTo(dialog)
    dialog.rows["shortcut_pin"].editor.setFocus()
    dialog.search.setFocus()
    assert told == [True, False]
