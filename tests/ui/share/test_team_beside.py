"""The team in *My meetings*: from its folder to the dashed line, and what is said where there is none."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit

from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.patience import NotAnswering
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from kohtaava_desktop.ui.share import aside
from tests.ui.share.desk import Desk
from tests.unit.domain.exports import export, meetings


def opened(desk: Desk, folder: Path | None = None) -> MirrorWindow:
    desk.settings.set("team_folder", str(folder or desk.team_folder))
    return desk.open_mirror()


def entries(window: MirrorWindow) -> dict[str, Callable[[], object]]:
    """What can be chosen in the menu."""
    window._fill_menu()
    return {action.text(): action.trigger for action in window.keep.menu().actions()}


def test_without_a_folder_there_is_no_word_of_a_team(desk: Desk) -> None:
    window = desk.open_mirror()
    assert window.team is None
    assert "eam" not in window.foot.text()


def test_the_team_of_the_folder_stands_beside_ones_own(desk: Desk) -> None:
    desk.fill_team(4)
    window = opened(desk)
    assert window.team is not None
    assert window.team.contributors == 4
    assert "dashed" in window.board.cards["typical"].subtitle.text()
    assert "Team: September\u2009–\u2009October 2026" in window.foot.text()
    assert "Files left out…" not in entries(window)


def test_a_made_up_team_is_said_to_be(desk: Desk) -> None:
    for number in range(10, 13):
        release = replace(export(number, meetings(20, 45, number)), made_up=True)
        exports.write(desk.team_folder, release.name, files_of(release))
    window = opened(desk)
    assert window.team is not None
    assert "MADE-UP DATA" in window.foot.text()
    desk.fill_team(1, ("2026-10",))
    desk.do(window.look_again)
    assert window.team is None
    assert "3 files of the team left out" in window.foot.text()


def test_one_planned_length_has_the_team_of_that_length(desk: Desk) -> None:
    desk.fill_team(4)
    window = opened(desk)
    desk.do(window.filters.chips[45].click)
    assert window.team is not None


def test_too_few_contributors_are_told_and_not_shown(desk: Desk) -> None:
    desk.fill_team(2)
    window = opened(desk)
    assert window.team is None
    assert "3 contributors with enough meetings are needed" in window.foot.text()


def test_a_folder_that_is_away_is_told_and_nothing_else_changes(desk: Desk) -> None:
    window = opened(desk, desk.place / "away")
    assert window.team is None
    assert window.shown is not None
    assert "cannot be read now: there is no such folder, or the share is away" in window.foot.text()


def test_a_share_that_never_answers_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_work: object) -> None:
        raise NotAnswering

    monkeypatch.setattr(aside, "patiently", never)
    window = opened(desk)
    assert window.shown is not None
    assert "the share does not answer" in window.foot.text()


def test_no_team_is_shown_while_a_policy_cannot_be_read(desk: Desk) -> None:
    desk.fill_team(4)
    desk.break_policy()
    window = opened(desk)
    assert window.team is None
    assert "a policy of your organisation cannot be read" in window.foot.text()


def test_what_was_left_out_is_counted_and_named_when_asked(desk: Desk) -> None:
    desk.fill_team(3)
    (desk.team_folder / "kohtaava-2026-10-copy").mkdir()
    window = opened(desk)
    assert window.team is not None
    assert "1 file of the team left out" in window.foot.text()
    entries(window)["Files left out…"]()
    [text] = window.findChildren(QPlainTextEdit)
    assert "kohtaava-2026-10-copy" in text.toPlainText()
    text.window().close()


def test_f5_reads_the_folder_anew(desk: Desk) -> None:
    window = opened(desk)
    assert window.team is None
    desk.fill_team(3)
    desk.do(window.look_again)
    assert window.team is not None


def test_another_folder_is_looked_at_at_once(desk: Desk) -> None:
    desk.fill_team(3)
    window = desk.open_mirror()
    desk.settings.set("team_folder", str(desk.team_folder))
    desk.do(desk.mirror.look_at_team)
    assert window.team is not None


def test_the_menu_leads_to_the_export(desk: Desk) -> None:
    desk.mirror.export = desk.exporting.open
    window = desk.open_mirror()
    desk.do(window.export.click)
    assert desk.exporting.window is not None
