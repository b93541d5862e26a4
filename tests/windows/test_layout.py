"""The folder that is installed on Windows: nothing that is needed is missing, and it runs wherever it is put."""

import shutil
from pathlib import Path

import pytest

from release.windows.layout import BUILD
from release.windows.wheels import ROOT
from release.windows.wine import Wine
from tests.windows.program import Program
from tests.windows.room import said

INSIDE = ROOT / "tests" / "windows" / "inside"

pytestmark = pytest.mark.windows


def test_all_that_can_be_imported_is_there(wine: Wine, layout: Path) -> None:
    script, sources = INSIDE / "imports.py", ROOT / "kohtaava_desktop"
    done = wine.run([BUILD / "python" / "python.exe", "-I", script, layout / "runtime", sources])
    assert (done.returncode, said(done)) == (0, "done\n")


@pytest.fixture
def moved(wine: Wine, layout: Path) -> Path:
    """The folder where an administrator could have put it: a path with spaces and letters beyond ASCII."""
    place = wine.drive / "Työkalut & muut" / "Kohtaava Desktop (ä ö å)"
    shutil.copytree(layout, place)
    return place


def test_it_runs_from_a_path_with_spaces_and_letters_beyond_ascii(wine: Wine, moved: Path) -> None:
    program = Program(wine, moved)
    try:
        program.start()
        program.do("start", "--minutes", "20")
        assert program.status()["planned_minutes"] == 20
        program.quit()
    finally:
        program.clear()
        shutil.rmtree(moved.parent)


def test_nothing_is_imported_from_outside(wine: Wine, layout: Path, tmp_path: Path) -> None:
    """Neither from where Python's variables say, nor from the folder in which somebody stands."""
    for name in ("sitecustomize.py", "json.py", "kohtaava_desktop.py"):
        (tmp_path / name).write_text("raise SystemExit(99)\n", encoding="utf-8")
    outside = wine.windows_path(tmp_path)
    variables = {"PYTHONPATH": outside, "PYTHONHOME": outside, "PYTHONSTARTUP": outside, "PYTHONVERBOSE": "1"}
    done = wine.run([layout / "kohtaava.exe", "doctor", "--json"], environment=variables, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not list(tmp_path.glob("__pycache__"))


def test_an_incomplete_installation_is_told(wine: Wine, layout: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(layout / "kohtaava.exe", tmp_path))
    done = wine.run([alone, "status"])
    assert done.returncode == 70
    assert said(done) == "Kohtaava Desktop is not installed completely: runtime\\python313.dll cannot be loaded.\n"
