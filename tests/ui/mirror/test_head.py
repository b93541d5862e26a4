"""The head of the windows with charts: what stands in its first line, and what has a line of its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.head import GAP, LEAST, Lines, lines_of
from kohtaava_desktop.ui.mirror.large_window import MARGIN
from kohtaava_desktop.ui.mirror.window import SIZE, MirrorWindow
from tests.ui.fitting import cut
from tests.ui.mirror.room import Room

wide = st.floats(0, 3000)


@given(room=wide, heading=wide, lengths=wide)
def test_what_stands_in_the_first_line_has_its_room_there(room: float, heading: float, lengths: float) -> None:
    beside = lines_of(room, heading, lengths)
    taken = {
        Lines.ALL: heading + lengths + 2 * GAP,
        Lines.LENGTHS: lengths + 2 * GAP,
        Lines.HEADING: heading + GAP,
        Lines.NOTHING: 0.0,
    }
    assert beside is Lines.NOTHING or taken[beside] <= room


@given(room=wide, lengths=wide, one=st.floats(0, LEAST), other=st.floats(0, LEAST))
def test_another_choice_moves_nothing(room: float, lengths: float, one: float, other: float) -> None:
    assert lines_of(room, one, lengths) is lines_of(room, other, lengths)


def top(window: MirrorWindow, part: QWidget) -> int:
    return part.mapTo(window, QPoint(0, 0)).y()


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_six_lengths_stand_in_the_first_line_of_the_window_as_it_opens(room: Room, tag: str) -> None:
    i18n.set_language(tag)
    font, narrow = room.app.font(), QFont(room.app.font())
    narrow.setStretch(90)  # as wide as the types of a desktop; the one of tests is wider
    room.app.setFont(narrow)
    try:
        window = room.open(400)
        window.resize(SIZE * unit_of(window))
        room.app.processEvents()
        tops = {top(window, each) for each in window.filters.chips.values()}
        assert tops == {top(window, window.keep)} == {top(window, window.export)}
        assert cut(window) == []
    finally:
        room.app.setFont(font)


@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_a_small_screen_shows_all_four_charts(room: Room, tag: str) -> None:
    """1366 × 768, less a title bar and a task bar."""
    i18n.set_language(tag)
    window = room.open(400)
    window.resize(QSize(1366, 700) * unit_of(window))
    room.app.processEvents()
    assert all(top(window, card) + card.height() <= window.height() for card in window.board.cards.values())


@pytest.mark.parametrize("width", [700, 1080, 1366, 1920])
def test_what_is_chosen_moves_no_chart(room: Room, width: int) -> None:
    window = room.open(3000)
    window.resize(round(width * unit_of(window)), 700)
    room.app.processEvents()
    before = top(window, window.board)
    window.filters.wanted = Filter(channel=Channel.PHONE, new_client=True)
    room.do(window.wanted.emit)
    room.settle()
    assert "new clients" in window.heading.text()
    assert top(window, window.board) == before


def test_another_type_while_it_is_open_refits_all_of_it(room: Room) -> None:
    """As if the window had been opened in that type."""
    window = room.open(400)
    window.resize(1400, 900)
    room.app.processEvents()
    font, large = room.app.font(), QFont(room.app.font())
    large.setPointSize(2 * font.pointSize())
    try:
        room.app.setFont(large)
        room.app.processEvents()
        changed = places(window)
        window.close()
        room.app.processEvents()
        room.store.asked.clear()
        fresh = room.open(400)
        fresh.resize(1400, 900)
        room.app.processEvents()
        assert changed == places(fresh)
        assert window is not fresh
        assert fresh.title.mapTo(fresh, QPoint(0, 0)).x() == round(MARGIN * unit_of(fresh))
    finally:
        room.app.setFont(font)


def places(window: MirrorWindow) -> list[tuple[int, int, int, int]]:
    """Where the parts of the window are."""
    parts: list[QWidget] = [window.title, window.heading, window.keep, window.export, *window.filters.lists]
    parts += [*window.filters.chips.values(), *window.board.cards.values()]
    seen = [(at(window, part), part.size()) for part in parts if part.isVisible()]
    return [(place.x(), place.y(), size.width(), size.height()) for place, size in seen]


def at(window: MirrorWindow, part: QWidget) -> QPoint:
    return part.mapTo(window, QPoint(0, 0))


def test_what_was_done_is_seen_though_the_window_is_scrolled_and_takes_no_note_away(
    room: Room, heard: list[str], qapp: QApplication
) -> None:
    window = room.open(400)
    window.resize(900, 400)
    notes = window.foot.text()
    window.copy_text()
    qapp.processEvents()
    assert "Left out as interrupted" in notes
    assert window.foot.text() == notes
    assert window.done.text() == "Copied as text."
    assert top(window, window.done) + window.done.height() <= window.height()
    assert heard[-1] == "Copied as text."
    assert cut(window) == []


def test_what_was_done_is_past_when_something_else_is_asked_for(room: Room) -> None:
    window = room.open(400)
    for other in (window.filters.chips[45].click, window.look_again, room.mirror.speak_anew):
        window.copy_text()
        assert window.done.isVisible()
        room.do(other)
        room.settle()
        assert not window.done.isVisible()


def test_the_export_has_a_button_that_says_what_it_is(room: Room) -> None:
    window = room.open(400)
    opened: list[bool] = []
    window.export_wanted.connect(lambda: opened.append(True))
    window.export.click()
    assert opened == [True]
    assert window.export.text() == "Export…"
    assert window.export.accessibleName() == "Export a month…"
    assert "Export a month…" not in [text for text, _do, _enabled in window.entries()]
