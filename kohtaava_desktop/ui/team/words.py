"""Words that several parts of the window use."""

from collections.abc import Iterator

from kohtaava_desktop.domain.spread import Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup
from kohtaava_desktop.domain.team_pair import Elsewhere
from kohtaava_desktop.domain.team_values import AGAINST, OWN
from kohtaava_desktop.i18n import _, formats, pgettext, sentences, team_texts
from kohtaava_desktop.i18n.mirror_texts import counted
from kohtaava_desktop.ui.mirror.words import DOT, NONE, glued
from kohtaava_desktop.ui.team.shown import Beside, Lane, Looked, TeamShown, Wanted


def name(lane: Lane) -> str:
    """Who it is."""
    return _(team_texts.WHO[lane.who])


def minutes(spread: Spread) -> str:
    """The median, and in brackets between what it surely lies: ``9 min (7–14)``."""
    median = formats.minutes_short(team_texts.whole(spread.median.value))
    return glued(median if spread.median.exact else f"{median} ({team_texts.sure_range(spread.median)})")


def half(spread: Spread) -> str:
    """Where the middle half of the meetings lies: ``5–13 min``."""
    lower, upper = team_texts.whole(spread.lower.value), team_texts.whole(spread.upper.value)
    return f"{lower}–{formats.minutes_short(upper)}"


def said(stage: Stage, lane: Lane) -> str:
    """Everything that is known of a step, as the pointer and a screen reader get it."""
    spread, step = lane.steps[stage], sentences.stage_name(stage)
    sentence = _("{step}: median {median}, half of the meetings {half}, n = {count}")
    if not spread.median.exact:
        sentence = _("{step}: median {median}, surely {range}; half of the meetings about {half}; n = {count}")
    median = formats.minutes_short(team_texts.whole(spread.median.value))
    surely = team_texts.sure_range(spread.median) + ("" if spread.median.highest is None else " min")
    count = formats.number(spread.n)
    return glued(sentence.format(step=step, median=median, range=surely, half=half(spread), count=count))


def heading(shown: TeamShown) -> str:
    """What of the team is shown: months, planned length, how many meetings and contributors."""
    people = _("{people} contributors a month").format(people=team_texts.people_of(shown.group.contributors))
    planned = _("{minutes} planned").format(minutes=team_texts.lengths(shown.span, shown.others))
    months = shown.group.months
    said = (formats.months(months[0], months[-1]), planned, counted(shown.group.meetings), people)
    return DOT.join((*([team_texts.made_up()] if shown.made_up else []), *said))


def legend(shown: TeamShown) -> tuple[str, ...]:
    """What the lines are, where there are two."""
    lane = shown.beside
    if lane is None:
        return ()
    other = short_name(lane) if lane.who == OWN else name(lane)
    return tuple(f"{who}, {counted(each.meetings)}" for who, each in ((name(shown.team), shown.team), (other, lane)))


def short_name(lane: Lane) -> str:
    """Who it is, where there is little room."""
    return {OWN: pgettext("short", "Own"), AGAINST: pgettext("short", "Other")}.get(lane.who) or pgettext(
        "short", "Team"
    )


def beside_word(lane: Lane) -> str:
    """What the dashed line is, in the middle of a sentence."""
    return {OWN: _("own meetings"), AGAINST: _("the other team")}[lane.who]


def cell(group: TeamGroup | None, where: Elsewhere | None, stage: Stage) -> str:
    """Median and range of a step; that it is withheld, or told elsewhere; or nothing told of."""
    if group is not None:
        return _("withheld") if group.withheld else minutes(group.steps[stage])
    if where is None:
        return NONE
    if where.withheld:
        return _("withheld")
    return _("told together") if where.together else _("told apart")


def elsewhere(where: Elsewhere) -> str:
    """Why there is no group of these lengths, though there may be meetings."""
    if where.together:
        told = _("These lengths are told together, as {lengths}")
        sentence = _("What there may be of these lengths is withheld with {lengths}") if where.withheld else told
    else:
        told = _("These lengths are told apart, as {lengths}")
        sentence = _("These lengths are withheld as {lengths}") if where.withheld else told
    return sentence.format(lengths=team_texts.listed(where.lengths))


def in_passing(looked: Looked, wanted: Wanted, beside: Beside) -> Iterator[str]:
    """What else is to be known of what is shown."""
    if beside is Beside.OWN and (own := looked.own_of(wanted)) is not None and not own.steps:
        yield _("Own meetings like these: {count}, too few yet").format(count=formats.number(own.meetings))
    if beside is Beside.ANOTHER:
        group, other = looked.group(wanted), looked.group(wanted, 1)
        where = looked.elsewhere(wanted, 1)
        if other is None:
            said = _("The other team told of no such meetings")
            yield said if where is None else f"{_(team_texts.WHO[AGAINST])}: {elsewhere(where)}"
        elif other.withheld:
            in_others = _("The other team's are shown in other months only")
            yield in_others if other.left_out else _("The other team's are withheld")
        else:
            yield from _differently(looked, wanted)
            if group is not None and group.left_out:
                left_out = team_texts.month_count(len(group.left_out))
                yield _("{months} left out, where the other team's are not shown").format(months=left_out)
    if looked.common.same:
        sentence = _("Not compared, as both folders hold the same export: {months}.")
        yield sentence.format(months=", ".join(map(formats.month, looked.common.same)))
    if looked.withheld:
        sentence = _("Withheld: {lengths} (fewer than {count} contributors in a month, or too few meetings)")
        spans = "; ".join(team_texts.lengths(span, span in looked.others) for span in looked.withheld)
        yield sentence.format(lengths=spans, count=looked.fewest)
    else:
        yield _("Shown from {count} contributors a month on").format(count=looked.fewest)


def _differently(looked: Looked, wanted: Wanted) -> Iterator[str]:
    """That one team's group is all of a pair, and the other's what is left of it."""
    span, theirs = looked.span(wanted), looked.holds_others(wanted, 1)
    if span is not None and theirs is not looked.holds_others(wanted):
        lengths = team_texts.lengths(span, theirs)
        told = lengths if theirs else _("all of {lengths}").format(lengths=lengths)
        yield f"{_(team_texts.WHO[AGAINST])}: {told}"
