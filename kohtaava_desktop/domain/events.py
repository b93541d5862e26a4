"""What can happen to a meeting: small frozen events, in the order in which they happened.

A meeting is nothing but its events (``meeting.fold``). ``at`` is the instant on the meeting timeline, in seconds.
Events made by a tap can be undone; those that the program noticed by itself (``Noticed``) cannot.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """How expert and client meet."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Marks:
    """The only things said about a meeting besides its time: three choices, nothing about the client."""

    channel: Channel = Channel.IN_PERSON
    new_client: bool = False
    interpreter: bool = False


class GapKind(StrEnum):
    """Why the program could not see a stretch of time."""

    SLEEP = "sleep"  # the computer slept
    AWAY = "away"  # the program was not running
    CLOCK = "clock"  # the wall clock leapt ahead of the time that passed


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at ``at``."""

    at: float


class Noticed(Event):
    """An event that no tap made; undo passes over it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Started(Event):
    """The meeting began. ``key`` is random and names the stored record.

    ``booked_minutes`` is the length of the appointment; ``minutes`` is the time there is, less than booked when a late
    start keeps the appointed end. ``own_median_seconds`` is the expert's median farewell where the reserve follows it.
    """

    key: str
    booked_minutes: int
    minutes: int
    marks: Marks = Marks()
    own_median_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class SteppedUp(Event):
    """One step up the staircase."""


@dataclass(frozen=True, slots=True)
class SteppedBack(Event):
    """One step down, into a new visit."""


@dataclass(frozen=True, slots=True)
class Pinned(Event):
    """There is something to come back to in the farewell."""


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """The planned length changed by ``minutes``, which may be negative."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Marked(Event):
    """The marks were set anew."""

    marks: Marks


@dataclass(frozen=True, slots=True)
class GivenItsTime(Event):
    """*This meeting needs its time*: no more reminders."""


@dataclass(frozen=True, slots=True)
class PutOff(Event):
    """*A moment more*: the standing reminder hides for two minutes."""


@dataclass(frozen=True, slots=True)
class GapAnswered(Event):
    """Whether the oldest gap not yet answered was part of the meeting."""

    part_of_meeting: bool


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The meeting ended, on whichever step."""


@dataclass(frozen=True, slots=True)
class Mended(Event):
    """In the summary, boundary number ``boundary`` (from 0) was moved to ``moved_to``."""

    boundary: int
    moved_to: float


@dataclass(frozen=True, slots=True)
class Undone(Event):
    """The last tap was taken back as if it had not been."""


@dataclass(frozen=True, slots=True)
class Redone(Event):
    """The tap last taken back was made again."""


@dataclass(frozen=True, slots=True)
class Discarded(Event):
    """The meeting was thrown away: nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class GapNoticed(Noticed):
    """The program could not see ``seconds`` before ``at``."""

    seconds: float
    kind: GapKind


@dataclass(frozen=True, slots=True)
class Forgotten(Noticed):
    """Nobody ended the meeting: it is closed at its last tap."""


_NAMES: dict[str, type[Event]] = {
    "started": Started,
    "stepped-up": SteppedUp,
    "stepped-back": SteppedBack,
    "pinned": Pinned,
    "extended": Extended,
    "marked": Marked,
    "given-its-time": GivenItsTime,
    "put-off": PutOff,
    "gap-answered": GapAnswered,
    "finished": Finished,
    "mended": Mended,
    "undone": Undone,
    "redone": Redone,
    "discarded": Discarded,
    "gap-noticed": GapNoticed,
    "forgotten": Forgotten,
}
_NAME_OF = {kind: name for name, kind in _NAMES.items()}


def to_dict(event: Event) -> dict[str, Any]:
    """The event as JSON-ready values, its stable name under ``event``."""
    return {"event": _NAME_OF[type(event)], **asdict(event)}


def from_dict(values: Any) -> Event:
    """The event that ``to_dict`` wrote; raises ``ValueError`` for anything else.

    Every value is checked for its type, so that ``fold`` can rely on it. The error names the field, never the value:
    the journal holds exact times, a log must not.
    """
    name = values.get("event") if isinstance(values, dict) else None
    if not isinstance(name, str) or name not in _NAMES:
        raise ValueError("not an event: no known name")
    event: Event = _read(_NAMES[name], {key: value for key, value in values.items() if key != "event"})
    return event


def _read(kind: type[Any], values: Any) -> Any:
    """A ``kind`` made of JSON ``values``; fields that have a default may be missing."""
    if not isinstance(values, dict):
        raise ValueError(f"not a {kind.__name__}")
    readers = {field.name: _READERS[field.type] for field in fields(kind)}
    if not values.keys() <= readers.keys():
        raise ValueError(f"{kind.__name__} with an unknown field")
    read = {}
    for name, value in values.items():
        try:
            read[name] = readers[name](value)
        except (TypeError, ValueError) as error:
            raise ValueError(f"{kind.__name__} with a bad {name}") from error
    try:
        return kind(**read)
    except TypeError as error:
        raise ValueError(f"{kind.__name__} with a field missing") from error


_LARGEST = 1e12
"""Far beyond any instant or length, and small enough for every sum of them to stay exact to a millisecond."""


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not -_LARGEST <= value <= _LARGEST:
        raise TypeError("not a number")
    return float(value)


def _whole(value: Any) -> int:
    if type(value) is not int or not -_LARGEST <= value <= _LARGEST:
        raise TypeError("not a whole number")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("not yes or no")
    return value


_READERS: dict[Any, Callable[[Any], Any]] = {
    float: _number,
    float | None: lambda value: None if value is None else _number(value),
    int: _whole,
    str: _text,
    bool: _yes_or_no,
    Channel: lambda value: Channel(_text(value)),
    GapKind: lambda value: GapKind(_text(value)),
    Marks: lambda value: _read(Marks, value),
}
