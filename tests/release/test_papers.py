"""The papers of the real bundle: a licence for every file, the texts beside it, a bill of materials of all of it."""

import json
import shutil
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from release import components, contents, licences, sbom


@pytest.fixture(scope="module")
def bundle(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the bundle, with its papers put into it now."""
    folder = tmp_path_factory.mktemp("papers") / "bundle"
    shutil.copytree(built, folder, symlinks=True)
    licences.put(folder)
    return folder


def test_every_file_is_somebodys_and_every_component_is_there(bundle: Path) -> None:
    assert [str(each) for each in licences.check(bundle)] == []


def test_the_texts_that_the_lgpl_asks_for_lie_beside_the_program(bundle: Path) -> None:
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "NOTICE.txt", "THIRD-PARTY.md", "EUPL-1.2.txt"):
        assert (bundle / "licences" / name).stat().st_size > 1000


def test_qt_can_be_replaced(bundle: Path) -> None:
    """Each library of Qt's is a file of its own."""
    names = contents.files_in(bundle)
    assert {"libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6"} <= {Path(name).name for name in names}


def test_the_bill_of_materials_is_valid_and_whole(bundle: Path) -> None:
    text = sbom.make(bundle)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    document = json.loads(text)
    parts = [document["metadata"]["component"], *document["components"]]
    listed = {each["name"] for part in parts for each in part.get("components", [])}
    assert listed == set(contents.files_in(bundle))
    versions = {each["name"]: each.get("version", "") for each in document["components"]}
    assert versions["CPython"].startswith("3.1")
    assert all(
        versions[name] for name in ("Qt", "ICU", "PCRE2, with sljit, in Qt", "libpng, in Qt", "libmpdec", "Babel")
    )


@pytest.mark.parametrize(("library", "component"), [("Core", "zlib, in Qt"), ("Gui", "FreeType, in Qt")])
def test_what_qt_takes_from_the_system_is_not_compiled_into_it(bundle: Path, library: str, component: str) -> None:
    """The table lists these for Windows alone; a wheel that is built otherwise must be listed otherwise."""
    [file] = bundle.rglob(f"libQt6{library}.so.6")
    [listed] = [each for each in components.table() if each.name == component]
    assert listed.systems == ("windows",)
    assert listed.mark.encode() not in file.read_bytes()
