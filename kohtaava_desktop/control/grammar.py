"""What can be asked over the channel: every command, its values, and the sentence for anything else."""

from collections.abc import Callable
from typing import Any

from kohtaava_desktop.control.misuse import N_, Misuse, shown
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.stages import BY_KEY, Stage

MOST_MINUTES = 999_999
"""What can be meant as a number of minutes at all; whether the meeting allows it, the meeting says."""


def read(request: dict[str, object]) -> tuple[str, dict[str, Any]]:
    """The command of ``request`` and its values, checked and typed; raises ``Misuse``."""
    given = dict(request)
    command = given.pop("command", None)
    if not isinstance(command, str) or command not in COMMANDS:
        raise Misuse.no_such_command(command, list(COMMANDS))
    readers = COMMANDS[command]
    for name in given:
        if name not in readers:
            raise Misuse("unknown-value", N_("{command} does not take {value}."), command=command, value=shown(name))
    if command == "extend" and not given:
        raise Misuse("missing-value", N_("extend needs a number of minutes, like +5 or -5."))
    return command, {name: readers[name](value) for name, value in given.items()}


def _length(value: object) -> int:
    if type(value) is int and SHORTEST_MINUTES <= value <= LONGEST_MINUTES:
        return value
    raise Misuse(
        "bad-length",
        N_("The planned length must be a whole number of minutes from {lowest} to {highest}, not {value}."),
        lowest=SHORTEST_MINUTES,
        highest=LONGEST_MINUTES,
        value=shown(value),
    )


def _change(value: object) -> int:
    if type(value) is int and abs(value) <= MOST_MINUTES:
        return value
    sentence = N_("More or less time must be a whole number of minutes like +5 or -5, not {value}.")
    raise Misuse("bad-minutes", sentence, value=shown(value))


def _channel(value: object) -> Channel:
    if isinstance(value, str) and value in set(Channel):
        return Channel(value)
    sentence = N_("There is no channel {value}; there are: {allowed}.")
    raise Misuse("unknown-channel", sentence, value=shown(value), allowed=", ".join(Channel))


def _stage(value: object) -> Stage:
    if isinstance(value, str) and value in BY_KEY:
        return BY_KEY[value]
    sentence = N_("There is no step {value}; there are: {allowed}.")
    raise Misuse("unknown-step", sentence, value=shown(value), allowed=", ".join(BY_KEY))


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Misuse("bad-flag", N_("A mark must be true or false, not {value}."), value=shown(value))


COMMANDS: dict[str, dict[str, Callable[[object], Any]]] = {
    "start": {"minutes": _length, "channel": _channel, "new_client": _flag, "interpreter": _flag},
    "up": {"to": _stage},
    "back": {"to": _stage},
    "undo": {},
    "redo": {},
    "pin": {},
    "extend": {"minutes": _change},
    "finish": {},
    "discard": {},
    "status": {},
    "doctor": {},
    "show": {"keyboard": _flag},
    "quiet": {},
    "open": {},
    "discreet": {},
    "reload-settings": {},
    "quit": {},
    "delete-everything": {},
}
"""The values that each command takes, by name, and what reads them."""
