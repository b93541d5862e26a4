"""*Export a month*: what it shows before anything is written, what it writes, and every way it is refused."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from kohtaava_desktop import i18n
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.patience import NotAnswering
from kohtaava_desktop.store.team_folder import read_folder
from kohtaava_desktop.ui.share import aside
from kohtaava_desktop.ui.share.export_window import ExportWindow
from tests.ui.share.desk import POLICY, Desk
from tests.ui.test_accessibility import name, role


def shown(window: ExportWindow) -> list[list[str]]:
    """The rows of the table."""
    table = window.table
    return [
        [item.text() if (item := table.item(row, column)) else "" for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def headers(window: ExportWindow) -> list[str]:
    """What stands over the columns of the table."""
    items = [window.table.horizontalHeaderItem(column) for column in range(window.table.columnCount())]
    return [item.text() for item in items if item is not None]


def written(desk: Desk) -> Path:
    [place] = desk.team_folder.iterdir()
    return place


def ready(desk: Desk) -> ExportWindow:
    """October stands there, and the team's folder is the target."""
    desk.settings.set("team_folder", str(desk.team_folder))
    window = desk.open_export()
    desk.do(window.show_rows.click)
    return window


def test_it_offers_the_closed_months_with_meetings_the_last_one_first(desk: Desk) -> None:
    window = desk.open_export()
    assert [window.month.itemText(each) for each in range(window.month.count())] == ["October 2026", "September 2026"]
    assert window.release is None
    assert shown(window) == []
    assert not window.write.isEnabled()
    assert window.month.hasFocus()


def test_a_month_that_retention_has_cut_is_not_offered(desk: Desk) -> None:
    """Nor shown, where it was cut while the window stood there."""
    window = desk.open_export()
    desk.loop.run_until_complete(desk.store.remove_older_than("2026-W43"))
    desk.do(window.show_rows.click)
    assert window.release is None
    assert window.said.startswith("October 2026 is not exported: its first weeks have been removed")
    window.close()
    assert desk.open_export().month.count() == 0


def test_after_everything_was_deleted_no_rows_and_no_months_stand_there(desk: Desk) -> None:
    window = ready(desk)
    assert shown(window)
    desk.loop.run_until_complete(desk.store.delete_everything())
    seen: list[object] = []

    def forget() -> None:
        desk.exporting.forget()
        seen.extend((window.release, shown(window), window.whose.text()))  # at once

    desk.do(forget)
    assert seen == [None, [], ""]
    assert window.month.count() == 0
    assert not window.write.isEnabled()
    assert window.said == "No month with meetings is over yet. Look again when the first one is."


def test_it_shows_exactly_what_leaves_before_anything_is_written(desk: Desk) -> None:
    window = ready(desk)
    rows = shown(window)
    assert list(desk.team_folder.iterdir()) == []
    desk.do(window.write.click)
    table = (written(desk) / "meetings.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert len(rows) == len(table) > 4
    for row, line in zip(rows, table, strict=True):
        cells = line.split(",")
        assert row[0] == f"{cells[2]}–{cells[3]} min"
        assert row[3] == (cells[8] or "withheld")
    assert "October 2026" in window.whose.text()
    assert "fewer than 10" in window.withheld.text()
    assert window.said == f"Written: {written(desk)}"


def test_what_is_written_is_an_export_that_a_team_reads(desk: Desk) -> None:
    window = ready(desk)
    desk.do(window.write.click)
    taken: list[object] = []
    found = read_folder(desk.team_folder, "2026-10", taken.append)
    assert (taken, found.problems) == ([window.release], 0)


def test_written_again_it_is_the_same(desk: Desk) -> None:
    window = ready(desk)
    desk.do(window.write.click)
    desk.do(window.write.click)
    assert window.said.startswith("It is there already, and the same")


def test_another_month_takes_away_what_stood_there(desk: Desk) -> None:
    window = ready(desk)
    window.month.setCurrentIndex(1)
    assert shown(window) == []
    assert not window.write.isEnabled()
    desk.do(window.show_rows.click)
    assert "September 2026" in window.whose.text()


def test_the_folder_can_be_chosen(desk: Desk) -> None:
    window = desk.open_export()
    desk.do(window.show_rows.click)
    assert not window.write.isEnabled()
    window.choose.click()
    [dialog] = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(desk.team_folder))
    dialog.close()
    desk.do(window.write.click)
    assert written(desk).name.startswith("kohtaava-2026-10-")


@pytest.mark.parametrize("number", [errno.ENOENT, errno.EACCES, errno.ENOSPC])
def test_why_nothing_was_written_is_one_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def failing(*_given: object) -> None:
        raise OSError(number, os.strerror(number))

    window = ready(desk)
    monkeypatch.setattr(exports, "_put", failing)
    desk.do(window.write.click)
    assert window.said.startswith(f"Nothing was written to {desk.team_folder}")
    assert window.write.isEnabled()


def test_a_share_that_does_not_answer_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_work: object) -> None:
        raise NotAnswering

    window = ready(desk)
    monkeypatch.setattr(aside, "patiently", never)
    desk.do(window.write.click)
    assert "does not answer" in window.said
    assert window.write.isEnabled()


def test_nothing_is_shown_nor_written_while_a_policy_cannot_be_read(desk: Desk) -> None:
    desk.break_policy()
    window = desk.open_export()
    desk.do(window.show_rows.click)
    assert window.release is None
    assert window.said.startswith("A policy of your organisation cannot be read")


def test_a_policy_that_breaks_while_the_rows_stand_there_stops_the_writing(desk: Desk) -> None:
    window = ready(desk)
    desk.break_policy()
    desk.do(window.write.click)
    assert list(desk.team_folder.iterdir()) == []
    assert window.said.startswith("A policy of your organisation cannot be read")


def test_a_limit_that_is_raised_while_the_rows_stand_there_holds(desk: Desk) -> None:
    window = ready(desk)
    desk.policy = Layer(Origin.MACHINE_POLICY, POLICY, {"smallest_group": 20})
    desk.settings.reload()
    desk.do(window.write.click)
    assert list(desk.team_folder.iterdir()) == []
    assert "now 20 are asked for" in window.said


def test_what_was_deleted_while_the_rows_stood_there_is_not_written(desk: Desk) -> None:
    window = ready(desk)
    desk.loop.run_until_complete(desk.store.remove_older_than("2026-W53"))
    desk.do(window.write.click)
    assert list(desk.team_folder.iterdir()) == []
    assert "no meeting of October 2026" in window.said


def test_a_clock_that_was_set_back_makes_a_month_open_again_and_its_end_is_written_as_a_day(desk: Desk) -> None:
    window = desk.open_export()
    desk.exporting._today = lambda: date(2026, 10, 20)
    desk.do(window.show_rows.click)
    assert window.said == "October 2026 is not over yet: it can be exported from November 2, 2026 on."
    i18n.set_language("fi")
    desk.exporting.speak_anew()
    assert window.said == "Lokakuu 2026 on vielä kesken: sen voi viedä 2. marraskuuta 2026 alkaen."


def test_without_a_closed_month_it_says_so(desk: Desk) -> None:
    desk.loop.run_until_complete(desk.store.remove_older_than("2026-W47"))
    window = desk.open_export()
    assert "No month with meetings is over yet" in window.said
    assert not window.show_rows.isEnabled()


def test_the_keyboard_is_at_the_month_as_soon_as_there_is_one(qapp: QApplication) -> None:
    window = ExportWindow("/media/team")
    window.show_up()
    qapp.processEvents()
    assert not window.month.hasFocus()
    window.offer(["2026-10"])
    qapp.processEvents()
    assert window.month.hasFocus()
    window.close()


def test_everything_is_reached_by_keyboard_and_has_a_name(desk: Desk) -> None:
    window = ready(desk)
    window.month.setFocus()
    stops: list[QWidget] = []
    while (now := window.focusWidget()) not in stops:
        stops.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    wanted = [window.month, window.table, window.folder, window.choose, window.write, window.leave]
    assert stops == wanted
    assert all(name(each) for each in wanted)
    assert role(window.table) is QAccessible.Role.Table
    assert headers(window) == ["Planned", "Step", "Minutes on it", "Meetings"]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert desk.exporting.window is None


def test_another_language_changes_all_that_stands_there(desk: Desk) -> None:
    window = ready(desk)
    desk.do(window.write.click)
    i18n.set_language("fi")
    desk.exporting.speak_anew()
    assert window.title.text() == "Vie kuukausi"
    assert window.said.startswith("Kirjoitettu")
    assert headers(window)[1] == "Porras"
    assert (window.month.currentText(), window.month.currentData()) == ("lokakuu 2026", "2026-10")
    assert "lokakuu 2026" in window.whose.text()
