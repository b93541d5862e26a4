"""The spread of minutes that are known in bins only: a guess, and between what it must lie.

The bins of different people differ, so they are taken as intervals. Inside one, meetings are guessed to lie evenly; a
bin without an upper end is guessed to reach twice as far as it begins, and at least a quarter of the planned length
beyond. The range holds whatever the guess: the median is no less than if every meeting lay at the lower end of its bin,
and no more than if every one lay at the upper end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf

from kohtaava_desktop.domain.disclosure import NEVER, Ends
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.stages import Stage


@dataclass(frozen=True, slots=True)
class Point:
    """One quantile in minutes: the guess, and the range in which it must lie; ``highest`` ``None``: no end is known.

    A meeting that never was on the step counts with 0 minutes.
    """

    value: float
    lowest: float
    highest: float | None

    @property
    def exact(self) -> bool:
        """Whether it is no guess."""
        return self.lowest == self.highest


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the middle half of ``n`` meetings."""

    n: int
    median: Point
    lower: Point
    upper: Point

    @property
    def known(self) -> bool:
        """Whether anything at all is known of the median: the bins may be too wide to tell."""
        return self.median.highest is not None or self.median.lowest > 0


@dataclass(frozen=True, slots=True)
class _Interval:
    begin: float
    end: float  # infinite where it is not known
    guessed_end: float
    meetings: int


def spread_of_bins(bins: Mapping[Ends, int], planned: int) -> Spread:
    """The spread of meetings in ``bins``; ``planned`` is the shortest planned length. There must be some."""
    intervals = [_interval(ends, bins[ends], planned) for ends in sorted(bins, key=_order)]
    n = sum(each.meetings for each in intervals)
    begins = _cumulated((each.begin, each.meetings) for each in intervals)
    ends = _cumulated((each.end, each.meetings) for each in intervals)
    shares = (0.25, 0.5, 0.75)
    lower, median, upper = (
        _point(guess, _at(begins, floor((n - 1) * share)), _at(ends, ceil((n - 1) * share)))
        for guess, share in zip(_guesses(intervals, [share * n for share in shares]), shares, strict=True)
    )
    return Spread(n, median, lower, upper)


def spread_of_seconds(seconds: Counted) -> Spread:
    """The exact spread of ``seconds``, in minutes. There must be some."""
    lower, median, upper = (Point(*[seconds.quantile(share) / 60] * 3) for share in (0.25, 0.5, 0.75))
    return Spread(seconds.n, median, lower, upper)


def medians_of(steps: Mapping[Stage, Spread | None]) -> dict[Stage, float]:
    """Median seconds of the steps, up to the first of which nothing is known: later ones would stand too early."""
    result: dict[Stage, float] = {}
    for stage in Stage:
        spread = steps[stage]
        if spread is None or not spread.known:
            break
        result[stage] = 60 * spread.median.value
    return result


def _interval(ends: Ends, meetings: int, planned: int) -> _Interval:
    lowest, highest = ends
    begin = float(max(lowest, 0))
    if highest is None:
        return _Interval(begin, inf, max(2 * begin, begin + planned / len(Stage)), meetings)
    end = 0.0 if highest == NEVER else highest + 1.0
    return _Interval(begin, end, end, meetings)


def _order(ends: Ends) -> tuple[int, float]:
    return ends[0], inf if ends[1] is None else ends[1]


def _cumulated(values: Iterable[tuple[float, int]]) -> list[tuple[float, int]]:
    """Each value, in rising order, with how many there are up to it."""
    result, until = [], 0
    for value, meetings in sorted(values):
        until += meetings
        result.append((value, until))
    return result


def _at(cumulated: Sequence[tuple[float, int]], rank: int) -> float:
    """The value of ``rank``, counted from 0."""
    return next(value for value, until in cumulated if until > rank)


def _guesses(intervals: Sequence[_Interval], targets: Iterable[float]) -> list[float]:
    """Where so many meetings lie below, each spread evenly over its interval."""
    marks = sorted({mark for each in intervals for mark in (each.begin, each.guessed_end)})
    until = float(sum(each.meetings for each in intervals if each.begin == each.guessed_end))
    reached = [(marks[0], until)]
    for left, right in pairwise(marks):
        until += sum(
            each.meetings * (right - left) / (each.guessed_end - each.begin)
            for each in intervals
            if each.begin <= left and right <= each.guessed_end
        )
        reached.append((right, until))
    return [_inverse(reached, target) for target in targets]


def _inverse(reached: Sequence[tuple[float, float]], target: float) -> float:
    if target <= reached[0][1]:
        return reached[0][0]
    for (left, before), (right, after) in pairwise(reached):
        if before < target <= after:
            return left + (right - left) * (target - before) / (after - before)
    return reached[-1][0]


def _point(guess: float, lowest: float, highest: float) -> Point:
    return Point(min(max(guess, lowest), highest), lowest, None if highest == inf else highest)
