"""The commands as they are typed: what each takes, and the request that a command line makes of it.

Imported by every command that has more than its name, so it imports little itself (a dataclass would double its cost).
Values are not judged here: the program that is asked does that, with ``control.grammar``.
"""

from kohtaava_desktop.control.misuse import N_, Misuse, shown

_MOST_DIGITS = 9


class Syntax:
    """What a command does, its argument (in brackets where it can be left out) and its options with their values."""

    def __init__(self, about: str, argument: str = "", options: tuple[str, ...] = ()) -> None:
        self.about = about
        self.argument = argument
        self.options = options

    def usage(self, command: str) -> str:
        """The command as it is typed."""
        return " ".join(filter(None, ("kohtaava", command, self.argument, *(f"[{each}]" for each in self.options))))


COMMANDS = {
    "start": Syntax(
        N_("Start a meeting."),
        options=("--minutes N", "--channel in-person|phone|video", "--new-client", "--interpreter"),
    ),
    "up": Syntax(N_("Go one step up."), "[STAGE]"),
    "back": Syntax(N_("Go one step back."), "[STAGE]"),
    "undo": Syntax(N_("Take the last tap back.")),
    "redo": Syntax(N_("Make the tap last taken back again.")),
    "pin": Syntax(N_("Mark something to come back to.")),
    "extend": Syntax(N_("Add minutes to the planned length, or take them away."), "±N"),
    "finish": Syntax(N_("Finish the meeting on the step it is on.")),
    "discard": Syntax(N_("Throw the meeting away; nothing of it is stored.")),
    "status": Syntax(N_("Say where the meeting is."), options=("--json",)),
    "show": Syntax(N_("Bring the overlay up."), options=("--keyboard",)),
    "quiet": Syntax(N_("Make the overlay quiet.")),
    "open": Syntax(N_("Open the overlay.")),
    "discreet": Syntax(N_("Make the overlay discreet.")),
    "quit": Syntax(N_("End the program; a meeting in hand goes on at the next start.")),
}

ALONE = {
    "doctor": {
        "[--json]": N_("Tell what stands in the way of the program, if anything."),
        "--mend": N_("Throw away sums that are wrong; they are made anew of the meetings."),
        "--bundle FILE": N_("Write what support needs into a new zip file; nothing of any meeting is in it."),
    },
    "settings": {
        "list [--json]": N_("List the settings, their values and where these come from."),
        "get NAME": N_("Say the value of one setting."),
        "set NAME VALUE": N_("Give a setting a value of your own."),
        "reset NAME|--all": N_("Take your own value away, or all of them."),
    },
    "stats": {
        "[--planned N] [--channel WAY] [--new-client yes|no] [--interpreter yes|no] [--weeks A..B] [--json|--csv]": N_(
            "Tell what your own meetings say: minutes on each step, the farewell, week by week."
        ),
    },
    "export": {
        "[--month YYYY-MM]": N_("Show exactly what may leave of a closed month; without a month, of the last one."),
        "[--month YYYY-MM] --to DIR": N_("Show it and write it into a folder."),
    },
    "team": {
        "[DIR] [--against DIR] [--own] [--month YYYY-MM] [--json|--csv]": N_(
            "Tell what the exports in a folder say together, beside another folder's or your own meetings."
        ),
    },
    "delete-everything": {
        "--yes": N_("Overwrite and delete all meetings, also the one in hand; without --yes, only tell what would go."),
    },
    "demo-data": {
        "DIR --seed N [--experts N] [--until YYYY-MM]": N_(
            "Fill an empty folder with a year of made-up meetings of a made-up team."
        ),
    },
}
"""Commands that are carried out here, whether the program runs or not, each as it is typed."""

MEANINGS = {
    "[STAGE]": N_("empathy, guidance, advice or farewell; refused unless it is the very next step"),
    "±N": N_("whole minutes, like +5 or -5"),
    "--minutes N": N_("planned length in whole minutes; otherwise the one that stands ready"),
    "--channel in-person|phone|video": N_("how you meet; in person unless you say so"),
    "--new-client": N_("with a new client"),
    "--interpreter": N_("with an interpreter"),
    "--json": N_("as one line of JSON"),
    "--keyboard": N_("and give it the keyboard"),
}
"""What the arguments and options mean."""

_ARGUMENTS = {"[STAGE]": "to", "±N": "minutes"}


def request_of(words: list[str]) -> tuple[dict[str, object], bool]:
    """The request that a command line makes, and whether the answer is wanted as JSON; raises ``Misuse``."""
    if not words:
        allowed = ", ".join((*COMMANDS, *ALONE))
        raise Misuse("no-command", N_("kohtaava needs a command: {allowed}."), allowed=allowed)
    command = words[0]
    if command not in COMMANDS:
        raise Misuse.no_such_command(command, [*COMMANDS, *ALONE])
    request: dict[str, object] = {"command": command}
    rest = _apart(words[1:])
    while rest:
        word = rest.pop(0)
        name, value = _value(command, word, rest)
        if name in request:
            raise _out_of_place(command, word)
        request[name] = value
    as_json = request.pop("json", False) is True
    return request, as_json


def _value(command: str, word: str, following: list[str]) -> tuple[str, object]:
    """What ``word`` puts into the request; takes the word after it too where it needs a value."""
    syntax = COMMANDS[command]
    placeholders = dict(option.partition(" ")[::2] for option in syntax.options)
    if word in placeholders:
        name = word[2:].replace("-", "_")
        if not placeholders[word]:
            return name, True
        if not following:
            raise Misuse("missing-value", N_("{option} needs a value."), option=f"{word} {placeholders[word]}")
        return name, _number(following.pop(0))
    if syntax.argument and not word.startswith("--"):
        return _ARGUMENTS[syntax.argument], _number(word)
    raise _out_of_place(command, word)


def _out_of_place(command: str, word: str) -> Misuse:
    sentence = N_("{value} does not belong here; the command is: {usage}")
    return Misuse("unknown-value", sentence, value=shown(word), usage=COMMANDS[command].usage(command))


def _apart(words: list[str]) -> list[str]:
    """``--minutes=45`` as the two words that it stands for."""
    return [part for word in words for part in (word.split("=", 1) if word.startswith("--") else [word])]


def _number(typed: str) -> int | str:
    """The number that was typed, or the text where it is none."""
    digits = typed[1:] if typed[:1] in ("+", "-") else typed
    return int(typed) if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS else typed
