"""Our team as it reaches whoever cannot see it: a screen reader goes through it, the keyboard alone leads through it.

The folder is a made-up team's. In one month an export was edited by hand, so that too few are left of that month.
"""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import Desk
from tests.e2e.found import check
from tests.e2e.reader import Cell, Reader
from tests.e2e.screen import until
from tests.e2e.test_keyboard_alone import Hands, open_from_menu

TEAM, OTHERS = "Our team", "Planned length: 30–59 min, others"
UNTIL, BROKEN = "2024-12", "2024-03"
"""The last month of the exports, and the month of which too few can be read."""
STEPS = ("empathy", "guidance", "advice", "farewell")
TITLES = ("Typical meeting of the team", "Farewell", "How long the steps were", "Month by month")
TYPICAL, FAREWELL, STEPWISE, MONTHLY = TITLES
PAIR = [30, 59]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders of teams are kept for the tests of this file."""
    return tmp_path_factory.mktemp("teams")


@pytest.fixture
def team(desk: Desk, folders: Path) -> Path:
    """The exports of a made-up team of three; two of them are not as they were written."""
    folder = folders / "made-up" / "demo-team"
    if not folder.exists():
        said = desk.kohtaava("demo-data", str(folder.parent), "--seed", "7", "--experts", "3", "--until", UNTIL)
        assert said.code == 0, said.err
        edited = min(folder.glob(f"kohtaava-{BROKEN}-*")) / "meetings.csv"
        lines = edited.read_bytes().splitlines(keepends=True)
        lines[3] = lines[3].replace(b"published", b"guessed")
        edited.write_bytes(b"".join(lines))
        shutil.copytree(min(folder.glob("kohtaava-2024-05-*")), folder / "kohtaava-2024-05-copy")
    return folder


@pytest.fixture
def hands(desk: Desk, reader: Reader, tmp_path: Path) -> Hands:
    """On the keyboard."""
    return Hands(desk, reader, tmp_path)


def opened(desk: Desk, reader: Reader, hands: Hands) -> None:
    """The window, chosen from the menu by keyboard."""
    desk.start()
    hands.take()
    open_from_menu(hands, "Our team…")
    reader.find(TEAM, "frame")
    until("the keyboard in the window", lambda: reader.focused()[-1:] == (TEAM,))


def told(reader: Reader, what: str) -> None:
    """Wait until the last that a reader has heard has ``what`` in it."""
    until(f"{what!r} being said", lambda: what in plain((reader.announcements() or [""])[-1]))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def spelled(month: str) -> str:
    """A month as it is read in English."""
    return date.fromisoformat(f"{month}-01").strftime("%B %Y")


def read(reader: Reader, title: str) -> dict[tuple[str, str], str]:
    """The table of a card, cell by cell: by what is said of its row and its column."""
    rows: list[list[Cell]] = reader.table(title)
    assert rows, title
    cells = [cell for row in rows for cell in row]
    for cell in cells:
        assert (len(cell.row), len(cell.column)) == (1, 1), cell
        assert all((cell.name, cell.row[0], cell.column[0])), cell
    found = {(cell.row[0], cell.column[0]): plain(cell.name) for cell in cells}
    assert len(found) == len(cells), "two cells that are said to be of the same row and column"
    assert all(row[0].name == row[0].row[0] for row in rows), "the header of a row is what begins it"
    return found


def team_values(desk: Desk, folder: Path) -> dict[str, Any]:
    """What ``kohtaava team --json`` tells of ``folder``."""
    values: dict[str, Any] = json.loads(desk.kohtaava("team", str(folder), "--json").out)["team"]
    return values


def surely(point: dict[str, float | None], unit: str = "") -> str:
    """The sure range of a median as it is read."""
    lowest, highest = int(point["at_least"] or 0), point["at_most"]
    return f"{lowest} or more" if highest is None else f"{lowest}–{-int(-highest // 1)}{unit}"


def by_steps(group: dict[str, Any]) -> dict[tuple[str, str], str]:
    """The table of the steps that belongs to ``group``."""
    cells = {}
    for step in STEPS:
        median, half = group["stages"][step]["median"], group["stages"][step]["middle_half"]
        lower, upper = (int(end["minutes"] + 0.5) for end in half)
        name = step.capitalize()
        cells[name, "Step"] = name
        cells[name, "Median"] = f"{int(median['minutes'] + 0.5)} min"
        cells[name, "surely"] = surely(median)
        cells[name, "middle half about"] = f"{lower}–{upper} min"
    return cells


def by_months(values: dict[str, Any], planned: list[int]) -> dict[tuple[str, str], str]:
    """The table of the months of those lengths."""
    cells = {}
    for month in values["months"]:
        group = next((each for each in month["groups"] if each["planned"] == planned), None)
        row = {"Month": spelled(month["month"])}
        bands = [each for each in month["groups"] if each["planned"][0] in planned or each["planned"][1] in planned]
        apart = any(not each["withheld"] for each in bands)
        missing = "withheld" if group or (bands and not apart) else "told apart" if bands else "no value"
        for step in STEPS:
            row[step.capitalize()] = missing if group is None else shown(group, step)
        row["Meetings"] = missing if group is None or group["withheld"] else str(group["meetings"])
        row["Contributors"] = missing if group is None or group["withheld"] else str(group["contributors"][0])
        cells.update({(row["Month"], column): text for column, text in row.items()})
    return cells


def shown(group: dict[str, Any], step: str) -> str:
    if group["withheld"]:
        return "withheld"
    median = group["stages"][step]["median"]
    return f"{int(median['minutes'] + 0.5)} min ({surely(median)})"


def test_everything_is_read_cell_by_cell_and_withheld_is_no_zero(
    desk: Desk, reader: Reader, hands: Hands, team: Path
) -> None:
    """Roles, names, each chart as a table with its headers, what is withheld, and which files were left out and why."""
    desk.settings(team_folder=str(team))
    values = team_values(desk, team)
    opened(desk, reader, hands)
    told(reader, "MADE-UP DATA")
    check(reader, TEAM, *TITLES)
    reader.press(OTHERS, "check box")
    told(reader, "30–59 min, others planned")
    [group] = [each for each in values["groups"] if each["planned"] == PAIR]
    for title in (TYPICAL, STEPWISE):
        reader.press(f"Table: {title}")
        assert read(reader, title) == by_steps(group)
    reader.press(f"Table: {FAREWELL}")
    assert str(group["meetings"]) in read(reader, FAREWELL).values()
    reader.press("2 files left out", "check box")
    check(reader, *TITLES, "Files left out")
    assert sorted(reader.text("Files left out").splitlines()) == skipped_of(team)
    reader.press(f"Table: {MONTHLY}")  # the largest comes last: everything that shows is gone through each time
    months = read(reader, MONTHLY)
    assert months == by_months(values, PAIR)
    assert {months[spelled(BROKEN), step.capitalize()] for step in STEPS} == {"withheld"}
    assert "told apart" in months.values(), "a month in which the bands stand by themselves is no withheld one"
    desk.quit()


def skipped_of(team: Path) -> list[str]:
    """What is to be read of the two files that are not as they were written."""
    edited = min(team.glob(f"kohtaava-{BROKEN}-*")).name
    return [
        f"Skipped: {edited}/meetings.csv, line 4: there is no such status: guessed.",
        "Skipped: kohtaava-2024-05-copy: its name is not that of an export (a renamed copy has no such name).",
    ]


def test_month_and_folder_are_chosen_by_keyboard_alone_and_escape_leads_out(
    desk: Desk, reader: Reader, hands: Hands, team: Path, tmp_path: Path
) -> None:
    """From the menu to another folder and back to the overlay, without the pointer; each value of a chart is said."""
    other = tmp_path / "spring"
    for month in ("2024-04", "2024-05", "2024-06"):
        for export in team.glob(f"kohtaava-{month}-*"):
            shutil.copytree(export, other / export.name)
    desk.settings(team_folder=str(team))
    opened(desk, reader, hands)
    told(reader, "MADE-UP DATA")
    hands.go_to("All months", window=TEAM)
    hands.press("Down")
    told(reader, f" · {spelled(UNTIL)} · ")
    hands.go_to(MONTHLY, window=TEAM)
    hands.press("Home")
    told(reader, "January 2024: ")
    hands.press("Right", "Right")
    told(reader, f"{spelled(BROKEN)}: ")
    hands.go_to("2 files left out", window=TEAM)
    hands.press("space")
    hands.await_focus("Files left out", TEAM)
    hands.go_to("Other folder…", "shift+Tab", TEAM)
    hands.press("Return")
    reader.find("Team folder", "dialog")
    until("the keyboard in the dialog", lambda: reader.focused()[-1:] == ("Team folder",))
    desk.screen.do("type", str(other))
    hands.press("Return")
    told(reader, "June 2024 · ")
    reader.await_gone("2 files left out")
    hands.press("Escape")
    reader.await_gone(TEAM)
    hands.await_focus("Start meeting")
    desk.quit()
