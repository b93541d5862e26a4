"""Which months of two teams are looked at together, and why there may be none."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.team import Team, TeamGroup
from kohtaava_desktop.domain.team_pair import (
    Common,
    Elsewhere,
    Lack,
    Sharing,
    elsewhere,
    in_common,
    lack_of,
    others_of,
    views_of,
)
from tests.unit.domain.exports import export, meetings

MONTHS = ("2026-07", "2026-08", "2026-09", "2026-10")
people = st.integers(0, 4)
# how many contributors each of two folders has in each month, and how many of them are in both
folders = st.lists(st.tuples(people, people, people), min_size=len(MONTHS), max_size=len(MONTHS))


def release(number: int, month: str) -> Release:
    return export(number, meetings(20, 45, number), month)


def read(held: list[list[Release]]) -> tuple[list[Team], Sharing]:
    """The folders, as they are read one after the other."""
    sharing, teams = Sharing(), []
    for each in held:
        team = Team()
        for one in each:
            team.add(one)
            sharing.seen(one)
        sharing.next_folder()
        teams.append(team)
    return teams, sharing


def two(counts: list[tuple[int, int, int]]) -> list[list[Release]]:
    first, second = [], []
    for month, (one, other, both) in zip(MONTHS, counts, strict=True):
        shared = [release(number, month) for number in range(both)]
        first += [*shared, *(release(10 + number, month) for number in range(one))]
        second += [*shared, *(release(20 + number, month) for number in range(other))]
    return [first, second]


def team_of(counts: dict[str, int], first: int = 0) -> Team:
    return read([[release(first + number, month) for month, count in counts.items() for number in range(count)]])[0][0]


@given(folders)
def test_a_month_of_which_both_hold_the_same_export_is_never_compared(counts: list[tuple[int, int, int]]) -> None:
    teams, sharing = read(two(counts))
    common = in_common(teams, sharing.months)
    held = {month for month, (one, other, both) in zip(MONTHS, counts, strict=True) if one + both and other + both}
    same = {month for month, (_one, _other, both) in zip(MONTHS, counts, strict=True) if both}
    assert set(common.same) == same
    assert set(common.months) == held - same
    for months in (common.months, common.same):
        assert all(before < after for before, after in pairwise(months))


@given(folders, st.none() | st.sampled_from(MONTHS))
def test_there_is_a_reason_exactly_where_nothing_is_shown(
    counts: list[tuple[int, int, int]], month: str | None
) -> None:
    teams, sharing = read(two(counts))
    common = in_common(teams, sharing.months, month)
    assert set(common.months) <= ({month} if month else set(MONTHS))
    views = [team.view(3, common.months) for team in teams]
    lack = lack_of(teams, common, views, month)
    assert (lack is None) == any(view.shown for view in views)
    if lack is not None and lack[0] in (Lack.NO_MONTH, Lack.NO_EXPORT):
        assert (month or "") not in teams[lack[1]].months


@given(folders, st.integers(3, 4))
def test_two_teams_count_the_same_months_of_each_planned_length(
    counts: list[tuple[int, int, int]], fewest: int
) -> None:
    teams, sharing = read(two(counts))
    common = in_common(teams, sharing.months)
    views = views_of(teams, fewest, common.months)
    alone = [team.view(fewest, common.months) for team in teams]
    assert [view.months for view in views] == [view.months for view in alone], "month by month nothing is left out"
    one, other = ({group.span: set(group.months) for group in view.shown} for view in alone)
    for span in one.keys() | other.keys():
        mine, theirs = (next((each for each in view.groups if each.span == span), None) for view in views)
        both = one.get(span, set()) & other.get(span, set())
        if both:
            assert mine is not None
            assert theirs is not None
            assert set(mine.months) == set(theirs.months) == both
            assert set(mine.left_out) == one[span] - both
            assert set(theirs.left_out) == other[span] - both
        elif span in one:
            assert mine is not None
            assert set(mine.months) == one[span], "nothing stands beside it, and it is shown as it is"
            assert theirs is None or theirs.withheld


def test_a_month_that_is_withheld_of_one_team_is_left_out_of_both() -> None:
    ours = team_of({"2026-08": 3, "2026-09": 3, "2026-10": 3})
    theirs = team_of({"2026-08": 2, "2026-09": 5, "2026-10": 4}, 10)
    [mine], [other] = (view.groups for view in views_of([ours, theirs], 3, in_common([ours, theirs]).months))
    assert mine.months == other.months == ("2026-09", "2026-10")
    assert (mine.left_out, other.left_out, other.withheld_months) == (("2026-08",), (), ("2026-08",))


def test_a_pair_beside_a_band_of_its_own_holds_the_others() -> None:
    assert others_of([(30, 44), (30, 59), (5, 29), (60, 89)]) == {(30, 59)}
    assert others_of([(30, 59), (5, 29)]) == frozenset()
    assert others_of([(30, 44), (45, 59)]) == frozenset()


def test_lengths_that_are_no_group_are_told_with_their_pair_or_band_by_band() -> None:
    def groups(*people: tuple[int, int]) -> tuple[TeamGroup, ...]:
        held = [[*meetings(short, 30, each), *meetings(long, 45, each)] for each, (short, long) in enumerate(people)]
        return read([[export(each, told) for each, told in enumerate(held)]])[0][0].view(3).groups

    together, apart = groups(*[(6, 20)] * 3), groups(*[(20, 20)] * 3)
    assert elsewhere(together, (45, 59)) == Elsewhere((((30, 59), False),), together=True, withheld=False)
    assert elsewhere(apart, (30, 59)) == Elsewhere((((30, 44), False), ((45, 59), False)), False, withheld=False)
    mixed = groups(*[(6, 20)] * 3, *[(0, 20)] * 3)
    assert elsewhere(mixed, (30, 44)) == Elsewhere((((30, 59), True),), together=True, withheld=False)
    assert elsewhere(groups((20, 20)), (30, 44)) == Elsewhere((((30, 59), False),), together=True, withheld=True)
    assert elsewhere(groups((0, 20)), (30, 59)) == Elsewhere((((45, 59), False),), together=False, withheld=True)
    assert elsewhere(groups((0, 20)), (30, 44)) is None, "nobody has any, and that is known"
    assert elsewhere(apart, (60, 89)) is None


def test_what_is_made_up_is_never_beside_what_is_real() -> None:
    made_up = Team()
    for number in range(3):
        made_up.add(replace(release(40 + number, "2026-10"), made_up=True))
    real, none = team_of({"2026-10": 3}), Team()

    def reason(*teams: Team) -> object:
        common = in_common(teams)
        return lack_of(teams, common, views_of(teams, 3, common.months))

    assert reason(real, made_up) == (Lack.MADE_UP, 1)
    assert reason(made_up, real) == (Lack.MADE_UP, 0)
    assert reason(made_up) is None
    assert reason(made_up, made_up) is None
    assert reason(made_up, none) == (Lack.NO_EXPORT, 1)


def test_one_team_has_all_its_months_in_common_with_itself() -> None:
    team = team_of({"2026-09": 3, "2026-10": 1})
    assert in_common([team]) == Common(("2026-09", "2026-10"))
    assert in_common([team], month="2026-10") == Common(("2026-10",))
    assert team.view(3).shown_months == ("2026-09",)


def test_each_reason() -> None:
    full, few, none, earlier = team_of({"2026-10": 3}), team_of({"2026-10": 2}), Team(), team_of({"2026-08": 3}, 10)

    def reason(*teams: Team, same: frozenset[str] = frozenset(), month: str | None = None) -> object:
        common = in_common(teams, same, month)
        return lack_of(teams, common, [team.view(3, common.months) for team in teams], month)

    assert reason(full) is None
    assert reason(few) == (Lack.TOO_FEW, 0)
    assert reason(none) == (Lack.NO_EXPORT, 0)
    assert reason(full, none) == (Lack.NO_EXPORT, 1)
    assert reason(full, earlier) == (Lack.NOTHING_IN_COMMON, 0)
    assert reason(full, full, same=frozenset({"2026-10"})) == (Lack.SAME, 0)
    assert reason(full, month="2026-08") == (Lack.NO_MONTH, 0)
    assert reason(full, earlier, month="2026-10") == (Lack.NO_MONTH, 1)
