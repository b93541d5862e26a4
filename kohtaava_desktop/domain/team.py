"""What the exports of a team say together. It serves a workshop, and never shows one contributor.

Everything is added up as it comes: how many meetings in which bin, and how many contributors told of which planned
lengths. So it does not matter how many exports there are, nor in what order they come.

A view obeys one more rule than an export: *three contributors*. Within a month, planned lengths of which fewer
contributors tell are put together with what is told of their pair of bands; where that is too few as well, it is
withheld. No meeting is in two of the groups that are shown, so no group can be had by subtracting others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kohtaava_desktop.domain.disclosure import FEWEST_CONTRIBUTORS, NEVER
from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.release_reading import PAIR_OF, Ends, Span
from kohtaava_desktop.domain.spread import Spread, spread_of_bins, spread_of_seconds
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import ENOUGH

Bins = dict[Stage, Counter[Ends]]
_NEVER_THERE = ((NEVER, NEVER), (NEVER, 0))
"""The bins of those that never came to a step, or left it within a minute."""


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """Meetings of the planned lengths ``shortest`` to ``longest`` minutes; without ``steps`` it is withheld.

    ``contributors``: how few and how many they were in one of the ``months``. Over months they cannot be counted: each
    has a new name in each. ``reached``: how many meetings at least and at most reached the farewell.
    ``withheld_months``: those of which nothing is shown for these lengths.
    """

    shortest: int
    longest: int
    months: tuple[str, ...] = ()
    withheld_months: tuple[str, ...] = ()
    contributors: tuple[int, int] = (0, 0)
    steps: Mapping[Stage, Spread] = field(default_factory=dict)
    reached: tuple[int, int] = (0, 0)

    @property
    def withheld(self) -> bool:
        """Whether there were too few contributors, or what they gave out was withheld already."""
        return not self.steps

    @property
    def meetings(self) -> int:
        """How many meetings are in it."""
        return next((spread.n for spread in self.steps.values()), 0)


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """One month: how many gave something out of it, and its groups."""

    month: str
    contributors: int
    groups: tuple[TeamGroup, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """What is shown of a team: month by month, and all those months together."""

    months: tuple[TeamMonth, ...]
    groups: tuple[TeamGroup, ...]

    @property
    def shown(self) -> tuple[TeamGroup, ...]:
        """The groups that are not withheld."""
        return tuple(group for group in self.groups if not group.withheld)

    @property
    def shown_months(self) -> tuple[str, ...]:
        """The months of which something is not withheld."""
        return tuple(each.month for each in self.months if not all(group.withheld for group in each.groups))


@dataclass(frozen=True, slots=True)
class Typical:
    """The typical meeting of a team: median seconds of each step, of those that came to it.

    It ends before the first step of which nothing is known: later ones would stand too early.

    Told by at least ``contributors`` in each of ``months``.
    """

    medians: Mapping[Stage, float]
    contributors: int
    months: tuple[str, ...]


class Team:
    """Adds up exports; what it keeps grows with the months, not with the contributors."""

    def __init__(self) -> None:
        self._months: dict[str, _Month] = {}
        self.exports = 0

    @property
    def months(self) -> tuple[str, ...]:
        """The months of which there is something, in their order."""
        return tuple(sorted(self._months))

    def add(self, release: Release) -> None:
        """Add what one contributor gave out of one month. Nobody may be added twice."""
        self.exports += 1
        self._months.setdefault(release.month, _Month()).add(release)

    def typical(self, fewest: int, months: Collection[str], planned: int | None = None) -> Typical | None:
        """The typical meeting in those of ``months`` of which a view would show something, and of nothing else.

        ``planned``: only the groups of that planned length. ``None`` where no group may be shown, or nothing is
        known of their minutes.
        """
        shown = {
            month: [cell for cell in self._months[month].cells(fewest) if cell.shown and cell.takes(planned)]
            for month in self.months
            if month in months
        }
        cells = [cell for each in shown.values() for cell in each]
        if fewest < FEWEST_CONTRIBUTORS or not cells:
            return None
        medians = dict(_medians(_added(cell.bins for cell in cells if cell.bins), min(cell.span[0] for cell in cells)))
        if not medians:
            return None
        counts = [max(cell.contributors for cell in each) for each in shown.values() if each]
        return Typical(medians, min(counts), tuple(month for month, each in shown.items() if each))

    def view(self, fewest: int = FEWEST_CONTRIBUTORS, months: Collection[str] | None = None) -> TeamView:
        """What may be shown of ``months`` (all by default), with no fewer than ``fewest`` contributors.

        Raises ``ValueError`` below three.
        """
        if fewest < FEWEST_CONTRIBUTORS:
            raise ValueError("the fewest contributors can be raised, never lowered")
        wanted = [month for month in self.months if months is None or month in months]
        cells = {month: list(self._months[month].cells(fewest)) for month in wanted}
        return TeamView(
            tuple(
                TeamMonth(month, self._months[month].contributors, tuple(_together({month: cells[month]})))
                for month in wanted
            ),
            tuple(_together(cells)),
        )


@dataclass(slots=True)
class _Cell:
    """What may be shown of ``span`` in one month; without ``bins``, that something is withheld."""

    span: Span
    contributors: int = 0
    bins: Bins | None = None

    @property
    def shown(self) -> bool:
        """Whether it is not withheld."""
        return self.bins is not None

    def takes(self, planned: int | None) -> bool:
        """Whether meetings planned for ``planned`` minutes are in it; all are, where it is ``None``."""
        return planned is None or self.span[0] <= planned <= self.span[1]


class _Month:
    def __init__(self) -> None:
        self.contributors = 0
        self._bins: dict[Span, Bins] = {}
        self._ways: dict[Span, Counter[tuple[Span, ...]]] = {}
        self._kept_back: set[Span] = set()

    def add(self, release: Release) -> None:
        self.contributors += 1
        told: dict[Span, list[Span]] = {}
        for group in release.groups:
            span = (group.shortest, group.longest)
            if group.withheld:
                self._kept_back.add(span)
                continue
            told.setdefault(PAIR_OF[span], []).append(span)
            held = self._bins.get(span) or self._bins.setdefault(span, _no_bins())
            for stage, bins in group.bins:
                counts = held[stage]
                for each in bins:
                    counts[each.lowest, each.highest] += each.meetings
        for pair, spans in told.items():
            self._ways.setdefault(pair, Counter())[tuple(spans)] += 1

    def cells(self, fewest: int) -> Iterator[_Cell]:
        """What may be shown; no meeting is in two of them."""
        for pair in sorted({*self._ways, *self._kept_back}):
            ways = self._ways.get(pair, Counter())
            spans = sorted({span for way in ways for span in way})
            alone = [span for span in spans if span != pair and _count(ways, [span]) >= fewest]
            rest = [span for span in spans if span not in alone]
            for span in alone:
                yield _Cell(span, _count(ways, [span]), self._bins[span])
            if rest and (contributors := _count(ways, rest)) >= fewest:
                yield _Cell(pair, contributors, _added(self._bins[span] for span in rest))
            elif rest or pair in self._kept_back:
                yield _Cell(rest[0] if len(rest) == 1 and pair not in self._kept_back else pair)


def _count(ways: Mapping[tuple[Span, ...], int], spans: Collection[Span]) -> int:
    """How many contributors told of any of ``spans``."""
    return sum(count for way, count in ways.items() if any(span in spans for span in way))


def _no_bins() -> Bins:
    return {stage: Counter() for stage in Stage}


def _added(parts: Iterable[Bins]) -> Bins:
    result = _no_bins()
    for part in parts:
        for stage, counts in part.items():
            result[stage].update(counts)
    return result


def _together(months: Mapping[str, list[_Cell]]) -> Iterator[TeamGroup]:
    """The cells of ``months``, those of the same lengths in one."""
    spans = sorted({cell.span for cells in months.values() for cell in cells})
    for span in spans:
        held = [(month, cell) for month, cells in months.items() for cell in cells if cell.span == span]
        parts = [cell.bins for _, cell in held if cell.bins is not None]
        shown = tuple(month for month, cell in held if cell.bins is not None)
        withheld = tuple(month for month, cell in held if cell.bins is None)
        if not parts:
            yield TeamGroup(*span, withheld_months=withheld)
            continue
        counts = [cell.contributors for _, cell in held if cell.bins is not None]
        bins = _added(parts)
        steps = {stage: spread_of_bins(bins[stage], span[0]) for stage in Stage}
        yield TeamGroup(*span, shown, withheld, (min(counts), max(counts)), steps, _reached(bins[Stage.FAREWELL]))


def _medians(bins: Bins, planned: int) -> Iterator[tuple[Stage, float]]:
    """The steps with their median seconds, of those that came to them, as far as something is known.

    A wider bin that may hold others that never came counts as from 0 minutes.
    """
    for stage in Stage:
        came = {ends: count for ends, count in bins[stage].items() if ends not in _NEVER_THERE}
        median = spread_of_bins(came, planned).median if came else None
        if median is None or (median.highest is None and not median.lowest):
            return
        yield stage, 60 * median.value


def _reached(bins: Mapping[Ends, int]) -> tuple[int, int]:
    surely = sum(count for (lowest, _), count in bins.items() if lowest != NEVER)
    surely_not = sum(count for ends, count in bins.items() if ends == (NEVER, NEVER))
    return surely, sum(bins.values()) - surely_not


@dataclass(frozen=True, slots=True)
class Own:
    """One's own meetings of the same lengths and months, exact; without ``steps`` there are too few yet."""

    meetings: int
    steps: Mapping[Stage, Spread] = field(default_factory=dict)
    reached: int = 0


def own_beside(groups: Iterable[TeamGroup], records: Iterable[Record]) -> dict[Span, Own]:
    """For each of ``groups``, what ``records`` say; they are of the same months."""
    usable = [record for record in records if record.quality in (Quality.OK, Quality.MENDED)]
    return {(group.shortest, group.longest): _own(group, usable) for group in groups}


def _own(group: TeamGroup, records: Iterable[Record]) -> Own:
    held = [record for record in records if group.shortest <= record.planned_minutes <= group.longest]
    if len(held) < ENOUGH:
        return Own(len(held))
    seconds = {stage: Counter(_seconds(record, stage) for record in held) for stage in Stage}
    steps = {stage: spread_of_seconds(Counted.of(seconds[stage])) for stage in Stage}
    return Own(len(held), steps, sum(record.furthest_stage is Stage.FAREWELL for record in held))


def _seconds(record: Record, stage: Stage) -> int:
    return sum(seconds for each, seconds in record.visits if each is stage)
