"""Runs programs for Windows on Linux, under Wine: to compile with Windows' own Python, and to try what was built.

Wine is not Windows. What runs here shows that the build is whole and that the program starts, stores and ends as it
should; how it looks and feels on Windows, nobody has seen by it.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from release.project import Unbuildable
from release.tools import absent

OVERRIDES = "wbemprox=d;mscoree=d;mshtml=d"
"""Parts of Wine that would ask for downloads or are not to be had."""
BOOT_SECONDS = 180.0


@dataclass(slots=True)
class Wine:
    """A Windows of its own, below ``prefix``, for one user. ``overrides`` are added to those that are always needed."""

    prefix: Path
    overrides: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    """What programs see besides the few variables that Wine itself needs."""
    within: tuple[str, ...] = ()
    """The command that runs another in a place that has a Wine of its own; ``prefix`` has the same path there."""

    def boot(self) -> None:
        """Make the prefix where there is none, as Windows 10; raises ``Unbuildable`` where that fails."""
        if (self.prefix / "system.reg").exists():
            return
        self.prefix.mkdir(parents=True, exist_ok=True)
        self._quietly("wine", "wineboot", "--init")
        key = r"HKCU\Software\Wine"
        done = self.run(["reg", "add", key, "/v", "Version", "/d", "win10", "/f"], seconds=BOOT_SECONDS)
        if done.returncode:
            raise Unbuildable(f"Wine could not make a Windows in {self.prefix}: {done.stderr.decode(errors='replace')}")
        self.wait()

    def __enter__(self) -> Self:
        """Keep this Windows running, so that programs start at once in it and need not bring it up first."""
        self.boot()
        self._quietly("wineserver", "-p")
        # what the first program brings up with it keeps that one's output open: this one has none
        self._quietly("wine", "cmd", "/c", "exit")
        return self

    def __exit__(self, *_reason: object) -> None:
        self.kill()

    @property
    def drive(self) -> Path:
        """Drive C, as Linux sees it."""
        return self.prefix / "drive_c"

    @property
    def system32(self) -> Path:
        """The folder of the system's libraries."""
        return self.drive / "windows" / "system32"

    @property
    def user(self) -> Path:
        """The user's own folder."""
        users = [each for each in (self.drive / "users").iterdir() if each.name != "Public" and each.is_dir()]
        return users[0]

    @property
    def local_app_data(self) -> Path:
        """Where programs keep what stays on this computer."""
        return self.user / "AppData" / "Local"

    def run(
        self,
        words: Sequence[str | Path],
        seconds: float = 60.0,
        check: bool = False,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program to its end, in ``folder``, with more ``environment``; raises ``Unbuildable`` if it gets stuck.

        Its output comes through pipes, as Windows' Python takes no file from Wine.
        """
        try:
            return subprocess.run(
                self._line(words), env={**self._surroundings(), **(environment or {})}, cwd=folder,
                input=b"", capture_output=True, timeout=seconds, check=check,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _stuck(Path(words[0]).name, seconds) from None

    def start(self, words: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a program and come back at once. Whoever starts it reads its pipes, and ends it."""
        pipe = subprocess.PIPE
        return subprocess.Popen(self._line(words), env=self._surroundings(), stdin=pipe, stdout=pipe, stderr=pipe)

    def windows_path(self, path: Path) -> str:
        """``path`` as programs see it: on drive C, or on Z, which is all of this machine."""
        path = path.absolute()
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def wait(self) -> None:
        """Wait until every program of this prefix has ended, and what the registry holds is on the disk."""
        self._quietly("wineserver", "-w")

    def kill(self) -> None:
        """End every program of this prefix at once."""
        self._quietly("wineserver", "-k")

    def _quietly(self, tool: str, *words: str) -> None:
        nothing = subprocess.DEVNULL
        try:
            subprocess.run(
                [*self.within, _tool(tool), *words], env=self._surroundings(),
                stdin=nothing, stdout=nothing, stderr=nothing, check=False, timeout=BOOT_SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise _stuck(tool, BOOT_SECONDS) from None

    def _line(self, words: Sequence[str | Path]) -> list[str]:
        given = (self.windows_path(each) if isinstance(each, Path) else each for each in words)
        return [*self.within, _tool("wine"), *given]

    def _surroundings(self) -> Mapping[str, str]:
        kept = {
            name: os.environ[name] for name in ("PATH", "HOME", "LANG", "DISPLAY", "XAUTHORITY") if name in os.environ
        }
        overrides = ";".join(filter(None, (OVERRIDES, self.overrides)))
        own = {"WINEPREFIX": str(self.prefix.absolute()), "WINEARCH": "win64", "WINEDEBUG": "-all"}
        return kept | own | {"WINEDLLOVERRIDES": overrides} | self.environment


def _stuck(name: str, seconds: float) -> Unbuildable:
    return Unbuildable(f"{name} has not ended under Wine within {seconds:.0f} seconds.")


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise absent(name)
    return found
