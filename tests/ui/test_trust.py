"""*What is stored*: all of it is said, and all of it goes after one question."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.commands import Finish
from kohtaava_desktop.i18n import stored_texts
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.errors import ReadOnly, StoreError
from kohtaava_desktop.store.examination import Kept
from kohtaava_desktop.ui.trust.opening import Trust
from kohtaava_desktop.ui.trust.window import TrustWindow
from tests.ui.stage import Stage

EXPORTS = ("kohtaava-2026-09-bcdfghjkmnpqrstv", "kohtaava-2026-10-vtsrqpnmkjhgfdcb")
MUCH = Kept(12, 1, EXPORTS, True, ("kohtaava-damaged-1.db",))


@dataclass
class Room:
    """The window on a store in memory; nothing here waits for time to pass."""

    app: QApplication
    loop: asyncio.AbstractEventLoop
    now: Kept = MUCH
    failing: StoreError | None = None
    given: dict[str, object] = field(default_factory=dict)
    deletions: int = 0

    def __post_init__(self) -> None:
        self.settings = Settings([lambda: Layer(Origin.MACHINE_POLICY, "/etc/policies.json", dict(self.given))])
        self.trust = Trust(lambda: Path("/home/data"), self.settings, self._delete)
        self.trust.store = self

    async def kept(self) -> Kept:
        return self.now

    async def _delete(self) -> None:
        if self.failing is not None:
            raise self.failing
        self.deletions += 1
        self.now = Kept()

    def open(self) -> TrustWindow:
        self.do(self.trust.open)
        assert self.trust.window is not None
        return self.trust.window

    def do(self, work: Callable[[], object]) -> None:
        """Carry out ``work`` and all that it asks for."""

        async def run() -> None:
            work()
            await self.trust.done()

        self.loop.run_until_complete(run())
        self.app.processEvents()

    def ask(self) -> QMessageBox:
        window = self.open()
        self.do(window.delete.click)
        assert window.question is not None
        return window.question


@pytest.fixture
def room(qapp: QApplication, loop: asyncio.AbstractEventLoop, in_english: None) -> Iterator[Room]:
    assert in_english is None
    room = Room(qapp, loop)
    yield room
    if room.trust.window is not None:
        room.trust.window.close()
    qapp.processEvents()


def button(box: QMessageBox, text: str) -> QAbstractButton:
    return next(each for each in box.buttons() if each.text() == text)


def test_it_says_how_much_there_is_and_where(room: Room) -> None:
    window = room.open()
    assert window.how_many.text() == "12 meetings are stored."
    assert "in hand" in window.also.text()
    assert "2 months put together" in window.also.text()
    assert all(name in window.also.text() for name in EXPORTS), "they are to be noted here"
    assert window.also.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert "kohtaava-damaged-1.db" in window.also.text()
    assert Path(window.path.text()) == Path("/home/data/kohtaava.db")
    assert window.path.isReadOnly()
    assert "24 months" in window.kept_for.text()
    assert window.managed.text() == "Your organisation has set nothing."


def test_every_stored_column_stands_there(room: Room) -> None:
    table = room.open().table
    said = [
        tuple(item.text() if (item := table.item(row, place)) else "" for place in (0, 1))
        for row in range(table.rowCount())
    ]
    for each in stored_texts.TABLES:
        top = said.index((f"{each.row} · {each.name}", ""))
        assert said[top + 1 : top + 1 + len(each.columns)] == list(each.columns.items())
    assert table.verticalScrollBar().maximum() == 0


def test_what_the_organisation_sets_is_shown_at_once(room: Room) -> None:
    window = room.open()
    room.given |= {"retention_months": 6}
    room.settings.reload()
    assert "6 months" in window.kept_for.text()
    assert "/etc/policies.json" in window.kept_for.text()
    assert window.managed.text() == "• Meetings are kept: /etc/policies.json"


def test_one_question_tells_what_goes_and_what_stays(room: Room) -> None:
    box = room.ask()
    said = box.informativeText()
    lines = stored_texts.what_goes(MUCH.meetings, MUCH.waiting, MUCH.prepared, MUCH.in_hand, MUCH.set_aside)
    assert all(name in said for name in EXPORTS)
    assert all(line in said for line in (*lines, stored_texts.what_stays(MUCH.prepared)))
    assert box.defaultButton().text() == "Keep everything"
    assert room.deletions == 0


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_escape_and_enter_keep_everything(room: Room, key: Qt.Key) -> None:
    box = room.ask()
    room.do(lambda: QTest.keyClick(box, key))
    assert room.deletions == 0
    window = room.open()
    assert window.question is None
    assert window.how_many.text() == "12 meetings are stored."


def test_after_yes_everything_is_gone_and_it_is_said(room: Room, heard: list[str]) -> None:
    box = room.ask()
    room.do(button(box, "Delete everything").click)
    window = room.open()
    assert room.deletions == 1
    assert window.how_many.text() == "No meeting is stored."
    assert window.also.text() == ""
    assert window.said.text() == "Everything has been overwritten and deleted."
    assert window.said.text() in heard


def test_what_could_not_be_deleted_is_said(room: Room) -> None:
    room.failing = ReadOnly("/home/data/kohtaava.db")
    box = room.ask()
    room.do(button(box, "Delete everything").click)
    window = room.open()
    assert room.deletions == 0
    assert "/home/data/kohtaava.db" in window.said.text()
    assert window.how_many.text() == "12 meetings are stored."


def test_with_nothing_kept_there_is_no_question(room: Room) -> None:
    room.now = Kept()
    window = room.open()
    room.do(window.delete.click)
    assert window.question is None
    assert window.said.text() == "There is nothing to delete."


def test_the_question_tells_what_there_is_by_then(room: Room) -> None:
    window = room.open()
    room.now = Kept(13)
    room.do(window.delete.click)
    assert window.question is not None
    assert "13 stored meetings" in window.question.informativeText()


def test_another_language_is_taken_at_once(room: Room) -> None:
    window = room.open()
    i18n.set_language("fi")
    room.trust.speak_anew()
    assert window.windowTitle() == "Mitä tallennetaan"
    assert window.how_many.text() == "12 tapaamista on tallennettu."
    item = window.table.item(0, 0)
    assert item is not None
    assert item.text() == "Jokainen päättynyt tapaaminen · meeting"


def test_by_keyboard_alone(room: Room) -> None:
    """Tab comes to the path, the table and the buttons; rows that it reaches can be seen; Escape closes."""
    window = room.open()
    window.resize(500, 420)
    for _layer in range(9):  # of layouts in one another, each told by an event
        room.app.processEvents()
    reached = []
    for _tab in range(4):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [window.path, window.table, window.delete, window.close_button]
    window.table.setFocus()
    for _down in range(window.table.rowCount()):
        QTest.keyClick(window.table, Qt.Key.Key_Down)
    assert window.table.currentRow() == window.table.rowCount() - 1
    cell = window.table.visualItemRect(window.table.currentItem())
    corner = window.table.viewport().mapTo(window, cell.bottomLeft())
    assert window._area.geometry().contains(corner)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert room.trust.window is None


def test_a_screen_reader_gets_names(room: Room, heard: list[str]) -> None:
    window = room.open()
    assert any("12 meetings are stored." in each for each in heard)
    parts = {window.table: "Every stored column", window.path: "File", window.delete: "Delete everything now…"}
    for part, name in parts.items():
        interface = QAccessible.queryAccessibleInterface(part)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name) == name


@pytest.mark.usefixtures("tag")
def test_in_every_language_all_words_have_room(room: Room, tag: str) -> None:
    i18n.set_language("en" if tag == "longer" else tag)
    window = room.open()
    for size in ((760, 820), (440, 500)):
        window.resize(*size)
        room.app.processEvents()
        for label in window.findChildren(QLabel):
            if label.isVisible():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
        for row in range(window.table.rowCount()):
            assert window.table.rowHeight(row) >= window.table.sizeHintForRow(row)
        assert window._inner.width() <= window._area.viewport().width()


def test_it_stands_clear_of_the_overlay(room: Room) -> None:
    overlay = QRect(1500, 40, 300, 200)
    room.do(lambda: room.trust.open(QRect(0, 0, 1920, 1040), overlay))
    assert room.trust.window is not None
    assert not room.trust.window.geometry().intersects(overlay)


def test_the_menu_opens_it_and_deleting_takes_the_running_meeting(stage: Stage) -> None:
    async def run() -> None:
        await stage.controller.start()
        trust = stage.presenter.opener.trust
        trust.store = Room(stage.app, stage.loop, Kept(0, in_hand=True))
        stage.presenter.opener.open_trust()
        await trust.done()
        assert trust.window is not None
        trust.window.delete_wanted.emit()
        await trust.done()

    stage.run(run())
    assert stage.controller.meeting is None
    assert stage.store.journal == []
    window = stage.presenter.opener.trust.window
    assert window is not None
    stage.presenter.speak("sv")
    assert window.windowTitle() == "Vad som sparas"
    window.close()


def test_a_meeting_that_is_stored_meanwhile_is_taken_in(stage: Stage) -> None:
    trust = stage.presenter.opener.trust
    room = Room(stage.app, stage.loop, Kept(11))

    async def run() -> None:
        trust.store = room
        stage.presenter.opener.open_trust()
        await trust.done()
        await stage.controller.start()
        await stage.controller.perform(Finish())
        room.now = Kept(12)
        await stage.controller.settle()
        await trust.done()

    stage.run(run())
    assert trust.window is not None
    assert trust.window.how_many.text() == "12 meetings are stored."
    trust.window.close()
