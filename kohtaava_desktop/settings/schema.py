"""The one table of settings: name, type, default, range, description.

Everything that knows about settings reads it from here.
"""

from dataclasses import dataclass

from kohtaava_desktop.domain.plan import LENGTHS, LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.i18n import N_

Value = bool | int | str | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. The type is that of ``default``; a tuple is a list of whole numbers, each in the range."""

    name: str
    default: Value
    description: str
    lowest: int = 0
    highest: int = 0
    choices: tuple[str, ...] = ()

    @property
    def allowed(self) -> str:
        """What a value may be, for a sentence that refuses another."""
        match self.default:
            case bool():
                return "true, false"
            case str():
                return ", ".join(choice or '""' for choice in self.choices)
            case tuple():
                return f"[{self.lowest}–{self.highest}, …]"
        return f"{self.lowest}–{self.highest}"

    def check(self, value: object) -> Value:
        """``value`` as this setting takes it; raises ``ValueError`` when it does not."""
        match self.default, value:
            case (bool(), bool()):
                return bool(value)
            case (str(), str()) if value in self.choices:
                return str(value)
            case (tuple(), list()) if value and all(self._in_range(each) for each in value):
                return tuple(dict.fromkeys(value))
            case (int(), int()) if not isinstance(self.default, bool) and self._in_range(value):
                return int(str(value))
        raise ValueError(f"{self.name}: {value!r}; allowed: {self.allowed}")

    def _in_range(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.lowest <= value <= self.highest


SETTINGS = (
    Setting("language", "", N_("Language of the program; empty follows the system"), choices=("", "fi", "sv", "en")),
    Setting("theme", "system", N_("Light or dark colours"), choices=("system", "light", "dark")),
    Setting(
        "lengths", LENGTHS, N_("Planned lengths offered, in minutes"), lowest=SHORTEST_MINUTES, highest=LONGEST_MINUTES
    ),
    Setting(
        "view",
        "by-step",
        N_("Form of the overlay in a meeting: by step, always quiet or always open"),
        choices=("by-step", "quiet", "open"),
    ),
    Setting("announcement_seconds", 20, N_("How long the announcement stands, in seconds"), lowest=5, highest=120),
    Setting("summary_seconds", 10, N_("How long the summary stands, in seconds"), lowest=5, highest=120),
    Setting("own_reserve", False, N_("Keep your own median farewell as the reserve, from 20 meetings on")),
    Setting("chime", False, N_("One soft sound with a reminder")),
    Setting("retention_months", 24, N_("How long finished meetings are kept, in months"), lowest=1, highest=120),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
