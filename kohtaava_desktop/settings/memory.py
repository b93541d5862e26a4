"""What the program remembers between runs without being told: the last length, the place of the overlay."""

import json
from pathlib import Path

from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.settings.files import read_json

FILE_NAME = "state.json"
DEFAULT_MINUTES = 45
MOST_PLACES = 32  # arrangements of monitors; the one used longest ago is forgotten first
LONGEST_NAME = 4000  # of an arrangement, in letters
FARTHEST = 1_000_000  # pixels from the origin; no monitor is there


class Memory:
    """``places`` maps an arrangement of monitors to the overlay's place on it, the one used last at the end.

    Losing all of this loses no data.
    """

    def __init__(self, minutes: int = DEFAULT_MINUTES, places: dict[str, tuple[int, int]] | None = None) -> None:
        self.minutes = minutes
        self.places = {} if places is None else places

    def keep_place(self, arrangement: str, x: int, y: int) -> None:
        """The overlay now stands at ``x``, ``y`` on ``arrangement``."""
        self.places.pop(arrangement, None)
        self.places[arrangement] = (x, y)
        while len(self.places) > MOST_PLACES:
            del self.places[next(iter(self.places))]


def recall(folder: Path) -> Memory:
    """What was remembered in ``folder``; anything unreadable is forgotten."""
    try:
        given = read_json(folder / FILE_NAME)
    except ValueError:
        return Memory()
    minutes, places = given.get("minutes"), given.get("places")
    known = isinstance(minutes, int) and SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES
    memory = Memory(minutes if isinstance(minutes, int) and known else DEFAULT_MINUTES)
    for arrangement, place in places.items() if isinstance(places, dict) else ():
        if len(arrangement) <= LONGEST_NAME and _is_place(place):
            memory.keep_place(arrangement, *place)
    return memory


def remember(folder: Path, memory: Memory) -> None:
    """Write ``memory`` in one piece; raises ``OSError`` when the folder cannot be written."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = folder / f"{FILE_NAME}.new"
    new.unlink(missing_ok=True)  # whatever lies there: the opening of a pipe would wait for somebody to read it
    new.write_text(json.dumps({"minutes": memory.minutes, "places": memory.places}), encoding="utf-8")
    new.replace(folder / FILE_NAME)


def _is_place(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int and abs(each) <= FARTHEST for each in value)
    )
