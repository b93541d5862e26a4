"""A data folder of somebody who has used the program for years."""

import random
from pathlib import Path

from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS

YEARS = (2025, 2026)


def fill(folder: Path, count: int) -> None:
    """Keep ``count`` finished meetings in ``folder``, the same ones each time."""
    chance = random.Random(count)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    meetings = Meetings(folder / MEETINGS)
    meetings.add_all(_record(chance) for _ in range(count))
    kept = meetings.count()
    assert kept == count, f"{kept} meetings are there, not {count}"


def _record(chance: random.Random) -> Record:
    planned = chance.choice((15, 20, 30, 45, 60, 90))
    path = [Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE]
    path += [Stage.GUIDANCE, Stage.ADVICE] * chance.choice((0, 0, 1, 2))
    path += [Stage.FAREWELL] * chance.choice((0, 1, 1, 1))
    share = planned * 60 / len(path)
    return Record(
        key=f"{chance.getrandbits(128):032x}",
        iso_week=f"{chance.choice(YEARS)}-W{chance.randint(1, 47):02d}",
        planned_minutes=planned,
        marks=Marks(chance.choice(list(Channel)), chance.random() < 0.3, chance.random() < 0.3),
        furthest_stage=max(path),
        quality=Quality.OK,
        visits=tuple((stage, round(share * chance.uniform(0.3, 1.7))) for stage in path),
    )
