"""The setup for people without IT, under Wine, which is not Windows, with stand-ins for the programs."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from release import licences
from release.project import ROOT
from release.windows import nsis
from release.windows.product import NAME, OWN_KEY, RUN_KEY
from tests.windows.installers.conftest import Release
from tests.windows.installers.machine import UNINSTALL, Machine, until

pytestmark = pytest.mark.windows

SHOWN, RUN = rf"HKCU\{UNINSTALL}\{NAME}", rf"HKCU\{RUN_KEY}"
WRITE_FAILED, NEWER, FOR_ALL, FOLDER, ROOM = 2, 3, 4, 5, 6


def files(folder: Path) -> set[str]:
    """The files in ``folder``, by their paths in it."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def whole(release: Release) -> set[str]:
    """The files that have to be installed."""
    return files(release.layout) | {"uninstall.exe"}


def beside(folder: Path) -> list[str]:
    """What lies beside the installed folder: nothing may be left there."""
    return [path.name for path in folder.parent.iterdir() if path != folder]


@pytest.mark.parametrize("there", [False, True], ids=["without a folder of programs", "with one"])
def test_everything_is_in_its_place_and_nothing_is_left_of_it(machine: Machine, old: Release, there: bool) -> None:
    programs = machine.wine.local_app_data / "Programs"
    shutil.rmtree(programs, ignore_errors=True)
    if there:
        programs.mkdir()
    before = machine.traces(whole=True)
    assert machine.setup(old.setup).code == 0
    assert files(machine.own_folder) == whole(old)
    assert beside(machine.own_folder) == []
    shown = machine.values(SHOWN)
    assert (shown["DisplayName"], shown["DisplayVersion"]) == (NAME, "1.0.0")
    assert shown["QuietUninstallString"].endswith('uninstall.exe" /S')
    assert NAME not in machine.values(RUN)
    assert [path.name for path in machine.wine.drive.rglob("*.lnk")] == [f"{NAME}.lnk"]
    assert not machine.data.exists()
    machine.remove()
    assert machine.changes(before, whole=True) == []


def test_a_path_with_spaces_and_letters_of_finnish(machine: Machine, old: Release, new: Release) -> None:
    folder = machine.wine.drive / "Käyttäjän omat ohjelmat" / NAME
    assert machine.setup(old.setup, r"/D=C:\Käyttäjän omat ohjelmat").code == 0
    assert files(folder) == whole(old)
    assert machine.setup(new.setup).code == 0
    assert files(folder) == whole(new)
    assert not machine.own_folder.exists()
    machine.remove(folder=folder)
    assert not folder.exists()


def test_moved_elsewhere_it_is_there_once(machine: Machine, old: Release, new: Release) -> None:
    machine.setup(old.setup, r"/D=C:\Muualla")
    elsewhere = machine.wine.drive / "Muualla" / NAME
    assert machine.setup(new.setup, rf"/D={machine.wine.windows_path(machine.own_folder)}").code == 0
    assert files(machine.own_folder) == whole(new)
    assert not elsewhere.exists()


def test_the_start_at_sign_in_is_as_it_was_told_last(machine: Machine, old: Release, new: Release) -> None:
    machine.setup(old.setup, "/AUTOSTART=1")
    entry = f'"{machine.wine.windows_path(machine.own_folder)}\\kohtaava-desktop.exe"'
    assert machine.values(RUN)[NAME] == entry
    assert (machine.data / "autostart-true").exists()
    machine.setup(new.setup)
    assert machine.values(RUN)[NAME] == entry
    machine.setup(new.setup, "/AUTOSTART=0")
    assert NAME not in machine.values(RUN)
    assert (machine.data / "autostart-false").exists()


def test_removing_takes_the_start_at_sign_in_but_not_anothers(machine: Machine, old: Release) -> None:
    machine.setup(old.setup, "/AUTOSTART=1")
    machine.wine.run(["reg", "add", RUN, "/v", "Another", "/d", "another.exe", "/f"], check=True)
    machine.remove()
    assert NAME not in machine.values(RUN)
    assert machine.values(RUN)["Another"] == "another.exe"
    machine.wine.run(["reg", "delete", RUN, "/v", "Another", "/f"], check=True)


@pytest.mark.parametrize("words", ["", "/DELETEDATA"])
def test_the_data_stays_unless_it_is_to_go(machine: Machine, old: Release, words: str) -> None:
    machine.setup(old.setup)
    machine.data.mkdir(exist_ok=True)
    (machine.data / "kohtaava.db").write_bytes(b"meetings")
    machine.remove(words)
    assert not machine.own_folder.exists()
    assert machine.data.exists() is (words == "")
    assert words or files(machine.data) == {"kohtaava.db"}


@pytest.mark.parametrize("deaf", [False, True])
def test_the_program_that_runs_is_closed_and_started_again(
    machine: Machine, old: Release, new: Release, deaf: bool
) -> None:
    machine.setup(old.setup)
    machine.data.mkdir(exist_ok=True)
    if deaf:
        (machine.data / "deaf").touch()
    program = machine.start(machine.own_folder)
    until((machine.data / "running-1.0.0").exists, "the old program runs")
    assert machine.setup(new.setup).code == 0
    assert program.wait(timeout=10) is not None
    until((machine.data / "running-1.1.0").exists, "the new program runs")
    assert (machine.data / "asked-to-quit").exists()
    assert (machine.data / "running-1.0.0").exists() is deaf  # it could not clear away behind itself
    assert len(machine.running()) == 1
    assert files(machine.own_folder) == whole(new)
    assert beside(machine.own_folder) == []


def test_removing_closes_the_program(machine: Machine, old: Release) -> None:
    machine.setup(old.setup)
    machine.start(machine.own_folder)
    until((machine.data / "running-1.0.0").exists, "the program runs")
    machine.remove()
    assert machine.running() == []
    assert not machine.own_folder.exists()


def test_an_older_version_is_refused(machine: Machine, old: Release, new: Release) -> None:
    machine.setup(new.setup)
    before = machine.traces()
    done = machine.setup(old.setup)
    assert (done.code, "1.1.0" in done.said) == (NEWER, True)
    assert machine.changes(before) == []


def test_where_it_is_installed_for_all_it_is_not_installed_for_one(machine: Machine, old: Release) -> None:
    key = rf"HKLM\{OWN_KEY}"
    machine.wine.run(["reg", "add", key, "/v", "InstallDir", "/d", "C:\\Kaikille\\", "/f"], check=True)
    shutil.copytree(old.layout, machine.wine.drive / "Kaikille")
    try:
        done = machine.setup(old.setup)
        assert done.code == FOR_ALL
        assert "everybody" in done.said
        assert not machine.own_folder.exists()
        shutil.rmtree(machine.wine.drive / "Kaikille")
        assert machine.setup(old.setup).code == 0  # an entry alone, left over, is no installation
        assert files(machine.own_folder) == whole(old)
    finally:
        machine.wine.run(["reg", "delete", r"HKLM\Software\Kohtaava", "/f"], check=True)


@pytest.mark.parametrize("place", ["", r"C:\Poissa\Kohtaava Desktop", r"Q:\Poissa\Kohtaava Desktop"])
def test_an_entry_that_was_left_over_stands_in_no_ones_way(machine: Machine, old: Release, place: str) -> None:
    for name, value in {"DisplayVersion": "9.9.9", "InstallLocation": place}.items():
        machine.wine.run(["reg", "add", SHOWN, "/v", name, "/d", value, "/f"], check=True)
    assert machine.setup(old.setup).code == 0
    assert files(machine.own_folder) == whole(old)
    assert machine.values(SHOWN)["DisplayVersion"] == "1.0.0"


def test_the_folder_of_the_meetings_and_those_of_others_are_refused(machine: Machine, old: Release) -> None:
    machine.data.mkdir(exist_ok=True)
    (machine.data / "kohtaava.db").write_bytes(b"meetings")
    done = machine.setup(old.setup, rf"/D={machine.wine.windows_path(machine.wine.local_app_data)}")
    assert (done.code, "meetings" in done.said) == (FOLDER, True)
    assert files(machine.data) == {"kohtaava.db"}
    others = machine.wine.drive / "Muiden" / NAME
    others.mkdir(parents=True)
    (others / "thesis.txt").write_text("years of work")
    done = machine.setup(old.setup, r"/D=C:\Muiden")
    assert (done.code, "something else" in done.said) == (FOLDER, True)
    assert files(others) == {"thesis.txt"}
    shutil.rmtree(others.parent)


def test_without_rights_nothing_is_changed(machine: Machine, old: Release) -> None:
    before = machine.traces()
    done = machine.setup(old.setup, r"/D=Z:\proc")
    assert (done.code, "cannot be written" in done.said) == (FOLDER, True)
    assert machine.changes(before) == []


@contextmanager
def disk(folder: Path, limits: str) -> Iterator[str]:
    """A disk with ``limits``, mounted at ``folder``; its path as the setup takes it. Only root can mount one."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", limits, "tmpfs", str(folder)], check=True)
    try:
        yield f"/D=Z:{folder}".replace("/", "\\").replace("\\D", "/D", 1)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_on_a_full_disk_nothing_is_changed(machine: Machine, old: Release, tmp_path: Path) -> None:
    before = machine.traces()
    with disk(tmp_path / "disk", "size=1m") as place:
        done = machine.setup(old.setup, place)
        assert (done.code, "too little room" in done.said) == (ROOM, True)
        assert list((tmp_path / "disk").iterdir()) == []
    assert machine.changes(before) == []


def test_a_file_that_cannot_be_written_leaves_the_old_version_whole_and_running(
    machine: Machine, old: Release, new: Release, tmp_path: Path
) -> None:
    folder = tmp_path / "disk" / NAME
    with disk(tmp_path / "disk", "size=100m,nr_inodes=15") as place:  # room for one version and half another
        assert machine.setup(old.setup, place).code == 0
        machine.start(folder)
        until((machine.data / "running-1.0.0").exists, "the program runs")
        assert machine.setup(new.setup).code == WRITE_FAILED
        assert files(folder) == whole(old)
        assert beside(folder) == []
        assert len(machine.running()) == 1
        assert machine.values(SHOWN)["DisplayVersion"] == "1.0.0"
        machine.remove(folder=folder)
        assert list((tmp_path / "disk").iterdir()) == []


def test_a_setup_that_was_cut_off_is_made_good_by_the_next(machine: Machine, old: Release, new: Release) -> None:
    machine.setup(old.setup)
    aside = machine.own_folder.with_name(f"{NAME}.old")
    machine.own_folder.rename(aside)
    half = machine.own_folder.with_name(f"{NAME}.new")
    half.mkdir()
    (half / "half").touch()
    assert machine.setup(new.setup).code == 0
    assert files(machine.own_folder) == whole(new)
    assert beside(machine.own_folder) == []


def test_without_its_entries_in_the_registry_it_is_installed_and_removed(machine: Machine, old: Release) -> None:
    machine.setup(old.setup)
    machine.wine.run(["reg", "delete", SHOWN, "/f"], check=True)
    assert machine.setup(old.setup).code == 0
    assert machine.values(SHOWN)["DisplayVersion"] == "1.0.0"
    machine.wine.run(["reg", "delete", SHOWN, "/f"], check=True)
    machine.remove()
    until(lambda: not machine.own_folder.exists(), "the folder is gone")


def test_the_licence_of_the_uninstaller_is_installed(machine: Machine, old: Release, tmp_path: Path) -> None:
    layout = tmp_path / "layout"
    shutil.copytree(old.layout, layout)
    before = licences.put(layout)
    nsis.build(layout, tmp_path / "setup.exe", old.version, quick=True)
    assert machine.setup(tmp_path / "setup.exe").code == 0
    assert files(machine.own_folder) == {*whole(old), *before, "licences/debian-nsis.txt"}
    assert "| NSIS |" in (machine.own_folder / "licences" / "THIRD-PARTY.md").read_text(encoding="utf-8")


def test_two_setups_of_one_folder_are_one(tmp_path: Path, old: Release) -> None:
    again = ["-m", "release.windows.nsis", str(old.layout), str(tmp_path / "again.exe"), "--version", old.version]
    subprocess.run([sys.executable, *again], check=True, capture_output=True, cwd=ROOT)
    assert (tmp_path / "again.exe").read_bytes() == old.setup.read_bytes()
