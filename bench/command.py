"""``kohtaava up`` as a whole process, against a Python that does nothing."""

import sys

from bench.figures import Figure, compared
from bench.plan import Plan
from bench.world import COMMAND, Cost, alternating, cost_of, folder, meeting, tell

GOAL = 3.0


def measure(plan: Plan) -> list[Figure]:
    """The installed script and ``python -c pass`` of the same environment, in alternating pairs."""
    with folder(plan.meetings()) as environment, meeting(environment):

        def up() -> Cost:
            cost = cost_of((str(COMMAND), "up"), environment)
            tell(environment, {"command": "undo"})  # not measured: so that there is always a step to go up
            return cost

        pairs = alternating(up, lambda: cost_of((sys.executable, "-c", "pass"), environment), plan.pairs * 2)
    ours, theirs = [our.wall * 1000 for our, _ in pairs], [their.wall * 1000 for _, their in pairs]
    return [compared("kohtaava up, wall", ours, theirs, "python -c pass", GOAL)]
