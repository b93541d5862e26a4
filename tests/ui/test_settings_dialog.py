"""The settings window: every setting has a control that works, says what it is, and obeys the organisation."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QPalette, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QLineEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import shortcut
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Group, Kind
from kohtaava_desktop.ui.settings.editors import words_of
from kohtaava_desktop.ui.settings.folder_edit import FolderEdit
from kohtaava_desktop.ui.settings.section import plain_letters, searched
from tests.ui.settings_room import POLICY, Room, other
from tests.ui.test_accessibility import description, name, role

NAMES = [setting.name for setting in SETTINGS]
OWN = [setting.name for setting in SETTINGS if not setting.limit]
LOCKABLE = [setting.name for setting in SETTINGS if setting.lockable and not setting.limit]
SHORTCUTS = [setting.name for setting in SETTINGS if setting.kind is Kind.SHORTCUT]
ROLES = {
    Kind.SWITCH: QAccessible.Role.CheckBox,
    Kind.CHOICE: QAccessible.Role.ComboBox,
    Kind.NUMBER: QAccessible.Role.SpinBox,
    Kind.NUMBERS: QAccessible.Role.EditableText,
    Kind.FOLDER: QAccessible.Role.EditableText,
    Kind.SHORTCUT: QAccessible.Role.EditableText,
}
NO_KEYS, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def make_room(qtbot: QtBot, tmp_path: Path, in_english: None) -> Callable[..., Room]:
    """Open the window on settings of its own."""

    def make(**given: object) -> Room:
        room = Room(tmp_path, **given)  # type: ignore[arg-type]
        qtbot.addWidget(room.dialog)
        return room

    return make


@pytest.fixture
def room(make_room: Callable[..., Room]) -> Room:
    """The window on settings that nobody has changed."""
    return make_room()


def labels(widget: QWidget) -> list[str]:
    """The names of what assistive technology finds to be labels of ``widget``."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    label = QAccessible.RelationFlag.Label
    return [each.text(QAccessible.Text.Name) for each, kind in found.relations(label)]


def written(room: Room) -> dict[str, object]:
    """The user's settings as they stand on the disk."""
    path = room.folder / "settings.json"
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return content


# every entry of the table


def test_every_setting_has_a_row_under_the_title_of_its_group(room: Room) -> None:
    assert list(room.dialog.rows) == NAMES
    assert sorted(room.shown()) == sorted(NAMES)
    for setting in SETTINGS:
        assert room.row(setting.name).title.text() == setting.title
    headings = [label.text() for label in room.dialog.findChildren(QLabel, "heading")]
    assert headings == [group.value for group in Group]


@pytest.mark.parametrize("name", OWN)
def test_a_value_chosen_by_keyboard_takes_effect_and_is_written(room: Room, name: str) -> None:
    value = other(name)
    room.choose(name, value)
    assert room.settings.value(name) == value
    assert room.settings.origin(name) is Origin.USER
    assert written(room)[name] == (list(value) if isinstance(value, tuple) else value)
    assert not room.row(name).trouble.isVisibleTo(room.dialog)


@pytest.mark.parametrize("name", OWN)
def test_only_a_value_of_ones_own_can_be_reset(room: Room, name: str) -> None:
    row = room.row(name)
    assert not row.reset.isVisibleTo(room.dialog)
    room.choose(name, other(name))
    assert row.reset.isVisibleTo(room.dialog)
    row.reset.setFocus(Qt.FocusReason.TabFocusReason)
    room.key(Qt.Key.Key_Space)
    assert room.settings.value(name) == BY_NAME[name].default
    assert not row.reset.isVisibleTo(room.dialog)
    assert room.focus() is row.editor, "the keyboard stays in the row"


@pytest.mark.parametrize("setting_name", NAMES)
def test_assistive_technology_finds_name_role_and_what_it_is_for(room: Room, setting_name: str) -> None:
    setting, row = BY_NAME[setting_name], room.row(setting_name)
    if setting.kind is not Kind.CHOICE:  # Qt names a list by what is chosen there, and by its label only
        assert name(row.editor) == setting.title
    assert labels(row.editor) == [setting.title]
    assert role(row.editor) is ROLES[setting.kind]
    assert setting.description in description(row.editor)
    assert setting.title in name(row.reset)
    assert row.title.buddy() is row.editor


@pytest.mark.parametrize("setting_name", NAMES)
def test_what_can_be_clicked_is_large_enough(room: Room, setting_name: str) -> None:
    for widget in (room.row(setting_name).editor, room.row(setting_name).reset):
        assert widget.height() >= 24
        assert widget.width() >= 24


def test_a_number_says_its_range_to_those_who_cannot_try(room: Room) -> None:
    assert "From 40 to 100%." in description(room.row("opacity").editor)
    assert "From 1 to 120\N{NO-BREAK SPACE}months." in description(room.row("retention_months").editor)
    assert "Whole numbers from 5 to 240" in description(room.row("lengths").editor)


def test_a_field_of_shortcuts_says_how_it_is_used(room: Room) -> None:
    assert "Press the keys to set it. Backspace clears it, Tab goes on." in description(room.row("shortcut_up").editor)


def test_one_month_is_one_month(room: Room) -> None:
    editor = room.row("retention_months").editor
    assert isinstance(editor, QSpinBox)
    assert editor.text() == "24\N{NO-BREAK SPACE}months"
    room.settings.set("retention_months", 1)
    assert editor.text() == "1\N{NO-BREAK SPACE}month"


def test_the_buttons_of_a_number_lie_beside_each_other_and_work(room: Room) -> None:
    editor = room.row("announcement_seconds").editor
    QTest.mouseClick(editor, LEFT, NO_KEYS, QPoint(editor.width() - 14, editor.height() // 2))
    assert room.settings.number("announcement_seconds") == 21
    QTest.mouseClick(editor, LEFT, NO_KEYS, QPoint(editor.width() - 42, editor.height() // 2))
    QTest.mouseClick(editor, LEFT, NO_KEYS, QPoint(editor.width() - 42, editor.height() // 2))
    assert room.settings.number("announcement_seconds") == 19


@pytest.mark.parametrize("setting_name", ["theme", "opacity"])
def test_the_wheel_scrolls_the_page_and_changes_nothing(room: Room, setting_name: str) -> None:
    editor = room.row(setting_name).editor
    editor.setFocus()
    middle = QPointF(editor.rect().center())
    event = QWheelEvent(
        middle, editor.mapToGlobal(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NO_KEYS,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(editor, event)
    assert room.settings.value(setting_name) == BY_NAME[setting_name].default
    assert not event.isAccepted()


# what the organisation has set


@pytest.mark.parametrize("setting_name", LOCKABLE)
def test_a_managed_setting_is_shown_disabled_with_the_reason(make_room: Callable[..., Room], setting_name: str) -> None:
    room = make_room(policy={setting_name: other(setting_name)})
    row = room.row(setting_name)
    assert not row.editor.isEnabled()
    assert row.reason.text() == "Managed by your organisation"
    assert row.reason.toolTip() == POLICY
    assert not row.reset.isVisibleTo(room.dialog)
    assert f"Managed by your organisation ({POLICY})." in description(row.editor)


@pytest.mark.parametrize("setting_name", LOCKABLE)
def test_tab_comes_to_the_reason_where_the_control_takes_no_keyboard(
    make_room: Callable[..., Room], setting_name: str
) -> None:
    setting, room = BY_NAME[setting_name], make_room(policy={setting_name: other(setting_name)})
    row = room.row(setting_name)
    stops = list(room.stops())
    assert row.reason in stops
    assert row.editor not in stops
    value = words_of(setting, other(setting_name))
    assert name(row.reason) == f"{setting.title}: {value}. Managed by your organisation"
    assert description(row.reason) == POLICY


@pytest.mark.parametrize("setting_name", [each for each in OWN if each not in LOCKABLE])
def test_what_the_organisation_only_suggests_can_be_changed(make_room: Callable[..., Room], setting_name: str) -> None:
    room = make_room(policy={setting_name: other(setting_name)})
    row = room.row(setting_name)
    assert row.editor.isEnabled()
    assert row.reason.text() == "Set by your organisation; you can change it"
    assert "Set by your organisation" in description(row.editor)
    assert row.reason not in list(room.stops())
    room.settings.set(setting_name, BY_NAME[setting_name].default)
    assert not row.reason.isVisibleTo(room.dialog)


@pytest.mark.parametrize("setting_name", [setting.name for setting in SETTINGS if setting.limit])
def test_a_limit_is_never_the_users(make_room: Callable[..., Room], setting_name: str) -> None:
    room = make_room()
    row = room.row(setting_name)
    assert not row.editor.isEnabled()
    assert row.reason.text() == "Only your organisation can change this"
    room.policy[setting_name] = BY_NAME[setting_name].highest
    room.settings.reload()
    assert row.reason.text() == "Managed by your organisation"
    assert isinstance(row.editor, QSpinBox)
    assert row.editor.value() == BY_NAME[setting_name].highest


def test_a_setting_that_becomes_managed_under_the_keyboard_keeps_it_in_its_row(room: Room) -> None:
    row = room.row("chime" if "chime" in LOCKABLE else LOCKABLE[0])
    row.editor.setFocus()
    room.policy[row.setting.name] = other(row.setting.name)
    room.settings.reload()
    assert room.focus() is row.reason


# what goes wrong


@pytest.mark.parametrize("setting_name", OWN)
def test_what_cannot_be_written_is_said_in_the_row_and_the_value_goes_back(
    make_room: Callable[..., Room], setting_name: str, heard: list[str]
) -> None:
    room = make_room(writable=False)
    row, before = room.row(setting_name), room.settings.value(setting_name)
    room.choose(setting_name, other(setting_name))
    assert row.trouble.isVisibleTo(room.dialog)
    assert "cannot be written" in row.trouble.text()
    assert row.trouble.text() in description(row.editor)
    assert row.trouble.text() in heard
    assert shown_value(room, setting_name) == words_of(BY_NAME[setting_name], before)


def shown_value(room: Room, setting_name: str) -> str:
    """What the control of a setting shows."""
    editor = room.row(setting_name).editor
    if isinstance(editor, QComboBox):
        return editor.currentText()
    if isinstance(editor, (QLineEdit, QSpinBox)):
        return editor.text() or ("None" if isinstance(editor, FolderEdit) else "Off")
    return "On" if editor.isChecked() else "Off"  # type: ignore[attr-defined]


@pytest.mark.parametrize("typed", ["", "4", "241", "15, x", "15,,", "1.5", "-20", "15 20 0", "²", "9" * 5000])
def test_a_list_that_is_none_comes_back_with_the_reason(room: Room, typed: str) -> None:
    row = room.row("lengths")
    assert isinstance(row.editor, QLineEdit)
    before = row.editor.text()
    row.editor.setFocus()
    row.editor.setText(typed)
    row.commit()
    if typed == "15,,":  # a comma too many is no reason to refuse
        assert room.settings.numbers("lengths") == (15,)
        return
    assert row.editor.text() == before
    assert row.trouble.text() == "Whole numbers from 5 to 240, with commas between them."
    assert written(room) == {}


@pytest.mark.parametrize("typed", ["39", "3", "", "0"])
def test_a_number_out_of_range_comes_back_with_the_reason(room: Room, typed: str) -> None:
    row = room.row("opacity")
    assert isinstance(row.editor, QSpinBox)
    row.editor.setFocus()
    row.editor.selectAll()
    room.key(Qt.Key.Key_Delete)
    room.type(typed)
    room.key(Qt.Key.Key_Return)
    assert row.editor.value() == 100
    assert row.trouble.text() == "From 40 to 100%."
    assert written(room) == {}


def test_a_refusal_leaves_with_the_next_value_and_with_the_window(room: Room) -> None:
    row = room.row("lengths")

    def open_again() -> None:
        room.dialog.close()
        room.dialog.open_up()

    def choose_another() -> None:
        room.choose("lengths", (30, 60))

    for leave in (choose_another, open_again):
        row.editor.setFocus()
        row.editor.setText("nothing")  # type: ignore[attr-defined]
        row.commit()
        assert row.trouble.isVisibleTo(room.dialog)
        leave()
        assert not row.trouble.isVisibleTo(room.dialog)


def test_a_value_in_the_file_that_is_none_is_told_in_its_row(room: Room) -> None:
    (room.folder / "settings.json").write_text('{"opacity": 7}', encoding="utf-8")
    room.settings.reload()
    room.dialog.show_troubles()
    assert "cannot be 7; allowed: 40–100" in room.row("opacity").trouble.text()
    room.settings.set("opacity", 70)
    assert not room.row("opacity").trouble.isVisibleTo(room.dialog)


# shortcuts


def every_shortcut() -> list[str]:
    """Each key with Ctrl and Alt, and one key with all sets of modifiers that may be held."""
    sets = ["Ctrl", "Alt", "Meta", "Ctrl+Alt", "Ctrl+Shift", "Alt+Shift", "Ctrl+Alt+Shift", "Ctrl+Alt+Shift+Meta"]
    return [f"Ctrl+Alt+{key}" for key in shortcut._KEYS.values()] + [f"{held}+F5" for held in sets] + ["F5", "Shift+F5"]


def test_each_shortcut_is_taken_by_its_keys(room: Room) -> None:
    editor = room.row("shortcut_pin").editor
    editor.setFocus()
    for text in every_shortcut():
        room.press_shortcut(text)
        assert room.settings.text("shortcut_pin") == text
        assert shown_value(room, "shortcut_pin").count("+") == text.count("+")


@pytest.mark.parametrize(
    "keys", ["A", "Shift+A", "Up", "Space", "Ctrl+Plus", "Alt+Adiaeresis", "Ctrl+Return", "Shift+5"]
)
def test_what_others_type_is_no_shortcut(room: Room, keys: str) -> None:
    row = room.row("shortcut_up")
    row.editor.setFocus()
    room.press_shortcut(keys)
    assert row.trouble.text().startswith("Hold Ctrl, Alt or the Windows key")
    assert written(room) == {}


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_shortcut_is_cleared(room: Room, key: Qt.Key) -> None:
    room.choose("shortcut_up", "Ctrl+Alt+Up")
    room.key(key)
    assert room.settings.text("shortcut_up") == ""
    assert not room.row("shortcut_up").reset.isVisibleTo(room.dialog)


def test_a_suggested_shortcut_can_be_cleared_too(make_room: Callable[..., Room]) -> None:
    if "shortcut_up" in LOCKABLE:
        pytest.fail("shortcuts are locked by a policy now: this test has to go")
    room = make_room(policy={"shortcut_up": "Ctrl+Alt+Up"})
    QTest.mouseClick(room.row("shortcut_up").reset, LEFT)
    assert room.settings.text("shortcut_up") == ""


def test_escape_leaves_the_field_and_not_the_window(room: Room) -> None:
    editor = room.row("shortcut_up").editor
    editor.setFocus()
    room.key(Qt.Key.Key_Escape)
    assert room.focus() is not editor
    assert room.dialog.isVisible()
    assert written(room) == {}


def test_tab_goes_on_from_a_field_of_shortcuts(room: Room) -> None:
    room.row("shortcut_up").editor.setFocus()
    room.key(Qt.Key.Key_Tab)
    assert room.focus() is room.row("shortcut_back").editor
    room.key(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert room.focus() is room.row("shortcut_up").editor


def test_modifiers_are_shown_while_they_are_held(room: Room) -> None:
    editor = room.row("shortcut_up").editor
    editor.setFocus()
    QTest.keyPress(editor, Qt.Key.Key_Control)
    assert shown_value(room, "shortcut_up") == "Ctrl+"
    QTest.keyPress(editor, Qt.Key.Key_Meta, Qt.KeyboardModifier.ControlModifier)
    assert shown_value(room, "shortcut_up") == "Ctrl+Win+"
    QTest.keyRelease(editor, Qt.Key.Key_Meta)
    assert shown_value(room, "shortcut_up") == "Off"


def test_no_shortcut_of_the_window_works_in_the_field(room: Room) -> None:
    room.choose("shortcut_up", "Ctrl+F")
    assert room.settings.text("shortcut_up") == "Ctrl+F"
    assert room.focus() is room.row("shortcut_up").editor


def test_whoever_has_global_shortcuts_is_told_while_a_field_takes_keys(room: Room) -> None:
    told: list[bool] = []
    room.dialog.listening.connect(told.append)
    room.dialog.search.setFocus()
    room.row("shortcut_up").editor.setFocus()
    assert told == [True]
    room.dialog.search.setFocus()
    assert told == [True, False]


def test_two_settings_with_one_shortcut_are_told_under_the_field(room: Room, heard: list[str]) -> None:
    room.choose("shortcut_up", "Ctrl+Alt+Up")
    room.choose("shortcut_back", "Ctrl+Alt+Up")
    row = room.row("shortcut_back")
    assert row.trouble.text() == "These keys already belong to “Start meeting, step up”."
    assert row.trouble.text() in description(row.editor)
    assert row.trouble.text() in heard
    assert shown_value(room, "shortcut_back") == "Off"


def test_a_conflict_in_the_file_is_told_under_the_field(room: Room) -> None:
    both = {"shortcut_up": "Ctrl+Alt+Up", "shortcut_pin": "Ctrl+Alt+Up"}
    (room.folder / "settings.json").write_text(json.dumps(both), encoding="utf-8")
    room.settings.reload()
    assert room.row("shortcut_pin").trouble.text() == "These keys already belong to “Start meeting, step up”."


def test_a_shortcut_that_the_system_refuses_is_told_under_the_field(room: Room) -> None:
    room.troubles["shortcut_up"] = "Another program has these keys."
    room.choose("shortcut_up", "Ctrl+Alt+Up")
    row = room.row("shortcut_up")
    assert row.trouble.isVisibleTo(room.dialog)
    assert row.trouble.text() == "Another program has these keys."
    assert "Another program has these keys." in description(row.editor)
    room.troubles.clear()
    room.dialog.show_troubles()
    assert not row.trouble.isVisibleTo(room.dialog)


# changed elsewhere


@pytest.mark.parametrize("setting_name", OWN)
def test_what_is_changed_elsewhere_shows_at_once(room: Room, setting_name: str) -> None:
    room.settings.set(setting_name, other(setting_name))
    expected = words_of(BY_NAME[setting_name], other(setting_name))
    assert shown_value(room, setting_name) == expected
    room.settings.reset(setting_name)
    assert shown_value(room, setting_name) == words_of(BY_NAME[setting_name], BY_NAME[setting_name].default)


def test_a_folder_is_chosen_with_the_button_and_what_is_none_is_refused(room: Room, tmp_path: Path) -> None:
    editor = room.row("team_folder").editor
    assert isinstance(editor, FolderEdit)
    editor.button.setFocus()
    room.key(Qt.Key.Key_Space)
    [dialog] = room.dialog.findChildren(QFileDialog)
    assert dialog.fileMode() is QFileDialog.FileMode.Directory
    dialog.fileSelected.emit(str(tmp_path))
    dialog.close()
    room.settle()
    assert room.settings.text("team_folder") == editor.text() == str(tmp_path)
    editor.setFocus()
    editor.selectAll()
    room.type("team")
    room.key(Qt.Key.Key_Return)
    assert room.settings.text("team_folder") == editor.text() == str(tmp_path)
    assert room.row("team_folder").trouble.text() == "The whole path of a folder, or nothing."
    assert name(editor.button) == "Choose…: Team folder"


def test_a_change_elsewhere_leaves_what_is_being_typed(room: Room) -> None:
    editor = room.row("lengths").editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.setText("15, 2")
    room.settings.set("chime", True)
    assert editor.text() == "15, 2"
    room.settings.set("lengths", [10, 20])
    assert editor.text() == "10, 20"


def test_a_window_whose_screen_is_gone_comes_back_on_one_that_exists(room: Room) -> None:
    room.dialog.close()
    room.dialog.move(20_000, 9_000)
    room.dialog.open_up()
    assert room.dialog.screen().availableGeometry().contains(room.dialog.geometry())


def test_an_open_window_that_is_hardly_to_be_seen_comes_back(room: Room) -> None:
    """Its screen went while it was open, and the system left a strip of it on another."""
    screen = room.dialog.screen().availableGeometry()
    room.dialog.move(screen.right() - 50, 100)
    assert room.dialog.isVisible()
    room.dialog.open_up()
    assert screen.contains(room.dialog.frameGeometry())


def test_a_window_that_was_moved_stays_there(room: Room) -> None:
    room.dialog.move(33, 44)
    room.dialog.close()
    room.dialog.open_up()
    assert room.dialog.pos() == QPoint(33, 44)


def test_what_was_typed_counts_when_the_window_is_closed(room: Room) -> None:
    editor = room.row("lengths").editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.setText("25, 50")
    room.dialog.close()
    assert room.settings.numbers("lengths") == (25, 50)


def test_the_colours_follow_the_theme(room: Room, qapp: QApplication) -> None:
    before = room.dialog._style
    dark = QPalette(qapp.palette())
    dark.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.black)
    dark.setColor(QPalette.ColorRole.WindowText, Qt.GlobalColor.white)
    room.dialog.setPalette(dark)
    assert room.dialog._style != before
    assert "color: #ffffff" in room.dialog._style


# searching


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("opacity", ["opacity"]),
        ("OPACITY", ["opacity"]),
        ("covers overlay", ["opacity"]),
        ("retention_months", ["retention_months"]),
        ("work everywhere", SHORTCUTS),
        ("  ", NAMES),
    ],
)
def test_search_finds_by_title_description_and_name(room: Room, typed: str, found: list[str]) -> None:
    room.dialog.search.setText(typed)
    room.settle()
    assert room.shown() == found


@pytest.mark.parametrize(("tag", "typed"), [("fi", "teema"), ("sv", "tema"), ("en", "theme"), ("en", "as the system")])
def test_search_finds_by_the_words_in_use_and_by_what_can_be_chosen(in_english: None, tag: str, typed: str) -> None:
    set_language(tag)
    assert plain_letters(typed) in searched(BY_NAME["theme"])


def test_search_says_how_many_it_finds(room: Room, heard: list[str]) -> None:
    room.dialog.search.setText("work everywhere")
    assert room.dialog._found.text() == f"{len(SHORTCUTS)} found"
    assert heard == [f"{len(SHORTCUTS)} found"]
    room.dialog.search.setText("")
    assert not room.dialog._found.isVisibleTo(room.dialog)


def test_an_empty_result_says_so_kindly(room: Room, heard: list[str]) -> None:
    room.dialog.search.setText("xylophone")
    assert room.shown() == []
    assert room.dialog._nothing.isVisibleTo(room.dialog)
    assert heard == ["No setting has these words. Try other ones, or fewer."]
    room.key(Qt.Key.Key_Escape)
    assert len(room.shown()) == len(NAMES)
    assert room.dialog.isVisible(), "the first Escape ends the search"
    room.key(Qt.Key.Key_Escape)
    assert not room.dialog.isVisible()


def test_the_button_beside_the_search_ends_it(room: Room) -> None:
    room.type("size")
    QTest.mouseClick(room.dialog._clear, LEFT)
    assert room.dialog.search.text() == ""
    assert room.focus() is room.dialog.search
    assert not room.dialog._clear.isVisible()


@pytest.mark.parametrize("tag", ["fi", "sv", "en"])
@pytest.mark.parametrize("setting_name", NAMES)
def test_each_word_of_a_title_finds_it_without_its_marks(in_english: None, tag: str, setting_name: str) -> None:
    set_language(tag)
    setting = BY_NAME[setting_name]
    for word in i18n._(setting.title).split():
        assert plain_letters(word) in searched(setting)
        assert plain_letters(word).isascii() or tag == "en"


@given(st.text())
def test_plain_letters_are_plain_however_often(text: str) -> None:
    assert plain_letters(plain_letters(text)) == plain_letters(text)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.integers(5, 240), min_size=1, max_size=12, unique=True), st.sampled_from([", ", ",", " ", "; "]))
def test_any_list_of_lengths_can_be_typed(room: Room, numbers: list[int], between: str) -> None:
    row = room.row("lengths")
    row.editor.setText(between.join(map(str, numbers)))  # type: ignore[attr-defined]
    row.commit()
    assert room.settings.numbers("lengths") == tuple(numbers)


# the window


def test_ctrl_f_goes_to_the_search(room: Room) -> None:
    room.row("opacity").editor.setFocus()
    room.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert room.focus() is room.dialog.search


def test_tab_comes_by_every_control_in_order_and_back(room: Room) -> None:
    stops = list(room.stops())
    editors = [row.editor if row.editor.isEnabled() else row.reason for row in room.dialog.rows.values()]
    folder = room.row("team_folder").editor
    assert isinstance(folder, FolderEdit)
    editors.insert(editors.index(folder) + 1, folder.button)
    assert stops == [room.dialog.search, *editors, room.dialog._close]


def test_what_has_the_keyboard_is_scrolled_into_sight(room: Room) -> None:
    room.dialog.resize(room.dialog.width(), 300)
    for stop in room.stops():
        place = stop.mapTo(room.dialog, stop.rect().center())
        assert room.dialog.rect().contains(place), stop.accessibleName()


def test_another_language_keeps_the_place_and_the_keyboard(room: Room) -> None:
    editor = room.row("shortcut_pin").editor
    editor.setFocus()
    room.dialog.area.ensureWidgetVisible(editor)
    before = room.dialog.area.verticalScrollBar().value()
    set_language("fi")
    room.dialog.speak_anew()
    room.settle()
    assert room.dialog.windowTitle() == "Asetukset"
    assert room.row("theme").title.text() == "Värit"
    assert shown_value(room, "theme") == "Kuten järjestelmässä"
    assert labels(room.row("theme").editor) == ["Värit"]
    assert room.focus() is editor
    assert abs(room.dialog.area.verticalScrollBar().value() - before) < 200


def test_enter_in_a_field_closes_nothing(room: Room) -> None:
    for setting_name in ("opacity", "lengths", "shortcut_up", "chime", "theme"):
        room.row(setting_name).editor.setFocus()
        room.key(Qt.Key.Key_Return)
        assert room.dialog.isVisible()


def test_the_window_hears_of_changes_only_as_long_as_it_lives(qapp: QApplication, tmp_path: Path) -> None:
    room = Room(tmp_path)
    listeners = len(room.settings._listeners)
    room.dialog.deleteLater()
    qapp.sendPostedEvents(room.dialog, QEvent.Type.DeferredDelete.value)
    assert len(room.settings._listeners) == listeners - 1
    room.settings.set("opacity", 50)
