"""A Windows in which things are installed and removed, and what can be seen of that. Wine is not Windows."""

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from release.windows.product import COMMAND_LINE, NAME, WINDOW
from release.windows.wine import Wine

UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall"
DESKTOP = "winemenubuilder.exe=d"
"""Wine would put shortcuts into the menu of the desktop of whoever runs the tests."""
PATIENCE = 20.0
WRITTEN = (
    r"HKLM\Software\Kohtaava",
    r"HKLM\Software\Policies",
    r"HKLM\Software\Classes\Installer",
    *(rf"HKLM\Software\Microsoft\Windows\CurrentVersion\{name}" for name in ("Installer", "Uninstall", "Run")),
    r"HKCU\Software\Kohtaava",
    r"HKCU\Software\Microsoft\Windows\CurrentVersion",
)
_WINES_OWN = re.compile(r"drive_c/(windows/(?!Installer)|users/[^/]+/(Temp|AppData/Local/Temp)|look\d*\.(bat|reg|txt))")


@dataclass(frozen=True, slots=True)
class Done:
    """How an installer ended, and what it said."""

    code: int
    said: str
    seconds: float


@dataclass(slots=True)
class Machine:
    """``wine`` as those who install see it."""

    wine: Wine
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def program_files(self) -> Path:
        """Where the package for IT puts the program."""
        return self.wine.drive / "Program Files" / NAME

    @property
    def own_folder(self) -> Path:
        """Where the setup puts the program."""
        return self.wine.local_app_data / "Programs" / NAME

    @property
    def data(self) -> Path:
        """Where the user's meetings are."""
        return self.wine.local_app_data / NAME

    def msi(self, *words: str, package: Path, quiet: str = "/qn") -> Done:
        """Run msiexec, like ``msi("/i", package=…)``; without windows, unless ``quiet`` says otherwise."""
        quoted = " ".join(re.sub("=(.*)", r'="\1"', word) for word in words[1:])
        log = self.wine.drive / "look3.txt"
        log.unlink(missing_ok=True)
        named = rf"{words[0]} {self.wine.windows_path(package)} {quiet} /l*v C:\look3.txt"
        done = self.line(f"start /wait msiexec {named} {quoted}")
        steps = re.findall(
            r"^(?:Action ended|Kohtaava Desktop:|Error).*$", log.read_text(errors="replace"), re.MULTILINE
        )
        return replace(done, said="\n".join(steps[-20:]))

    def setup(self, setup: Path, words: str = "") -> Done:
        """Run the setup without windows."""
        return self.line(f'"{self.wine.windows_path(setup)}" /S {words}')

    def remove(self, words: str = "", folder: Path | None = None) -> Done:
        """Run the uninstaller of the setup, and wait until its copy, which does the work, has ended."""
        uninstaller = (folder or self.own_folder) / "uninstall.exe"
        done = self.line(f'start /wait "" "{self.wine.windows_path(uninstaller)}" /S {words}')
        until(lambda: not self.values(rf"HKCU\{UNINSTALL}\{NAME}"), "the uninstaller has ended")
        return done

    def line(self, text: str, seconds: float = 180.0) -> Done:
        """Run one line of cmd. The whole exit code is told: Wine hands on eight bits of it.

        What it says goes into a file, and the code into another: a program that it leaves running would keep a pipe
        open, and the first file too.
        """
        said, code = self.wine.drive / "look.txt", self.wine.drive / "look2.txt"
        for file in (said, code):
            file.unlink(missing_ok=True)
        lines = ["@echo off", rf"{text} > C:\look.txt 2>&1", r"echo %errorlevel% > C:\look2.txt", ""]
        (self.wine.drive / "look.bat").write_bytes("\r\n".join(lines).encode("cp437"))
        began = time.monotonic()
        program = self.wine.start(["cmd", "/c", r"C:\look.bat"])
        program.wait(seconds)
        _close(program)
        words = said.read_text(encoding="cp1252", errors="replace").strip()
        return Done(int(code.read_text()), words, time.monotonic() - began)

    def values(self, key: str) -> dict[str, str]:
        """What stands in the registry at ``key``, without what is below it; nothing where there is no such key."""
        look = self.wine.drive / "look.reg"
        look.unlink(missing_ok=True)
        self.wine.run(["reg", "export", key, r"C:\look.reg", "/y"])
        if not look.exists():
            return {}
        parts = look.read_text("utf-16").replace("\r\n", "\n").split("\n\n[")
        lines = re.findall(r'^"(.+?)"=(.*)$', parts[1], re.MULTILINE)
        return {name: re.sub(r'^"|"$', "", value).replace(r"\"", '"').replace("\\\\", "\\") for name, value in lines}

    def traces(self, whole: bool = False) -> set[str]:
        """All files outside Wine's own, and what stands in the registry where installers write, or all of it."""
        everything = (path.relative_to(self.wine.prefix).as_posix() for path in self.wine.drive.rglob("*"))
        files = {path for path in everything if not _WINES_OWN.match(path)}
        return files | self._entries((r"HKLM\Software", r"HKCU\Software") if whole else WRITTEN)

    def _entries(self, places: tuple[str, ...]) -> set[str]:
        """Every key and every value below ``places``."""
        for look in self.wine.drive.glob("look*.reg"):
            look.unlink()
        commands = [f'reg export "{place}" C:\\look{number}.reg /y' for number, place in enumerate(places)]
        self.wine.run(["cmd", "/c", " & ".join(commands)], seconds=120)
        found, place = set(), ""
        for look in self.wine.drive.glob("look*.reg"):
            for text in look.read_text("utf-16").splitlines():
                place = text if text.startswith("[") else place
                found.add(f"{place} {text.partition('=')[0] if text.startswith(chr(34)) else ''}".strip())
        return found

    def changes(self, before: set[str], whole: bool = False) -> list[str]:
        """What has come since ``before``, and what has gone."""
        now = self.traces(whole)
        return sorted([*(f"+ {each}" for each in now - before), *(f"- {each}" for each in before - now)])

    def start(self, folder: Path) -> subprocess.Popen[bytes]:
        """Start the window program that is installed in ``folder``."""
        self.started.append(self.wine.start([folder / WINDOW]))
        return self.started[-1]

    def ask(self, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run ``kohtaava.exe`` of ``folder``."""
        return self.wine.run([folder / COMMAND_LINE, *words])

    def running(self) -> list[str]:
        """The window programs that run now, as they were called. Asked of Linux: Wine 8 does not list programs."""
        return list(self._processes().values())

    def _processes(self) -> dict[int, str]:
        found = {}
        here = f"WINEPREFIX={self.wine.prefix.absolute()}\0".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):  # it has ended meanwhile, or is another user's
                called = process.joinpath("cmdline").read_bytes().rstrip(b"\0").decode(errors="replace")
                if WINDOW in called and here in process.joinpath("environ").read_bytes():
                    found[int(process.name)] = called
        return found

    def end_programs(self) -> None:
        """End every window program at once."""
        for process in self._processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        until(lambda: not self.running(), "the programs have ended")
        for program in self.started:
            program.wait()
            _close(program)
        self.started.clear()

    def throw_data_away(self) -> None:
        """Remove what programs have left of the user's data."""
        shutil.rmtree(self.data, ignore_errors=True)


def _close(program: subprocess.Popen[bytes]) -> None:
    for pipe in (program.stdin, program.stdout, program.stderr):
        if pipe is not None:
            pipe.close()


def until(true: Callable[[], object], what: str, seconds: float = PATIENCE) -> None:
    """Wait until ``true()``; fails with ``what`` after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"Not within {seconds} s: {what}.")
