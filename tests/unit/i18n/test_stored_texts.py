"""What the window says of the columns is what the file has."""

from pathlib import Path

import pytest

from kohtaava_desktop.i18n import set_language, stored_texts
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from tests.unit.store import samples


def test_every_column_of_the_file_is_explained(tmp_path: Path) -> None:
    path = tmp_path / MEETINGS
    Meetings(path).add(samples.record(1))
    sql = "SELECT m.name, c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    there = sorted(map(tuple, samples.rows(path, sql)))
    assert sorted((table.name, column) for table in stored_texts.TABLES for column in table.columns) == there


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences as they are written."""
    set_language("en")


@pytest.mark.parametrize(
    ("meetings", "sentence"),
    [(0, "No meeting is stored."), (1, "1 meeting is stored."), (2, "2 meetings are stored.")],
)
def test_meetings_are_counted_in_words(meetings: int, sentence: str) -> None:
    assert stored_texts.how_many(meetings) == sentence


def test_what_cannot_be_counted_goes_all_the_same() -> None:
    assert "cannot be counted" in stored_texts.how_many(None)
    [line] = stored_texts.what_goes(None, None, None, False, ())
    assert "cannot be counted" in line


def test_what_goes_names_everything_there_is() -> None:
    assert stored_texts.what_goes(0, 0, (), False, ()) == []
    assert stored_texts.what_goes(3, 1, ("kohtaava-2026-09-b", "kohtaava-2026-10-c"), True, ("a.db", "b.db")) == [
        "the meeting in hand, with its exact times",
        "3 stored meetings, 1 of which waits to move in",
        "2 months put together for an export; the folders with their random names:"
        "\n  kohtaava-2026-09-b\n  kohtaava-2026-10-c",
        "2 damaged copies: a.db, b.db",
    ]


def test_of_very_many_months_the_latest_can_be_told_alone() -> None:
    [line] = stored_texts.what_goes(0, 0, ("a", "b", "c"), False, (), most_names=2)
    assert line.splitlines()[1:] == ["  b", "  c", "  …"]
    [line] = stored_texts.what_goes(0, 0, ("a", "b"), False, (), most_names=2)
    assert line.splitlines()[1:] == ["  a", "  b"]


def test_who_wants_to_take_exports_back_notes_their_names_first() -> None:
    assert "note their names" not in stored_texts.what_stays(())
    for prepared in (("kohtaava-2026-09-b",), None):
        assert "note their names" in stored_texts.what_stays(prepared)


def test_all_ways_on_which_something_leaves_are_named() -> None:
    said = stored_texts.nothing_leaves()
    assert all(way in said for way in ("export", "picture", "text"))
