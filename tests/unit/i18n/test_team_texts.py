"""What a team's view says in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import PAIR_OF, Span
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.domain.team_pair import in_common, views_of
from kohtaava_desktop.domain.team_values import Comparison
from kohtaava_desktop.i18n import set_language, team_texts
from tests.unit.domain.exports import export, meetings

MONTHS = ("2026-09", "2026-10")
PAIR = (30, 59)
SPANS = {team_texts.lengths(span, False): span for span, pair in PAIR_OF.items() if pair == PAIR}
# the meetings of each contributor in the two bands of a pair: none, too few for a group, a group
tells = st.tuples(*[st.sampled_from((0, 0, 4, 20))] * 2)
teams = st.tuples(*[st.lists(tells, min_size=1, max_size=6)] * len(MONTHS))


def team_of(months: tuple[list[tuple[int, int]], ...], first: int) -> Team:
    """Contributors with so many meetings of 30 and of 45 minutes, in each month; and one length that all tell of."""
    team = Team()
    for month, people in zip(MONTHS, months, strict=True):
        for number, (short, long) in enumerate(people, first):
            held = [*meetings(short, 30, number), *meetings(long, 45, number), *meetings(12, 60, number)]
            team.add(export(number, held, month))
    return team


def said_of(text: str) -> dict[tuple[str, Span], tuple[str, bool]]:
    """By who tells and planned lengths: what is said, and whether they are called the others."""
    said = {}
    span, others = None, False
    for line in text.splitlines():
        if line.startswith("Planned for "):
            name = line.removeprefix("Planned for ")
            span, others = SPANS.get(name.removesuffix(", others")), name.endswith(", others")
        elif span and line.startswith(("  Team: ", "  Other team: ")):
            who, words = line.strip().split(": ", 1)
            said[who, span] = words, others
    return said


@pytest.fixture(autouse=True)
def in_english() -> None:
    """Sentences as they are written."""
    set_language("en")


@pytest.mark.parametrize(
    ("reached", "said"),
    [((0, 0), "0%"), ((1, 999), "1–99%"), ((500, 500), "50%"), ((999, 1000), "99–100%"), ((1000, 1000), "100%")],
)
def test_a_share_is_all_or_nothing_only_where_it_is(reached: tuple[int, int], said: str) -> None:
    assert team_texts.share_of(reached, 1000) == said


def test_a_command_writes_months_as_one_types_them() -> None:
    assert team_texts.iso_months("2026-08", "2026-10") == "2026-08–2026-10"
    assert team_texts.iso_months("2026-10", "2026-10") == "2026-10"


@settings(max_examples=300)
@given(teams, teams, st.sampled_from((None, *MONTHS)))
def test_no_meetings_is_said_only_where_there_are_none(
    ours: tuple[list[tuple[int, int]], ...], theirs: tuple[list[tuple[int, int]], ...], month: str | None
) -> None:
    held = {"Team": ours, "Other team": theirs}
    both = [team_of(each, first) for each, first in ((ours, 0), (theirs, 50))]
    months = in_common(both, (), month).months
    views = views_of(both, 3, months)
    groups = dict(zip(held, ({group.span for group in view.groups} for view in views), strict=True))
    said = said_of(team_texts.described(Comparison(3, views[0], views[1])))
    assert {span for _who, span in said} == (groups["Team"] | groups["Other team"]) - {(60, 89)}
    for (who, span), (words, others) in said.items():
        people = [each for its, told in zip(MONTHS, held[who], strict=True) if its in months for each in told]
        count = sum((short if span[0] == 30 else 0) + (long if span[1] == 59 else 0) for short, long in people)
        if words == "no meetings":
            assert count == 0
        elif words.startswith("told "):
            assert count > 0
            assert span not in groups[who]
        if span in groups[who]:
            rest = span == PAIR and len(groups[who] & set(SPANS.values())) > 1
            assert (others or ", without those told as " in words) == rest, "others are said of each team by itself"


@pytest.mark.parametrize("value", ["", "  "])
def test_a_value_that_would_not_be_seen_is_said_to_be_empty(value: str) -> None:
    said = team_texts.skipped("datapackage.json", 0, "other-format", value)
    assert said == "Skipped: datapackage.json: it has another format: (empty)."
