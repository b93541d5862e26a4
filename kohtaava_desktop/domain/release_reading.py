"""Reading an export back, whoever has had it in hand meanwhile: all of it is as we write it, or it is refused.

Nothing that is read here is trusted: a file on a share may be half copied, edited in a spreadsheet, or made to harm.
What is wrong is named with its file and line. What is right is exactly what some ``Release`` gives out.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import attrgetter
from typing import Any

from kohtaava_desktop.domain.disclosure import (
    NEVER,
    PAIR_OF,
    PAIR_SPANS,
    SMALLEST_BIN,
    SMALLEST_GROUP,
    Bin,
    Ends,
    Group,
    Span,
    Thresholds,
    edges_of,
)
from kohtaava_desktop.domain.months import check_month
from kohtaava_desktop.domain.release import COLUMNS, FORMAT, LETTERS, NAME_LENGTH, PUBLISHED, WITHHELD, Release
from kohtaava_desktop.domain.release_files import DESCRIPTION, TABLE
from kohtaava_desktop.domain.stages import BY_KEY, Stage

PREFIX = "kohtaava-"
"""How the name of every export begins."""
MOST_MEETINGS = 10_000
"""Nobody holds more in a month, of whatever length."""
FIRST_LINE = 2
"""The line of the first row, under the names of the columns."""
READABLE = (FORMAT,)
"""The versions of the files that are understood: every one that was ever written."""
HEADER = ",".join(COLUMNS)

_NAME = re.compile(rf"{PREFIX}(\d{{4}}-\d\d)-([{LETTERS}]{{{NAME_LENGTH}}})", re.ASCII)
_NUMBER = re.compile(r"0|[1-9]\d{0,5}", re.ASCII)
_LONGEST_VALUE = 40


class BadExport(Exception):
    """An export is not as we write it. ``reason`` is stable; ``line`` counts from 1, 0 where it is the whole file.

    - ``not-an-export``: the folder has no name that an export has, as a copy has none
    - ``not-json``, ``not-described``: the description cannot be read, or lacks what is needed
    - ``other-format``: another version of the files; ``value`` is which
    - ``month-not-over``: no export can be of this month yet, or it is no month
    - ``wrong-month``, ``wrong-contributor``: it says another than its folder's name does
    - ``low-limits``: it was made with limits lower than any can be
    - ``high-limits``: it claims limits higher than any can be, or than its table keeps to
    - ``not-utf8``, ``line-break``, ``wrong-columns``, ``wrong-cells``: it is no table of ours
    - ``unknown-lengths``, ``unknown-step``, ``unknown-minutes``, ``unknown-status``: no such thing is ever given out
    - ``not-a-count``, ``too-few``, ``too-many``: the number of meetings
    - ``repeated-row``, ``wrong-order``, ``incomplete``, ``sums-differ``: the rows do not belong together
    - ``changed``: all is well by itself, but it is not what was written
    """

    def __init__(self, file: str, line: int, reason: str, value: object = "") -> None:
        super().__init__(file, line, reason)
        self.file = file
        self.line = line
        self.reason = reason
        self.value = (value if isinstance(value, str) else _as_json(value))[:_LONGEST_VALUE]


def _as_json(value: object) -> str:
    """A value out of JSON as it may have stood there; of a list or an object, which may be of any depth, what it is."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return json.dumps(value, ensure_ascii=False)


class _TooFew(BadExport):
    """So few meetings are not told under the limits that are claimed; ``ever``: nor under any."""

    def __init__(self, line: int, meetings: int, fewest: int) -> None:
        super().__init__(TABLE, line, "too-few", meetings)
        self.ever = meetings < fewest


@dataclass(frozen=True, slots=True)
class _Row:
    """A row without its month and contributor; with neither ``stage`` nor ``bin`` its group is withheld."""

    span: Span
    stage: Stage | None = None
    bin: Bin | None = None


class _Wrong(Exception):
    """Reason and value of what is wrong in a row."""


def named(name: str, latest: str) -> tuple[str, str]:
    """Month and contributor by the ``name`` of an export's folder; ``latest`` is the last month that is over.

    Raises ``BadExport``.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise BadExport("", 0, "not-an-export")
    month, contributor = found.groups()
    try:
        check_month(month)
    except ValueError:
        raise BadExport("", 0, "month-not-over", month) from None
    if month > latest:
        raise BadExport("", 0, "month-not-over", month)
    return month, contributor


def read(name: str, latest: str, description: bytes, table: bytes) -> Release:
    """The release that was given out as the folder ``name``; raises ``BadExport``, and nothing else."""
    month, contributor = named(name, latest)
    thresholds, digest, made_up = _described(description, month, contributor)
    as_written = sha256(table).hexdigest() == digest
    try:
        rows = _rows(_lines(table), f"{month},{contributor},", thresholds)
        groups = tuple(_groups(rows, thresholds))
    except _TooFew as few:
        if as_written and not few.ever:  # the table is what it was: it is the description that claims too much
            raise _high_limits(thresholds.group, thresholds.bin) from None
        raise
    if not as_written:
        raise BadExport(TABLE, 0, "changed")
    return Release(month, contributor, groups, thresholds, made_up)


def _described(description: bytes, month: str, contributor: str) -> tuple[Thresholds, str, bool]:
    """The limits under which it was made, the hash of the table, and whether it is made up."""
    try:
        content: Any = json.loads(description)
    except (ValueError, RecursionError) as error:
        raise BadExport(DESCRIPTION, getattr(error, "lineno", 0), "not-json") from None
    try:
        about, digest = content["kohtaava"], content["resources"][0]["hash"]
        if about["format"] not in READABLE or type(about["format"]) is not int:
            raise BadExport(DESCRIPTION, 0, "other-format", _as_json(about["format"]))
        given = (about["month"], about["contributor"], about["smallest_group"], about["smallest_bin"])
        made_up = "made_up" in about
        if made_up and about["made_up"] is not True:  # it is said of what is made up only
            raise BadExport(DESCRIPTION, 0, "not-described")
    except (LookupError, TypeError):
        raise BadExport(DESCRIPTION, 0, "not-described") from None
    if given[0] != month:
        raise BadExport(DESCRIPTION, 0, "wrong-month", given[0])
    if given[1] != contributor:
        raise BadExport(DESCRIPTION, 0, "wrong-contributor", given[1])
    if not (isinstance(digest, str) and digest.startswith("sha256:") and all(type(each) is int for each in given[2:])):
        raise BadExport(DESCRIPTION, 0, "not-described")
    if max(given[2:]) > MOST_MEETINGS:
        raise _high_limits(*given[2:])
    try:
        return Thresholds(*given[2:]), digest.removeprefix("sha256:"), made_up
    except ValueError:
        raise BadExport(DESCRIPTION, 0, "low-limits", f"{given[2]}, {given[3]}") from None


def _high_limits(group: int, smallest: int) -> BadExport:
    return BadExport(DESCRIPTION, 0, "high-limits", f"{group}, {smallest}")


def _lines(table: bytes) -> list[str]:
    """The lines of the table but for the first, which names the columns."""
    try:
        text = table.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadExport(TABLE, table.count(b"\n", 0, error.start) + 1, "not-utf8") from None
    lines = text.split("\r\n")
    if lines[0] != HEADER:
        reason = "line-break" if "\n" in lines[0] or "\r" in lines[0] else "wrong-columns"
        raise BadExport(TABLE, 1, reason if text else "incomplete", "" if reason == "line-break" else lines[0])
    if lines.pop() or not lines[1:]:
        raise BadExport(TABLE, len(lines) + 1, "incomplete")
    return lines[1:]


def _rows(lines: list[str], beginning: str, thresholds: Thresholds) -> list[_Row]:
    rows: list[_Row] = []
    skip = len(beginning)
    for line in lines:
        try:
            if not line.startswith(beginning):
                raise _not_of_this_export(line, beginning)
            row = _row(line[skip:])
            if row.bin is not None and row.bin.meetings < thresholds.bin:
                raise _TooFew(len(rows) + FIRST_LINE, row.bin.meetings, SMALLEST_BIN)
            rows.append(row)
        except _Wrong as wrong:
            raise BadExport(TABLE, len(rows) + FIRST_LINE, *wrong.args) from None
    return rows


def _not_of_this_export(line: str, beginning: str) -> _Wrong:
    if "\n" in line or "\r" in line:
        return _Wrong("line-break")
    cells = line.split(",")
    if len(cells) != len(COLUMNS):
        return _Wrong("wrong-cells", len(cells))
    month = beginning.split(",", maxsplit=1)[0]
    return _Wrong("wrong-month", cells[0]) if cells[0] != month else _Wrong("wrong-contributor", cells[1])


@lru_cache(maxsize=16_384)
def _row(rest: str) -> _Row:
    """The row that goes on with ``rest``. The same ones come again and again, so the last ones are remembered."""
    if "\n" in rest or "\r" in rest:
        raise _Wrong("line-break")
    cells = rest.split(",")
    if len(cells) != len(COLUMNS) - 2:
        raise _Wrong("wrong-cells", len(cells) + 2)
    shortest, longest, step, never, first, last, meetings, status = cells
    span = _span(shortest, longest)
    if status == WITHHELD:
        if span not in PAIR_SPANS:
            raise _Wrong("unknown-lengths", f"{shortest}–{longest}")
        if any(cells[2:-1]):
            raise _Wrong("wrong-cells", len(COLUMNS))
        return _Row(span)
    if status != PUBLISHED:
        raise _Wrong("unknown-status", status)
    if step not in BY_KEY:
        raise _Wrong("unknown-step", step)
    lowest, highest = _ends(BY_KEY[step], never, first, last)
    return _Row(span, BY_KEY[step], Bin(lowest, highest, _count(meetings)))


def _ends(stage: Stage, never: str, first: str, last: str) -> Ends:
    """The ends of a bin of ``stage`` as the cells tell them."""
    shown = f"{never} {first} {last}"
    if never not in ("true", "false") or not all(not each or _NUMBER.fullmatch(each) for each in (first, last)):
        raise _Wrong("unknown-minutes", shown)
    lowest, highest = (int(each) if each else None for each in (first, last))
    if never == "true":
        highest = NEVER if lowest is None and highest is None else highest
        lowest = NEVER if lowest == 0 or highest == NEVER else None
    edges = edges_of(stage)
    if lowest is None or lowest not in edges or not (highest is None or (highest >= lowest and highest + 1 in edges)):
        raise _Wrong("unknown-minutes", shown)
    return lowest, highest


def _span(shortest: str, longest: str) -> Span:
    if not (_NUMBER.fullmatch(shortest) and _NUMBER.fullmatch(longest)):
        raise _Wrong("unknown-lengths", f"{shortest}–{longest}")
    span = int(shortest), int(longest)
    if span not in PAIR_OF:
        raise _Wrong("unknown-lengths", f"{shortest}–{longest}")
    return span


def _count(text: str) -> int:
    """The number of meetings in a bin."""
    if not _NUMBER.fullmatch(text):
        digits = text.isascii() and text.isdigit() and text[:1] != "0"
        raise _Wrong("too-many" if digits else "not-a-count", text)
    if int(text) > MOST_MEETINGS:
        raise _Wrong("too-many", text)
    return int(text)


def _groups(rows: list[_Row], thresholds: Thresholds) -> Iterator[Group]:
    """The groups, in rising order, with no length in two of them."""
    after, line = 0, FIRST_LINE
    for span, members in groupby(rows, key=_SPAN_OF):
        held = list(members)
        if span[0] < after or (held[0].stage is None and len(held) > 1):
            raise _wrong_order(rows, line if span[0] < after else line + 1)
        after = span[1] + 1
        yield Group(span[0], span[1], () if held[0].stage is None else tuple(_steps(rows, held, line, thresholds)))
        line += len(held)


def _steps(
    rows: list[_Row], held: list[_Row], line: int, thresholds: Thresholds
) -> Iterator[tuple[Stage, tuple[Bin, ...]]]:
    """The bins of each step of the group ``held``, from ``line`` on: of every step, and of the same meetings."""
    meetings, wanted = 0, 0
    for stage, members in groupby(held, key=_STAGE_OF):
        bins = tuple(map(_BIN_OF, members))
        if stage != wanted:
            raise _wrong_order(rows, line)
        begins = _FIRST_EDGES[stage]
        for each in bins:
            if each.lowest != begins:
                raise _wrong_order(rows, line)
            begins = None if each.highest is None else each.highest + 1
            line += 1
        total = sum(map(_MEETINGS_OF, bins))
        if begins is not None:
            raise BadExport(TABLE, line - 1, "incomplete")
        if total < thresholds.group:
            raise _TooFew(line - 1, total, SMALLEST_GROUP)
        if meetings not in (0, total):
            raise BadExport(TABLE, line - 1, "sums-differ", f"{meetings}, {total}")
        meetings, wanted = total, wanted + 1
        yield stage, bins
    if wanted < len(Stage):
        raise BadExport(TABLE, line - 1, "incomplete")


def _wrong_order(rows: list[_Row], line: int) -> BadExport:
    """What is wrong with the row in ``line``, which should be another."""
    row = rows[line - FIRST_LINE]
    before = rows[: line - FIRST_LINE]
    again = any(_place(each) == _place(row) for each in before)
    return BadExport(TABLE, line, "repeated-row" if again else "wrong-order")


def _place(row: _Row) -> tuple[Span, Stage | None, Ends | None]:
    return row.span, row.stage, None if row.bin is None else (row.bin.lowest, row.bin.highest)


_SPAN_OF, _STAGE_OF, _BIN_OF, _MEETINGS_OF = map(attrgetter, ("span", "stage", "bin", "meetings"))
_FIRST_EDGES = [edges_of(stage)[0] for stage in Stage]
