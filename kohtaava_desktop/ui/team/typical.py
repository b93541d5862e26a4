"""The typical meeting of the team: the medians of the steps, drawn as every meeting is."""

from kohtaava_desktop.domain.spread import medians_of
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import _, formats, sentences, team_texts
from kohtaava_desktop.ui.mirror.chart import Table, Widths
from kohtaava_desktop.ui.mirror.typical import Course, CourseLaid, lay_course
from kohtaava_desktop.ui.mirror.words import NONE
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import Lane, TeamShown


def title() -> str:
    """What the chart is."""
    return _("Typical meeting of the team")


def subtitle(shown: TeamShown) -> str:
    """How to read it."""
    medians = _("The median of each step, of all meetings; one that was never on it counts as 0")
    if shown.beside is None:
        return medians
    return medians + "; " + _("dashed: {what}").format(what=words.beside_word(shown.beside))


def lay(shown: TeamShown, box: Box, wide: Widths) -> CourseLaid:
    """The chart in ``box``."""
    beside = shown.beside
    course = Course(
        medians_of(shown.team.steps),
        {stage: "\n".join(_said(stage, shown)) for stage in Stage},
        medians_of(beside.steps) if beside else {},
        words.legend(shown),
    )
    return lay_course(course, box, wide)


def table(shown: TeamShown) -> Table:
    """The same as rows."""
    lanes = lanes_of(shown)
    headers = [_("Step")]
    for lane in lanes:
        of = "" if len(lanes) == 1 else f", {words.name(lane)}"
        headers += [each + of for each in (_("Median"), _("surely"), _("middle half about"))]
    rows = []
    for stage in Stage:
        row = [sentences.stage_name(stage)]
        for lane in lanes:
            spread = lane.steps[stage]
            median = formats.minutes_short(team_texts.whole(spread.median.value))
            sure = NONE if spread.median.exact else team_texts.sure_range(spread.median)
            row += [median, sure, words.half(spread)]
        rows.append(tuple(row))
    return Table(tuple(headers), tuple(rows))


def lanes_of(shown: TeamShown) -> list[Lane]:
    """The team, and what stands beside it."""
    return [shown.team, *([shown.beside] if shown.beside else [])]


def _said(stage: Stage, shown: TeamShown) -> list[str]:
    lines = [words.said(stage, shown.team)]
    if shown.beside is not None:
        lines.append(f"{words.name(shown.beside)}: {words.minutes(shown.beside.steps[stage])}")
    return lines
