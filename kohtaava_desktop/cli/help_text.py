"""``kohtaava --help``, ``kohtaava COMMAND --help`` and ``kohtaava --version``."""

from kohtaava_desktop import __version__
from kohtaava_desktop.cli import say
from kohtaava_desktop.cli.command_line import ALONE, COMMANDS, MEANINGS
from kohtaava_desktop.i18n import _


def version() -> int:
    """Say which version this is."""
    return say.tell(f"kohtaava {__version__}")


def help_with(word: str) -> int:
    """Say what the command ``word`` takes; with any other word, which commands there are."""
    say.choose_language()
    if word in ALONE:
        return say.tell("\n".join(_alone(word)))
    return say.tell("\n".join(_with_command(word) if word in COMMANDS else _in_general()))


def _in_general() -> list[str]:
    return [
        _("kohtaava COMMAND: control the running Kohtaava Desktop."),
        "",
        *_columns([(command, _(syntax.about)) for command, syntax in COMMANDS.items()]),
        "",
        _("Without the running program too:"),
        *_columns([(f"{command} {rest}", _(about)) for command, each in ALONE.items() for rest, about in each.items()]),
        "",
        _("kohtaava COMMAND --help tells what a command takes; kohtaava --version tells the version."),
        _("Exit codes: 0 done, 2 not understood, 3 refused with the reason, 4 the program is not running."),
    ]


def _with_command(command: str) -> list[str]:
    syntax = COMMANDS[command]
    rows = _columns([(part, _(MEANINGS[part])) for part in (syntax.argument, *syntax.options) if part])
    return [syntax.usage(command), _(syntax.about), *([""] if rows else []), *rows]


def _alone(command: str) -> list[str]:
    return _columns([(f"kohtaava {command} {rest}", _(about)) for rest, about in ALONE[command].items()])


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    width = max((len(left) for left, _right in rows), default=0)
    return [f"  {left:{width}}  {right}" for left, right in rows]
