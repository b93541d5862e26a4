"""Scales of minutes: where an axis ends, and where its numbers stand."""

from collections.abc import Callable
from math import ceil

STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480)
BINS = (1, 2, 5, 10, 15, 30, 60)
"""How many whole minutes a bar may stand for."""


def ticks(minutes: float, most: int, through: int = 1) -> list[int]:
    """Round minutes from 0 up to ``minutes``, at most ``most`` of them and 2 at least, evenly apart.

    One of them is ``through`` where round steps lead there.
    """
    fitting = [each for each in STEPS if minutes / each + 1 <= max(most, 2)] or [ceil(max(minutes, 1))]
    step = next((each for each in fitting if through % each == 0), fitting[0])
    return list(range(0, int(minutes) + 1, step))


def end_of(minutes: float, most: int) -> int:
    """The first round number of minutes that is not below ``minutes``, where an axis with ``most`` numbers can end."""
    step = next((each for each in STEPS if minutes / each <= max(most, 2) - 1), ceil(max(minutes, 1)))
    return max(step, ceil(minutes / step) * step)


def bin_of(minutes: float, room: float, narrowest: float) -> int:
    """How many whole minutes a bar stands for, so that bars over ``minutes`` in ``room`` are not too thin to see."""
    return next((each for each in BINS if room * each >= narrowest * minutes), BINS[-1])


def placed(start: float, length: float, end: float) -> Callable[[float], float]:
    """What gives the place of a value on a scale from 0 to ``end`` that begins at ``start``."""
    per_unit = length / end if end > 0 else 0.0
    return lambda value: start + min(max(value, 0.0), end) * per_unit
