"""``kohtaava up`` as a whole process, against a Python that does nothing."""

import sys

from bench.figures import Figure
from bench.pairs import in_milliseconds, step_up
from bench.plan import Plan
from bench.world import COMMAND, alternating, cost_of, folder, meeting

GOAL = 3.0
NOTHING = (sys.executable, "-c", "pass")


def measure(plan: Plan) -> list[Figure]:
    """The installed script and ``python -c pass`` of the same environment, in alternating pairs."""
    with folder(plan.meetings()) as environment, meeting(environment):
        costs = alternating(
            lambda: step_up(COMMAND, environment), lambda: cost_of(NOTHING, environment), plan.pairs * 2
        )
    return [in_milliseconds("kohtaava up, wall", costs, "python -c pass", GOAL)]
