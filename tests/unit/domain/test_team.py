"""A team's view: it adds up what three or more tell, and shows nobody alone."""

import csv
import io
import json
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import BANDS, FEWEST_CONTRIBUTORS, PAIR_OF
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import ENOUGH
from kohtaava_desktop.domain.team import Team, TeamGroup, TeamView
from kohtaava_desktop.domain.team_own import own_beside
from kohtaava_desktop.domain.team_values import COLUMNS, Comparison, as_rows, as_values
from tests.unit.domain.exports import contributor, export, meeting, meetings

# how many meetings of each band one contributor has in one month: none, too few, or a group
histories = st.lists(
    st.lists(st.sampled_from((0, 0, 4, 12, 15)), min_size=len(BANDS), max_size=len(BANDS)), min_size=1, max_size=9
)


def exports_of(team: list[list[int]], month: str = "2026-10") -> list[Release]:
    return [
        release
        for number, counts in enumerate(team)
        if (
            release := export(
                number,
                [each for band, count in zip(BANDS, counts, strict=True) for each in meetings(count, band, number)],
                month,
            )
        ).groups
    ]


def view_of(releases: list[Release], fewest: int = 3) -> TeamView:
    team = Team()
    for each in releases:
        team.add(each)
    return team.view(fewest)


def shown(view: TeamView) -> dict[tuple[int, int], int]:
    return {(group.shortest, group.longest): group.meetings for group in view.shown}


def test_three_contributors_are_enough_and_two_are_not() -> None:
    releases = [export(number, meetings(20, 45, number)) for number in range(3)]
    assert shown(view_of(releases)) == {(45, 59): 60}
    assert shown(view_of(releases[:2])) == {}
    assert [group.withheld for group in view_of(releases[:2]).groups] == [True]
    assert shown(view_of(releases, fewest=4)) == {}


def test_too_few_of_a_band_are_put_together_with_the_others_of_its_pair() -> None:
    bands = [export(number, meetings(20, 45, number)) for number in range(4)]
    other = [export(number, meetings(20, 30, number)) for number in range(10, 12)]
    pair = [export(20, [*meetings(20, 30), *meetings(4, 45)])]
    assert shown(view_of([*bands, *other])) == {(45, 59): 80}, "two are too few, and nobody is beside them"
    assert shown(view_of([*bands, *other, *pair])) == {(30, 59): 64, (45, 59): 80}


def test_who_tells_of_both_bands_is_one_contributor_of_the_pair() -> None:
    both = [export(number, [*meetings(20, 30), *meetings(20, 45)]) for number in range(2)]
    assert shown(view_of(both)) == {}, "two contributors, though four groups"


def test_the_fewest_can_be_raised_never_lowered() -> None:
    with pytest.raises(ValueError, match="never lowered"):
        Team().view(2)


def test_months_are_added_up_where_they_are_shown() -> None:
    team = Team()
    for month, people in (("2026-08", 3), ("2026-09", 2), ("2026-10", 5)):
        for number in range(people):
            team.add(export(number, meetings(10, 45, number), month))
    view = team.view()
    (group,) = view.groups
    assert (group.months, group.withheld_months) == (("2026-08", "2026-10"), ("2026-09",))
    assert (group.meetings, group.contributors) == (80, (3, 5))
    assert [(each.month, each.contributors) for each in view.months] == [
        ("2026-08", 3),
        ("2026-09", None),
        ("2026-10", 5),
    ]
    assert team.view(months={"2026-09"}).shown == ()
    assert team.exports == 10


@given(histories, st.randoms(use_true_random=False))
def test_the_order_of_exports_changes_nothing(team: list[list[int]], chance: object) -> None:
    releases = exports_of(team)
    mixed = sorted(releases, key=lambda release: (chance.random(), release.name))  # type: ignore[attr-defined]
    assert view_of(mixed) == view_of(releases)


@settings(max_examples=200)
@given(histories, st.integers(3, 5))
def test_no_group_and_no_difference_of_groups_is_of_fewer_contributors(team: list[list[int]], fewest: int) -> None:
    """Every published number of one contributor goes into one group at most; so sums and differences hide in many.

    Whoever knows one shown group, or several, and subtracts any from any, is left with whole groups: each of ``fewest``
    contributors or more.
    """
    releases = exports_of(team)
    view = view_of(releases, fewest)
    told = {
        number: [(group.shortest, group.longest) for group in release.groups if not group.withheld]
        for number, release in enumerate(releases)
    }
    spans = list(shown(view))
    owners: dict[tuple[int, int], set[int]] = {span: set() for span in spans}
    counted = dict.fromkeys(spans, 0)
    for number, parts in told.items():
        for part in parts:
            homes = [span for span in (part, PAIR_OF[part]) if span in spans]
            alone = sum(part in each for each in told.values()) >= FEWEST_CONTRIBUTORS and part != PAIR_OF[part]
            home = part if alone else next((span for span in homes if span == PAIR_OF[part]), None)
            if home in spans:
                owners[home].add(number)
                bins = next(g for g in releases[number].groups if (g.shortest, g.longest) == part).bins
                counted[home] += sum(each.meetings for each in bins[0][1])
    assert counted == shown(view), "every meeting is in one group, or in none"
    assert all(len(each) >= fewest for each in owners.values())
    for one, other in combinations(spans, 2):
        assert one != other
    for group in view.shown:
        assert group.contributors == (len(owners[group.shortest, group.longest]),) * 2


def test_a_limit_that_is_raised_takes_away_whole_groups_and_makes_no_other_ones() -> None:
    """Otherwise the two views together would show one contributor, by subtraction."""
    three = [export(number, meetings(20, 45, number)) for number in range(3)]
    fourth = export(3, [*meetings(4, 30, 3), *meetings(13, 45, 3)])
    assert shown(view_of([*three, fourth], 3)) == {(45, 59): 60}
    assert shown(view_of([*three, fourth], 4)) == {}


@settings(max_examples=200)
@given(st.lists(histories, min_size=1, max_size=3), st.integers(3, 6), st.integers(0, 3))
def test_what_a_higher_limit_shows_a_lower_one_shows_too(
    months: list[list[list[int]]], lower: int, further: int
) -> None:
    team = Team()
    for number, histories_of_month in enumerate(months):
        for each in exports_of(histories_of_month, f"2026-0{number + 1}"):
            team.add(each)
    less, more = team.view(lower), team.view(lower + further)
    assert cells_of(more) <= cells_of(less)
    for one, other in zip(less.months, more.months, strict=True):
        assert other.contributors in (None, one.contributors)


def cells_of(view: TeamView) -> set[tuple[str, tuple[int, int], int, tuple[int, int], str]]:
    """All that is shown month by month."""

    def key(group: TeamGroup) -> tuple[tuple[int, int], int, tuple[int, int], str]:
        return group.span, group.meetings, group.contributors, repr(group.steps)

    return {(month.month, *key(group)) for month in view.months for group in month.groups if not group.withheld}


def test_just_the_same_meetings_under_another_name_are_not_another_contributor() -> None:
    held = meetings(20, 45)
    team = Team()
    assert [team.add(export(number, held)) for number in range(3)] == [True, False, False]
    assert team.exports == 1
    assert team.view().shown == ()
    assert team.add(export(0, held, "2026-09")), "in another month they may be others"


def test_those_of_whom_everything_is_withheld_are_several_all_the_same() -> None:
    team = Team()
    assert [team.add(export(number, meetings(3, 45))) for number in range(3)] == [True] * 3
    assert team.exports == 3


@given(histories, st.randoms(use_true_random=False))
def test_the_same_once_more_under_other_names_changes_nothing(team: list[list[int]], chance: object) -> None:
    releases = exports_of(team)
    again = [
        replace(each, contributor=contributor(100 + number))
        for number, each in enumerate(releases)
        if not all(group.withheld for group in each.groups)
    ]
    mixed = sorted([*releases, *again], key=lambda _each: chance.random())  # type: ignore[attr-defined]
    assert view_of(mixed) == view_of(releases)


@given(histories, histories)
def test_made_up_exports_never_count_beside_real_ones(real: list[list[int]], made_up: list[list[int]]) -> None:
    months = ("2026-09", "2026-10")
    theirs = exports_of(real)
    ours = [replace(each, made_up=True) for month in months for each in exports_of(made_up, month)]
    alone, both = view_of(ours), view_of([*ours, *theirs])
    assert alone.made_up == bool(ours)
    if theirs:
        assert both == view_of(theirs)
        assert not both.made_up


def test_own_meetings_are_exact_beside_the_team() -> None:
    view = view_of([export(number, meetings(20, 45, number)) for number in range(3)])
    steps = {Stage.EMPATHY: 4, Stage.GUIDANCE: 10, Stage.ADVICE: 20, Stage.FAREWELL: 5}
    held = [meeting(45, steps), *[meeting(50, {Stage.EMPATHY: 6})] * 4, meeting(30, steps)]
    own = own_beside(view.groups, held)[45, 59]
    assert (own.meetings, own.reached) == (5, 1)
    assert own.steps[Stage.EMPATHY].median.value == 6
    assert own.steps[Stage.FAREWELL].median.value == 0
    assert not own_beside(view.groups, held[: ENOUGH - 1])[45, 59].steps


# what is given out


def test_how_many_there_are_below_the_limit_is_told_nowhere_not_even_by_subtraction() -> None:
    team = Team()
    for month, people in (("2026-09", 2), ("2026-10", 5)):
        for number in range(people):
            team.add(export(number, meetings(10, 45, number), month))
    values = as_values(Comparison(3, team.view()))["team"]
    assert [month["contributors"] for month in values["months"]] == [None, 5]
    assert values["exports"] == 5


def test_what_is_made_up_says_so() -> None:
    real = [export(number, meetings(20, 45, number)) for number in range(3)]
    for made_up in (False, True):
        found = Comparison(3, view_of([replace(each, made_up=made_up) for each in real]))
        assert as_values(found)["team"]["made_up"] is made_up
        assert {row[-1] for row in as_rows(found)} == {"made-up" if made_up else "published"}


def comparison() -> Comparison:
    view = view_of(exports_of([[0, 0, 0, 20, 0, 12]] * 3 + [[12, 0, 0, 0, 0, 0]]))
    return Comparison(3, view, view, own_beside(view.shown, meetings(9, 45)))


def test_the_json_is_json_and_has_no_number_where_something_is_withheld() -> None:
    values = json.loads(json.dumps(as_values(comparison()), allow_nan=False))
    assert [month["contributors"] for month in values["team"]["months"]] == [4]
    assert list(values) == ["schema", "fewest_contributors", "team", "against", "own"]
    withheld = [group for group in values["team"]["groups"] if group["withheld"]]
    assert [group["planned"] for group in withheld] == [[5, 19]]
    for group in withheld:
        assert (group["contributors"], group["meetings"], group["stages"], group["reached_farewell"]) == (None,) * 4
    step = values["team"]["groups"][1]["stages"]["advice"]
    assert list(step) == ["median", "middle_half"]
    assert list(step["median"]) == ["minutes", "at_least", "at_most"]
    assert [own["too_few"] for own in values["own"]] == [False, True]


def test_the_rows_are_whole_and_no_cell_is_a_formula() -> None:
    out = io.StringIO()
    csv.writer(out).writerows(as_rows(comparison()))
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert {row[0] for row in rows} == {"team", "against", "own"}
    assert {row[-1] for row in rows} == {"published", "withheld", "own", "too-few"}
