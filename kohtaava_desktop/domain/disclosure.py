"""What may leave a workstation: the rules, in the order in which they are applied.

An export tells how long the steps of one person's meetings lasted in one month. It must not tell anything of a single
meeting, and so of a client. This module applies rules 2 to 6, and nothing else does. Of the others, which are told here
for the whole to be seen, the files that apply them are named:

1. *Closed months, once.* A month is given out once its last week is over, and only once: the same month given out again
   is the same, byte for byte. So no two exports differ by one meeting. (``domain/months.py``, ``store/releases.py``)
2. *Groups of ten.* Meetings are told apart by planned length only, in six fixed bands: an unusual length would point
   to its meeting. The bands come in three fixed pairs. If a band has fewer meetings than the group threshold, though
   not none, it is put together with the other one of its pair; if that is no group either, the pair is withheld. So
   of a band that is not told by itself, nobody can say more than that it may have had any number from 1 to 9.
3. *Bins of five.* Within a group, the minutes spent on a step are counted in bins. Neighbouring bins are put together
   until each holds at least as many meetings as the bin threshold. An empty stretch is part of the bin beside it, so
   that no count is zero.
4. *Never, of the farewell only.* Meetings that never were on a step are told apart only for the farewell; for the other
   steps they are part of the lowest bin. A step is never skipped, so the difference between two such counts would be
   the number of meetings that ended on the step between.
5. *No totals.* Nothing is summed over groups. With a group withheld, no number is given from which it could be
   computed. Within a group nothing is withheld, so its size may be known: it is ten or more.
6. *Withheld is not zero.* A withheld pair of bands is named as withheld, without a number; one in which no meeting
   was is not named.
7. *A new name each month.* It is drawn at random, and kept with the month. (``store/releases.py``)
8. *At least three.* What exports say together is shown with three contributors or more only. (``domain/team.py``)

A policy can raise the thresholds, never lower them. What the rules protect from, and what not: ``docs/privacy.md``.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kohtaava_desktop.domain.plan import LONGEST_MINUTES
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.stages import Stage

Span = tuple[int, int]
"""The shortest and the longest planned length of a group, in minutes."""
Ends = tuple[int, int | None]
"""The ends of a bin in whole minutes, as in ``Bin``."""

SMALLEST_GROUP = 10
SMALLEST_BIN = 5
FEWEST_CONTRIBUTORS = 3

BANDS = (5, 20, 30, 45, 60, 90)
"""Where the bands of planned lengths begin, in minutes; the last ends with the longest length there is."""
PAIRS = ((0, 1), (2, 3), (4, 5))
"""The bands, counted from 0, that are put together where one of them is too small."""


def span_of(run: Sequence[int]) -> Span:
    """The planned lengths of ``run``: bands, counted from 0, that lie beside each other."""
    after = run[-1] + 1
    return BANDS[run[0]], BANDS[after] - 1 if after < len(BANDS) else LONGEST_MINUTES


PAIR_SPANS = tuple(map(span_of, PAIRS))
"""The planned lengths of the pairs of bands."""
PAIR_OF = {span: span_of(pair) for pair in PAIRS for span in (*(span_of([band]) for band in pair), span_of(pair))}
"""Every span of planned lengths that a group can have, with the pair that it belongs to."""
NEVER = -1
"""In place of minutes: the meeting never was on that step."""
EDGES = (NEVER, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 18, 20, 25, 30, 35, 40, 45, 60, 75, 90, 120)
"""Where the finest bins begin, in whole minutes; the last has no end. The same for everyone, in every month."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The smallest group and the smallest bin, in meetings.

    Raises ``ValueError`` below 10 and 5, and where a group would be smaller than a bin.
    """

    group: int = SMALLEST_GROUP
    bin: int = SMALLEST_BIN

    def __post_init__(self) -> None:
        if self.group < SMALLEST_GROUP or self.bin < SMALLEST_BIN:
            raise ValueError("thresholds can be raised, never lowered")
        if self.group < self.bin:
            raise ValueError("a group is no smaller than a bin")

    def stricter_than(self, other: "Thresholds") -> bool:
        """Whether something that ``other`` lets through may be too small here."""
        return self.group > other.group or self.bin > other.bin


@dataclass(frozen=True, slots=True)
class Bin:
    """``meetings`` that spent from ``lowest`` to ``highest`` whole minutes on a step.

    ``lowest`` may be ``NEVER``: those that never were on it, if any, are among them. ``highest`` ``None``: there is no
    upper end; ``NEVER``: only those that never were on it.
    """

    lowest: int
    highest: int | None
    meetings: int


@dataclass(frozen=True, slots=True)
class Group:
    """Meetings of the planned lengths ``shortest`` to ``longest`` minutes; ``bins`` of each step, all of them.

    Without bins the group is withheld: there were such meetings, but too few to tell of.
    """

    shortest: int
    longest: int
    bins: tuple[tuple[Stage, tuple[Bin, ...]], ...] = ()

    @property
    def withheld(self) -> bool:
        """Whether there were too few meetings."""
        return not self.bins


def released(records: Iterable[Record], thresholds: Thresholds = Thresholds()) -> tuple[Group, ...]:
    """What may be told of ``records``, the meetings of one closed month, in any order.

    Meetings marked *interrupted* or *forgotten* are left out: their lengths are not to be trusted.
    """
    bands: dict[int, list[Record]] = {}
    for record in records:
        if record.counts:
            bands.setdefault(bisect_right(BANDS, record.planned_minutes) - 1, []).append(record)
    sizes = {band: len(members) for band, members in bands.items()}
    return tuple(_group(run, bands, thresholds) for run in runs_of(sizes, thresholds.group))


def _group(run: Sequence[int], bands: Mapping[int, Sequence[Record]], thresholds: Thresholds) -> Group:
    """The group of ``run``: bands beside each other, of whose meetings ``bands`` knows."""
    ends = span_of(run)
    together = [record for band in run for record in bands.get(band, ())]
    if len(together) < thresholds.group:
        return Group(*ends)
    return Group(
        *ends, tuple((stage, merged(_minutes(together, stage), thresholds.bin, edges_of(stage))) for stage in Stage)
    )


def runs_of(sizes: Mapping[int, int], smallest: int) -> list[tuple[int, ...]]:
    """The bands of each group, in their order; ``sizes`` tells the meetings of each band that has any.

    A band of ``smallest`` meetings or more is told by itself unless the other one of its pair has some, but fewer. The
    pair is then one group, whichever of the two was too small.
    """
    runs: list[tuple[int, ...]] = []
    for pair in PAIRS:
        held = [band for band in pair if sizes.get(band)]
        if any(sizes[band] < smallest for band in held):
            runs.append(pair)
        else:
            runs.extend((band,) for band in held)
    return runs


def edges_of(stage: Stage) -> tuple[int, ...]:
    """Where the finest bins of ``stage`` begin: meetings that never were on it are told apart only for the farewell.

    On Empathy every meeting begins.
    """
    if stage is Stage.FAREWELL:
        return EDGES
    return tuple(edge for edge in EDGES if edge != (NEVER if stage is Stage.EMPATHY else 0))


def _minutes(records: Iterable[Record], stage: Stage) -> Counter[int]:
    """How many of ``records`` spent how many whole minutes on ``stage``, all visits together."""
    return Counter(minutes_on(record, stage) for record in records)


def minutes_on(record: Record, stage: Stage) -> int:
    """The whole minutes, rounded down, that a meeting spent on ``stage``, or ``NEVER``; never that on Empathy."""
    was_there = stage is Stage.EMPATHY or any(each is stage for each, _seconds in record.visits)
    return record.seconds_on(stage) // 60 if was_there else NEVER


def merged(minutes: Mapping[int, int], smallest: int, edges: Sequence[int] = EDGES) -> tuple[Bin, ...]:
    """Bins from one end to the other without a gap, each of at least ``smallest`` meetings; as fine as that allows.

    ``edges`` are where bins may begin. There must be as many meetings in all, or ``ValueError`` is raised.
    """
    bins: list[Bin] = []
    lowest, held = edges[0], 0
    for place, edge in enumerate(edges):
        end = edges[place + 1] - 1 if place + 1 < len(edges) else None
        held += sum(count for value, count in minutes.items() if value >= edge and (end is None or value <= end))
        if held >= smallest:
            bins.append(Bin(lowest, end, held))
            lowest, held = edge if end is None else end + 1, 0
    if not bins:
        raise ValueError("too few meetings for any bin")
    last = bins.pop()
    return (*bins, Bin(last.lowest, None, last.meetings + held))
