"""What the exports of a team say together. It serves a workshop, and never shows one contributor.

Everything is added up as it comes: how many meetings in which bin, and how many contributors told of which planned
lengths. So it does not matter how many exports there are, nor in what order they come.

A view obeys one more rule than an export: *three contributors*. Within a month, planned lengths of which fewer
contributors tell are put together with what is told of their pair of bands; where that is too few as well, it is
withheld. No meeting is in two of the groups that are shown, so no group can be had by subtracting others. A limit that
is raised withholds more of the same groups, and makes no other ones: two views with different limits differ by whole
groups only.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kohtaava_desktop.domain.disclosure import FEWEST_CONTRIBUTORS, NEVER, PAIR_OF, Ends, Group, Span
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.spread import Spread, medians_of, spread_of_bins
from kohtaava_desktop.domain.stages import Stage

Bins = dict[Stage, Counter[Ends]]
_NEVER_THERE = ((NEVER, NEVER), (NEVER, 0))
"""The bins of those that never came to a step, or left it within a minute."""
_ALL_BITS = 2**64 - 1


@dataclass(frozen=True, slots=True)
class TeamGroup:
    """Meetings of the planned lengths ``shortest`` to ``longest`` minutes; without ``steps`` it is withheld.

    ``contributors``: how few and how many they were in one of the ``months``. Over months they cannot be counted: each
    has a new name in each. ``reached``: how many meetings at least and at most reached the farewell.
    ``withheld_months``: those of which nothing is shown for these lengths. ``left_out``: those of which something
    could be shown, but not of the team beside it. ``apart``: bands of its pair that stand by themselves in one of the
    ``months``; their meetings are not in it.
    """

    shortest: int
    longest: int
    months: tuple[str, ...] = ()
    withheld_months: tuple[str, ...] = ()
    contributors: tuple[int, int] = (0, 0)
    steps: Mapping[Stage, Spread] = field(default_factory=dict)
    reached: tuple[int, int] = (0, 0)
    left_out: tuple[str, ...] = ()
    apart: frozenset[tuple[str, Span]] = frozenset()

    @property
    def span(self) -> Span:
        """The shortest and the longest planned length."""
        return self.shortest, self.longest

    @property
    def withheld(self) -> bool:
        """Whether there were too few contributors, or what they gave out was withheld already, or it is left out."""
        return not self.steps

    @property
    def meetings(self) -> int:
        """How many meetings are in it."""
        return next((spread.n for spread in self.steps.values()), 0)


@dataclass(frozen=True, slots=True)
class TeamMonth:
    """One month: how many gave something out of it (``None``: fewer than are needed), and its groups."""

    month: str
    contributors: int | None
    groups: tuple[TeamGroup, ...]


@dataclass(frozen=True, slots=True)
class TeamView:
    """What is shown of a team: month by month, and all those months together; ``made_up``: nobody ever met so."""

    months: tuple[TeamMonth, ...]
    groups: tuple[TeamGroup, ...]
    made_up: bool = False

    @property
    def shown(self) -> tuple[TeamGroup, ...]:
        """The groups that are not withheld."""
        return tuple(group for group in self.groups if not group.withheld)

    @property
    def shown_months(self) -> tuple[str, ...]:
        """The months of which something is not withheld."""
        return tuple(each.month for each in self.months if not all(group.withheld for group in each.groups))


@dataclass(frozen=True, slots=True)
class TypicalMeeting:
    """The typical meeting of a team: median seconds of each step, of those that came to it.

    It ends before the first step of which nothing is known: later ones would stand too early.

    Told of by ``contributors`` in that of the ``months`` with the fewest. ``meetings``: how many each median comes
    from, added up over all contributors.
    """

    medians: Mapping[Stage, float]
    meetings: Mapping[Stage, int]
    contributors: int
    months: tuple[str, ...]


class Team:
    """Adds up exports; what it keeps grows with the months and, by eight bytes, with each contributor.

    Exports that are made up count only where there are no others.
    """

    def __init__(self) -> None:
        self._real: dict[str, _Month] = {}
        self._made_up: dict[str, _Month] = {}

    @property
    def made_up(self) -> bool:
        """Whether all there is of it is made up."""
        return bool(self._made_up) and not self._real

    @property
    def months(self) -> tuple[str, ...]:
        """The months of which there is something, in their order."""
        return tuple(sorted(self._counted))

    @property
    def exports(self) -> int:
        """How many exports count."""
        return sum(month.contributors for month in self._counted.values())

    def add(self, release: Release) -> bool:
        """Add what one contributor gave out of one month.

        ``False``: an export of that month with just the same groups has been added. It is taken to tell of the same
        meetings under another name, and not counted.
        """
        months = self._made_up if release.made_up else self._real
        return months.setdefault(release.month, _Month()).add(release)

    def typical(self, fewest: int, months: Collection[str], planned: int | None = None) -> TypicalMeeting | None:
        """The typical meeting in those of ``months`` of which a view would show something, and of nothing else.

        ``planned``: only the groups of that planned length. ``None`` where no group may be shown, or nothing is
        known of their minutes. Raises ``ValueError`` below three.
        """
        _check(fewest)
        held = {
            month: [cell for cell in self._counted[month].cells(fewest) if cell.shown and cell.takes(planned)]
            for month in self.months
            if month in months
        }
        shown = {month: cells for month, cells in held.items() if cells}
        cells = [cell for each in shown.values() for cell in each]
        if not cells:
            return None
        steps = _of_those_that_came(_added(cell.bins for cell in cells), min(cell.span[0] for cell in cells))
        medians = medians_of(steps)
        if not medians:
            return None
        meetings = {stage: spread.n for stage, spread in steps.items() if spread is not None and stage in medians}
        counts = [
            self._counted[month].tellers({span for cell in each for span in cell.told}) for month, each in shown.items()
        ]
        return TypicalMeeting(medians, meetings, min(counts), tuple(shown))

    def view(
        self,
        fewest: int = FEWEST_CONTRIBUTORS,
        months: Collection[str] | None = None,
        only: Mapping[Span, Collection[str]] | None = None,
    ) -> TeamView:
        """What may be shown of ``months`` (all by default), with no fewer than ``fewest`` contributors.

        ``only``: the months that count for these planned lengths, where all the months are taken together. Raises
        ``ValueError`` below three.
        """
        _check(fewest)
        wanted = [month for month in self.months if months is None or month in months]
        cells = {month: list(self._counted[month].cells(fewest)) for month in wanted}
        return TeamView(
            tuple(
                TeamMonth(
                    month, self._counted[month].contributors_from(fewest), tuple(_together({month: cells[month]}))
                )
                for month in wanted
            ),
            tuple(_together(cells, only or {})),
            self.made_up,
        )

    @property
    def _counted(self) -> "dict[str, _Month]":
        return self._real or self._made_up


def _check(fewest: int) -> None:
    if fewest < FEWEST_CONTRIBUTORS:
        raise ValueError("the fewest contributors can be raised, never lowered")


@dataclass(slots=True)
class _Cell:
    """What is told of ``span`` in one month, out of the spans ``told``; ``shown``: it is not withheld.

    ``apart``: the bands of its pair that stand by themselves.
    """

    span: Span
    told: Collection[Span]
    contributors: int
    bins: Bins
    shown: bool
    apart: Collection[Span] = ()

    def takes(self, planned: int | None) -> bool:
        """Whether meetings planned for ``planned`` minutes are in it; all are, where it is ``None``."""
        return planned is None or self.span[0] <= planned <= self.span[1]


class _Month:
    def __init__(self) -> None:
        self.contributors = 0
        self._bins: dict[Span, Bins] = {}
        self._ways: Counter[tuple[Span, ...]] = Counter()
        self._kept_back: set[Span] = set()
        self._seen = array("Q")  # in rising order, a number for each export that tells something

    def add(self, release: Release) -> bool:
        told = tuple(group for group in release.groups if not group.withheld)
        if told and not self._is_new(told):
            return False
        self.contributors += 1
        self._kept_back.update((group.shortest, group.longest) for group in release.groups if group.withheld)
        for group in told:
            held = self._bins.setdefault((group.shortest, group.longest), _no_bins())
            for stage, bins in group.bins:
                counts = held[stage]
                for each in bins:
                    counts[each.lowest, each.highest] += each.meetings
        self._ways[tuple((group.shortest, group.longest) for group in told)] += 1
        return True

    def contributors_from(self, fewest: int) -> int | None:
        """How many they are, where they are ``fewest`` or more."""
        return self.contributors if self.contributors >= fewest else None

    def tellers(self, spans: Collection[Span]) -> int:
        """How many contributors told of any of ``spans``."""
        return sum(count for way, count in self._ways.items() if any(span in spans for span in way))

    def cells(self, fewest: int) -> Iterator[_Cell]:
        """What is told; no meeting is in two of them. Which cells there are does not depend on ``fewest``."""
        for pair in sorted({*(PAIR_OF[span] for span in self._bins), *self._kept_back}):
            told = sorted(span for span in self._bins if PAIR_OF[span] == pair)
            alone = [span for span in told if span != pair and self.tellers([span]) >= FEWEST_CONTRIBUTORS]
            rest = [span for span in told if span not in alone]
            for span in alone:
                yield self._cell(span, [span], fewest)
            if rest or pair in self._kept_back:
                yield self._cell(
                    rest[0] if len(rest) == 1 and pair not in self._kept_back else pair, rest, fewest, alone
                )

    def _cell(self, span: Span, told: Collection[Span], fewest: int, apart: Collection[Span] = ()) -> _Cell:
        tellers = self.tellers(told)
        return _Cell(span, told, tellers, _added(self._bins[each] for each in told), tellers >= fewest, apart)

    def _is_new(self, told: tuple[Group, ...]) -> bool:
        """Whether nobody told just the same; from now on somebody has."""
        mark = hash(told) & _ALL_BITS
        place = bisect_left(self._seen, mark)
        if place < len(self._seen) and self._seen[place] == mark:
            return False
        self._seen.insert(place, mark)
        return True


def _no_bins() -> Bins:
    return {stage: Counter() for stage in Stage}


def _added(parts: Iterable[Bins]) -> Bins:
    result = _no_bins()
    for part in parts:
        for stage, counts in part.items():
            result[stage].update(counts)
    return result


def _together(
    months: Mapping[str, list[_Cell]], only: Mapping[Span, Collection[str]] | None = None
) -> Iterator[TeamGroup]:
    """The cells of ``months``, those of the same lengths in one; of the lengths in ``only`` those of its months."""
    for span in sorted({cell.span for cells in months.values() for cell in cells}):
        held = {month: cell for month, cells in months.items() for cell in cells if cell.span == span}
        shown = [month for month, cell in held.items() if cell.shown]
        withheld = tuple(month for month in held if month not in shown)
        counted = {month: held[month] for month in shown if not only or span not in only or month in only[span]}
        left_out = tuple(month for month in shown if month not in counted)
        if not counted:
            yield TeamGroup(*span, withheld_months=withheld, left_out=left_out)
            continue
        tellers = [cell.contributors for cell in counted.values()]
        bins = _added(cell.bins for cell in counted.values())
        yield TeamGroup(
            *span,
            tuple(counted),
            withheld,
            (min(tellers), max(tellers)),
            {stage: spread_of_bins(bins[stage], span[0]) for stage in Stage},
            _reached(bins[Stage.FAREWELL]),
            left_out,
            frozenset((month, band) for month, cell in counted.items() for band in cell.apart),
        )


def _of_those_that_came(bins: Bins, planned: int) -> dict[Stage, Spread | None]:
    """The spread of each step, of the meetings that came to it.

    A wider bin that may hold others that never came counts as from 0 minutes.
    """
    came = {stage: {e: n for e, n in counts.items() if e not in _NEVER_THERE} for stage, counts in bins.items()}
    return {stage: spread_of_bins(each, planned) if each else None for stage, each in came.items()}


def _reached(bins: Mapping[Ends, int]) -> tuple[int, int]:
    surely = sum(count for (lowest, _), count in bins.items() if lowest != NEVER)
    surely_not = sum(count for ends, count in bins.items() if ends == (NEVER, NEVER))
    return surely, sum(bins.values()) - surely_not
