"""The one moment that everything shipped is dated by, so that two builds of one commit are the same."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from release.windows.product import EPOCH
from release.windows.wheels import ROOT

VARIABLE = "SOURCE_DATE_EPOCH"


def moment() -> int:
    """Seconds: ``SOURCE_DATE_EPOCH``, else the time of the commit, else a fixed one where there is no repository."""
    if (given := os.environ.get(VARIABLE, "")).isdigit():
        return int(given)
    words = ("git", "-C", str(ROOT), "log", "-1", "--format=%ct")
    try:
        said = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        said = ""
    return int(said) if said.isdigit() else EPOCH


def day(seconds: int) -> str:
    """The day of ``seconds`` in UTC, like 2026-11-22."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def settle(folder: Path, seconds: int) -> None:
    """Date everything in ``folder``, and the folder itself, by ``seconds``."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (seconds, seconds), follow_symlinks=False)
