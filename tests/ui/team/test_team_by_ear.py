"""The window as it reaches whoever cannot see it, without a desktop: names, headers and what presses a button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.ui.team.room import MONTHS, Room


def told(widget: QWidget) -> QAccessibleInterface:
    """What assistive technology is told of ``widget``."""
    return QAccessible.queryAccessibleInterface(widget)


def test_a_planned_length_is_chosen_by_whatever_a_reader_does_with_a_check_box(room: Room) -> None:
    room.fill(room.folder, 3, planned=(45, 20))
    window = room.open()
    assert window.bar.wanted.span == (45, 59)
    room.do(lambda: told(window.bar.chips[20, 29]).actionInterface().doAction("Toggle"))
    assert window.bar.wanted.span == (20, 29)
    assert "20–29 min planned" in window.heading.text()


def test_lists_have_labels(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    for picker, name in ((window.bar.month, "Month"), (window.bar.other, "What is beside the team")):
        labels = told(picker).relations(QAccessible.RelationFlag.Label)
        assert [each[0].text(QAccessible.Text.Name) for each in labels] == [name]


def test_each_cell_of_a_table_is_said_with_its_row_and_its_column(room: Room) -> None:
    """Also what is withheld, and what nobody told of, which is no silence."""
    first, second, third = MONTHS
    room.fill(room.folder, 3, (first,))
    room.fill(room.folder, 2, (second,))
    room.fill(room.folder, 3, (third,), planned=(20,))
    window = room.open()
    card = window.board.cards["months"]
    card.turn()
    model, role = card.table.model(), Qt.ItemDataRole.AccessibleTextRole  # what Qt's tables answer a reader with
    places = [[model.index(row, column) for column in range(3)] for row in range(3)]
    rows = [[place.data(role) or place.data() for place in those] for those in places]
    headers = [model.headerData(row, Qt.Orientation.Vertical, role) for row in range(3)]
    assert headers == [row[0] for row in rows]
    assert len(set(headers)) == 3
    assert [row[2] for row in rows[1:]] == ["withheld", "no value"]
    assert rows[0][2][0].isdigit()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_return_and_enter_press_a_button_as_space_does(room: Room, key: Qt.Key) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    switch = window.board.cards["months"].switch
    switch.setFocus()
    QTest.keyClick(switch, key)
    assert window.board.cards["months"].as_table
    window.board.cards["months"].table.setFocus()
    QTest.keyClick(window.board.cards["months"].table, key)
    assert window.board.cards["months"].as_table, "in a table they are not for the button"
