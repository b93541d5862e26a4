"""Words that several parts of the window use."""

from collections.abc import Iterator

from kohtaava_desktop.domain.spread import Spread
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import TeamGroup
from kohtaava_desktop.domain.team_values import AGAINST, OWN
from kohtaava_desktop.i18n import _, formats, pgettext, sentences, team_texts
from kohtaava_desktop.i18n.mirror_texts import counted
from kohtaava_desktop.ui.mirror.words import DOT, glued
from kohtaava_desktop.ui.team.shown import Beside, Lane, Looked, TeamShown, Wanted

NONE = "–"
printable = team_texts.printable


lengths = team_texts.lengths


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
    surely = f"{team_texts.sure_range(spread.median)} min" if spread.median.highest is not None else ""
    surely = surely or team_texts.sure_range(spread.median)
    return glued(sentence.format(step=step, median=median, range=surely, half=half(spread), count=spread.n))


def months(these: tuple[str, ...]) -> str:
    """``2026-08–2026-10``, or the one month."""
    if not these:
        return ""
    return these[0] if len(these) == 1 else f"{these[0]}–{these[-1]}"


def heading(shown: TeamShown) -> str:
    """What of the team is shown: months, planned length, how many meetings and contributors."""
    people = _("{people} contributors a month").format(people=team_texts.people_of(shown.group.contributors))
    planned = _("{minutes} planned").format(minutes=lengths(shown.span, shown.others))
    said = (months(shown.group.months), planned, counted(shown.group.meetings), people)
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


def cell(group: TeamGroup | None, stage: Stage) -> str:
    """Median and range of a step, withheld, or nothing told of."""
    if group is None:
        return NONE
    return _("withheld") if group.withheld else minutes(group.steps[stage])


def in_passing(looked: Looked, wanted: Wanted, beside: Beside) -> Iterator[str]:
    """What else is to be known of what is shown."""
    if beside is Beside.OWN and (own := looked.own_of(wanted)) is not None and not own.steps:
        yield _("Own meetings like these: {count}, too few yet").format(count=own.meetings)
    if beside is Beside.ANOTHER:
        group, other = looked.group(wanted), looked.group(wanted, 1)
        if other is None:
            yield _("The other team told of no such meetings")
        elif other.withheld:
            in_others = _("The other team's are shown in other months only")
            yield in_others if other.left_out else _("The other team's are withheld")
        elif group is not None and group.left_out:
            left_out = team_texts.month_count(len(group.left_out))
            yield _("{months} left out, where the other team's are not shown").format(months=left_out)
    if looked.common.same:
        sentence = _("Not compared, as both folders hold the same export: {months}.")
        yield sentence.format(months=", ".join(looked.common.same))
    if looked.withheld:
        sentence = _("Withheld: {lengths} (fewer than {count} contributors in a month, or too few meetings)")
        spans = "; ".join(lengths(span, span in looked.others) for span in looked.withheld)
        yield sentence.format(lengths=spans, count=looked.fewest)
    else:
        yield _("Shown from {count} contributors a month on").format(count=looked.fewest)
