"""What ends running programs and starts them again, under Wine, which is not Windows, with stand-ins for them."""

import shutil
import subprocess
from pathlib import Path

import pytest

from release import tools
from release.windows import msi
from release.windows.closing import helpers
from tests.windows.installers.conftest import Release
from tests.windows.installers.machine import Machine, until

pytestmark = pytest.mark.windows

FEW = ("-DMOST_PROGRAMS=2",)
FAILS = (
    "INSERT INTO CustomAction (Action, Type, Source, Target) VALUES ('Fail', {kind}, 'INSTALLDIR', 'cmd /c exit 1')",
    "INSERT INTO InstallExecuteSequence (Action, Condition, Sequence) VALUES ('Fail', 'REINSTALL', {order})",
)
AT_ONCE, IN_SCRIPT = 34, 34 + 1024


def failing(release: Release, room: Path, kind: int, order: int) -> Path:
    """The package of ``release``, in ``room``, that fails when it is repaired."""
    package = room / "fails.msi"
    shutil.copyfile(release.package, package)
    fails = [each.format(kind=kind, order=order) for each in FAILS]
    tools.run("msibuild", package.name, "-q", *fails, folder=room)
    return package


@pytest.mark.parametrize(("kind", "order"), [(AT_ONCE, 1395), (IN_SCRIPT, 6550)])
def test_where_it_fails_the_program_is_started_again_once(
    machine: Machine, old: Release, tmp_path: Path, kind: int, order: int
) -> None:
    package = failing(old, tmp_path, kind, order)
    assert machine.msi("/i", package=package).code == 0
    program = machine.start(machine.program_files)
    until((machine.data / "running-1.0.0").exists, "the program runs")
    assert machine.msi("/i", "REINSTALL=ALL", package=package).code != 0
    assert program.wait(timeout=10) is not None
    until(machine.running, "the program runs again")
    assert len(machine.running()) == 1
    machine.end_programs()
    assert machine.msi("/x", package=package).code == 0


def other_program(machine: Machine, release: Release, folder: Path) -> subprocess.Popen[bytes]:
    """Another program, that somebody else has put into ``folder``, running."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(release.layout / "kohtaava-desktop.exe", folder / "other.exe")
    before = len(list(machine.data.glob("running-*")))
    started = machine.wine.start([folder / "other.exe"])
    until(lambda: len(list(machine.data.glob("running-*"))) > before, "the other program runs")
    return started


def end(program: subprocess.Popen[bytes]) -> None:
    """End it, and let its pipes go."""
    program.kill()
    program.communicate(timeout=20)


def test_another_program_in_the_folder_goes_on(machine: Machine, old: Release, new: Release) -> None:
    folder = machine.wine.drive / "Yhteinen"
    assert machine.msi("/i", r"INSTALLDIR=C:\Yhteinen", package=old.package).code == 0
    other = other_program(machine, old, folder)
    try:
        assert machine.msi("/i", package=new.package).code == 0
        assert other.poll() is None
    finally:
        end(other)
        assert machine.msi("/x", package=new.package).code == 0
        shutil.rmtree(folder)


def test_more_programs_than_can_be_waited_for_are_ended(machine: Machine, old: Release, tmp_path: Path) -> None:
    package = tmp_path / "few.msi"
    helpers(tmp_path / "few", FEW)
    msi.build(old.layout, package, old.version, ready=tmp_path / "few")
    assert machine.msi("/i", package=package).code == 0
    for _each in range(5):
        machine.start(machine.program_files)
    until(lambda: len(machine.running()) == 5, "five programs run")
    assert machine.msi("/x", package=package).code == 0
    assert machine.running() == []
    assert not machine.program_files.exists()


def test_for_one_user_more_programs_than_can_be_waited_for_are_ended(
    machine: Machine, old: Release, tmp_path: Path
) -> None:
    closing = helpers(tmp_path / "few", FEW).program
    machine.data.mkdir(exist_ok=True)
    (machine.data / "deaf").touch()
    for _each in range(5):
        machine.start(old.layout)
    until(lambda: len(machine.running()) == 5, "five programs run")
    other = other_program(machine, old, old.layout / "lib")
    try:
        assert machine.wine.run([closing, old.layout]).returncode == 17
        assert machine.running() == []
        assert other.poll() is None
        assert machine.wine.run([closing, old.layout]).returncode == 0
    finally:
        end(other)
        (old.layout / "lib" / "other.exe").unlink()
