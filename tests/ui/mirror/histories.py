"""Plausible meetings of one expert, the same ones each time."""

import random
from collections.abc import Sequence

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Statistics, statistics_of, tallied

WEEKS = tuple(f"2026-W{number:02d}" for number in range(34, 48) if number != 42)
"""One of them was a holiday."""
SHARES = {Stage.EMPATHY: 0.11, Stage.GUIDANCE: 0.29, Stage.ADVICE: 0.42, Stage.FAREWELL: 0.14}


def history(count: int, weeks: Sequence[str] = WEEKS, seed: int = 7) -> list[Record]:
    """So many meetings, spread over ``weeks``."""
    chance = random.Random(seed * 10_000 + count)
    return [_meeting(chance, chance.choice(weeks)) for _number in range(count)]


def statistics(count: int, wanted: Filter | None = None, weeks: Sequence[str] = WEEKS) -> Statistics:
    """What so many meetings say."""
    return statistics_of(tallied(filter((wanted or Filter()).takes, history(count, weeks))))


def _meeting(chance: random.Random, week: str) -> Record:
    planned = chance.choices((30, 45, 60, 20, 90), (4, 8, 4, 1, 1))[0]
    path = [Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE]
    if chance.random() < 0.3:
        path += [Stage.GUIDANCE, Stage.ADVICE]
    if chance.random() < 0.91:
        path.append(Stage.FAREWELL)
    visits = []
    for stage in path:
        usual = planned * 60 * SHARES[stage] / path.count(stage)
        visits.append((stage, max(round(usual * chance.lognormvariate(0.0, 0.35)), 5)))
    quality = chance.choices((Quality.OK, Quality.MENDED, Quality.INTERRUPTED, Quality.FORGOTTEN), (92, 5, 2, 1))[0]
    return Record(
        key=f"{chance.getrandbits(128):032x}",
        iso_week=week,
        planned_minutes=planned,
        marks=Marks(chance.choice(list(Channel)), chance.random() < 0.3, chance.random() < 0.3),
        furthest_stage=max(path),
        quality=quality,
        visits=tuple(visits),
    )
