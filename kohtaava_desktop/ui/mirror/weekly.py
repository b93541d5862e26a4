"""The median of the farewell, week by week; where a week has none the line has a gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kohtaava_desktop.domain.months import thursday_of
from kohtaava_desktop.domain.statistics import ENOUGH, Week
from kohtaava_desktop.i18n import _, formats
from kohtaava_desktop.ui.mirror import scale
from kohtaava_desktop.ui.mirror.chart import LINE, Label, Mark, Shown, Table, Widths
from kohtaava_desktop.ui.mirror.words import from_how_many, minutes, week, week_short
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Role

AXIS = 22.0
OVER_TOP = 10.0
NUMBERS = 4  # on the axis of minutes, at most
AIR = 7.0  # before the first and after the last point
DOTS = 9.0  # the least distance of points that are drawn as dots
APART = 14.0  # the least distance of two names of weeks


@dataclass(frozen=True, slots=True)
class Point:
    """One week with farewells; ``few`` where they are too few to say much."""

    x: float
    y: float
    few: bool


@dataclass(frozen=True, slots=True)
class Weekly:
    """Ready to paint: runs of weeks without a gap, and the lines of the axis. ``dots``: whether all points have one.

    Without, those have one that are of few meetings, and those that stand alone.
    """

    runs: tuple[tuple[Point, ...], ...]
    dots: bool
    lines: tuple[float, ...]
    plot: Box
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


def title() -> str:
    """What the chart is."""
    return _("Week by week")


def subtitle(shown: Shown) -> str:
    """How to read it."""
    if any(each.n < ENOUGH for each in shown.found.weeks):
        return _("Median of the farewell, minutes; hollow: fewer than {count} meetings").format(count=ENOUGH)
    return _("Median of the farewell, minutes")


def lay(shown: Shown, box: Box, wide: Widths) -> Weekly:
    """The chart in ``box``."""
    weeks = shown.found.weeks
    if not weeks:
        none = Label(_("No meeting reached the farewell."), box, wrap=True, align="middle")
        return Weekly((), False, (), box, (none,), ())
    end = scale.end_of(max(each.median for each in weeks) / 60, NUMBERS)
    numbers = scale.ticks(end, NUMBERS)
    right = max(wide(str(number), Role.BODY) for number in numbers) + 10
    plot = Box(box.x, box.y + OVER_TOP, max(box.w - right, 1.0), max(box.h - OVER_TOP - AXIS, 1.0))
    places = [number_of(each.iso_week) - number_of(weeks[0].iso_week) for each in weeks]
    per_week = (plot.w - 2 * AIR) / max(places[-1], 1)
    start = plot.x + AIR if places[-1] else plot.x + plot.w / 2

    def y(seconds: float) -> float:
        return plot.bottom - plot.h * seconds / 60 / end

    points = [
        Point(start + place * per_week, y(each.median), each.n < ENOUGH)
        for place, each in zip(places, weeks, strict=True)
    ]
    lines = tuple(y(number * 60) for number in numbers)
    scale_labels = [
        Label(str(number), Box(plot.right, line - LINE / 2, right, LINE), align="right")
        for number, line in zip(numbers, lines, strict=True)
    ]
    labels = (*scale_labels, *_names(weeks, points, plot, wide))
    return Weekly(
        tuple(_runs(points, places)),
        per_week >= DOTS,
        lines,
        plot,
        labels,
        tuple(_marks(weeks, points, plot, per_week)),
    )


def table(shown: Shown) -> Table:
    """The same as rows; a week without a farewell has none."""
    rows = tuple(
        (week(each.iso_week, True), minutes(each.median), formats.number(each.n)) for each in shown.found.weeks
    )
    return Table((_("Week"), _("Median of the farewell"), _("Meetings")), rows)


def number_of(iso_week: str) -> int:
    """The weeks counted on from year to year."""
    return thursday_of(iso_week).toordinal() // 7


def _runs(points: Sequence[Point], places: Sequence[int]) -> Iterator[tuple[Point, ...]]:
    run: list[Point] = []
    for number, point in enumerate(points):
        if run and places[number] != places[number - 1] + 1:
            yield tuple(run)
            run = []
        run.append(point)
    yield tuple(run)


def _names(weeks: Sequence[Week], points: Sequence[Point], plot: Box, wide: Widths) -> Iterator[Label]:
    """The first and the last week, and those between them that have room; years where there is more than one."""
    several = weeks[0].iso_week[:4] != weeks[-1].iso_week[:4]
    named: list[tuple[Box, str]] = []
    last = len(weeks) - 1
    between = sorted(range(1, last), key=lambda number: abs(2 * number - last))
    for number in dict.fromkeys((0, last, *between)):
        text = week_short(weeks[number].iso_week, several)
        w = wide(text, Role.BODY) + 2
        x = min(max(points[number].x - w / 2, plot.x), plot.right - w)
        if number not in (0, last) and len(named) > 2 and several:
            continue
        if all(x > box.right + APART or x + w < box.x - APART for box, _name in named):
            named.append((Box(x, plot.bottom + 5, w, LINE), text))
    for box, text in named:
        yield Label(text, box, align="middle")


def _marks(weeks: Sequence[Week], points: Sequence[Point], plot: Box, per_week: float) -> Iterator[Mark]:
    half = max(per_week / 2, 3.0) if len(weeks) > 1 else plot.w / 2
    for each, point in zip(weeks, points, strict=True):
        said = _("{week}: median of the farewell {median}, {count}").format(
            week=week(each.iso_week, True),
            median=minutes(each.median),
            count=from_how_many(each.n),
        )
        yield Mark(Box(point.x - half, plot.y, 2 * half, plot.h), (point.x, point.y), said)
