"""Statistics against an independent computation: plain lists and the standard library."""

import statistics
from collections import Counter
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import ENOUGH, Filter, Statistics, statistics_of, tallied

marks = st.builds(Marks, st.sampled_from(Channel), st.booleans(), st.booleans())
visits = st.lists(st.tuples(st.sampled_from(Stage), st.integers(0, 5000)), min_size=1, max_size=7).map(tuple)
records = st.builds(
    Record,
    key=st.just(""),
    iso_week=st.sampled_from(("2026-W01", "2026-W02", "2026-W40")),
    planned_minutes=st.sampled_from((15, 45, 90)),
    marks=marks,
    furthest_stage=st.just(Stage.EMPATHY),
    quality=st.sampled_from((Quality.OK, Quality.MENDED, *Quality)),
    visits=visits,
)
many = st.lists(records, max_size=40)


def of(some: list[Record]) -> Statistics:
    """What ``some`` say."""
    return statistics_of(tallied(some))


def used(some: list[Record]) -> list[Record]:
    """Those that count."""
    return [record for record in some if record.quality in (Quality.OK, Quality.MENDED)]


def on(record: Record, stage: Stage) -> int | None:
    """The seconds on a step, or ``None`` when the meeting never was there."""
    found = [seconds for each, seconds in record.visits if each is stage]
    return sum(found) if found else None


@given(many)
def test_every_number_says_how_many_meetings_it_is_from(some: list[Record]) -> None:
    found = of(some)
    assert found.n == len(used(some))
    assert found.too_few == (len(used(some)) < ENOUGH)
    for quality in (Quality.INTERRUPTED, Quality.FORGOTTEN):
        assert found.left_out.get(quality, 0) == sum(record.quality is quality for record in some)


@given(many)
def test_steps_are_told_of_the_meetings_that_were_on_them(some: list[Record]) -> None:
    found = of(some)
    if found.too_few:
        assert not found.stages
        return
    for stage in Stage:
        seconds = [value for record in used(some) if (value := on(record, stage)) is not None]
        if not seconds:
            assert stage not in found.stages
            continue
        spread = found.stages[stage]
        assert spread.n == len(seconds)
        assert spread.median == statistics.median(seconds)
        if len(seconds) > 1:
            lower, _, upper = statistics.quantiles(seconds, n=4, method="inclusive")
            assert (spread.lower, spread.upper) == pytest.approx((lower, upper))
            assert spread.p90 == pytest.approx(statistics.quantiles(seconds, n=10, method="inclusive")[8])


@given(many)
def test_the_rest_of_what_they_say(some: list[Record]) -> None:
    found = of(some)
    if found.too_few:
        return
    over = [sum(seconds for _, seconds in record.visits) - record.planned_minutes * 60 for record in used(some)]
    assert found.over is not None
    assert found.over.median == statistics.median(over)
    assert found.reached_farewell == sum(on(record, Stage.FAREWELL) is not None for record in used(some))
    back = [any(later[0] < earlier[0] for earlier, later in pairwise(record.visits)) for record in used(some)]
    assert found.stepped_back == sum(back)
    for week in found.weeks:
        farewells = [
            value
            for record in used(some)
            if record.iso_week == week.iso_week and (value := on(record, Stage.FAREWELL)) is not None
        ]
        assert (week.n, week.median) == (len(farewells), statistics.median(farewells))
    assert [week.iso_week for week in found.weeks] == sorted(
        {record.iso_week for record in used(some) if on(record, Stage.FAREWELL) is not None}
    )


@given(many)
def test_the_order_of_meetings_changes_nothing(some: list[Record]) -> None:
    assert of(some) == of(some[::-1])


@given(st.lists(st.integers(-50, 50), min_size=1), st.lists(st.integers(-50, 50)))
def test_counted_values_are_put_together_and_taken_apart(first: list[int], second: list[int]) -> None:
    one, other = (Counted.of({value: each.count(value) for value in each}) for each in (first, second))
    both = Counted.together([one, other])
    assert sorted(first + second) == [value for value, count in both for _ in range(count)]
    assert both.less(other) == one
    assert both.median == statistics.median(first + second)


def test_nothing_has_no_median() -> None:
    assert Counted().n == 0
    with pytest.raises(ValueError, match="no values"):
        _ = Counted().median


@pytest.mark.parametrize(
    ("wanted", "takes"),
    [
        (Filter(), True),
        (Filter(planned_minutes=45), True),
        (Filter(planned_minutes=30), False),
        (Filter(channel=Channel.PHONE), True),
        (Filter(channel=Channel.VIDEO), False),
        (Filter(new_client=True), True),
        (Filter(new_client=False), False),
        (Filter(interpreter=False), True),
        (Filter(interpreter=True), False),
        (Filter(first_week="2026-W10"), True),
        (Filter(first_week="2026-W11"), False),
        (Filter(last_week="2026-W10"), True),
        (Filter(last_week="2026-W09"), False),
        (Filter(45, Channel.PHONE, True, False, "2026-W10", "2026-W10"), True),
    ],
)
def test_a_filter_takes_what_it_names(wanted: Filter, takes: bool) -> None:
    record = Record(
        "", "2026-W10", 45, Marks(Channel.PHONE, True, False), Stage.EMPATHY, Quality.OK, ((Stage.EMPATHY, 60),)
    )
    assert wanted.takes(record) is takes


@given(st.lists(st.integers(-20_000, 20_000), min_size=1, max_size=40))
def test_quantiles_are_written_with_the_decimals_that_they_have(values: list[int]) -> None:
    """Tenths at most for 9 of 10, halves for the median, quarters for the middle half: never 0.3999…."""
    counted = Counted.of(Counter(values))
    for share, parts in ((0.9, 10), (0.5, 2), (0.25, 4), (0.75, 4)):
        found = counted.quantile(share)
        assert found == round(found * parts) / parts
        place = Fraction(len(values) - 1) * Fraction(str(share))
        lower, upper = sorted(values)[floor(place)], sorted(values)[ceil(place)]
        assert found == float(lower + (upper - lower) * (place - floor(place)))
