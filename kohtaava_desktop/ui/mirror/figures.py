"""The key figures of the farewell, each with the meetings it comes from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution
from kohtaava_desktop.i18n import _, formats
from kohtaava_desktop.i18n.mirror_texts import signed, whole
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


def title() -> str:
    """What the chart is."""
    return _("Farewell")


def subtitle(_shown: Shown) -> str:
    """The numbers speak for themselves."""
    return ""


def figures(shown: Shown) -> Iterator[Figure]:
    """What is told."""
    found = shown.found
    reached, ink = some_of(formats.number(found.reached_farewell), found.n), Stage.FAREWELL
    yield Figure(share(found.reached_farewell, found.n), _("of meetings reached the farewell"), reached, ink)
    farewell = found.stages.get(Stage.FAREWELL)
    if farewell is not None:
        half = _("half {lower}–{upper}").format(lower=whole(farewell.lower), upper=minutes(farewell.upper))
        yield Figure(minutes(farewell.median), _("median of the farewell"), _basis(half, farewell), ink)
    if found.over is not None:
        meaning = _("median against the planned time")
        lower, upper = signed(found.over.lower), glued(signed(found.over.upper))
        half = _("half from {lower} to {upper}").format(lower=lower.removesuffix(" min"), upper=upper)
        yield Figure(glued(signed(found.over.median)), meaning, _basis(half, found.over))
    back = some_of(formats.number(found.stepped_back), found.n)
    yield Figure(share(found.stepped_back, found.n), _("of meetings took a step back"), back)


def some_of(some: str, meetings: int) -> str:
    """How many of all ``meetings``."""
    return _("{some} of {all} meetings").format(some=some, all=formats.number(meetings))


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


def _basis(half: str, spread: Distribution) -> str:
    """Where ``half`` of the meetings lie, and how many they are."""
    return f"{glued(half)}, {from_how_many(spread.n)}"
