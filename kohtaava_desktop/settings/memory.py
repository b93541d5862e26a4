"""What the program remembers between runs without being told: the last length, the place of the overlay."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.settings.loader import read_json

FILE_NAME = "state.json"
DEFAULT_MINUTES = 45


@dataclass(slots=True)
class Memory:
    """``places`` maps an arrangement of monitors to the overlay's place on it; losing all of this loses no data."""

    minutes: int = DEFAULT_MINUTES
    places: dict[str, tuple[int, int]] = field(default_factory=dict)


def recall(folder: Path) -> Memory:
    """What was remembered in ``folder``; anything unreadable is forgotten."""
    try:
        given = read_json(folder / FILE_NAME)
    except ValueError:
        return Memory()
    minutes, places = given.get("minutes"), given.get("places")
    known = isinstance(minutes, int) and SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES
    return Memory(
        minutes if isinstance(minutes, int) and known else DEFAULT_MINUTES,
        {key: (place[0], place[1]) for key, place in places.items() if _is_place(place)}
        if isinstance(places, dict)
        else {},
    )


def remember(folder: Path, memory: Memory) -> None:
    """Write ``memory`` in one piece; raises ``OSError`` when the folder cannot be written."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = folder / f"{FILE_NAME}.new"
    new.write_text(json.dumps({"minutes": memory.minutes, "places": memory.places}), encoding="utf-8")
    new.replace(folder / FILE_NAME)


def _is_place(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(each) is int for each in value)
