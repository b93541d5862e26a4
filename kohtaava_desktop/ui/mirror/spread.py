"""How long the steps were: for each one its meetings by whole minutes, the median and the middle half."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution, Statistics
from kohtaava_desktop.i18n import _, formats, sentences
from kohtaava_desktop.i18n.mirror_texts import counted, spread_of, whole
from kohtaava_desktop.ui.mirror import scale
from kohtaava_desktop.ui.mirror.chart import LINE, Label, Mark, Shown, Table, Widths
from kohtaava_desktop.ui.mirror.words import from_how_many, glued, minutes
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Role

AXIS = 22.0
HALF = 7.0  # the height of the bar of the middle half, with its gap
BETWEEN = 12.0  # between two rows
NAMES = 0.4  # of the width, at most
THINNEST = 4.0  # the least width of a bar with its gap
PER_NUMBER = 56.0
TAIL = 2  # the axis goes so many times as far as where 9 of 10 meetings end, or to the longest one


@dataclass(frozen=True, slots=True)
class Bar:
    """The meetings of some whole minutes."""

    box: Box
    minute: int
    meetings: int


@dataclass(frozen=True, slots=True)
class Row:
    """One step: its bars stand on ``base``. Without meetings there are no bars, and ``median`` is ``None``."""

    stage: Stage
    base: float
    top: float
    bars: tuple[Bar, ...]
    median: float | None = None
    half: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """Ready to paint; ``lines`` are the places of the numbers of the axis."""

    rows: tuple[Row, ...]
    lines: tuple[float, ...]
    plot: Box
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


def title() -> str:
    """What the chart is."""
    return _("How long the steps were")


def subtitle(_shown: Shown) -> str:
    """How to read it."""
    return _("Meetings by minutes; the line is the median, the bar below it half of the meetings")


def lay(shown: Shown, box: Box, wide: Widths) -> Spread:
    """The chart in ``box``."""
    found = shown.found
    notes = {stage: _note(found.stages.get(stage)) for stage in Stage}
    names = {stage: sentences.stage_name(stage) for stage in Stage}
    widest = max(*(wide(names[each], Role.BUTTON) for each in Stage), *(wide(notes[each], Role.BODY) for each in Stage))
    left = min(widest + 18, box.w * NAMES)
    plot = Box(box.x + left, box.y, max(box.w - left, 1.0), max(box.h - AXIS, 1.0))
    most = max(int(plot.w / PER_NUMBER), 2)
    end = scale.end_of(_end(found), most)
    each = scale.bin_of(end, plot.w, THINNEST)
    rows: list[Row] = []
    labels: list[Label] = []
    marks: list[Mark] = []
    for stage in Stage:
        row = _row(stage, found.stages.get(stage), plot, end, each)
        rows.append(row)
        middle = (row.top + row.base) / 2
        labels.append(Label(names[stage], Box(box.x, middle - LINE, left - 8, LINE), stage, Role.BUTTON))
        labels.append(Label(notes[stage], Box(box.x, middle, left - 8, LINE)))
        whole = Box(box.x, row.top, left, row.base + HALF - row.top)
        marks += _marks(row, found.stages.get(stage), whole, each)
        beyond = _beyond(row, found.stages.get(stage), plot, end, wide)
        if beyond is not None:
            labels.append(beyond[0])
            marks.append(beyond[1])
    numbers = scale.ticks(end, most)
    x = scale.placed(plot.x, plot.w, end)
    labels += axis(numbers, plot, end, wide)
    return Spread(tuple(rows), tuple(map(x, numbers)), plot, tuple(labels), tuple(marks))


def table(shown: Shown) -> Table:
    """Median, middle half and number of meetings of each step; then the meetings of each whole minute."""
    stages = shown.found.stages
    names = tuple(sentences.stage_name(stage) for stage in stages)
    rows = [
        (_("Median"), *(minutes(spread.median) for spread in stages.values())),
        (_("Half of the meetings"), *(f"{whole(each.lower)}–{minutes(each.upper)}" for each in stages.values())),
        (_("Meetings"), *(formats.number(spread.n) for spread in stages.values())),
    ]
    by_minute = [by_minutes(spread.counted, 1) for spread in stages.values()]
    rows += [
        (formats.minutes_short(minute), *(formats.number(each[minute]) for each in by_minute))
        for minute in sorted({minute for each in by_minute for minute in each})
    ]
    return Table((_("Minutes"), *names), tuple(rows))


def by_minutes(seconds: Counted, each: int) -> Counter[int]:
    """How many meetings there are of each ``each`` whole minutes, by the first of them."""
    minutes_of: Counter[int] = Counter()
    for value, meetings in seconds:
        minutes_of[value // 60 // each * each] += meetings
    return minutes_of


def _note(spread: Distribution | None) -> str:
    return _("no meetings") if spread is None else f"{minutes(spread.median)}, {from_how_many(spread.n)}"


def _end(found: Statistics) -> float:
    """So many minutes that the usual ones have room: a single very long meeting does not press the others flat."""
    spreads = list(found.stages.values())
    longest = max((spread.counted.values[-1] for spread in spreads), default=60) // 60 + 1
    usual = max((spread.p90 for spread in spreads), default=60) / 60
    return max(min(longest, usual * TAIL), 1.0)


def _row(stage: Stage, spread: Distribution | None, plot: Box, end: int, each: int) -> Row:
    height = plot.h / len(Stage)
    top = plot.y + stage * height + BETWEEN / 2
    base = plot.y + (stage + 1) * height - BETWEEN / 2 - HALF
    if spread is None:
        return Row(stage, base, top, ())
    x = scale.placed(plot.x, plot.w, end)
    held = {minute: count for minute, count in sorted(by_minutes(spread.counted, each).items()) if minute < end}
    most = max(held.values(), default=1)
    gap = min(1.5, plot.w * each / end * 0.2)
    bars = []
    for minute, count in held.items():
        high = max((base - top) * count / most, 1.0)
        bars.append(Bar(Box(x(minute) + gap / 2, base - high, x(minute + each) - x(minute) - gap, high), minute, count))
    half = (x(spread.lower / 60), x(spread.upper / 60))
    return Row(stage, base, top, tuple(bars), x(spread.median / 60), half)


def _marks(row: Row, spread: Distribution | None, name: Box, each: int) -> Iterator[Mark]:
    step = sentences.stage_name(row.stage)
    if spread is None or row.median is None:
        yield Mark(name, (name.x + name.w / 2, row.top), f"{step}: {_('no meetings')}", row.stage)
        return
    yield Mark(name, (row.median, row.top), f"{step}: {glued(spread_of(spread))}", row.stage)
    for bar in row.bars:
        said = f"{step}, {_span(bar.minute, each)}: {counted(bar.meetings)}"
        column = Box(bar.box.x, row.top, bar.box.w, row.base + HALF - row.top)
        yield Mark(column, (bar.box.x + bar.box.w / 2, bar.box.y), said, row.stage)


def _span(minute: int, each: int) -> str:
    if each == 1:
        return formats.minutes_short(minute)
    return f"{minute}–{formats.minutes_short(minute + each - 1)}"


def _beyond(row: Row, spread: Distribution | None, plot: Box, end: int, wide: Widths) -> tuple[Label, Mark] | None:
    """The meetings that were longer than the axis."""
    longer = 0 if spread is None else sum(count for seconds, count in spread.counted if seconds // 60 >= end)
    if not longer:
        return None
    text = f"+{formats.number(longer)}"
    w = wide(text, Role.BODY) + 4
    box = Box(plot.right - w, row.base - LINE - 1, w, LINE)
    said = _("{step}, {minutes} and longer: {meetings}").format(
        step=sentences.stage_name(row.stage), minutes=formats.minutes_short(end), meetings=counted(longer)
    )
    return Label(text, box, align="right"), Mark(box, (box.x + w / 2, box.y), said, row.stage)


def axis(numbers: list[int], plot: Box, end: int, wide: Widths) -> Iterator[Label]:
    """``numbers`` of minutes below ``plot``, the last one with its unit."""
    x = scale.placed(plot.x, plot.w, end)
    for number in numbers:
        text = formats.minutes_short(number) if number == numbers[-1] else str(number)
        w = wide(text, Role.BODY) + 2
        left = min(max(x(number) - w / 2, plot.x - w / 2), plot.right - w)
        yield Label(text, Box(left, plot.bottom + 5, w, LINE), align="middle")
