"""What is given out of one month: the groups that the rules of disclosure let through, as rows.

A release is made once and kept, so that the same month given out again is the same. Its contributor is a random name
of that month only: two months of one person cannot be told to be one person's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kohtaava_desktop.domain.disclosure import NEVER, Bin, Group, Thresholds
from kohtaava_desktop.domain.stages import BY_KEY, Stage

FORMAT = 1
"""The version of the files, ``docs/export-format.md``; one that has been given out is never changed."""
LETTERS = "bcdfghjkmnpqrstvwxz"
"""What the name of a contributor is made of: it spells no word, and no spreadsheet takes it for a number."""
NAME_LENGTH = 16
COLUMNS = (
    "month",
    "contributor",
    "planned_from",
    "planned_to",
    "stage",
    "includes_never",
    "minutes_from",
    "minutes_to",
    "meetings",
    "status",
)
"""The columns of the table that leaves, documented in ``docs/export-format.md``."""
PUBLISHED, WITHHELD = "published", "withheld"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table that leaves. ``None`` is an empty cell.

    ``meetings`` of the planned lengths ``planned_from`` to ``planned_to`` spent ``minutes_from`` to ``minutes_to``
    whole minutes on ``stage``, or, where ``includes_never``, never were on it. Without ``minutes_to`` there is no upper
    end; without either they all never were on it. In a row that is ``withheld`` only the lengths are told.
    """

    month: str
    contributor: str
    planned_from: int
    planned_to: int
    stage: Stage | None = None
    includes_never: bool | None = None
    minutes_from: int | None = None
    minutes_to: int | None = None
    meetings: int | None = None

    @property
    def status(self) -> str:
        """``published`` or ``withheld``."""
        return WITHHELD if self.stage is None else PUBLISHED

    def cells(self) -> tuple[str, ...]:
        """The row as text, in the order of ``COLUMNS``."""
        return (
            self.month,
            self.contributor,
            str(self.planned_from),
            str(self.planned_to),
            "" if self.stage is None else self.stage.key,
            "" if self.includes_never is None else str(self.includes_never).lower(),
            *("" if each is None else str(each) for each in (self.minutes_from, self.minutes_to, self.meetings)),
            self.status,
        )


def folder_name(month: str, contributor: str) -> str:
    """The name of the folder that what ``contributor`` gives out of ``month`` is written into."""
    return f"kohtaava-{month}-{contributor}"


@dataclass(frozen=True, slots=True)
class Release:
    """What leaves of ``month``, under the ``thresholds`` that held when it was made.

    ``made_up``: nobody ever held these meetings; whoever reads it is told so.
    """

    month: str
    contributor: str
    groups: tuple[Group, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    made_up: bool = False

    @property
    def name(self) -> str:
        """The name of its folder."""
        return folder_name(self.month, self.contributor)

    @property
    def withheld(self) -> bool:
        """Whether something of it is withheld."""
        return any(group.withheld for group in self.groups)

    def rows(self) -> Iterator[Row]:
        """Exactly what leaves, in a fixed order."""
        for group in self.groups:
            key = (self.month, self.contributor, group.shortest, group.longest)
            if group.withheld:
                yield Row(*key)
            for stage, bins in group.bins:
                for each in bins:
                    yield Row(*key, stage, *_minutes(each), each.meetings)

    def content(self) -> dict[str, Any]:
        """The release as plain values, to be kept; ``from_content`` reads them."""
        return {
            **({"made_up": True} if self.made_up else {}),
            "thresholds": {"group": self.thresholds.group, "bin": self.thresholds.bin},
            "groups": [
                {
                    "planned": [group.shortest, group.longest],
                    "bins": {
                        stage.key: [[each.lowest, each.highest, each.meetings] for each in bins]
                        for stage, bins in group.bins
                    },
                }
                for group in self.groups
            ],
        }

    @classmethod
    def from_content(cls, month: str, contributor: str, content: Mapping[str, Any]) -> "Release":
        """The release that ``content`` was made of; raises what comes when ``content`` is nothing of ours."""
        groups = tuple(
            Group(
                each["planned"][0],
                each["planned"][1],
                tuple((BY_KEY[key], tuple(Bin(*values) for values in bins)) for key, bins in each["bins"].items()),
            )
            for each in content["groups"]
        )
        return cls(month, contributor, groups, Thresholds(**content["thresholds"]), content.get("made_up") is True)


def _minutes(each: Bin) -> tuple[bool, int | None, int | None]:
    """Whether those that never were there are in the bin, and its minutes."""
    if each.highest == NEVER:
        return True, None, None
    return each.lowest == NEVER, max(each.lowest, 0), each.highest
