"""How much is measured: everything, or enough to see whether something has changed."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.history import fill


@dataclass(slots=True)
class Plan:
    """``window`` is in seconds; ``say`` tells whoever waits what is being done."""

    pairs: int = 21
    taps: int = 1000
    window: float = 600.0
    stored: int = 5000
    most: int = 1_000_000
    say: Callable[[str], None] = print
    _folder: Path | None = field(default=None, init=False)

    def meetings(self) -> Path:
        """A data folder with ``stored`` finished meetings, to be copied; made once."""
        if self._folder is None:
            self.say(f"storing {self.stored} meetings")
            self._folder = Path(tempfile.mkdtemp(prefix="kohtaava-bench-meetings-"))
            fill(self._folder, self.stored)
        return self._folder

    def clean_up(self) -> None:
        """Remove what ``meetings`` made."""
        if self._folder is not None:
            shutil.rmtree(self._folder)
            self._folder = None


def quick() -> Plan:
    """A few minutes' worth."""
    return Plan(pairs=15, taps=200, window=60.0, most=100_000)
