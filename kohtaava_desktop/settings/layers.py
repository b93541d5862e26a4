"""Which value of a setting is in force: default < user < the user's policy < the machine's policy."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Setting, Value


class Origin(IntEnum):
    """Where a value comes from; of two, the larger one wins where a policy may lock the setting."""

    DEFAULT = 0
    USER = 1
    USER_POLICY = 2
    MACHINE_POLICY = 3

    @property
    def policy(self) -> bool:
        """Whether an organisation has set it."""
        return self >= Origin.USER_POLICY


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place says: its values by name, as they stand there, or ``fault``: why it could not be read."""

    origin: Origin
    place: str
    given: Mapping[str, Any] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that was not used: where it stands, what it is, what is allowed."""

    place: str
    name: str
    value: str
    allowed: str


@dataclass(frozen=True, slots=True)
class BadPlace:
    """A place of which nothing could be used; ``reason`` is in the words of whoever tried to read it."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of every setting, where it comes from, and what could not be used."""

    values: Mapping[str, Value]
    origins: Mapping[str, Origin]
    problems: tuple[BadValue, ...] = ()
    bad_places: tuple[BadPlace, ...] = ()


def combine(layers: Sequence[Layer]) -> InForce:
    """The values in force by ``layers``, in any order. Nothing in them can raise: what is bad is reported."""
    problems: list[BadValue] = []
    sound = {layer.origin: dict(_sound(layer, problems)) for layer in sorted(layers, key=lambda each: each.origin)}
    chosen = {setting.name: _choose(setting, sound) for setting in SETTINGS}
    return InForce(
        {name: value for name, (value, _) in chosen.items()},
        {name: origin for name, (_, origin) in chosen.items()},
        tuple(problems),
        tuple(BadPlace(layer.place, layer.fault) for layer in layers if layer.fault is not None),
    )


def _sound(layer: Layer, problems: list[BadValue]) -> Iterable[tuple[str, Value]]:
    for name, value in layer.given.items():
        setting = BY_NAME.get(name)
        if setting is None:
            problems.append(BadValue(layer.place, _cut(name), short(value), ", ".join(BY_NAME)))
        elif setting.limit and not layer.origin.policy:
            problems.append(BadValue(layer.place, name, short(value), "–"))
        else:
            try:
                yield name, setting.check(value)
            except ValueError:
                problems.append(BadValue(layer.place, name, short(value), setting.allowed))


def _choose(setting: Setting, sound: Mapping[Origin, Mapping[str, Value]]) -> tuple[Value, Origin]:
    given = {origin: values[setting.name] for origin, values in sound.items() if setting.name in values}
    if not given:
        return setting.default, Origin.DEFAULT
    if setting.limit:  # of two limits the stricter one holds, whoever set it
        return max((value, origin) for origin, value in given.items())
    if not setting.lockable and Origin.USER in given:
        return given[Origin.USER], Origin.USER
    origin = max(given)
    return given[origin], origin


def short(value: object) -> str:
    """``value`` as it would stand in a file, short enough for a sentence."""
    return _cut(json.dumps(value, ensure_ascii=False, default=str))


def _cut(text: str) -> str:
    """``text`` short enough for a sentence, and of letters only that can be written anywhere."""
    text = text.encode(errors="replace").decode()
    return text if len(text) <= 60 else text[:59] + "…"
