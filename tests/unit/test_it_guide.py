"""The IT guide and the data-protection sheet say what the code does, in both languages."""

import re
import runpy
import sys
from pathlib import Path

import pytest

from kohtaava_desktop import __version__
from kohtaava_desktop.cli import say
from kohtaava_desktop.integration import folders
from kohtaava_desktop.settings import files, memory, policy
from kohtaava_desktop.settings.registry import KEY as POLICY_KEY
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING
from release import archive, deb, dist
from release.project import NAME, ROOT
from release.windows import product, wheels, wxs
from release.windows.tables import NONE, REMEMBERED

GUIDES = ("it-guide.md", "it-guide.fi.md")
SHEETS = ("data-protection.md", "data-protection.fi.md")
SETUP = ROOT / "packaging" / "windows" / "setup" / "kohtaava.nsi"


@pytest.fixture(params=GUIDES)
def guide(request: pytest.FixtureRequest) -> str:
    return read(request.param)


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> str:
    return read(request.param)


def read(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def rows(text: str, header: str) -> list[str]:
    """The first cells of the table whose header begins so."""
    lines = text.split(f"| {header}", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [line.split("|")[1].strip().strip("`") for line in lines]


def header(english: str, finnish: str, guide: str) -> str:
    return english if f"| {english}" in guide else finnish


def test_the_properties_of_the_package_are_all_there_and_no_others(guide: str) -> None:
    assert set(rows(guide, header("property", "ominaisuus", guide))) == {each.property for each in REMEMBERED}
    assert guide.count(f"`{NONE}`") >= 2


def test_the_exit_codes_of_the_setup_are_those_it_has(guide: str) -> None:
    comment = re.search(r"; Exit codes: ((?:.*\n)+?)\n", SETUP.read_text(encoding="utf-8"))
    assert comment is not None
    known = re.findall(r"(?:^|, )(\d+) ", comment[1].replace("\n; ", " "))
    pattern = r'!insertmacro (?:Refuse|Fail "[^"]*") "[^"\n]*" (\d)|SetErrorLevel (\d)'
    given = re.findall(pattern, SETUP.read_text(encoding="utf-8"))
    assert {code for pair in given for code in pair if code} <= set(known)
    assert rows(guide, header("exit code of the setup", "asennusohjelman paluukoodi", guide)) == known


def test_the_exit_codes_of_the_command_line_are_those_it_has(guide: str) -> None:
    not_started = set()
    for system, name in (("windows", "NOT_STARTED"), ("linux", "FAILED")):
        source = (ROOT / "packaging" / system / "launcher" / "launcher.c").read_text(encoding="utf-8")
        not_started |= set(re.findall(rf"#define {name} (\d+)", source))
    of_python = 1  # what CPython ends with after an exception that nobody has handled
    known = [say.DONE, of_python, say.USAGE, say.REFUSED, say.UNREACHABLE, *map(int, not_started)]
    found = rows(guide, header("exit code of `kohtaava`", "`kohtaava`-komennon paluukoodi", guide))
    assert [int(each) for each in found] == known


def test_what_a_policy_locks_and_limits_is_named(guide: str) -> None:
    begin = "Policies that lock" if "Policies that lock" in guide else "Lukittavia ovat"
    paragraph = re.split(r"AUTOSTART|\n\n", guide.split(begin, 1)[1])[0]
    named = set(re.findall(r"`([a-z_]+)`", paragraph))
    assert named == {each.name for each in SETTINGS if each.lockable or each.limit}


def test_the_keys_of_the_registry_are_those_of_the_code(guide: str) -> None:
    assert f"`{POLICY_KEY}`" in guide
    assert POLICY_KEY == product.POLICY_KEY
    assert f"HKLM\\{product.OWN_KEY}" in guide
    assert f"HKLM\\{product.RUN_KEY}" in guide
    assert str(product.UPGRADE_CODE).upper() in guide
    assert str(product.LOWEST_BUILD) in guide
    source = Path(wxs.__file__).read_text(encoding="utf-8")
    written = re.findall(r'_value\(\w+, OWN_KEY, "(\w+)"', source)
    row = next(line for line in guide.splitlines() if f"HKLM\\{product.OWN_KEY}`:" in line)
    assert set(re.findall(r"`(\w+)`", row)) == set(written)


def test_the_folders_are_those_of_the_code(guide: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("KOHTAAVA_DATA_DIR", "KOHTAAVA_CONFIG_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
        assert f"`{variable}`" in guide
    monkeypatch.setenv("HOME", "/of/somebody")
    for folder in (folders.data_folder(), folders.config_folder()):
        assert f"`{folder.replace('/of/somebody', '~')}`" in guide
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "%LOCALAPPDATA%")
    on_windows = runpy.run_path(folders.__file__)
    for function in ("data_folder", "config_folder"):
        assert f"`{on_windows[function]()}`" in guide
    assert f"`{policy.FILE}`" in guide
    assert f"`{files.FILE_NAME}`" in guide
    assert f"`{memory.FILE_NAME}`" in guide
    assert f"%ProgramFiles%\\{product.NAME}" in guide


def test_the_pipe_is_named_as_in_the_code(guide: str) -> None:
    source = (ROOT / "kohtaava_desktop" / "control" / "pipes.py").read_text(encoding="utf-8")
    prefix = re.search(r'PREFIX = "([^"]+)"', source)
    assert prefix is not None
    assert f"`{prefix[1].replace(chr(92) * 2, chr(92))}…`" in guide


def test_the_python_inside_is_told_with_its_carrier(guide: str) -> None:
    lock = (ROOT / "requirements" / "windows.txt").read_text(encoding="utf-8")
    carried = re.search(rf"^{wheels.EMBEDDABLE}==(\S+)", lock, re.MULTILINE)
    inside = re.search(r"CPython (3\.\d+\.\d+) for Windows", lock)
    assert carried is not None
    assert inside is not None
    item = re.split(r"\n- |\n\n", guide.split("\n- **Windows**: CPython", 1)[1])[0]
    assert f"`{wheels.EMBEDDABLE}`" in item
    assert set(re.findall(r"\b3\.\d+\.\d+\b", item.split("SQLite")[0])) == {carried[1], inside[1]}
    assert '`make dist ARGS="--python ' in item


def test_who_answers_for_the_debian_package_is_told(guide: str) -> None:
    assert f"`{deb.MAINTAINER_VARIABLE}`" in guide
    assert "`packages.invalid`" in guide
    assert deb.MAINTAINER.endswith("@packages.invalid>")


def test_the_packages_are_named_as_they_are_built(guide: str) -> None:
    packages = rows(guide, header("file", "tiedosto", guide))
    source = Path(dist.__file__).read_text(encoding="utf-8")
    endings = re.findall(r'-windows-x64|"\.msi"|"-setup\.exe"|-\{system\}\.cdx\.json', source)
    assert set(endings) == {"-windows-x64", '".msi"', '"-setup.exe"', "-{system}.cdx.json"}
    top = archive.TOP.replace(__version__, "VERSION")
    assert packages[:2] == [f"{top}-windows-x64.msi", f"{top}-windows-x64-setup.exe"]
    assert packages[2:4] == [
        f"{NAME}_{deb.VERSION.replace(__version__, 'VERSION')}_{deb.ARCHITECTURE}.deb",
        f"{top}-linux-x86_64.tar.xz",
    ]
    assert packages[4] == f"{top}-windows.cdx.json`, `{top}-linux.cdx.json"
    assert "-windows-policies.zip" in source
    assert packages[5:] == [f"{top}-windows-policies.zip", dist.SUMS]


def test_every_file_of_the_data_folder_is_on_the_sheet(sheet: str) -> None:
    for name in (MEETINGS, JOURNAL, WAITING, files.FILE_NAME, memory.FILE_NAME):
        assert f"`{name}`" in sheet


def test_retention_on_the_sheet_is_that_of_the_settings(sheet: str) -> None:
    setting = BY_NAME["retention_months"]
    row = next(line for line in sheet.splitlines() if "`retention_months`)" in line)
    assert str(setting.default) in row
    assert re.search(rf"{setting.lowest}(–| to ){setting.highest}\b", row)


@pytest.mark.parametrize("pair", [GUIDES, SHEETS], ids=["guide", "sheet"])
def test_both_languages_have_the_same_parts_commands_and_names(pair: tuple[str, str]) -> None:
    first, second = map(read, pair)
    shapes = [
        (
            [line.split(" ", 1)[0] for line in text.splitlines() if line.startswith(("#", "| ", "- ", "> - "))],
            sorted(set(re.findall(r"`((?:kohtaava|msiexec)[^`]*)`", text)) - {"kohtaava doctor --bundle support.zip"}),
            len(re.findall(r"^\*\*[^*]+\*\*", text, re.MULTILINE)),
        )
        for text in (first, second.replace("tuki.zip", "support.zip"))
    ]
    assert shapes[0] == shapes[1]


def test_the_checklist_has_a_box_and_a_result_for_each_step() -> None:
    lines = [line for line in read("windows-checklist.md").splitlines() if line.startswith("| ☐")]
    assert len(lines) > 40
    assert all(len([cell for cell in line.split("|") if cell.strip()]) == 3 for line in lines)
    assert "Wine is not Windows" in read("windows-checklist.md")
