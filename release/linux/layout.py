"""Assembles the folder that is installed on Linux: Python, its standard library, the packages, two small programs.

Everything in it is a file of its own, so that a library can be replaced by another build of it. Two builds of one
commit on one machine are the same, byte for byte.
"""

import shutil
import sys
import sysconfig
import zipfile
from collections.abc import Iterable, Sequence
from importlib.metadata import PathDistribution
from pathlib import Path

from release.linux import launcher, parts
from release.linux.elf import forget_search_path
from release.own import build_own
from release.tools import run

LIBRARY = Path("lib", f"python{parts.VERSION}")
PACKAGES = LIBRARY / "site-packages"
QT_LIBRARIES = PACKAGES / "PySide6" / "Qt" / "lib"
PROGRAM_MODE, FILE_MODE = 0o755, 0o644

COMPILE = """
import pathlib, py_compile, sys
for line in sys.stdin:
    source, target, name = line.rstrip("\\n").split("\\t")
    py_compile.compile(source, target, name, doraise=True, optimize=0,
                       invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
"""
"""Compiles what is named on standard input, with names in tracebacks that are the same wherever it lies."""


def build(out: Path, work: Path) -> None:
    """Make the folder ``out``, which is not there; ``work`` is for what is in between. Raises ``Unbuildable``."""
    work.mkdir(parents=True, exist_ok=True)
    own = build_own(work)
    required = _requirements(own, work)
    modules = [*parts.standard_library(), _variables(work)]
    with zipfile.ZipFile(own) as wheel:
        shutil.rmtree(work / "own", ignore_errors=True)
        wheel.extractall(work / "own")
    _copy(parts.extensions(), out / LIBRARY / "lib-dynload")
    _copy(_own_files(work / "own"), out / PACKAGES)
    for package in parts.distributions(required):
        _copy(parts.files_of(package), out / PACKAGES)
    _copy(parts.x11_libraries(), out / QT_LIBRARIES)
    _copy([(parts.python_library(), parts.python_library().name)], out / "lib")
    _strip([*sorted((out / LIBRARY / "lib-dynload").iterdir()), out / "lib" / parts.python_library().name])
    compile_all(modules, out / LIBRARY)
    _compile_packages(out / PACKAGES)
    launcher.build(out, parts.python_library().name)
    for path in out.rglob("*"):
        program = path.is_dir() or path.parent == out
        path.chmod(PROGRAM_MODE if program else FILE_MODE)


def compile_all(modules: Iterable[tuple[Path, str]], target: Path) -> None:
    """Put the bytecode of ``modules`` (source and name) into ``target``, as this very Python makes it."""
    lines = []
    for source, name in modules:
        place = target / f"{name}c"
        place.parent.mkdir(parents=True, exist_ok=True)
        lines.append(f"{source}\t{place}\t{name}\n")
    # one process, one order: what is shared between constants is then the same in every build
    run(sys.executable, "-I", "-c", COMPILE, name="Compiling", told="".join(lines), may_warn=True)


def _variables(work: Path) -> tuple[Path, str]:
    """What the module sysconfig may know: where time zones are, and nothing of how this Python was built."""
    name = f"{sysconfig._get_sysconfigdata_name()}.py"  # type: ignore[attr-defined] # Debian has a name of its own
    known = {"TZPATH": sysconfig.get_config_var("TZPATH")}
    (work / name).write_text(f"build_time_vars = {known!r}\n", encoding="utf-8")
    return work / name, name


def _requirements(own: Path, work: Path) -> list[str]:
    """What the project's wheel ``own`` requires."""
    with zipfile.ZipFile(own) as wheel:
        name = next(each for each in wheel.namelist() if each.endswith(".dist-info/METADATA"))
        folder = Path(wheel.extract(name, work / "metadata")).parent
    return PathDistribution(folder).requires or []


def _own_files(unpacked: Path) -> Iterable[tuple[Path, str]]:
    for path in sorted(unpacked.glob("kohtaava_desktop/**/*")):
        if path.is_file():
            yield path, path.relative_to(unpacked).as_posix()


def _copy(files: Iterable[tuple[Path, str]], target: Path) -> None:
    for source, name in files:
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)


def _strip(files: Sequence[Path]) -> None:
    """Take away what Python's own build left in ``files``: symbols for debugging, and its folders. Qt has neither."""
    run("strip", "--strip-unneeded", "--enable-deterministic-archives", *map(str, files))
    for file in files:
        forget_search_path(file)


def _compile_packages(folder: Path) -> None:
    """Put bytecode in the place of every module below ``folder``."""
    sources = sorted(folder.rglob("*.py"))
    compile_all([(source, source.relative_to(folder).as_posix()) for source in sources], folder)
    for source in sources:
        source.unlink()
