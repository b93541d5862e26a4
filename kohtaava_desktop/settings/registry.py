"""Policies in the registry of Windows. Imported there only, but for tests with a registry of their own."""

from typing import Any

from kohtaava_desktop.settings.files import Unreadable
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.schema import BY_NAME, Kind, Setting
from kohtaava_desktop.settings.text import value_of

KEY = r"Software\Policies\Kohtaava\Desktop"
MOST_VALUES = 1000
"""Of one key no more are read."""


def registry_layer(origin: Origin, hive: str) -> Layer:
    """The policy in the registry below ``hive``. Only administrators can write there: Windows sees to that."""
    place = f"{hive}\\{KEY}"
    try:
        return Layer(origin, place, dict(_typed(name.lower(), value) for name, value in _values(hive)))
    except FileNotFoundError:
        return Layer(origin, place)
    except PermissionError:
        return Layer(origin, place, bad=Unreadable("not-allowed"))
    except OSError as error:
        return Layer(origin, place, bad=Unreadable(error.strerror or str(error)))


def _values(hive: str) -> list[tuple[str, Any]]:
    import winreg

    registry: Any = winreg  # it has no contents for type checkers on other systems
    access = registry.KEY_READ | registry.KEY_WOW64_64KEY
    with registry.OpenKey(getattr(registry, hive), KEY, 0, access) as key:
        count = min(registry.QueryInfoKey(key)[1], MOST_VALUES)
        return [registry.EnumValue(key, index)[:2] for index in range(count)]


def _typed(name: str, value: Any) -> tuple[str, Any]:
    """``value`` as the table wants it where the registry has no such type; anything else as it stands, to be judged.

    A switch is a number, 0 or 1; a list of numbers is text like ``15,30,45``, or a list of texts.
    """
    setting = BY_NAME.get(name)
    match setting, value:
        case Setting(kind=Kind.SWITCH), 0 | 1:
            return name, bool(value)
        case Setting(kind=Kind.NUMBERS), str():
            return name, value_of(setting, value)
        case Setting(kind=Kind.NUMBERS), [*texts] if all(isinstance(text, str) for text in texts):
            return name, value_of(setting, ",".join(texts))
    return name, value
