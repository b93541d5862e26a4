"""Every text of the settings window fits where it stands, in every language and size of type, wide and narrow."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QStyle, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.settings.schema import SETTINGS, Value
from kohtaava_desktop.ui.beside import WINDOW_GAP, in_the_middle
from kohtaava_desktop.ui.dialog_style import muted, unit_of
from kohtaava_desktop.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Palette, qt_palette
from tests.contrast import contrast
from tests.ui.settings_room import Room, other

NARROW, WIDE = "narrow", "wide"


@pytest.fixture(params=[WIDE, NARROW])
def width(request: pytest.FixtureRequest) -> str:
    """As wide as the window opens, and as narrow as it can be made."""
    value: str = request.param
    return value


@pytest.fixture(params=[100, 200, 300])
def room(request: pytest.FixtureRequest, tag: str, width: str, qtbot: QtBot, tmp_path: Path) -> Room:
    """The window with all that a row can show: half of the settings managed, each shortcut refused."""
    policy: dict[str, Value] = {setting.name: other(setting.name) for setting in SETTINGS[::2]}
    room = Room(tmp_path, policy=policy)
    qtbot.addWidget(room.dialog)
    for setting in SETTINGS[1::2]:
        if not setting.limit:
            room.settings.set(setting.name, other(setting.name))
    room.troubles |= {setting.name: i18n._("These keys already belong to “{title}”.") for setting in SETTINGS}
    room.dialog.show_troubles()
    font = room.dialog.font()
    font.setPointSizeF(9 * request.param / 100)
    room.dialog.setFont(font)
    u = unit_of(room.dialog)
    room.dialog.resize(round(700 * u) if width == WIDE else 1, 600)
    room.settle()
    return room


def test_no_text_is_cut(room: Room) -> None:
    for widget in visible(room):
        match widget:
            case QLabel():
                check_label(widget)
            case QComboBox():
                for index in range(widget.count()):
                    assert wide(widget, widget.itemText(index)) <= field(widget).width(), widget.itemText(index)
            case QSpinBox():
                assert wide(widget, widget.text()) <= field(widget).width(), widget.text()
            case QLineEdit():
                text = widget.text() or widget.placeholderText()
                assert wide(widget, text) <= widget.width() - 16 * unit_of(room.dialog), text
            case QPushButton():
                assert wide(widget, widget.text()) <= widget.width() - 30 * unit_of(room.dialog), widget.text()


def check_label(label: QLabel) -> None:
    """All of a label's lines, and the longest of its words, have their room."""
    words = label.text().split() if label.wordWrap() else [label.text()]
    for word in words:
        assert wide(label, word) <= label.width(), word
    if label.wordWrap():
        assert label.heightForWidth(label.width()) <= label.height(), label.text()


def test_nothing_lies_on_anything_else(room: Room) -> None:
    for row in room.dialog.rows.values():
        parts = [each for each in visible(room) if row.isAncestorOf(each)]
        for one, two in combinations(parts, 2):
            assert not place(one, row).intersects(place(two, row)), f"{one} lies on {two}"
        for each in parts:
            assert row.rect().contains(place(each, row)), f"{row.setting.name}: {each} is cut"


def test_nothing_reaches_beyond_the_window(room: Room) -> None:
    content = room.dialog.area.widget()
    assert content is not None
    assert content.width() <= room.dialog.area.viewport().width()
    rows = {row.mapTo(room.dialog, QPoint(0, 0)).x() for row in room.dialog.rows.values()}
    assert len(rows) == 1, "rows are aligned"
    controls = {row.editor.mapTo(room.dialog, QPoint(0, 0)).x() for row in room.dialog.rows.values()}
    assert len(controls) == 1, "controls are aligned"


def test_it_fits_the_screen(room: Room, width: str) -> None:
    if width == NARROW:
        assert room.dialog.width() <= 400 * unit_of(room.dialog)


SCREEN = st.builds(
    QRect, st.integers(-4000, 4000), st.integers(-4000, 4000), st.integers(320, 4000), st.integers(240, 3000)
)


@given(SCREEN, st.floats(0, 1), st.floats(0, 1), st.integers(300, 700))
def test_it_opens_on_the_screen_and_beside_the_overlay_where_there_is_room(
    screen: QRect, across: float, down: float, narrow: int
) -> None:
    overlay = QRect(screen.topLeft(), QSize(208, 40))
    overlay.translate(round(across * (screen.width() - 208)), round(down * (screen.height() - 40)))
    place = in_the_middle(overlay, QSize(700, 680), screen, narrow)
    assert screen.contains(place)
    assert place.width() >= min(narrow, int(screen.width() * 0.88))
    widest = max(overlay.left() - screen.left(), screen.right() - overlay.right()) - WINDOW_GAP
    if widest >= narrow:
        assert not place.intersects(overlay)


def test_it_opens_in_the_middle_where_the_overlay_is_out_of_the_way() -> None:
    place = in_the_middle(QRect(1600, 300, 208, 40), QSize(700, 680), QRect(0, 0, 1920, 1080), 541)
    assert place.center().x() == QRect(0, 0, 1920, 1080).center().x()
    assert place.size() == QSize(700, 680)
    assert place.top() < 1080 - place.bottom(), "the title of the window needs room as well"


def test_it_opens_no_larger_than_the_screen(qtbot: QtBot, tmp_path: Path) -> None:
    room = Room(tmp_path)
    qtbot.addWidget(room.dialog)
    available = room.dialog.screen().availableGeometry()
    assert available.contains(room.dialog.geometry())


# colours


@pytest.mark.parametrize("palette", [LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK], ids=["light", "dark", "hc-l", "hc-d"])
def test_texts_and_lines_stand_out(palette: Palette) -> None:
    qt, role = qt_palette(palette), QPalette.ColorRole
    base, window = qt.color(role.Base), qt.color(role.Window)
    for ground in (base, window):
        assert contrast(qt.color(role.WindowText), ground) >= 4.5
        assert contrast(muted(qt), ground) >= 4.5, "descriptions, lines round fields, values that are managed"
        assert contrast(qt.color(role.Highlight), ground) >= 3, "the mark of the focus"
        assert contrast(qt.color(role.BrightText), ground) >= 3, "the line before what is wrong"
    assert contrast(qt.color(role.HighlightedText), qt.color(role.Highlight)) >= 4.5
    assert contrast(qt.color(role.WindowText), qt.color(role.Button)) >= 4.5


def test_a_system_with_half_transparent_hints_has_them_readable() -> None:
    plain = QPalette(QColor("#efefef"), QColor("#ffffff"))
    plain.setColor(QPalette.ColorRole.Base, QColor("#ffffff"))
    plain.setColor(QPalette.ColorRole.PlaceholderText, QColor(0, 0, 0, 128))
    assert contrast(muted(plain), QColor("#ffffff")) >= 4.5


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_switch_shows_its_tick_and_its_focus(
    qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest, tmp_path: Path, palette: Palette
) -> None:
    before, room = qapp.palette(), Room(tmp_path)
    qtbot.addWidget(room.dialog)
    qapp.setPalette(qt_palette(palette))
    request.addfinalizer(lambda: qapp.setPalette(before))
    room.settle()
    editor = room.row("chime").editor
    room.dialog.search.setFocus()
    off = editor.grab().toImage()
    editor.setFocus()
    room.settle()
    focused = editor.grab().toImage()
    assert focused != off
    room.key(Qt.Key.Key_Space)
    on = editor.grab().toImage()
    assert on != focused
    assert f"background: {palette.panel.lower()}" in room.dialog._style
    assert QColor(palette.primary).rgb() in {on.pixelColor(x, on.height() // 3).rgb() for x in range(on.width())}


def visible(room: Room) -> list[QWidget]:
    """All texts and controls that can be scrolled into sight."""
    kinds = (QLabel, QComboBox, QSpinBox, QLineEdit, QPushButton)
    found = [each for each in room.dialog.findChildren(QWidget) if isinstance(each, kinds)]
    found = [each for each in found if not isinstance(each.parentWidget(), (QComboBox, QSpinBox, QPushButton))]
    return [each for each in found if each.isVisibleTo(room.dialog)]


def place(widget: QWidget, inside: QWidget) -> QRect:
    """Where ``widget`` lies in ``inside``."""
    return QRect(widget.mapTo(inside, QPoint(0, 0)), widget.size())


def field(widget: QComboBox | QSpinBox) -> QRect:
    """The part of a control that its text can fill."""
    style, part = widget.style(), QStyle.SubControl
    if isinstance(widget, QSpinBox):
        inner = widget.lineEdit()
        return inner.rect().marginsRemoved(inner.textMargins())
    from PySide6.QtWidgets import QStyleOptionComboBox

    option = QStyleOptionComboBox()
    widget.initStyleOption(option)
    return style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part.SC_ComboBoxEditField, widget)


def wide(widget: QWidget, text: str) -> int:
    """How wide ``text`` is in ``widget``."""
    return QFontMetrics(widget.font()).horizontalAdvance(text)
