"""Clock times, minutes, days, months and large numbers in the language in use, by CLDR.

The few forms that are needed are baked into ``cldr.json`` when the package is built, so that it paints without
Babel; where that file is missing they are asked of Babel itself.
"""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from kohtaava_desktop import i18n

if TYPE_CHECKING:
    from datetime import date

LARGEST_TOGETHER = 9999
"""Up to here a number stands without a sign between its thousands, as is usual in Finnish and Swedish."""


class Forms(NamedTuple):
    """The forms of one language; the minutes by plural category, the months from January on, with ``{0}`` for the year.

    ``group`` stands between thousands. ``until_month`` and ``until_year`` begin a span of months that ends in the same
    year or in another one, and go before the ``month`` that it ends with. ``day`` are days of each month, ``{1}``.
    """

    time: str
    minutes_short: dict[str, str]
    minutes_long: dict[str, str]
    group: str
    month: list[str]
    month_short: list[str]
    until_month: list[str]
    until_year: list[str]
    day: list[str]


def clock_time(hour: int, minute: int) -> str:
    """A time of day on the 24-hour clock, like ``10.45`` in Finnish."""
    return fill_time(_forms().time, hour, minute)


def minutes_short(minutes: int) -> str:
    """Minutes beside other things, like ``45 min``."""
    return _counted(_forms().minutes_short, minutes)


def minutes_long(minutes: int) -> str:
    """Minutes in a sentence, like ``45 minuuttia``."""
    return _counted(_forms().minutes_long, minutes)


def number(count: int) -> str:
    """A number of things to be read, like ``12 345`` in Finnish."""
    return f"{count:,}".replace(",", _forms().group) if count > LARGEST_TOGETHER else str(count)


def percent(part: int, of: int) -> int:
    """``part`` of ``of`` in whole percent: 0 and 100 only where it is none or all of them."""
    whole = round(100 * part / of) if of else 0
    return min(max(whole, 1), 99) if 0 < part < of else whole


def month(iso: str) -> str:
    """``2026-10`` as it is read, like ``lokakuu 2026``."""
    return _with_year(_forms().month, iso)


def month_short(iso: str) -> str:
    """The same where there is little room, like ``loka 2026``."""
    return _with_year(_forms().month_short, iso)


def day(which: "date") -> str:
    """A day as it is read in a sentence, like ``30. marraskuuta 2026``."""
    return _with_year(_forms().day, f"{which:%Y-%m}").replace("{1}", str(which.day))


def months(first: str, last: str) -> str:
    """From ``first`` to ``last``, like ``elo–lokakuu 2026``; the one month where they are the same."""
    if first == last:
        return month(first)
    forms = _forms()
    begin = _with_year(forms.until_month if first[:4] == last[:4] else forms.until_year, first)
    return begin + month(last)


def fill_time(pattern: str, hour: int, minute: int) -> str:
    """``pattern`` with its ``H`` or ``HH`` and its ``mm`` filled in."""
    hours = f"{hour:02d}" if "HH" in pattern else str(hour)
    return pattern.replace("HH", "H").replace("H", hours).replace("mm", f"{minute:02d}")


def live_forms(tag: str) -> Forms:
    """The forms of ``tag`` as Babel knows them."""
    from babel.units import format_unit

    def minutes(length: Literal["short", "long"]) -> dict[str, str]:
        counted = {"one": 1, "other": 2}
        return {
            category: format_unit(number, "duration-minute", length, locale=tag).replace(str(number), "{0}")
            for category, number in counted.items()
        }

    return Forms(live_time_pattern(tag), minutes("short"), minutes("long"), **_live_calendar(tag))


def _live_calendar(tag: str) -> dict[str, Any]:
    from datetime import date

    from babel import Locale
    from babel.dates import format_date

    locale = Locale.parse(tag)
    skeletons, spans = locale.datetime_skeletons, locale.interval_formats["yMMMM"]
    patterns = {
        "month": skeletons["yMMMM"].pattern,
        "month_short": skeletons["yMMM"].pattern,
        "until_month": spans["M"][0],
        "until_year": spans["y"][0],
        "day": locale.date_formats["long"].pattern.replace("d", "'{1}'"),
    }
    every_month = [date(2026, number, 1) for number in range(1, 13)]
    months = {
        name: [format_date(each, pattern, locale).replace("2026", "{0}") for each in every_month]
        for name, pattern in patterns.items()
    }
    return {"group": locale.number_symbols["latn"]["group"], **months}


def live_time_pattern(tag: str) -> str:
    """The 24-hour clock of ``tag`` by CLDR: clients read appointments in Finland, where clocks have 24 hours."""
    from babel import Locale

    return str(Locale.parse(tag).datetime_skeletons["Hm"].pattern)


def _counted(patterns: dict[str, str], minutes: int) -> str:
    """Finnish, Swedish and English share one rule: exactly one is ``one``, all else ``other``."""
    return patterns["one" if minutes == 1 else "other"].replace("{0}", str(minutes))


def _with_year(months: list[str], iso: str) -> str:
    year, number = iso.split("-")
    return months[int(number) - 1].replace("{0}", year)


def _forms() -> Forms:
    tag = i18n.language()
    return _baked(i18n.LOCALE_FOLDER).get(tag) or _live(tag)


@cache
def _live(tag: str) -> Forms:
    return live_forms(tag)


@cache
def _baked(folder: str) -> dict[str, Forms]:
    """The forms that the build wrote; empty where it has not run or the file is damaged."""
    try:
        content: dict[str, dict[str, Any]] = json.loads(Path(folder, "cldr.json").read_text(encoding="utf-8"))
        return {tag: Forms(**each) for tag, each in content.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
