"""Fixtures of the tests of installers: small programs that stand in for the real ones, in packages and setups."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from release.project import ROOT
from release.windows import msi, nsis
from release.windows.launcher import run
from release.windows.wine import Wine
from tests.windows.installers.machine import DESKTOP, Machine

STANDIN = ROOT / "tests" / "windows" / "installers" / "standin.c"
OLD, NEW = "1.0.0", "1.1.0"


@dataclass(frozen=True, slots=True)
class Release:
    """One version: the folder that is installed, and both installers of it."""

    version: str
    layout: Path
    package: Path
    setup: Path


def standin_layout(folder: Path, version: str) -> Path:
    """A folder to install, of programs that stand in for both."""
    deep = folder / "lib" / "deep folder"
    deep.mkdir(parents=True)
    compiler = ("-municode", "-Os", "-s", "-Wall", "-Wextra", "-Werror", f'-DVERSION=L"{version}"', str(STANDIN))
    run("gcc", *compiler, "-mwindows", "-o", str(folder / "kohtaava-desktop.exe"))
    run("gcc", *compiler, "-mconsole", "-DCONSOLE", "-o", str(folder / "kohtaava.exe"))
    (folder / "version.txt").write_text(version)
    (deep / "data file.longextension").write_text("x" * 1000)
    (folder / "lib" / f"only in {version}.txt").write_text("x")
    return folder


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Release]:
    """A release by its version, made when it is first asked for."""
    made: dict[str, Release] = {}

    def get(version: str) -> Release:
        if version not in made:
            folder = tmp_path_factory.mktemp(f"release-{version}")
            layout = standin_layout(folder / "layout", version)
            release = Release(version, layout, folder / f"k-{version}.msi", folder / f"k-{version}.exe")
            msi.build(layout, release.package, version)
            nsis.build(layout, release.setup, version)
            made[version] = release
        return made[version]

    return get


@pytest.fixture
def old(release: Callable[[str], Release]) -> Release:
    """The version that is there first."""
    return release(OLD)


@pytest.fixture
def new(release: Callable[[str], Release]) -> Release:
    """The version that comes after it."""
    return release(NEW)


@pytest.fixture(scope="session")
def windows(wine: Wine) -> Wine:
    """The Windows of all tests, which says in the registry, too, that it is Windows 10."""
    wine.overrides = f"{wine.overrides};{DESKTOP}".strip(";")
    wine.environment["LC_ALL"] = "C.UTF-8"
    wine.run(["winecfg", "/v", "win10"], check=True)
    (wine.drive / "windows" / "Installer").mkdir(exist_ok=True)  # Wine makes it for the first package, and keeps it
    return wine


@pytest.fixture
def machine(windows: Wine, release: Callable[[str], Release]) -> Iterator[Machine]:
    """A Windows in which nothing is installed; nothing is, either, once the test has ended."""
    machine = Machine(windows)
    yield machine
    machine.end_programs()
    for version in (OLD, NEW):
        if machine.program_files.exists():
            machine.msi("/x", package=release(version).package)
    if (machine.own_folder / "uninstall.exe").exists():
        machine.remove()
    machine.throw_data_away()
