"""The typical meeting: the medians of the steps one after the other, drawn as every meeting is: as a staircase."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.i18n import _, formats, ngettext, sentences
from kohtaava_desktop.i18n.mirror_texts import spread_of, whole
from kohtaava_desktop.ui.mirror import scale
from kohtaava_desktop.ui.mirror.chart import LINE, Label, Mark, Shown, Table, Widths
from kohtaava_desktop.ui.mirror.words import NONE, from_how_many, glued, minutes
from kohtaava_desktop.ui.staircase import Box, Stairs, Step, Tread, lay_out
from kohtaava_desktop.ui.theme import Role

AXIS = 22.0  # the height of the numbers below the stairs
OVER_TOP = 30.0  # the room above the stairs, for the name of the highest step
TEAM_ABOVE = 8.0  # how far the team's stairs lie above one's own, so that both can be seen
ABOVE = 6.0  # how far a name stands above what lies under it
PER_NUMBER = 70.0  # the least width for one number of the axis
SAMPLE = 26.0  # the length of a line in the legend

Riser = tuple[float, float, float]
"""The place of a riser, its upper and its lower end."""


@dataclass(frozen=True, slots=True)
class CourseLaid:
    """Ready to paint. ``end`` is where the planned end lies when the stairs go on beyond it."""

    stairs: Stairs
    team: tuple[Tread, ...]
    end: float | None
    labels: tuple[Label, ...]
    legend: tuple[Label, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """How a meeting usually goes: median seconds of each step, and what is ``said`` of it; ``beside`` is dashed.

    ``legend``: the names of the two. ``planned``: minutes. ``reserve``: from when to when it is, in seconds.
    """

    medians: Mapping[Stage, float]
    said: Mapping[Stage, str]
    beside: Mapping[Stage, float] = field(default_factory=dict)
    legend: tuple[str, ...] = ()
    planned: int | None = None
    reserve: tuple[int, int] | None = None


def title() -> str:
    """What the chart is."""
    return _("Typical meeting")


def subtitle(shown: Shown) -> str:
    """How to read it."""
    medians = _("The median of each step, of the meetings that came to it")
    return medians if shown.team is None else medians + "; " + _("dashed: the team")


def lay(shown: Shown, box: Box, wide: Widths) -> CourseLaid:
    """The chart in ``box``."""
    stages, team = shown.found.stages, shown.team
    course = Course(
        {stage: spread.median for stage, spread in stages.items()},
        {stage: _said(stage, spread, team) for stage, spread in stages.items()},
        team.medians if team else {},
        () if team is None else (_("Own"), _of_the_team(team)),
        shown.wanted.planned_minutes,
        shown.reserve,
    )
    return lay_course(course, box, wide)


def lay_course(course: Course, box: Box, wide: Widths) -> CourseLaid:
    """The chart of ``course`` in ``box``."""
    own, others = _steps(course.medians), _steps(course.beside)
    planned = None if course.planned is None else course.planned * 60
    span = max([planned or 0, *(step.end for step in (*own, *others))])
    inner = Box(box.x, box.y + OVER_TOP, box.w, max(box.h - OVER_TOP - AXIS, 1.0))
    stairs = lay_out(inner, own, span, course.reserve)
    team = tuple(
        Tread(tread.stage, tread.x1, tread.x2, tread.y - TEAM_ABOVE) for tread in lay_out(inner, others, span).treads
    )
    end = None if planned is None or planned >= span else inner.x + inner.w * planned / span
    names = tuple(_names(stairs, team, course.medians, wide))
    marks = (*_marks(stairs, course.said), *_reserve_mark(stairs, course.reserve))
    axis = _axis(inner, span, course.planned or 1, wide)
    return CourseLaid(stairs, team, end, (*names, *axis), _legend(box, course.legend, wide), marks)


def table(shown: Shown) -> Table:
    """The same as rows."""
    team = shown.team
    headers = (
        *(_("Step"), _("Median"), _("Middle half from"), _("Middle half to"), _("9 of 10 at most"), _("Meetings")),
        *((_("Median of the team"), _("Meetings of the team")) if team else ()),
    )
    rows = []
    for stage in Stage:
        spread = shown.found.stages.get(stage)
        values = (NONE,) * 4 if spread is None else tuple(map(minutes, _four(spread)))
        row = (sentences.stage_name(stage), *values, formats.number(spread.n if spread else 0))
        rows.append((*row, *_team_cells(team, stage)) if team else row)
    return Table(headers, tuple(rows))


def in_lines(team: TypicalMeeting) -> Iterator[str]:
    """The team's medians as lines of text, each with the meetings it comes from."""
    yield f"{_of_the_team(team)}:"
    names = {stage: sentences.stage_name(stage) for stage in team.medians}
    width = max(map(len, names.values()))
    for stage, name in names.items():
        median = formats.minutes_short(whole(team.medians[stage]))
        count = formats.number(team.meetings[stage])
        yield f"{name:{width}}  " + _("median {median}, n = {count}").format(median=median, count=count)


def _team_cells(team: TypicalMeeting, stage: Stage) -> tuple[str, str]:
    """The team's median of a step, and from how many meetings it is."""
    if stage not in team.medians:
        return NONE, NONE
    return minutes(team.medians[stage]), formats.number(team.meetings[stage])


def _four(spread: Distribution) -> tuple[float, float, float, float]:
    return spread.median, spread.lower, spread.upper, spread.p90


def _steps(medians: Mapping[Stage, float]) -> list[Step]:
    steps: list[Step] = []
    at = 0.0
    for stage in Stage:
        if stage in medians:
            steps.append(Step(stage, at, at + medians[stage]))
            at += medians[stage]
    return steps


def _names(stairs: Stairs, team: Sequence[Tread], medians: Mapping[Stage, float], wide: Widths) -> Iterator[Label]:
    """The name and minutes of each step above its tread, where no riser crosses them."""
    risers = [*_risers(stairs.treads), *_risers(team)]
    tops = {tread.stage: tread.y for tread in team}
    for tread in stairs.treads:
        name, value = sentences.stage_name(tread.stage), minutes(medians[tread.stage])
        bottom = min(tread.y, tops.get(tread.stage, tread.y)) - ABOVE
        yield from _name(stairs.box, tread, (f"{name} {value}",), (name, value), bottom, risers, wide)


def _name(
    room: Box,
    tread: Tread,
    flat: tuple[str, ...],
    high: tuple[str, ...],
    bottom: float,
    risers: Sequence[Riser],
    wide: Widths,
) -> list[Label]:
    """On one line, on two where that has not the width, or else on one line past the risers in the way."""
    past = sorted({tread.x2, *(x for x, _top, _bottom in risers if x > tread.x1)})
    tries = [(lines, x) for lines in (flat, high) for x in _beside(tread, _width(lines, wide))]
    tries += [(flat, x + 5) for x in past]
    boxes = [(lines, _standing(lines, x, bottom, wide)) for lines, x in tries]
    free = [each for each in boxes if _inside(each[1], room) and not any(_crosses(each[1], one) for one in risers)]
    lines, box = (free or boxes)[0]
    x = min(max(box.x, room.x), max(room.x, room.right - box.w))  # a long name keeps its minutes
    return [
        Label(line, Box(x, box.y + number * LINE, box.w, LINE), tread.stage, Role.BUTTON, "middle")
        for number, line in enumerate(lines)
    ]


def _width(lines: tuple[str, ...], wide: Widths) -> float:
    return max(wide(line, Role.BUTTON) for line in lines) + 2


def _beside(tread: Tread, w: float) -> tuple[float, float, float]:
    """Where a name stands on its tread: in the middle, at its left, at its right."""
    return (tread.x1 + tread.x2 - w) / 2, tread.x1 + 2, tread.x2 - w - 4


def _standing(lines: tuple[str, ...], x: float, bottom: float, wide: Widths) -> Box:
    high = LINE * len(lines)
    return Box(x, bottom - high, _width(lines, wide), high)


def _inside(box: Box, room: Box) -> bool:
    return room.x - 1 <= box.x and box.right <= room.right + 1


def _crosses(box: Box, riser: Riser) -> bool:
    x, top, bottom = riser
    return box.x - 3 < x < box.right + 3 and top < box.bottom + 1 and box.y - 1 < bottom


def _risers(treads: Sequence[Tread]) -> list[Riser]:
    return [(before.x2, after.y, before.y) for before, after in pairwise(treads)]


def _axis(inner: Box, span: float, through: int, wide: Widths) -> Iterator[Label]:
    numbers = scale.ticks(span / 60, int(inner.w / PER_NUMBER), through)
    for number in numbers:
        text = formats.minutes_short(number) if number == numbers[-1] else str(number)
        w = wide(text, Role.BODY) + 2
        middle = inner.x + inner.w * number * 60 / max(span, 1.0)
        x = min(max(middle - w / 2, inner.x), inner.right - w)
        yield Label(text, Box(x, inner.bottom + 5, w, LINE), align="middle")


def _legend(box: Box, texts: Sequence[str], wide: Widths) -> tuple[Label, ...]:
    """What the two lines are, upper left, where stairs that go up leave room."""
    x = box.x + SAMPLE + 8
    return tuple(
        Label(text, Box(x, box.y + number * (LINE + 2), wide(text, Role.BODY) + 2, LINE))
        for number, text in enumerate(texts)
    )


def _of_the_team(team: TypicalMeeting) -> str:
    count = team.contributors
    of = ngettext("{count} workstation", "{count} workstations", count).format(count=formats.number(count))
    return _("Team, {workstations}").format(workstations=of)


def _said(stage: Stage, spread: Distribution, team: TypicalMeeting | None) -> str:
    said = f"{sentences.stage_name(stage)}: {glued(spread_of(spread))}"
    if team is None or stage not in team.medians:
        return said
    of_the_team = _("Team: median {median}, {count}").format(
        median=minutes(team.medians[stage]), count=from_how_many(team.meetings[stage])
    )
    return f"{said}\n{of_the_team}"


def _marks(stairs: Stairs, said: Mapping[Stage, str]) -> Iterator[Mark]:
    for tread in stairs.treads:
        column = Box(tread.x1, tread.y, tread.x2 - tread.x1, stairs.box.bottom - tread.y)
        yield Mark(column, ((tread.x1 + tread.x2) / 2, tread.y), said[tread.stage])


def _reserve_mark(stairs: Stairs, reserve: tuple[int, int] | None) -> Iterator[Mark]:
    if reserve is None or stairs.zone is None:
        return
    said = _("Planned: {planned}, the last {reserve} of them kept for the farewell").format(
        planned=formats.minutes_short(whole(reserve[1])), reserve=formats.minutes_short(whole(reserve[1] - reserve[0]))
    )
    left, right = stairs.zone
    yield Mark(Box(left, stairs.box.y, right - left, stairs.box.h), ((left + right) / 2, stairs.box.y + 8), said)
