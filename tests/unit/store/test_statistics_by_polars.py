"""What the statistics say of a database of 1,500 meetings, against polars, which reads the same tables by itself."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple, replace
from typing import Any

import polars as pl
import pytest

from bench.history import WEEK_THAT_RUNS, WEEKS, record
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution, Filter, Statistics, statistics_of
from kohtaava_desktop.store.meetings import Meetings

MEETINGS = 1500
FILTERS = (
    Filter(),
    Filter(planned_minutes=20),
    Filter(planned_minutes=7),
    Filter(channel=Channel.VIDEO),
    Filter(new_client=True, interpreter=False),
    Filter(first_week="2026-W40"),
    Filter(last_week="2025-W01"),
    Filter(45, Channel.PHONE, False, True, "2025-W30", "2026-W30"),
    Filter(first_week=WEEK_THAT_RUNS, last_week=WEEK_THAT_RUNS),
)
SHARES = (0.5, 0.25, 0.75, 0.9)
NUMBERS = {Stage(number).key: number for number in Stage}
Tables = tuple[pl.DataFrame, pl.DataFrame]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Meetings:
    """Meetings of all kinds, most of them of weeks that are over."""
    chance = random.Random(11)
    meetings = Meetings(tmp_path_factory.mktemp("data") / "kohtaava.db")
    qualities = chance.choices(list(Quality), (80, 10, 6, 4), k=MEETINGS)
    weeks = (*WEEKS[::7], WEEK_THAT_RUNS)
    meetings.add_all(
        replace(record(chance, chance.choice(weeks), chance.getrandbits(128)), quality=quality) for quality in qualities
    )
    return meetings


@pytest.fixture(scope="module")
def tables(kept: Meetings) -> Tables:
    """The tables ``meeting`` and ``visit`` as polars sees them."""
    with closing(sqlite3.connect(kept.path)) as connection:
        found = [_frame(connection, name) for name in ("meeting", "visit")]
    return found[0], found[1]


def _frame(connection: sqlite3.Connection, table: str) -> pl.DataFrame:
    cursor = connection.execute(f"SELECT * FROM {table}")
    return pl.DataFrame(cursor.fetchall(), [column[0] for column in cursor.description], orient="row")


@pytest.mark.parametrize("looks", [1, 2], ids=["when they are added up", "and afterwards"])
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_polars_says_the_same(kept: Meetings, tables: Tables, wanted: Filter, looks: int) -> None:
    if looks == 1:
        kept.add_up_anew()
    found = statistics_of(kept.tallies(wanted, WEEK_THAT_RUNS))
    assert plain(found) == pytest.approx(dict(by_polars(*tables, wanted)))


def test_the_meetings_were_of_all_kinds(tables: Tables) -> None:
    meetings, visits = tables
    assert meetings["quality"].n_unique() == len(Quality)
    assert WEEK_THAT_RUNS in meetings["iso_week"]
    assert visits["position"].max() == 7


def plain(found: Statistics) -> dict[str, float]:
    """Every number of ``found`` by a name of its own."""
    numbers: dict[str, float] = {"n": found.n}
    numbers |= {f"left out {quality}": float(n) for quality, n in found.left_out.items()}
    if found.too_few:
        return numbers
    assert found.over is not None
    numbers["reached"], numbers["back"] = found.reached_farewell, found.stepped_back
    for name, spread in (("over", found.over), *((stage.key, each) for stage, each in found.stages.items())):
        numbers |= _spread(name, spread)
    for week in found.weeks:
        numbers[f"{week.iso_week} n"], numbers[f"{week.iso_week} median"] = week.n, week.median
    return numbers


def _spread(name: str, spread: Distribution) -> dict[str, float]:
    n, *quantiles = astuple(spread)[:5]
    return {f"{name} n": n} | {f"{name} {share}": value for share, value in zip(SHARES, quantiles, strict=True)}


def by_polars(meetings: pl.DataFrame, visits: pl.DataFrame, wanted: Filter) -> Iterator[tuple[str, float]]:
    """The same numbers by the same names."""
    taken = meetings.filter(*_conditions(wanted))
    doubtful = taken.filter(pl.col("quality").is_in(["interrupted", "forgotten"]))
    yield from ((f"left out {quality}", n) for quality, n in doubtful.group_by("quality").len().iter_rows())
    taken = taken.join(doubtful, on="key", how="anti")
    yield "n", taken.height
    if taken.height < 5:
        return
    own = visits.rename({"meeting_key": "key"}).join(taken, on="key")
    lasted = own.group_by("key", "iso_week", "planned_minutes").agg(pl.col("seconds").sum())
    yield from _of("over", lasted.select(pl.col("seconds") - 60 * pl.col("planned_minutes")).to_series())
    stages = own.group_by("key", "stage", "iso_week").agg(pl.col("seconds").sum())
    for (stage,), each in stages.group_by("stage"):
        yield from _of(str(stage), each["seconds"])
    number = pl.col("stage").replace_strict(NUMBERS)
    stepped = own.sort("key", "position").with_columns((number.diff().over("key") < 0).alias("back"))
    yield "back", stepped.group_by("key").agg(pl.col("back").any())["back"].to_list().count(True)
    farewells = stages.filter(pl.col("stage") == "farewell")
    yield "reached", farewells.height
    for (week,), each in farewells.group_by("iso_week"):
        yield f"{week} n", each.height
        yield f"{week} median", _number(each["seconds"].median())


def _conditions(wanted: Filter) -> list[pl.Expr]:
    equal = {
        "planned_minutes": wanted.planned_minutes,
        "channel": None if wanted.channel is None else str(wanted.channel),
        "new_client": None if wanted.new_client is None else int(wanted.new_client),
        "interpreter": None if wanted.interpreter is None else int(wanted.interpreter),
    }
    return [
        *(pl.col(column) == value for column, value in equal.items() if value is not None),
        pl.col("iso_week").is_between(
            pl.lit(wanted.first_week or "0000-W00"), pl.lit(wanted.last_week or "9999-W99"), closed="both"
        ),
    ]


def _of(name: str, values: pl.Series) -> Iterator[tuple[str, float]]:
    yield f"{name} n", len(values)
    for share in SHARES:
        yield f"{name} {share}", _number(values.quantile(share, interpolation="linear"))


def _number(value: Any) -> float:
    assert value is not None
    return float(value)
