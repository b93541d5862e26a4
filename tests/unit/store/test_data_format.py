"""``docs/data-format.md`` is in step with the file it describes."""

import re
from pathlib import Path

import pytest

from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store import database, shelf
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.migrations import KNOWN_VERSION
from tests.unit.store import samples

DOCUMENT = (Path(__file__).parents[3] / "docs" / "data-format.md").read_text(encoding="utf-8")
EXAMPLES = [
    statement.strip()
    for block in re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)
    for statement in block.split(";")
    if statement.strip()
]


@pytest.mark.parametrize("table", ["meeting", "visit", "release", "cut_month"])
def test_every_column_is_described_and_no_other(tmp_path: Path, table: str) -> None:
    Meetings(tmp_path / "kohtaava.db").add(samples.record(1))
    with database.looking(tmp_path / "kohtaava.db") as db:
        columns = [column.name for column in db.table(table).columns]
    section = DOCUMENT.split(f"### `{table}`")[1].split("\n### ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == columns


@pytest.mark.parametrize("value", [*Channel, *Quality, *(stage.key for stage in Stage)])
def test_every_value_is_described(value: str) -> None:
    assert f"`{value}`" in DOCUMENT


@pytest.mark.parametrize("name", [shelf.MEETINGS, shelf.JOURNAL, shelf.WAITING])
def test_every_file_is_described(name: str) -> None:
    assert f"| `{name}` |" in DOCUMENT


def test_every_version_is_described() -> None:
    assert f"now {KNOWN_VERSION}." in DOCUMENT
    section = DOCUMENT.split("### Versions")[1].split("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == [str(n) for n in range(1, KNOWN_VERSION + 1)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.splitlines()[0][3:40])
def test_every_example_answers(tmp_path: Path, example: str) -> None:
    Meetings(tmp_path / "kohtaava.db").add_all(samples.records(100))
    assert samples.rows(tmp_path / "kohtaava.db", example)


def test_the_example_of_steps_back_counts_them(tmp_path: Path) -> None:
    [example] = [each for each in EXAMPLES if "steps_back" in each]
    kept = Meetings(tmp_path / "kohtaava.db")
    way = [Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE, Stage.GUIDANCE, Stage.EMPATHY, Stage.GUIDANCE]
    marks = samples.record(1).marks
    visits = tuple((stage, 60) for stage in way)
    kept.add(samples.record(1, visits=visits, furthest_stage=Stage.ADVICE))
    kept.add(samples.record(2, visits=visits[:1], furthest_stage=Stage.EMPATHY, marks=marks))
    assert samples.rows(kept.path, example) == [(str(marks.channel), 2, 2)]
