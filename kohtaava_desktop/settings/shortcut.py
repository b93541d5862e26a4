"""A shortcut as text: ``Ctrl+Alt+Up``. Which keys the system gives us for it is known in ``integration`` only."""

from typing import NamedTuple

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
"""In the order in which they are written. *Meta* is the Windows key."""
_OTHER_NAMES = {"control": "Ctrl", "ctl": "Ctrl", "win": "Meta", "windows": "Meta", "super": "Meta"}
_FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
_NAMED_KEYS = (
    *("Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDown", "Ins", "Del", "Space", "Pause"),
    *_FUNCTION_KEYS,
)
_KEYS = {key.lower(): key for key in (*_NAMED_KEYS, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789")}
ALLOWED = "Ctrl+Alt+Up, Meta+F9, …"


class Shortcut(NamedTuple):
    """A key with the modifiers held, each by its name here."""

    modifiers: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join((*self.modifiers, self.key))


def parse(text: str) -> Shortcut:
    """The shortcut that ``text`` names, in any order and case; raises ``ValueError`` when it names none.

    A key that is typed in every program must come with Ctrl, Alt or Meta, or whoever writes would step up by a letter.
    """
    *held, last = (part.strip().lower() for part in text.split("+"))
    key = _KEYS.get(last)
    named = [_OTHER_NAMES.get(part, part.capitalize()) for part in held]
    modifiers = tuple(modifier for modifier in MODIFIERS if modifier in named)
    if key is None or len(modifiers) != len(named):
        raise ValueError(f"{text!r} is no shortcut")
    if key not in _FUNCTION_KEYS and set(modifiers) <= {"Shift"}:
        raise ValueError(f"{text!r} is typed in other programs")
    return Shortcut(modifiers, key)
