"""Minutes that are known in bins only: the range always holds, and the guess lies in it."""

from collections import Counter
from math import inf
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import NEVER, edges_of, merged
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.spread import Point, spread_of_bins, spread_of_seconds
from kohtaava_desktop.domain.stages import Stage

if TYPE_CHECKING:
    from kohtaava_desktop.domain.disclosure import Ends

minutes = st.integers(NEVER, 130)
people = st.lists(st.lists(minutes, min_size=10, max_size=40), min_size=1, max_size=5)


def test_one_bin_is_spread_evenly() -> None:
    spread = spread_of_bins({(10, 19): 12}, 45)
    assert (spread.lower, spread.median, spread.upper) == (
        Point(12.5, 10, 20),
        Point(15.0, 10, 20),
        Point(17.5, 10, 20),
    )
    assert spread.n == 12


def test_those_that_never_were_there_count_with_no_minutes() -> None:
    assert spread_of_bins({(NEVER, NEVER): 8, (0, 4): 5}, 45).median == Point(0.0, 0.0, 0.0)


def test_a_bin_without_an_end_has_none_in_the_range() -> None:
    spread = spread_of_bins({(0, 9): 5, (10, None): 15}, 40)
    assert spread.median.highest is None
    assert spread.median.lowest == 10
    assert 10 < spread.median.value < 20


def test_a_bin_of_everything_is_guessed_by_the_planned_length() -> None:
    assert spread_of_bins({(0, None): 20}, 60).median == Point(7.5, 0.0, None)


def test_seconds_are_exact() -> None:
    spread = spread_of_seconds(Counted.of({60: 1, 120: 1, 300: 1}))
    assert spread.median == Point(2.0, 2.0, 2.0)
    assert spread.median.exact
    assert (spread.lower.value, spread.upper.value) == (1.5, 3.5)


@given(people, st.sampled_from(Stage), st.sampled_from((5, 30, 90)), st.data())
def test_the_true_quantiles_lie_in_the_range(
    held: list[list[int]], stage: Stage, planned: int, data: st.DataObject
) -> None:
    bins: Counter[Ends] = Counter()
    seconds: list[int] = []
    for each in held:
        own = [max(value, 0) if stage is Stage.EMPATHY else value for value in each]
        for part in merged(Counter(own), 5, edges_of(stage)):
            bins[part.lowest, part.highest] += part.meetings
        seconds += [0 if value == NEVER else 60 * value + data.draw(st.integers(0, 59)) for value in own]
    guessed, exact = spread_of_bins(bins, planned), spread_of_seconds(Counted.of(Counter(seconds)))
    assert guessed.n == exact.n
    for guess, true in ((guessed.lower, exact.lower), (guessed.median, exact.median), (guessed.upper, exact.upper)):
        highest = inf if guess.highest is None else guess.highest
        assert guess.lowest <= true.value <= highest
        assert guess.lowest <= guess.value <= highest
    assert guessed.lower.value <= guessed.median.value <= guessed.upper.value


@given(st.permutations([((0, 4), 5), ((0, 5), 6), ((5, None), 7), ((6, None), 8), ((NEVER, NEVER), 9)]))
def test_the_order_changes_nothing(bins: list[Any]) -> None:
    assert spread_of_bins(dict(bins), 45) == spread_of_bins(dict(sorted(bins, key=str)), 45)


def test_of_nothing_there_is_no_spread() -> None:
    with pytest.raises((StopIteration, IndexError)):
        spread_of_bins({}, 45)
