"""The key figures of the farewell, each with the meetings it comes from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.mirror_texts import signed
from kohtaava_desktop.ui.mirror.chart import Label, Mark, Shown, Table, Widths
from kohtaava_desktop.ui.mirror.words import from_how_many, glued, minutes, share
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Ink, Role

BESIDE = 14.0  # between a number and what it means
NUMBERS = 0.42  # of the width, at most
ROWS = 4  # each figure has the height of one of so many, or less


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, what it means, and what it comes from."""

    value: str
    meaning: str
    basis: str
    ink: Ink | Stage = Ink.TEXT


@dataclass(frozen=True, slots=True)
class Figures:
    """Ready to paint."""

    labels: tuple[Label, ...]
    marks: tuple[Mark, ...]


def title(_shown: Shown) -> str:
    """What the chart is."""
    return _("Farewell")


def subtitle(_shown: Shown) -> str:
    """The numbers speak for themselves."""
    return ""


def figures(shown: Shown) -> Iterator[Figure]:
    """What is told."""
    found = shown.found
    some, ink = _("{some} of {all} meetings"), Stage.FAREWELL
    reached = some.format(some=found.reached_farewell, all=found.n)
    yield Figure(share(found.reached_farewell, found.n), _("of meetings reached the farewell"), reached, ink)
    farewell = found.stages.get(Stage.FAREWELL)
    if farewell is not None:
        yield Figure(minutes(farewell.median), _("median of the farewell"), _basis(farewell, minutes), ink)
    if found.over is not None:
        meaning = _("median against the planned time")
        yield Figure(glued(signed(found.over.median)), meaning, _basis(found.over, signed))
    back = some.format(some=found.stepped_back, all=found.n)
    yield Figure(share(found.stepped_back, found.n), _("of meetings took a step back"), back)


def lay(shown: Shown, box: Box, wide: Widths) -> Figures:
    """The chart in ``box``."""
    return lay_figures(list(figures(shown)), box, wide)


def lay_figures(told: Sequence[Figure], box: Box, wide: Widths, numbers: float = NUMBERS) -> Figures:
    """``told``, of which there are some, one below the other in ``box``; ``numbers``: of the width, at most."""
    left = min(max(wide(each.value, Role.NUMBER) for each in told), box.w * numbers)
    height = box.h / max(len(told), ROWS)
    labels, marks = [], []
    for number, each in enumerate(told):
        row = Box(box.x, box.y + number * height, box.w, height)
        labels.append(Label(each.value, Box(row.x, row.y, left, height), each.ink, Role.NUMBER))
        text = Box(row.x + left + BESIDE, row.y, box.w - left - BESIDE, height)
        labels.append(Label(f"{each.meaning}\n{each.basis}", text, wrap=True))
        said = f"{each.value} {each.meaning}: {each.basis}"
        marks.append(Mark(row, (row.x + left / 2, row.y + 4), said, number))
    return Figures(tuple(labels), tuple(marks))


def table(shown: Shown) -> Table:
    """The same as rows."""
    return table_of(figures(shown))


def table_of(told: Iterable[Figure]) -> Table:
    """``told`` as rows."""
    rows = tuple((each.meaning, each.value, each.basis) for each in told)
    return Table((_("What"), _("Value"), _("From")), rows)


def _basis(spread: Distribution, said: Callable[[float], str]) -> str:
    lower, upper = said(spread.lower), said(spread.upper)
    shorter = lower.removesuffix("\N{NO-BREAK SPACE}min").removesuffix(" min")
    half = _("half {lower} … {upper}").format(lower=shorter, upper=upper)
    return f"{glued(half)}, {from_how_many(spread.n)}"
