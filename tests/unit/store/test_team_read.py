"""A team folder added up, and one's own meetings of a month beside it."""

import asyncio
from dataclasses import replace
from pathlib import Path

from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.domain.team_pair import Sharing
from kohtaava_desktop.store import exports
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from kohtaava_desktop.store.team_folder import read_team, same_folder
from kohtaava_desktop.store.worker import Store
from tests.unit.domain.exports import LATEST, export, meetings
from tests.unit.store import samples


def folder_of(place: Path, people: range) -> Path:
    place.mkdir()
    for number in people:
        release = export(number, meetings(20, 45, number))
        exports.write(place, release.name, files_of(release))
    return place


def test_all_exports_are_added_up_and_all_else_is_told(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "team", range(3))
    (place / "kohtaava-2026-10-copy").mkdir()
    team, found = read_team(place, LATEST)
    assert (team.exports, found.exports, found.problems) == (3, 3, 1)
    assert [group.meetings for group in team.view(3).shown] == [60]


def test_the_same_meetings_under_another_name_are_named_and_counted_once(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "team", range(3))
    for number in (10, 11):
        release = export(number, meetings(20, 45, 1))
        exports.write(place, release.name, files_of(release))
    team, found = read_team(place, LATEST)
    assert (team.exports, found.exports, found.problems) == (3, 3, 2)
    assert {each.reason for each in found.first} == {"same-meetings"}
    assert [group.contributors for group in team.view(3).shown] == [(3, 3)]


def test_made_up_exports_are_read_alone_and_left_out_beside_real_ones(tmp_path: Path) -> None:
    place = tmp_path / "team"
    place.mkdir()
    for number in range(3):
        release = replace(export(number, meetings(20, 45, number)), made_up=True)
        exports.write(place, release.name, files_of(release))
    team, found = read_team(place, LATEST)
    assert (team.made_up, team.exports, found.exports, found.problems) == (True, 3, 3, 0)
    assert team.view(3).made_up
    real = export(7, meetings(20, 45, 7))
    exports.write(place, real.name, files_of(real))
    team, found = read_team(place, LATEST)
    assert (team.made_up, team.exports, found.exports, found.problems) == (False, 1, 1, 3)
    assert {each.reason for each in found.first} == {"made-up"}
    assert team.view(3).shown == ()


def test_an_export_that_two_folders_hold_is_noticed(tmp_path: Path) -> None:
    sharing = Sharing()
    read_team(folder_of(tmp_path / "one", range(3)), LATEST, sharing=sharing)
    sharing.next_folder()
    read_team(folder_of(tmp_path / "other", range(3, 6)), LATEST, sharing=sharing)
    assert sharing.months == set()
    sharing.next_folder()
    read_team(folder_of(tmp_path / "third", range(5, 9)), LATEST, sharing=sharing)
    assert sharing.months == {LATEST}


def test_a_folder_is_the_same_by_whatever_path(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "team", range(1))
    assert same_folder(place, place / ".." / "team")
    assert not same_folder(place, tmp_path)
    assert not same_folder(place, tmp_path / "away")
    assert not same_folder(place, Path("\0"))


def test_own_meetings_of_a_month(tmp_path: Path) -> None:
    weeks = {"2026-W39": 0, "2026-W40": 1, "2026-W44": 2, "2026-W45": 3}  # October is W40 to W44
    held = [samples.record(number, iso_week=week, quality=Quality.OK) for week, number in weeks.items()]
    Meetings(tmp_path / MEETINGS).add_all(held)

    async def ask(month: str) -> list[str]:
        store = Store(tmp_path)
        try:
            return sorted(each.iso_week for each in await store.records_of(month))
        finally:
            await store.close()

    assert asyncio.run(ask("2026-10")) == ["2026-W40", "2026-W44"]
    assert asyncio.run(ask("2026-01")) == []
