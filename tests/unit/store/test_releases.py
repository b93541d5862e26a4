"""What was given out of a month: once, and the same ever after."""

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kohtaava_desktop.domain.disclosure import Thresholds, released
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import LETTERS, NAME_LENGTH, Release
from kohtaava_desktop.store import database, releases
from kohtaava_desktop.store.errors import Damaged, Locked
from kohtaava_desktop.store.examination import count_meetings
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import Shelf
from tests.unit.store import samples

MONTH, WEEKS, CLOSED = "2026-10", ("2026-W40", "2026-W41", "2026-W42", "2026-W43", "2026-W44"), date(2026, 11, 2)


def meeting(number: int, week: str = "2026-W42", **changes: object) -> Record:
    """A meeting of 45 minutes that counts, whichever ``number`` it has."""
    return samples.record(number, **{"iso_week": week, "planned_minutes": 45, "quality": Quality.OK, **changes})


def october(count: int = 30) -> list[Record]:
    """Meetings of all weeks of October."""
    return [meeting(number, WEEKS[number % 5]) for number in range(count)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kohtaava.db"


@pytest.fixture
def kept(path: Path) -> Meetings:
    kept = Meetings(path)
    kept.add_all(october())
    return kept


def given_out(kept: Meetings, month: str = MONTH, thresholds: Thresholds | None = None) -> Release:
    return kept.release(month, CLOSED, thresholds or Thresholds())


def test_a_month_is_made_of_the_meetings_of_its_weeks(kept: Meetings) -> None:
    kept.add_all([meeting(100, "2026-W39"), meeting(101, "2026-W45"), meeting(102, "2025-W42")])
    release = given_out(kept)
    assert release.groups == released(october())
    assert sum(each.meetings for each in release.groups[0].bins[0][1]) == 30
    assert len(release.contributor) == NAME_LENGTH
    assert set(release.contributor) <= set(LETTERS)


def test_it_is_the_same_ever_after(kept: Meetings, path: Path) -> None:
    first = given_out(kept)
    kept.add_all([meeting(number) for number in range(200, 240)])
    assert given_out(kept) == first
    assert given_out(Meetings(path)) == first
    assert given_out(Meetings(path, mends=False)) == first
    assert Meetings(path).records() == kept.records()


def test_every_month_has_a_name_of_its_own(kept: Meetings) -> None:
    kept.add_all([meeting(number, "2026-W38") for number in range(300, 320)])
    assert given_out(kept, "2026-09").contributor != given_out(kept).contributor


@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2026, 10, 31), date(2020, 1, 1)])
def test_an_open_month_is_not_given_out(kept: Meetings, path: Path, today: date) -> None:
    with pytest.raises(releases.MonthOpen) as refused:
        kept.release(MONTH, today, Thresholds())
    assert refused.value.values == {"month": MONTH, "closes": CLOSED}
    assert samples.rows(path, "SELECT * FROM release") == []


@pytest.mark.parametrize("records", [[], [meeting(1, quality=Quality.FORGOTTEN)] * 1, [meeting(1, "2026-W45")]])
def test_of_an_empty_month_nothing_is_kept(tmp_path: Path, records: list[Record]) -> None:
    kept = Meetings(tmp_path / "other.db")
    kept.add_all(records)
    with pytest.raises(releases.MonthEmpty):
        given_out(kept)
    assert samples.rows(kept.path, "SELECT * FROM release") == []


def test_where_nothing_is_stored_no_file_is_made(path: Path) -> None:
    with pytest.raises(releases.MonthEmpty):
        given_out(Meetings(path))
    assert not path.exists()


@pytest.mark.parametrize("month", ["", "2026-13", "9999-12", "2026-10-01", "'; DROP TABLE meeting"])
def test_what_is_no_month_is_refused(kept: Meetings, month: str) -> None:
    with pytest.raises(ValueError, match="no month"):
        given_out(kept, month)


def test_what_was_made_under_laxer_thresholds_is_refused_and_stays(kept: Meetings) -> None:
    first = given_out(kept)
    with pytest.raises(releases.StricterNow) as refused:
        given_out(kept, thresholds=Thresholds(20))
    assert refused.value.values == {"month": MONTH, "made": 10, "asked": 20, "name": first.name}
    assert given_out(kept) == first


def test_what_was_made_under_stricter_thresholds_stays_so(kept: Meetings) -> None:
    strict = given_out(kept, thresholds=Thresholds(30, 10))
    assert given_out(kept) == strict
    assert strict.thresholds == Thresholds(30, 10)


def test_it_goes_with_the_last_week_of_its_month(kept: Meetings, path: Path) -> None:
    first = given_out(kept)
    kept.remove_older_than("2026-W44")
    assert given_out(kept) == first, "a part of the month would differ by the weeks that are gone"
    kept.remove_older_than("2026-W45")
    assert samples.rows(path, "SELECT * FROM release") == []
    assert first.contributor.encode() not in path.read_bytes(), "overwritten"
    with pytest.raises(releases.MonthEmpty):
        given_out(kept)


def test_a_month_that_retention_has_cut_is_not_given_out_as_the_whole(kept: Meetings, path: Path) -> None:
    kept.remove_older_than("2026-W42")
    with pytest.raises(releases.MonthCut) as refused:
        given_out(kept)
    assert (refused.value.code, refused.value.values) == ("month-cut", {"month": MONTH})
    assert kept.cut_months() == {MONTH}
    assert samples.rows(path, "SELECT * FROM release") == []
    with pytest.raises(releases.MonthCut):
        given_out(Meetings(path))


def test_a_month_stays_cut_while_meetings_are_kept_longer_again(kept: Meetings) -> None:
    kept.remove_older_than("2026-W42")
    kept.remove_older_than("2025-W01")
    with pytest.raises(releases.MonthCut):
        given_out(kept)


def test_a_month_that_lost_nothing_is_whole(kept: Meetings) -> None:
    """No meeting was in the weeks that were removed, or they are of another month."""
    kept.add_all([meeting(500, "2026-W39"), *(meeting(number, "2026-W47") for number in range(600, 620))])
    kept.remove_older_than("2026-W40")
    assert kept.cut_months() == frozenset()
    assert given_out(kept).groups == released(october())
    kept.remove_older_than("2026-W46")
    assert kept.cut_months() == frozenset()
    assert kept.release("2026-11", date(2026, 12, 1), Thresholds()).groups


def test_a_month_that_was_given_out_is_so_when_it_is_cut(kept: Meetings) -> None:
    first = given_out(kept)
    kept.remove_older_than("2026-W43")
    assert kept.cut_months() == frozenset()
    assert given_out(kept) == first


def test_a_cut_month_is_forgotten_with_its_last_week(kept: Meetings, path: Path) -> None:
    kept.remove_older_than("2026-W44")
    kept.remove_older_than("2026-W45")
    assert kept.cut_months() == frozenset()
    assert samples.rows(path, "SELECT * FROM cut_month") == []


def test_of_a_file_of_before_no_month_is_known_to_be_cut(kept: Meetings, path: Path) -> None:
    for sql in ("DROP TABLE cut_month", "PRAGMA user_version=3"):
        samples.rows(path, sql)
    assert Meetings(path).cut_months() == frozenset()


# damage


def test_a_cut_month_survives_the_salvage_of_a_damaged_file(kept: Meetings, path: Path) -> None:
    kept.remove_older_than("2026-W42")
    key = kept.records()[3].key.encode()
    damage(path, key + b"2026-W", key + b"2026-X")
    again = Meetings(path)
    with pytest.raises(releases.MonthCut):
        given_out(again)
    assert [notice.code for notice in again.take_notices()] == ["database-set-aside"]


@pytest.mark.parametrize("table", ["cut_month", "release"])
def test_a_month_of_no_calendar_is_damage_and_stops_nothing(kept: Meetings, path: Path, table: str) -> None:
    """One bit makes it of a December; no page and no constraint tells."""
    samples.rows(path, f"INSERT INTO {table} (month) VALUES ('2026-13')")
    with pytest.raises(Damaged):
        count_meetings(path.parent)
    again = Meetings(path)
    assert again.remove_older_than("2026-W01") == 0
    assert [notice.code for notice in again.take_notices()] == ["database-set-aside"]
    assert again.count() == kept.count() > 0
    with pytest.raises(releases.ReleaseLost):
        given_out(again)


def damage(path: Path, find: bytes, put: bytes) -> None:
    data = path.read_bytes()
    assert find in data
    path.write_bytes(data.replace(find, put, 1))


def test_it_survives_the_salvage_of_a_damaged_file(kept: Meetings, path: Path) -> None:
    first = given_out(kept)
    key = kept.records()[3].key.encode()
    damage(path, key + b"2026-W", key + b"2026-X")
    again = Meetings(path)
    assert given_out(again) == first
    assert [notice.code for notice in again.take_notices()] == ["database-set-aside"]


def test_where_the_damage_took_it_the_month_is_not_given_out_again(kept: Meetings, path: Path) -> None:
    given_out(kept)
    kept.add(meeting(400, "2026-W45"))
    path.write_bytes(b"x" * 4096 + path.read_bytes()[4096:])  # the first page: what tables there are
    again = Meetings(path)
    with pytest.raises(releases.ReleaseLost):
        given_out(again)
    with pytest.raises(releases.ReleaseLost):
        again.release("2026-11", date(2027, 1, 1), Thresholds())
    again.add_all([meeting(number, "2026-W50") for number in range(500, 520)])
    assert again.release("2026-12", date(2027, 1, 4), Thresholds()).groups


def test_a_damaged_file_of_before_lost_nothing(tmp_path: Path, kept: Meetings, path: Path) -> None:
    """A file of version 2 that was damaged had given out nothing."""
    rows = "DROP TABLE release", "DROP TABLE cut_month", "PRAGMA user_version=2", "CREATE TABLE alien (x)"
    for sql in rows:
        samples.rows(path, sql)
    damage(path, b"CREATE TABLE visit (\n", b"CREATE TABLE visit (\t")
    again = Meetings(path)
    assert given_out(again).groups == released(october())
    assert [notice.code for notice in again.take_notices()] == ["database-set-aside"]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"thresholds": {"group": 1, "bin": 1}, "groups": []}', "\u00e4"])
def test_what_was_changed_by_hand_is_not_given_out(kept: Meetings, path: Path, content: str) -> None:
    given_out(kept)
    samples.rows(path, "UPDATE release SET content = ?", content)
    with pytest.raises(releases.ReleaseLost):
        given_out(Meetings(path))


def test_a_week_of_no_calendar_is_lost_without_harm() -> None:
    assert [row["month"] for row in releases.lost(["2026-W42", "2026-W54", "2026-W43", "2027-W53"])] == ["2026-10"]


# beside the running program


def test_one_that_does_not_mend_leaves_a_damaged_file_as_it_is(kept: Meetings, path: Path) -> None:
    path.write_bytes(b"x" * 8192)
    before = samples.contents(path.parent)
    with pytest.raises(Damaged):
        given_out(Meetings(path, mends=False))
    assert samples.contents(path.parent) == before


def test_a_locked_file_is_named(kept: Meetings, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    monkeypatch.setattr("kohtaava_desktop.store.database.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Locked):
        given_out(Meetings(path, mends=False))
    other.close()
    assert given_out(Meetings(path, mends=False)).groups


def _ask(path: Path, answers: "multiprocessing.Queue[str]") -> None:
    database.BUSY_SECONDS = 60.0  # in this process: the disk may be slow, and the other two come first
    answers.put(Meetings(path, mends=False).release(MONTH, CLOSED, Thresholds()).contributor)


def test_two_that_ask_at_once_are_given_the_same(kept: Meetings, path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    answers: multiprocessing.Queue[str] = context.Queue()
    asking = [context.Process(target=_ask, args=(path, answers)) for _ in range(3)]
    for each in asking:
        each.start()
    names = {answers.get(timeout=60) for _ in asking}
    for each in asking:
        each.join(60)
    assert names == {given_out(kept).contributor}


def test_the_meetings_that_wait_are_moved_in_first(tmp_path: Path, open_shelf: Callable[[Path], Shelf]) -> None:
    shelf = open_shelf(tmp_path)
    shelf.waiting.add_all(october(12))
    shelf.meetings.add_all([replace(meeting(number), key=f"{number:032x}") for number in range(8)])
    release = shelf.release(MONTH, CLOSED, Thresholds())
    assert sum(each.meetings for each in release.groups[0].bins[0][1]) == 20
