"""One's own meetings beside a team's: of the same months, and each beside one group at most."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kohtaava_desktop.domain.disclosure import Span
from kohtaava_desktop.domain.months import month_of
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.spread import Spread, spread_of_seconds
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import ENOUGH
from kohtaava_desktop.domain.team import TeamGroup


@dataclass(frozen=True, slots=True)
class Own:
    """One's own meetings beside a group, exact; without ``steps`` there are too few yet."""

    meetings: int
    steps: Mapping[Stage, Spread] = field(default_factory=dict)
    reached: int = 0


def own_beside(groups: Iterable[TeamGroup], records: Iterable[Record]) -> dict[Span, Own]:
    """For each of ``groups``, what those of ``records`` say that are of its lengths and of its months.

    Where a band of planned lengths stands by itself in a month, one's own meetings of it are beside that group and not
    beside the others of its pair: so a meeting is beside one group at most, as those of the team are in one.
    """
    usable = [(month_of(record.iso_week), record) for record in records if record.counts]
    return {
        group.span: _own([record for month, record in usable if _is_beside(group, month, record.planned_minutes)])
        for group in groups
    }


def _is_beside(group: TeamGroup, month: str, planned: int) -> bool:
    elsewhere = any(month == its and low <= planned <= high for its, (low, high) in group.apart)
    return month in group.months and group.shortest <= planned <= group.longest and not elsewhere


def _own(held: list[Record]) -> Own:
    if len(held) < ENOUGH:
        return Own(len(held))
    seconds = {stage: Counter(record.seconds_on(stage) for record in held) for stage in Stage}
    steps = {stage: spread_of_seconds(Counted.of(seconds[stage])) for stage in Stage}
    return Own(len(held), steps, sum(record.furthest_stage is Stage.FAREWELL for record in held))
