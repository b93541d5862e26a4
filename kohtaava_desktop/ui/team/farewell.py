"""The key figures of the team's farewell, each with what it comes from."""

from collections.abc import Iterator

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team_values import AGAINST, OWN
from kohtaava_desktop.i18n import _, formats, team_texts
from kohtaava_desktop.ui.mirror.chart import Table, Widths
from kohtaava_desktop.ui.mirror.figures import Figure, Figures, lay_figures, some_of, table_of
from kohtaava_desktop.ui.mirror.words import NONE, from_how_many, glued
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import Lane, TeamShown
from kohtaava_desktop.ui.theme import Ink

NUMBERS = 0.47  # of the width, at most: a share is a range


def title() -> str:
    """What the chart is."""
    return _("Farewell")


def subtitle(_shown: TeamShown) -> str:
    """The numbers speak for themselves."""
    return ""


def figures(shown: TeamShown) -> Iterator[Figure]:
    """What is told."""
    team, ink = shown.team, Stage.FAREWELL
    share = team_texts.share_of(team.reached, team.meetings)
    yield Figure(glued(share), _("of meetings reached the farewell"), _reached(team), ink)
    spread = team.steps[ink]
    if spread.known:
        median = glued(formats.minutes_short(team_texts.whole(spread.median.value)))
        sure = team_texts.sure_range(spread.median)
        basis = _("surely {range}, half about {half}").format(range=sure, half=words.half(spread))
        yield Figure(median, _("median of the farewell"), glued(basis), ink)
    yield _who_tells(shown)
    if shown.beside is not None:
        yield _beside(shown.beside)


def lay(shown: TeamShown, box: Box, wide: Widths) -> Figures:
    """The chart in ``box``."""
    return lay_figures(list(figures(shown)), box, wide, NUMBERS)


def table(shown: TeamShown) -> Table:
    """The same as rows."""
    return table_of(figures(shown))


def _who_tells(shown: TeamShown) -> Figure:
    team, group = shown.team, shown.group
    months = team_texts.month_count(len(group.months))
    basis = _("{people} contributors a month").format(people=team_texts.people_of(team.contributors))
    if group.withheld_months:
        withheld = team_texts.month_count(len(group.withheld_months))
        basis += ", " + _("withheld in {months}").format(months=withheld)
    return Figure(formats.number(team.meetings), _("meetings, {months}").format(months=months), basis)


def _beside(lane: Lane) -> Figure:
    spread = lane.steps[Stage.FAREWELL]
    value = formats.minutes_short(team_texts.whole(spread.median.value)) if spread.known else NONE
    share = team_texts.share_of(lane.reached, lane.meetings)
    basis = _("reached by {share}, {count}").format(share=share, count=from_how_many(lane.meetings))
    meaning = {OWN: _("own median of the farewell"), AGAINST: _("the other team's median")}[lane.who]
    return Figure(glued(value), meaning, glued(basis), Ink.TEXT)


def _reached(lane: Lane) -> str:
    fewest, most = lane.reached
    some = formats.number(fewest) if fewest == most else f"{formats.number(fewest)}–{formats.number(most)}"
    return some_of(some, lane.meetings)
