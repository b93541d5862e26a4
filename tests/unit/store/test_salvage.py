"""A damaged database: set aside as it is, and every row that is whole goes on in a sound one."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.record import Quality, Record, record_of
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store import salvage
from kohtaava_desktop.store.errors import Damaged, DatabaseFromNewerVersion, DiskTrouble, StoreNotice
from kohtaava_desktop.store.meetings import Meetings
from tests.unit.domain.histories import played_meetings
from tests.unit.domain.played import Played
from tests.unit.store import samples
from tests.unit.store.sizes import FEWER

COUNT = 120


@pytest.fixture(scope="module")
def sound() -> bytes:
    """A database of 120 meetings on some fifteen pages."""
    with TemporaryDirectory() as folder:
        kept = Meetings(Path(folder) / "kohtaava.db")
        kept.add_all(samples.records(COUNT))
        return kept.path.read_bytes()


BY_KEY = {record.key: record for record in samples.records(COUNT)}


def opened(folder: Path, data: bytes) -> tuple[Meetings, list[StoreNotice]]:
    """The next start, with ``data`` as the database; opening once more finds nothing wrong."""
    path = folder / "kohtaava.db"
    path.write_bytes(data)
    kept = Meetings(path)
    kept.prepare()
    notices = list(kept.take_notices())
    again = Meetings(path)
    again.prepare()
    assert again.take_notices() == ()
    assert samples.rows(path, "PRAGMA integrity_check") == [("ok",)]
    return kept, notices


def changed(record: Record) -> bool:
    """Whether ``record`` is not as it was stored."""
    return BY_KEY.get(record.key) != record


def unmarked_loss(record: Record) -> bool:
    """Whether ``record`` lost visits, and neither is marked nor lost only visits at its end, below its highest step."""
    if not changed(record) or record.quality in (Quality.INTERRUPTED, Quality.FORGOTTEN):
        return False
    stored = BY_KEY[record.key]
    end_lost = replace(stored, visits=stored.visits[: len(record.visits)])
    return record != end_lost or max(stage for stage, _ in record.visits) is not stored.furthest_stage


@pytest.mark.proof
def test_one_damaged_byte_costs_at_most_one_row(
    sound: bytes, tmp_path: Path, rounds: Callable[[int, int], int]
) -> None:
    chance = Random(200)
    for number in range(rounds(40, 200)):
        folder = tmp_path / str(number)
        folder.mkdir()
        data = bytearray(sound)
        place = chance.randrange(len(data))
        data[place] ^= chance.randrange(1, 256)
        try:
            kept, notices = opened(folder, bytes(data))
        except DatabaseFromNewerVersion:  # the byte made the version a little higher: nothing is touched
            assert 60 <= place < 64
            assert (folder / "kohtaava.db").read_bytes() == data
            continue
        records = kept.records()
        assert len(records) >= COUNT - 1
        differing = [record for record in records if changed(record)]
        assert len(differing) <= 1
        if notices:
            assert [notice.code for notice in notices] == ["database-set-aside"]
            assert notices[0].values["meetings"] == len(records)
            assert (folder / "kohtaava-damaged-1.db").read_bytes() == data
        kept.add(samples.record(1000))


@pytest.mark.proof
def test_no_byte_of_the_schema_costs_a_row(sound: bytes, tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """Bytes that SQLite reads before all others, and quotes when it complains."""
    telling = [place for place in range(4096) if sound[place] and not 60 <= place < 64]
    for place in telling[:: rounds(53, 1)]:
        folder = tmp_path / str(place)
        folder.mkdir()
        kept, _ = opened(folder, sound[:place] + bytes([sound[place] ^ 0x80]) + sound[place + 1 :])
        assert not any(changed(record) for record in kept.records())
        kept.add(samples.record(1000))
        assert kept.count() == COUNT + 1


@pytest.mark.proof
@FEWER
@given(st.integers(0), st.integers(1, 6000), st.sampled_from([b"\x00", b"\xff", b"\x09M\x1d", b"SQLite format 3"]))
def test_a_damaged_stretch_costs_only_what_lies_in_it(sound: bytes, start: int, length: int, filler: bytes) -> None:
    start %= len(sound)
    end = min(len(sound), start + length)
    scribble = (filler * (end - start))[: end - start]
    rows_outside = salvage.carve([sound[:start], sound[end:]])
    found = salvage.carve([sound[:start] + scribble + sound[end:]])
    assert {record.key for record in found.records} >= {record.key for record in rows_outside.records}
    assert not any(unmarked_loss(record) for record in found.records)
    with TemporaryDirectory() as folder:
        try:
            kept, _ = opened(Path(folder), sound[:start] + scribble + sound[end:])
        except DatabaseFromNewerVersion:
            assert start < 64 < end + 4
        else:
            assert len(kept.records()) >= len(rows_outside.records)


@pytest.mark.proof
@FEWER
@given(st.integers(0))
def test_cut_at_any_byte_it_keeps_what_is_before(sound: bytes, length: int) -> None:
    cut = sound[: length % len(sound)]
    with TemporaryDirectory() as folder:
        kept, notices = opened(Path(folder), cut)
        assert bool(notices) == bool(cut)
        assert {record.key for record in kept.records()} == {record.key for record in salvage.carve([cut]).records}


@FEWER
@given(st.lists(played_meetings(), max_size=5))
def test_every_meeting_that_can_be_stored_is_found_whole(several: list[Played]) -> None:
    from datetime import date

    meetings = [played.now for played in several if played.now.finished_at is not None and not played.now.discarded]
    records = [record_of(meeting, date(2026, 11, 20)) for meeting in meetings]
    keyed = [samples.record(0, **_values(record), key=f"{n:032x}") for n, record in enumerate(records)]
    with TemporaryDirectory() as folder:
        kept = Meetings(Path(folder) / "kohtaava.db")
        kept.add_all(keyed)
        assert salvage.carve([kept.path.read_bytes()] if keyed else []) == salvage.Salvaged(tuple(keyed), 0)


def _values(record: Record) -> dict[str, object]:
    return {name: getattr(record, name) for name in Record.__slots__ if name != "key"}


def test_a_file_that_is_whole_loses_nothing_in_salvage(sound: bytes) -> None:
    """Fails when a migration changes a table and the patterns of ``salvage`` are not changed with it."""
    assert salvage.carve([sound]) == salvage.Salvaged(tuple(sorted(BY_KEY.values(), key=lambda each: each.key)), 0)


def test_a_meeting_that_lacks_a_visit_is_kept_and_marked() -> None:
    for lost in range(4):
        with TemporaryDirectory() as folder:
            kept = Meetings(Path(folder) / "kohtaava.db")
            way = tuple((stage, 60) for stage in Stage)
            kept.add(samples.record(1, visits=way, furthest_stage=Stage.FAREWELL, quality=Quality.OK))
            samples.rows(kept.path, "DELETE FROM visit WHERE position = ?", lost)
            samples.rows(kept.path, "VACUUM")
            samples.rows(kept.path, "PRAGMA wal_checkpoint(TRUNCATE)")
            found = salvage.carve([kept.path.read_bytes()])
        assert found.incomplete == 1
        assert [record.quality for record in found.records] == [Quality.INTERRUPTED]
        assert [stage for stage, _ in found.records[0].visits] == [stage for stage in Stage if stage != lost]


def test_a_forgotten_meeting_stays_forgotten_when_it_lacks_a_visit() -> None:
    with TemporaryDirectory() as folder:
        kept = Meetings(Path(folder) / "kohtaava.db")
        kept.add(samples.record(1, visits=(), furthest_stage=Stage.EMPATHY, quality=Quality.FORGOTTEN))
        found = salvage.carve([kept.path.read_bytes()])
    assert [record.quality for record in found.records] == [Quality.FORGOTTEN]


@pytest.fixture
def crashed(tmp_path: Path) -> dict[str, bytes]:
    """The files after a crash before the newest of four meetings was moved out of the log."""
    kept = Meetings(tmp_path / "made" / "kohtaava.db")
    kept.add_all(samples.records(3))
    with closing(sqlite3.connect(kept.path, isolation_level=None)) as other:
        other.execute("PRAGMA wal_autocheckpoint=0")
        row = (LATE, "2026-W47", 45, "phone", 0, 1, "empathy", "ok")
        other.execute("INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        other.execute("INSERT INTO visit VALUES (?, 0, 'empathy', 300)", [LATE])
        contents = samples.contents(kept.path.parent)
    assert LATE.encode() not in contents["kohtaava.db"]
    return {name: contents[name] for name in ("kohtaava.db", "kohtaava.db-wal")}


LATE = "f" * 32


@pytest.mark.parametrize("beginning", [b"", b"no SQLite header"])
def test_rows_that_are_still_in_the_log_are_salvaged(
    crashed: dict[str, bytes], tmp_path: Path, beginning: bytes
) -> None:
    data = beginning and beginning + crashed["kohtaava.db"][16:]
    log = b"no log" + crashed["kohtaava.db-wal"][6:]
    folder = samples.copied({"kohtaava.db": data, "kohtaava.db-wal": log}, tmp_path / "data")
    kept = Meetings(folder / "kohtaava.db")
    kept.prepare()
    assert LATE in {record.key for record in kept.records()}
    assert (folder / "kohtaava-damaged-1.db").read_bytes() == data
    assert (folder / "kohtaava-damaged-1.db-wal").read_bytes() == log


@pytest.mark.parametrize("place", ["the log moved", "all moved", "the successor not finished"])
def test_salvage_can_be_cut_short_anywhere(
    crashed: dict[str, bytes], tmp_path: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"no SQLite header" + crashed["kohtaava.db"][16:]
    log = b"no log" + crashed["kohtaava.db-wal"][6:]
    folder = samples.copied({"kohtaava.db": data, "kohtaava.db-wal": log}, tmp_path / "data")
    path = folder / "kohtaava.db"
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if {"the log moved": self == path, "all moved": target == path}.get(place):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    def refuses(db: object, records: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "rename", fails)
        if place == "the successor not finished":
            broken.setattr("kohtaava_desktop.store.meetings.insert", refuses)
        with pytest.raises(DiskTrouble):
            Meetings(path).prepare()
    kept = Meetings(path)
    kept.prepare()
    assert {record.key for record in kept.records()} == {LATE, *(record.key for record in samples.records(3))}
    assert samples.names(folder) == ["kohtaava-damaged-1.db", "kohtaava-damaged-1.db-wal", "kohtaava.db"]
    assert (folder / "kohtaava-damaged-1.db-wal").read_bytes() == log


def test_a_row_that_is_cut_is_not_read_with_what_is_left_of_it(tmp_path: Path) -> None:
    kept = Meetings(tmp_path / "kohtaava.db")
    kept.add(samples.record(1, visits=((Stage.EMPATHY, 200_000),), furthest_stage=Stage.EMPATHY))
    data, seconds = kept.path.read_bytes(), (200_000).to_bytes(3, "big")
    data = data[: data.rindex(seconds) + len(seconds)]
    for cut in range(1, 60):
        assert [record.visits for record in salvage.carve([data[:-cut]]).records] == [()]


@pytest.mark.parametrize("place", [18, 19])
def test_a_header_that_forbids_writing_is_damage(sound: bytes, tmp_path: Path, place: int) -> None:
    data = bytearray(sound)
    data[place] = 7  # a format that this SQLite may only read, or not even that
    kept = Meetings(tmp_path / "kohtaava.db")
    kept.path.write_bytes(data)
    kept.add(samples.record(1000))
    assert kept.count() == COUNT + 1
    assert (tmp_path / "kohtaava-damaged-1.db").read_bytes() == data


@pytest.mark.parametrize(
    "data",
    [b"Dear diary, " * 1000, b"SQLite format 3\x00" + bytes(5000), b"x", bytes(9000)],
    ids=["text", "header only", "one byte", "zeros"],
)
def test_what_is_no_database_is_set_aside(tmp_path: Path, data: bytes) -> None:
    kept, [notice] = opened(tmp_path, data)
    assert notice.values["meetings"] == 0
    assert (tmp_path / "kohtaava-damaged-1.db").read_bytes() == data
    kept.add(samples.record(1))
    assert kept.records() == [samples.record(1)]


@pytest.mark.parametrize("version", [0, 1])
def test_a_database_of_another_program_is_set_aside(tmp_path: Path, version: int) -> None:
    path = tmp_path / "kohtaava.db"
    samples.rows(path, "CREATE TABLE song (title TEXT)")
    samples.rows(path, "INSERT INTO song VALUES ('a tune')")
    samples.rows(path, f"PRAGMA user_version={version}")
    kept = Meetings(path)
    kept.add(samples.record(1))
    assert kept.count() == 1
    assert samples.rows(tmp_path / "kohtaava-damaged-1.db", "SELECT title FROM song") == [("a tune",)]


def test_an_index_or_view_of_the_team_is_no_damage(tmp_path: Path) -> None:
    kept = Meetings(tmp_path / "kohtaava.db")
    kept.add(samples.record(1))
    samples.rows(kept.path, "CREATE INDEX by_week ON meeting (iso_week)")
    samples.rows(kept.path, "CREATE VIEW weeks AS SELECT DISTINCT iso_week FROM meeting")
    again = Meetings(kept.path)
    again.add(samples.record(2))
    assert again.count() == 2
    assert again.take_notices() == ()


def test_damage_that_shows_only_later_is_met_when_it_shows(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "kohtaava.db"
    path.write_bytes(sound)
    kept = Meetings(path)
    kept.prepare()
    with path.open("r+b") as file:  # the same file as far as anyone can tell
        file.seek(4096)
        file.write(bytes(range(256)) * (len(sound) // 256 - 16))
    kept.add(samples.record(1000))
    assert [notice.code for notice in kept.take_notices()] == ["database-set-aside"]
    assert kept.records() == [samples.record(1000)]


def test_a_second_damaged_file_does_not_replace_the_first(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        opened(tmp_path, b"Dear diary, " * number)
        assert (tmp_path / f"kohtaava-damaged-{number}.db").read_bytes() == b"Dear diary, " * number


def test_if_even_the_successor_is_damaged_it_is_said_and_not_tried_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kohtaava.db").write_bytes(b"Dear diary, " * 1000)
    monkeypatch.setattr("kohtaava_desktop.store.database.is_sound", lambda db: False)
    with pytest.raises(Damaged):
        Meetings(tmp_path / "kohtaava.db").add(samples.record(1))
