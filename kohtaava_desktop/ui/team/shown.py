"""What the window shows of a team: one group of planned lengths, of one month or of all, and what stands beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property

from kohtaava_desktop.domain.disclosure import Span
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.spread import Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup, TeamView
from kohtaava_desktop.domain.team_own import Own, own_beside
from kohtaava_desktop.domain.team_pair import Common, Elsewhere, Lack, elsewhere, in_common, lack_of, views_of
from kohtaava_desktop.domain.team_values import AGAINST, OWN, TEAM, Comparison, others_in
from kohtaava_desktop.ui.team.reading import TeamsRead


class Beside(Enum):
    """What is drawn beside the team."""

    NOTHING = auto()
    OWN = auto()
    ANOTHER = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: all months or one, and a group of planned lengths (``None``: the largest)."""

    month: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One of those that are drawn together. ``contributors`` of one's own meetings are (0, 0)."""

    who: str
    steps: Mapping[Stage, Spread]
    reached: tuple[int, int]
    meetings: int
    contributors: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class MonthShown:
    """One month side by side with others; a group is ``None`` where it tells of such meetings ``elsewhere``, or not.

    ``elsewhere`` is of the team, ``against_elsewhere`` of the other one; ``None``: nobody told of such meetings.
    """

    month: str
    team: TeamGroup | None
    against: TeamGroup | None = None
    elsewhere: Elsewhere | None = None
    against_elsewhere: Elsewhere | None = None

    @property
    def withheld(self) -> bool:
        """Whether the team's are withheld, by themselves or with those of the pair."""
        held = self.team or self.elsewhere
        return held is not None and held.withheld


@dataclass(frozen=True, slots=True)
class TeamShown:
    """What the charts show: ``group`` is not withheld, ``by_month`` are all months, ``month`` is the one chosen.

    ``others``: it is the rest of its pair of bands. ``made_up``: nobody held these meetings.
    """

    span: Span
    group: TeamGroup
    fewest: int
    by_month: tuple[MonthShown, ...]
    beside: Lane | None = None
    month: str | None = None
    others: bool = False
    made_up: bool = False

    @property
    def team(self) -> Lane:
        """The team itself."""
        return lane_of(TEAM, self.group)


@dataclass(frozen=True)  # without slots: what it says is computed once
class Looked:
    """What was read, with the rules in force, ready to be chosen from; nothing it shows is below ``fewest``.

    ``own``: one's own meetings of the common months by month, where they are wanted.
    """

    read: TeamsRead
    fewest: int
    own: Mapping[str, list[Record]] = field(default_factory=dict)

    @cached_property
    def common(self) -> Common:
        """The months that are looked at."""
        return in_common(self.read.teams, self.read.same)

    @cached_property
    def views(self) -> list[TeamView]:
        """The teams over all those months; for each planned length of the same ones."""
        return views_of(self.read.teams, self.fewest, self.common.months)

    @cached_property
    def others(self) -> frozenset[Span]:
        """The pairs of bands of which a band of the team stands by itself in some month: they hold the others."""
        return others_in(self.views[0].groups)

    def lack(self) -> tuple[Lack, int] | None:
        """Why nothing is shown, and of which folder."""
        lack = lack_of(self.read.teams, self.common, self.views)
        return lack or (None if self.groups else (Lack.TOO_FEW, 0))  # the other team alone is not what is looked at

    @property
    def months(self) -> tuple[str, ...]:
        """The months of which something of the team may be shown."""
        return self.views[0].shown_months

    @cached_property
    def groups(self) -> dict[Span, TeamGroup]:
        """The groups of the team that may be shown, over all months."""
        return {each.span: each for each in self.views[0].shown}

    @property
    def withheld(self) -> tuple[Span, ...]:
        """The planned lengths of which nothing is shown, though there is something."""
        return tuple(each.span for each in self.views[0].groups if each.withheld)

    def comparison(self, wanted: Wanted) -> Comparison:
        """The team and the other one, in the months that are ``wanted``; never one's own."""
        views = self.views if wanted.month is None else [_of_month(view, wanted.month) for view in self.views]
        return Comparison(self.fewest, views[0], views[1] if len(views) > 1 else None)

    def span(self, wanted: Wanted) -> Span | None:
        """The group that ``wanted`` means: where it names none that is shown, the one with the most meetings."""
        groups = self.groups
        if wanted.span in groups or not groups:
            return wanted.span if wanted.span in groups else None
        return max(groups, key=lambda span: (groups[span].meetings, span))

    def group(self, wanted: Wanted, which: int = 0) -> TeamGroup | None:
        """What is ``wanted`` of the team, or of the other one; it may be withheld.

        ``None`` where there is no such group: ``elsewhere`` says why.
        """
        span = self.span(wanted)
        return next((each for each in self._groups(wanted, which) if each.span == span), None)

    def elsewhere(self, wanted: Wanted, which: int = 0) -> Elsewhere | None:
        """Under which lengths the team, or the other one, tells of what is ``wanted`` where there is no such group."""
        span, groups = self.span(wanted), self._groups(wanted, which)
        return None if span is None or any(each.span == span for each in groups) else elsewhere(groups, span)

    def holds_others(self, wanted: Wanted, which: int = 0) -> bool:
        """Whether the group ``wanted`` is the rest of its pair, of which a band stands by itself."""
        return self.span(wanted) in others_in(self._groups(wanted, which))

    def own_of(self, wanted: Wanted) -> Own | None:
        """What one's own meetings say of what is ``wanted``; ``None`` where the team says nothing of it."""
        group = self.group(wanted)
        if group is None:
            return None
        records = (record for month in self._months(wanted) for record in self.own.get(month, ()))
        return own_beside([group], records)[group.span]

    def shown(self, wanted: Wanted, beside: Beside) -> TeamShown | None:
        """What the charts show of ``wanted``; ``None`` where that is withheld or not there."""
        group, span = self.group(wanted), self.span(wanted)
        if group is None or span is None or group.withheld:
            return None
        return TeamShown(
            span,
            group,
            self.fewest,
            tuple(self._by_month(span)),
            self._lane(wanted, beside),
            wanted.month,
            self.holds_others(wanted),
            any(view.made_up for view in self.views),
        )

    def _lane(self, wanted: Wanted, beside: Beside) -> Lane | None:
        if beside is Beside.OWN:
            own = self.own_of(wanted)
            return Lane(OWN, own.steps, (own.reached, own.reached), own.meetings) if own and own.steps else None
        other = self.group(wanted, 1) if beside is Beside.ANOTHER else None
        return lane_of(AGAINST, other) if other is not None and not other.withheld else None

    def _by_month(self, span: Span) -> Iterator[MonthShown]:
        for month in self.common.months:
            one = Wanted(month, span)
            yield MonthShown(month, self.group(one), self.group(one, 1), self.elsewhere(one), self.elsewhere(one, 1))

    def _groups(self, wanted: Wanted, which: int) -> tuple[TeamGroup, ...]:
        """All groups of the team, or of the other one, in the months that are ``wanted``."""
        if which >= len(self.views):
            return ()
        view = self.views[which]
        if wanted.month is None:
            return view.groups
        return next((each.groups for each in view.months if each.month == wanted.month), ())

    def _months(self, wanted: Wanted) -> tuple[str, ...]:
        months = self.common.months
        return months if wanted.month is None else tuple(month for month in months if month == wanted.month)


def lane_of(who: str, group: TeamGroup) -> Lane:
    """A group that may be shown."""
    return Lane(who, group.steps, group.reached, group.meetings, group.contributors)


def _of_month(view: TeamView, month: str) -> TeamView:
    """The same view of that month only."""
    months = tuple(each for each in view.months if each.month == month)
    return TeamView(months, tuple(group for each in months for group in each.groups), view.made_up)
