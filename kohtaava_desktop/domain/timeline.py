"""The meeting timeline: one line of seconds on which a meeting happens, whatever the clocks do.

It runs with the computer's steady clock, which counts sleep and ignores the wall clock being set. A reboot breaks the
steady clock; the timeline then goes on by the wall clock, and never backwards.
"""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kohtaava_desktop.domain.events import GapKind

GAP_SECONDS = 2 * 60
"""Shorter gaps are nobody's business: the meeting simply went on."""


class Reading(NamedTuple):
    """The clocks, read at one instant, in seconds.

    ``wall`` is the time since 1970, ``steady`` counts on through sleep, ``awake`` stands still in it, and ``boot``
    names the boot that ``steady`` and ``awake`` count from.
    """

    wall: float
    steady: float
    awake: float
    boot: str


class Mark(NamedTuple):
    """An instant of the timeline (``at``) nailed to a reading of the clocks."""

    at: float
    reading: Reading

    def instant(self, reading: Reading) -> float:
        """Where ``reading`` lies on the timeline; never before this mark."""
        passed = reading.steady - self.reading.steady
        # A steady clock that ran backwards was started anew, even where the system cannot tell its boots apart.
        if reading.boot != self.reading.boot or passed < 0:
            passed = reading.wall - self.reading.wall
        return self.at + max(0.0, passed)

    def renewed(self, reading: Reading) -> "Mark":
        """The same timeline nailed to ``reading``.

        For the first reading of a new run of the program: from there on the steady clock counts again after a reboot.
        With the old mark the wall clock would go on counting, leaps and all.
        """
        return Mark(self.instant(reading), reading)


def begin(reading: Reading) -> Mark:
    """A new timeline that agrees with the wall clock now."""
    return Mark(reading.wall, reading)


def gap_between(earlier: Reading, later: Reading) -> "tuple[float, GapKind] | None":
    """The gap of over two minutes between two readings of one running program, if there is one.

    Sleep counts first; what the wall clock leapt ahead beyond that is a leap of the clock. A clock set back hides
    nothing, so there is nothing to ask.
    """
    from kohtaava_desktop.domain.events import GapKind  # the first frame reads a clock and knows of no events

    passed = later.steady - earlier.steady
    slept = passed - (later.awake - earlier.awake)
    if slept > GAP_SECONDS:
        return slept, GapKind.SLEEP
    leapt = (later.wall - earlier.wall) - passed
    if leapt > GAP_SECONDS:
        return leapt, GapKind.CLOCK
    return None
