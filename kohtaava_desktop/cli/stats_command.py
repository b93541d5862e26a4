"""``kohtaava stats``: what one's own meetings say, as text, JSON or CSV, whether the program runs or not.

It opens ``kohtaava.db`` as ``kohtaava export`` does: mending a damaged file, and saying so, is left to the program.
"""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.misuse import Misuse, shown
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.mirror import COLUMNS, as_rows, as_values
from kohtaava_desktop.domain.months import thursday_of
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.record import iso_week
from kohtaava_desktop.domain.statistics import Filter, statistics_of
from kohtaava_desktop.i18n import N_, export_texts
from kohtaava_desktop.i18n.mirror_texts import described
from kohtaava_desktop.integration.clock import SystemClock, local_day
from kohtaava_desktop.integration.paths import data_dir
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS

REFUSED = 3
_WEEKS = re.compile(r"(\d{4}-W\d\d)?\.\.(\d{4}-W\d\d)?", re.ASCII)


def run(words: list[str]) -> int:
    """Carry out ``kohtaava stats`` with ``words`` and return the exit code: 0 done, 2 usage, 3 refused."""
    say.choose_language()
    try:
        wanted, form = _understood(words)
    except Misuse as misuse:
        return say.fail(say.USAGE, misuse.sentence)
    clock = SystemClock()
    week_that_runs = iso_week(local_day(clock, clock.read().wall))
    path = data_dir() / MEETINGS
    try:
        tallies = Meetings(path, mends=False, brief=True).tallies(wanted, week_that_runs)
    except StoreError as error:
        return say.fail(REFUSED, export_texts.not_used(path, error.code))
    found = statistics_of(tallies)
    match form:
        case "--json":
            return say.tell(json.dumps(as_values(found, wanted), ensure_ascii=False))
        case "--csv":
            return say.tell(_as_csv(as_rows(found)))
    return say.tell(described(found))


def _as_csv(rows: Any) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return text.getvalue().rstrip("\n")


def _understood(words: list[str]) -> tuple[Filter, str]:
    """The meetings that are asked for and the form of the answer; raises ``Misuse``."""
    given: dict[str, Any] = {}
    left = [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]
    while left:
        word = left.pop(0)
        name = "form" if word in ("--json", "--csv") else word
        if name not in ("form", *_OPTIONS) or (name == "form" and given.get(name, word) != word):
            sentence = N_("{value} does not belong here; the command is: {usage}")
            raise Misuse("unknown-value", sentence, value=shown(word), usage=_usage())
        if name in given:
            raise Misuse("given-twice", N_("{option} can be given only once."), option=word)
        if name == "form":
            given[name] = word
        elif not left or not left[0]:
            raise Misuse("missing-value", N_("{option} needs a value."), option=f"{word} {_VALUES[word]}")
        else:
            given[name] = _OPTIONS[word](left.pop(0))
    form = given.pop("form", "")
    return Filter(**{name: value for found in given.values() for name, value in found.items()}), form


def _planned(text: str) -> dict[str, Any]:
    limits = {"lowest": SHORTEST_MINUTES, "highest": LONGEST_MINUTES}
    if not re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII):
        sentence = N_("{option} is a whole number from {lowest} to {highest}, not {value}.")
        raise Misuse("unknown-value", sentence, option="--planned", value=shown(text), **limits)
    if not SHORTEST_MINUTES <= int(text) <= LONGEST_MINUTES:
        sentence = N_("The planned length cannot be {minutes} min: choose {lowest} to {highest} minutes.")
        raise Misuse("length-out-of-range", sentence, minutes=int(text), **limits)
    return {"planned_minutes": int(text)}


def _one_of(option: str, name: str, allowed: dict[str, Any]) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        if text not in allowed:
            sentence = N_("{option} is one of {allowed}, not {value}.")
            raise Misuse("unknown-value", sentence, option=option, allowed=", ".join(allowed), value=shown(text))
        return {name: allowed[text]}

    return read


def _weeks(text: str) -> dict[str, Any]:
    """A span that is not empty; raises ``Misuse`` for what is none."""
    found = _WEEKS.fullmatch(text)
    if found is None or not any(found.groups()):
        sentence = N_("Weeks are written like 2026-W34..2026-W47, either end of which can be left out, not {value}.")
        raise Misuse("bad-weeks", sentence, value=shown(text))
    for week in filter(None, found.groups()):
        try:
            thursday_of(week)
        except ValueError:
            raise Misuse("no-such-week", N_("There is no week {week} in the calendar."), week=week) from None
    if found[1] and found[2] and found[1] > found[2]:
        sentence = N_("The weeks end before they begin: {first} is after {last}.")
        raise Misuse("weeks-turned-round", sentence, first=found[1], last=found[2])
    return {"first_week": found[1], "last_week": found[2]}


_YES_OR_NO = {"yes": True, "no": False}
_OPTIONS: dict[str, Callable[[str], dict[str, Any]]] = {
    "--planned": _planned,
    "--channel": _one_of("--channel", "channel", {str(channel): channel for channel in Channel}),
    "--new-client": _one_of("--new-client", "new_client", _YES_OR_NO),
    "--interpreter": _one_of("--interpreter", "interpreter", _YES_OR_NO),
    "--weeks": _weeks,
}
_VALUES = {
    "--planned": "N",
    "--channel": "in-person|phone|video",
    "--new-client": "yes|no",
    "--interpreter": "yes|no",
    "--weeks": "A..B",
}


def _usage() -> str:
    return f"kohtaava stats {next(iter(ALONE['stats']))}"
