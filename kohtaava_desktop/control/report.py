"""What ``kohtaava doctor`` reports: one row for each thing looked at, and in it nothing of a meeting or a client."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """How the thing looked at is. Only a fault keeps something from working that should."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing looked at: its stable name, how it is, and that in one sentence."""

    name: str
    state: State
    sentence: str

    def as_json(self) -> dict[str, str]:
        """As it goes over the channel and into ``--json``."""
        return {"name": self.name, "state": self.state.value, "sentence": self.sentence}


def row_of(given: Any) -> Row:
    """The row that ``given`` describes; raises ``ValueError`` for anything else."""
    match given:
        case {"name": str(name), "state": str(state), "sentence": str(sentence)}:
            return Row(name, State(state), sentence)
    raise ValueError(given)


def worst(rows: list[Row]) -> State:
    """How it is altogether."""
    states = {row.state for row in rows}
    return next((state for state in (State.FAULT, State.WARNING) if state in states), State.OK)
