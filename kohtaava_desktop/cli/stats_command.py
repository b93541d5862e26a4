"""``kohtaava stats``: what one's own meetings say, as text, JSON or CSV, whether the program runs or not."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any

from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE
from kohtaava_desktop.control.misuse import Misuse, shown
from kohtaava_desktop.domain.errors import LengthOutOfRange
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.mirror import COLUMNS, as_rows, as_values
from kohtaava_desktop.domain.months import thursday_of
from kohtaava_desktop.domain.plan import check_length
from kohtaava_desktop.domain.record import iso_week
from kohtaava_desktop.domain.statistics import Filter, statistics_of
from kohtaava_desktop.i18n import N_, sentences
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
    try:
        tallies = Meetings(data_dir() / MEETINGS).tallies(wanted, week_that_runs)
    except StoreError as error:
        return say.fail(REFUSED, sentences.store_problem(error.code, error.values))
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
    form = ""
    left = list(words)
    while left:
        word = left.pop(0)
        if word in ("--json", "--csv") and form in ("", word):
            form = word
        elif word in _OPTIONS and left:
            try:
                given |= _OPTIONS[word](left.pop(0))
            except (ValueError, KeyError, LengthOutOfRange):
                raise _misuse(words) from None
        else:
            raise _misuse(words)
    return Filter(**given), form


def _yes_or_no(name: str) -> Callable[[str], dict[str, Any]]:
    def read(text: str) -> dict[str, Any]:
        return {name: {"yes": True, "no": False}[text]}

    return read


def _weeks(text: str) -> dict[str, Any]:
    """A range that is not empty; raises ``ValueError`` for what is none."""
    found = _WEEKS.fullmatch(text)
    if found is None or not any(found.groups()):
        raise ValueError(text)
    for week in filter(None, found.groups()):
        thursday_of(week)
    if found[1] and found[2] and found[1] > found[2]:
        raise ValueError(text)
    return {"first_week": found[1], "last_week": found[2]}


_OPTIONS: dict[str, Callable[[str], dict[str, Any]]] = {
    "--planned": lambda text: {"planned_minutes": check_length(int(text))},
    "--channel": lambda text: {"channel": Channel(text)},
    "--new-client": _yes_or_no("new_client"),
    "--interpreter": _yes_or_no("interpreter"),
    "--weeks": _weeks,
}


def _misuse(words: list[str]) -> Misuse:
    usage = f"kohtaava stats {next(iter(ALONE['stats']))}"
    sentence = N_("{value} cannot be understood; the command is: {usage}")
    return Misuse("unknown-value", sentence, value=shown(" ".join(words)), usage=usage)
