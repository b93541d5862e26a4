"""The package for IT under Wine, which is not Windows, with stand-ins for the programs."""

import subprocess
import sys
from pathlib import Path

import pytest

from release.project import ROOT
from release.windows.product import NAME, OWN_KEY, POLICY_KEY, RUN_KEY, Version, braced
from tests.windows.installers.conftest import Release
from tests.windows.installers.machine import UNINSTALL, Machine, until

pytestmark = pytest.mark.windows

OWN, POLICY, RUN = rf"HKLM\{OWN_KEY}", rf"HKLM\{POLICY_KEY}", rf"HKLM\{RUN_KEY}"
FAILED = 1603
WINDOWS = "/qr"
"""The word that has msiexec open windows; Wine has none to open here."""
TEAM = r"\\palvelin\tiimi ä"


def installed(machine: Machine) -> set[str]:
    """The files in the folder of the program, by their paths in it."""
    folder = machine.program_files
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def files(layout: Path) -> set[str]:
    """The files that have to be there."""
    templates = {"kohtaava.admx", *(f"{language}/kohtaava.adml" for language in ("en-US", "fi-FI", "sv-SE"))}
    own = {path.relative_to(layout).as_posix() for path in layout.rglob("*") if path.is_file()}
    return own | {f"policy/{name}" for name in templates}


def test_everything_is_in_its_place_and_nothing_is_left_of_it(machine: Machine, old: Release) -> None:
    before = machine.traces(whole=True)
    assert machine.msi("/i", package=old.package).code == 0
    assert installed(machine) == files(old.layout)
    assert machine.values(OWN) == {
        "InstallDir": f"C:\\Program Files\\{NAME}\\",
        "Version": "1.0.0",
        "Shortcut": "1",
    }
    assert NAME not in machine.values(RUN)
    assert machine.values(POLICY) == {}
    shown = machine.values(rf"HKLM\{UNINSTALL}\{braced(Version(1, 0, 0).product_code)}")
    assert (shown["DisplayName"], shown["DisplayVersion"]) == (NAME, "1.0.0")
    assert shown["InstallLocation"] == f"C:\\Program Files\\{NAME}\\"
    assert [path.name for path in machine.wine.drive.rglob("*.lnk")] == [f"{NAME}.lnk"]
    assert not machine.data.exists()
    assert machine.msi("/x", package=old.package).code == 0
    assert machine.changes(before, whole=True) == []


def test_properties_are_written_kept_by_an_upgrade_and_gone_after_it_all(
    machine: Machine, old: Release, new: Release
) -> None:
    before = machine.traces()
    assert machine.msi("/i", "AUTOSTART=1", f"TEAMFOLDER={TEAM}", "LANG=sv", package=old.package).code == 0
    for release in (old, new):
        if release is new:
            assert machine.msi("/i", package=new.package).code == 0
        assert machine.values(RUN)[NAME] == f'"C:\\Program Files\\{NAME}\\kohtaava-desktop.exe"'
        assert machine.values(POLICY) == {"team_folder": TEAM, "language": "sv"}
        assert machine.values(OWN)["Version"] == release.version
    assert installed(machine) == files(new.layout)
    assert machine.msi("/x", package=new.package).code == 0
    assert machine.changes(before) == []


def test_an_upgrade_takes_back_what_it_is_told_to(machine: Machine, old: Release, new: Release) -> None:
    machine.msi("/i", "AUTOSTART=1", f"TEAMFOLDER={TEAM}", "LANG=sv", package=old.package)
    assert machine.msi("/i", "AUTOSTART=0", "TEAMFOLDER=none", "LANG=fi", package=new.package).code == 0
    assert NAME not in machine.values(RUN)
    assert machine.values(POLICY) == {"language": "fi"}


@pytest.mark.parametrize(
    "word",
    [
        *("AUTOSTART=yes", "LANG=de", "LANG=suomi", "TEAMFOLDER=tiimi", "TEAMFOLDER=/srv/tiimi"),
        *(r"TEAMFOLDER=notapath:\x", r"TEAMFOLDER=1:\tiimi", "TEAMFOLDER=C:tiimi", r"TEAMFOLDER=\tiimi"),
        *(r"TEAMFOLDER=\\", "TEAMFOLDER=C:\\" + 998 * "x"),
    ],
)
def test_a_property_that_cannot_be_stops_it(machine: Machine, old: Release, word: str) -> None:
    before = machine.traces()
    assert machine.msi("/i", word, package=old.package).code == FAILED
    assert machine.changes(before) == []


def test_the_longest_team_folder_is_written(machine: Machine, old: Release) -> None:
    folder = "t:\\" + 997 * "x"
    assert machine.msi("/i", f"TEAMFOLDER={folder}", package=old.package).code == 0
    assert machine.values(POLICY) == {"team_folder": folder}


def test_another_folder_is_remembered(machine: Machine, old: Release, new: Release) -> None:
    folder = machine.wine.drive / "Ohjelmat ä" / "Kohtaava"
    assert machine.msi("/i", r"INSTALLDIR=C:\Ohjelmat ä\Kohtaava", package=old.package).code == 0
    assert (folder / "version.txt").read_text() == "1.0.0"
    assert machine.msi("/i", package=new.package).code == 0
    assert (folder / "version.txt").read_text() == "1.1.0"
    assert not machine.program_files.exists()
    assert machine.msi("/x", package=new.package).code == 0
    assert not folder.exists()


@pytest.mark.parametrize("quiet", ["/qn", WINDOWS])
def test_an_older_version_is_refused_and_the_newer_one_stays(
    machine: Machine, old: Release, new: Release, quiet: str
) -> None:
    machine.msi("/i", "LANG=sv", package=new.package)
    before = machine.traces()
    assert machine.msi("/i", package=old.package, quiet=quiet).code == FAILED
    assert machine.changes(before) == []
    assert installed(machine) == files(new.layout)


def test_with_windows_it_is_installed_repaired_and_upgraded_as_without(
    machine: Machine, old: Release, new: Release
) -> None:
    """As by a double-click."""
    folder = machine.wine.drive / "Oma paikka"
    assert machine.msi("/i", "LANG=xx", package=old.package, quiet=WINDOWS).code == FAILED
    given = ("LANG=sv", r"INSTALLDIR=C:\Oma paikka")
    assert machine.msi("/i", *given, package=old.package, quiet=WINDOWS).code == 0
    (folder / "version.txt").unlink()
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", package=old.package, quiet=WINDOWS).code == 0
    assert (folder / "version.txt").read_text() == "1.0.0"
    assert machine.msi("/i", package=new.package, quiet=WINDOWS).code == 0
    assert (folder / "version.txt").read_text() == "1.1.0"
    assert machine.values(POLICY) == {"language": "sv"}
    assert not machine.program_files.exists()
    assert machine.msi("/x", package=new.package, quiet=WINDOWS).code == 0
    assert not folder.exists()


def set_policies(machine: Machine, **values: str) -> None:
    """What a group policy does."""
    for name, value in values.items():
        machine.wine.run(["reg", "add", POLICY, "/v", name, "/d", value, "/f"], check=True)


@pytest.mark.parametrize("given", [(), ("AUTOSTART=1",)])
def test_what_a_group_policy_has_set_meanwhile_stays(
    machine: Machine, old: Release, new: Release, given: tuple[str, ...]
) -> None:
    before = machine.traces()
    machine.msi("/i", f"TEAMFOLDER={TEAM}", "LANG=fi", package=old.package)
    # neither could be given to the package
    theirs = {"team_folder": r"%TEAM%\[b] ä", "language": "de"}
    set_policies(machine, **theirs)
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", package=old.package).code == 0
    assert machine.values(POLICY) == theirs
    assert machine.msi("/i", *given, package=new.package).code == 0
    assert machine.values(POLICY) == theirs
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", package=new.package).code == 0
    assert machine.values(POLICY) == theirs
    assert machine.msi("/x", package=new.package).code == 0
    assert machine.changes(before) == []


def test_a_policy_that_the_package_has_not_set_is_left_alone(machine: Machine, old: Release, new: Release) -> None:
    set_policies(machine, team_folder=TEAM, tray="0")
    try:
        machine.msi("/i", "LANG=fi", package=old.package)
        assert machine.msi("/i", "LANG=none", package=new.package).code == 0
        assert machine.msi("/x", package=new.package).code == 0
        assert machine.values(POLICY) == {"team_folder": TEAM, "tray": "0"}
    finally:
        machine.wine.run(["reg", "delete", POLICY, "/f"], check=True)


def test_a_policy_that_somebody_has_deleted_comes_back_by_a_repair(machine: Machine, old: Release) -> None:
    machine.msi("/i", f"TEAMFOLDER={TEAM}", package=old.package)
    machine.wine.run(["reg", "delete", POLICY, "/f"], check=True)
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", package=old.package).code == 0
    assert machine.values(POLICY) == {"team_folder": TEAM}


@pytest.mark.parametrize("lost", ["own", "uninstall", "both"])
def test_over_a_damaged_registry_it_is_installed_and_removed(
    machine: Machine, old: Release, new: Release, lost: str
) -> None:
    before = machine.traces()
    shown = rf"HKLM\{UNINSTALL}\{braced(Version(1, 0, 0).product_code)}"
    keys = {"own": [OWN], "uninstall": [shown], "both": [OWN, shown]}[lost]
    machine.msi("/i", "LANG=sv", package=old.package)
    for key in keys:
        machine.wine.run(["reg", "delete", key, "/f"], check=True)
    assert machine.msi("/i", package=old.package).code == 0
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", package=old.package).code == 0
    assert installed(machine) == files(old.layout)
    assert machine.values(OWN)["Version"] == "1.0.0"
    assert machine.values(shown)["DisplayVersion"] == "1.0.0"
    assert machine.msi("/i", package=new.package).code == 0
    assert installed(machine) == files(new.layout)
    assert machine.msi("/x", package=new.package).code == 0
    assert machine.changes(before) == []


def test_without_its_note_a_repair_stays_in_the_folder_that_it_is_told(machine: Machine, old: Release) -> None:
    machine.msi("/i", r"INSTALLDIR=C:\Oma paikka", package=old.package)
    machine.wine.run(["reg", "delete", OWN, "/f"], check=True)
    (machine.wine.drive / "Oma paikka" / "version.txt").unlink()
    words = ("REINSTALL=ALL", "REINSTALLMODE=amus", r"INSTALLDIR=C:\Oma paikka")
    assert machine.msi("/i", *words, package=old.package).code == 0
    assert (machine.wine.drive / "Oma paikka" / "version.txt").read_text() == "1.0.0"
    assert not machine.program_files.exists()
    assert machine.msi("/x", package=old.package).code == 0
    assert not (machine.wine.drive / "Oma paikka").exists()


def test_installed_twice_it_is_there_once(machine: Machine, old: Release) -> None:
    machine.msi("/i", package=old.package)
    before = machine.traces()
    assert machine.msi("/i", package=old.package).code == 0
    assert [each for each in machine.changes(before) if "SourceList" not in each] == []  # where it came from, again


def test_a_windows_that_is_too_old_is_refused(machine: Machine, old: Release) -> None:
    machine.wine.run(["winecfg", "/v", "win7"], check=True)
    try:
        assert machine.msi("/i", package=old.package).code == FAILED
        assert not machine.program_files.exists()
    finally:
        machine.wine.run(["winecfg", "/v", "win10"], check=True)


def test_a_repair_brings_back_what_was_deleted(machine: Machine, old: Release) -> None:
    machine.msi("/i", package=old.package)
    (machine.program_files / "version.txt").unlink()
    assert machine.msi("/i", "REINSTALL=ALL", package=old.package).code == 0
    assert installed(machine) == files(old.layout)


@pytest.mark.parametrize("given", [(), ("AUTOSTART=1", f"TEAMFOLDER={TEAM}", "LANG=fi", r"INSTALLDIR=C:\Oma paikka")])
def test_a_repair_changes_nothing_by_its_properties(machine: Machine, old: Release, given: tuple[str, ...]) -> None:
    """Windows lets a user without rights repair a package, as SYSTEM."""
    machine.msi("/i", *given, package=old.package)
    before, values = machine.traces(), [machine.values(key) for key in (OWN, POLICY, RUN)]
    other = ["AUTOSTART=0" if given else "AUTOSTART=1", r"TEAMFOLDER=\\muu\x", "LANG=sv", r"INSTALLDIR=C:\Muu"]
    searched = [f"{before}_{word}" for before in ("BEFORE", "NOW") for word in other]
    assert machine.msi("/i", "REINSTALL=ALL", "REINSTALLMODE=amus", *other, *searched, package=old.package).code == 0
    assert [machine.values(key) for key in (OWN, POLICY, RUN)] == values
    assert [each for each in machine.changes(before) if "SourceList" not in each] == []
    assert machine.msi("/x", package=old.package).code == 0


def test_the_program_that_runs_is_closed_upgraded_and_started_again(
    machine: Machine, old: Release, new: Release
) -> None:
    machine.msi("/i", package=old.package)
    program = machine.start(machine.program_files)
    until((machine.data / "running-1.0.0").exists, "the old program runs")
    assert machine.msi("/i", package=new.package).code == 0
    assert program.wait(timeout=10) is not None
    until((machine.data / "running-1.1.0").exists, "the new program runs")
    assert machine.running() == [f"C:\\Program Files\\{NAME}\\kohtaava-desktop.exe"]
    assert installed(machine) == files(new.layout)


def test_removing_closes_the_program_and_leaves_the_data(machine: Machine, old: Release) -> None:
    machine.msi("/i", package=old.package)
    machine.start(machine.program_files)
    until((machine.data / "running-1.0.0").exists, "the program runs")
    (machine.data / "kohtaava.db").write_bytes(b"meetings")
    assert machine.msi("/x", package=old.package).code == 0
    assert machine.running() == []
    assert not machine.program_files.exists()
    assert (machine.data / "kohtaava.db").read_bytes() == b"meetings"


def test_two_packages_of_one_folder_are_one(tmp_path: Path, old: Release) -> None:
    again = ["-m", "release.windows.msi", str(old.layout), str(tmp_path / "again.msi"), "--version", old.version]
    subprocess.run([sys.executable, *again], check=True, capture_output=True, cwd=ROOT)
    assert (tmp_path / "again.msi").read_bytes() == old.package.read_bytes()
