"""Compiles the two programs of the folder for Linux: ``kohtaava-desktop`` and ``kohtaava``."""

import sysconfig
from collections.abc import Sequence
from pathlib import Path

from release.project import ROOT, Unbuildable
from release.tools import run

SOURCE = ROOT / "packaging" / "linux" / "launcher" / "launcher.c"
PROGRAMS = {"kohtaava-desktop": (), "kohtaava": ("-DCONSOLE",)}
"""The programs, and what is defined for each."""

_COMPILE = (
    *("-std=c17", "-Os", "-Wall", "-Wextra", "-Werror", "-fno-ident", "-s"),
    *("-fstack-protector-strong", "-D_FORTIFY_SOURCE=2", "-fPIE", "-pie"),
    *("-Wl,-z,relro,-z,now", "-Wl,--build-id=sha1", "-Wl,--enable-new-dtags,-rpath,$ORIGIN/lib"),
)


def build(folder: Path, library: str) -> None:
    """Compile both programs into ``folder``, whose Python is ``lib/<library>``; raises ``Unbuildable``."""
    for name, defined in PROGRAMS.items():
        build_one(folder, library, name, defined)


def build_one(folder: Path, library: str, name: str, defined: Sequence[str]) -> Path:
    """Compile one program into ``folder``, with ``defined`` for the compiler; raises ``Unbuildable``."""
    program = folder.resolve() / name
    headers = sorted({f"-I{sysconfig.get_path(kind)}" for kind in ("include", "platinclude")})
    if not any(Path(each[2:], "Python.h").is_file() for each in headers):
        raise Unbuildable("The headers of this Python are missing; Debian has them in libpython3-dev.")
    words = (*_COMPILE, *headers, *defined, SOURCE.name, str(folder.resolve() / "lib" / library), "-o", str(program))
    run("gcc", *words, folder=SOURCE.parent)
    return program
