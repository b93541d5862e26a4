"""The four stages of the staircase and the steps allowed between them."""

from enum import IntEnum


class Stage(IntEnum):
    """A stage of *Kohtaavan asiakastyön portaat*, lowest first.

    The order is the method's: no stage is skipped on the way up or down.
    """

    EMPATHY = 0
    GUIDANCE = 1
    ADVICE = 2
    FAREWELL = 3

    @property
    def key(self) -> str:
        """The stable lower-case name used in stored data and on the command line."""
        return self.name.lower()

    @property
    def above(self) -> "Stage | None":
        """The stage one step up, or ``None`` on the top step."""
        return None if self is Stage.FAREWELL else Stage(self + 1)

    @property
    def below(self) -> "Stage | None":
        """The stage one step down, or ``None`` on the bottom step."""
        return None if self is Stage.EMPATHY else Stage(self - 1)


BY_KEY = {stage.key: stage for stage in Stage}
"""The stages by their keys."""
