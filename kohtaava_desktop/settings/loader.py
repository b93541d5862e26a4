"""The settings in force, read again whenever they change. Whatever the files hold, the program starts."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kohtaava_desktop.settings.files import FILE_NAME, Unreadable, read_json
from kohtaava_desktop.settings.layers import BadPlace, BadValue, InForce, Layer, Origin, combine
from kohtaava_desktop.settings.schema import BY_NAME, Kind, Value

Source = Callable[[], Layer]
"""Reads one place anew; never raises."""


class Settings:
    """The values in force. ``sources`` are read at once, and again on ``reload``; ``folder`` takes the user's changes.

    Everybody holds the same one, in one thread.
    """

    def __init__(self, sources: Sequence[Source] = (), folder: Path | None = None) -> None:
        self._sources = tuple(sources)
        self._folder = folder
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self.in_force: InForce = self._read()

    def reload(self) -> None:
        """Read all places again; whoever listens is told the names of what has changed."""
        before, self.in_force = self.in_force, self._read()
        changed = frozenset(name for name, value in self.in_force.values.items() if before.values[name] != value)
        if changed or before.origins != self.in_force.origins:
            for listener in tuple(self._listeners):
                listener(changed)

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """``listener`` is told the names of the settings whose values have changed, after every change.

        What is returned ends that. A new origin with the same value is told too, with no name.
        """
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def set(self, name: str, value: object) -> None:
        """Make ``value`` the user's own and write it down; then it is in force, and whoever listens is told.

        Raises ``UnknownSetting``, ``Managed``, ``NotAllowed`` or ``NotWritable`` (``settings.errors``); nothing has
        changed then. Waits for the disk: a few milliseconds.
        """
        from kohtaava_desktop.settings import errors

        setting = BY_NAME.get(name)
        if setting is None:
            raise errors.UnknownSetting(name)
        self._refuse_managed(name)
        try:
            checked = setting.check(value)
        except ValueError:
            raise errors.NotAllowed(name, value, setting.allowed) from None
        for other in BY_NAME.values():
            both = other is not setting and other.kind is setting.kind is Kind.SHORTCUT
            if both and checked and self.value(other.name) == checked:
                raise errors.ShortcutTaken(name, str(checked), other.name)
        self._change(lambda given: given.update({name: checked}))

    def reset(self, name: str) -> None:
        """Take the user's own value away; then the default or a policy is in force, and whoever listens is told.

        Anything that stands in the user's file can be taken out of it. Of what does not, raises ``UnknownSetting`` or
        ``Managed``; otherwise ``NotWritable``.
        """
        from kohtaava_desktop.settings import errors

        def take_out(given: dict[str, Any]) -> None:
            if name in given:
                del given[name]
            elif name not in BY_NAME:
                raise errors.UnknownSetting(name)
            else:
                self._refuse_managed(name)

        self._change(take_out)

    def reset_all(self) -> None:
        """Take all of the user's own values away; names that are no settings stay. Raises ``NotWritable``."""

        def take_out(given: dict[str, Any]) -> None:
            for name in given.keys() & BY_NAME.keys():
                del given[name]

        self._change(take_out)

    def _refuse_managed(self, name: str) -> None:
        from kohtaava_desktop.settings import errors

        if self.managed(name):
            origin = self.origin(name)
            raise errors.Managed(name, origin, self.place(name)) if origin.policy else errors.IsLimit(name)

    def _change(self, edit: Callable[[dict[str, Any]], None]) -> None:
        from kohtaava_desktop.settings import errors
        from kohtaava_desktop.settings.change import change

        if self._folder is None:
            raise errors.NotWritable(Path(FILE_NAME), "no-folder")
        change(self._folder, edit)
        self.reload()

    def text(self, name: str) -> str:
        """The value of a setting that is a choice, a shortcut or a folder."""
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

    def place(self, name: str) -> str:
        """Where the value stands: a file, or a key of the registry; empty for a default."""
        return self.in_force.places[name]

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
    return Settings((lambda: user_layer(folder), *policies), folder)


def user_layer(folder: Path) -> Layer:
    """What the user has set."""
    path = folder / FILE_NAME
    try:
        return Layer(Origin.USER, str(path), read_json(path))
    except Unreadable as error:
        return Layer(Origin.USER, str(path), bad=error)
