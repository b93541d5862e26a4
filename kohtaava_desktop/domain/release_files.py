"""A release as the files that leave: a table, its description, and the same as a JSON-stat dataset.

The bytes depend on nothing but the release: no clock, no machine, no language, no version of the program.
"""

import csv
import json
from collections.abc import Mapping
from hashlib import sha256
from io import StringIO
from typing import Any

from kohtaava_desktop.domain.disclosure import NEVER, Bin
from kohtaava_desktop.domain.plan import LONGEST_MINUTES, SHORTEST_MINUTES
from kohtaava_desktop.domain.release import COLUMNS, FORMAT, LETTERS, NAME_LENGTH, PUBLISHED, WITHHELD, Release
from kohtaava_desktop.domain.stages import Stage

TABLE, DESCRIPTION, DATASET = "meetings.csv", "datapackage.json", "meetings.jsonstat.json"
TITLE = "Minutes on each step of client meetings, counted under rules of disclosure"
_ANY = Bin(NEVER, None, 0)
_LINE = "\r\n"


def files_of(release: Release) -> dict[str, bytes]:
    """The files of ``release`` by their names, in the order in which they are written."""
    table = table_of(release)
    return {
        TABLE: table,
        DESCRIPTION: _json(description_of(release, table)),
        DATASET: _json(dataset_of(release)),
    }


def table_of(release: Release) -> bytes:
    """The rows as CSV by RFC 4180, in UTF-8. All cells are numbers or words of ours: no spreadsheet takes a formula."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator=_LINE)
    writer.writerow(COLUMNS)
    writer.writerows(row.cells() for row in release.rows())
    return out.getvalue().encode("utf-8")


def description_of(release: Release, table: bytes) -> dict[str, Any]:
    """The table as a Tabular Data Package, version 1."""
    return {
        "profile": "tabular-data-package",
        "name": release.name,
        "title": TITLE,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "meetings",
                "path": TABLE,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{sha256(table).hexdigest()}",
                "dialect": {"delimiter": ",", "lineTerminator": _LINE, "quoteChar": '"', "header": True},
                "schema": {"fields": _fields(release), "missingValues": [""]},
            }
        ],
        "kohtaava": {
            "format": FORMAT,
            "month": release.month,
            "contributor": release.contributor,
            "smallest_group": release.thresholds.group,
            "smallest_bin": release.thresholds.bin,
            **_made_up(release),
        },
    }


def _made_up(release: Release) -> dict[str, bool]:
    """Said of what is made up only."""
    return {"made_up": True} if release.made_up else {}


def _fields(release: Release) -> list[dict[str, Any]]:
    """The columns, each with its meaning and what it may hold."""
    planned = {"required": True, "minimum": SHORTEST_MINUTES, "maximum": LONGEST_MINUTES}
    details: Mapping[str, tuple[str, dict[str, Any], str]] = {
        "month": ("yearmonth", {"required": True}, "A week belongs to the month of its Thursday."),
        "contributor": (
            "string",
            {"required": True, "pattern": f"[{LETTERS}]{{{NAME_LENGTH}}}"},
            "A random name, new for each month.",
        ),
        "planned_from": ("integer", planned, "The shortest planned length of the group, in minutes."),
        "planned_to": ("integer", planned, "The longest planned length of the group, in minutes."),
        "stage": ("string", {"enum": [stage.key for stage in Stage]}, "The step."),
        "includes_never": ("boolean", {}, "Whether meetings that never were on the step are counted here."),
        "minutes_from": ("integer", {"minimum": 0}, "The fewest whole minutes on the step, all visits together."),
        "minutes_to": ("integer", {"minimum": 0}, "The most; empty: no upper end, or never on it."),
        "meetings": ("integer", {"minimum": release.thresholds.bin}, "How many meetings."),
        "status": ("string", {"required": True, "enum": [PUBLISHED, WITHHELD]}, "Withheld: there were too few."),
    }
    return [
        {"name": name, "type": kind, "description": about}
        | ({"trueValues": ["true"], "falseValues": ["false"]} if kind == "boolean" else {})
        | ({"constraints": constraints} if constraints else {})
        for name, (kind, constraints, about) in ((column, details[column]) for column in COLUMNS)
    ]


def dataset_of(release: Release) -> dict[str, Any]:
    """The rows as a JSON-stat 2.0 dataset: sparse values; a withheld group has a status in place of its values."""
    lengths = {(group.shortest, group.longest): f"{group.shortest}..{group.longest}" for group in release.groups}
    found = {_ends(each) for group in release.groups for _, bins in group.bins for each in bins}
    if release.withheld:
        found.add(_ends(_ANY))
    ends = sorted(found, key=lambda each: (each[0], float("inf") if each[1] is None else each[1]))
    categories = {
        "month": {release.month: release.month},
        "contributor": {release.contributor: release.contributor},
        "planned": {name: f"planned for {low} to {high} minutes" for (low, high), name in lengths.items()},
        "stage": {stage.key: stage.key.capitalize() for stage in Stage},
        "minutes": {_bin_name(each): _bin_label(each) for each in ends},
    }
    values: dict[str, int] = {}
    withheld: dict[str, str] = {}
    for length, group in enumerate(release.groups):
        for stage, bins in group.bins or [(stage, (_ANY,)) for stage in Stage]:
            for each in bins:
                place = str((length * len(Stage) + stage) * len(ends) + ends.index(_ends(each)))
                if group.withheld:
                    withheld[place] = WITHHELD
                else:
                    values[place] = each.meetings
    return {
        "version": "2.0",
        "class": "dataset",
        "label": TITLE,
        "id": list(categories),
        "size": [len(each) for each in categories.values()],
        "role": {"time": ["month"]},
        "dimension": {
            name: {"label": name, "category": {"index": list(each), "label": each}} for name, each in categories.items()
        },
        "value": values,
        **({"status": withheld} if withheld else {}),
        "extension": {
            "kohtaava": {
                "format": FORMAT,
                "smallest_group": release.thresholds.group,
                "smallest_bin": release.thresholds.bin,
                **_made_up(release),
            }
        },
    }


def _ends(each: Bin) -> tuple[int, int | None]:
    return each.lowest, each.highest


def _bin_name(ends: tuple[int, int | None]) -> str:
    """Like ``never..4``, ``5..6`` or ``7..``; both ends are included."""
    low, high = ("never" if end == NEVER else "" if end is None else str(end) for end in ends)
    return f"{low}..{high}"


def _bin_label(ends: tuple[int, int | None]) -> str:
    lowest, highest = ends
    if highest == NEVER:
        return "never on the step"
    minutes = f"{max(lowest, 0)} whole minutes or more" if highest is None else f"{max(lowest, 0)} to {highest} minutes"
    return f"never on the step, or {minutes}" if lowest == NEVER else minutes


def _json(content: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(content, indent=2)}\n".encode("ascii")
