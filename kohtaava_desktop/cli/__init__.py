"""``kohtaava``: the command line. Asks the running program over the control channel and prints what it says.

A bare command (``kohtaava up``) must answer as fast as a key press, so this module imports the client of the channel
and nothing else, not even JSON. The rest of the package is imported when there is more to read or something to say.
"""

import sys

from kohtaava_desktop.control.client import DONE, NoAnswer, Unreachable, ask
from kohtaava_desktop.integration.folders import data_folder

BARE = frozenset(
    ("start", "up", "back", "undo", "redo", "pin", "finish", "discard", "show", "quiet", "open", "discreet", "quit")
)
"""The commands that can stand alone and print nothing."""


def main(argv: list[str] | None = None) -> int:
    """Carry out one command line and return the exit code: 0 done, 2 usage, 3 refused, 4 no running program."""
    words = sys.argv[1:] if argv is None else argv
    if len(words) == 1 and words[0] in BARE:
        command = words[0]
        return _ask({"command": command}, f'{{"command":"{command}"}}\n'.encode())
    if "--help" in words or "-h" in words or words == ["--version"]:
        from kohtaava_desktop.cli import help_text

        return help_text.version() if words == ["--version"] else help_text.help_with(words[0])
    if words[:1] == ["settings"]:
        from kohtaava_desktop.cli import settings_command

        return settings_command.run(words[1:])
    if words[:1] == ["doctor"]:
        from kohtaava_desktop.cli import doctor

        return doctor.run(words[1:])
    if words[:1] == ["stats"]:
        from kohtaava_desktop.cli import stats_command

        return stats_command.run(words[1:])
    if words[:1] == ["export"]:
        from kohtaava_desktop.cli import export_command

        return export_command.run(words[1:])
    if words[:1] == ["team"]:
        from kohtaava_desktop.cli import team_command

        return team_command.run(words[1:])
    if words[:1] == ["delete-everything"]:
        from kohtaava_desktop.cli import delete_command

        return delete_command.run(words[1:])
    if words[:1] == ["demo-data"]:
        from kohtaava_desktop.cli import demo_command

        return demo_command.run(words[1:])
    return _ask_more(words)


def _ask_more(words: list[str]) -> int:
    import json

    from kohtaava_desktop.cli import say
    from kohtaava_desktop.cli.command_line import request_of
    from kohtaava_desktop.control.misuse import Misuse

    try:
        request, as_json = request_of(words)
    except Misuse as misuse:
        return say.usage(misuse)
    return _ask(request, json.dumps(request).encode() + b"\n", as_json)


def _ask(request: dict[str, object], line: bytes, as_json: bool = False) -> int:
    try:
        answer = ask(data_folder(), line)
    except (Unreachable, NoAnswer) as failure:
        from kohtaava_desktop.cli import say

        return say.no_answer() if isinstance(failure, NoAnswer) else say.unreachable(request)
    if answer == DONE:
        return 0
    from kohtaava_desktop.cli import say

    return say.answer(answer, as_json)
