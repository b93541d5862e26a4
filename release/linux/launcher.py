"""Compiles the two programs of the folder for Linux: ``kohtaava-desktop`` and ``kohtaava``."""

import shutil
import subprocess
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from release.windows.wheels import ROOT, Unbuildable

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
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise Unbuildable("There is no C compiler; Debian has one in gcc (and libc6-dev).")
    program = folder.resolve() / name
    headers = sorted({f"-I{sysconfig.get_path(name)}" for name in ("include", "platinclude")})
    if not any(Path(each[2:], "Python.h").is_file() for each in headers):
        raise Unbuildable("The headers of this Python are missing; Debian has them in libpython3-dev.")
    words = (*_COMPILE, *headers, *defined, SOURCE.name, str(folder.resolve() / "lib" / library), "-o", str(program))
    subprocess.run([compiler, *words], check=True, cwd=SOURCE.parent)
    return program
