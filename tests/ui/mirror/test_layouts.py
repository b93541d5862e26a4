"""The charts as plain geometry: whatever the meetings were, everything has its place and says what it stands for."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.quantiles import Counted
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Distribution, Filter, Statistics, Week
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.ui.mirror import chart, figures, scale, spread, typical, weekly
from kohtaava_desktop.ui.mirror.chart import Label, Mark, Shown
from kohtaava_desktop.ui.mirror.flow import flow
from kohtaava_desktop.ui.mirror.value_table import are_numbers, broken, widths
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import Role

NEAR = 1e-6
BOX = Box(10, 20, 620, 260)
WEEKS = [f"{year}-W{number:02d}" for year in (2025, 2026) for number in range(1, 53)]


def wide(text: str, role: Role) -> float:
    """As wide as texts are with a usual font, or nearly so."""
    return len(text) * role.value[0] * 0.55


def spread_over(counts: dict[int, int]) -> Distribution:
    """The distribution of values and their counts."""
    counted = Counted.of(counts)
    lower, median, upper, p90 = (counted.quantile(share) for share in (0.25, 0.5, 0.75, 0.9))
    return Distribution(counted.n, median, lower, upper, p90, counted)


counts = st.dictionaries(st.integers(0, 15_000), st.integers(1, 300), min_size=1, max_size=40)
stages = st.dictionaries(st.sampled_from(Stage), counts.map(spread_over), min_size=1)
week_lists = st.lists(
    st.builds(Week, st.sampled_from(WEEKS), st.integers(1, 30), st.integers(0, 3000).map(float)),
    min_size=1,
    max_size=104,
    unique_by=lambda week: week.iso_week,
).map(lambda some: tuple(sorted(some, key=lambda week: week.iso_week)))
boxes = st.builds(Box, st.just(6.0), st.just(6.0), st.integers(330, 1200), st.integers(190, 600))
found = st.builds(
    lambda held, weeks, over: Statistics(500, {}, held, spread_over(over), 400, 100, weeks),
    stages,
    week_lists,
    st.dictionaries(st.integers(-9000, 9000), st.integers(1, 9), min_size=1),
)
teams = st.none() | st.builds(
    TypicalMeeting,
    st.dictionaries(st.sampled_from(Stage), st.integers(0, 4000).map(float)),
    st.fixed_dictionaries({stage: st.integers(1, 9000) for stage in Stage}),
    st.integers(3, 40),
    st.just(("2026-10",)),
)
wanted = st.builds(Filter, planned_minutes=st.none() | st.integers(5, 240))
shown = st.builds(Shown, found, wanted, teams)


def inside(box: Box, room: Box) -> bool:
    return (
        room.x - NEAR <= box.x
        and box.right <= room.right + NEAR
        and room.y - NEAR <= box.y
        and box.bottom <= room.bottom + NEAR
    )


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right - NEAR
        and other.x < one.right - NEAR
        and one.y < other.bottom - NEAR
        and other.y < one.bottom - NEAR
    )


def in_order(marks: tuple[Mark, ...]) -> bool:
    """Within each row from left to right."""
    return all(one.spot[0] <= other.spot[0] + NEAR for one, other in pairwise(marks) if one.row == other.row)


# the typical meeting


@given(shown, boxes)
def test_the_typical_meeting_is_its_medians_in_proportion(shown: Shown, box: Box) -> None:
    laid = typical.lay(shown, box, wide)
    medians = {stage: spread.median for stage, spread in shown.found.stages.items()}
    team = shown.team.medians if shown.team else {}
    span = max(sum(medians.values()), sum(team.values()), (shown.wanted.planned_minutes or 0) * 60, 1.0)
    for treads, values in ((laid.stairs.treads, medians), (laid.team, team)):
        assert [tread.stage for tread in treads] == sorted(values)
        for tread in treads:
            assert tread.x2 - tread.x1 == pytest.approx(values[tread.stage] / span * box.w, abs=1e-3)
        assert all(before.x2 == pytest.approx(after.x1) and before.y > after.y for before, after in pairwise(treads))


@given(shown, boxes)
def test_the_reserve_ends_at_the_planned_end(shown: Shown, box: Box) -> None:
    laid = typical.lay(shown, box, wide)
    if shown.wanted.planned_minutes is None:
        assert laid.stairs.zone is None
        assert laid.end is None
        return
    assert laid.stairs.zone is not None
    left, right = laid.stairs.zone
    assert left < right <= box.right + NEAR
    assert laid.end is None or laid.end == pytest.approx(right)
    assert (laid.end is None) == (right == pytest.approx(box.right))


@given(shown, boxes)
def test_every_step_is_named_within_the_chart(shown: Shown, box: Box) -> None:
    laid = typical.lay(shown, box, wide)
    for label in laid.labels:
        assert box.x - 1 - NEAR <= label.box.x
        assert label.box.right <= box.right + 1 + NEAR
        assert label.box.w >= wide(label.text, label.role)
    assert {label.ink for label in laid.labels if isinstance(label.ink, Stage)} == set(shown.found.stages)
    assert len(laid.marks) == len(shown.found.stages) + (shown.wanted.planned_minutes is not None)


def usual(team: TypicalMeeting | None, planned: int | None) -> Shown:
    """A meeting as most of them are."""
    minutes = {Stage.EMPATHY: 5, Stage.GUIDANCE: 13, Stage.ADVICE: 19, Stage.FAREWELL: 6}
    held = {stage: spread_over({each * 60: 20}) for stage, each in minutes.items()}
    return Shown(Statistics(20, {}, held, spread_over({0: 20}), 20, 3), Filter(planned_minutes=planned), team)


@pytest.mark.parametrize("planned", [None, 45])
@pytest.mark.parametrize(
    "team",
    [
        None,
        TypicalMeeting(
            {stage: each * 60.0 for stage, each in zip(Stage, (4, 10, 22, 5), strict=True)},
            dict.fromkeys(Stage, 118),
            7,
            ("2026-10",),
        ),
    ],
)
def test_the_names_of_a_usual_meeting_are_crossed_by_nothing(planned: int | None, team: TypicalMeeting | None) -> None:
    laid = typical.lay(usual(team, planned), BOX, wide)
    names = [label.box for label in laid.labels if isinstance(label.ink, Stage)]
    for treads in (laid.stairs.treads, laid.team):
        for before, after in pairwise(treads):
            riser = Box(before.x2, after.y, 0.1, before.y - after.y)
            assert not any(overlap(name, riser) for name in names)
        for tread in treads:
            line = Box(tread.x1, tread.y - 1, tread.x2 - tread.x1, 2)
            assert not any(overlap(name, line) for name in names)
    all_texts = [label.box for label in (*laid.labels, *laid.legend)]
    assert not any(overlap(one, other) for one, other in combinations(all_texts, 2))


def test_the_axis_counts_to_the_planned_end() -> None:
    laid = typical.lay(usual(None, 45), BOX, wide)
    axis = [label.text for label in laid.labels if not isinstance(label.ink, Stage)]
    assert axis[0] == "0"
    assert axis[-1].startswith("45")


# distributions


@given(shown, boxes)
def test_bars_are_all_meetings_in_their_minutes(shown: Shown, box: Box) -> None:
    laid = spread.lay(shown, box, wide)
    assert [row.stage for row in laid.rows] == list(Stage)
    beyond = {label.box.y: int(label.text) for label in laid.labels if label.text.startswith("+")}
    for row in laid.rows:
        held = shown.found.stages.get(row.stage)
        longer = sum(count for y, count in beyond.items() if row.top <= y <= row.base)
        assert sum(bar.meetings for bar in row.bars) + longer == (held.n if held else 0)
        assert (row.median is None) == (held is None)
        for bar in row.bars:
            assert inside(bar.box, Box(laid.plot.x, row.top, laid.plot.w, row.base - row.top))
            assert bar.box.w > 0
        assert all(before.box.right <= after.box.x + NEAR for before, after in pairwise(row.bars))
        tallest = max((bar.meetings for bar in row.bars), default=0)
        for bar in row.bars:
            assert bar.box.h == pytest.approx(max((row.base - row.top) * bar.meetings / tallest, 1.0))


@given(shown, boxes)
def test_the_median_lies_within_the_middle_half(shown: Shown, box: Box) -> None:
    for row in spread.lay(shown, box, wide).rows:
        if row.median is not None and row.half is not None:
            assert row.half[0] - NEAR <= row.median <= row.half[1] + NEAR


def test_a_median_stands_where_its_minute_is_on_the_axis() -> None:
    held = {Stage.ADVICE: spread_over({630: 3, 1800: 1})}  # ten and a half minutes
    laid = spread.lay(Shown(Statistics(4, {}, held)), BOX, wide)
    row = laid.rows[Stage.ADVICE]
    [bar] = [bar for bar in row.bars if bar.minute == 10]
    assert row.median is not None
    assert bar.box.x < row.median < bar.box.right


@given(shown, boxes)
def test_values_come_row_by_row(shown: Shown, box: Box) -> None:
    marks = spread.lay(shown, box, wide).marks
    assert [mark.row for mark in marks] == sorted(mark.row for mark in marks)
    assert {mark.row for mark in marks} == set(Stage)


# week by week


@given(shown, boxes)
def test_every_week_with_a_farewell_has_its_point(shown: Shown, box: Box) -> None:
    laid = weekly.lay(shown, box, wide)
    points = [point for run in laid.runs for point in run]
    assert len(points) == len(laid.marks) == len(shown.found.weeks)
    assert in_order(laid.marks)
    for point, week in zip(points, shown.found.weeks, strict=True):
        assert inside(Box(point.x, point.y, 0, 0), laid.plot)
        assert point.few == (week.n < 5)
    for (one, first), (other, second) in pairwise(zip(points, shown.found.weeks, strict=True)):
        assert one.x < other.x
        assert (first.median < second.median) == (one.y > other.y + NEAR)


@given(shown)
def test_the_line_has_a_gap_where_weeks_have_none(shown: Shown) -> None:
    laid = weekly.lay(shown, BOX, wide)
    numbers = [weekly.number_of(week.iso_week) for week in shown.found.weeks]
    gaps = sum(later - earlier > 1 for earlier, later in pairwise(numbers))
    assert len(laid.runs) == gaps + 1


def test_weeks_are_counted_on_over_the_turn_of_the_year() -> None:
    assert weekly.number_of("2026-W01") - weekly.number_of("2025-W52") == 1
    assert weekly.number_of("2027-W01") - weekly.number_of("2026-W53") == 1


@given(shown, boxes)
def test_the_names_of_weeks_do_not_touch(shown: Shown, box: Box) -> None:
    names = [label.box for label in weekly.lay(shown, box, wide).labels if label.align == "middle"]
    assert not any(overlap(one, other) for one, other in combinations(names, 2))


def test_without_a_farewell_it_is_said_in_words() -> None:
    laid = weekly.lay(Shown(Statistics(9, {})), BOX, wide)
    assert laid.marks == ()
    assert [label.wrap for label in laid.labels] == [True]


# key figures


@given(shown, boxes)
def test_key_figures_stand_below_each_other(shown: Shown, box: Box) -> None:
    laid = figures.lay(shown, box, wide)
    numbers: list[Label] = [label for label in laid.labels if label.role is Role.NUMBER]
    assert len(numbers) == len(laid.marks) == 3 + (Stage.FAREWELL in shown.found.stages)
    assert all(inside(label.box, box) for label in laid.labels)
    assert not any(overlap(one.box, other.box) for one, other in combinations(laid.labels, 2))


# what all of them use


@given(st.floats(1, 2000), st.integers(2, 20))
def test_axes_have_round_numbers_that_are_not_too_many(minutes: float, most: int) -> None:
    numbers = scale.ticks(minutes, most)
    assert numbers[0] == 0
    assert numbers[-1] <= minutes
    assert len(numbers) <= max(most, 2)
    assert len({later - earlier for earlier, later in pairwise(numbers)}) <= 1
    end = scale.end_of(minutes, most)
    assert end >= minutes
    assert scale.ticks(end, most)[-1] == end


@given(st.integers(5, 240), st.integers(4, 12))
def test_an_axis_leads_to_the_planned_length_where_it_can(planned: int, most: int) -> None:
    if planned % 15 == 0 and planned // 15 < most:
        assert planned in scale.ticks(planned, most, planned)


marks = st.lists(
    st.builds(
        lambda x, row: Mark(Box(x, row * 50.0, 10, 40), (x + 5, row * 50.0), "", row),
        st.integers(0, 500).map(float),
        st.integers(0, 3),
    ),
    max_size=20,
).map(lambda some: tuple(sorted(some, key=lambda mark: (mark.row, mark.spot))))


@given(marks)
def test_arrow_keys_reach_every_value(marks: tuple[Mark, ...]) -> None:
    assert chart.neighbour((), None, 1, 0) is None
    reached, now = [], None
    for _key in marks:
        now = chart.neighbour(marks, now, 1, 0)
        reached.append(now)
    assert reached == list(range(len(marks)))
    for number in range(len(marks)):
        for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            there = chart.neighbour(marks, number, across, down)
            assert there is not None
            assert 0 <= there < len(marks)
            if down:
                rows = sorted({mark.row for mark in marks})
                wanted_row = min(max(rows.index(marks[number].row) + down, 0), len(rows) - 1)
                assert marks[there].row == rows[wanted_row]


@given(st.tuples(st.floats(0, 600), st.floats(0, 300)), st.floats(1, 580), st.floats(1, 280))
def test_what_names_a_value_stays_in_the_chart(spot: tuple[float, float], w: float, h: float) -> None:
    room = Box(0, 0, 600, 300)
    assert inside(chart.bubble(spot, w, h, room), room)


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(10, 40)), max_size=12), st.integers(50, 900))
def test_controls_flow_without_touching(sizes: list[tuple[int, int]], width: int) -> None:
    places, height = flow(sizes, width, 8)
    boxes = [Box(x, y, w, h) for (x, y), (w, h) in zip(places, sizes, strict=True)]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for box in boxes:
        assert box.x == 0 or box.right <= width
        assert box.bottom <= height


@given(st.lists(st.integers(1, 500), min_size=1, max_size=7), st.integers(100, 800))
def test_columns_take_what_they_need_or_share_what_there_is(needed: list[int], room: int) -> None:
    given_ = widths(needed, room)
    more = [one - other for one, other in zip(given_, needed, strict=True)]
    if sum(needed) <= room:
        assert set(more) == {(room - sum(needed)) // len(needed)}
    elif len(needed) > 3:
        assert given_ == needed
    else:
        assert room - len(needed) < sum(given_) <= room
        assert all(0 < one <= other for one, other in zip(given_, needed, strict=True))
        less = [one for one, other in zip(given_, needed, strict=True) if one < other]
        assert max(less) - min(less) <= 1
        assert max(given_) <= max(less)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 300)), min_size=1, max_size=3), st.integers(100, 800))
def test_no_column_is_narrower_than_its_longest_word(columns: list[tuple[int, int]], room: int) -> None:
    needed, least = [max(each) for each in columns], [word for _text, word in columns]
    given_ = widths(needed, room, least)
    assert all(one >= word for one, word in zip(given_, least, strict=True))
    if sum(needed) > room:
        assert all(one <= other for one, other in zip(given_, needed, strict=True))
    if all(word * len(needed) <= room for word in least) and sum(needed) > room:
        assert room - len(needed) < sum(given_) <= room, "no more than there is, where the words leave room"


def test_columns_of_numbers_are_told_from_those_of_words() -> None:
    for cells in (["15", "withheld", "8"], ["4\u00a0min", "–"], ["3 min – 6 min", "+12 min"], ["81%", "−3 min"]):
        assert are_numbers(cells), cells
    for cells in (["5", "0 or more"], ["Empathy", "Advice"], ["–"], [], ["35/38 meetings"], ["week 44/2026"]):
        assert not are_numbers(cells), cells


@given(st.text("ab ", max_size=40).map(lambda text: " ".join(text.split())))
def test_a_header_breaks_into_two_lines_at_most_and_loses_nothing(text: str) -> None:
    lines = broken(text).split("\n")
    assert " ".join(lines) == text
    assert len(lines) == min(2, len(text.split()) or 1)
    words = text.split()
    others = [max(len(" ".join(words[:end])), len(" ".join(words[end:]))) for end in range(1, len(words))]
    assert max(map(len, lines)) == min(others, default=len(text))
