"""One who tries to compute what was not told: everything that follows from published counts by adding and subtracting.

Exact, in a prime field: over it, ranks are what they are over the fractions but for a chance that can be neglected.
"""

from collections.abc import Iterable, Mapping

from kohtaava_desktop.domain.disclosure import BANDS, EDGES, NEVER, Group
from kohtaava_desktop.domain.stages import Stage

PRIME = (1 << 61) - 1
Cell = tuple[object, ...]
Sum = Mapping[Cell, int]
"""Unknown numbers, each with how often it counts."""


class Known:
    """What is known: sums of unknowns, by elimination. Only which sums are known matters, not their values."""

    def __init__(self) -> None:
        self._rows: dict[Cell, dict[Cell, int]] = {}

    def learn(self, equation: Sum) -> None:
        """From now on the value of ``equation`` is known."""
        left = self._reduced(equation)
        if left:
            lead = min(left, key=repr)
            inverse = pow(left[lead], -1, PRIME)
            self._rows[lead] = {cell: value * inverse % PRIME for cell, value in left.items()}

    def knows(self, wanted: Sum) -> bool:
        """Whether the value of ``wanted`` follows from all that is known."""
        return not self._reduced(wanted)

    def _reduced(self, equation: Sum) -> dict[Cell, int]:
        left = {cell: value % PRIME for cell, value in equation.items() if value % PRIME}
        done: set[Cell] = set()
        while waiting := [cell for cell in left if cell in self._rows and cell not in done]:
            lead = min(waiting, key=repr)
            factor = left[lead]
            for cell, value in self._rows[lead].items():
                rest = (left.get(cell, 0) - factor * value) % PRIME
                if rest:
                    left[cell] = rest
                else:
                    left.pop(cell, None)
            done.add(lead)
        return left


def cell(month: str, band: int, stage: Stage, edge: int) -> Cell:
    """How many meetings of one band spent the minutes of the finest bin at ``edge`` on a step."""
    return (month, band, int(stage), edge)


def ended(month: str, band: int, stage: Stage) -> Cell:
    """How many meetings of one band had ``stage`` as their highest step."""
    return (month, band, "ended on", int(stage))


def learn_the_method(known: Known, month: str) -> None:
    """What everybody knows beforehand: each step counts the same meetings, none skips a step, all begin on the first.

    Each of the equations has the value 0.
    """
    for band in range(len(BANDS)):
        for stage in Stage:
            of_all = dict.fromkeys((cell(month, band, stage, edge) for edge in EDGES), 1)
            known.learn({**of_all, **{ended(month, band, each): -1 for each in Stage}})
            below = {ended(month, band, each): -1 for each in Stage if each < stage}
            known.learn({cell(month, band, stage, NEVER): 1, **below})


def learn_the_release(known: Known, month: str, groups: Iterable[Group]) -> None:
    """What is published of a month."""
    for group in groups:
        bands = [place for place, start in enumerate(BANDS) if group.shortest <= start <= group.longest]
        for stage, bins in group.bins:
            for each in bins:
                inside = [e for e in EDGES if each.lowest <= e and (each.highest is None or e <= each.highest)]
                known.learn(dict.fromkeys((cell(month, band, stage, e) for band in bands for e in inside), 1))
