"""What a set of finished meetings says: a mirror for the one who held them, not a meter.

Everything is computed from tallies: how often each value of each measure was seen. A tally can be added up meeting by
meeting as they are stored, so that a million of them is answered as fast as a hundred. Medians, never means alone, and
always with the number of meetings they come from.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage

ENOUGH = 5
"""Of fewer meetings nothing is said but their number: too few yet."""


class Measure(StrEnum):
    """What is counted of a meeting."""

    EMPATHY = "empathy"  # the seconds on each step, all visits together; only meetings that were on it
    GUIDANCE = "guidance"
    ADVICE = "advice"
    FAREWELL = "farewell"
    INTERRUPTED = "interrupted"  # left out of all else for their quality mark, and counted: 1 each
    FORGOTTEN = "forgotten"
    OVER = "over"  # seconds beyond the planned length; below zero where the meeting was shorter
    STEPS_BACK = "steps-back"  # how many


LEFT_OUT = {quality: Measure(quality.value) for quality in Quality if not quality.counts}
"""What is counted of a meeting that is left out of all else."""
OF_STAGE = {stage: Measure(stage.key) for stage in Stage}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which meetings are looked at; ``None`` means all. Weeks are like ``2026-W47``, both ends included."""

    planned_minutes: int | None = None
    channel: Channel | None = None
    new_client: bool | None = None
    interpreter: bool | None = None
    first_week: str | None = None
    last_week: str | None = None

    def takes(self, record: Record) -> bool:
        """Whether ``record`` is one of them."""
        marks = record.marks
        wanted = (self.planned_minutes, self.channel, self.new_client, self.interpreter)
        given = (record.planned_minutes, marks.channel, marks.new_client, marks.interpreter)
        return (
            all(want is None or want == have for want, have in zip(wanted, given, strict=True))
            and (self.first_week is None or self.first_week <= record.iso_week)
            and (self.last_week is None or record.iso_week <= self.last_week)
        )


@dataclass(frozen=True, slots=True)
class Tallies:
    """The values of each measure, and the farewells of each ISO week."""

    values: Mapping[Measure, Counted]
    weeks: Mapping[str, Counted]


@dataclass(frozen=True, slots=True)
class Distribution:
    """The spread of one measure over ``n`` meetings, in seconds (or steps); exact."""

    n: int
    median: float
    lower: float  # the middle half lies from here
    upper: float  # to here
    p90: float
    counted: Counted


@dataclass(frozen=True, slots=True)
class Week:
    """The farewells of one week."""

    iso_week: str
    n: int
    median: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the meetings say. With fewer than 5 of them (``too_few``) there is nothing but their number."""

    n: int
    left_out: Mapping[Quality, int]
    stages: Mapping[Stage, Distribution] = field(default_factory=dict)
    over: Distribution | None = None
    reached_farewell: int = 0
    stepped_back: int = 0
    weeks: tuple[Week, ...] = ()

    @property
    def too_few(self) -> bool:
        """Whether nothing can be said yet."""
        return self.n < ENOUGH


def measured(record: Record) -> Iterator[tuple[Measure, int]]:
    """Each measure of ``record`` with its value; of a meeting that is left out only that it was."""
    if not record.counts:
        yield LEFT_OUT[record.quality], 1
        return
    stages = [stage for stage, _ in record.visits]
    for stage in set(stages):
        yield OF_STAGE[stage], record.seconds_on(stage)
    yield Measure.OVER, sum(seconds for _, seconds in record.visits) - record.planned_minutes * 60
    yield Measure.STEPS_BACK, sum(later < earlier for earlier, later in pairwise(stages))


def tallied(records: Iterable[Record]) -> Tallies:
    """The tallies of ``records``, straight from them."""
    values: dict[Measure, Counter[int]] = {measure: Counter() for measure in Measure}
    weeks: dict[str, Counter[int]] = {}
    for record in records:
        for measure, value in measured(record):
            values[measure][value] += 1
            if measure is Measure.FAREWELL:
                weeks.setdefault(record.iso_week, Counter())[value] += 1
    return Tallies(
        {measure: Counted.of(seen) for measure, seen in values.items() if seen},
        {week: Counted.of(seen) for week, seen in weeks.items()},
    )


def statistics_of(tallies: Tallies) -> Statistics:
    """What ``tallies`` say."""
    none = Counted()
    spread = {measure: _distribution(tallies.values.get(measure, none)) for measure in Measure}
    left_out = {quality: found.n for quality, measure in LEFT_OUT.items() if (found := spread[measure]) is not None}
    over = spread[Measure.OVER]  # every meeting that counts has this measure
    if over is None or over.n < ENOUGH:
        return Statistics(0 if over is None else over.n, left_out)
    stages = {stage: found for stage in Stage if (found := spread[OF_STAGE[stage]]) is not None}
    back = tallies.values.get(Measure.STEPS_BACK, none)
    return Statistics(
        over.n,
        left_out,
        stages,
        over,
        stages[Stage.FAREWELL].n if Stage.FAREWELL in stages else 0,
        sum(meetings for steps, meetings in back if steps > 0),
        tuple(Week(week, found.n, found.median) for week, found in sorted(tallies.weeks.items())),
    )


def _distribution(counted: Counted) -> Distribution | None:
    if counted.n == 0:
        return None
    lower, median, upper, p90 = (counted.quantile(share) for share in (0.25, 0.5, 0.75, 0.9))
    return Distribution(counted.n, median, lower, upper, p90, counted)
