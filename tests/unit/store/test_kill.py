"""SIGKILL in the middle of it: what was said to be durable is there at the next start."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kohtaava_desktop.store.journal import Journal
from kohtaava_desktop.store.shelf import Shelf
from tests.unit.store import samples

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="NOT TESTED HERE: Windows has no SIGKILL"),
]
ROOT = Path(__file__).parents[3]


def killed(program_name: str, *words: object, said: int, seconds: float) -> int:
    """Let another program work until it has said ``said`` lines, and kill it ``seconds`` later.

    The last number it said.
    """
    command = [sys.executable, "-m", f"tests.unit.store.{program_name}", *(str(word) for word in words)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        numbers = [int(program.stdout.readline()) for _ in range(said)]
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(seconds)
        program.kill()
        numbers += [int(line) for line in program.stdout if line.endswith(b"\n")]
    assert program.returncode == -signal.SIGKILL
    return numbers[-1]


def test_no_durable_line_is_lost(
    tmp_path: Path, rounds: Callable[[int, int], int], open_journal: Callable[[Path], Journal]
) -> None:
    """One meeting goes on through four kills, then the next begins."""
    chance = Random(20)
    for number in range(rounds(20, 1000)):
        path = tmp_path / str(number // 4) / "meeting-in-hand.db"
        durable = 1 + killed("appender", path, said=chance.randint(1, 40), seconds=chance.uniform(0, 0.004))
        # half of the time the next program finds the files as the kill left them, else closed by this one
        folder = path.parent if chance.random() < 0.5 else tmp_path / f"copy-{number}"
        if folder != path.parent:
            samples.copied(samples.contents(path.parent), folder)
        journal = open_journal(folder / path.name)
        found = journal.read()
        journal.close()
        assert journal.take_notices() == ()
        assert found is not None
        assert not found.damaged
        assert len(found.entries) in (durable, durable + 1)  # the last one may have been written and not yet said
        assert found.entries == samples.entries(len(found.entries))


def test_every_meeting_is_stored_exactly_once(tmp_path: Path, rounds: Callable[[int, int], int]) -> None:
    """The kills fall into storing, overwriting, renaming and removing."""
    chance = Random(21)
    stored = 0
    for _ in range(rounds(20, 500)):
        stored = 1 + killed("settler", tmp_path, stored, said=chance.randint(1, 4), seconds=chance.uniform(0, 0.03))
        shelf = Shelf(tmp_path)
        opening = shelf.open()
        assert opening.notices == ()
        if opening.recovered is not None and opening.recovered.entries == samples.finished(5):
            shelf.settle(samples.record(stored))  # this one had been finished; it may have been stored, too
        else:
            shelf.settle(None)
        found = {record.key: record for record in shelf.meetings.records()}
        assert shelf.take_notices() == ()
        assert samples.names(tmp_path) == ["kohtaava.db"]
        stored = len(found)
        assert found == {record.key: record for record in samples.records(stored)}
