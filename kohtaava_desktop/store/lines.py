"""How a line of the journal is written, and how it is found again in a file that SQLite no longer understands.

A line is a checksum and a JSON object. It says its own position, so a line that is whole can be trusted wherever in
the file's bytes it is found: one damaged byte costs one line, whatever it means to the database.
"""

import json
import re
from binascii import crc32
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from kohtaava_desktop.domain.events import Event, Started, from_dict, to_dict
from kohtaava_desktop.domain.timeline import Mark, Reading
from kohtaava_desktop.store.errors import StoreNotice

_BEGINNING = re.compile(r'[0-9a-f]{8} (?=\{"(?:position|at)": )')
_CHECKSUM = 9
"""Eight hexadecimal digits and a space."""
_JSON = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: what happened, and the clocks read with it."""

    event: Event
    reading: Reading

    @property
    def mark(self) -> Mark:
        """The instant of the event, nailed to the clocks."""
        return Mark(self.event.at, self.reading)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A meeting found in the journal: its events, the first of which is ``Started``, and the last sign of life.

    ``damaged`` says that the journal was not whole: later taps may be missing.
    """

    entries: list[Entry]
    alive: Mark
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """What was found at the start: the meeting in hand, if there is one, and what there is to say."""

    recovered: Recovered | None
    notices: tuple[StoreNotice, ...] = ()


@dataclass(slots=True)
class Found:
    """What lines say, whatever the order they are read in."""

    by_position: dict[int, Entry] = field(default_factory=dict)
    alive: Mark | None = None

    def add(self, line: str) -> None:
        """Take ``line`` in; raises ``ValueError`` when it is not a whole line."""
        values = _values(line)
        reading = _reading(values)
        if "position" in values:
            self.by_position[values["position"]] = Entry(from_dict(values["event"]), reading)
        elif self.alive is None or values["at"] > self.alive.at:
            self.alive = Mark(values["at"], reading)

    @property
    def entries(self) -> list[Entry]:
        """The entries from the start of the meeting to the first that is missing."""
        entries: list[Entry] = []
        while (entry := self.by_position.get(len(entries))) is not None:
            entries.append(entry)
        return entries if entries and isinstance(entries[0].event, Started) else []


def entry_line(position: int, entry: Entry) -> str:
    """The line for ``entry``, the ``position``-th (from 0) of its meeting."""
    return _line({"position": position, "event": to_dict(entry.event), "reading": entry.reading._asdict()})


def alive_line(mark: Mark) -> str:
    """The line for a sign of life."""
    return _line({"at": mark.at, "reading": mark.reading._asdict()})


def carve(chunks: Sequence[bytes]) -> Found:
    """All whole lines anywhere in ``chunks``; never raises. Of lines for one position the last one counts."""
    found = Found()
    for chunk in chunks:
        text = chunk.decode("latin-1")  # lines are ASCII; every other byte may be anything
        for match in _BEGINNING.finditer(text):
            try:
                _, end = _JSON.raw_decode(text, match.end())
                found.add(text[match.start() : end])
            except (ValueError, RecursionError):
                continue
    return found


def _line(values: dict[str, Any]) -> str:
    text = json.dumps(values, allow_nan=False)
    return f"{crc32(text.encode()):08x} {text}"


def _values(line: str) -> dict[str, Any]:
    text = line[_CHECKSUM:]
    if line[:_CHECKSUM] != f"{crc32(text.encode('latin-1')):08x} ":
        raise ValueError("a line that is not whole")
    values: dict[str, Any] = json.loads(text)
    return values


def _reading(values: dict[str, Any]) -> Reading:
    try:
        return Reading(**values["reading"])
    except (KeyError, TypeError) as error:
        raise ValueError("a line without a reading of the clocks") from error
