"""What is added up is what the meetings say, whatever came, went and was asked in between."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Tallies, tallied
from kohtaava_desktop.store import database, tallies
from kohtaava_desktop.store.meetings import Meetings

WEEKS = ("2026-W45", "2026-W46", "2026-W47", "2026-W48")
RUNS = "2026-W48"
LENGTHS = (30, 45)

marks = st.builds(Marks, st.sampled_from(Channel), st.booleans(), st.booleans())
visits = st.lists(st.integers(0, 900), min_size=1, max_size=4).map(
    lambda seconds: tuple(zip(list(Stage)[: len(seconds)], seconds, strict=True))
)
records = st.builds(
    Record,
    key=st.integers(0, 40).map(lambda number: f"{number * 7919:032x}"),
    iso_week=st.sampled_from(WEEKS),
    planned_minutes=st.sampled_from(LENGTHS),
    marks=marks,
    furthest_stage=st.just(Stage.EMPATHY),
    quality=st.sampled_from(Quality),
    visits=visits,
)
filters = st.builds(
    Filter,
    planned_minutes=st.none() | st.sampled_from(LENGTHS),
    channel=st.none() | st.sampled_from(Channel),
    new_client=st.none() | st.booleans(),
    interpreter=st.none() | st.booleans(),
    first_week=st.none() | st.sampled_from(WEEKS),
    last_week=st.none() | st.sampled_from(WEEKS),
)
doings = st.lists(
    st.tuples(st.just("add"), st.lists(records, min_size=1, max_size=6))
    | st.tuples(st.just("look"), filters)
    | st.tuples(st.just("remove"), st.sampled_from(WEEKS)),
    max_size=12,
)


def plain(found: Tallies) -> tuple[object, object]:
    """What can be compared."""
    return dict(found.values), dict(found.weeks)


@pytest.fixture
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=60)
@given(doings, filters)
def test_tallies_are_what_the_meetings_say(done: list[tuple[str, object]], last: Filter) -> None:
    with TemporaryDirectory() as name:
        kept, expected = Meetings(Path(name) / "kohtaava.db"), dict[str, Record]()
        for verb, given_ in [*done, ("look", last)]:
            match verb, given_:
                case "add", list(some):
                    kept.add_all(some)
                    expected = {record.key: record for record in reversed(some)} | expected
                case "remove", str(week):
                    kept.remove_older_than(week)
                    expected = {key: record for key, record in expected.items() if record.iso_week >= week}
                case "look", Filter() as wanted:
                    found = kept.tallies(wanted, RUNS)
                    assert plain(found) == plain(tallied(filter(wanted.takes, expected.values())))
        assert kept.tallies_are_right()


def test_a_wrong_number_is_found_and_made_anew(folder: Path) -> None:
    kept = Meetings(folder / "kohtaava.db")
    kept.add_all(some(20))
    right = plain(kept.tallies(Filter(), RUNS))
    db = database.connect(kept.path)
    db.execute("UPDATE tally SET counts = zeroblob(8) WHERE measure = 'over' AND iso_week = '2026-W45'")
    database.close(db, kept.path)
    assert not kept.tallies_are_right()
    kept.add_up_anew()
    assert kept.tallies_are_right()
    assert plain(kept.tallies(Filter(), RUNS)) == right


def test_the_week_that_runs_is_not_added_up(folder: Path) -> None:
    kept = Meetings(folder / "kohtaava.db")
    kept.add_all(some(20))
    kept.tallies(Filter(), RUNS)
    db = database.connect(kept.path)
    assert [week for week in WEEKS if tallies.is_added_up(db, week)] == list(WEEKS[:-1])
    db.close()


def some(count: int) -> list[Record]:
    """Meetings of every week, length and quality."""
    each = list(product(WEEKS, LENGTHS, Quality))
    return [
        Record(
            f"{number * 104_729:032x}",
            week,
            length,
            Marks(),
            Stage.FAREWELL,
            quality,
            tuple((stage, 60 + number * 7) for stage in Stage),
        )
        for number, (week, length, quality) in zip(range(count), each, strict=False)
    ]


def test_years_are_added_up_in_parts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each part is whole weeks, and in the end it is the same as all at once."""
    monkeypatch.setattr("kohtaava_desktop.store.meetings.AT_ONCE", 9)
    kept = Meetings(folder / "kohtaava.db")
    kept.add_all(some(32))
    assert [kept.add_up_some(RUNS) for _ in range(3)] == [False, True, True]
    assert kept.tallies_are_right()
    assert plain(kept.tallies(Filter(), RUNS)) == plain(tallied(some(32)))
