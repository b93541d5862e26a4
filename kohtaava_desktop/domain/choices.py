"""What the filters of the statistics can be chosen from."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choices:
    """What occurs in the meetings that count: each planned length with how many have it, and the ISO weeks, rising."""

    lengths: Mapping[int, int] = field(default_factory=dict)
    weeks: tuple[str, ...] = ()
