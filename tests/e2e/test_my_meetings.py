"""My meetings and an export through assistive technology alone, beside a running meeting, which goes on undisturbed."""

import csv
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import Desk, taps
from tests.e2e.found import check
from tests.e2e.reader import Node, Reader
from tests.e2e.screen import until
from tests.e2e.test_keyboard_alone import Hands, open_from_menu

EXPERT, DATABASE = "demo-expert-01", "kohtaava.db"
MIRROR, EXPORT = "My meetings", "Export a month"
STEPS = ("Empathy", "Guidance", "Advice", "Farewell")
Table = list[list[str]]


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Desk], None]:
    """Gives a desk the made-up meetings of a year, none of which has been given out."""
    room = tmp_path_factory.mktemp("made-up") / "demo"

    def give(desk: Desk) -> None:
        if not room.exists():
            said = desk.kohtaava("demo-data", str(room), "--seed", "7", "--experts", "3")
            assert said.code == 0, said.err
        desk.data.mkdir(mode=0o700, exist_ok=True)
        shutil.copy(room / EXPERT / DATABASE, desk.data / DATABASE)
        with closing(sqlite3.connect(desk.data / DATABASE)) as connection, connection:
            assert connection.execute("DELETE FROM release").rowcount > 6

    return give


@pytest.fixture
def running(desk: Desk, reader: Reader, hands: Hands, made_up: Callable[[Desk], None]) -> dict[str, Any]:
    """A meeting that runs in Guidance on a desk with a year of meetings; its taps so far."""
    made_up(desk)
    (desk.room / "share").mkdir()
    desk.settings(team_folder=str(desk.room / "share"), view="open", announcement_seconds=5, summary_seconds=120)
    desk.start()
    desk.tell("start", "--minutes", "45")
    desk.tell("up")
    hands.take()
    open_from_menu(hands, "My meetings…")
    reader.find(MIRROR, "frame")
    until("the meetings being counted", lambda: any("meetings" in said for said in reader.announcements()))
    return taps(desk.status())


@pytest.fixture
def hands(desk: Desk, reader: Reader, tmp_path: Path) -> Hands:
    """On the keyboard: menus are for whoever has it."""
    return Hands(desk, reader, tmp_path)


def table(reader: Reader, name: str) -> Table:
    """The cells of the table ``name``, row by row, as a screen reader finds them; none while it is not there."""
    shown = reader.showing()
    outer = next((node for node in shown if (node.name, node.role) == (name, "table")), None)
    if outer is None:
        return []
    cells = [node for node in shown if node.role == "table cell" and node.path[: len(outer.path)] == outer.path]
    rows: dict[int, list[Node]] = {}
    for cell in cells:
        assert cell.box is not None
        rows.setdefault(cell.box[1], []).append(cell)
    ordered = [sorted(rows[top], key=lambda cell: cell.box or (0,) * 4) for top in sorted(rows)]
    return [[plain(cell.name) for cell in row] for row in ordered]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def given_out(folder: Path) -> dict[str, bytes]:
    """All files of the one export in ``folder``."""
    [export] = folder.iterdir()
    return {f"{export.name}/{each.name}": each.read_bytes() for each in sorted(export.iterdir())}


def test_a_month_is_given_out_beside_a_running_meeting(
    desk: Desk, reader: Reader, hands: Hands, running: dict[str, Any]
) -> None:
    """What the window shows and writes is what the command line does, and the second time it is the same."""
    journal = desk.journal_files()
    reader.press("Export a month…")
    until("the months", lambda: "enabled" in reader.find("Show what leaves").states)
    until("the keyboard at the month", lambda: "20" in "".join(reader.focused()[:1]))  # a list is heard as its entry
    reader.press("Show what leaves")
    until("the rows", lambda: table(reader, "What leaves"))
    share, other = desk.room / "share", desk.room / "other"
    assert list(share.iterdir()) == [], "nothing is written before it is asked for"
    until("the rows to be written", lambda: "enabled" in reader.find("Write").states)
    seen = until("the rows as they stay", lambda: table(reader, "What leaves"))
    reader.press("Write")
    until("what was written being said", lambda: any(said.startswith("Written: ") for said in reader.announcements()))
    written = given_out(share)
    rows = list(
        csv.DictReader(next(text.decode() for name, text in written.items() if name.endswith(".csv")).splitlines())
    )
    assert 4 < len(seen) <= len(rows), "those that are scrolled away do not show"
    for cells, row in zip(seen, rows, strict=False):
        assert cells[0] == f"{row['planned_from']}–{row['planned_to']} min"
        withheld = cells[1:] == ["no value", "no value", "withheld"]
        assert (cells[1].lower(), cells[3]) == (row["stage"], row["meetings"]) or withheld
    other.mkdir()
    said = desk.kohtaava("export", "--to", str(other))
    assert said.code == 0, said.err
    assert given_out(other) == written
    until("the first errand's end", lambda: "enabled" in reader.find("Write").states)
    reader.press("Write")
    until("that it is there being said", lambda: "It is there already, and the same" in reader.announcements()[-1])
    assert given_out(share) == written
    assert (taps(desk.status()), desk.journal_files()) == (running, journal)
    reader.press("Close")
    reader.await_gone(EXPORT)
    before = len(desk.stored())
    desk.tell("finish")
    reader.press("Done")
    desk.await_status(state="idle")
    desk.quit()
    assert len(desk.stored()) == before + 1


def medians(desk: Desk, *words: str) -> dict[str, list[str]]:
    """Median and number of each step, as ``kohtaava stats`` tells them."""
    stages = json.loads(desk.kohtaava("stats", "--json", *words).out)["stages"]
    return {
        step: [f"{stages[step.lower()]['median'] / 60:.9f}", str(stages[step.lower()]["meetings"])] for step in STEPS
    }


def told(reader: Reader) -> dict[str, list[str]]:
    """Median and number of each step, as the table has them."""
    rows = table(reader, "Typical meeting")
    return {row[0]: [row[1], row[5]] for row in rows if len(row) > 5}  # fewer while it is filled anew


def rounded(numbers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {step: [f"{int(float(median) + 0.5)} min", count] for step, (median, count) in numbers.items()}


def test_my_meetings_are_read_as_tables_filtered_and_kept(desk: Desk, reader: Reader, running: dict[str, Any]) -> None:
    """Whoever does not see the charts has the same numbers; and what is seen can be kept."""
    reader.press("Table: Typical meeting")
    everything = rounded(medians(desk))
    until("all meetings", lambda: told(reader) == everything)
    check(reader, MIRROR)
    reader.press("Planned length: 45 min", "check box")
    wanted = rounded(medians(desk, "--planned", "45"))
    assert wanted != everything
    until("the meetings of 45 minutes", lambda: told(reader) == wanted)
    until("what they are being said", lambda: "45 min planned" in reader.announcements()[-1])
    picture = desk.room / "kept.png"
    desk.screen.do("search", "--name", f"^{MIRROR}$", "windowactivate", "--sync")
    desk.screen.press("ctrl+s")
    reader.find("Save as a picture", "dialog")
    until("the keyboard in the dialog", lambda: reader.settled()[-1] == "Save as a picture")
    desk.screen.do("type", str(picture))
    desk.screen.press("Return")
    until("the picture", partial(is_png, picture))
    until("that it was saved being said", lambda: reader.announcements()[-1] == f"Saved: {picture}")
    until("the keyboard in the window", lambda: reader.settled()[-1] == MIRROR)
    desk.screen.press("Escape")
    reader.await_gone(MIRROR)
    assert taps(desk.status()) == running
    desk.quit()


def is_png(path: Path) -> bool:
    return path.exists() and path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"


def test_quit_while_meetings_are_added_up(
    desk: Desk, reader: Reader, hands: Hands, made_up: Callable[[Desk], None]
) -> None:
    """The program ends without a word, and the next one has all meetings; no sum is wrong."""
    made_up(desk)
    stored = desk.stored()
    desk.start()
    for _time in range(3):
        with closing(sqlite3.connect(desk.data / DATABASE)) as connection, connection:
            connection.execute("DELETE FROM tally")
            connection.execute("INSERT OR IGNORE INTO not_added_up SELECT key FROM meeting")
        hands.take()
        open_from_menu(hands, "My meetings…")
        desk.quit()
        desk.start()
    assert desk.kohtaava("doctor").code == 0
    assert desk.stored() == stored
    desk.quit()
