"""Start to the first painted frame, with the meetings of years present, against the bare window."""

from pathlib import Path

from bench.figures import Figure, compared
from bench.plan import Plan
from bench.world import BARE, FIRST_FRAME, alternating, cost_of, folder

GOAL = 1.30


def measure(plan: Plan) -> list[Figure]:
    """CPU and wall time of whole processes that end with their first frame, in alternating pairs."""
    with folder(plan.meetings()) as environment:
        pairs = alternating(lambda: cost_of(FIRST_FRAME, environment), lambda: cost_of(BARE, environment), plan.pairs)
        assert not Path(environment["KOHTAAVA_DATA_DIR"], "meeting-in-hand.db").exists()
    return [
        compared(
            f"start to first paint, {name}",
            [getattr(our, part) * 1000 for our, _ in pairs],
            [getattr(their, part) * 1000 for _, their in pairs],
            "bare",
            GOAL,
        )
        for name, part in (("CPU", "cpu"), ("wall", "wall"))
    ]
