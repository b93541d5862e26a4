"""Which months of one team, or of two teams beside each other, are looked at; and why there may be none."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from kohtaava_desktop.domain.disclosure import PAIR_OF, PAIR_SPANS, Span
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.team import Team, TeamGroup, TeamView


class Sharing:
    """The months of which two folders hold the same export: two groups that differ by one contributor show that one."""

    def __init__(self) -> None:
        self.months: set[str] = set()
        self._before: set[str] = set()
        self._now: set[str] = set()

    def seen(self, release: Release) -> None:
        """Note ``release`` of the folder that is being read."""
        self._now.add(release.name)
        if release.name in self._before:
            self.months.add(release.month)

    def next_folder(self) -> None:
        """What has been seen until now is of another folder than what comes."""
        self._before, self._now = self._now, set()


@dataclass(frozen=True, slots=True)
class Common:
    """The ``months`` that all the teams have, in their order; ``same`` are left out of them for being shared."""

    months: tuple[str, ...]
    same: tuple[str, ...] = ()


class Lack(Enum):
    """Why nothing is shown."""

    NO_MONTH = auto()  # the month that was asked for is not there
    NOTHING_IN_COMMON = auto()  # each folder has exports, but of no month that the other has
    SAME = auto()  # all that they have in common, both folders hold the same export of
    NO_EXPORT = auto()
    MADE_UP = auto()  # one of the folders is made up, the other is real
    TOO_FEW = auto()  # contributors in a month, for every planned length


def in_common(teams: Sequence[Team], same: Collection[str] = (), month: str | None = None) -> Common:
    """What ``teams`` have in common of ``month``, or of all months; a month of ``same`` is not compared."""
    held = set.intersection(*(set(team.months) for team in teams))
    if month is not None:
        held &= {month}
    return Common(tuple(sorted(held - set(same))), tuple(sorted(held & set(same))))


def views_of(teams: Sequence[Team], fewest: int, months: Collection[str]) -> list[TeamView]:
    """What may be shown of ``teams`` in ``months``; where there are two, the one beside the other.

    Both count the same months: for each planned length those in which it may be shown of both. Where there are none
    such, the first team is shown in the months that it has, and nothing stands beside it. Raises ``ValueError`` below
    three contributors.
    """
    views = [team.view(fewest, months) for team in teams]
    if len(views) < 2:
        return views
    one, other = ({group.span: set(group.months) for group in view.shown} for view in views[:2])
    both = {span: one[span] & other[span] for span in one.keys() & other.keys()}
    some = {span: months_of_both for span, months_of_both in both.items() if months_of_both}
    return [teams[0].view(fewest, months, some), teams[1].view(fewest, months, both)]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Under which other ``lengths`` a team tells of some that are no group by themselves; each says if it is others.

    ``together``: with those of its pair; else band by band. ``withheld``: nothing of them is shown in any month, and of
    some that are withheld together there may be none.
    """

    lengths: tuple[tuple[Span, bool], ...]
    together: bool
    withheld: bool


def elsewhere(groups: Collection[TeamGroup], span: Span) -> Elsewhere | None:
    """Where ``groups``, all of one view or month of a team, tell of ``span``, which is none of them.

    ``None``: nobody told of meetings of these lengths, nor had any that were withheld.
    """
    others = others_of(group.span for group in groups)
    found = [group for group in groups if group.shortest <= span[1] and span[0] <= group.longest]
    if not found:
        return None
    withheld = all(group.withheld and not group.left_out for group in found)
    return Elsewhere(tuple((each.span, each.span in others) for each in found), span not in PAIR_SPANS, withheld)


def others_of(spans: Iterable[Span]) -> frozenset[Span]:
    """The pairs among ``spans`` that stand beside a band of theirs: they hold the others of the pair, not all of it."""
    listed = frozenset(spans)
    beside = {PAIR_OF[span] for span in listed if span not in PAIR_SPANS}
    return listed & beside


def made_up_beside_real(teams: Sequence[Team]) -> bool:
    """Whether one of ``teams`` is made up and another is real; one without any export is neither."""
    return any(team.made_up for team in teams) and any(team.months and not team.made_up for team in teams)


def lack_of(
    teams: Sequence[Team], common: Common, views: Sequence[TeamView], month: str | None = None
) -> tuple[Lack, int] | None:
    """Why nothing of ``views`` is shown, and which of the ``teams`` it is about; ``None`` where something is.

    What is made up is never beside what is real, whatever could be shown of it.
    """
    if made_up_beside_real(teams):
        return Lack.MADE_UP, next(number for number, team in enumerate(teams) if team.made_up)
    if any(view.shown for view in views):
        return None
    if common.same and not common.months:
        return Lack.SAME, 0
    if month is not None:
        without = next((number for number, team in enumerate(teams) if month not in team.months), None)
        if without is not None:
            return Lack.NO_MONTH, without
    empty = next((number for number, team in enumerate(teams) if not team.months), None)
    if empty is not None:
        return Lack.NO_EXPORT, empty
    return (Lack.TOO_FEW if common.months else Lack.NOTHING_IN_COMMON), 0
