"""Planned time and the reserve for the farewell."""

from math import ceil, floor, inf, nextafter
from typing import NamedTuple

from kohtaava_desktop.domain.errors import LengthOutOfRange

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 240
LENGTHS = (15, 20, 30, 45, 60, 90)
"""The lengths offered by name; any whole number in the range can be typed."""

RESERVE_SHARE = 0.15
RESERVE_LEAST_MINUTES = 5
RESERVE_MOST_MINUTES = 15
FORGOTTEN_AFTER_SECONDS = 60 * 60
APPOINTMENT_GRID_MINUTES = 15


def check_length(minutes: int, lowest: int = SHORTEST_MINUTES, highest: int = LONGEST_MINUTES) -> int:
    """``minutes`` unchanged when it is an allowed planned length; raises ``LengthOutOfRange`` otherwise."""
    if not lowest <= minutes <= highest:
        raise LengthOutOfRange(minutes, lowest, highest)
    return minutes


def reserve_minutes(planned_minutes: int, own_median_seconds: float | None = None) -> int:
    """The whole minutes kept for the farewell, rounded up in its favour.

    15 % of the planned length, or the expert's own median farewell where it is given; 5 at least and 15 at most.
    """
    if own_median_seconds is None:
        wanted = ceil(round(planned_minutes * RESERVE_SHARE, 6))
    else:
        wanted = ceil(own_median_seconds / 60)
    return min(max(wanted, RESERVE_LEAST_MINUTES), RESERVE_MOST_MINUTES)


class Plan(NamedTuple):
    """The time there is: from ``start`` for ``planned_minutes``, the last ``reserve_minutes`` for the farewell."""

    start: float
    planned_minutes: int
    reserve_minutes: int

    @property
    def end(self) -> float:
        """The planned end; the one promise about time that the meeting makes."""
        return self.start + self.planned_minutes * 60

    @property
    def reminder_due(self) -> float:
        """When what is left falls to the reserve.

        Never before half of the time is gone: in a meeting of 5 to 9 minutes the least reserve would otherwise remind
        of the farewell in the first sentence.
        """
        return max(self.end - self.reserve_minutes * 60, self.start + self.planned_minutes * 30)

    @property
    def forgotten_due(self) -> float:
        """When a meeting still running counts as forgotten."""
        return self.end + FORGOTTEN_AFTER_SECONDS

    def remaining_minutes(self, now: float) -> int:
        """Whole minutes left, rounded up; 0 in the first minute after the end, then -1, -2, …"""
        return ceil((self.end - now) / 60)

    def next_minute(self, now: float) -> float:
        """The first instant after ``now`` at which ``remaining_minutes`` changes."""
        fewer = self.remaining_minutes(now) - 1
        instant = self.end - fewer * 60
        # Rounding can put the instant a hair before the change; a minute would be missed there.
        return instant if self.remaining_minutes(instant) <= fewer else nextafter(instant, inf)

    def shortest_at(self, now: float) -> int:
        """The least whole minutes to which the plan can be cut at ``now`` without the meeting counting as forgotten."""
        passed = now - self.start - FORGOTTEN_AFTER_SECONDS
        return max(SHORTEST_MINUTES, floor(passed / 60) + 1)


def minutes_to_appointed_end(minute_of_day: int, planned_minutes: int) -> int | None:
    """The shorter length that ends a late start at the appointed end, or ``None`` when the start is not late.

    Appointments are taken to begin on the quarter of an hour. ``minute_of_day`` is the local time of the start in
    whole minutes; the answer is offered from the second minute on, and only while it is an allowed length.
    """
    late = minute_of_day % APPOINTMENT_GRID_MINUTES
    left = planned_minutes - late
    return left if late >= 2 and left >= SHORTEST_MINUTES else None
