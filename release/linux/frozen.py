"""Has PyInstaller make the folder, as ``packaging/pyinstaller.spec`` says."""

import os
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

from release.windows.wheels import ROOT, Unbuildable, build_own

SPECIFICATION = ROOT / "packaging" / "pyinstaller.spec"


def build(out: Path, work: Path) -> None:
    """Make the folder ``out`` anew; ``work`` is for what is in between. Raises ``Unbuildable``."""
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
    environment = {**os.environ, "PYTHONPATH": str(installed.resolve()), "PYTHONHASHSEED": "0"}
    done = subprocess.run([*words, str(SPECIFICATION)], env=environment, check=False)
    if done.returncode:
        raise Unbuildable("PyInstaller failed; what it said stands above.")
    shutil.rmtree(out, ignore_errors=True)
    shutil.move(work / "pyinstaller" / "kohtaava-desktop", out)
