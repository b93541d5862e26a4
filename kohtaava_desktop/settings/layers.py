"""Which value of a setting is in force: default < user < the user's policy < the machine's policy."""

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, IntEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from kohtaava_desktop.settings.files import Unreadable
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Kind, Setting, Value


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


class Wrong(Enum):
    """What is wrong with a value that stands somewhere."""

    VALUE = "bad-setting"
    NAME = "unknown-setting"
    LIMIT = "users-limit"
    TAKEN = "shortcut-taken"
    STRICTER = "stricter-than-strictest"


class Layer(NamedTuple):
    """What one place says: its values by name, as they stand there, or ``bad``: why nothing of it can be used."""

    origin: Origin
    place: str
    given: Mapping[str, Any] = MappingProxyType({})
    bad: Unreadable | None = None


class BadValue(NamedTuple):
    """A value that was not used: where it stands, what it is, what is allowed; all short enough for a sentence.

    For a shortcut that is taken, ``allowed`` is the name of the setting that has it.
    """

    place: str
    name: str
    value: str
    allowed: str = ""
    wrong: Wrong = Wrong.VALUE
    policy: bool = False


class BadPlace(NamedTuple):
    """A place of which nothing could be used; ``reason`` is a code of ``i18n.sentences``, or the system's words."""

    place: str
    reason: str
    line: int = 0
    policy: bool = False


class InForce(NamedTuple):
    """The value of every setting, its origin, the place where it stands (empty: a default), and what is not used."""

    values: Mapping[str, Value]
    origins: Mapping[str, Origin]
    places: Mapping[str, str]
    problems: tuple[BadValue, ...] = ()
    bad_places: tuple[BadPlace, ...] = ()


class _Given(NamedTuple):
    value: Value
    origin: Origin
    place: str


def combine(layers: Sequence[Layer]) -> InForce:
    """The values in force by ``layers``, in any order. Nothing in them can raise: what is bad is reported."""
    problems: list[BadValue] = []
    given: dict[str, list[_Given]] = {
        setting.name: [_Given(setting.default, Origin.DEFAULT, "")] for setting in SETTINGS
    }
    for layer in sorted(layers, key=lambda each: each.origin):
        for name, value in _sound(layer, problems):
            given[name].append(_Given(value, layer.origin, layer.place))
    chosen = {setting.name: _choose(setting, given[setting.name]) for setting in SETTINGS}
    _free_taken_shortcuts(chosen, problems)
    return InForce(
        {name: each.value for name, each in chosen.items()},
        {name: each.origin for name, each in chosen.items()},
        {name: each.place for name, each in chosen.items()},
        tuple(problems),
        tuple(
            BadPlace(layer.place, layer.bad.reason, layer.bad.line, layer.origin.policy)
            for layer in layers
            if layer.bad is not None
        ),
    )


def _sound(layer: Layer, problems: list[BadValue]) -> Iterable[tuple[str, Value]]:
    policy = layer.origin.policy
    for name, value in layer.given.items():
        setting = BY_NAME.get(name)
        if setting is None:
            problems.append(BadValue(layer.place, short_name(name), short(value), "", Wrong.NAME, policy))
        elif setting.limit and not policy:
            problems.append(BadValue(layer.place, name, short(value), "", Wrong.LIMIT, policy))
        else:
            try:
                yield name, setting.check(value)
            except ValueError:
                wrong = Wrong.STRICTER if _stricter(setting, value) else Wrong.VALUE
                problems.append(BadValue(layer.place, name, short(value), setting.allowed, wrong, policy))
                if wrong is Wrong.STRICTER:
                    yield name, setting.highest


def _stricter(setting: Setting, value: object) -> bool:
    """Whether ``value`` asks for a limit beyond the strictest: then that one must hold, not the laxer default."""
    return setting.limit and type(value) is int and value > setting.highest


def _choose(setting: Setting, given: Sequence[_Given]) -> _Given:
    """Of ``given``, from the weakest origin to the strongest and beginning with the default, the one in force."""
    if setting.limit:  # the strictest holds, whoever set it; by two of one size, the stronger origin's
        return max(given, key=lambda each: (each.value, each.origin))
    own = [each for each in given if each.origin is Origin.USER]
    return own[-1] if own and not setting.lockable else given[-1]


def _free_taken_shortcuts(chosen: dict[str, _Given], problems: list[BadValue]) -> None:
    """Of two settings with one shortcut, leave it to the user's own, then to the first in the table."""
    taken: dict[Value, str] = {}
    shortcuts = [setting for setting in SETTINGS if setting.kind is Kind.SHORTCUT]
    for setting in sorted(shortcuts, key=lambda each: chosen[each.name].origin is not Origin.USER):
        each = chosen[setting.name]
        holder = taken.setdefault(each.value, setting.name)
        if each.value and holder != setting.name:
            policy = each.origin.policy
            problems.append(BadValue(each.place, setting.name, str(each.value), holder, Wrong.TAKEN, policy))
            chosen[setting.name] = _Given(setting.default, Origin.DEFAULT, "")


def short(value: object) -> str:
    """``value`` as it would stand in a file, or in the editor of the registry, short enough for a sentence."""
    if isinstance(value, bytes):
        return _cut(value[:61].hex(" "))
    return _cut(json.dumps(value, ensure_ascii=False, default=str))


def short_name(name: str) -> str:
    """``name``, which may be any text, short enough for a sentence."""
    return _cut(name) or '""'


def _cut(text: str) -> str:
    """``text`` short enough for a sentence, and of letters only that can be written anywhere and move no cursor."""
    text = text[:61].encode(errors="replace").decode()
    text = "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
    return text if len(text) <= 60 else text[:59] + "…"
