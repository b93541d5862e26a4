"""The arithmetic of the measurements: medians, percentiles, ratios, and the table that shows them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from math import ceil
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. ``goal`` is the most it should be; ``value`` is ``None`` where it could not be measured."""

    what: str
    value: float | None
    unit: str
    goal: float | None = None
    note: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """``reached``, ``missed``, ``not measured``, or nothing where there is no goal."""
        if self.value is None:
            return "not measured"
        if self.goal is None:
            return ""
        return "reached" if self.value <= self.goal else "missed"

    def as_json(self) -> dict[str, Any]:
        """The same for a JSON file."""
        return {**asdict(self), "verdict": self.verdict}


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest of ``values`` that at least ``percent`` per cent of them do not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(1, ceil(len(ordered) * percent / 100)) - 1]


def spread(values: Sequence[float]) -> str:
    """The middle half of ``values``, like ``1.18–1.25``."""
    return f"{percentile(values, 25):.2f}–{percentile(values, 75):.2f}"


def compared(
    what: str, ours: Sequence[float], theirs: Sequence[float], against: str, goal: float, unit: str = "ms"
) -> Figure:
    """``ours`` as a multiple of ``theirs``: the median of the ratios, pair by pair, as a slow moment slows both."""
    ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
    note = (
        f"{shown(median(ours))} against {shown(median(theirs))} {unit}; "
        f"middle half {spread(ratios)}; {len(ratios)} pairs"
    )
    detail = {"ours": list(ours), "theirs": list(theirs)}
    return Figure(what, median(ratios), f"× {against}", goal, note, detail)


def shown(value: float | None) -> str:
    """A value as the table shows it: three figures that count."""
    if value is None:
        return "–"
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text, in columns."""
    head = ("what", "reached", "goal", "", "how")
    rows = [
        (
            each.what,
            f"{shown(each.value)} {each.unit}".rstrip(),
            "" if each.goal is None else f"≤ {shown(each.goal)}",
            each.verdict,
            each.note,
        )
        for each in figures
    ]
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head) - 1)]
    lines = (
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]))
        for row in (head, *rows)
    )
    return "\n".join(line.rstrip() for line in lines)
