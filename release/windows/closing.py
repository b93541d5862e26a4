"""Compiles what ends running programs before their files are replaced: a library for the MSI, and a program."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from release.project import ROOT
from release.windows.launcher import run

SOURCES = ROOT / "packaging" / "windows" / "closing"

_COMPILE = ("-std=gnu17", "-Os", "-s", "-Wall", "-Wextra", "-Werror", "-fno-ident", "-static")
_LINK = "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat,--high-entropy-va"


@dataclass(frozen=True, slots=True)
class Helpers:
    """The two files. They can be signed before they go into an installer."""

    library: Path
    program: Path


def helpers(folder: Path, defined: Sequence[str] = ()) -> Helpers:
    """The two files in ``folder``: as they are there, or compiled into it. Two builds are the same, byte for byte.

    ``defined`` is for the compiler, in tests.
    """
    both = Helpers(folder / "closing.dll", folder / "closing.exe")
    if both.library.is_file() and both.program.is_file():
        return both
    folder.mkdir(parents=True, exist_ok=True)
    target = folder.resolve()
    # Otherwise the base is made of the path of the file.
    base = "-Wl,--image-base=0x180000000"
    library = ("-shared", "programs.c", "package.c", _LINK, base, "-lmsi", "-lwtsapi32", "-luserenv")
    run("gcc", *_COMPILE, *defined, *library, "-o", str(target / both.library.name), folder=SOURCES)
    program = ("-municode", "-mwindows", "programs.c", "setup.c", _LINK)
    run("gcc", *_COMPILE, *defined, *program, "-o", str(target / both.program.name), folder=SOURCES)
    return both
