"""Clock times and minutes in the language in use, by CLDR.

The few forms that the overlay needs are baked into ``cldr.json`` when the package is built, so that it paints without
Babel; where that file is missing they are asked of Babel itself.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from kohtaava_desktop import i18n


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of one language; the minutes by plural category."""

    time: str
    minutes_short: dict[str, str]
    minutes_long: dict[str, str]


def clock_time(hour: int, minute: int) -> str:
    """A time of day on the 24-hour clock, like ``10.45`` in Finnish."""
    return fill_time(_forms().time, hour, minute)


def minutes_short(minutes: int) -> str:
    """Minutes beside other things, like ``45 min``."""
    return _counted(_forms().minutes_short, minutes)


def minutes_long(minutes: int) -> str:
    """Minutes in a sentence, like ``45 minuuttia``."""
    return _counted(_forms().minutes_long, minutes)


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

    return Forms(live_time_pattern(tag), minutes("short"), minutes("long"))


def live_time_pattern(tag: str) -> str:
    """The 24-hour clock of ``tag`` by CLDR: clients read appointments in Finland, where clocks have 24 hours."""
    from babel import Locale

    return str(Locale.parse(tag).datetime_skeletons["Hm"].pattern)


def _counted(patterns: dict[str, str], minutes: int) -> str:
    """Finnish, Swedish and English share one rule: exactly one is ``one``, all else ``other``."""
    return patterns["one" if minutes == 1 else "other"].replace("{0}", str(minutes))


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
