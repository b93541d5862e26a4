"""Why a setting was not changed. ``code`` is stable; the values belong to the sentence (``i18n.sentences``)."""

from pathlib import Path

from kohtaava_desktop.settings.layers import Origin, short, short_name
from kohtaava_desktop.settings.schema import BY_NAME


class SettingError(Exception):
    """A change that was not made: nothing is written, and what was in force still is."""

    code = "setting-not-changed"

    def __init__(self, **values: str) -> None:
        super().__init__(self.code, values)
        self.values = values


class UnknownSetting(SettingError):
    """There is no setting of this name."""

    code = "unknown-setting"

    def __init__(self, name: str) -> None:
        super().__init__(name=short_name(name), allowed=", ".join(BY_NAME))


class NotAllowed(SettingError):
    """The setting does not take this value; ``allowed`` says what it takes."""

    code = "value-not-allowed"

    def __init__(self, name: str, value: object, allowed: str) -> None:
        super().__init__(name=name, value=short(value), allowed=allowed)
        self.allowed = allowed


class ShortcutTaken(NotAllowed):
    """The setting ``other`` has this shortcut already."""

    code = "shortcut-taken"

    def __init__(self, name: str, value: str, other: str) -> None:
        super().__init__(name, value, other)
        self.other = other


class Managed(SettingError):
    """An organisation has set it by the policy ``origin``, which stands in ``place``: a file or a registry key."""

    code = "managed"

    def __init__(self, name: str, origin: Origin, place: str) -> None:
        super().__init__(name=name, path=place)
        self.origin = origin
        self.place = place


class IsLimit(Managed):
    """It is a limit that nobody but an organisation can set, and none has: its origin is the default."""

    code = "limit"

    def __init__(self, name: str) -> None:
        super().__init__(name, Origin.DEFAULT, "")


class NotWritable(SettingError):
    """The file of settings could not be written; ``reason`` is in the system's words."""

    code = "settings-not-writable"

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path=str(path), reason=reason)
        self.reason = reason
