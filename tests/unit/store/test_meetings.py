"""The finished meetings, as the program and as any SQLite tool sees them."""

import os
import re
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store import database, files, meetings
from kohtaava_desktop.store.errors import Damaged, Locked, RecordRefused
from kohtaava_desktop.store.meetings import Meetings
from tests.unit.store import samples
from tests.unit.store.sizes import FEWER

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "kohtaava.db"


@pytest.fixture
def kept(path: Path) -> Meetings:
    return Meetings(path)


def test_looking_makes_no_file(kept: Meetings, path: Path) -> None:
    kept.prepare()
    assert kept.count() == 0
    assert kept.records() == []
    assert kept.own_median_farewell() is None
    assert kept.remove_older_than("2026-W47") == 0
    assert not path.exists()


def test_a_meeting_is_stored_under_the_documented_names(kept: Meetings, path: Path) -> None:
    way = ((Stage.EMPATHY, 240), (Stage.GUIDANCE, 605), (Stage.ADVICE, 1300), (Stage.GUIDANCE, 0))
    record = samples.record(
        1, iso_week="2026-W47", planned_minutes=45, marks=Marks(Channel.VIDEO, new_client=True), visits=way
    )
    kept.add(samples.record(1, **{**_fields(record), "furthest_stage": Stage.ADVICE, "quality": Quality.MENDED}))
    columns = "key, iso_week, planned_minutes, channel, new_client, interpreter, furthest_stage, quality"
    assert samples.rows(path, f"SELECT {columns} FROM meeting") == [
        (record.key, "2026-W47", 45, "video", 1, 0, "advice", "mended")
    ]
    assert samples.rows(path, "SELECT meeting_key, position, stage, seconds FROM visit ORDER BY position") == [
        (record.key, 0, "empathy", 240),
        (record.key, 1, "guidance", 605),
        (record.key, 2, "advice", 1300),
        (record.key, 3, "guidance", 0),
    ]


def _fields(record: object) -> dict[str, object]:
    return {name: getattr(record, name) for name in ("iso_week", "planned_minutes", "marks", "visits")}


def test_nothing_but_the_documented_columns_is_kept(kept: Meetings, path: Path) -> None:
    kept.add(samples.record(1))
    assert samples.rows(path, "SELECT type, name FROM sqlite_master ORDER BY name") == [
        ("table", "cut_month"),
        ("table", "meeting"),
        ("table", "not_added_up"),
        ("table", "release"),
        ("table", "tally"),
        ("table", "visit"),
    ]
    for table in ("meeting", "visit"):
        with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
            samples.rows(path, f"SELECT rowid FROM {table}")


@FEWER
@given(st.lists(st.integers(0, 1000), max_size=12, unique=True))
def test_meetings_read_back_as_they_were(numbers: list[int]) -> None:
    records = [samples.record(number) for number in numbers]
    with TemporaryDirectory() as folder:
        kept = Meetings(Path(folder) / "kohtaava.db")
        for record in records[::2]:
            kept.add(record)
        kept.add_all(records[1::2])
        again = Meetings(kept.path)
        assert again.records() == sorted(records, key=lambda record: record.key)
        assert again.count() == len(records)


def test_the_same_key_again_changes_nothing(kept: Meetings, path: Path) -> None:
    kept.add_all(samples.records(3))
    before = samples.rows(path, "SELECT * FROM visit JOIN meeting ON key = meeting_key")
    kept.add(samples.record(1))
    kept.add(samples.record(99, key=samples.record(1).key))
    assert samples.rows(path, "SELECT * FROM visit JOIN meeting ON key = meeting_key") == before


def test_meetings_go_in_all_or_none(kept: Meetings, path: Path) -> None:
    kept.add(samples.record(1))
    with pytest.raises(RecordRefused):
        kept.add_all([*samples.records(8), samples.record(9, key="f" * 32, planned_minutes=4)])
    assert kept.records() == [samples.record(1)]
    assert samples.rows(path, "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"key": "k"}, "length(key)"),
        ({"key": "K" * 32}, "GLOB"),
        ({"iso_week": "2026-11-22"}, "iso_week"),
        ({"planned_minutes": 241}, "planned_minutes"),
        ({"planned_minutes": 45.5}, "planned_minutes"),
        ({"visits": ((Stage.EMPATHY, -1),)}, "seconds"),
        ({"visits": ((Stage.EMPATHY, 1.5),)}, "seconds"),
    ],
)
def test_what_breaks_a_rule_is_refused(kept: Meetings, changes: dict[str, object], rule: str) -> None:
    with pytest.raises(RecordRefused) as refused:
        kept.add(samples.record(1, **changes))
    assert rule in str(refused.value.values["reason"])
    assert kept.count() == 0


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("meeting", "channel", "letter"),
        ("meeting", "new_client", 2),
        ("meeting", "interpreter", "yes"),
        ("meeting", "furthest_stage", "Empathy"),
        ("meeting", "quality", "good"),
        ("meeting", "iso_week", "2026-W60"),
        ("meeting", "planned_minutes", "soon"),
        ("meeting", "key", None),
        ("visit", "stage", "coffee"),
        ("visit", "position", -1),
        ("visit", "seconds", "long"),
        ("visit", "meeting_key", "f" * 32),
    ],
)
def test_the_file_itself_refuses_other_values(
    kept: Meetings, path: Path, table: str, column: str, value: object
) -> None:
    kept.add(samples.record(1))
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA foreign_keys=ON")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute(f"UPDATE {table} SET {column} = ?", [value])


def test_the_file_takes_every_value_of_the_domain(kept: Meetings) -> None:
    """The migrations write the values out; this holds them against the domain as it is now."""
    several = [samples.record(number, quality=quality) for number, quality in enumerate(Quality)]
    several += [samples.record(10 + number, marks=Marks(channel)) for number, channel in enumerate(Channel)]
    ends = (SHORTEST_MINUTES, LONGEST_MINUTES)
    several += [samples.record(20 + number, planned_minutes=minutes) for number, minutes in enumerate(ends)]
    several += [
        samples.record(30 + stage, furthest_stage=stage, visits=tuple((each, 1) for each in list(Stage)[: stage + 1]))
        for stage in Stage
    ]
    kept.add_all(several)
    assert kept.count() == len(several)


def test_between_calls_the_file_is_whole_by_itself_and_private(kept: Meetings, path: Path) -> None:
    before = os.umask(0)
    try:
        for record in samples.records(3):
            kept.add(record)
            assert list(samples.modes(path.parent)) == [(path.name, 0o600)]
    finally:
        os.umask(before)
    path.chmod(0o644)
    kept.count()
    assert list(samples.modes(path.parent)) == [(path.name, 0o600)]


def test_a_power_cut_while_the_log_is_overwritten_loses_nothing(
    kept: Meetings, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks reach the disk in any order, but the zeroed header before all others: then the log counts for nothing."""
    kept.add_all(samples.records(20))
    seen: list[tuple[dict[str, bytes], int]] = []

    def watched(file: Path, head: int = 0) -> None:
        seen.append((samples.contents(path.parent), head))

    with monkeypatch.context() as patched:
        patched.setattr(files, "overwrite", watched)
        kept.add(samples.record(20))
        kept.add(samples.record(21))
    chance = Random(3)
    for number, (contents, head) in enumerate(seen):
        assert head == 32
        log = bytearray(contents["kohtaava.db-wal"])
        log[:head] = bytes(head)
        for start in range(4096, len(log), 4096):
            if chance.random() < 0.5:
                log[start : start + 4096] = bytes(len(log[start : start + 4096]))
        folder = samples.copied({**contents, "kohtaava.db-wal": bytes(log)}, tmp_path / str(number))
        again = Meetings(folder / "kohtaava.db")
        assert again.count() == 21 + number
        assert again.take_notices() == ()


def test_removing_by_week_leaves_no_trace(kept: Meetings, path: Path) -> None:
    old = [samples.record(number, iso_week="2026-W52") for number in range(0, 60, 2)]
    new = [samples.record(number, iso_week="2027-W01") for number in range(1, 60, 2)]
    for record in [*old, *new]:
        kept.add(record)
    assert kept.remove_older_than("2027-W01") == len(old)
    assert kept.records() == sorted(new, key=lambda record: record.key)
    assert samples.rows(path, "PRAGMA foreign_key_check") == []
    left = path.read_bytes()
    assert all(record.key.encode() in left for record in new)
    assert not any(record.key.encode() in left for record in old)


class TestOrder:
    """A page must not tell in which order its rows came; see ``_insert_among_neighbours``."""

    def test_a_small_file_is_the_same_whatever_the_order(self, tmp_path: Path) -> None:
        made = []
        for number, seed in enumerate((None, 1, 2)):
            several = samples.records(40)
            if seed is not None:
                Random(seed).shuffle(several)
            kept = Meetings(tmp_path / f"{number}.db")
            for record in several:
                kept.add(record)
            made.append(without_counters(kept.path.read_bytes()))
        assert made[0] == made[1] == made[2]

    def test_that_is_not_so_without_care(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(meetings, "NEIGHBOURS", 0)
        assert abs(self.order_told(tmp_path, 40)) > 0.9

    def test_a_larger_file_does_not_tell_either(self, tmp_path: Path) -> None:
        assert abs(self.order_told(tmp_path, 120)) < 0.25  # chance alone makes 0.08

    @staticmethod
    def order_told(tmp_path: Path, count: int) -> float:
        """How far the place of a row in its page follows the order in which the rows came: -1 to 1."""
        several = samples.records(count)
        came = {record.key: number for number, record in enumerate(several)}
        kept = Meetings(tmp_path / "kohtaava.db")
        for record in several:
            kept.add(record)
        data = kept.path.read_bytes()
        agreeing, pairs = 0, 0
        for start in range(0, len(data), 4096):
            found = re.findall(rb"\x09M\x1d.{6}([0-9a-f]{32})", data[start : start + 4096], re.DOTALL)
            order = [came[key.decode()] for key in found]
            for place, earlier in enumerate(order):
                agreeing += sum(1 if earlier < later else -1 for later in order[place + 1 :])
                pairs += len(order) - place - 1
        return agreeing / pairs


def without_counters(data: bytes) -> bytes:
    """A database without the header's counters of changes."""
    return data[:24] + data[28:92] + data[96:]


class TestOwnMedianFarewell:
    def test_it_needs_twenty_meetings(self, kept: Meetings) -> None:
        kept.add_all(samples.with_farewell(number, 60 * number) for number in range(1, 20))
        assert kept.own_median_farewell() is None
        kept.add(samples.with_farewell(20, 1200))
        assert kept.own_median_farewell() == 630

    def test_meetings_without_a_farewell_count_among_the_twenty_only(self, kept: Meetings) -> None:
        kept.add_all(samples.with_farewell(number, 100 + number) for number in range(3))
        ended_early = {"visits": ((Stage.EMPATHY, 900),), "furthest_stage": Stage.EMPATHY, "quality": Quality.OK}
        kept.add_all(samples.record(number, **ended_early) for number in range(10, 27))
        assert kept.own_median_farewell() == 101

    def test_without_any_farewell_there_is_no_median(self, kept: Meetings) -> None:
        ended_early = {"visits": ((Stage.EMPATHY, 900),), "furthest_stage": Stage.EMPATHY, "quality": Quality.OK}
        kept.add_all(samples.record(number, **ended_early) for number in range(25))
        assert kept.own_median_farewell() is None

    def test_mended_meetings_count_and_doubtful_ones_do_not(self, kept: Meetings) -> None:
        kept.add_all(samples.with_farewell(number, 100, Quality.MENDED) for number in range(10))
        kept.add_all(samples.with_farewell(number, 200, Quality.INTERRUPTED) for number in range(10, 20))
        kept.add_all(samples.with_farewell(number, 200, Quality.FORGOTTEN) for number in range(20, 30))
        assert kept.own_median_farewell() is None
        kept.add_all(samples.with_farewell(number, 300) for number in range(30, 40))
        assert kept.own_median_farewell() == 200


def test_another_program_that_keeps_writing_is_waited_for_and_then_named(
    kept: Meetings, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    kept.add(samples.record(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Locked):
            kept.add(samples.record(2))
        other.execute("ROLLBACK")
    kept.add(samples.record(2))
    assert kept.count() == 2


def test_another_program_that_reads_hinders_neither_storing_nor_is_it_hindered(kept: Meetings, path: Path) -> None:
    kept.add(samples.record(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM meeting").fetchone() == (1,)
        kept.add(samples.record(2))
        assert other.execute("SELECT count(*) FROM meeting").fetchone() == (1,)
        other.execute("COMMIT")
        assert other.execute("SELECT count(*) FROM meeting").fetchone() == (2,)
    kept.count()
    assert samples.names(path.parent) == [path.name]


def test_another_program_may_write_between_our_calls_and_keep_the_file_open(kept: Meetings, path: Path) -> None:
    """Its log and ours are one: what we overwrite must never be what it has just written."""
    kept.add(samples.record(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for number in range(2, 30):
            kept.add(samples.record(number))
            other.execute("UPDATE meeting SET interpreter = 1 - interpreter WHERE key = ?", [samples.record(1).key])
            assert other.execute("SELECT count(*) FROM meeting").fetchone() == (number,)
            assert kept.count() == number
        interpreter = other.execute("SELECT interpreter FROM meeting WHERE key = ?", [samples.record(1).key]).fetchone()
    assert interpreter == (int(samples.record(1).marks.interpreter),)
    assert samples.rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_many_at_once_are_kept_as_one_by_one_and_a_key_that_comes_twice_once(kept: Meetings, tmp_path: Path) -> None:
    many = [samples.record(number) for number in (5, 3, 9, 3, 1)]
    kept.add_all(many)
    kept.add_all([samples.record(3), samples.record(4)])
    other = Meetings(tmp_path / "other" / "kohtaava.db")
    for record in (*many, samples.record(4)):
        other.add(record)
    assert kept.records() == other.records()
    assert kept.count() == 5


def test_the_meetings_of_some_weeks(kept: Meetings) -> None:
    assert kept.records_of(["2026-W40"]) == []
    weeks = {"2026-W40": 1, "2026-W41": 2, "2026-W42": 3}
    kept.add_all(samples.record(number, iso_week=week) for week, number in weeks.items())
    assert {record.iso_week for record in kept.records_of(["2026-W42", "2026-W40", "2026-W40"])} == {
        "2026-W40",
        "2026-W42",
    }
    assert kept.records_of([]) == []


def test_a_file_that_the_program_writes_to_meanwhile_is_looked_at_again(
    kept: Meetings, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of it is of before and half of after; that is no damage."""
    kept.add(samples.record(1))
    looking = database.looking

    @contextmanager
    def torn(path: Path, at_rest: bool = False) -> "Iterator[database.Database]":
        if at_rest:
            Meetings(path).add(samples.record(2))
            raise Damaged(path)
        with looking(path) as db:
            yield db

    monkeypatch.setattr(database, "looking", torn)
    assert Meetings(path, mends=False).count() == 2
