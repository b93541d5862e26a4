"""Start to the first painted frame, with the meetings of years present, against the bare window."""

from pathlib import Path

from bench.figures import Figure
from bench.pairs import first_frames
from bench.plan import Plan
from bench.world import BARE, FIRST_FRAME, folder

GOAL = 1.30


def measure(plan: Plan) -> list[Figure]:
    """CPU and wall time of whole processes that end with their first frame, in alternating pairs."""
    with folder(plan.meetings()) as environment:
        figures = first_frames("start to first paint", FIRST_FRAME, BARE, environment, plan.pairs, "bare", GOAL)
        assert not Path(environment["KOHTAAVA_DATA_DIR"], "meeting-in-hand.db").exists()
    return figures
