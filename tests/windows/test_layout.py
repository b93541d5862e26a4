"""The folder that is installed on Windows: nothing that is needed is missing, and it runs wherever it is put."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kohtaava_desktop import __version__
from release.project import ROOT
from release.windows.layout import BUILD
from release.windows.wine import Wine
from tests.windows.program import Program
from tests.windows.room import VARIABLES, said

INSIDE = ROOT / "tests" / "windows" / "inside"

pytestmark = pytest.mark.windows


def test_all_that_can_be_imported_is_there(wine: Wine, layout: Path) -> None:
    script, sources = INSIDE / "imports.py", ROOT / "kohtaava_desktop"
    done = wine.run([BUILD / "python" / "python.exe", "-I", script, layout / "runtime", sources])
    assert (done.returncode, said(done)) == (0, "done\n")


@pytest.fixture
def moved(wine: Wine, layout: Path) -> Iterator[Path]:
    """The folder where an administrator could have put it: a path with spaces and letters beyond ASCII."""
    place = wine.drive / "Työkalut & muut" / "Kohtaava Desktop (ä ö å)"
    shutil.copytree(layout, place)
    yield place
    shutil.rmtree(place.parent)


def test_it_runs_from_a_path_with_spaces_and_letters_beyond_ascii(wine: Wine, moved: Path) -> None:
    program = Program(wine, moved)
    try:
        program.start()
        program.do("start", "--minutes", "20")
        assert program.status()["planned_minutes"] == 20
        program.quit()
    finally:
        program.clear()


def test_nothing_is_imported_from_outside(wine: Wine, layout: Path, tmp_path: Path) -> None:
    """Neither from where Python's variables say, nor from the folder in which somebody stands."""
    for name in ("sitecustomize.py", "json.py", "kohtaava_desktop.py"):
        (tmp_path / name).write_text("raise SystemExit(99)\n", encoding="utf-8")
    outside = wine.windows_path(tmp_path)
    variables = {"PYTHONPATH": outside, "PYTHONHOME": outside, "PYTHONSTARTUP": outside, "PYTHONVERBOSE": "1"}
    done = wine.run([layout / "kohtaava.exe", "doctor", "--json"], environment=variables, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert not list(tmp_path.glob("__pycache__"))


def test_no_configuration_of_a_python_beside_it_is_read(moved: Path, wine: Wine) -> None:
    """A pyvenv.cfg in the folder, above it or beside Python could name another Python."""
    planted = moved.parent / "planted"
    (planted / "Lib").mkdir(parents=True)
    for name in ("os.py", "json.py", "site.py", "encodings.py"):
        (planted / "Lib" / name).write_text("raise SystemExit(99)\n", encoding="utf-8")
    for folder in (moved.parent, moved, moved / "runtime"):
        (folder / "pyvenv.cfg").write_text(f"home = {wine.windows_path(planted)}\n", encoding="utf-8")
    done = wine.run([moved / "kohtaava.exe", "--version"], folder=planted / "Lib")
    assert (done.returncode, said(done)) == (0, f"kohtaava {__version__}\n")


def test_qt_takes_its_plugins_from_the_folder_alone(moved: Path, wine: Wine) -> None:
    planted = moved.parent / "plugins"
    shutil.copytree(next(moved.rglob("PySide6/plugins")), planted)
    variables = {"QT_PLUGIN_PATH": planted, "QT_QPA_PLATFORM_PLUGIN_PATH": planted / "platforms"}
    for name, place in variables.items():  # in the registry, as Wine hands on no variable of Qt's
        wine.run(["reg", "add", VARIABLES, "/v", name, "/d", wine.windows_path(place), "/f"], check=True)
    program = Program(wine, moved)
    try:
        program.start()
        loaded = Path(f"/proc/{program.started[-1].pid}/maps").read_text(encoding="utf-8")
        assert f"{moved}/runtime" in loaded
        assert str(planted) not in loaded
        program.quit()
    finally:
        program.clear()
        for name in variables:
            wine.run(["reg", "delete", VARIABLES, "/v", name, "/f"], check=True)


def test_an_incomplete_installation_is_told(wine: Wine, layout: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copy(layout / "kohtaava.exe", tmp_path))
    done = wine.run([alone, "status"])
    assert done.returncode == 70
    assert said(done) == "Kohtaava Desktop is not installed completely: runtime\\python313.dll cannot be loaded.\n"
