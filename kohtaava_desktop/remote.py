"""Carries out what comes over the control channel: a request in, an answer out.

A request that is not wholly understood changes nothing. What the meeting refuses is refused here in the same words.
"""

from typing import Any, Protocol

from kohtaava_desktop.control.grammar import read
from kohtaava_desktop.control.misuse import Misuse
from kohtaava_desktop.control.report import Row
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.commands import Command
from kohtaava_desktop.domain.errors import LengthOutOfRange, MeetingError
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import refusal, store_problem
from kohtaava_desktop.store.errors import StoreError

USAGE = 2
REFUSED = 3

_TAPS: dict[str, Command] = {
    "undo": commands.Undo(),
    "redo": commands.Redo(),
    "pin": commands.Pin(),
    "finish": commands.Finish(),
    "discard": commands.Discard(),
}
_SILENT = ("doctor", "show", "quiet", "open", "discreet", "reload-settings", "quit", "delete-everything")
"""Commands that neither change the meeting nor ask about it; what stands to be read is not read out with them."""


class Desk(Protocol):
    """What the remote control needs of the controller."""

    async def start(self, minutes: int | None = None, marks: Marks | None = None) -> None: ...
    async def perform(self, command: Command) -> None: ...
    def choose(self, view: View) -> None: ...
    def status(self) -> dict[str, Any]: ...
    def show(self, keyboard: bool) -> None: ...
    def reload_settings(self) -> None: ...
    def quit(self) -> None: ...
    async def delete_everything(self) -> None: ...
    def examine(self) -> list[Row]: ...
    def standing_notice(self) -> str | None: ...


async def handle(desk: Desk, request: dict[str, object]) -> dict[str, Any]:
    """The answer to ``request``, once it is done: ``ok``, or why not, in one sentence with the exit code for it."""
    try:
        command, values = read(request)
        answer = {"ok": True, **await _carry_out(desk, command, values)}
    except Misuse as misuse:
        return _no(USAGE, misuse.code, misuse.sentence)
    except MeetingError as error:
        # A length given to start is the command's own value; to extend, it is the meeting that says how far.
        own_value = request["command"] == "start" and isinstance(error, LengthOutOfRange)
        return _no(USAGE if own_value else REFUSED, error.code, refusal(error))
    except StoreError as error:
        return _no(REFUSED, error.code, store_problem(error.code, error.values))
    notice = None if command in _SILENT else desk.standing_notice()
    return answer if notice is None else {**answer, "notice": notice}


async def _carry_out(desk: Desk, command: str, values: dict[str, Any]) -> dict[str, Any]:
    match command:
        case "start":
            minutes = values.pop("minutes", None)
            await desk.start(minutes, Marks(**values) if values else None)
        case "up":
            await desk.perform(commands.StepUp(values.get("to")))
        case "back":
            await desk.perform(commands.StepBack(values.get("to")))
        case "extend":
            await desk.perform(commands.Extend(values["minutes"]))
        case "status":
            return {"status": desk.status()}
        case "doctor":
            return {"rows": [row.as_json() for row in desk.examine()]}
        case "show":
            desk.show(values.get("keyboard", False))
        case "quiet" | "open" | "discreet":
            desk.choose(View(command))
        case "reload-settings":
            desk.reload_settings()
        case "quit":
            desk.quit()
        case "delete-everything":
            await desk.delete_everything()
        case _:
            await desk.perform(_TAPS[command])
    return {}


def _no(exit_code: int, code: str, sentence: str) -> dict[str, Any]:
    return {"ok": False, "exit": exit_code, "code": code, "message": sentence}
