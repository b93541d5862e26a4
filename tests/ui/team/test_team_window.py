"""*Our team*: from the folder to the charts, and what is said where there are none."""

import asyncio
import json
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.team_values import Comparison
from kohtaava_desktop.i18n import formats, team_texts
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.errors import FolderUnusable
from kohtaava_desktop.store.patience import NotAnswering
from kohtaava_desktop.store.team_folder import read_team
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.share import aside
from kohtaava_desktop.ui.team import reading
from kohtaava_desktop.ui.team.charts import CHARTS
from kohtaava_desktop.ui.team.shown import Beside
from kohtaava_desktop.ui.team.window import TeamWindow
from tests.ui.stage import Stage
from tests.ui.team.room import MONTHS, Room
from tests.unit.domain.exports import export, meetings

ALL_MONTHS, LATER_MONTHS = "August\u2009–\u2009October 2026", "September\u2009–\u2009October 2026"


def texts(window: TeamWindow) -> list[str]:
    """The title of the note, or the heading where charts stand."""
    note = window.message
    return [window.heading.text()] if note.isHidden() else [note.title.text(), note.text.text(), note.button.text()]


def entries(window: TeamWindow) -> dict[str, Callable[[], object]]:
    window._fill_menu()
    return {action.text(): action.trigger for action in window.keep.menu().actions() if action.isEnabled()}


def beside(room: Room, window: TeamWindow, what: Beside) -> None:
    room.do(lambda: window.beside_wanted.emit(what))


def everything(window: TeamWindow) -> str:
    """All that the cards say, in tables and to the pointer."""
    shown = window.shown
    assert shown is not None
    said = [mark.said for card in window.board.cards.values() for mark in card.canvas.marks]
    cells = [cell for chart in CHARTS.values() for row in chart.table(shown).rows for cell in row]
    return "\n".join([*said, *cells]).replace("\u00a0", " ")


# a team


def test_three_contributors_are_shown_with_their_months_and_meetings(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    assert texts(window) == [
        "August\u2009–\u2009October 2026 · 45–59 min planned · 180 meetings · 3 contributors a month"
    ]
    assert all(card.canvas.marks for card in window.board.cards.values())
    assert not window.skipped.isVisible()
    assert not window.own_note.isVisible()


def test_one_month_is_chosen_and_all_again(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    months = [window.bar.month.itemText(each) for each in range(window.bar.month.count())]
    assert months == ["All months", "October 2026", "September 2026", "August 2026"]
    room.do(lambda: window.bar.month.setCurrentIndex(1))
    assert texts(window) == ["October 2026 · 45–59 min planned · 60 meetings · 3 contributors a month"]
    assert window.shown is not None
    assert [each.month for each in window.shown.by_month] == list(MONTHS), "side by side they all stay"
    room.do(window.bar.all_months)
    assert "180 meetings" in texts(window)[0]


def test_each_group_of_planned_lengths_has_a_chip_and_the_largest_is_shown_first(room: Room) -> None:
    room.fill(room.folder, 3, planned=(45, 20))
    room.fill(room.folder, 2, MONTHS[:1], planned=(20,), first=20)
    window = room.open()
    assert [chip.text() for chip in window.bar.chips.values()] == ["20–29 min", "45–59 min"]
    assert window.bar.chips[20, 29].isChecked()
    room.do(window.bar.chips[45, 59].click)
    assert "45–59 min planned" in texts(window)[0]


def test_it_says_what_the_command_says(room: Room) -> None:
    room.fill(room.folder, 4)
    window = room.open()
    team, _found = read_team(room.folder, "2026-10")
    [group] = team.view(3).shown
    shown = window.shown
    assert shown is not None
    assert shown.group == group
    said = everything(window)
    median = group.steps[Step.GUIDANCE].median
    assert f"Guidance: median {int(median.value + 0.5)} min, surely {int(median.lowest)}–" in said
    window.copy_text()
    assert f"Team: {ALL_MONTHS}, 3 months, 12 exports" in QGuiApplication.clipboard().text()
    room.choose("2026-09")
    window.copy_text()
    copied = QGuiApplication.clipboard().text().split("\n", 1)[1]
    assert copied == team_texts.described(Comparison(3, team.view(3, {"2026-09"})), formats.months)


def test_the_organisation_can_ask_for_more_contributors(room: Room) -> None:
    room.fill(room.folder, 4)
    room.raise_limit(5)
    window = room.open()
    assert texts(window)[0] == "Not enough contributors yet"
    room.raise_limit(4)
    room.do(room.opener.look_again)
    assert "180" not in texts(window)[0]
    assert "4 contributors a month" in texts(window)[0]


# withheld is not zero


def test_a_withheld_month_is_told_apart_from_one_without_meetings(room: Room) -> None:
    room.fill(room.folder, 3, ("2026-09",), planned=(45, 60))
    room.fill(room.folder, 3, ("2026-10",), planned=(60,))
    room.fill(room.folder, 2, ("2026-08",), planned=(45, 60))
    window = room.open()
    room.choose(None)
    said = everything(window)
    assert "August 2026: Withheld: fewer than 3 contributors in a month" in said
    assert "October 2026: nobody told of meetings of this length" in said
    shown = window.shown
    assert shown is not None
    rows = {row[0]: row[1:] for row in CHARTS["months"].table(shown).rows}
    assert set(rows["August 2026"]) == {"withheld"}
    assert set(rows["October 2026"]) == {"–"}
    assert "withheld" not in "".join(rows["September 2026"])
    laid = CHARTS["months"].lay(
        shown, window.board.cards["months"].canvas._room(6), lambda text, _role: len(text) * 6.0
    )
    assert len(laid.withheld) == 1  # type: ignore[attr-defined]


def test_nothing_of_a_withheld_month_is_said_but_what_is_needed(room: Room) -> None:
    room.fill(room.folder, 3, MONTHS[1:])
    room.fill(room.folder, 2, MONTHS[:1])
    window = room.open()
    assert window.bar.month.findData("2026-08") == -1, "only months of which something may be shown"
    assert "2 contributors" not in everything(window)
    room.choose("2026-08")
    assert texts(window)[0] == "Withheld in this month"
    assert "fewer than 3 contributors" in texts(window)[1]
    room.do(window.message.button.click)
    assert "120 meetings" in texts(window)[0]


def test_a_month_without_such_meetings_says_so(room: Room) -> None:
    room.fill(room.folder, 3, ("2026-09",), planned=(45, 60))
    room.fill(room.folder, 3, ("2026-10",), planned=(60,))
    window = room.open()
    room.choose("2026-10")
    assert texts(window) == [
        "No such meetings",
        "Nobody told of meetings of this planned length in October 2026.",
        "Show all months",
    ]


def tell(folder: Path, people: int, short: int, month: str = "2026-10", first: int = 0) -> None:
    """Exports with so many meetings of 30 minutes, and twenty of 45."""
    folder.mkdir(exist_ok=True)
    for number in range(first, first + people):
        release = export(number, [*meetings(short, 30, number), *meetings(20, 45, number)], month)
        exports.write(folder, release.name, files_of(release))


def test_a_month_that_tells_of_them_otherwise_is_none_without_meetings(room: Room) -> None:
    tell(room.folder, 3, 20, "2026-09")
    tell(room.folder, 3, 6, "2026-10")
    tell(room.folder, 1, 20, "2026-08")
    window = room.open()
    room.choose(None)
    said = everything(window)
    together = "October 2026: These lengths are told together, as 30–59 min"
    withheld = "August 2026: What there may be of these lengths is withheld with 30–59 min"
    assert together in said
    assert withheld in said
    assert "nobody told" not in said
    shown = window.shown
    assert shown is not None
    rows = {row[0]: set(row[1:]) for row in CHARTS["months"].table(shown).rows}
    assert rows["October 2026"] == {"told together"}
    assert rows["August 2026"] == {"withheld"}
    laid = CHARTS["months"].lay(
        shown, window.board.cards["months"].canvas._room(6), lambda text, _role: len(text) * 6.0
    )
    assert len(laid.withheld) == 1  # type: ignore[attr-defined]
    room.choose("2026-10")
    assert texts(window) == ["Told differently in this month", f"{together}.", "Show all months"]
    room.choose("2026-08")
    assert texts(window)[:2] == ["Withheld in this month", f"{withheld}."]
    room.choose("2026-09", (30, 59))
    assert texts(window)[1] == "September 2026: These lengths are told apart, as 30–44 min; 45–59 min."


# own


def test_own_meetings_stand_beside_the_team_and_go_nowhere(room: Room) -> None:
    room.fill(room.folder, 3)
    room.hold(9, "2026-10")
    window = room.open()
    assert "wn meetings" not in everything(window)
    beside(room, window, Beside.OWN)
    assert window.own_note.isVisible()
    assert "Own meetings: " in everything(window)
    assert window.shown is not None
    assert window.shown.beside is not None
    assert window.shown.beside.meetings == 9
    window.copy_text()
    svg = window.picture("svg").decode()
    for kept in (QGuiApplication.clipboard().text(), svg):
        assert "wn meetings" not in kept
        assert "dashed" not in kept
    beside(room, window, Beside.NOTHING)
    assert not window.own_note.isVisible()
    assert svg == window.picture("svg").decode()


def test_own_meetings_are_of_the_months_in_which_the_team_is_shown(room: Room) -> None:
    room.fill(room.folder, 3, MONTHS[1:])
    room.fill(room.folder, 2, MONTHS[:1])
    for month in MONTHS:
        room.hold(9, month)
    window = room.open()
    beside(room, window, Beside.OWN)
    assert window.shown is not None
    assert window.shown.beside is not None
    assert window.shown.beside.meetings == 18


def test_after_everything_was_deleted_nothing_of_ones_own_stands_beside(room: Room) -> None:
    room.fill(room.folder, 3)
    room.hold(9, "2026-10")
    window = room.open()
    beside(room, window, Beside.OWN)
    room.loop.run_until_complete(room.store.delete_everything())
    seen: list[str] = []

    def forget() -> None:
        room.opener.forget_own()
        seen.append(everything(window))  # at once, and not only when the store has been asked

    room.do(forget)
    for said in (*seen, everything(window)):
        assert "wn meetings" not in said
    assert "Own meetings like these: 0, too few yet" in window.foot.text()


def test_own_meetings_that_come_late_from_before_the_deletion_are_let_go(room: Room) -> None:
    room.fill(room.folder, 3)
    room.hold(9, "2026-10")
    window = room.open()
    asked, answers = asyncio.Event(), asyncio.Event()
    store = room.store

    class Late:
        async def records_of(self, month: str) -> list[Record]:
            found = await store.records_of(month)
            asked.set()
            await answers.wait()
            return found

    async def look() -> None:
        room.opener.store = Late()
        window.beside_wanted.emit(Beside.OWN)
        await asked.wait()
        await store.delete_everything()
        room.opener.store = store
        room.opener.forget_own()
        answers.set()
        await room.opener.done()

    room.loop.run_until_complete(look())
    assert "wn meetings" not in everything(window)


def test_own_meetings_are_asked_for_only_when_they_are_wanted(room: Room) -> None:
    room.fill(room.folder, 3)
    asked: list[str] = []

    class Asked:
        async def records_of(self, month: str) -> list[object]:
            asked.append(month)
            return []

    room.opener.store = Asked()  # type: ignore[assignment]
    window = room.open()
    assert asked == []
    beside(room, window, Beside.OWN)
    assert asked == list(MONTHS), "month by month"


def test_too_few_own_meetings_are_counted_and_not_drawn(room: Room) -> None:
    room.fill(room.folder, 3)
    room.hold(4, "2026-10")
    window = room.open()
    beside(room, window, Beside.OWN)
    assert "Own meetings like these: 4, too few yet" in window.foot.text()
    assert window.shown is not None
    assert window.shown.beside is None


def test_own_meetings_that_cannot_be_read_are_said_and_the_team_stays(room: Room) -> None:
    room.fill(room.folder, 3)

    class Failing:
        async def records_of(self, _month: str) -> list[object]:
            raise FolderUnusable("/data", "not-allowed")

    room.opener.store = Failing()  # type: ignore[assignment]
    window = room.open()
    beside(room, window, Beside.OWN)
    assert "/data" in window.foot.text()
    assert "180 meetings" in texts(window)[0]
    i18n.set_language("sv")
    room.opener.speak_anew()
    assert "/data kan inte vara datamapp" in window.foot.text()


def test_a_window_that_is_opened_again_shows_nothing_of_ones_own(room: Room) -> None:
    room.fill(room.folder, 3)
    room.hold(9, "2026-10")
    beside(room, room.open(), Beside.OWN)
    assert room.opener.window is not None
    room.opener.window.close()
    window = room.open_as_set()
    assert window.bar.beside is Beside.NOTHING
    assert "wn meetings" not in everything(window)


def test_a_pair_beside_a_band_of_its_own_is_said_to_hold_the_others(room: Room) -> None:
    room.fill(room.folder, 3)
    for number in range(10, 13):
        release = export(number, [*meetings(4, 30, number), *meetings(9, 45, number)], "2026-10")
        exports.write(room.folder, release.name, files_of(release))
    window = room.open()
    assert [chip.text() for chip in window.bar.chips.values()] == ["30–59 min, others", "45–59 min"]
    room.do(window.bar.chips[30, 59].click)
    assert "30–59 min, others planned" in texts(window)[0]


# made up


def test_a_made_up_team_says_so_wherever_it_goes(room: Room) -> None:
    room.folder.mkdir()
    for number in range(3):
        release = replace(export(number, meetings(20, 45, number), "2026-10"), made_up=True)
        exports.write(room.folder, release.name, files_of(release))
    window = room.open()
    window.copy_text()
    for kept in (texts(window)[0], window.picture("svg").decode(), QGuiApplication.clipboard().text()):
        assert "MADE-UP DATA" in kept.replace("\u00a0", " ")
    room.fill(room.folder, 3, ("2026-10",), first=30)
    room.do(room.opener.look_again)
    assert "MADE-UP DATA" not in texts(window)[0]
    assert "60 meetings" in texts(window)[0]
    assert window.skipped.button.text() == "3 files left out"


# another team


def test_of_two_teams_the_months_are_left_out_that_are_not_shown_of_both(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 4, MONTHS[1:], first=30)
    room.fill(room.other, 2, MONTHS[:1], first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    assert texts(window) == [
        "September\u2009–\u2009October 2026 · 45–59 min planned · 120 meetings · 3 contributors a month"
    ]
    assert window.shown is not None
    assert window.shown.beside is not None
    assert window.shown.beside.meetings == 160
    assert "1 month left out, where the other team's are not shown" in window.foot.text()


def test_another_team_stands_beside_in_the_months_that_both_have(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 4, MONTHS[1:], first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    assert texts(window) == [
        "September\u2009–\u2009October 2026 · 45–59 min planned · 120 meetings · 3 contributors a month"
    ]
    assert "Other team: " in everything(window)
    assert window.bar.other.currentText() == "Beside it: other"
    svg = window.picture("svg").decode()
    assert "Other team, 160 meetings" in svg
    window.copy_text()
    assert f"Other team: {LATER_MONTHS}" in QGuiApplication.clipboard().text()
    beside(room, window, Beside.NOTHING)
    assert "180 meetings" in texts(window)[0]


def test_the_list_beside_the_month_leads_to_own_meetings_and_to_a_dialog_for_another_team(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 3, first=30)
    room.hold(9, "2026-10")
    window = room.open()
    other = window.bar.other

    def pick(entry: str) -> None:
        room.do(lambda: other.setCurrentIndex(other.findText(entry)))

    pick("Beside it: own meetings")
    assert window.shown is not None
    assert window.shown.beside is not None
    pick("Another team…")
    assert other.currentText() == "Beside it: own meetings", "until another folder is chosen"
    [dialog] = window.findChildren(QFileDialog)
    assert dialog.windowTitle() == "Another team's folder"
    room.do(lambda: dialog.fileSelected.emit(str(room.other)))
    dialog.close()
    assert other.currentText() == "Beside it: other"
    assert not window.own_note.isVisible()
    pick("The team alone")
    assert window.shown.beside is None


def test_a_month_that_both_folders_share_an_export_of_is_not_compared(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 3, first=30)
    shared = next(room.folder.glob("kohtaava-2026-10-*"))
    shutil.copytree(shared, room.other / shared.name)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    assert "August\u2009–\u2009September 2026" in texts(window)[0]
    assert "Not compared, as both folders hold the same export: October 2026." in window.foot.text()
    assert window.bar.month.findData("2026-10") == -1


@pytest.mark.parametrize(
    ("other", "title"),
    [
        ("team", "Nothing to compare"),
        ("away", "The other team's folder is not there now"),
        ("july", "Nothing to compare"),
    ],
)
def test_what_cannot_be_compared_leads_back_to_the_team(room: Room, other: str, title: str) -> None:
    room.fill(room.folder, 3)
    room.fill(room.place / "july", 3, ("2026-07",), first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.place / other)))
    assert texts(window)[0] == title
    assert texts(window)[2] == "Show the team alone"
    room.do(window.message.button.click)
    assert "180 meetings" in texts(window)[0]


def test_the_other_team_may_tell_of_the_same_meetings_otherwise(room: Room) -> None:
    tell(room.folder, 3, 20)
    tell(room.other, 3, 6, first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    for span in ((30, 44), (45, 59)):
        room.choose(None, span)
        assert "Other team: These lengths are told together, as 30–59 min" in window.foot.text()
    window.copy_text()
    copied = QGuiApplication.clipboard().text()
    assert "  Other team: told together as 30–59 min\n" in copied
    assert "no meetings" not in copied
    assert "no such meetings" not in window.foot.text()
    room.do(lambda: window.folder_chosen.emit(str(room.other)))
    room.do(lambda: window.another_chosen.emit(str(room.folder)))
    assert [chip.text() for chip in window.bar.chips.values()] == ["30–59 min"], "for this team it is the whole pair"
    assert "30–59 min planned · 78 meetings" in texts(window)[0]
    assert "Other team: These lengths are told apart, as 30–44 min; 45–59 min" in window.foot.text()
    for month, people, first in (("2026-09", 3, 0), ("2026-09", 3, 30), ("2026-08", 3, 0), ("2026-08", 1, 30)):
        tell(room.other if first else room.folder, people, 20, month, first)
    room.do(lambda: window.folder_chosen.emit(str(room.folder)))
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    room.choose(None)
    assert window.shown is not None
    rows = {row[0]: set(row[1:]) for row in CHARTS["months"].table(window.shown).rows}
    assert rows["October 2026, Other team"] == {"told together"}
    assert rows["August 2026, Other team"] == {"withheld"}


def test_it_is_said_which_of_two_teams_shows_the_whole_pair(room: Room) -> None:
    tell(room.folder, 3, 6)
    tell(room.folder, 3, 0, first=20)
    tell(room.other, 3, 6, first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    room.choose(None, (30, 59))
    assert "30–59 min, others planned" in texts(window)[0]
    assert "Other team: all of 30–59 min" in window.foot.text()
    room.do(lambda: window.folder_chosen.emit(str(room.other)))
    room.do(lambda: window.another_chosen.emit(str(room.folder)))
    room.choose(None, (30, 59))
    assert "30–59 min planned" in texts(window)[0]
    assert "Other team: 30–59 min, others" in window.foot.text()


def test_what_is_made_up_is_not_compared_with_what_is_real(room: Room) -> None:
    room.fill(room.folder, 3, ("2026-10",))
    room.other.mkdir()
    for number in range(30, 33):
        release = replace(export(number, meetings(20, 45, number), "2026-10"), made_up=True)
        exports.write(room.other, release.name, files_of(release))
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    assert texts(window) == [
        "Nothing to compare",
        f"The exports in {room.other} are made up: they are not compared with real ones.",
        "Show the team alone",
    ]
    room.do(window.message.button.click)
    assert "60 meetings" in texts(window)[0]


def test_the_other_teams_withheld_group_is_said_to_be(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 2, first=30)
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    assert "The other team's are withheld" in window.foot.text()
    assert window.shown is not None
    assert window.shown.beside is None


# folders


def test_without_a_folder_it_says_who_can_set_one_and_lets_choose_one_for_this_time(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open_as_set()
    title, text, button = texts(window)
    assert title == "No team folder yet"
    assert "in the settings" in text
    assert button == "Choose a folder for this time…"
    room.do(window.message.button.click)
    [dialog] = window.findChildren(QFileDialog)
    room.do(lambda: dialog.fileSelected.emit(str(room.folder)))
    dialog.close()
    assert "180 meetings" in texts(window)[0]
    assert room.settings.text("team_folder") == ""
    window.close()
    assert texts(room.open_as_set())[0] == "No team folder yet"


def test_a_share_that_is_away_is_no_error_and_can_be_tried_again(room: Room) -> None:
    window = room.open()
    assert texts(window)[0] == "The team folder is not there now"
    assert "the share is away" in texts(window)[1]
    room.fill(room.folder, 3)
    room.do(window.message.button.click)
    assert "180 meetings" in texts(window)[0]


def test_a_share_that_goes_while_the_keyboard_is_on_a_length_is_said(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    next(iter(window.bar.chips.values())).setFocus()
    shutil.rmtree(room.folder)
    room.do(window.look_again)
    assert texts(window)[0] == "The team folder is not there now"
    room.fill(room.folder, 3)
    room.do(window.message.button.click)
    assert "180 meetings" in texts(window)[0]


def test_what_was_chosen_holds_while_the_share_is_away(room: Room) -> None:
    room.fill(room.folder, 3, planned=(45, 20))
    window = room.open()
    room.do(window.bar.chips[20, 29].click)
    room.do(lambda: window.bar.month.setCurrentIndex(2))
    chosen = texts(window)
    assert chosen[0].startswith("September 2026 · 20–29 min planned")
    shutil.rmtree(room.folder)
    room.do(window.look_again)
    assert texts(window)[0] == "The team folder is not there now"
    room.fill(room.folder, 3, planned=(45, 20))
    room.do(window.message.button.click)
    assert texts(window) == chosen
    assert window.bar.month.currentText() == "September 2026"


def test_a_share_that_never_answers_is_given_up(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_work: object) -> None:
        raise NotAnswering

    monkeypatch.setattr(aside, "patiently", never)
    room.fill(room.folder, 3)
    assert "the share does not answer" in texts(room.open())[1]


def test_an_empty_folder_says_how_exports_come_into_it(room: Room) -> None:
    room.folder.mkdir()
    window = room.open()
    assert texts(window)[0] == "No exports yet"
    assert "My meetings, Export…" in texts(window)[1]


def test_too_few_contributors_tells_how_many_are_needed_and_not_how_many_there_are(room: Room) -> None:
    said = []
    for people in (1, 2):
        room.fill(room.folder, people)
        said.append(texts(room.open()))
    assert said[0] == said[1]
    assert "3 contributors" in said[0][1]


def test_no_team_is_shown_while_a_policy_cannot_be_read(room: Room) -> None:
    room.fill(room.folder, 3)
    room.break_policy()
    assert "a policy of your organisation cannot be read" in texts(room.open())[1]


def test_what_was_skipped_is_named_only_when_asked(room: Room) -> None:
    room.fill(room.folder, 3)
    (room.folder / "kohtaava-2026-10-copy").mkdir()
    window = room.open()
    assert window.skipped.isVisible()
    assert window.skipped.button.text() == "1 file left out"
    assert not window.skipped.text.isVisible()
    room.do(window.skipped.button.click)
    assert window.skipped.text.hasFocus()
    assert window.skipped.text.toPlainText().startswith(
        "Skipped: kohtaava-2026-10-copy: its name is not that of an export"
    )


def test_nothing_readable_says_why_below(room: Room) -> None:
    room.fill(room.folder, 3)
    for table in room.folder.glob("*/datapackage.json"):
        table.write_text("{}")
    window = room.open()
    assert texts(window)[0] == "No export could be read"
    assert window.skipped.button.text() == "9 files left out"


def test_paths_are_named_where_two_folders_are_read(room: Room) -> None:
    room.fill(room.folder, 3)
    room.fill(room.other, 3, first=30)
    for folder in (room.folder, room.other):
        (folder / "kohtaava-2026-10-copy").mkdir()
    window = room.open()
    room.do(lambda: window.another_chosen.emit(str(room.other)))
    lines = window.skipped.text.toPlainText().splitlines()
    assert len(lines) == 2
    assert str(room.folder) in lines[0]
    assert str(room.other) in lines[1]


# a slow one


def test_it_paints_before_the_folder_is_read(room: Room) -> None:
    room.fill(room.folder, 3)
    room.settings.set("team_folder", str(room.folder))

    async def look() -> None:
        room.opener.open()
        window = room.opener.window
        assert window is not None
        assert window.board.isVisible()
        assert [card.title.text() for card in window.board.cards.values()] == [
            *("Typical meeting of the team", "Farewell", "How long the steps were", "Month by month")
        ]
        assert all(card.canvas.accessibleName() and not card.canvas.marks for card in window.board.cards.values())
        await room.opener.done()

    room.loop.run_until_complete(look())


def test_a_slow_folder_shows_how_far_it_is_and_can_be_stopped(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, goes_on = threading.Event(), threading.Event()

    def slowly(folder: Path, latest: str, step: Callable[[], bool], sharing: object) -> object:
        for _entry in range(7):
            step()
        begun.set()
        assert goes_on.wait(30)
        return read_team(folder, latest, step)

    monkeypatch.setattr(reading, "read_team", slowly)
    room.fill(room.folder, 3)
    room.settings.set("team_folder", str(room.folder))

    async def look() -> None:
        room.opener.open()
        while not begun.is_set():
            await room.loop.run_in_executor(None, begun.wait, 30)
        window = room.opener.window
        assert window is not None
        window._look_how_far()
        assert texts(window) == ["The team folder is being read…", "7 entries looked at", "Stop"]
        window.message.button.click()
        assert texts(window)[0] == "Reading was stopped"
        goes_on.set()
        await room.opener.done()
        assert texts(window)[0] == "Reading was stopped", "what comes late is let go"

    room.loop.run_until_complete(look())
    window = room.opener.window
    assert window is not None
    monkeypatch.setattr(reading, "read_team", read_team)
    room.do(window.message.button.click)
    assert "180 meetings" in texts(window)[0]


def test_closed_while_it_reads_nothing_happens(room: Room) -> None:
    room.fill(room.folder, 3)
    room.settings.set("team_folder", str(room.folder))

    async def look() -> None:
        room.opener.open()
        assert room.opener.window is not None
        room.opener.window.close()
        await room.opener.done()

    room.loop.run_until_complete(look())
    assert room.opener.window is None


# pointer, keyboard, to keep


def test_the_menu_opens_it(stage: Stage) -> None:
    async def open_it() -> None:
        stage.presenter.opener.open_team()
        await stage.presenter.opener.team.done()

    stage.run(open_it())
    window = stage.presenter.opener.team.window
    assert window is not None
    assert window.isVisible()
    stage.presenter.speak("sv")
    assert window.windowTitle() == "Vårt team"
    assert window.message.title.text() == "Ingen teammapp ännu"
    window.close()
    assert stage.presenter.opener.team.window is None


def test_my_meetings_leads_to_it(stage: Stage) -> None:
    async def open_it() -> None:
        stage.presenter.opener.open_mirror()
        mirror = stage.presenter.opener.mirror.window
        assert mirror is not None
        mirror.our_team.click()
        await stage.presenter.opener.team.done()

    stage.run(open_it())
    window, mirror = stage.presenter.opener.team.window, stage.presenter.opener.mirror.window
    assert window is not None
    assert mirror is not None
    window.close()
    mirror.close()


def test_the_pointer_names_values(room: Room) -> None:
    room.fill(room.folder, 3)
    chart = room.open().board.cards["steps"].canvas
    mark = chart.marks[1]
    place = QPointF(*mark.spot) * unit_of(chart)
    none = Qt.MouseButton.NoButton
    kinds = (none, none, Qt.KeyboardModifier.NoModifier)
    move = QMouseEvent(QMouseEvent.Type.MouseMove, place, QPointF(chart.mapToGlobal(place)), *kinds)
    QApplication.sendEvent(chart, move)
    assert chart.mark is not None
    assert chart.mark.said.startswith("Guidance: median")
    QApplication.sendEvent(chart, QEvent(QEvent.Type.Leave))
    assert chart.mark is None


def test_tab_reaches_everything_in_the_order_of_reading(room: Room) -> None:
    room.fill(room.folder, 3, planned=(45, 20))
    (room.folder / "kohtaava-2026-10-copy").mkdir()
    window = room.open()
    window.setFocus()
    order = []
    for _turn in range(60):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused in order:
            break
        order.append(focused)
    cards = [part for card in window.board.cards.values() for part in (card.switch, card.canvas)]
    lists = [window.bar.month, window.bar.other, window.bar.folder]
    rest = [*lists, *cards, window.skipped.button, window.keep]
    chosen = [chip for chip in window.bar.chips.values() if chip.isChecked()]
    assert order == [*chosen, *rest]


def test_arrow_keys_lead_to_the_other_planned_lengths_and_escape_closes(room: Room) -> None:
    room.fill(room.folder, 3, planned=(45, 20))
    window = room.open()
    window.bar.chips[45, 59].setFocus()
    QTest.keyClick(window.bar.chips[45, 59], Qt.Key.Key_Left)
    focused = QApplication.focusWidget()
    assert focused is window.bar.chips[20, 29]
    QTest.keyClick(focused, Qt.Key.Key_Space)
    assert "20–29 min planned" in texts(window)[0]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert room.opener.window is None


def test_all_controls_have_names(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    for card in window.board.cards.values():
        assert card.canvas.accessibleName()
        assert card.switch.accessibleName()
        card.turn()
        assert card.table.accessibleName()
        assert card.table.rowCount() > 0
    assert window.bar.month.accessibleName() == "Month"
    assert window.bar.other.accessibleName() == "What is beside the team"
    assert window.bar.chips[45, 59].accessibleName() == "Planned length: 45–59 min"


def test_pictures_are_written_whole(room: Room, tmp_path: Path) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    notes = window.foot.text()
    for kind in ("png", "svg"):
        path = tmp_path / f"kept.{kind}"
        room.do(partial(window.picture_wanted.emit, str(path)))
        assert window.done.text() == f"Saved: {path}"
    assert QImage(str(tmp_path / "kept.png")).width() > 1000
    assert "Typical meeting of the team" in (tmp_path / "kept.svg").read_text()
    assert list(entries(window)) == ["Save as a picture (PNG)…", "Save as a drawing (SVG)…", "Copy as text"]
    room.do(lambda: window.picture_wanted.emit(str(tmp_path / "away" / "kept.png")))
    assert "could not be written" in window.done.text()
    assert window.foot.text() == notes != ""


def test_what_was_done_is_past_when_something_else_is_asked_for(room: Room) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    for other in (partial(room.choose, "2026-10"), window.wanted.emit, room.opener.speak_anew):
        window.copy_text()
        assert window.done.isVisible()
        room.do(other)
        assert not window.done.isVisible()


def test_where_nothing_is_drawn_nothing_can_be_kept(room: Room) -> None:
    window = room.open_as_set()
    QGuiApplication.clipboard().setText("before")
    window.copy_text()
    window.ask_where("png")
    assert QGuiApplication.clipboard().text() == "before"
    assert window.findChildren(QFileDialog) == []
    assert entries(window) == {}


def test_a_screen_reader_hears_what_is_shown(room: Room, heard: list[str]) -> None:
    room.fill(room.folder, 3)
    window = room.open()
    assert window.heading.text() in heard
    room.choose("2026-10")
    assert heard[-1].startswith("October 2026 · 45–59 min planned")


def test_a_description_edited_by_hand_is_left_out_and_the_rest_is_shown(room: Room) -> None:
    room.fill(room.folder, 4, ("2026-10",))
    first = sorted(room.folder.glob("*/datapackage.json"))[0]
    values = json.loads(first.read_text())
    values["kohtaava"] = "edited"
    first.write_text(json.dumps(values))
    window = room.open()
    assert "60 meetings · 3 contributors" in texts(window)[0]
    assert window.skipped.button.text() == "1 file left out"
