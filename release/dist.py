"""Builds everything that is shipped, into ``dist/``, with checksums.

python -m release.dist [--only linux|windows] [--twice] [--python ARCHIVE] [--address URL] [OUT]

Everything is dated by the commit (or ``SOURCE_DATE_EPOCH``). With ``--twice`` all is built once more and compared byte
for byte. For Windows, what can be signed is signed where a certificate is given; see ``release.windows.sign``. What is
released takes the official embeddable zip of CPython, compared with python.org's checksum beforehand: ``--python``.
With ``--address``, from where it will be downloaded, winget's manifests are written too. The steps: docs/releasing.md.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kohtaava_desktop import __version__
from release import archive, bundle, deb, sbom
from release.compare import checksum, differences
from release.contents import System
from release.moment import VARIABLE, moment
from release.project import NAME, ROOT, Unbuildable
from release.windows import layout, msi, nsis, templates, winget
from release.windows.closing import helpers
from release.windows.product import Unfit
from release.windows.sign import Signer, add_options, sign, signer_of

OUT = ROOT / "dist"
WORK = ROOT / "build" / "dist"
SUMS = "SHA256SUMS"
MANIFESTS = "winget"
"""The folder of winget's manifests, beside what they are of."""
MOST_MB = {".exe": 40, ".msi": 40}
"""What an installer for Windows may have, in megabytes."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where things are built and put, with what they are signed, if with anything, and of which CPython for Windows.

    Without ``python``, an embeddable distribution, it is the one that the locks pin. ``address`` is that of the folder
    from which everything will be downloaded; without it there are no manifests for winget.
    """

    out: Path
    work: Path
    signer: Signer | None = None
    python: Path | None = None
    address: str = ""


def build(job: Job, systems: Sequence[System] = ("linux", "windows")) -> None:
    """Make ``job.out`` anew. Raises ``Unbuildable`` or ``Unfit``, and then has left no checksums there."""
    os.environ[VARIABLE] = str(moment())
    _empty(job.out)
    for system in systems:
        _BUILDERS[system](job)
    _check_sizes(job.out)
    sums = sorted((path.name, checksum(path)) for path in job.out.iterdir() if path.is_file())
    (job.out / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums), encoding="utf-8")


def _empty(out: Path) -> None:
    """Remove what an earlier build has left in ``out``, and nothing that it has not made."""
    out.mkdir(parents=True, exist_ok=True)
    manifests = list((out / MANIFESTS).glob(f"{winget.IDENTIFIER}*.yaml"))
    made = {path for path in out.iterdir() if path.is_file() and path.name.startswith((NAME, SUMS))}
    others = [path for path in out.rglob("*") if path not in {out / MANIFESTS, *manifests, *made}]
    if others:
        raise Unbuildable(f"{out} has something else in it, like {others[0].name}: give a folder for this alone.")
    for path in (*made, *manifests):
        path.unlink()
    if (out / MANIFESTS).exists():
        (out / MANIFESTS).rmdir()


def build_for_linux(job: Job) -> None:
    """The folder, and of it the package, the archive and the bill of materials."""
    folder = job.work / "linux" / NAME
    bundle.build(folder, job.work / "linux" / "work")
    _list(job, folder, "linux")
    _say(deb.build(folder, job.out))
    _say(archive.build(folder, job.out))


def build_for_windows(job: Job) -> None:
    """The folder, and of it the package for IT, the setup and the bill of materials; the policy templates."""
    folder, ready = job.work / "windows" / NAME, job.work / "windows" / "helpers"
    layout.build(folder, job.python, job.work / "windows" / "work")
    shutil.rmtree(ready, ignore_errors=True)
    closing = helpers(ready)
    _sign(job, *sorted(folder.glob("*.exe")), closing.library, closing.program)
    _list(job, folder, "windows")
    package, setup = (job.out / f"{NAME}-{__version__}-windows-x64{kind}" for kind in (".msi", "-setup.exe"))
    msi.build(folder, package, ready=ready)
    nsis.build(folder, setup, ready=ready, sign=job.signer.command() if job.signer else "")
    _sign(job, package, setup)
    templates.pack(job.out / f"{NAME}-{__version__}-windows-policies.zip")
    if job.address:
        setup_at, package_at = (winget.Download(file, f"{job.address}/{file.name}") for file in (setup, package))
        winget.write(job.out / MANIFESTS, __version__, setup_at, package_at)
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
    print(bundle.told(folder), flush=True)


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
    parser.add_argument("--address", default="", metavar="URL", help="where it will be downloaded from: for winget")
    add_options(parser)
    parser.add_argument("out", type=Path, nargs="?", default=OUT, metavar="OUT")
    given = parser.parse_args(arguments)
    if given.python is not None and not given.python.is_file():
        parser.error(f"{given.python} is not there.")
    signer = signer_of(given)
    if signer is not None and given.twice:
        parser.error("No two signatures are the same: build it --twice without signing first, and then sign.")
    systems: tuple[System, ...] = (given.only,) if given.only else ("linux", "windows")
    try:
        if signer is not None:
            signer.command()  # what is wrong with it is said now, and not when there is something to sign
        job = Job(given.out, WORK, signer, given.python, _address(given.address))
        build(job, systems)
        return _again(job, systems) if given.twice else 0
    except (Unbuildable, Unfit) as reason:
        print(reason, file=sys.stderr)
        return 1


def _address(given: str) -> str:
    if given and not given.startswith("https://"):
        raise Unfit(f"{given}: winget needs an address that begins with https://.")
    return given.rstrip("/")


def _again(job: Job, systems: Sequence[System]) -> int:
    """Build ``job`` once more, beside, and say what differs; 1 when anything does."""
    second = WORK.with_name("dist-again")
    build(replace(job, out=second / "dist", work=second / "work"), systems)
    found = differences(job.out, second / "dist")
    for system in systems:
        found += differences(WORK / system / NAME, second / "work" / system / NAME)
    for each in found:
        print(each)
    print(f"{len(found)} differences" if found else "Both builds are the same, byte for byte.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
