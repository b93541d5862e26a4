"""Statistics as plain values, as ``kohtaava stats --json`` and ``--csv`` give them out: ``docs/statistics.md``."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import LEFT_OUT, Distribution, Filter, Statistics

SCHEMA = 1
COLUMNS = ("measure", "week", "meetings", "median", "lower_quartile", "upper_quartile", "p90", "unit")
"""The columns of the table. All cells are numbers or words of ours: nothing that a spreadsheet would carry out."""


def as_values(found: Statistics, wanted: Filter) -> dict[str, Any]:
    """``found`` as one JSON object; durations in seconds, ``distribution`` by whole minutes rounded down."""
    return {
        "schema": SCHEMA,
        "filter": {name: value for name, value in asdict(wanted).items() if value is not None},
        "meetings": found.n,
        "left_out": {str(quality): found.left_out.get(quality, 0) for quality in LEFT_OUT},
        "too_few": found.too_few,
        "stages": {stage.key: _spread(found.stages.get(stage)) for stage in Stage},
        "over_planned": _spread(found.over),
        "reached_farewell": found.reached_farewell,
        "stepped_back": found.stepped_back,
        "weeks": [{"week": week.iso_week, "meetings": week.n, "median_farewell": week.median} for week in found.weeks],
    }


def as_rows(found: Statistics) -> Iterator[tuple[str | float, ...]]:
    """``found`` as rows of ``COLUMNS``; an empty text is an empty cell."""
    yield _count("meetings", found.n)
    for quality in LEFT_OUT:
        yield _count(f"left_out_{quality}", found.left_out.get(quality, 0))
    if found.too_few:
        return
    yield _count("reached_farewell", found.reached_farewell)
    yield _count("stepped_back", found.stepped_back)
    for stage, spread in found.stages.items():
        yield _row(stage.key, spread)
    if found.over is not None:
        yield _row("over_planned", found.over)
    for week in found.weeks:
        yield ("farewell", week.iso_week, week.n, week.median, "", "", "", "seconds")


def _spread(spread: Distribution | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    minutes: Counter[int] = Counter()
    for seconds, meetings in spread.counted:
        minutes[seconds // 60] += meetings
    return {
        "meetings": spread.n,
        "median": spread.median,
        "middle_half": [spread.lower, spread.upper],
        "p90": spread.p90,
        "distribution": {str(minute): minutes[minute] for minute in sorted(minutes)},
    }


def _count(measure: str, meetings: int) -> tuple[str | float, ...]:
    return (measure, "", meetings, "", "", "", "", "")


def _row(measure: str, spread: Distribution) -> tuple[str | float, ...]:
    return (measure, "", spread.n, spread.median, spread.lower, spread.upper, spread.p90, "seconds")
