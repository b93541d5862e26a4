"""The installed program in a Windows, driven by its own command line."""

import json
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from release.windows.wine import Wine
from tests.windows.room import said

PATIENCE_SECONDS = 60.0
MOST_TIMES = 200
"""How often it is asked whether the program is there, which takes a fifth of a second each time."""
NAME = "Kohtaava Desktop"


@dataclass(slots=True)
class Program:
    """The program in ``folder``, as the one user of ``wine`` has it."""

    wine: Wine
    folder: Path
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        """Where it keeps meetings and settings."""
        return self.wine.local_app_data / NAME

    def start(self, *words: str) -> None:
        """Start it, and come back once it answers."""
        self.started.append(self.wine.start([self.folder / "kohtaava-desktop.exe", *words]))
        self.await_exit_code(0)

    def ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run ``kohtaava`` with ``words``."""
        return self.wine.run([self.folder / "kohtaava.exe", *words])

    def do(self, *words: str) -> None:
        """Have a command carried out that has nothing to say."""
        done = self.ask(*words)
        assert (done.returncode, said(done)) == (0, ""), words

    def status(self) -> dict[str, Any]:
        """Where the meeting is."""
        done = self.ask("status", "--json")
        assert (done.returncode, done.stderr) == (0, b"")
        status: dict[str, Any] = json.loads(done.stdout)
        return status

    def await_exit_code(self, code: int) -> None:
        """Come back once ``kohtaava status`` ends with ``code``: 0 where the program answers, 4 where none runs."""
        told = ""
        for _time in range(MOST_TIMES):
            done = self.ask("status")
            if done.returncode == code:
                return
            told = said(done)
        raise AssertionError(f"{told} {[each.poll() for each in self.started]}")

    def kill(self) -> None:
        """End it as a crash would."""
        self.started[-1].kill()
        self.started[-1].communicate(timeout=PATIENCE_SECONDS)

    def quit(self) -> None:
        """End it as its user would; it ends well and has said nothing on its way."""
        self.do("quit")
        assert self.started[-1].communicate(timeout=PATIENCE_SECONDS) == (b"", b"")
        assert self.started[-1].returncode == 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What is stored, read by another SQLite than the program's."""
        place = self.data / "kohtaava.db"
        with sqlite3.connect(f"file:{place}?mode=ro", uri=True) as connection:
            rows = connection.execute(query).fetchall()
        connection.close()
        return rows

    def clear(self) -> None:
        """End what still runs, and remove what it kept."""
        for each in self.started:
            if each.poll() is None:
                each.kill()
                each.communicate(timeout=PATIENCE_SECONDS)
        shutil.rmtree(self.data, ignore_errors=True)
