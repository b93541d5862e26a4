"""Meetings to store, and a look at files as a stranger would take it: by their bytes and by plain SQLite."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kohtaava_desktop.domain.events import Channel, Finished, Marks, Pinned, Started, SteppedBack, SteppedUp
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.store.lines import Entry

BEGUN = 1_795_000_000.25
KEY = "0123456789abcdef0123456789abcdef"
TAPS = (SteppedUp, Pinned, SteppedUp, SteppedBack, SteppedUp)


def reading(seconds: float) -> Reading:
    """The clocks, ``seconds`` after a meeting began."""
    return Reading(BEGUN + seconds, 5000.5 + seconds, 4000.5 + seconds, "5c0b9e2e-8f0e-4f6a-9d0a-2b1f3c4d5e6f")


def entry(number: int) -> Entry:
    """The ``number``-th line of a scripted meeting that goes on for ever: the start, then a tap every 7.5 seconds."""
    at = BEGUN + 7.5 * number
    event = TAPS[number % len(TAPS)](at) if number else Started(at, KEY, 45, 40, Marks(Channel.PHONE, True), 312.5)
    return Entry(event, reading(7.5 * number))


def entries(count: int) -> list[Entry]:
    """The first ``count`` lines of the scripted meeting."""
    return [entry(number) for number in range(count)]


def finished(count: int) -> list[Entry]:
    """The same, finished by the last line."""
    last = entry(count - 1)
    return [*entries(count - 1), Entry(Finished(last.event.at), last.reading)]


def record(number: int, **changes: Any) -> Record:
    """A stored meeting that ``number`` alone decides; its key is random."""
    chance = random.Random(number)
    visits = [(Stage.EMPATHY, chance.randint(0, 400))]
    for _ in range(chance.randint(0, 7)):
        ways = [way for way in (visits[-1][0].above, visits[-1][0].below) if way is not None]
        visits.append((chance.choice(ways), chance.choice([0, 1, 90, 200, 40_000, 9_000_000])))
    values = {
        "key": f"{chance.getrandbits(128):032x}",
        "iso_week": f"20{chance.randint(26, 27)}-W{chance.randint(1, 53):02d}",
        "planned_minutes": chance.choice([5, 45, 127, 128, 240]),
        "marks": Marks(chance.choice(list(Channel)), chance.random() < 0.5, chance.random() < 0.5),
        "furthest_stage": max(stage for stage, _ in visits),
        "quality": chance.choice(list(Quality)),
        "visits": tuple(visits),
    }
    return Record(**{**values, **changes})


def records(count: int) -> list[Record]:
    """The first ``count`` of them."""
    return [record(number) for number in range(count)]


def with_farewell(number: int, seconds: int, quality: Quality = Quality.OK) -> Record:
    """A meeting through all four steps, with ``seconds`` of farewell in two visits."""
    way = [(Stage.EMPATHY, 60), (Stage.GUIDANCE, 60), (Stage.ADVICE, 60), (Stage.FAREWELL, seconds // 2)]
    way += [(Stage.ADVICE, 60), (Stage.FAREWELL, seconds - seconds // 2)]
    return record(number, visits=tuple(way), furthest_stage=Stage.FAREWELL, quality=quality)


def rows(path: Path, sql: str, *values: object) -> list[Any]:
    """What plain SQLite answers, on a connection of its own."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(sql, values).fetchall()
        connection.commit()
        return found


def names(folder: Path) -> list[str]:
    """What lies in ``folder``."""
    return sorted(file.name for file in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    """What lies in ``folder``, byte by byte."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def copied(contents: dict[str, bytes], folder: Path) -> Path:
    """``contents`` laid into ``folder``, as they were at the instant of a power cut."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in contents.items():
        if not name.endswith("-shm"):
            (folder / name).write_bytes(data)
    return folder


def modes(folder: Path) -> Iterator[tuple[str, int]]:
    """The permissions of each file in ``folder``."""
    return ((file.name, file.stat().st_mode & 0o777) for file in folder.iterdir())
