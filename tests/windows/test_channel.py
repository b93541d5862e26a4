"""The control channel over the named pipes of Windows, guest and server in Windows' own Python."""

from pathlib import Path

import pytest

from release.project import ROOT
from release.windows.layout import BUILD
from release.windows.wine import Wine
from tests.windows.room import said

CHECKS = ["passed_on", "too_long", "silence", "leaving", "deaf", "too_many", "closing", "strangers", "others", "rules"]
SCRIPT = ROOT / "tests" / "windows" / "inside" / "channel.py"

pytestmark = pytest.mark.windows


@pytest.mark.parametrize("check", CHECKS)
def test_the_channel(wine: Wine, layout: Path, check: str) -> None:
    python = BUILD / "python" / "python.exe"
    done = wine.run([python, "-I", SCRIPT, layout / "runtime" / "lib", check])
    assert (done.returncode, said(done)) == (0, "done\n")
