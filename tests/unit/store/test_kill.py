"""SIGKILL in the middle of it: what was said to be durable is there at the next start."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kohtaava_desktop.store.journal import Journal
from tests.unit.store import samples

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="NOT TESTED HERE: Windows has no SIGKILL"),
]
ROOT = Path(__file__).parents[3]


def killed(path: Path, taps: int, seconds: float) -> int:
    """Let another program append to ``path`` until ``taps`` more lines are durable, and kill it ``seconds`` later.

    How many lines it said were durable.
    """
    command = [sys.executable, "-m", "tests.unit.store.appender", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        said = [int(program.stdout.readline()) for _ in range(taps)]
        with pytest.raises(subprocess.TimeoutExpired):
            program.wait(seconds)
        program.kill()
        said += [int(line) for line in program.stdout if line.endswith(b"\n")]
    assert program.returncode == -signal.SIGKILL
    return said[-1] + 1


def test_no_durable_line_is_lost(
    tmp_path: Path, rounds: Callable[[int, int], int], open_journal: Callable[[Path], Journal]
) -> None:
    """One meeting goes on through four kills, then the next begins."""
    chance = Random(20)
    for number in range(rounds(20, 1000)):
        path = tmp_path / str(number // 4) / "meeting-in-hand.db"
        durable = killed(path, chance.randint(1, 40), chance.uniform(0, 0.004))
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
