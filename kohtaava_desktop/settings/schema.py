"""The one table of settings: name, type, default, range, description.

Everything that knows about settings reads it from here: the loader, the dialog, ``kohtaava settings``, the policy
templates, ``docs/settings.md``.
"""

import os
from enum import Enum
from pathlib import PurePath
from typing import NamedTuple

from kohtaava_desktop.domain.plan import LENGTHS, LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.i18n import N_
from kohtaava_desktop.settings import shortcut

Value = bool | int | str | tuple[int, ...]
LANGUAGE_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}  # each in itself: never translated


LONGEST_PATH = 1000  # letters
_PATHS = r"C:\…, \\server\share" if os.name == "nt" else "/…"


class Kind(Enum):
    """What sort of value a setting takes."""

    SWITCH = "true or false"
    NUMBER = "a whole number"
    CHOICE = "one of several words"
    NUMBERS = "a list of whole numbers"
    SHORTCUT = "a shortcut"
    FOLDER = "the absolute path of a folder"


class Group(Enum):
    """The parts of the table, by their titles, in the order in which they are shown."""

    GENERAL = N_("General")
    LOOK = N_("Appearance")
    MEETING = N_("Meeting")
    SHORTCUTS = N_("Shortcuts that work everywhere")
    DATA = N_("Data")


class Setting(NamedTuple):
    """One setting.

    ``choices`` maps the words of a choice to their labels. A number lies from ``lowest`` to ``highest``, counted in
    ``unit`` (``s``, ``min``, ``months``, ``%`` or nothing); each of a list does too. ``lockable``: an organisation's
    policy wins over the user's own value; otherwise it only takes the place of the default. ``limit``: only a policy
    can set it, and of several policies the strictest, which is the largest, holds.
    """

    name: str
    kind: Kind
    default: Value
    group: Group
    title: str
    description: str
    lowest: int = 0
    highest: int = 0
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lockable: bool = True
    limit: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words that a choice can be."""
        return tuple(word for word, _ in self.choices)

    @property
    def allowed(self) -> str:
        """What a value may be, for a sentence that refuses another."""
        match self.kind:
            case Kind.SWITCH:
                return "true, false"
            case Kind.CHOICE:
                return ", ".join(word or '""' for word in self.words)
            case Kind.NUMBERS:
                return f"[{self.lowest}–{self.highest}, …]"
            case Kind.SHORTCUT:
                return f'"", {shortcut.ALLOWED}'
            case Kind.FOLDER:
                return f'"", {_PATHS}'
        return f"{self.lowest}–{self.highest}"

    def check(self, value: object) -> Value:
        """``value`` as this setting takes it; raises ``ValueError`` when it does not."""
        match self.kind, value:
            case Kind.SWITCH, bool():
                return bool(value)
            case Kind.CHOICE, str() if value in self.words:
                return str(value)
            case Kind.NUMBERS, list() | tuple() if value and all(self._in_range(each) for each in value):
                return tuple(dict.fromkeys(value))
            case Kind.NUMBER, int() if self._in_range(value):
                return int(str(value))
            case Kind.SHORTCUT, str():
                return str(shortcut.parse(value)) if value else ""
            case Kind.FOLDER, str() if not value or _is_path(value):
                return str(value)
        raise ValueError(f"{self.name}: {value!r}; allowed: {self.allowed}")

    def _in_range(self, value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and self.lowest <= value <= self.highest


def _is_path(text: str) -> bool:
    """Whether ``text`` can be the absolute path of something here: on one line, and not longer than a path is."""
    lettered = all(ord(letter) >= ord(" ") and not "\ud800" <= letter <= "\udfff" for letter in text)
    return lettered and len(text) <= LONGEST_PATH and PurePath(text).is_absolute()


def _shortcut(what: str, title: str) -> Setting:
    return Setting(
        f"shortcut_{what}",
        Kind.SHORTCUT,
        "",
        Group.SHORTCUTS,
        title,
        N_("Works whichever program has the keyboard. Empty: off."),
        lockable=False,
    )


SETTINGS = (
    Setting(
        "language",
        Kind.CHOICE,
        "",
        Group.GENERAL,
        N_("Language"),
        N_("Language of the program. The client card has its own."),
        choices=(("", N_("As the system")), *LANGUAGE_NAMES.items()),
        lockable=False,
    ),
    Setting(
        "autostart",
        Kind.SWITCH,
        False,
        Group.GENERAL,
        N_("Start when I sign in"),
        N_("The overlay is there when the working day begins."),
    ),
    Setting(
        "tray",
        Kind.SWITCH,
        True,
        Group.GENERAL,
        N_("Icon beside the clock"),
        N_("Its tip tells the step and the minutes left. Everything can be done without it too."),
        lockable=False,
    ),
    Setting(
        "theme",
        Kind.CHOICE,
        "system",
        Group.LOOK,
        N_("Colours"),
        N_("Light, dark or high contrast; as the system follows it at once when it changes."),
        choices=(
            ("system", N_("As the system")),
            ("light", N_("Light")),
            ("dark", N_("Dark")),
            ("contrast-light", N_("High contrast, light")),
            ("contrast-dark", N_("High contrast, dark")),
        ),
        lockable=False,
    ),
    Setting(
        "size",
        Kind.CHOICE,
        "medium",
        Group.LOOK,
        N_("Size"),
        N_("Size of the overlay and of the text in it."),
        choices=(("small", N_("Small")), ("medium", N_("Medium")), ("large", N_("Large"))),
        lockable=False,
    ),
    Setting(
        "opacity",
        Kind.NUMBER,
        100,
        Group.LOOK,
        N_("Opacity"),
        N_("How much the overlay covers what is behind it. Under the pointer it covers fully."),
        lowest=40,
        highest=100,
        unit="%",
        lockable=False,
    ),
    Setting(
        "hide_from_capture",
        Kind.SWITCH,
        False,
        Group.LOOK,
        N_("Keep out of shared screens"),
        N_("Video calls and recordings do not show the overlay. Works in Windows only."),
        lockable=False,  # some screen magnifiers see what recordings see
    ),
    Setting(
        "lengths",
        Kind.NUMBERS,
        LENGTHS,
        Group.MEETING,
        N_("Planned lengths"),
        N_("The lengths offered, in minutes. Any other can be chosen too."),
        lowest=SHORTEST_MINUTES,
        highest=LONGEST_MINUTES,
        unit="min",
    ),
    Setting(
        "view",
        Kind.CHOICE,
        "by-step",
        Group.MEETING,
        N_("Form in a meeting"),
        N_("By step: quiet in Empathy and Guidance, open in Advice and Farewell."),
        choices=(("by-step", N_("By step")), ("quiet", N_("Always quiet")), ("open", N_("Always open"))),
        lockable=False,
    ),
    Setting(
        "announcement_seconds",
        Kind.NUMBER,
        20,
        Group.MEETING,
        N_("Announcement stands"),
        N_("How long the sentence of the start stands before it leaves by itself."),
        lowest=5,
        highest=300,
        unit="s",
        lockable=False,
    ),
    Setting(
        "summary_seconds",
        Kind.NUMBER,
        10,
        Group.MEETING,
        N_("Summary stands"),
        N_("How long the summary stands before the meeting is stored. Under the pointer it stays."),
        lowest=5,
        highest=120,
        unit="s",
        lockable=False,
    ),
    Setting(
        "own_reserve",
        Kind.SWITCH,
        False,
        Group.MEETING,
        N_("Reserve from my own meetings"),
        N_("Once 20 meetings are stored, your own median farewell is the time kept for it."),
        lockable=False,
    ),
    Setting(
        "chime",
        Kind.SWITCH,
        False,
        Group.MEETING,
        N_("Sound with a reminder"),
        N_("One soft sound, made by the system."),
        lockable=False,
    ),
    _shortcut("show", N_("Show the overlay and give it the keyboard")),
    _shortcut("up", N_("Start meeting, step up")),
    _shortcut("back", N_("Step back")),
    _shortcut("undo", N_("Undo")),
    _shortcut("pin", N_("Pin")),
    _shortcut("view", N_("Open or quiet")),
    _shortcut("discreet", N_("Discreet view")),
    Setting(
        "retention_months",
        Kind.NUMBER,
        24,
        Group.DATA,
        N_("Meetings are kept"),
        N_("Older weeks are removed when the program starts."),
        lowest=1,
        highest=120,
        unit="months",
    ),
    Setting(
        "team_folder",
        Kind.FOLDER,
        "",
        Group.DATA,
        N_("Team folder"),
        N_("Where an export goes, and where the team beside your own meetings is read from. Empty: none."),
    ),
    Setting(
        "smallest_group",
        Kind.NUMBER,
        10,
        Group.DATA,
        N_("Smallest group that leaves the computer"),
        N_("Groups of fewer meetings are merged or withheld in an export. It can be raised, never lowered."),
        lowest=10,
        highest=1000,
        limit=True,
    ),
    Setting(
        "fewest_contributors",
        Kind.NUMBER,
        3,
        Group.DATA,
        N_("Fewest contributors in a team view"),
        N_("A month with fewer contributors is not shown. It can be raised, never lowered."),
        lowest=3,
        highest=100,
        limit=True,
    ),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}
