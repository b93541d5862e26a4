"""A team folder of 10,000 workstation-months: how long it takes to read, how that grows, and the memory it takes."""

import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.figures import Figure, spread
from bench.plan import Plan
from kohtaava_desktop.cli.made_up import months_until
from kohtaava_desktop.domain.disclosure import released
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.release import LETTERS, NAME_LENGTH, Release
from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.domain.stages import Stage

SIZES = (1250, 2500, 5000, 10_000)
LAST = "2026-10"
HISTORIES = 834
"""So many different ones there are of each month: the same meetings under two names count only once."""
GOAL_SECONDS, GOAL_GROWTH, GOAL_MEMORY = 3.0, 2.2, 1.1
RUNS = 9
_SHARES = {Stage.EMPATHY: 0.1, Stage.GUIDANCE: 0.3, Stage.ADVICE: 0.4, Stage.FAREWELL: 0.1}
_READER = """
import resource, sys, time
from pathlib import Path
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.store.team_folder import read_folder
began = time.perf_counter()
team = Team()
found = read_folder(Path(sys.argv[1]), sys.argv[2], team.add)
groups = team.view().groups
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found.exports)
assert groups and not found.problems, found.first
"""


def measure(plan: Plan) -> list[Figure]:
    """Each size in fresh processes, in turn; the files are in the page cache, as just after a copy."""
    with tempfile.TemporaryDirectory(prefix="kohtaava-bench-team-") as room:
        folders = {size: Path(room, str(size)) for size in SIZES}
        for size, folder in folders.items():
            plan.say(f"writing {size} exports")
            fill(folder, size)
        seconds: dict[int, list[float]] = {size: [] for size in SIZES}
        memory: dict[int, list[float]] = {size: [] for size in SIZES}
        for run in range(RUNS + 1):
            for size, folder in folders.items():
                taken, mib = _read(folder, size)
                if run:  # the first one fills the cache
                    seconds[size].append(taken)
                    memory[size].append(mib)
    return _figures(seconds, memory)


def fill(folder: Path, count: int) -> None:
    """Write ``count`` exports of twelve months into ``folder``, the same ones each time."""
    chance = random.Random(count)
    histories = [released(_month(chance)) for _ in range(HISTORIES)]
    months = months_until(LAST)
    folder.mkdir()
    for number in range(count):
        name = "".join(chance.choice(LETTERS) for _ in range(NAME_LENGTH))
        release = Release(months[number % len(months)], name, histories[number // len(months)])
        place = folder / release.name
        place.mkdir()
        for file, data in files_of(release).items():
            (place / file).write_bytes(data)


def _month(chance: random.Random) -> list[Record]:
    return [
        Record("", "2026-W42", planned, Marks(), Stage.FAREWELL, Quality.OK, visits)
        for planned in chance.choices((15, 20, 30, 45, 60, 90), (3, 6, 30, 38, 18, 5), k=chance.randint(30, 90))
        for visits in [
            tuple((stage, round(planned * 60 * share * chance.uniform(0.3, 1.8))) for stage, share in _SHARES.items())
        ]
    ]


def _read(folder: Path, count: int) -> tuple[float, float]:
    command = [sys.executable, "-P", "-c", _READER, str(folder), LAST]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    seconds, mib, exports = (float(value) for value in done.stdout.split())
    assert exports == count, f"{exports} exports were read, not {count}"
    return seconds, mib


def _figures(seconds: dict[int, list[float]], memory: dict[int, list[float]]) -> list[Figure]:
    smallest, most = SIZES[0], SIZES[-1]
    curve = ", ".join(f"{size}: {median(seconds[size]):.2f} s" for size in SIZES)
    steps = [
        median(more / less for more, less in zip(seconds[2 * size], seconds[size], strict=True)) for size in SIZES[:-1]
    ]
    return [
        Figure(
            f"team folder of {most} exports",
            median(seconds[most]),
            "s",
            GOAL_SECONDS,
            f"middle half {spread(seconds[most])}; {RUNS} runs; {curve}",
            {str(size): values for size, values in seconds.items()},
        ),
        Figure(
            "– twice as many exports take",
            max(steps),
            "× the time",
            GOAL_GROWTH,
            "the worst of " + ", ".join(f"{step:.2f}" for step in steps),
        ),
        Figure(
            f"– memory with {most} against {smallest}",
            median(memory[most]) / median(memory[smallest]),
            "×",
            GOAL_MEMORY,
            f"{median(memory[most]):.1f} against {median(memory[smallest]):.1f} MiB, the whole process at its most",
            {str(size): values for size, values in memory.items()},
        ),
    ]
