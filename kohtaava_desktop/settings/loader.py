"""The settings in force, read again whenever they change. Whatever the files hold, the program starts."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from stat import S_ISREG
from typing import Any

from kohtaava_desktop.settings.layers import BadPlace, BadValue, InForce, Layer, Origin, combine
from kohtaava_desktop.settings.schema import BY_NAME, Value

FILE_NAME = "settings.json"
LARGEST_BYTES = 1 << 20

Source = Callable[[], Layer]
"""Reads one place anew; never raises."""


class Settings:
    """The values in force. ``sources`` are read at once, and again on ``reload``."""

    def __init__(self, sources: Sequence[Source] = ()) -> None:
        self._sources = tuple(sources)
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self.in_force: InForce = self._read()

    def reload(self) -> None:
        """Read all places again; whoever listens is told the names of what has changed."""
        before, self.in_force = self.in_force, self._read()
        changed = frozenset(name for name, value in self.in_force.values.items() if before.values[name] != value)
        if changed or before.origins != self.in_force.origins:
            for listener in self._listeners:
                listener(changed)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> None:
        """``listener`` is told the names of the settings whose values have changed, after every change."""
        self._listeners.append(listener)

    def text(self, name: str) -> str:
        """The value of a setting that is a choice or a shortcut."""
        return str(self.in_force.values[name])

    def number(self, name: str) -> int:
        """The value of a setting that is a whole number."""
        value = self.in_force.values[name]
        assert isinstance(value, int), name
        return value

    def switch(self, name: str) -> bool:
        """The value of a setting that is on or off."""
        return self.in_force.values[name] is True

    def numbers(self, name: str) -> tuple[int, ...]:
        """The value of a setting that is a list of whole numbers."""
        value = self.in_force.values[name]
        assert isinstance(value, tuple), name
        return value

    def value(self, name: str) -> Value:
        """The value of any setting."""
        return self.in_force.values[name]

    def origin(self, name: str) -> Origin:
        """Where the value comes from."""
        return self.in_force.origins[name]

    def managed(self, name: str) -> bool:
        """Whether the user cannot change it: an organisation has set it, and it is one that can be locked."""
        setting = BY_NAME[name]
        return setting.limit or (setting.lockable and self.origin(name).policy)

    @property
    def problems(self) -> tuple[BadValue, ...]:
        """Values that were not used."""
        return self.in_force.problems

    @property
    def bad_places(self) -> tuple[BadPlace, ...]:
        """Places of which nothing could be used."""
        return self.in_force.bad_places

    def _read(self) -> InForce:
        return combine([source() for source in self._sources])


def load(folder: Path, policies: Sequence[Source] = ()) -> Settings:
    """The user's settings from ``folder`` under ``policies``."""
    return Settings((lambda: user_layer(folder), *policies))


def user_layer(folder: Path) -> Layer:
    """What the user has set."""
    path = folder / FILE_NAME
    try:
        return Layer(Origin.USER, str(path), read_json(path))
    except ValueError as error:
        return Layer(Origin.USER, str(path), fault=str(error))


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in ``path``, empty when there is no such file; raises ``ValueError`` when it holds no object."""
    try:
        info = path.stat()
        if not S_ISREG(info.st_mode):
            raise ValueError("not a file")
        if info.st_size > LARGEST_BYTES:
            raise ValueError(f"larger than {LARGEST_BYTES} bytes")
        given = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(given, dict):
        raise ValueError("not a JSON object")
    return given
