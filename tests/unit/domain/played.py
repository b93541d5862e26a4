"""Meetings played out for tests: each command is decided and folded in, as the program does it."""

from dataclasses import dataclass, field

from kohtaava_desktop.domain.commands import Command, Start, decide
from kohtaava_desktop.domain.events import Event
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.stages import Stage

BEGUN = 1_800_000_000.0
"""When played meetings start, on their timeline."""


def minute(number: float) -> float:
    """The instant ``number`` minutes after the start."""
    return BEGUN + number * 60


@dataclass
class Played:
    """A meeting and the events that made it."""

    events: list[Event] = field(default_factory=list)

    @property
    def meeting(self) -> Meeting | None:
        return fold(self.events) if self.events else None

    @property
    def now(self) -> Meeting:
        """The meeting, where there must be one."""
        return fold(self.events)

    def do(self, at: float, command: Command) -> "Played":
        """Carry ``command`` out at the instant ``at``; raises what ``decide`` raises."""
        self.events.append(decide(self.meeting, command, at))
        return self


def play(*steps: tuple[float, Command], minutes: int = 45) -> Played:
    """A meeting of ``minutes`` in which each command came so many minutes after the start."""
    played = Played().do(BEGUN, Start("k", minutes))
    for number, command in steps:
        played.do(minute(number), command)
    return played


def minutes_of(meeting: Meeting, now: float = 0) -> list[tuple[Stage, float]]:
    """The visits and how many minutes each has lasted ``now`` minutes after the start."""
    return [(visit.stage, visit.seconds(minute(now)) / 60) for visit in meeting.visits]
