"""The real program, installed by both installers: a meeting runs, the program is upgraded, and the meeting goes on.

Under Wine, which is not Windows: docs/windows-checklist.md says what a person should try once on a real one.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from release import licences
from release.windows import msi, nsis
from release.windows.product import NAME
from release.windows.wine import Wine
from tests.windows.installers.machine import UNINSTALL, Machine, until
from tests.windows.program import Program

pytestmark = pytest.mark.windows

LARGEST = 40_000_000
"""Bytes: what an installer may weigh."""
STAGES = "SELECT stage FROM visit ORDER BY position"


@pytest.fixture
def machine(windows: Wine) -> Iterator[Machine]:
    """A Windows without anything installed; the test removes what it installs."""
    machine = Machine(windows)
    yield machine
    machine.end_programs()
    machine.throw_data_away()


def begin_meeting(machine: Machine, program: Program) -> list[str]:
    """A meeting on its second step, and the steps visited so far."""
    program.start()
    machine.started.extend(program.started)
    program.do("start", "--minutes", "30", "--channel", "phone")
    program.do("up")
    return [visit["stage"] for visit in program.status()["visits"]]


def goes_on(program: Program, visited: list[str]) -> None:
    """The program runs again by itself, with the same meeting, which can be finished and is stored."""
    program.await_exit_code(0)
    status = program.status()
    assert (status["state"], status["stage"], status["planned_minutes"]) == ("running", "guidance", 30)
    assert [visit["stage"] for visit in status["visits"]] == visited
    program.do("up")
    program.do("finish")
    program.do("quit")
    program.await_exit_code(4)
    assert [stage for (stage,) in program.rows(STAGES)] == [*visited, "advice"]


def test_the_package_for_it(machine: Machine, layout: Path, tmp_path: Path) -> None:
    first, second = (tmp_path / f"k-{version}.msi" for version in ("0.9.0", "0.9.1"))
    msi.build(layout, first, "0.9.0")
    msi.build(layout, second, "0.9.1")
    assert first.stat().st_size < LARGEST
    before = machine.traces()
    installed = machine.msi("/i", r"TEAMFOLDER=\\palvelin\tiimi", "LANG=sv", package=first)
    assert installed.code == 0
    program = Program(machine.wine, machine.program_files)
    visited = begin_meeting(machine, program)
    settings = json.loads(program.ask("settings", "list", "--json").stdout)
    assert settings["team_folder"] | {"place": ""} == settings["team_folder"] | {
        "value": r"\\palvelin\tiimi",
        "origin": "machine-policy",
        "managed": True,
        "place": "",
    }
    assert settings["language"]["value"] == "sv"
    upgraded = machine.msi("/i", package=second)
    assert upgraded.code == 0, upgraded.said
    goes_on(program, visited)
    removed = machine.msi("/x", package=second)
    assert removed.code == 0
    left = [each for each in machine.changes(before) if f"AppData/Local/{NAME}" not in each]
    assert left == []
    assert (machine.data / "kohtaava.db").is_file()
    print(
        f"\n{first.stat().st_size / 1e6:.1f} MB; install {installed.seconds:.1f} s, upgrade {upgraded.seconds:.1f} s, "
        f"uninstall {removed.seconds:.1f} s"
    )


@pytest.fixture(scope="module")
def setup(layout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A setup of the real program, made in little time."""
    setup = tmp_path_factory.mktemp("setup") / "k-0.9.0.exe"
    nsis.build(layout, setup, "0.9.0", quick=True)
    return setup


def test_the_setup_as_it_is_shipped_is_small_enough(layout: Path, tmp_path: Path) -> None:
    nsis.build(layout, tmp_path / "k.exe", "0.9.0")
    assert (tmp_path / "k.exe").stat().st_size < LARGEST


def test_the_setup_for_one_user(machine: Machine, setup: Path) -> None:
    before = machine.traces()
    installed = machine.setup(setup, r"/D=C:\Omat ohjelmat ä")
    assert installed.code == 0
    program = Program(machine.wine, machine.wine.drive / "Omat ohjelmat ä" / NAME)
    visited = begin_meeting(machine, program)
    assert licences.check(program.folder) == []
    upgraded = machine.setup(setup)
    assert upgraded.code == 0
    goes_on(program, visited)
    removed = machine.remove(folder=program.folder)
    until(lambda: not program.folder.exists(), "the folder is gone")
    left = [each for each in machine.changes(before) if f"AppData/Local/{NAME}" not in each]
    assert left == []
    assert (machine.data / "kohtaava.db").is_file()
    assert machine.values(rf"HKCU\{UNINSTALL}\{NAME}") == {}
    print(f"\ninstall {installed.seconds:.1f} s, upgrade {upgraded.seconds:.1f} s, uninstall {removed.seconds:.1f} s")


def test_the_data_of_the_real_program_goes_where_it_is_to_go(machine: Machine, setup: Path) -> None:
    assert machine.setup(setup, "/AUTOSTART=1").code == 0
    program = Program(machine.wine, machine.own_folder)
    begin_meeting(machine, program)
    assert json.loads(program.ask("settings", "list", "--json").stdout)["autostart"]["value"] is True
    machine.remove("/DELETEDATA")
    until(lambda: not machine.own_folder.exists(), "the folder is gone")
    assert not machine.data.exists()
