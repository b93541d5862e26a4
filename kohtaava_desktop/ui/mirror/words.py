"""Words that several parts of the window use."""

from collections.abc import Iterator

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.i18n import _, formats, pgettext
from kohtaava_desktop.i18n.mirror_texts import counted, whole

DOT = " · "
NONE = "–"
"""Nothing is known there."""


def minutes(seconds: float) -> str:
    """Whole minutes, like ``13 min``."""
    return glued(formats.minutes_short(whole(seconds)))


def from_how_many(meetings: int) -> str:
    """``n = 212``."""
    return glued(_("n = {count}").format(count=formats.number(meetings)))


def glued(text: str) -> str:
    """``text`` with its numbers not parted from their units, nor a span in two, where a line ends."""
    for part in (" min", " … ", "n = "):
        text = text.replace(part, part.replace(" ", "\N{NO-BREAK SPACE}"))
    return text


def share(part: int, of: int) -> str:
    """``part`` of ``of`` in whole percent: 0 and 100 only where it is none or all of them."""
    return _("{share} %").format(share=formats.percent(part, of))


def week(iso_week: str, with_year: bool = False) -> str:
    """``week 47``, or ``week 47/2026``."""
    year, number = iso_week.split("-W")
    name = f"{int(number)}/{year}" if with_year else str(int(number))
    return _("week {number}").format(number=name)


def week_short(iso_week: str, with_year: bool = False) -> str:
    """The same where there is little room."""
    year, number = iso_week.split("-W")
    name = f"{int(number)}/{year}" if with_year else str(int(number))
    return pgettext("short", "week {number}").format(number=name)


def weeks(first: str, last: str) -> str:
    """``weeks 34–47``; with the years where there is more than one."""
    if first == last:
        return week(first, with_year=True)
    numbers = [(int(each.split("-W")[1]), each.split("-W")[0]) for each in (first, last)]
    several = numbers[0][1] != numbers[1][1]
    names = [f"{number}/{year}" if several else str(number) for number, year in numbers]
    return _("weeks {first}–{last}").format(first=names[0], last=names[1])


def heading(found: Statistics, wanted: Filter, choices: Choices) -> str:
    """Which meetings these are: weeks, all else that was chosen, and how many."""
    first = wanted.first_week or (choices.weeks[0] if choices.weeks else None)
    last = wanted.last_week or (choices.weeks[-1] if choices.weeks else None)
    parts = [weeks(first, last)] if first is not None and last is not None and first <= last else []
    if wanted.planned_minutes is not None:
        parts.append(_("{minutes} planned").format(minutes=formats.minutes_short(wanted.planned_minutes)))
    return DOT.join([*parts, *_marks_wanted(wanted), counted(found.n)])


def _marks_wanted(wanted: Filter) -> Iterator[str]:
    """What was chosen besides weeks and length, in the middle of a line."""
    if wanted.channel is not None:
        channels = {Channel.IN_PERSON: _("in person"), Channel.PHONE: _("by phone"), Channel.VIDEO: _("by video")}
        yield channels[wanted.channel]
    if wanted.new_client is not None:
        yield _("new clients") if wanted.new_client else _("known clients")
    if wanted.interpreter is not None:
        yield _("with an interpreter") if wanted.interpreter else _("no interpreter")
