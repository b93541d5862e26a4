"""Every chart's table has the numbers of the statistics, in words."""

import re
from collections import Counter

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.i18n import formats, sentences
from kohtaava_desktop.i18n.mirror_texts import described, signed, whole
from kohtaava_desktop.ui.mirror import words
from kohtaava_desktop.ui.mirror.chart import Shown, Table
from kohtaava_desktop.ui.mirror.charts import CHARTS
from tests.ui.mirror.histories import statistics
from tests.ui.mirror.test_layouts import BOX, wide

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture(params=[40, 5000])
def found(request: pytest.FixtureRequest) -> Statistics:
    return statistics(request.param)


def cells(table: Table) -> list[list[str]]:
    """The rows, with plain spaces."""
    assert {len(row) for row in table.rows} == {len(table.headers)}
    return [[cell.replace("\u00a0", " ") for cell in row] for row in table.rows]


def text(seconds: float) -> str:
    return formats.minutes_short(whole(seconds))


def test_the_typical_meeting(found: Statistics) -> None:
    expected = [
        [sentences.stage_name(stage), text(of.median), text(of.lower), text(of.upper), text(of.p90), str(of.n)]
        for stage, of in found.stages.items()
    ]
    assert cells(CHARTS["typical"].table(Shown(found))) == expected


def test_the_team_has_a_column_of_its_own(found: Statistics) -> None:
    team = TypicalMeeting({Stage.EMPATHY: 240.0}, {Stage.EMPATHY: 12_345}, 7, ("2026-10",))
    table = CHARTS["typical"].table(Shown(found, team=team))
    assert table.headers[-2:] == ("Median of the team", "Meetings of the team")
    assert [row[-2:] for row in cells(table)] == [["4 min", formats.number(12_345)], *[["–", "–"]] * 3]


def test_every_column_says_by_itself_what_is_in_it(found: Statistics) -> None:
    """A screen reader says a cell with its header alone."""
    headers = CHARTS["typical"].table(Shown(found)).headers
    assert headers[2:4] == ("Middle half from", "Middle half to")


def test_how_long_the_steps_were(found: Statistics) -> None:
    rows = cells(CHARTS["spread"].table(Shown(found)))
    spreads = list(found.stages.values())
    assert rows[0][1:] == [text(each.median) for each in spreads]
    assert rows[1][1:] == [f"{whole(each.lower)}–{text(each.upper)}" for each in spreads]
    assert rows[2][1:] == [str(each.n) for each in spreads]
    for column, each in enumerate(spreads, start=1):
        by_minute: Counter[str] = Counter()
        for seconds, meetings in each.counted:
            by_minute[formats.minutes_short(seconds // 60)] += meetings
        assert {row[0]: int(row[column]) for row in rows[3:] if row[column] != "0"} == by_minute


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_large_numbers_are_grouped_wherever_they_are_read(language: str) -> None:
    i18n.set_language(language)
    found = statistics(12_345)
    assert found.n > 10_000
    shown = Shown(found)
    charts = {name: chart.lay(shown, BOX, wide) for name, chart in CHARTS.items()}
    said = [mark.said for laid in charts.values() for mark in laid.marks]
    said += [label.text for laid in charts.values() for label in laid.labels]  # type: ignore[attr-defined]
    said += [cell for chart in CHARTS.values() for row in chart.table(shown).rows for cell in row]
    said += [words.heading(found, Filter(), Choices()), described(found)]
    assert [text for text in said if re.search(r"\d{5}", text)] == []
    assert sum(formats.number(found.n) in text for text in said) > 5


def test_week_by_week(found: Statistics) -> None:
    expected = [[f"week {int(week.iso_week[-2:])}/2026", text(week.median), str(week.n)] for week in found.weeks]
    assert cells(CHARTS["weekly"].table(Shown(found))) == expected
    assert sum(int(row[2]) for row in expected) == found.reached_farewell


def test_the_key_figures(found: Statistics) -> None:
    assert found.over is not None
    rows = cells(CHARTS["figures"].table(Shown(found)))
    assert [row[1] for row in rows] == [
        f"{round(100 * found.reached_farewell / found.n)}%",
        text(found.stages[Stage.FAREWELL].median),
        signed(found.over.median),
        f"{round(100 * found.stepped_back / found.n)}%",
    ]
    assert rows[0][2] == f"{found.reached_farewell} of {found.n} meetings"
    farewell = found.stages[Stage.FAREWELL]
    half = f"half {whole(farewell.lower)}–{text(farewell.upper)}"
    assert rows[1][2] == f"{half}, n = {formats.number(found.reached_farewell)}"
    lower, upper = signed(found.over.lower).removesuffix(" min"), signed(found.over.upper)
    assert rows[2][2] == f"half from {lower} to {upper}, n = {formats.number(found.n)}"


def test_what_is_said_of_values_is_what_the_table_has(found: Statistics) -> None:
    shown = Shown(found, Filter())
    for name in ("figures", "weekly"):
        chart = CHARTS[name]
        marks, rows = chart.lay(shown, BOX, wide).marks, chart.table(shown).rows
        assert len(marks) == len(rows)
        for mark, row in zip(marks, rows, strict=True):
            assert all(cell in mark.said for cell in row[:2])
            assert row[2] in mark.said
