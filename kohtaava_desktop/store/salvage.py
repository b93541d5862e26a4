"""Finding finished meetings in a file that SQLite no longer understands.

A row of SQLite is a small record that describes itself, and ours begin with a random key of 32 hexadecimal digits. So
rows are looked for in the bytes themselves: one damaged byte costs one row at most, wherever it lies; neither the
schema nor the pages around a row need to be whole. A migration that changes a table changes the patterns here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import BY_KEY, Stage

# The length of the record's header, then a byte for the type of each column: M is a text of 32 bytes, \x1d one of 8.
_MEETING = re.compile(rb"\x09M\x1d(?=.{6}[0-9a-f]{32}[0-9]{4}-W[0-5][0-9])", re.DOTALL)
_VISIT = re.compile(rb"\x05M(?=.{3}[0-9a-f]{32})", re.DOTALL)
_CONSTANTS = {8: 0, 9: 1}
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_SHORTEST_TEXT = 13
_LONG_TYPE = 128

Visit = tuple[Stage, int]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The meetings that could be read, in the order of their keys; ``incomplete`` of them lack a visit."""

    records: tuple[Record, ...]
    incomplete: int


def carve(chunks: Sequence[bytes]) -> Salvaged:
    """All meetings whose row is whole anywhere in ``chunks``; never raises.

    A meeting that lacks a visit is kept but marked ``interrupted``, so that statistics count it and do not use it. The
    lack shows unless the lost visits are its last and it had stepped back before them. A visit without its meeting
    belongs to no week: it stays where it was found.
    """
    visits: dict[str, dict[int, Visit]] = {}
    for key, position, stage, seconds in _rows(chunks, _VISIT):
        if stage in BY_KEY and isinstance(position, int) and isinstance(seconds, int) and seconds >= 0:
            visits.setdefault(key, {}).setdefault(position, (BY_KEY[stage], seconds))
    records: dict[str, Record] = {}
    incomplete = 0
    for row in _rows(chunks, _MEETING):
        record = _record(row, visits.get(row[0], {}))
        if record is None or record.key in records:
            continue
        if not _is_whole(record, visits.get(record.key, {})):
            incomplete += 1
            record = _interrupted(record)
        records[record.key] = record
    return Salvaged(tuple(records[key] for key in sorted(records)), incomplete)


def _record(row: list[Any], visits: Mapping[int, Visit]) -> Record | None:
    key, iso_week, minutes, channel, new_client, interpreter, furthest_stage, quality = row
    allowed = (
        isinstance(minutes, int)
        and SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES
        and channel in tuple(Channel)
        and new_client in (0, 1)
        and interpreter in (0, 1)
        and furthest_stage in BY_KEY
        and quality in tuple(Quality)
    )
    if not allowed:
        return None
    marks = Marks(Channel(channel), bool(new_client), bool(interpreter))
    in_order = tuple(visits[position] for position in sorted(visits))
    return Record(key, iso_week, minutes, marks, BY_KEY[furthest_stage], Quality(quality), in_order)


def _is_whole(record: Record, visits: Mapping[int, Visit]) -> bool:
    """Whether the visits make a staircase: from the bottom, a step at a time, as high as the record says."""
    stages = [stage for stage, _ in record.visits]
    return (
        sorted(visits) == list(range(len(visits)))
        and stages[:1] == [Stage.EMPATHY]
        and all(abs(after - before) == 1 for before, after in pairwise(stages))
        and max(stages) is record.furthest_stage
    )


def _interrupted(record: Record) -> Record:
    return record if record.quality is Quality.FORGOTTEN else replace(record, quality=Quality.INTERRUPTED)


def _rows(chunks: Sequence[bytes], beginning: re.Pattern[bytes]) -> Iterator[list[Any]]:
    for chunk in chunks:
        for match in beginning.finditer(chunk):
            try:
                yield _row(chunk, match.start())
            except ValueError:
                continue


def _row(data: bytes, start: int) -> list[Any]:
    """The columns of the record at ``start``; raises ``ValueError`` when it is cut off or not one of ours."""
    at = start + data[start]
    row: list[Any] = []
    for kind in data[start + 1 : at]:
        if kind in _CONSTANTS:
            row.append(_CONSTANTS[kind])
            continue
        length = _length(kind)
        content = data[at : at + length]
        if len(content) < length:
            raise ValueError("the record is cut off")
        at += length
        row.append(content.decode("ascii") if kind >= _SHORTEST_TEXT else int.from_bytes(content, "big", signed=True))
    return row


def _length(kind: int) -> int:
    """The bytes that a column of type ``kind`` takes."""
    if _SHORTEST_TEXT <= kind < _LONG_TYPE and kind % 2:
        return (kind - _SHORTEST_TEXT) // 2
    if kind in _INTEGER_BYTES:
        return _INTEGER_BYTES[kind]
    raise ValueError(f"no column of ours has the type {kind}")
