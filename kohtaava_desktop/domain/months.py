"""Calendar months made of whole ISO weeks: a week belongs to the month of its Thursday."""

import re
from datetime import date, timedelta

from kohtaava_desktop.domain.record import iso_week

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_YEARS = range(1, 9999)
_WEEK = re.compile(r"(\d{4})-W(\d\d)", re.ASCII)


def check_month(text: str) -> str:
    """``text`` unchanged when it is a month like ``2026-10``; raises ``ValueError`` otherwise."""
    found = _MONTH.fullmatch(text)
    if found is None or int(found[1]) not in _YEARS:
        raise ValueError(f"{text!r} is no month like 2026-10")
    return text


def thursday_of(iso_week: str) -> date:
    """The Thursday of a week like ``2026-W47``; raises ``ValueError`` when there is no such week."""
    found = _WEEK.fullmatch(iso_week)
    if found is None:
        raise ValueError(f"{iso_week!r} is no week like 2026-W47")
    return date.fromisocalendar(int(found[1]), int(found[2]), 4)


def month_of(iso_week: str) -> str:
    """The month, like ``2026-11``, that ``iso_week`` belongs to."""
    day = thursday_of(iso_week)
    return f"{day.year:04d}-{day.month:02d}"


def weeks_of(month: str) -> tuple[str, ...]:
    """The four or five ISO weeks of ``month``, in their order."""
    year, number = (int(part) for part in check_month(month).split("-"))
    first = date(year, number, 1)
    thursday = first + timedelta(days=(3 - first.weekday()) % 7)
    weeks = []
    while thursday.month == number:
        iso_year, week, _ = thursday.isocalendar()
        weeks.append(f"{iso_year:04d}-W{week:02d}")
        thursday += timedelta(days=7)
    return tuple(weeks)


def is_closed(month: str, today: date) -> bool:
    """Whether the last week of ``month`` is over on ``today``: then no further meeting can belong to it."""
    return today >= closes_on(month)


def closes_on(month: str) -> date:
    """The first day on which ``month`` is closed: a Monday."""
    return thursday_of(weeks_of(month)[-1]) + timedelta(days=4)


def last_closed(today: date) -> str:
    """The latest month that is closed on ``today``."""
    month = month_of(iso_week(today))
    year, number = (int(part) for part in month.split("-"))
    return f"{year:04d}-{number - 1:02d}" if number > 1 else f"{year - 1:04d}-12"
