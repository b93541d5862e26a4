"""The bundle for Linux against the program in an environment of the same Python: first frame, and ``kohtaava up``."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure
from bench.pairs import first_frames, in_milliseconds, step_up
from bench.plan import Plan
from bench.world import COMMAND, FIRST_FRAME, alternating, folder, meeting
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
    what, ours = "bundle, start to first paint", (str(to_first_frame),)
    with folder(plan.meetings()) as environment:
        return first_frames(what, ours, FIRST_FRAME, environment, plan.pairs, "unfrozen", GOAL)


def _command(plan: Plan, command: Path) -> Figure:
    with folder(plan.meetings()) as environment, meeting(environment):
        costs = alternating(
            lambda: step_up(command, environment), lambda: step_up(COMMAND, environment), plan.pairs * 2
        )
    return in_milliseconds("bundle, kohtaava up, wall", costs, "unfrozen", GOAL)
