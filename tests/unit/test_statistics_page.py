"""docs/statistics.md names every key and column that ``kohtaava stats`` gives out, and no other."""

import re
from pathlib import Path
from typing import Any

import kohtaava_desktop
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.mirror import COLUMNS, as_rows, as_values
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import ENOUGH, Filter, Statistics, statistics_of, tallied

PAGE = Path(kohtaava_desktop.__file__).parent.parent / "docs" / "statistics.md"
FULL = Filter(45, Channel.PHONE, True, False, "2026-W01", "2026-W52")


def found() -> Statistics:
    """Ten meetings that were on every step."""
    visits = tuple((stage, 60) for stage in Stage)
    return statistics_of(
        tallied(
            Record(f"{number:032x}", "2026-W40", 45, Marks(), Stage.FAREWELL, Quality.OK, visits)
            for number in range(10)
        )
    )


def section(title: str) -> str:
    """The text below a heading."""
    return PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """The names in the first column of the tables, in their order."""
    rows = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


def test_every_column_is_documented_in_its_order() -> None:
    columns, measures = section("`kohtaava stats --csv`").split("| measure | row |")
    assert first_cells(columns) == list(COLUMNS)
    assert list(dict.fromkeys(first_cells(measures))) == list(dict.fromkeys(str(row[0]) for row in as_rows(found())))


def test_every_key_is_documented_in_its_order() -> None:
    text = section("`kohtaava stats --json`")
    values: dict[str, Any] = as_values(found(), FULL)
    assert first_cells(text) == list(values)
    inner = [*values["filter"], *values["left_out"], *values["stages"], *values["over_planned"], *values["weeks"][0]]
    assert [name for name in inner if f"`{name}`" not in text] == []


def test_the_least_number_of_meetings_is_the_one_in_use() -> None:
    numbers = re.findall(r"[Ff]ewer\s+than (\d+) meetings", PAGE.read_text(encoding="utf-8"))
    assert len(numbers) > 2
    assert set(numbers) == {str(ENOUGH)}
