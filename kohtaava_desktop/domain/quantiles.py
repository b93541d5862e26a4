"""Counted values: how often each was seen, and exact quantiles without unrolling them."""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate

ITEM = "i"  # 32 bits, on all systems that there are
HUNDRED = 100


class Counted:
    """How often each value was seen, by rising values; it never changes."""

    def __init__(self, values: Iterable[int] = (), counts: Iterable[int] = ()) -> None:
        """``values`` in rising order, each with its number in ``counts``, none of which is below 1."""
        self.values, self.counts = array(ITEM, values), array(ITEM, counts)

    @classmethod
    def of(cls, seen: Mapping[int, int]) -> "Counted":
        """What ``seen`` says; values that nobody had are left out."""
        held = sorted(each for each in seen.items() if each[1] > 0)
        return cls((value for value, _ in held), (count for _, count in held))

    @classmethod
    def together(cls, parts: Iterable["Counted"]) -> "Counted":
        """All of ``parts`` in one."""
        held = [part for part in parts if part.values]
        if len(held) < 2:
            return held[0] if held else cls()
        seen: dict[int, int] = {}
        before = seen.get
        for part in held:
            for value, count in part:
                seen[value] = before(value, 0) + count
        return cls.of(seen)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self.values, self.counts, strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and (self.values, self.counts) == (other.values, other.counts)

    def __hash__(self) -> int:
        return hash((tuple(self.values), tuple(self.counts)))

    def __repr__(self) -> str:
        return f"Counted.of({dict(self)})"

    @property
    def n(self) -> int:
        """How many there are in all."""
        return self._until[-1] if self._until else 0

    @property
    def median(self) -> float:
        """The value in the middle."""
        return self.quantile(0.5)

    def quantile(self, share: float) -> float:
        """The value with ``share`` of the others below it, by linear interpolation between the nearest two.

        ``share`` is in whole hundredths, from 0 to 1. The result is the number nearest to the exact value, so that it
        is written with the decimals that it has: a tenth never as 0.3999…. Raises ``ValueError`` when there is none.
        """
        if not self.values:
            raise ValueError("no values")
        rank, hundredths = divmod((self.n - 1) * round(share * HUNDRED), HUNDRED)
        lower = self._at(rank)
        return (lower * HUNDRED + (self._at(min(rank + 1, self.n - 1)) - lower) * hundredths) / HUNDRED

    def less(self, other: "Counted") -> "Counted":
        """Without ``other``, which is part of it."""
        seen = Counter(dict(self))
        seen.subtract(dict(other))
        return Counted.of(seen)

    @cached_property
    def _until(self) -> list[int]:
        return list(accumulate(self.counts))

    def _at(self, rank: int) -> int:
        return self.values[bisect_right(self._until, rank)]
