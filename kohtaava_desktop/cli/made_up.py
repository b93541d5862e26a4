"""A made-up team's year of meetings, as plausible as the method makes them; the same for the same seed.

Nobody's meetings were looked at for it: empathy takes a few minutes, more with a new client; advice takes longest; now
and then it goes back to guidance; a meeting in which everything comes at once ends before the farewell.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.months import closes_on, weeks_of
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import LETTERS, NAME_LENGTH
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store.exports import write
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.releases import MonthEmpty
from kohtaava_desktop.store.shelf import MEETINGS

MONTHS = 12
TEAM_FOLDER = "demo-team"
EXPERT_FOLDER = "demo-expert-{number:02d}"
T = TypeVar("T")

_LENGTHS = {15: 3, 20: 6, 30: 30, 45: 38, 60: 18, 90: 5}
"""How often each planned length is chosen, in per cent."""
_CHANNELS = {Channel.IN_PERSON: 55, Channel.PHONE: 30, Channel.VIDEO: 15}
_QUALITIES = {Quality.OK: 93, Quality.MENDED: 3, Quality.INTERRUPTED: 2, Quality.FORGOTTEN: 2}
_SHARES = {Stage.EMPATHY: 0.09, Stage.GUIDANCE: 0.31, Stage.ADVICE: 0.42, Stage.FAREWELL: 0.11}
"""What each step takes of the planned time, by and large."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """What is one expert's own: how busy the weeks are, and how much time each step gets."""

    a_week: int
    pace: dict[Stage, float]
    goes_back: float
    closes: float


def make(folder: Path, seed: int, experts: int, until: str) -> int:
    """Write the data of ``experts`` and their exports of the twelve months that end with ``until``; how many meetings.

    ``folder`` must be there. Raises what the store raises, and ``MonthOpen`` when ``until`` is not over.
    """
    team = folder / TEAM_FOLDER
    team.mkdir()
    meetings = 0
    for number in range(1, experts + 1):
        chance = random.Random(f"{seed}/{number}")
        own = folder / EXPERT_FOLDER.format(number=number)
        own.mkdir(mode=0o700)
        kept = Meetings(own / MEETINGS)
        records = list(_records(chance, months_until(until)))
        kept.add_all(records)
        meetings += len(records)
        for month in months_until(until):
            _give_out(kept, month, team, chance)
    return meetings


def months_until(last: str) -> tuple[str, ...]:
    """The twelve months that end with ``last``."""
    year, number = (int(part) for part in last.split("-"))
    counted = (year * 12 + number - 1 - back for back in reversed(range(MONTHS)))
    return tuple(f"{each // 12:04d}-{each % 12 + 1:02d}" for each in counted)


def _give_out(kept: Meetings, month: str, team: Path, chance: random.Random) -> None:
    name = "".join(chance.choice(LETTERS) for _ in range(NAME_LENGTH))
    try:
        release = kept.release(month, closes_on(month), Thresholds(), lambda: name, made_up=True)
    except MonthEmpty:
        return
    write(team, release.name, files_of(release))


def _records(chance: random.Random, months: tuple[str, ...]) -> Iterator[Record]:
    pace = {stage: chance.uniform(0.75, 1.3) for stage in Stage}
    habits = _Habits(chance.randint(9, 15), pace, chance.uniform(0.15, 0.4), chance.uniform(0.78, 0.97))
    away = set(chance.sample([week for month in months for week in weeks_of(month)], 6))
    for month in months:
        for week in weeks_of(month):
            if week not in away:
                for _ in range(max(0, round(chance.gauss(habits.a_week, 2.5)))):
                    yield _record(chance, week, habits)


def _record(chance: random.Random, week: str, habits: _Habits) -> Record:
    planned = _one_of(chance, _LENGTHS)
    marks = Marks(_one_of(chance, _CHANNELS), chance.random() < 0.2, chance.random() < 0.25)
    path = _path(chance, habits)
    stays = {stage: path.count(stage) for stage in path}
    visits = tuple((stage, _seconds(chance, stage, planned, marks, habits) // stays[stage]) for stage in path)
    return Record(
        key=f"{chance.getrandbits(128):032x}",
        iso_week=week,
        planned_minutes=planned,
        marks=marks,
        furthest_stage=max(path),
        quality=_one_of(chance, _QUALITIES),
        visits=visits,
    )


def _path(chance: random.Random, habits: _Habits) -> list[Stage]:
    """The steps in their order. A client in a crisis may need the whole meeting just to be heard."""
    path = [Stage.EMPATHY, Stage.GUIDANCE]
    if chance.random() < 0.04:
        return path
    path.append(Stage.ADVICE)
    while len(path) < 9 and chance.random() < habits.goes_back:
        path += [Stage.GUIDANCE, Stage.ADVICE]
    return [*path, Stage.FAREWELL] if chance.random() < habits.closes else path


def _seconds(chance: random.Random, stage: Stage, planned: int, marks: Marks, habits: _Habits) -> int:
    share = _SHARES[stage] * habits.pace[stage]
    if stage is Stage.EMPATHY:
        share *= 1.6 if marks.new_client else 1.0
    if marks.interpreter:
        share *= 1.15
    if marks.channel is Channel.PHONE:
        share *= 0.8
    return max(20, round(planned * 60 * share * chance.lognormvariate(0, 0.35)))


def _one_of(chance: random.Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]
