"""A desk for the tests of remote control: the real rules of the meeting, no clock, no disk, no window."""

from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kohtaava_desktop import __version__
from kohtaava_desktop.control.report import Row
from kohtaava_desktop.domain.commands import Command, Discard, Start, decide
from kohtaava_desktop.domain.events import Event, Marks
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.status import status_of
from kohtaava_desktop.domain.views import Look, View, view_of

READY_MINUTES = 45
Result = TypeVar("Result")


@dataclass
class PlainDesk:
    """Takes every command at once; ``minutes_passed`` is moved by hand. ``asked`` is all that it was ever asked."""

    minutes_passed: int = 0
    notice: str | None = None
    meeting: Meeting | None = None
    asked: list[object] = field(default_factory=list)
    chosen: Look = Look()
    events: list[Event] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    async def start(self, minutes: int | None = None, marks: Marks | None = None) -> None:
        self.asked.append(("start", minutes, marks))
        await self._do(Start("key", READY_MINUTES if minutes is None else minutes, marks or Marks()))

    async def perform(self, command: Command) -> None:
        self.asked.append(command)
        await self._do(command)

    def choose(self, view: View) -> None:
        self.asked.append(view)
        self.chosen = self.chosen.choose(view, self.meeting)

    def status(self) -> dict[str, Any]:
        view = view_of(self.meeting, self.chosen)
        return {**status_of(self.meeting, self.minutes_passed * 60.0, view, READY_MINUTES), "version": __version__}

    def show(self, keyboard: bool) -> None:
        self.asked.append(("show", keyboard))

    def examine(self) -> list[Row]:
        return self.rows

    def reload_settings(self) -> None:
        self.asked.append("reload-settings")

    def quit(self) -> None:
        self.asked.append("quit")

    async def delete_everything(self) -> None:
        self.asked.append("delete-everything")
        self.meeting, self.events = None, []

    def standing_notice(self) -> str | None:
        return self.notice

    async def _do(self, command: Command) -> None:
        event = decide(self.meeting, command, self.minutes_passed * 60.0)
        self.events = [*self.events, event]
        self.meeting = fold(self.events)
        if isinstance(command, Discard):
            self.events, self.meeting = [], None


def at_once(work: Coroutine[Any, Any, Result]) -> Result:
    """The result of a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    raise AssertionError("it waited")
