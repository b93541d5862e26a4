"""One's own meetings beside a team's: of the same months, each beside one group at most."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.months import month_of
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.domain.team_own import own_beside
from tests.unit.domain.exports import export, meetings

WEEKS = {"2026-08": "2026-W33", "2026-09": "2026-W38", "2026-10": "2026-W42"}
SEPTEMBER, OCTOBER = WEEKS["2026-09"], WEEKS["2026-10"]
# what one contributor tells of two bands of a pair: one of them, both, the pair, or that it is withheld
tells = st.sampled_from(((0, 20), (20, 0), (20, 20), (4, 20), (3, 3)))
team_months = st.dictionaries(st.sampled_from(sorted(WEEKS)), st.lists(tells, max_size=8), min_size=1)
own = st.lists(st.tuples(st.sampled_from((20, 30, 35, 45, 50)), st.sampled_from(sorted(WEEKS))), max_size=30)


def held(count: int, planned: int, week: str) -> list[Record]:
    return [replace(each, iso_week=week) for each in meetings(count, planned, 7)]


def team_of(months: dict[str, list[tuple[int, int]]]) -> Team:
    team = Team()
    for month, people in months.items():
        for number, (short, long) in enumerate(people):
            team.add(export(number, [*meetings(short, 30, number), *meetings(long, 45, 50 + number)], month))
    return team


def test_months_in_which_the_team_is_withheld_do_not_count() -> None:
    team = team_of({"2026-09": [(0, 20)] * 2, "2026-10": [(0, 20)] * 3})
    records = [*held(9, 45, SEPTEMBER), *held(6, 45, OCTOBER)]
    assert own_beside(team.view().groups, records)[45, 59].meetings == 6


def test_a_meeting_of_a_band_that_stands_by_itself_is_not_beside_the_others_of_its_pair() -> None:
    alone = [(0, 20)] * 3
    others = [(4, 20)] * 3
    team = team_of({"2026-09": others, "2026-10": alone + others})
    records = [*held(9, 45, SEPTEMBER), *held(6, 45, OCTOBER), *held(7, 30, OCTOBER)]
    found = own_beside(team.view().groups, records)
    assert {span: each.meetings for span, each in found.items()} == {(45, 59): 6, (30, 59): 16}


def test_meetings_that_are_left_out_elsewhere_are_left_out_here() -> None:
    team = team_of({"2026-10": [(0, 20)] * 3})
    records = [replace(each, quality=Quality.FORGOTTEN) for each in held(9, 45, OCTOBER)]
    assert own_beside(team.view().groups, records)[45, 59].meetings == 0


@settings(max_examples=200)
@given(team_months, own)
def test_each_is_beside_one_group_that_is_shown_of_its_month_or_beside_none(
    months: dict[str, list[tuple[int, int]]], mine: list[tuple[int, str]]
) -> None:
    team = team_of(months)
    records = [each for planned, month in mine for each in held(1, planned, WEEKS[month])]
    groups = team.view().groups
    for record in records:
        month = month_of(record.iso_week)
        beside = [span for span, each in own_beside(groups, [record]).items() if each.meetings]
        shown = team.view(months=[month]).shown
        fitting = sorted(
            (group.longest - group.shortest, group.span)
            for group in shown
            if group.shortest <= record.planned_minutes <= group.longest
        )
        assert beside == [span for _width, span in fitting[:1]], "the narrowest that takes it"
    if mine:
        counted = sum(each.meetings for each in own_beside(groups, records).values())
        assert counted <= len(records)
