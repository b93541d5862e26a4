"""Exports for the tests of the team: of random months, and of a month that is easy to reason about."""

import random
from collections.abc import Mapping

from kohtaava_desktop.domain.disclosure import Thresholds, released
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import LETTERS, NAME_LENGTH, Release
from kohtaava_desktop.domain.stages import Stage

MONTH, LATEST = "2026-10", "2026-10"


def contributor(number: int) -> str:
    """A contributor's name: another for each number."""
    letters = ""
    for _ in range(NAME_LENGTH):
        number, letter = divmod(number, len(LETTERS))
        letters += LETTERS[letter]
    return letters


def meeting(planned: int, minutes: Mapping[Stage, int]) -> Record:
    """A meeting that spent ``minutes`` on its steps."""
    visits = tuple((stage, 60 * minutes[stage]) for stage in Stage if stage in minutes)
    return Record("", "2026-W42", planned, Marks(), max(minutes), Quality.OK, visits)


def meetings(count: int, planned: int, seed: int = 0) -> list[Record]:
    """So many meetings of one planned length, whatever the steps took."""
    chance = random.Random(seed)
    shares = {Stage.EMPATHY: 0.1, Stage.GUIDANCE: 0.3, Stage.ADVICE: 0.4, Stage.FAREWELL: 0.1}
    return [
        meeting(planned, {stage: round(planned * share * chance.uniform(0.2, 2)) for stage, share in shares.items()})
        for _ in range(count)
    ]


def export(number: int, held: list[Record], month: str = MONTH) -> Release:
    """What contributor ``number`` gives out of ``held``."""
    return Release(month, contributor(number), released(held, Thresholds()))
