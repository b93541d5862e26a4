"""The project's own wheel, of which every folder that is installed is made, and pip, which makes and fetches wheels."""

import sys
from pathlib import Path

from release.project import ROOT
from release.tools import run


def build_own(folder: Path) -> Path:
    """Build the project's own wheel into ``folder``; raises ``Unbuildable``."""
    for old in folder.glob("kohtaava_desktop-*.whl"):
        old.unlink()
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), str(ROOT))
    return next(folder.glob("kohtaava_desktop-*.whl"))


def pip(*words: str) -> None:
    """Run pip; raises ``Unbuildable``."""
    run(sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words, name="pip", may_warn=True)
