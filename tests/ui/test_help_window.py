"""The user guide in its window: offline, by keyboard, in three languages, at every size."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QImage, QPalette, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.integration.paths import documents_dir
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.help.page import ZOOMS, HelpPage
from kohtaava_desktop.ui.help.window import WITHOUT_CONTENTS, HelpWindow
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import Stage

CONTROL = Qt.KeyboardModifier.ControlModifier
SMALL = """\
# One

First [second](#two-of-them), [other](other.md#end), [away](https://example.org/a), [up](../secret.md), [none](no.md).

![A square, in red.](red.png)

## Two, of them

| a | b |
|---|---|
| needle | [down](#last) |

### Last

Words and a needle.
"""
OTHER = "# Other\n\n[back](guide.md)\n\n" + "Line.\n\n" * 200 + "## End\n\nThe end.\n"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Two small documents, a picture of 800 by 400 dots, and a file beside them that is none of theirs."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "guide.md").write_text(SMALL, encoding="utf-8")
    (folder / "other.md").write_text(OTHER, encoding="utf-8")
    (tmp_path / "secret.md").write_text("# Secret\n", encoding="utf-8")
    picture = QImage(800, 400, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    assert picture.save(str(folder / "red.png"))
    assert picture.save(str(tmp_path / "secret.png"))
    return folder


@pytest.fixture
def page(qtbot: QtBot, documents: Path) -> HelpPage:
    """The small guide, on a page of 700 by 500."""
    page = HelpPage(documents)
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    assert page.start_at(documents / "guide.md")
    return page


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """One language of the interface after the other."""
    before = i18n.language()
    i18n.set_language(request.param)
    yield request.param
    i18n.set_language(before)


@pytest.fixture
def make_window(qtbot: QtBot) -> Callable[[str], HelpWindow]:
    """Opens the real guide in a language."""

    def make(language: str) -> HelpWindow:
        window = HelpWindow(documents_dir(), language)
        qtbot.addWidget(window)
        window.show_up()
        return window

    return make


@pytest.fixture
def window(make_window: Callable[[str], HelpWindow], in_english: None) -> HelpWindow:
    """The real guide in English."""
    return make_window("en")


def test_it_opens_clear_of_the_overlay(qtbot: QtBot) -> None:
    window = HelpWindow(documents_dir(), "en")
    qtbot.addWidget(window)
    room, overlay = QRect(0, 30, 1280, 870), QRect(920, 300, 344, 140)
    window.show_up(room, overlay)
    assert room.contains(window.geometry())
    assert not window.geometry().intersects(overlay)


def picture_widths(page: HelpPage) -> list[float]:
    """How wide each picture of the text is, in its order."""
    found, block = [], page.document().begin()
    while block.isValid():
        place = block.begin()
        while not place.atEnd():
            shape = place.fragment().charFormat()
            if shape.isImageFormat():
                found.append(shape.toImageFormat().width())
            place += 1
        block = block.next()
    return found


def listed(window: HelpWindow) -> list[str]:
    """The lines of the contents from top to bottom."""
    lines, item = [], window.contents.topLevelItem(0)
    while item is not None:
        lines.append(item.text(0))
        item = window.contents.itemBelow(item)
    return lines


def press(window: HelpWindow, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused: QWidget | None = window.focusWidget()
    QTest.keyClick(window if focused is None else focused, key, modifier)


# the page


def test_headings_have_the_names_that_links_use(page: HelpPage) -> None:
    assert [(each.level, each.text, each.name) for each in page.headings] == [
        (1, "One", "one"),
        (2, "Two, of them", "two-of-them"),
        (3, "Last", "last"),
    ]


def test_a_link_goes_to_its_heading_with_the_text_cursor(page: HelpPage) -> None:
    page.resize(300, 120)
    page.follow(QUrl("#two-of-them"))
    assert page.textCursor().block().text() == "Two, of them"
    top = page.cursorForPosition(QPoint(page.viewport().width() // 2, 2)).block()
    assert top.text() == "Two, of them"


def test_a_link_to_another_document_and_back(page: HelpPage) -> None:
    page.resize(300, 120)
    page.verticalScrollBar().setValue(40)
    page.follow(QUrl("other.md#end"))
    assert page.textCursor().block().text() == "End"
    assert page.can_go_back
    page.go_back()
    assert page.headings[0].text == "One"
    assert page.verticalScrollBar().value() == 40
    assert not page.can_go_back


@pytest.mark.parametrize(
    "address",
    [
        *("https://example.org/a", "http://localhost/", "../secret.md", "no.md", "mailto:someone@example.org"),
        *("file:///etc/passwd", "/etc/passwd", "//example.org/share/a.md", "other.md/../../secret.md"),
    ],
)
def test_a_link_to_outside_is_told_and_never_followed(page: HelpPage, qtbot: QtBot, address: str) -> None:
    with qtbot.waitSignal(page.outside) as told:
        page.follow(QUrl(address))
    assert told.args == [QUrl(address).toString()]
    assert page.headings[0].text == "One"
    assert not page.can_go_back


@pytest.mark.parametrize("name", ["../secret.png", "https://example.org/a.png", "/etc/passwd", "no.png", ""])
def test_no_picture_comes_from_outside(page: HelpPage, name: str) -> None:
    image = page.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
    assert isinstance(image, QImage)
    assert image.isNull()


@pytest.mark.parametrize("kind", ["HtmlResource", "StyleSheetResource", "MarkdownResource"])
def test_nothing_but_pictures_is_loaded_for_a_text(page: HelpPage, kind: str) -> None:
    assert page.loadResource(QTextDocument.ResourceType[kind].value, QUrl("other.md")) is None


def test_a_picture_has_its_size_at_200_percent_and_never_more_than_the_page(page: HelpPage) -> None:
    assert picture_widths(page) == [400]
    page.resize(260, 500)
    [narrow] = picture_widths(page)
    assert 150 < narrow < page.viewport().width()
    assert page.horizontalScrollBar().maximum() == 0
    page.resize(1400, 500)
    assert picture_widths(page) == [400]


def test_what_a_picture_shows_stands_below_it_in_words(page: HelpPage) -> None:
    assert "A square, in red." in page.toPlainText()


def test_type_and_pictures_grow_and_shrink_together(page: HelpPage) -> None:
    line = page.fontMetrics().height()
    page.zoom(1)
    assert page.fontMetrics().height() > line
    [larger] = picture_widths(page)
    assert larger > 400
    page.zoom(0)
    assert (page.fontMetrics().height(), picture_widths(page)) == (line, [400])
    page.zoom(-1)
    assert picture_widths(page)[0] < 400


def test_the_zoom_has_an_end_on_both_sides(page: HelpPage) -> None:
    start = page.font().pointSizeF()
    for _ in range(60):
        page.zoom(1)
    assert page.font().pointSizeF() == pytest.approx(start + ZOOMS[-1])
    for _ in range(90):
        page.zoom(-1)
    assert page.font().pointSizeF() == pytest.approx(start + ZOOMS[0])


def test_links_take_the_colours_of_the_window(page: HelpPage) -> None:
    def colour() -> str:
        cursor = page.document().find("second")
        return cursor.charFormat().foreground().color().name()

    palette = QPalette(page.palette())
    palette.setColor(QPalette.ColorRole.Link, QColor("#123456"))
    page.setPalette(palette)
    assert colour() == "#123456"


def test_a_long_line_is_kept_short_enough_to_read(page: HelpPage) -> None:
    page.resize(2000, 500)
    shape = page.document().rootFrame().frameFormat()
    assert shape.leftMargin() == shape.rightMargin()
    assert 2000 - 2 * shape.leftMargin() < 100 * page.fontMetrics().averageCharWidth()


def test_a_file_that_is_no_text_changes_nothing(page: HelpPage, documents: Path) -> None:
    (documents / "broken.md").write_bytes(b"\xff\xfe\xff")
    assert not page.start_at(documents / "broken.md")
    assert not page.start_at(documents)
    assert page.headings[0].text == "One"


# the window


def test_it_opens_in_every_language(make_window: Callable[[str], HelpWindow], language: str) -> None:
    window = make_window(language)
    assert window.windowTitle() == i18n._("User guide")
    assert listed(window) == [heading.text for heading in window.page.headings]
    assert len(listed(window)) > 20
    assert not window.told.isVisible()
    assert min(picture_widths(window.page)) > 50


@pytest.mark.parametrize("width", [320, 480, 800, 1300])
def test_nothing_is_wider_than_the_page(
    qapp: QApplication, make_window: Callable[[str], HelpWindow], language: str, width: int
) -> None:
    window = make_window(language)
    window.resize(width, 500)
    qapp.processEvents()  # the layout gives the page its room
    assert window.width() == width
    assert window.page.horizontalScrollBar().maximum() == 0


def test_every_control_has_a_name(make_window: Callable[[str], HelpWindow], language: str) -> None:
    window = make_window(language)
    buttons = [each for each in window.findChildren(QPushButton) if each.parent() is not None]
    assert all(button.text() and button.toolTip() for button in buttons)
    assert len({button.accessibleName() or button.text() for button in buttons}) == len(buttons) == 7
    named = [each.accessibleName() for each in (window.page, window.contents, window.wanted)]
    assert all(named)


def test_the_contents_lead_to_each_part(window: HelpWindow) -> None:
    heading = window.page.headings[9]
    [item] = [
        each
        for each in window.contents.findItems(heading.text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
        if each.data(0, Qt.ItemDataRole.UserRole) == heading.name
    ]
    window.contents.setCurrentItem(item)
    assert window.page.textCursor().block().text() == heading.text
    assert window.page.heading_on_top() == heading


def test_the_last_part_stays_chosen_though_it_cannot_come_to_the_top(window: HelpWindow) -> None:
    item = window.contents.topLevelItem(window.contents.topLevelItemCount() - 1)
    assert item is not None
    window.contents.setCurrentItem(item)
    assert window.contents.currentItem() is item
    assert window.page.textCursor().block().text() == item.text(0)


def test_the_contents_show_where_one_reads(window: HelpWindow) -> None:
    window.page.go_to("settings")
    item = window.contents.currentItem()
    assert item is not None
    assert item.text(0) == "Settings"
    assert window.page.textCursor().block().text() == "Settings"


def test_a_narrow_window_is_all_text(window: HelpWindow) -> None:
    assert window.contents.isVisible()
    window.resize(WITHOUT_CONTENTS // 2, 500)
    assert not window.contents.isVisible()


def test_larger_type_while_it_is_open_gives_the_text_all_the_room(window: HelpWindow, qapp: QApplication) -> None:
    window.resize(round(1.5 * WITHOUT_CONTENTS * unit_of(window)), 700)
    qapp.processEvents()
    assert window.contents.isVisible()
    font, large = qapp.font(), qapp.font()
    large.setPointSize(2 * font.pointSize())
    try:
        qapp.setFont(large)
        qapp.processEvents()
        assert not window.contents.isVisible()
    finally:
        qapp.setFont(font)


def test_find_goes_round_and_says_when_there_is_nothing(window: HelpWindow) -> None:
    press(window, Qt.Key.Key_F, CONTROL)
    assert window.wanted.isVisible()
    QTest.keyClicks(window.wanted, "fireplace engine")
    press(window, Qt.Key.Key_Return)
    assert "fireplace engine" in window.told.text()
    window.wanted.setText("kurmanji")
    press(window, Qt.Key.Key_Return)
    first = window.page.textCursor().selectionStart()
    assert window.page.textCursor().selectedText() == "Kurmanji"
    assert not window.told.isVisible()
    press(window, Qt.Key.Key_F3)
    assert window.page.textCursor().selectionStart() == first
    press(window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert window.page.textCursor().selectionStart() == first


def test_escape_ends_finding_and_then_the_guide(window: HelpWindow, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_F, CONTROL)
    press(window, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert not window.wanted.isVisible()
    with qtbot.waitSignal(window.closed):
        press(window, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_the_keys_change_the_size_of_the_text(window: HelpWindow) -> None:
    points = window.page.font().pointSizeF()
    press(window, Qt.Key.Key_Plus, CONTROL)
    assert window.page.font().pointSizeF() > points
    press(window, Qt.Key.Key_0, CONTROL)
    assert window.page.font().pointSizeF() == points
    press(window, Qt.Key.Key_Minus, CONTROL)
    assert window.page.font().pointSizeF() < points


def test_the_linked_documents_open_here_and_one_comes_back(window: HelpWindow) -> None:
    back = next(each for each in window.findChildren(QPushButton) if each.text() == "Back")
    assert not back.isVisible()
    window.page.follow(QUrl("../command-line.md"))
    assert listed(window)[0] == "The command line"
    assert back.isVisible()
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert listed(window)[0] == "User guide to Kohtaava Desktop"
    assert not back.isVisible()


def test_an_address_outside_is_shown_as_text(window: HelpWindow) -> None:
    window.page.follow(QUrl("https://example.org/a?b=<i>c</i>"))
    assert "https://example.org/a?b=" in window.told.text()
    assert window.told.textFormat() is Qt.TextFormat.PlainText


def test_an_installation_without_the_guide_says_so(qtbot: QtBot, tmp_path: Path, in_english: None) -> None:
    window = HelpWindow(tmp_path, "en")
    qtbot.addWidget(window)
    window.show_up()
    assert window.told.text() == "The guide is missing from this installation."


# the program


def test_the_menu_opens_one_window(stage: Stage) -> None:
    stage.presenter.opener.open_guide()
    window = stage.presenter.opener.guide.window
    assert window is not None
    assert window.isVisible()
    window.page.go_to("settings")
    stage.presenter.opener.open_guide()
    assert stage.presenter.opener.guide.window is window
    assert window.page.textCursor().block().text() == "Settings"
    window.close()
    assert stage.presenter.opener.guide.window is None


def test_a_key_of_the_overlay_opens_it(stage: Stage) -> None:
    stage.key(Qt.Key.Key_H)
    assert stage.presenter.opener.guide.window is not None
    stage.presenter.opener.guide.close()


def test_it_follows_the_language(stage: Stage) -> None:
    stage.press(Act.START)
    stage.presenter.opener.open_guide()
    window = stage.presenter.opener.guide.window
    assert window is not None
    stage.presenter.speak("sv")
    assert window.windowTitle() == "Handbok"
    assert window.page.headings[0].text == "Handbok för Kohtaava Desktop"
    stage.presenter.opener.guide.close()
    stage.presenter.speak("en")


def test_nothing_of_it_is_loaded_before(tmp_path: Path) -> None:
    code = (
        "import sys, json, kohtaava_desktop.ui.presenter\n"
        "print(json.dumps([each for each in sys.modules if each.startswith('kohtaava_desktop.ui.help.')]))"
    )
    environment = {**os.environ, "KOHTAAVA_CONFIG_DIR": str(tmp_path)}
    run = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout) == ["kohtaava_desktop.ui.help.opener"]
