"""What an export says: the rows that leave, as a table for people, and why one was not made."""

from collections.abc import Callable
from datetime import date

from kohtaava_desktop.domain.release import Release, Row
from kohtaava_desktop.i18n import N_, _, sentences

Cells = tuple[str, str, str, str]
_NOT_RELEASED = {
    "month-open": N_("{month} is not over yet: it can be exported from {closes} on."),
    "month-empty": N_("There is no meeting of {month} to tell of."),
    "month-cut": N_(
        "{month} is not exported: its first weeks have been removed, as meetings are not kept longer. "
        "What is left of it is not the whole month."
    ),
    "stricter-now": N_(
        "{month} was put together when groups of {made} meetings were enough; now {asked} are asked for. "
        "It is not exported any more. If it has been handed over before, its folder is {name}."
    ),
    "release-lost": N_(
        "The file with the meetings was damaged, and whether {month} was exported before is not known. "
        "It is not exported."
    ),
    "meetings-wait": N_("Finished meetings still wait to be stored. Start Kohtaava Desktop, then export {month}."),
}
_NOT_WRITTEN = {
    "gone": N_("there is no such folder, or the share is away"),
    "loop": N_("its links lead in a circle"),
    "name-too-long": N_("the name is too long"),
    "different": N_("something else is there already, and stays as it is"),
}


def preview(release: Release) -> str:
    """Exactly the rows that leave, in their order, under a line that says whose and of when; each row is one line."""
    headers, rows = table(release)
    cells = [headers, *rows]
    widths = [max(len(row[column]) for row in cells) for column in range(4)]
    lines = [
        f"{planned:{widths[0]}}  {step:{widths[1]}}  {minutes:{widths[2]}}  {meetings:>{widths[3]}}"
        for planned, step, minutes, meetings in cells
    ]
    apart = ("", *said) if (said := notes(release)) else ()
    return "\n".join((whose(release), "", *lines, *apart))


def whose(release: Release, month_of: Callable[[str], str] = str) -> str:
    """Of when it is, and under which name it leaves; ``month_of`` writes the month."""
    intro = _("This leaves, and nothing else: {month}, from the contributor {contributor}.")
    return intro.format(month=month_of(release.month), contributor=release.contributor)


def table(release: Release) -> tuple[Cells, tuple[Cells, ...]]:
    """The headers and exactly the rows that leave, in their order."""
    return (_("Planned"), _("Step"), _("Minutes on it"), _("Meetings")), tuple(map(_cells, release.rows()))


def notes(release: Release) -> tuple[str, ...]:
    """What is to be known of what is withheld, if anything is."""
    if not release.withheld:
        return ()
    sentence = _("Withheld: meetings of these lengths were fewer than {count}. Their number does not leave.")
    return (sentence.format(count=release.thresholds.group),)


def limits_unknown() -> str:
    """Why nothing is exported while a policy cannot be read."""
    return _("A policy of your organisation cannot be read, and it may ask for larger groups. Nothing is exported now.")


def not_released(
    code: str,
    values: dict[str, object],
    month_of: Callable[[str], str] = str,
    day_of: Callable[[date], str] = date.isoformat,
) -> str:
    """Why nothing is given out of a month; ``month_of`` writes the month, ``day_of`` the day when it is over."""
    written = {name: month_of(str(value)) if name == "month" else value for name, value in values.items()}
    written |= {name: day_of(value) for name, value in values.items() if isinstance(value, date)}
    sentence = _(_NOT_RELEASED[code]).format(**written)
    return sentence[:1].upper() + sentence[1:]  # months have small letters in Finnish and Swedish


def not_written(path: object, reason: str) -> str:
    """Why nothing was written, in one sentence."""
    known = _(_NOT_WRITTEN[reason]) if reason in _NOT_WRITTEN else sentences.in_words(reason)
    return _("Nothing was written to {path}: {reason}.").format(path=path, reason=known)


def not_answering(path: object) -> str:
    """The share with ``path`` was waited for in vain."""
    return _(
        "{path} does not answer. Whether it was written there is not known; writing it again does no harm."
    ).format(path=path)


def not_used(path: object, reason: str) -> str:
    """Why the meetings cannot be used, in one sentence."""
    return _("The meetings in {path} cannot be used now: {reason}.").format(
        path=path, reason=sentences.in_words(reason)
    )


def _cells(row: Row) -> Cells:
    planned = _("{shortest}–{longest} min").format(shortest=row.planned_from, longest=row.planned_to)
    if row.stage is None:
        return planned, "–", "–", _("withheld")
    return planned, sentences.stage_name(row.stage), _minutes(row), str(row.meetings)


def _minutes(row: Row) -> str:
    if row.minutes_from is None:
        return _("never")
    if row.minutes_to is None:
        span = _("{minutes} or more").format(minutes=row.minutes_from)
    elif row.minutes_to == row.minutes_from:
        span = str(row.minutes_from)
    else:
        span = f"{row.minutes_from}–{row.minutes_to}"
    return _("never or {minutes}").format(minutes=span) if row.includes_never else span
