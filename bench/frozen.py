"""The bundle for Linux against the program in an environment of the same Python: first frame, and ``kohtaava up``."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, compared
from bench.plan import Plan
from bench.world import COMMAND, FIRST_FRAME, Cost, alternating, cost_of, folder, meeting, tell
from release import bundle
from release.linux import launcher, parts

GOAL = 1.10
STATEMENT = "import os;from kohtaava_desktop.__main__ import window;window(first_frame=lambda:os._exit(0))"
"""What ``bench/first_frame.py`` does."""


def measure(plan: Plan) -> list[Figure]:
    """Whole processes in alternating pairs, with the same meetings at hand."""
    with _bundle(plan) as (to_first_frame, command):
        return [*_start(plan, to_first_frame), _command(plan, command)]


@contextmanager
def _bundle(plan: Plan) -> Iterator[tuple[Path, Path]]:
    """A new bundle: a program of it that ends with its first frame, and its ``kohtaava``."""
    plan.say("building the bundle")
    with tempfile.TemporaryDirectory(prefix="kohtaava-bench-bundle-") as room:
        out = Path(room, "kohtaava-desktop")
        bundle.build(out, Path(room, "work"))
        shutil.rmtree(Path(room, "work"))
        defined = (f'-DRUN="{STATEMENT}"',)
        first_frame = launcher.build_one(out, parts.python_library().name, "first-frame", defined)
        os.sync()  # what was just written is not written meanwhile
        yield first_frame, out / "kohtaava"


def _start(plan: Plan, to_first_frame: Path) -> list[Figure]:
    with folder(plan.meetings()) as environment:
        pairs = alternating(
            lambda: cost_of((str(to_first_frame),), environment), lambda: cost_of(FIRST_FRAME, environment), plan.pairs
        )
    return [
        compared(
            f"bundle, start to first paint, {name}",
            [getattr(our, part) * 1000 for our, _ in pairs],
            [getattr(their, part) * 1000 for _, their in pairs],
            "unfrozen",
            GOAL,
        )
        for name, part in (("CPU", "cpu"), ("wall", "wall"))
    ]


def _command(plan: Plan, command: Path) -> Figure:
    with folder(plan.meetings()) as environment, meeting(environment):

        def up(program: Path) -> Cost:
            cost = cost_of((str(program), "up"), environment)
            tell(environment, {"command": "undo"})  # not measured: so that there is always a step to go up
            return cost

        pairs = alternating(lambda: up(command), lambda: up(COMMAND), plan.pairs * 2)
    ours, theirs = [our.wall * 1000 for our, _ in pairs], [their.wall * 1000 for _, their in pairs]
    return compared("bundle, kohtaava up, wall", ours, theirs, "unfrozen", GOAL)
