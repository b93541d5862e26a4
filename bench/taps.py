"""From a tap to the frame that shows it, and to the disk that holds it."""

import json
import subprocess
import sys

from bench.figures import Figure, percentile, shown
from bench.plan import Plan
from bench.world import folder

PAINTED_GOAL = 16.0
DURABLE_GOAL = 5.0


def measure(plan: Plan) -> list[Figure]:
    """All in one run of the real program, see ``bench.tapping``."""
    with folder(plan.meetings()) as environment:
        plan.say(f"tapping {plan.taps} times")
        run = subprocess.run(
            (sys.executable, "-m", "bench.tapping", str(plan.taps)),
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    times: dict[str, list[float]] = json.loads(run.stdout)
    return [
        _figure("tap to painted frame", times["painted"], PAINTED_GOAL),
        _figure("tap to durable", times["durable"], DURABLE_GOAL),
        _figure("one entry through the store", times["append"], DURABLE_GOAL),
        _figure("one row with sqlite3 alone", times["sqlite3"], None),
    ]


def _figure(what: str, milliseconds: list[float], goal: float | None) -> Figure:
    middle, worst = percentile(milliseconds, 50), max(milliseconds)
    note = f"p50 {shown(middle)}, longest {shown(worst)} ms of {len(milliseconds)}"
    detail = {"milliseconds": milliseconds}
    return Figure(f"{what}, p99", percentile(milliseconds, 99), "ms", goal, note, detail)
