"""What the package and the setup are made of, without Wine."""

import re
import subprocess
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from release import tools
from release.windows import msi, nsis, tables, wxs
from release.windows.launcher import PROGRAMS
from release.windows.product import COMMAND_LINE, UPGRADE_CODE, WINDOW, Unfit, Version, files_of
from release.windows.stamp import stamp
from release.windows.winget import SETUP_ENDS
from tests.windows.installers.conftest import Release

pytestmark = pytest.mark.windows

WIX = "{http://schemas.microsoft.com/wix/2006/wi}"
NUMBERS = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 65535))


@given(NUMBERS, NUMBERS)
def test_a_version_has_one_identity(first: tuple[int, int, int], second: tuple[int, int, int]) -> None:
    one, other = Version(*first), Version(*second)
    assert Version.of(str(one)) == one
    assert (one.product_code == other.product_code) is (first == second)


@pytest.mark.parametrize(
    "text", ["", "1", "1.2", "1.2.3.4", "1.2.3rc1", "1.2.3.dev0", "256.0.0", "1.256.0", "1.2.65536"]
)
def test_what_windows_cannot_compare_is_no_version(text: str) -> None:
    with pytest.raises(Unfit):
        Version.of(text)


def test_the_identity_of_the_product_never_changes() -> None:
    assert str(UPGRADE_CODE) == "25639fea-ad0b-57e4-92b3-f3e2fddd5cc3"
    assert {WINDOW, COMMAND_LINE} == {f"{program.name}.exe" for program in PROGRAMS}


def document(*places: str, version: str = "1.2.3") -> ET.Element:
    files = {PurePosixPath(place): f"files/{place}" for place in places}
    return ET.fromstring(wxs.document(wxs.Contents(files, "kohtaava.ico", "closing.dll"), Version.of(version)))


def guids(wix: ET.Element) -> dict[str, str]:
    return {each.attrib["Id"]: each.attrib["Guid"] for each in wix.iter(f"{WIX}Component")}


@given(
    st.sets(st.from_regex(r"[a-z0-9 _.-]{0,6}[a-z0-9](/[a-z0-9_.-]{0,20}[a-z0-9]){0,3}", fullmatch=True), min_size=1)
)
def test_names_are_apart_and_identities_stay(places: set[str]) -> None:
    folders = {parent.as_posix() for place in places for parent in PurePosixPath(place).parents}
    wix = document(*(places - folders), version="1.2.3")
    for folder in wix.iter(f"{WIX}Directory"):
        inside = [*folder.findall(f"{WIX}Directory"), *folder.findall(f"{WIX}Component/{WIX}File")]
        short = [each.attrib["Name"].partition("|")[0].lower() for each in inside if each.attrib.get("Name")]
        assert len(set(short)) == len(short)
        assert all(re.fullmatch(r"[a-z0-9_-]{1,8}(\.[a-z0-9_-]{1,3})?", name) for name in short if name != "sourcedir")
    assert guids(wix) == guids(document(*(places - folders), version="2.0.0"))


def test_every_component_is_installed_and_every_change_finds_its_row(old: Release) -> None:
    wix = document("kohtaava.exe")
    installed = {each.attrib["Id"] for each in wix.iter(f"{WIX}ComponentRef")}
    assert installed == set(guids(wix))
    changed = set(re.findall(r"WHERE `Component` = '(\w+)'", " ".join(tables.statements())))
    assert changed
    assert changed <= installed
    order = table(old.package, "InstallExecuteSequence")
    at = {row[0]: int(row[2]) for row in order}
    cleared = [at[name] for name in at if name.startswith("Clear")]
    assert len(cleared) == 6
    assert max(cleared) < at["AppSearch"] < at["LaunchConditions"]
    assert at["LaunchConditions"] < at["TakeTEAMFOLDER"] < at["KeepTEAMFOLDER"]
    assert at["LaunchConditions"] < at["KeepAUTOSTART"] < at["KeepINSTALLDIR"] < at["CostFinalize"]
    assert at["CostFinalize"] < at["CloseProgram"] < at["InstallValidate"] < at["InstallInitialize"]
    assert at["RemoveExistingProducts"] == at["InstallInitialize"] + 1
    assert at["StartAgainAsBefore"] == -3
    assert at["WriteRegistryValues"] < at["StartAgain"] < at["InstallFinalize"]
    assert at["CheckTeamFolder"] < at["LaunchConditions"] < at["TakeLANG"] < at["KeepLANG"]


def test_with_windows_nothing_is_done_that_is_not_done_without(old: Release) -> None:
    assert [row[0] for row in table(old.package, "InstallUISequence")] == ["ExecuteAction"]


def test_nobody_without_rights_gives_a_property(old: Release) -> None:
    properties = {row[0]: row[1] for row in table(old.package, "Property")}
    assert set(properties["SecureCustomProperties"].split(";")) == {"WIX_DOWNGRADE_DETECTED", "WIX_UPGRADE_DETECTED"}


def table(package: Path, name: str) -> list[list[str]]:
    """The rows of one table of ``package``."""
    exported = subprocess.run(["msiinfo", "export", str(package), name], capture_output=True, text=True, check=True)
    return [line.split("\t") for line in exported.stdout.splitlines()[3:]]


def test_the_code_of_a_package_is_made_of_its_contents(tmp_path: Path, old: Release, new: Release) -> None:
    codes = []
    for release, seconds in ((old, 10**9), (old, 10**9), (old, 10**9 + 2), (new, 10**9)):
        copy = tmp_path / "copy.msi"
        copy.write_bytes(release.package.read_bytes())
        codes.append(stamp(copy, seconds))
        said = tools.run("msiinfo", "suminfo", str(copy), folder=tmp_path)
        assert str(codes[-1]).upper() in said
        assert "2001" in said
    assert codes[0] == codes[1]
    assert len(set(codes)) == 3


def test_a_file_that_is_no_package_is_not_stamped(tmp_path: Path) -> None:
    (tmp_path / "no.msi").write_bytes(b"no package")
    with pytest.raises(Unfit):
        stamp(tmp_path / "no.msi", 10**9)
    assert (tmp_path / "no.msi").read_bytes() == b"no package"


@pytest.mark.parametrize("name", ["ä.txt", "a$b.txt"])
def test_a_folder_that_cannot_be_installed_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unfit, match=r"kohtaava\.exe"):
        files_of(tmp_path)
    for program in (WINDOW, COMMAND_LINE, name):
        (tmp_path / program).touch()
    with pytest.raises(Unfit, match="plain names"):
        files_of(tmp_path)
    for build in (msi.build, nsis.build):
        with pytest.raises(Unfit):
            build(tmp_path, tmp_path / "out", "1.2.3")


def test_winget_and_the_script_of_the_setup_tell_the_same_exit_codes() -> None:
    head = nsis.SCRIPT.read_text(encoding="utf-8").partition("Exit codes: ")[2].partition("\n\n")[0]
    told = {int(code) for code in re.findall(r"(?:^|[ ,])(\d)(?= )", head)}
    assert told - {0, 2} == set(SETUP_ENDS)
