"""The one moment that everything shipped is dated by, so that two builds of one commit are the same."""

import os
from datetime import UTC, datetime
from pathlib import Path

from release.project import ROOT
from release.tools import run

VARIABLE = "SOURCE_DATE_EPOCH"
WITHOUT_COMMIT = 1577836800
"""Seconds: 2020-01-01, for sources that are no repository."""
EARLIEST = 315619200
"""Seconds: 1980-01-02. Archives that are zip or cabinet files know no earlier day, wherever they are unpacked."""


def moment() -> int:
    """Seconds: ``SOURCE_DATE_EPOCH``, else the time of the commit, else a fixed one where there is no repository.

    Raises ``Unbuildable`` where there is a repository that git does not read.
    """
    if (given := os.environ.get(VARIABLE, "")).isdigit():
        return max(int(given), EARLIEST)
    if not (ROOT / ".git").exists():
        return WITHOUT_COMMIT
    # whoever owns the checkout: nothing is read of it but one date
    return int(run("git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "log", "-1", "--format=%ct"))


def day(seconds: int) -> str:
    """The day of ``seconds`` in UTC, like 2026-11-22."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def settle(folder: Path, seconds: int) -> None:
    """Date everything in ``folder``, and the folder itself, by ``seconds``."""
    for path in (*folder.rglob("*"), folder):
        os.utime(path, (seconds, seconds), follow_symlinks=False)
