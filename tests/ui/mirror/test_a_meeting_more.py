"""A meeting is stored while the window is open: it is taken in, and whoever reads there is not disturbed."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.statistics import Filter, Tallies
from kohtaava_desktop.store.errors import FolderUnusable
from kohtaava_desktop.ui.mirror.chart import Mark, same
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from kohtaava_desktop.ui.staircase import Box
from tests.ui.mirror.histories import history
from tests.ui.mirror.room import Room
from tests.ui.stage import Stage


def keep_one_more(room: Room, minutes: int = 45) -> None:
    """One more meeting is stored, and the window is told."""
    room.store.records = [*room.store.records, replace(history(1, seed=99)[0], planned_minutes=minutes)]
    room.do(room.mirror.meeting_kept)
    room.settle()


def count(window: MirrorWindow) -> str:
    return window.heading.text().split(" · ")[-1]


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def test_a_meeting_that_is_stored_is_taken_in(room: Room) -> None:
    window = room.open(4)
    assert window.message.isVisible()
    keep_one_more(room)
    assert window.board.isVisible()
    assert count(window) == "5 meetings"


def test_nothing_is_said_and_the_filters_stay(room: Room, heard: list[str]) -> None:
    window = room.open(400)
    room.do(window.filters.chips[45].click)
    room.settle()
    heard.clear()
    before = count(window)
    keep_one_more(room)
    assert count(window) != before
    assert window.wanted_now == Filter(planned_minutes=45)
    assert heard == []


def test_the_value_with_the_keyboard_stays_where_it_is(room: Room) -> None:
    window = room.open(400)
    for name, card in window.board.cards.items():
        canvas = card.canvas
        canvas.setFocus()
        for _step in range(3):
            QTest.keyClick(canvas, Qt.Key.Key_Right)
        before = canvas.mark
        assert before is not None
        keep_one_more(room)
        after = canvas.mark
        assert after is not None, name
        assert focused() is canvas
        assert after.row == before.row
        if name != "figures":  # there the name of a value is its number
            assert after.said.partition(":")[0] == before.said.partition(":")[0]
        assert after.said in canvas.accessibleDescription()


def test_the_cell_with_the_keyboard_and_what_is_scrolled_to_stay(room: Room) -> None:
    window = room.open(400)
    card = window.board.cards["spread"]
    card.turn()
    table = card.table
    table.setFocus()
    table.setCurrentCell(12, 2)
    room.app.processEvents()
    name, scrolled = table.item(12, 0), table.verticalScrollBar().value()
    assert name is not None
    minute = name.text()
    keep_one_more(room)
    now = table.item(table.currentRow(), 0)
    assert now is not None
    assert (now.text(), table.currentColumn()) == (minute, 2)
    assert table.verticalScrollBar().value() == scrolled > 0
    assert focused() is table


def test_a_new_length_does_not_move_the_keyboard_to_another_one(room: Room) -> None:
    window = room.open(400)
    chip = window.filters.chips[45]
    chip.setFocus()
    keep_one_more(room, minutes=25)
    assert 25 in window.filters.chips
    assert focused() is window.filters.chips[45]


def test_nor_does_it_while_another_window_has_the_keyboard(room: Room) -> None:
    """So it usually is: the meeting was ended in the overlay."""
    window, other = room.open(400), QWidget()
    window.filters.chips[45].setFocus()
    other.show()
    other.activateWindow()
    room.app.processEvents()
    assert not window.isActiveWindow()
    keep_one_more(room, minutes=25)
    assert not window.isActiveWindow()
    assert window.focusWidget() is window.filters.chips[45]
    other.close()


@pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard$", extend=True)
def test_a_list_that_is_open_stays_open_as_it_is(room: Room) -> None:
    window = room.open(400)
    picker = window.filters.first
    entries = picker.count()
    picker.showPopup()
    room.store.records = [*room.store.records, replace(room.store.records[0], iso_week="2026-W10")]
    room.do(room.mirror.meeting_kept)
    room.settle()
    assert picker.view().isVisible()
    assert picker.count() == entries
    picker.hidePopup()
    keep_one_more(room)
    assert picker.count() == entries + 1


def test_what_is_scrolled_to_in_the_window_stays(room: Room) -> None:
    window = room.open(400)
    window.resize(700, 400)
    room.app.processEvents()
    bar = window._area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > 0
    keep_one_more(room)
    assert bar.value() == before


def test_what_was_done_is_still_said(room: Room) -> None:
    window = room.open(400)
    window.copy_text()
    keep_one_more(room)
    assert window.done.text() == "Copied as text."


def test_while_meetings_are_added_up_looks_do_not_pile_up(room: Room) -> None:
    window = room.open(400)
    asked = len(room.store.asked)
    room.store.gate.clear()
    for _meeting in range(20):
        room.store.records = [*room.store.records, history(1, seed=99)[0]]
        room.do(room.mirror.meeting_kept)
    room.store.gate.set()
    room.settle()
    assert len(room.store.asked) == asked + 2
    assert int(count(window).split(" ")[0]) == sum(each.counts for each in room.store.records)


def test_a_length_chosen_meanwhile_is_what_is_shown(room: Room) -> None:
    window = room.open(400)
    room.store.gate.clear()
    room.do(room.mirror.meeting_kept)
    room.do(window.filters.chips[30].click)
    room.do(room.mirror.meeting_kept)
    room.store.gate.set()
    room.settle()
    assert window.shown is not None
    assert window.shown.wanted == Filter(planned_minutes=30)


def test_where_they_cannot_be_read_just_then_what_stands_there_stays(room: Room) -> None:
    window = room.open(400)
    room.store.failing = FolderUnusable("/data", "not-allowed")
    room.do(room.mirror.meeting_kept)
    room.settle()
    assert window.board.isVisible()
    assert window.shown is not None


def test_without_a_window_nothing_is_asked(room: Room) -> None:
    room.do(room.mirror.meeting_kept)
    room.settle()
    assert room.store.asked == []


class Counting:
    """A store of no meetings, which counts how often it is asked."""

    asked = 0

    async def choices(self, week_that_runs: str) -> Choices:
        return Choices()

    async def tallies(self, wanted: Filter, week_that_runs: str) -> Tallies:
        self.asked += 1
        return Tallies({}, {})


@pytest.mark.parametrize(("end", "looks"), [("keep", 2), ("discard", 1)])
def test_the_program_tells_the_window_of_a_meeting_that_was_kept(stage: Stage, end: str, looks: int) -> None:
    mirror, store = stage.presenter.opener.mirror, Counting()
    mirror.store = store

    async def through() -> None:
        stage.presenter.opener.open_mirror()
        await mirror.done()
        await stage.controller.start()
        if end == "keep":
            await stage.controller.perform(commands.Finish())
            await stage.controller.settle()
        else:
            await stage.controller.perform(commands.Discard())
        await mirror.done()

    stage.run(through())
    assert store.asked == looks
    assert mirror.window is not None
    mirror.window.close()


def test_a_value_that_is_gone_leaves_the_nearest_of_its_row() -> None:
    def mark(said: str, x: float, row: int = 0) -> Mark:
        return Mark(Box(x, 0, 1, 1), (x, 0.0), said, row)

    marks = (mark("week 1: 5", 0), mark("week 3: 6", 20), mark("other: 5", 11, 1))
    assert same(marks, mark("week 3: 9", 0)) == 1
    assert same(marks, mark("week 2: 9", 14)) == 1
    assert same(marks, mark("gone", 0, 7)) is None
    assert same((), mark("week 3: 9", 0)) is None
