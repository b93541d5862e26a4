"""Builds everything that is shipped, into ``dist/``, with checksums.

python -m release.dist [--only linux|windows] [--twice] [--python ARCHIVE] [OUT]

Everything is dated by the commit (or ``SOURCE_DATE_EPOCH``). With ``--twice`` all is built once more and compared byte
for byte. For Windows, what can be signed is signed where a certificate is given; see ``release.windows.sign``. What is
released takes the official embeddable zip of CPython, compared with python.org's checksum beforehand: ``--python``.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kohtaava_desktop import __version__
from release import archive, bundle, deb, licences, sbom
from release.compare import checksum, differences
from release.contents import System
from release.moment import VARIABLE, moment
from release.windows import layout, msi, nsis
from release.windows.closing import helpers
from release.windows.product import Unfit
from release.windows.sign import Signer, add_options, sign, signer_of
from release.windows.wheels import ROOT, Unbuildable

OUT = ROOT / "dist"
WORK = ROOT / "build" / "dist"
SUMS = "SHA256SUMS"
NAME = "kohtaava-desktop"
MOST_MB = {".exe": 40, ".msi": 40}
"""What an installer for Windows may have, in megabytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where things are built and put, with what they are signed, if with anything, and of which CPython for Windows.

    Without ``python``, an embeddable distribution, it is the one that the locks pin.
    """

    out: Path
    work: Path
    signer: Signer | None = None
    python: Path | None = None


def build(job: Job, systems: Sequence[System] = ("linux", "windows")) -> None:
    """Make ``job.out`` anew. Raises ``Unbuildable`` or ``Unfit``, and then has left no checksums there."""
    os.environ[VARIABLE] = str(moment())
    shutil.rmtree(job.out, ignore_errors=True)
    job.out.mkdir(parents=True)
    for system in systems:
        _BUILDERS[system](job)
    _check_sizes(job.out)
    sums = sorted((path.name, checksum(path)) for path in job.out.iterdir())
    (job.out / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums), encoding="utf-8")


def build_for_linux(job: Job) -> None:
    """The folder, and of it the package, the archive and the bill of materials."""
    folder = job.work / "linux" / NAME
    bundle.build(folder, job.work / "linux" / "work")
    _list(job, folder, "linux")
    _say(deb.build(folder, job.out))
    _say(archive.build(folder, job.out))


def build_for_windows(job: Job) -> None:
    """The folder, and of it the package for IT, the setup and the bill of materials."""
    folder, ready = job.work / "windows" / NAME, job.work / "windows" / "helpers"
    layout.build(folder, job.python, job.work / "windows" / "work")
    licences.put(folder)
    objections = [*bundle.check(folder, "windows"), *licences.check(folder)]
    if objections:
        raise Unbuildable("\n".join([f"{folder} is not what it must be:", *map(str, objections)]))
    shutil.rmtree(ready, ignore_errors=True)
    closing = helpers(ready)
    _sign(job, *sorted(folder.glob("*.exe")), closing.library, closing.program)
    _list(job, folder, "windows")
    package, setup = (job.out / f"{NAME}-{__version__}-windows-x64{kind}" for kind in (".msi", "-setup.exe"))
    msi.build(folder, package, ready=ready)
    nsis.build(folder, setup, ready=ready, sign=job.signer.command() if job.signer else "")
    _sign(job, package, setup)
    _say(package)
    _say(setup)


_BUILDERS: dict[System, Callable[[Job], None]] = {"linux": build_for_linux, "windows": build_for_windows}


def _sign(job: Job, *files: Path) -> None:
    for file in files:
        if job.signer is not None:
            sign(file, job.signer)


def _list(job: Job, folder: Path, system: System) -> None:
    """The bill of materials of ``folder``."""
    path = job.out / f"{NAME}-{__version__}-{system}.cdx.json"
    path.write_text(sbom.make(folder), encoding="utf-8", newline="\n")
    print(f"{folder}: {bundle.size_of(folder) / bundle.MIB:.1f} MiB", flush=True)


def _check_sizes(out: Path) -> None:
    for path in out.iterdir():
        most = MOST_MB.get(path.suffix)
        if most is not None and path.stat().st_size > most * 1e6:
            raise Unbuildable(f"{path.name} has more than {most} MB.")


def _say(path: Path) -> None:
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build it; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.dist", description="Build everything that is shipped.")
    parser.add_argument("--only", choices=("linux", "windows"), help="what is for one system")
    parser.add_argument("--twice", action="store_true", help="build it once more, and say what differs")
    parser.add_argument("--python", type=Path, metavar="ARCHIVE", help="the official embeddable zip of CPython to take")
    add_options(parser)
    parser.add_argument("out", type=Path, nargs="?", default=OUT, metavar="OUT")
    given = parser.parse_args(arguments)
    if given.python is not None and not given.python.is_file():
        parser.error(f"{given.python} is not there.")
    signer = signer_of(given) if given.certificate or given.key or given.pkcs12 else None
    systems: tuple[System, ...] = (given.only,) if given.only else ("linux", "windows")
    try:
        build(Job(given.out, WORK, signer, given.python), systems)
        return _again(given.out, systems, given.python) if given.twice else 0
    except (Unbuildable, Unfit) as reason:
        print(reason, file=sys.stderr)
        return 1


def _again(out: Path, systems: Sequence[System], python: Path | None) -> int:
    """Build without signing once more, beside, and say what differs; 1 when anything does."""
    second = WORK.with_name("dist-again")
    build(Job(second / "dist", second / "work", python=python), systems)
    found = differences(out, second / "dist")
    for system in systems:
        found += differences(WORK / system / NAME, second / "work" / system / NAME)
    for each in found:
        print(each)
    print(f"{len(found)} differences" if found else "Both builds are the same, byte for byte.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
