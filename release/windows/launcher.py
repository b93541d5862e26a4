"""Compiles the two programs of the folder for Windows: ``kohtaava-desktop.exe`` and ``kohtaava.exe``.

Two builds are the same, byte for byte, with the same compiler.
"""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from release import tools
from release.project import ICON, ROOT
from release.windows.icon import write_icon
from release.windows.product import NAME, PUBLISHER

SOURCES = ROOT / "packaging" / "windows" / "launcher"
COPYRIGHT = "Licensed under the EUPL-1.2"

_COMPILE = ("-municode", "-std=c17", "-Os", "-s", "-Wall", "-Wextra", "-Werror", "-fno-ident", "-finput-charset=UTF-8")
_LINK = ("-static", "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va")


@dataclass(frozen=True, slots=True)
class Program:
    """One program: its name without ``.exe``, what Windows says it is, and whether it has a console."""

    name: str
    description: str
    console: bool


PROGRAMS = (
    Program("kohtaava-desktop", NAME, console=False),
    Program("kohtaava", f"{NAME}: command line", console=True),
)


def build(target: Path, work: Path, version: str, python_dll: str) -> None:
    """Compile both programs, which load ``python_dll`` from ``runtime``, into ``target``; ``work`` is for scratch."""
    work.mkdir(parents=True, exist_ok=True)
    for name in ("launcher.rc", "launcher.manifest", "launcher.c"):
        shutil.copyfile(SOURCES / name, work / name)
    write_icon(ICON, work / "kohtaava.ico")
    for program in PROGRAMS:
        _compile(program, target, work, version, python_dll)


def _compile(program: Program, target: Path, work: Path, version: str, python_dll: str) -> None:
    values = {
        "VERSION_NUMBERS": numbers(version),
        "VERSION_TEXT": _text(version),
        "COMPANY": _text(PUBLISHER),
        "COPYRIGHT": _text(COPYRIGHT),
        "DESCRIPTION": _text(program.description),
        "PROGRAM": _text(program.name),
    }
    lines = [f"#define {name} {value}" for name, value in values.items()]
    (work / f"{program.name}.rc").write_text("\n".join([*lines, '#include "launcher.rc"', ""]), encoding="utf-8")
    run("windres", "--codepage=65001", "--output-format=coff", f"{program.name}.rc", f"{program.name}.res", folder=work)
    kind = ("-mconsole", "-DCONSOLE") if program.console else ("-mwindows",)
    words = (*_COMPILE, *kind, f'-DPYTHON_DLL=L"{python_dll}"', "launcher.c", f"{program.name}.res", *_LINK)
    run("gcc", *words, "-o", str(target.resolve() / f"{program.name}.exe"), folder=work)


def numbers(version: str) -> str:
    """``version`` as the four numbers that Windows compares; what comes after the numbers is left out."""
    found = re.match(r"\d+(\.\d+)*", version)
    parts = [int(part) for part in found[0].split(".")] if found else []
    return ",".join(str(part) for part in [*parts, 0, 0, 0, 0][:4])


def run(tool: str, *words: str, folder: Path | None = None) -> None:
    """Run a tool of the compiler for Windows; raises ``Unbuildable`` where there is none, or it fails."""
    tools.run(f"{tools.MINGW}{tool}", *words, folder=folder)


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '""') + '"'
