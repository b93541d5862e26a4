"""A journal that was cut, scribbled on, or may not be written: whole lines are found, and nothing is thrown away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.store import files
from kohtaava_desktop.store.errors import DiskFull, ReadOnly
from kohtaava_desktop.store.journal import Journal, Recovered
from kohtaava_desktop.store.lines import alive_line, carve, entry_line
from tests.unit.store import samples
from tests.unit.store.sizes import FEWER

NAME = "meeting-in-hand.db"
READ_ALL = "SELECT name FROM sqlite_master"
LINES = 40
Contents = dict[str, bytes]


def made(closed_at: int) -> Contents:
    """The files of a journal of 40 lines that was closed once, after ``closed_at``, and is open now."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / NAME
        journal = Journal(path)
        if closed_at:
            journal.append_all(samples.entries(closed_at))
            journal.close()
        for number in range(closed_at, LINES):
            journal.append(samples.entry(number))
        contents = samples.contents(path.parent)
        journal.close()
    contents.pop(NAME + "-shm", None)
    return contents


SHAPES = [made(0), made(LINES // 2), made(LINES)]
"""All in the log, half and half, all in the database."""


def read(contents: Contents) -> tuple[Recovered | None, list[str]]:
    """What the next start finds in ``contents``, and what it says; also checks that it can be gone on with."""
    with TemporaryDirectory() as folder:
        path = samples.copied(contents, Path(folder) / "data") / NAME
        journal = Journal(path)
        recovered = journal.read()
        said = [notice.code for notice in journal.take_notices()]
        found = recovered.entries if recovered else []
        if "journal-set-aside" in said:
            assert {aside(name): data for name, data in contents.items()}.items() <= samples.contents(
                path.parent
            ).items()
        journal.append(samples.entry(len(found)))
        journal.close()
        again = journal.read()
        journal.close()
        assert again is not None
        assert again.entries == samples.entries(len(found) + 1)
        assert not again.damaged
        return recovered, said


def aside(name: str) -> str:
    """The name under which a damaged file is kept."""
    return name.replace(NAME, "meeting-in-hand-damaged-1.db")


def check_prefix(recovered: Recovered | None, said: list[str]) -> int:
    """What was found is a beginning of what was durable; how long it is."""
    if recovered is None:
        return 0
    assert recovered.entries == samples.entries(len(recovered.entries))
    assert recovered.alive == recovered.entries[-1].mark
    assert recovered.damaged == ("journal-set-aside" in said)
    return len(recovered.entries)


FILES = [(number, name) for number, shape in enumerate(SHAPES) for name in sorted(shape) if shape[name]]
"""Each file of each shape that has something in it."""


@pytest.mark.proof
@FEWER
@given(st.sampled_from(FILES), st.integers(0))
def test_cut_at_any_byte_it_yields_a_beginning_of_the_meeting(file: tuple[int, str], length: int) -> None:
    shape, name = SHAPES[file[0]], file[1]
    check_prefix(*read({**shape, name: shape[name][: length % len(shape[name])]}))


@pytest.mark.proof
@FEWER
@given(st.sampled_from(FILES), st.integers(0), st.integers(1, 255))
def test_one_damaged_byte_costs_at_most_the_lines_from_there_on(file: tuple[int, str], place: int, change: int) -> None:
    shape, name = SHAPES[file[0]], file[1]
    damaged = bytearray(shape[name])
    place %= len(damaged)
    damaged[place] ^= change
    found = check_prefix(*read({**shape, name: bytes(damaged)}))
    assert found >= lines_that_avoid(shape, name, place)


@pytest.mark.proof
def test_no_byte_of_the_schema_hinders(rounds: Callable[[int, int], int]) -> None:
    """Bytes that SQLite reads before all others, and quotes when it complains."""
    shape = SHAPES[2]
    telling = [place for place in range(4096) if shape[NAME][place]]
    for place in telling[:: rounds(11, 1)]:
        damaged = bytearray(shape[NAME])
        damaged[place] ^= 0x80
        assert check_prefix(*read({**shape, NAME: bytes(damaged)})) == LINES


def lines_that_avoid(shape: Contents, name: str, place: int) -> int:
    """How many lines from the start on still have a copy that the byte at ``place`` of ``name`` is no part of."""
    for number in range(LINES):
        line = entry_line(number, samples.entry(number)).encode()
        copies = [(file, at) for file in shape for at in places(shape[file], line)]
        if all(file == name and at <= place < at + len(line) for file, at in copies):
            return number
    return LINES


def places(data: bytes, line: bytes) -> list[int]:
    found, at = [], data.find(line)
    while at >= 0:
        found.append(at)
        at = data.find(line, at + 1)
    return found


def test_a_log_survives_a_database_cut_to_nothing() -> None:
    recovered, said = read({**SHAPES[0], NAME: b""})
    assert check_prefix(recovered, said) == LINES


def test_a_damaged_log_costs_nothing_that_is_whole_further_on(
    tmp_path: Path, open_journal: Callable[[Path], Journal]
) -> None:
    log = bytearray(SHAPES[0][NAME + "-wal"])
    log[40:4000] = bytes(3960)  # SQLite would drop all that follows
    path = samples.copied({**SHAPES[0], NAME + "-wal": bytes(log)}, tmp_path) / NAME
    assert samples.rows(samples.copied(samples.contents(tmp_path), tmp_path / "copy") / NAME, READ_ALL) == []
    found = open_journal(path).read()
    assert found == Recovered(samples.entries(LINES), samples.entry(LINES - 1).mark)
    assert len(samples.rows(path, "SELECT line FROM entry")) == LINES


def test_a_tree_that_only_reading_survives_is_replaced() -> None:
    damaged = bytearray(SHAPES[2][NAME])
    damaged[4097:4099] = b"\x0f\xf0"  # where the free space of the first page of entries is said to begin
    recovered, said = read({NAME: bytes(damaged)})
    assert check_prefix(recovered, said) == LINES
    assert said == ["journal-set-aside"]


@pytest.mark.parametrize("place", [18, 19])
def test_a_header_that_forbids_writing_is_damage(place: int) -> None:
    damaged = bytearray(SHAPES[2][NAME])
    damaged[place] = 7  # a format that this SQLite may only read, or not even that
    assert check_prefix(*read({NAME: bytes(damaged)})) == LINES


def test_lines_that_begin_no_meeting_are_no_meeting(tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
    path = samples.copied(SHAPES[2], tmp_path) / NAME
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA secure_delete=ON")
        other.execute("UPDATE entry SET line = ? WHERE position = 0", [entry_line(0, samples.entry(1))])
        other.commit()
        other.execute("VACUUM")
    journal = open_journal(path)
    assert journal.read() is None
    assert [notice.values["taps"] for notice in journal.take_notices()] == [0]


class TestUnfinishedReplacement:
    """A crash while a damaged journal was being replaced leaves a second file behind."""

    REPLACEMENT = "meeting-in-hand-replacement.db"

    def test_it_does_not_hinder_the_next_attempt(self, tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
        scribbled = b"no SQLite header" + SHAPES[2][NAME][16:]
        path = samples.copied({NAME: scribbled, self.REPLACEMENT: b"half a file" * 1000}, tmp_path) / NAME
        found = open_journal(path).read()
        assert found == Recovered(samples.entries(LINES), samples.entry(LINES - 1).mark, damaged=True)
        assert self.REPLACEMENT not in samples.names(tmp_path)

    def test_it_goes_with_the_meeting(self, tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
        path = samples.copied({**SHAPES[2], self.REPLACEMENT: SHAPES[2][NAME]}, tmp_path) / NAME
        journal = open_journal(path)
        assert journal.read() is not None
        journal.destroy()
        assert samples.names(tmp_path) == []
        assert journal.read() is None


def test_what_is_no_database_is_set_aside(tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
    (tmp_path / NAME).write_bytes(b"Dear diary, " * 1000)
    for number in (1, 2):
        (tmp_path / NAME).write_bytes(b"Dear diary, " * 1000)
        journal = open_journal(tmp_path / NAME)
        assert journal.read() is None
        [notice] = journal.take_notices()
        aside = tmp_path / f"meeting-in-hand-damaged-{number}.db"
        assert (notice.code, notice.values["set_aside"], notice.values["taps"]) == ("journal-set-aside", str(aside), 0)
        assert aside.read_bytes() == b"Dear diary, " * 1000
    assert samples.names(tmp_path) == ["meeting-in-hand-damaged-1.db", "meeting-in-hand-damaged-2.db"]


def test_what_is_no_database_does_not_hinder_a_new_meeting(
    tmp_path: Path, open_journal: Callable[[Path], Journal]
) -> None:
    (tmp_path / NAME).write_bytes(b"Dear diary, " * 1000)
    journal = open_journal(tmp_path / NAME)
    journal.append(samples.entry(0))
    journal.close()
    found = open_journal(tmp_path / NAME).read()
    assert found is not None
    assert found.entries == samples.entries(1)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entry SET line = replace(line, 'stepped-up', 'sang-a-song') WHERE position = 7",
        "UPDATE entry SET line = replace(line, '17950000', '17950001') WHERE position = 7",
        "UPDATE entry SET line = '' WHERE position = 7",
        "UPDATE entry SET line = x'ff00ff' WHERE position = 7",
        "DELETE FROM entry WHERE position = 7",
        "UPDATE entry SET line = (SELECT line FROM entry WHERE position = 3) WHERE position = 7",
        "DELETE FROM entry WHERE position >= 7; PRAGMA user_version = 2",
        "DELETE FROM entry WHERE position >= 7; UPDATE alive SET line = 'no'",
        "DELETE FROM entry WHERE position >= 7; DROP TABLE alive",
    ],
)
def test_an_unreadable_line_ends_the_meeting_that_is_found(
    tmp_path: Path, change: str, open_journal: Callable[[Path], Journal]
) -> None:
    path = samples.copied(SHAPES[2], tmp_path) / NAME
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA secure_delete=ON")
        other.execute("INSERT INTO alive VALUES (0, ?)", [alive_line(samples.entry(6).mark)])
        other.executescript(change)
        other.execute("VACUUM")
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    changed = path.read_bytes()
    journal = open_journal(path)
    found = journal.read()
    [notice] = journal.take_notices()
    assert found == Recovered(samples.entries(7), samples.entry(6).mark, damaged=True)
    assert notice.values["taps"] == 7
    assert (tmp_path / "meeting-in-hand-damaged-1.db").read_bytes() == changed
    journal.append(samples.entry(7))
    journal.close()
    assert open_journal(path).read() == Recovered(samples.entries(8), samples.entry(7).mark, damaged=False)


def test_a_sign_of_life_outlives_the_damage(tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
    journal = open_journal(tmp_path / NAME)
    journal.append_all(samples.entries(3))
    journal.alive(samples.BEGUN + 600, samples.reading(600))
    journal.close()
    with (tmp_path / NAME).open("r+b") as file:
        file.write(b"scribble")
    journal = open_journal(tmp_path / NAME)
    for _ in range(2):
        found = journal.read()
        assert found is not None
        assert found.alive.at == samples.BEGUN + 600
    journal.close()


@pytest.mark.parametrize("done", ["log moved", "both moved"])
def test_setting_aside_can_be_cut_short_anywhere(
    tmp_path: Path,
    done: str,
    monkeypatch: pytest.MonkeyPatch,
    open_journal: Callable[[Path], Journal],
) -> None:
    log = NAME + "-wal"
    scribbled = {NAME: b"no SQLite header" + SHAPES[1][NAME][16:], log: b"no log" + SHAPES[1][log][6:]}
    path = samples.copied(scribbled, tmp_path) / NAME
    rename = Path.rename

    def fails(self: Path, target: Path) -> Path:
        if (done == "log moved" and self == path) or (done == "both moved" and target == path):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    for broken in (True, False):
        journal = open_journal(path)
        with monkeypatch.context() as patched:
            if broken:
                patched.setattr(Path, "rename", fails)
            found = journal.read()
        assert found is not None
        assert found.entries == samples.entries(LINES)
        assert ("disk-trouble" in [notice.code for notice in journal.take_notices()]) == broken
    assert (tmp_path / "meeting-in-hand-damaged-1.db").read_bytes() == scribbled[NAME]
    assert (tmp_path / "meeting-in-hand-damaged-1.db-wal").read_bytes() == scribbled[log]


def test_what_could_not_be_set_aside_at_the_start_is_with_the_next_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_journal: Callable[[Path], Journal]
) -> None:
    def full(path: Path) -> Path:
        raise OSError(28, "No space left on device")

    scribbled = b"no SQLite header" + SHAPES[2][NAME][16:]
    path = samples.copied({NAME: scribbled}, tmp_path) / NAME
    journal = open_journal(path)
    with monkeypatch.context() as patched:
        patched.setattr(files, "set_aside", full)
        found = journal.read()
        assert found is not None
        assert [notice.code for notice in journal.take_notices()] == ["disk-full"]
        with pytest.raises(DiskFull):
            journal.append(samples.entry(LINES))
    journal.append(samples.entry(LINES))
    assert [notice.code for notice in journal.take_notices()] == ["journal-set-aside"]
    journal.append(samples.entry(LINES + 1))
    journal.close()
    assert (tmp_path / "meeting-in-hand-damaged-1.db").read_bytes() == scribbled
    again = open_journal(path).read()
    assert again is not None
    assert again.entries == samples.entries(LINES + 2)


def test_in_a_folder_that_is_read_only_the_meeting_is_found(
    tmp_path: Path, read_only: Callable[[Path], Callable[[], None]], open_journal: Callable[[Path], Journal]
) -> None:
    for number, shape in enumerate(SHAPES):
        folder = samples.copied(shape, tmp_path / str(number))
        release = read_only(folder)
        journal = open_journal(folder / NAME)
        found = journal.read()
        assert found is not None
        assert found.entries == samples.entries(LINES)
        with pytest.raises(ReadOnly):
            journal.append(samples.entry(LINES))
        assert "read-only" in [notice.code for notice in journal.take_notices()]
        assert samples.contents(folder) == shape
        release()
        journal.append_all(samples.entries(LINES + 2)[LINES:])
        journal.close()
        again = open_journal(folder / NAME).read()
        assert again is not None
        assert again.entries == samples.entries(LINES + 2)


def test_random_bytes_are_never_taken_for_a_line() -> None:
    chance = Random(1)
    noise = b"".join(chance.randbytes(50) + b'0123abcd {"position": ' + chance.randbytes(20) for _ in range(2000))
    assert carve([noise, b'0123abcd {"position": ' + b"[" * 100_000]).entries == []


def test_files_are_left_alone_that_only_look_alike(tmp_path: Path, open_journal: Callable[[Path], Journal]) -> None:
    other = tmp_path / "meeting-in-hand.db.backup"
    other.write_bytes(b"mine")
    journal = open_journal(tmp_path / NAME)
    journal.append_all(samples.finished(3))
    journal.destroy()
    assert samples.contents(tmp_path) == {other.name: b"mine"}
    assert files.size(tmp_path / NAME) == 0
