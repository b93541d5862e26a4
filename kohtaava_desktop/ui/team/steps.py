"""How long the steps were, as far as the bins tell: for each step the median, between what it lies, the middle half."""

from collections.abc import Iterator
from dataclasses import dataclass

from kohtaava_desktop.domain.spread import Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import _, sentences
from kohtaava_desktop.ui.mirror import scale
from kohtaava_desktop.ui.mirror.chart import LINE, Label, Mark, Table, Widths
from kohtaava_desktop.ui.mirror.spread import AXIS, BETWEEN, NAMES, PER_NUMBER, axis
from kohtaava_desktop.ui.mirror.words import DOT
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import Lane, TeamShown
from kohtaava_desktop.ui.team.typical import lanes_of
from kohtaava_desktop.ui.team.typical import table as table_of_steps
from kohtaava_desktop.ui.theme import Role

HIGH = 17.0  # of a lane, at most


@dataclass(frozen=True, slots=True)
class Bar:
    """A step of one lane: ``sure`` is between what the median lies, ``half`` the middle half; ``dashed``: beside it.

    ``median`` is ``None`` where the bins tell nothing of it; ``open``: no end of ``sure`` is known.
    """

    stage: Stage
    box: Box
    sure: tuple[float, float]
    half: tuple[float, float]
    median: float | None
    dashed: bool
    open: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """Ready to paint; ``lines`` are the places of the numbers of the axis, ``bases`` the lines between the steps."""

    bars: tuple[Bar, ...]
    lines: tuple[float, ...]
    bases: tuple[float, ...]
    plot: Box
    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


def title() -> str:
    """What the chart is."""
    return _("How long the steps were")


def subtitle(shown: TeamShown) -> str:
    """How to read it."""
    sentence = _(
        "Line: the median, as exact as the bins are; pale: between what it surely lies; bar: half the meetings"
    )
    if shown.beside is None:
        return sentence
    return sentence + DOT + _("dashed: {what}").format(what=words.beside_word(shown.beside))


def lay(shown: TeamShown, box: Box, wide: Widths) -> Steps:
    """The chart in ``box``."""
    lanes = lanes_of(shown)
    names = {stage: sentences.stage_name(stage) for stage in Stage}
    notes = {(stage, lane.who): _note(stage, lane, len(lanes) > 1) for stage in Stage for lane in lanes}
    widest = max(
        *(wide(each, Role.BUTTON) for each in names.values()), *(wide(each, Role.BODY) for each in notes.values())
    )
    left = min(widest + 18, box.w * NAMES)
    plot = Box(box.x + left, box.y, max(box.w - left, 1.0), max(box.h - AXIS, 1.0))
    most = max(int(plot.w / PER_NUMBER), 2)
    end = scale.end_of(max(_end(lane.steps[stage]) for lane in lanes for stage in Stage), most)
    numbers = scale.ticks(end, most)
    bars, labels, marks, bases = [], [], [], []
    for stage in Stage:
        row = Box(box.x, plot.y + stage * plot.h / 4, box.w, plot.h / 4)
        bases.append(row.bottom)
        lines = [Label(names[stage], Box(row.x, 0, left - 8, LINE), stage, Role.BUTTON)]
        lines += [Label(notes[stage, lane.who], Box(row.x, 0, left - 8, LINE)) for lane in lanes]
        labels += list(_stacked(lines, row))
        for number, lane in enumerate(lanes):
            bar = _bar(stage, lane, _lane_box(row, plot, number, len(lanes)), end, number > 0)
            bars.append(bar)
            said = words.said(stage, lane)
            said = f"{words.name(lane)}: {said}" if len(lanes) > 1 else said
            high = row.h / len(lanes)
            place = Box(row.x, row.y + number * high, row.w, high)
            marks.append(Mark(place, (_spot(bar), bar.box.y + bar.box.h / 2), said, stage * 2 + number))
    x = scale.placed(plot.x, plot.w, end)
    labels += axis(numbers, plot, end, wide)
    return Steps(tuple(bars), tuple(map(x, numbers)), tuple(bases), plot, tuple(labels), tuple(marks))


def table(shown: TeamShown) -> Table:
    """The same as rows."""
    return table_of_steps(shown)


def _note(stage: Stage, lane: Lane, several: bool) -> str:
    minutes = words.minutes(lane.steps[stage])
    return f"{words.short_name(lane)} {minutes}" if several else minutes


def _stacked(lines: list[Label], row: Box) -> Iterator[Label]:
    """The lines one below the other, in the middle of ``row``."""
    apart = min(LINE, row.h / len(lines))
    top = row.y + (row.h - apart * len(lines)) / 2
    for number, label in enumerate(lines):
        box = Box(label.box.x, top + number * apart, label.box.w, apart)
        yield Label(label.text, box, label.ink, label.role)


def _end(spread: Spread) -> float:
    """So many minutes that a bin without an end does not press all else flat."""
    return max(spread.upper.value, spread.median.value, spread.median.highest or 0.0, 1.0)


def _lane_box(row: Box, plot: Box, number: int, of: int) -> Box:
    room = row.h - BETWEEN
    high = min(room / of, HIGH)
    top = row.y + (row.h - high * of) / 2
    return Box(plot.x, top + number * high, plot.w, high)


def _bar(stage: Stage, lane: Lane, box: Box, end: int, dashed: bool) -> Bar:
    spread = lane.steps[stage]
    x = scale.placed(box.x, box.w, end)
    highest = spread.median.highest
    sure = (x(spread.median.lowest), box.right if highest is None else x(highest))
    half = (x(spread.lower.value), x(spread.upper.value))
    median = x(spread.median.value) if spread.known else None
    return Bar(stage, box, sure, half, median, dashed, highest is None)


def _spot(bar: Bar) -> float:
    return sum(bar.sure) / 2 if bar.median is None else bar.median
