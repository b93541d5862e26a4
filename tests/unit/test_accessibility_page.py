"""The self-assessment in docs/accessibility.md: every clause has a line, and every piece of evidence exists."""

import re
from pathlib import Path

import pytest

import kohtaava_desktop

ROOT = Path(kohtaava_desktop.__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
CELLS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if re.match(r"\| \d", line)]
ROWS = [(cells[0].partition(" ")[0], *cells[1:]) for cells in CELLS]
RESULTS = {"met", "partly", "not tested", "n/a"}
APPLICABLE = {
    "5": ("2", "3", "4", "5", "6", "7", "8", "9"),
    "11.1.1": ("1",),
    "11.1.2": ("1", "2", "3", "4", "5"),
    "11.1.3": ("1", "2", "3", "4", "5"),
    "11.1.4": ("1", "2", "3", "4", "5", "10", "11", "12", "13"),
    "11.2.1": ("1", "2", "4"),
    "11.2.2": ("1", "2"),
    "11.2.3": ("1",),
    "11.2.4": ("3", "4", "6", "7"),
    "11.2.5": ("1", "2", "3", "4"),
    "11.3.1": ("1",),
    "11.3.2": ("1", "2"),
    "11.3.3": ("1", "2", "3", "4"),
    "11.4.1": ("1", "2", "3"),
    "11.5": ("1",),
    "11.5.2": tuple(map(str, range(1, 18))),
    "11.6": ("1", "2"),
    "11": ("7",),
    "11.8": ("1", "2", "3", "4", "5"),
    "12.1": ("1", "2"),
    "12.2": ("2", "3", "4"),
}
"""The clauses of EN 301 549 V3.2.1 that are not void for software that is not a web page (5.1 is about closed ones)."""


def clauses(of: str) -> list[str]:
    """The clauses that one row is about: one, or from one to another."""
    first, _to, last = of.partition("–")
    if not last:
        return [first]
    chapter, begin = first.rsplit(".", 1)
    return [f"{chapter}.{number}" for number in range(int(begin), int(last.rsplit(".", 1)[1]) + 1)]


def test_every_clause_has_one_line() -> None:
    listed = [clause for row in ROWS for clause in clauses(row[0])]
    wanted = [f"{chapter}.{number}" for chapter, numbers in APPLICABLE.items() for number in numbers]
    assert sorted(listed) == sorted(wanted)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_result_is_one_of_four_and_shown(row: tuple[str, ...]) -> None:
    _clause, result, how, evidence = row
    assert result in RESULTS
    if result in ("met", "partly"):
        assert how
        assert evidence


def test_what_is_partly_met_is_told_in_one_place() -> None:
    summary = PAGE.split("## What is not met, in one place")[1].split("##")[0]
    partly = [row[0] for row in ROWS if row[1] == "partly"]
    assert partly
    assert [clause for clause in partly if clause not in summary] == []


@pytest.mark.parametrize("evidence", sorted(set(re.findall(r"`((?:tests|docs|i18n|resources)/[^`]+\.[^`]+)`", PAGE))))
def test_the_evidence_exists(evidence: str) -> None:
    path, _sep, name = evidence.partition("::")
    assert (ROOT / path).is_file()
    if name:
        assert re.search(rf"^def {name}\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
