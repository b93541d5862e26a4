"""The months side by side: the median of each step, month by month; what is withheld stands there as withheld."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup
from kohtaava_desktop.domain.team_pair import Elsewhere
from kohtaava_desktop.domain.team_values import AGAINST
from kohtaava_desktop.i18n import _, formats, sentences, team_texts
from kohtaava_desktop.i18n.mirror_texts import counted
from kohtaava_desktop.ui.mirror import scale
from kohtaava_desktop.ui.mirror.chart import LINE, Label, Mark, Table, Widths
from kohtaava_desktop.ui.mirror.words import DOT
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import MonthShown, TeamShown
from kohtaava_desktop.ui.theme import Ink, Role

AXIS = 22.0
OVER_TOP = 10.0
NUMBERS = 5  # on the axis of minutes, at most
AIR = 10.0  # before the first and after the last month
BAND = 18.0  # the width of the mark of a withheld month, at most
APART = 12.0  # the least distance of two names of months
NAMES = 0.36  # of the width, at most, for the names of the steps


@dataclass(frozen=True, slots=True)
class Months:
    """Ready to paint: for each step runs of months without a gap, and the months that are withheld."""

    runs: tuple[tuple[Stage, tuple[tuple[float, float], ...]], ...]
    withheld: tuple[Box, ...]
    lines: tuple[float, ...]
    plot: Box
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


def title() -> str:
    """What the chart is."""
    return _("Month by month")


def subtitle(shown: TeamShown) -> str:
    """How to read it."""
    sentence = _("Medians of the steps, minutes")
    if any(each.withheld for each in shown.by_month):
        sentence += DOT + _("hatched: withheld")
    return sentence


def lay(shown: TeamShown, box: Box, wide: Widths) -> Months:
    """The chart in ``box``."""
    end = scale.end_of(max(_highest(shown.by_month), 1.0), NUMBERS)
    numbers = scale.ticks(end, NUMBERS)
    left = max(wide(str(number), Role.BODY) for number in numbers) + 8
    right = min(max(wide(sentences.stage_name(stage), Role.BUTTON) for stage in Stage) + 8, box.w * NAMES)
    plot = Box(box.x + left, box.y + OVER_TOP, max(box.w - left - right, 1.0), max(box.h - OVER_TOP - AXIS, 1.0))
    places = [_number(each.month) - _number(shown.by_month[0].month) for each in shown.by_month]
    per_month = (plot.w - 2 * AIR) / max(places[-1], 1)
    xs = [plot.x + AIR + place * per_month if places[-1] else plot.x + plot.w / 2 for place in places]
    runs = tuple(_runs(shown.by_month, xs, places, plot, end))
    band = min(BAND, per_month * 0.7)
    withheld = tuple(
        Box(x - band / 2, plot.y, band, plot.h) for each, x in zip(shown.by_month, xs, strict=True) if each.withheld
    )
    lines = tuple(plot.bottom - plot.h * number / end for number in numbers)
    scale_labels = [
        Label(str(number), Box(box.x, y - LINE / 2, left - 8, LINE), align="right")
        for number, y in zip(numbers, lines, strict=True)
    ]
    labels = (*scale_labels, *_steps(runs, plot, right), *_names(shown, xs, plot, wide))
    marks = tuple(_marks(shown, xs, plot, per_month, end))
    return Months(runs, withheld, lines, plot, labels, marks)


def table(shown: TeamShown) -> Table:
    """The same as rows, and the other team's beside it."""
    steps = tuple(sentences.stage_name(stage) for stage in Stage)
    rows = [_row(formats.month(each.month), each.team, each.elsewhere) for each in shown.by_month]
    if shown.beside is not None and shown.beside.who == AGAINST:
        name = words.name(shown.beside)
        rows += [
            _row(f"{formats.month(each.month)}, {name}", each.against, each.against_elsewhere)
            for each in shown.by_month
        ]
    return Table((_("Month"), *steps, _("Meetings"), _("Contributors")), tuple(rows))


def _row(name: str, group: TeamGroup | None, elsewhere: Elsewhere | None) -> tuple[str, ...]:
    cells = tuple(words.cell(group, elsewhere, stage) for stage in Stage)
    if group is None or group.withheld:
        return (name, *cells, *(cells[:1] * 2))
    return (name, *cells, formats.number(group.meetings), team_texts.people_of(group.contributors))


def _highest(months: Sequence[MonthShown]) -> float:
    return max((value for each in months for value in _values(each.team).values()), default=1.0)


def _values(group: TeamGroup | None) -> dict[Stage, float]:
    """The medians, in minutes, of which something is known."""
    if group is None or group.withheld:
        return {}
    return {stage: spread.median.value for stage, spread in group.steps.items() if spread.known}


def _number(month: str) -> int:
    """The months counted on from year to year."""
    year, number = month.split("-")
    return int(year) * 12 + int(number)


def _runs(
    months: Sequence[MonthShown], xs: Sequence[float], places: Sequence[int], plot: Box, end: int
) -> Iterator[tuple[Stage, tuple[tuple[float, float], ...]]]:
    for stage in Stage:
        run: list[tuple[float, float]] = []
        for number, each in enumerate(months):
            value = _values(each.team).get(stage)
            follows = number > 0 and places[number] == places[number - 1] + 1
            if run and (value is None or not follows):
                yield stage, tuple(run)
                run = []
            if value is not None:
                run.append((xs[number], plot.bottom - plot.h * value / end))
        if run:
            yield stage, tuple(run)


def _steps(runs: Sequence[tuple[Stage, tuple[tuple[float, float], ...]]], plot: Box, room: float) -> Iterator[Label]:
    """The name of each step beside its last month; names that would meet stand apart."""
    last = {stage: run[-1][1] for stage, run in runs}
    order = sorted(last, key=lambda stage: (last[stage], -stage))
    top = plot.y - OVER_TOP
    ys: list[float] = []
    for stage in order:
        ys.append(max(last[stage] - LINE / 2, ys[-1] + LINE if ys else top))
    if ys and (over := ys[-1] + LINE - plot.bottom - LINE / 2) > 0:
        ys = _lifted(ys, ys[-1] - over)
    for stage, y in zip(order, ys, strict=True):
        yield Label(sentences.stage_name(stage), Box(plot.right + 4, y, room - 4, LINE), stage, Role.BUTTON)


def _lifted(ys: list[float], lowest: float) -> list[float]:
    """``ys``, the last of them no further down than ``lowest``, and the others above it."""
    result: list[float] = []
    for y in reversed(ys):
        lowest = min(y, lowest)
        result.append(lowest)
        lowest -= LINE
    return result[::-1]


def _names(shown: TeamShown, xs: Sequence[float], plot: Box, wide: Widths) -> Iterator[Label]:
    """The month that is chosen, the first and the last, and those between them that have room."""
    last = len(xs) - 1
    chosen = [number for number, each in enumerate(shown.by_month) if each.month == shown.month]
    between = sorted(range(last + 1), key=lambda number: abs(2 * number - last))
    named: list[Box] = []
    for number in dict.fromkeys((*chosen, last, 0, *between)):
        text = formats.month_short(shown.by_month[number].month)
        role = Role.BUTTON if number in chosen else Role.BODY
        w = wide(text, role) + 2
        room = Box(plot.x, plot.bottom + 5, plot.w, LINE)
        box = Box(min(max(xs[number] - w / 2, room.x), max(room.x, room.right - w)), room.y, w, LINE)
        if all(box.x > other.right + APART or box.right < other.x - APART for other in named):
            named.append(box)
            yield Label(text, box, Ink.TEXT if number in chosen else Ink.MUTED, role, "middle")


def _marks(shown: TeamShown, xs: Sequence[float], plot: Box, per_month: float, end: int) -> Iterator[Mark]:
    """For the pointer the whole column of a month; the keyboard goes from month to month."""
    wide = per_month if len(xs) > 1 else plot.w
    for each, x in zip(shown.by_month, xs, strict=True):
        left, right = max(x - wide / 2, plot.x - AIR), min(x + wide / 2, plot.right)
        box = Box(left, plot.y, right - left, plot.h)
        values = _values(each.team)
        y = plot.bottom - plot.h * max(values.values()) / end if values else plot.y + plot.h / 2
        yield Mark(box, (x, y), "\n".join(_said(each, shown)))


def _said(each: MonthShown, shown: TeamShown) -> Iterator[str]:
    group, month = each.team, formats.month(each.month)
    if group is None and each.elsewhere is not None:
        yield f"{month}: {words.elsewhere(each.elsewhere)}"
    elif group is None:
        yield _("{month}: nobody told of meetings of this length").format(month=month)
    elif group.withheld:
        yield f"{month}: {team_texts.withheld(shown.fewest)}"
    else:
        people = _("{people} contributors").format(people=team_texts.people_of(group.contributors))
        yield f"{month}: {counted(group.meetings)}, {people}"
    other = each.against if shown.beside is not None and shown.beside.who == AGAINST else None
    if group is not None and not group.withheld:
        for stage in Stage:
            line = f"{sentences.stage_name(stage)} {words.minutes(group.steps[stage])}"
            if other is not None and not other.withheld:
                line += f"{DOT}{words.short_name(shown.beside)} {words.minutes(other.steps[stage])}"  # type: ignore[arg-type]
            yield line
