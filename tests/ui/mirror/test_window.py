"""The window: paints at once, shows what the filters take, and can be used with the keyboard alone."""

import re
import threading
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.store.errors import FolderUnusable
from kohtaava_desktop.store.patience import patiently
from kohtaava_desktop.ui import roles
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror import canvas as canvas_module
from kohtaava_desktop.ui.mirror import frame as frame_module
from kohtaava_desktop.ui.mirror import keeping, words
from kohtaava_desktop.ui.mirror.canvas import ChartCanvas
from kohtaava_desktop.ui.mirror.filters import chips_of
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from kohtaava_desktop.ui.share import aside
from tests.ui.mirror.histories import history
from tests.ui.mirror.room import Room
from tests.ui.stage import Stage
from tests.unit.guests import SHORT

TEAM = TypicalMeeting({Step.GUIDANCE: 600.0}, {Step.GUIDANCE: 118}, 7, ("2026-10",))


def heading(window: MirrorWindow) -> str:
    return window.heading.text().replace("\u00a0", " ")


def canvas(window: MirrorWindow, name: str) -> ChartCanvas:
    return window.board.cards[name].canvas


# opening


def test_it_paints_before_the_numbers_come(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kohtaava_desktop.ui.mirror.window.PATIENCE_MS", 3_600_000)  # however slow this machine is
    room.store.gate.clear()
    window = room.begin()
    room.app.processEvents()
    assert window.isVisible()
    assert window.board.isVisible()
    assert heading(window) == ""
    assert canvas(window, "typical").marks == ()
    assert canvas(window, "typical").accessibleName() == "Typical meeting"
    room.store.gate.set()
    room.store.records = []
    room.settle()


def test_what_takes_long_is_said_to_be_on_its_way(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kohtaava_desktop.ui.mirror.window.PATIENCE_MS", 0)
    room.store.gate.clear()
    window = room.begin()
    room.app.processEvents()
    assert heading(window) == "Your meetings are being counted…"
    room.store.gate.set()
    room.store.records = history(40)
    room.settle()
    assert heading(window).endswith("40 meetings")


def test_then_it_shows_them(room: Room) -> None:
    window = room.open(40)
    assert heading(window) == "weeks 34–47 · 40 meetings"
    assert all(canvas(window, name).marks for name in window.board.cards)


def test_a_team_is_drawn_beside_them(room: Room) -> None:
    window = room.open(40)
    window.show_team(TEAM, ("Team: 2026-10",), files_left_out=False)
    room.app.processEvents()
    assert window.foot.text().endswith("Team: 2026-10")
    said = canvas(window, "typical").marks[1].said.replace("\u00a0", " ")
    assert "Team: median 10 min, n = 118" in said
    window.copy_text()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[-3:] == ["Team, 7 workstations:", "Guidance  median 10 min, n = 118", "Team: 2026-10"]
    assert "dashed" in window.board.cards["typical"].subtitle.text()


def test_it_says_which_meetings_a_median_is_of(room: Room) -> None:
    window = room.open(40)
    assert "of the meetings that came to it" in window.board.cards["typical"].subtitle.text()


def test_opened_again_it_looks_anew_and_stays_one_window(room: Room) -> None:
    window = room.open(40)
    assert room.open(60) is window
    assert len(room.store.asked) == 2
    assert "meetings" in heading(window)
    assert "40" not in heading(window)


def test_closed_it_is_let_go(room: Room) -> None:
    window = room.open(40)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert room.mirror.window is None


def test_an_answer_to_an_older_question_is_let_go(room: Room) -> None:
    window = room.open(400)
    room.store.gate.clear()
    room.do(window.filters.chips[30].click)
    room.do(window.filters.chips[45].click)
    room.store.gate.set()
    room.settle()
    assert window.shown is not None
    assert window.shown.wanted == Filter(planned_minutes=45)


def test_a_store_that_cannot_be_read_is_said_and_asked_again(room: Room) -> None:
    room.store.failing = FolderUnusable("/data", "not-allowed")
    window = room.open(40)
    assert window.message.isVisible()
    assert window.message.button.text() == "Try again"
    assert "/data cannot" in window.message.text.text()
    i18n.set_language("sv")
    room.mirror.speak_anew()
    assert "/data kan inte vara datamapp" in window.message.text.text()
    i18n.set_language("en")
    room.mirror.speak_anew()
    room.store.failing = None
    room.do(window.message.button.click)
    room.settle()
    assert window.board.isVisible()


def test_closed_before_the_answer_nothing_happens(room: Room) -> None:
    room.store.gate.clear()
    window = room.begin()
    window.close()
    room.store.gate.set()
    room.settle()
    assert room.mirror.window is None


def test_the_menu_opens_it(stage: Stage) -> None:
    async def open_it() -> None:
        stage.presenter.opener.open_mirror()

    stage.run(open_it())
    window = stage.presenter.opener.mirror.window
    assert window is not None
    assert window.isVisible()
    stage.presenter.speak("sv")
    assert window.windowTitle() == "Mina möten"
    window.close()


# filters


def test_a_chip_for_each_length_that_occurs(room: Room) -> None:
    window = room.open(400)
    assert [chip.text() for chip in window.filters.chips.values()] == [
        *("All", "20 min", "30 min", "45 min", "60 min", "90 min")
    ]
    room.do(window.filters.chips[45].click)
    room.settle()
    assert room.store.asked[-1] == Filter(planned_minutes=45)
    assert "45 min planned" in heading(window)


def test_every_list_asks_for_what_it_says(room: Room) -> None:
    window = room.open(400)
    filters = window.filters
    for picker, entry, expected in (
        (filters.channel, "By phone", Filter(channel=Channel.PHONE)),
        (filters.new_client, "New clients", Filter(channel=Channel.PHONE, new_client=True)),
        (
            filters.interpreter,
            "No interpreter",
            Filter(channel=Channel.PHONE, new_client=True, interpreter=False),
        ),
    ):
        index = picker.findText(entry)
        assert index > 0
        room.do(lambda picker=picker, index=index: picker.setCurrentIndex(index))
        room.settle()
        assert room.store.asked[-1] == expected
    room.do(filters.clear)
    room.settle()
    assert room.store.asked[-1] == Filter()


def test_weeks_that_end_before_they_begin_are_never_asked_for(room: Room) -> None:
    window = room.open(400)
    filters = window.filters
    for picker, week in ((filters.last, "2026-W38"), (filters.first, "2026-W44"), (filters.last, "2026-W36")):
        index = picker.findData(week)
        room.do(lambda picker=picker, index=index: picker.setCurrentIndex(index))
        room.settle()
    assert [(each.first_week, each.last_week) for each in room.store.asked[1:]] == [
        (None, "2026-W38"),
        ("2026-W44", "2026-W44"),
        ("2026-W36", "2026-W36"),
    ]
    assert heading(window).startswith("week 36/2026")


def test_rare_lengths_are_in_a_list() -> None:
    choices = Choices({minutes: 240 - minutes for minutes in range(5, 240)})
    chips, others = chips_of(choices, None)
    assert chips == [None, 5, 6, 7, 8, 9, 10]
    assert set(others) == set(range(11, 240))
    chips, others = chips_of(choices, 77)
    assert 77 in chips
    assert 77 not in others


def test_the_first_entry_of_that_list_is_only_its_name(room: Room) -> None:
    window = room.open(400)
    room.do(window.filters.chips[45].click)
    room.do(lambda: window.filters.others.setCurrentIndex(-1))
    room.do(lambda: window.filters.others.setCurrentIndex(0))
    assert window.wanted_now == Filter(planned_minutes=45)


# few meetings


@pytest.mark.parametrize(
    ("meetings", "title", "button"),
    [(0, "Your meetings will show here", ""), (3, "So far 3 meetings", "")],
)
def test_too_few_is_said_kindly(room: Room, meetings: int, title: str, button: str) -> None:
    window = room.open(meetings)
    assert window.message.isVisible()
    assert not window.board.isVisible()
    assert (window.message.title.text(), window.message.button.text()) == (title, button)


def test_too_few_for_a_filter_leads_back_to_all(room: Room) -> None:
    window = room.open(40)
    window.filters.wanted = Filter(planned_minutes=75)
    room.do(window.wanted.emit)
    room.settle()
    assert window.message.title.text() == "No such meetings yet"
    room.do(window.message.button.click)
    room.settle()
    assert window.board.isVisible()
    assert window.wanted_now == Filter()


def test_what_is_left_out_is_counted(room: Room) -> None:
    window = room.open(400)
    assert "Left out as interrupted: " in window.foot.text()


# pointer and keyboard


def test_the_pointer_names_values_with_their_count(room: Room) -> None:
    window = room.open(400)
    chart = canvas(window, "weekly")
    mark = chart.marks[3]
    place = QPointF(*mark.spot) * unit_of(chart)
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, place, QPointF(chart.mapToGlobal(place)), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(chart, move)
    named = chart.mark
    assert named is not None
    assert named == mark
    assert "n\u00a0=\u00a0" in named.said
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.mark is None


def test_arrow_keys_go_from_value_to_value_and_say_them(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(canvas_module, "announce", lambda _widget, text: said.append(text))
    window = room.open(400)
    for name in window.board.cards:
        chart = canvas(window, name)
        chart.setFocus()
        said.clear()
        for _mark in chart.marks:
            QTest.keyClick(chart, Qt.Key.Key_Right)
        assert said == [mark.said for mark in chart.marks]
        assert said[-1] in chart.accessibleDescription()
        QTest.keyClick(chart, Qt.Key.Key_Home)
        assert said[-1] == chart.marks[0].said
        QTest.keyClick(chart, Qt.Key.Key_End)
        QTest.keyClick(chart, Qt.Key.Key_Right)
        assert said[-1] == chart.marks[-1].said


def test_lengths_are_chosen_with_arrow_keys_and_space(room: Room) -> None:
    window = room.open(400)
    chips = window.filters.chips
    chips[None].setFocus()
    QTest.keyClick(chips[None], Qt.Key.Key_Right)
    focused = QApplication.focusWidget()
    assert focused is chips[20]
    room.do(lambda: QTest.keyClick(focused, Qt.Key.Key_Space))
    room.settle()
    assert room.store.asked[-1] == Filter(planned_minutes=20)


def test_a_screen_reader_hears_what_is_shown_now(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(frame_module, "announce", lambda _widget, text: said.append(text))
    window = room.open(400)
    assert said == [window.heading.text()]
    room.do(window.filters.chips[45].click)
    room.settle()
    assert "45" in said[-1]
    window.filters.wanted = Filter(planned_minutes=75)
    room.do(window.wanted.emit)
    room.settle()
    assert "No such meetings yet. Other choices" in said[-1]
    window.copy_text()
    assert said[-1] == "Copied as text."


def test_up_and_down_change_the_step(room: Room) -> None:
    window = room.open(400)
    chart = canvas(window, "spread")
    chart.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(chart, key)
    assert chart.mark is not None
    assert chart.mark.said.startswith("Advice")


def test_t_turns_the_card_and_the_keyboard_goes_along(room: Room) -> None:
    window = room.open(400)
    for card in window.board.cards.values():
        card.canvas.setFocus()
        QTest.keyClick(card.canvas, Qt.Key.Key_T)
        assert card.as_table
        assert card.table.hasFocus()
        assert card.switch.text() == "Chart"
        assert card.table.rowCount() > 0
        QTest.keyClick(card.table, Qt.Key.Key_T)
        assert not card.as_table
        assert card.canvas.hasFocus()


def test_a_table_that_is_shown_follows_the_filters(room: Room) -> None:
    window = room.open(400)
    card = window.board.cards["typical"]
    card.turn()
    before = card.table.item(0, 5)
    assert before is not None
    count = before.text()
    room.do(window.filters.chips[45].click)
    room.settle()
    after = card.table.item(0, 5)
    assert after is not None
    assert int(after.text()) < int(count)
    assert card.as_table


def test_tab_reaches_everything_in_the_order_of_reading(room: Room) -> None:
    window = room.open(400)
    window.setFocus()
    order = []
    for _turn in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused in order:
            break
        order.append(focused)
    cards = [part for card in window.board.cards.values() for part in (card.switch, card.canvas)]
    lists = [each for each in window.filters.lists if each.isVisible()]
    # the lengths are one choice: Tab reaches the one that holds, arrow keys the others
    assert order in (
        [window.filters.chips[None], *lists, *cards, window.our_team, window.export, window.keep],
        [*window.filters.chips.values(), *lists, *cards, window.our_team, window.export, window.keep],
    )


def test_a_screen_reader_finds_charts_with_names_and_tables_with_headers(room: Room) -> None:
    window = room.open(400)
    roles.give_roles()
    for name, title in (("typical", "Typical meeting"), ("weekly", "Week by week")):
        card = window.board.cards[name]
        chart = QAccessible.queryAccessibleInterface(card.canvas)
        assert chart.role() == QAccessible.Role.Chart
        assert chart.text(QAccessible.Text.Name) == title
        assert "T shows the table" in chart.text(QAccessible.Text.Description)
        card.turn()
        table = QAccessible.queryAccessibleInterface(card.table)
        assert table.role() == QAccessible.Role.Table
        assert table.text(QAccessible.Text.Name) == title
        headers = [table.child(1 + number) for number in range(card.table.columnCount())]  # the first is the corner
        assert {each.role() for each in headers} == {QAccessible.Role.ColumnHeader}
        assert headers[0].text(QAccessible.Text.Name) in ("Step", "Week")
    for button in window.findChildren(QPushButton):
        assert button.accessibleName() or button.text() or not button.isVisible()


# to keep


def test_charts_that_went_while_a_file_was_chosen_are_said_to_be_gone(room: Room, tmp_path: Path) -> None:
    window = room.open(3)
    room.do(lambda: window.picture_wanted.emit(str(tmp_path / "kept.png")))
    room.settle()
    assert window.done.text() == "Nothing was saved: the charts are not there any more."
    assert list(tmp_path.iterdir()) == []


def test_the_menu_has_a_name(room: Room) -> None:
    menu = room.open(40).keep.menu()
    assert QAccessible.queryAccessibleInterface(menu).text(QAccessible.Text.Name) == "Keep…"


def test_a_picture_tells_of_which_months_the_team_in_it_is(room: Room) -> None:
    window = room.open(40)
    window.show_team(TEAM, ("Team: 2026-10",), files_left_out=False)
    assert "Team: 2026-10" in window.picture("svg").decode()
    window.show_team(None, ("The team folder cannot be read now.",), files_left_out=False)
    assert "folder" not in window.picture("svg").decode()


def test_copied_as_text(room: Room) -> None:
    window = room.open(400)
    notes = window.foot.text()
    window.copy_text()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("My meetings: weeks 34–47")
    assert "Guidance" in text
    assert text.count(" meetings\n") == 1, "how many there are is in the heading"
    assert "9 of 10 at most" in text
    assert re.search(
        r"^Against the planned length: median \S+ min, half of them from \S+ min to \S+ min, n = ", text, re.M
    )
    weeks = text.split("in the newest 12 weeks with one:\n")[1].splitlines()
    assert window.shown is not None
    newest = window.shown.found.weeks[-12:]
    assert [line.split("  ")[0] for line in weeks] == [words.week(each.iso_week, with_year=True) for each in newest]
    assert window.done.text() == "Copied as text."
    assert window.foot.text() == notes != ""


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_is_written_whole(room: Room, tmp_path: Path, kind: str) -> None:
    window = room.open(400)
    path = tmp_path / f"mine.{kind}"
    room.do(lambda: window.picture_wanted.emit(str(path)))
    room.settle()
    assert window.done.text() == f"Saved: {path}"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    image = QImage(str(path)) if kind == "png" else None
    if image is not None:
        assert image.width() == 2 * 1060
    else:
        text = path.read_text(encoding="utf-8")
        assert "<svg" in text
        assert "Typical meeting" in text


def test_a_picture_that_cannot_be_written_is_said(room: Room, tmp_path: Path) -> None:
    window = room.open(400)
    room.do(lambda: window.picture_wanted.emit(str(tmp_path / "nowhere" / "mine.png")))
    room.settle()
    assert "could not be written" in window.done.text()
    assert list(tmp_path.iterdir()) == []


def test_a_picture_for_a_share_that_never_answers_is_given_up(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its thread is left behind: neither the window nor the end of the program waits for it."""
    answers = threading.Event()
    monkeypatch.setattr(keeping, "_write", lambda *_values: answers.wait(60))
    monkeypatch.setattr(aside, "patiently", partial(patiently, seconds=SHORT))
    window = room.open(400)
    path = tmp_path / "mine.png"
    try:
        room.do(lambda: window.picture_wanted.emit(str(path)))
        room.settle()
        assert window.done.text().startswith(f"{path} does not answer.")
    finally:
        answers.set()


def test_the_dialog_asks_for_a_file_of_that_kind(room: Room) -> None:
    window = room.open(400)
    window.ask_where("svg")
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.defaultSuffix() == "svg"
    dialog.reject()


def test_with_nothing_drawn_there_is_no_picture_to_keep(room: Room) -> None:
    window = room.open(3)
    window.keep.menu().aboutToShow.emit()
    assert [action.isEnabled() for action in window.keep.menu().actions()] == [False, False, True]
    window.ask_where("png")
    assert window.findChildren(QFileDialog) == []


# language


def test_another_language_changes_every_word(room: Room) -> None:
    window = room.open(400)
    i18n.set_language("fi")
    room.mirror.speak_anew()
    assert window.title.text() == "Omat tapaamiset"
    assert window.board.cards["typical"].title.text() == "Tyypillinen tapaaminen"
    assert window.filters.chips[None].text() == "Kaikki"
    assert canvas(window, "typical").marks[0].said.startswith("Empatia")
