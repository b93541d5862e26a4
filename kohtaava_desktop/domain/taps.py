"""The double-tap guard: two taps within 400 ms count as one."""

from dataclasses import dataclass

DOUBLE_TAP_SECONDS = 0.4


@dataclass(slots=True)
class TapGuard:
    """Lets a tap through unless another came through less than 400 ms before it.

    It looks across commands: the place of *step up* is the place of *finish* one tap later. Only the pointer and
    shortcuts are guarded; the command line means what it says.
    """

    last: float | None = None

    def lets_through(self, steady: float) -> bool:
        """Whether a tap at ``steady`` (seconds on the steady clock) counts."""
        if self.last is not None and 0 <= steady - self.last < DOUBLE_TAP_SECONDS:
            return False
        self.last = steady
        return True
