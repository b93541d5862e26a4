"""The typical meeting of a team: of what a view would show, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import Team
from tests.unit.domain.exports import export, meeting, meetings


def team_of(*people: tuple[int, str, int]) -> Team:
    """Exports by contributor, month and planned length, of 20 meetings each."""
    team = Team()
    for number, month, planned in people:
        team.add(export(number, meetings(20, planned, number), month))
    return team


FOUR = [(number, "2026-10", 45) for number in range(4)]


def test_it_has_the_medians_of_the_steps_in_seconds() -> None:
    team = team_of(*FOUR)
    found = team.typical(3, ["2026-10"])
    [group] = team.view(3).shown
    assert found is not None
    assert list(found.medians) == list(Stage)
    assert found.medians[Stage.EMPATHY] == 60 * group.steps[Stage.EMPATHY].median.value
    assert (found.contributors, found.months) == (4, ("2026-10",))
    assert set(found.meetings.values()) == {80}


def test_meetings_that_never_came_to_a_step_do_not_count_there() -> None:
    team = Team()
    for number in range(3):
        ended = [meeting(45, {Stage.EMPATHY: 1 + each % 4, Stage.GUIDANCE: 2 + each % 9}) for each in range(80)]
        team.add(export(number, [*meetings(40, 45, number), *ended]))
    found = team.typical(3, ["2026-10"])
    [group] = team.view(3).shown
    assert found is not None
    assert group.steps[Stage.ADVICE].median.value < 5 * 60
    assert found.medians[Stage.ADVICE] > 60 * group.steps[Stage.ADVICE].median.value
    assert found.medians[Stage.FAREWELL] >= 60
    assert list(found.meetings.items()) == [
        *((stage, 360) for stage in (Stage.EMPATHY, Stage.GUIDANCE)),
        *((stage, 120) for stage in (Stage.ADVICE, Stage.FAREWELL)),
    ], "40 of each of three came to all steps, 80 ended before the third one"


def test_it_ends_where_nothing_is_known() -> None:
    team = Team()
    for number in range(3):
        held = [meeting(45, {Stage.EMPATHY: 1 + each % 4, Stage.GUIDANCE: 2 + each % 9}) for each in range(40 + number)]
        team.add(export(number, held))
    found = team.typical(3, ["2026-10"])
    assert found is not None
    assert list(found.medians) == [Stage.EMPATHY, Stage.GUIDANCE]


def test_without_any_minutes_that_are_known_there_is_none() -> None:
    team = Team()
    for number in range(3):
        team.add(export(number, [meeting(45, {Stage.EMPATHY: 4}) for _ in range(20 + number)]))
    assert team.view(3).shown
    assert team.typical(3, ["2026-10"]) is None


def test_two_contributors_are_not_shown() -> None:
    assert team_of(*FOUR[:2]).typical(3, ["2026-10"]) is None


def test_a_planned_length_that_nobody_has_is_not_shown() -> None:
    team = team_of(*FOUR)
    assert team.typical(3, ["2026-10"], 45) is not None
    assert team.typical(3, ["2026-10"], 90) is None


def test_months_that_are_not_wanted_do_not_count() -> None:
    team = team_of(*FOUR, *((number, "2026-09", 45) for number in range(6)))
    found = team.typical(3, ["2026-10"])
    assert found is not None
    assert (found.contributors, found.months) == (4, ("2026-10",))


def test_the_limit_is_never_lowered() -> None:
    with pytest.raises(ValueError, match="never lowered"):
        team_of(*FOUR).typical(2, ["2026-10"])


people = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["2026-09", "2026-10"]), st.sampled_from([15, 20, 45, 90])),
    unique_by=lambda each: each[:2],
    max_size=10,
)


@given(people=people, planned=st.sampled_from([None, 15, 45, 60, 90]), fewest=st.integers(3, 5))
def test_it_is_there_only_where_a_view_shows_something(
    people: list[tuple[int, str, int]], planned: int | None, fewest: int
) -> None:
    team = team_of(*people)
    found = team.typical(fewest, team.months, planned)
    shown = [each for each in team.view(fewest).shown if planned is None or each.shortest <= planned <= each.longest]
    if found is not None:
        assert shown
        assert found.contributors >= fewest
        assert set(found.months) == {month for each in shown for month in each.months}
        assert set(found.meetings) == set(found.medians)
        assert found.meetings[Stage.EMPATHY] == sum(each.meetings for each in shown)
        assert max(found.meetings.values()) == found.meetings[Stage.EMPATHY], "never of more than a view tells of"


def test_what_is_withheld_changes_nothing() -> None:
    alone = [(number, "2026-10", 90) for number in range(10, 12)]
    assert team_of(*FOUR, *alone).typical(3, ["2026-10"]) == team_of(*FOUR).typical(3, ["2026-10"])


def test_contributors_of_different_planned_lengths_are_counted_together() -> None:
    team = Team()
    for number, lengths in enumerate([[45], [45], [45, 90], [45, 90], [90], [90], [90]]):
        team.add(export(number, [each for planned in lengths for each in meetings(20, planned, number)]))
    found = team.typical(3, ["2026-10"])
    assert found is not None
    assert found.contributors == 7, "four of one length and five of another, two of them the same"


@pytest.mark.parametrize("fewest", [3, 4])
def test_the_number_of_contributors_is_that_of_the_month_with_the_fewest(fewest: int) -> None:
    team = team_of(*FOUR, *((number, "2026-09", 45) for number in range(6)))
    found = team.typical(fewest, team.months)
    assert found is not None
    assert found.contributors == 4
