"""The memory of a running meeting, alone on the machine, against the bare window."""

import time

from bench.figures import Figure, compared
from bench.plan import Plan
from bench.world import SETTLE_SECONDS, bare, folder, meeting, proportional_mib

GOAL = 1.30
PAIRS = 5


def measure(plan: Plan) -> list[Figure]:
    """One after the other, never both at once: what two processes share would count half for each."""
    ours, theirs = [], []
    for _ in range(PAIRS):
        with folder(plan.meetings()) as environment:
            with bare(environment) as pid:
                time.sleep(SETTLE_SECONDS)
                theirs.append(proportional_mib(pid))
            with meeting(environment) as pid:
                time.sleep(SETTLE_SECONDS)
                ours.append(proportional_mib(pid))
    return [compared("memory (PSS), meeting running", ours, theirs, "bare", GOAL, "MiB")]
