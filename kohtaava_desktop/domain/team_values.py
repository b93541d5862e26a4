"""A team's view as values: what ``kohtaava team --json`` and ``--csv`` give out, documented in ``docs/team.md``."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kohtaava_desktop.domain.disclosure import Span
from kohtaava_desktop.domain.spread import Point, Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup, TeamView
from kohtaava_desktop.domain.team_own import Own
from kohtaava_desktop.domain.team_pair import others_of

SCHEMA = 1
TEAM, AGAINST, OWN = "team", "against", "own"
COLUMNS = (
    "who",
    "months",
    "planned_from",
    "planned_to",
    "others",
    "contributors_fewest",
    "contributors_most",
    "meetings",
    "measure",
    "value",
    "at_least",
    "at_most",
    "unit",
    "status",
)
"""The columns of the table. All cells are numbers or words of ours: nothing that a spreadsheet would carry out."""
_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """A team, with another one or one's own meetings beside it, where that was asked for."""

    fewest: int
    team: TeamView
    against: TeamView | None = None
    own: Mapping[Span, Own] | None = None

    @property
    def views(self) -> dict[str, TeamView]:
        """The teams by what they are here."""
        return {TEAM: self.team} | ({} if self.against is None else {AGAINST: self.against})

    @property
    def own_others(self) -> frozenset[Span]:
        """The pairs of which one's own meetings are the others, as those of the team that they are beside."""
        beside: dict[Span, TeamView] = {}
        for view in self.views.values():
            for group in view.shown:
                beside.setdefault(group.span, view)
        return frozenset(span for span, view in beside.items() if span in others_in(view.groups))

    @property
    def spans(self) -> list[Span]:
        """The planned lengths of which something is said, in their order."""
        return sorted({each.span for view in self.views.values() for each in view.groups})


def as_values(found: Comparison) -> dict[str, Any]:
    """``found`` as one JSON object; minutes with their ranges, ``null`` where a range has no end that is known."""
    values: dict[str, Any] = {"schema": SCHEMA, "fewest_contributors": found.fewest}
    for who, view in found.views.items():
        values[who] = {
            "made_up": view.made_up,
            "exports": sum(each.contributors or 0 for each in view.months),
            "months": [
                {"month": each.month, "contributors": each.contributors, "groups": _groups(each.groups)}
                for each in view.months
            ],
            "groups": _groups(view.groups),
        }
    if found.own is not None:
        values[OWN] = [_own(span, own, found.own_others) for span, own in sorted(found.own.items())]
    return values


def as_rows(found: Comparison) -> Iterator[tuple[str | float, ...]]:
    """``found``, all months together, as rows of ``COLUMNS``; an empty text is an empty cell."""
    for who, view in found.views.items():
        others = others_in(view.groups)
        for group in view.groups:
            key = (who, len(group.months), *group.span, _word(group.span in others))
            if group.withheld:
                yield (*key, *[""] * (len(COLUMNS) - len(key) - 1), "left-out" if group.left_out else "withheld")
                continue
            counted = (*key, *group.contributors, group.meetings)
            status = "made-up" if view.made_up else "published"
            yield from _measures(counted, group.steps, status)
            yield (*counted, "reached_farewell", "", *group.reached, "meetings", status)
    own_others = found.own_others
    for span, own in sorted((found.own or {}).items()):
        mine = (OWN, "", *span, _word(span in own_others), "", "", own.meetings)
        yield from _measures(mine, own.steps, OWN)
        if own.steps:
            yield (*mine, "reached_farewell", own.reached, own.reached, own.reached, "meetings", OWN)
        else:
            yield (*mine, *[""] * 5, "too-few")


def _measures(
    counted: tuple[str | float, ...], steps: Mapping[Stage, Spread], status: str
) -> Iterator[tuple[str | float, ...]]:
    for stage, spread in steps.items():
        points = {"median": spread.median, "lower_quartile": spread.lower, "upper_quartile": spread.upper}
        for name, point in points.items():
            highest = "" if point.highest is None else _rounded(point.highest)
            cells = (_rounded(point.value), _rounded(point.lowest), highest)
            yield (*counted, f"{stage.key}_{name}", *cells, "minutes", status)


def others_in(groups: Sequence[TeamGroup]) -> frozenset[Span]:
    """The pairs among ``groups`` that are no whole: a band of theirs stands by itself in the same list."""
    return others_of(group.span for group in groups)


def _word(yes: bool) -> str:
    return "true" if yes else "false"


def _groups(groups: Sequence[TeamGroup]) -> list[dict[str, Any]]:
    others = others_in(groups)
    return [_group(group, others) for group in groups]


def _group(group: TeamGroup, others: Collection[Span]) -> dict[str, Any]:
    return {
        "planned": list(group.span),
        "others": group.span in others,
        "withheld": group.withheld,
        "months": list(group.months),
        "withheld_months": list(group.withheld_months),
        "left_out_months": list(group.left_out),
        "contributors": None if group.withheld else list(group.contributors),
        "meetings": None if group.withheld else group.meetings,
        "stages": _steps(group.steps),
        "reached_farewell": None if group.withheld else list(group.reached),
    }


def _own(span: Span, own: Own, others: Collection[Span]) -> dict[str, Any]:
    return {
        "planned": list(span),
        "others": span in others,
        "meetings": own.meetings,
        "too_few": not own.steps,
        "stages": _steps(own.steps),
        "reached_farewell": own.reached if own.steps else None,
    }


def _steps(steps: Mapping[Stage, Spread]) -> dict[str, Any] | None:
    if not steps:
        return None
    return {
        stage.key: {"median": _point(each.median), "middle_half": [_point(each.lower), _point(each.upper)]}
        for stage, each in steps.items()
    }


def _point(point: Point) -> dict[str, float | None]:
    highest = None if point.highest is None else _rounded(point.highest)
    return {"minutes": _rounded(point.value), "at_least": _rounded(point.lowest), "at_most": highest}


def _rounded(minutes: float) -> float:
    return round(minutes, _DIGITS)
