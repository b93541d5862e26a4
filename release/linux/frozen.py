"""Has PyInstaller make the folder, as ``packaging/pyinstaller.spec`` says."""

import shutil
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

from release.own import build_own
from release.project import NAME, ROOT, Unbuildable
from release.tools import run

SPECIFICATION = ROOT / "packaging" / "pyinstaller.spec"


def build(out: Path, work: Path) -> None:
    """Make the folder ``out``, which is not there; ``work`` is for what is in between. Raises ``Unbuildable``."""
    if find_spec("PyInstaller") is None:
        raise Unbuildable("PyInstaller is not installed here.")
    work.mkdir(parents=True, exist_ok=True)
    installed = work / "own"
    shutil.rmtree(installed, ignore_errors=True)
    with zipfile.ZipFile(build_own(work)) as wheel:
        wheel.extractall(installed)
    rooms = ("--distpath", str(work / "pyinstaller"), "--workpath", str(work / "pyinstaller-work"))
    words = (sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN", *rooms)
    # the package as it is installed, before a checkout that may be here too; and one order in all that is made
    environment = {"PYTHONPATH": str(installed.resolve()), "PYTHONHASHSEED": "0"}
    run(*words, str(SPECIFICATION), name="PyInstaller", environment=environment, may_warn=True)
    out.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(work / "pyinstaller" / NAME, out)
