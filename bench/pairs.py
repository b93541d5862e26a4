"""Whole runs of two programs in alternating pairs, and what they come to."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from pathlib import Path

from bench.figures import Figure, compared
from bench.world import Cost, Environment, alternating, cost_of, tell

Pairs = Sequence[tuple[Cost, Cost]]


def first_frames(
    what: str,
    ours: Sequence[str],
    theirs: Sequence[str],
    environment: Environment,
    pairs: int,
    against: str,
    goal: float,
) -> list[Figure]:
    """CPU and wall time of two programs that end with their first frame, in so many pairs."""
    costs = alternating(lambda: cost_of(ours, environment), lambda: cost_of(theirs, environment), pairs)
    return [
        in_milliseconds(f"{what}, CPU", costs, against, goal, attrgetter("cpu")),
        in_milliseconds(f"{what}, wall", costs, against, goal),
    ]


def step_up(program: Path, environment: Environment) -> Cost:
    """What ``program``, a ``kohtaava``, takes for a step up of the meeting that runs."""
    cost = cost_of((str(program), "up"), environment)
    tell(environment, {"command": "undo"})  # not measured: so that there is always a step to go up
    return cost


def in_milliseconds(
    what: str, costs: Pairs, against: str, goal: float, part: Callable[[Cost], float] = attrgetter("wall")
) -> Figure:
    """One ``part`` of what each run has cost, compared pair by pair."""
    ours, theirs = ([part(cost) * 1000 for cost in side] for side in zip(*costs, strict=True))
    return compared(what, ours, theirs, against, goal)
