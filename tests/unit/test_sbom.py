"""The bill of materials: valid by the schema, the same twice, and with every file and its hash."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.spdx import is_expression
from cyclonedx.validation.json import JsonStrictValidator

from release import components, sbom
from release.components import SYSTEMS, table
from tests.unit import licence_bundles


@pytest.fixture(params=SYSTEMS)
def bundle(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = licence_bundles.make(tmp_path / "b", request.param)
    if request.param == "windows":
        (folder / "runtime" / "sqlite3.dll").write_bytes(b"..3.45.3\0..")
    return folder


def read(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(sbom.make(folder))
    return document


def files_in(document: dict[str, Any]) -> dict[str, str]:
    parts = [document["metadata"]["component"], *document["components"]]
    return {each["name"]: each["hashes"][0]["content"] for part in parts for each in part.get("components", [])}


def test_it_is_valid_by_the_schema(bundle: Path) -> None:
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom.make(bundle)) is None


def test_the_validator_would_see_a_fault(bundle: Path) -> None:
    document = read(bundle)
    document["components"][0]["type"] = "stub"
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(document)) is not None


def test_it_holds_every_file_with_its_hash(bundle: Path) -> None:
    there = {
        path.relative_to(bundle).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in bundle.rglob("*")
        if path.is_file()
    }
    assert files_in(read(bundle)) == there


def test_two_are_the_same_and_another_bundle_has_another(bundle: Path) -> None:
    first = sbom.make(bundle)
    assert sbom.make(bundle) == first
    (bundle / "README.txt").write_text("more", encoding="utf-8")
    assert json.loads(sbom.make(bundle))["serialNumber"] != json.loads(first)["serialNumber"]


def test_every_component_has_a_package_url_of_its_own_and_a_licence(bundle: Path) -> None:
    document = read(bundle)
    urls = [each["purl"] for each in document["components"]]
    assert len(set(urls)) == len(urls)
    assert all(url.startswith("pkg:") for url in urls)
    known = {each["name"]: each for each in document["components"]}
    assert known["qasync"]["purl"] == f"pkg:pypi/qasync@{components.locked()['qasync']}"
    assert all(each["licenses"][0]["expression"] for each in document["components"])
    assert {each["ref"] for each in document["dependencies"]} == {document["metadata"]["component"]["bom-ref"], *urls}


@pytest.mark.parametrize("licence", sorted({each.licence for each in table()}))
def test_every_licence_is_an_spdx_expression(licence: str) -> None:
    """Names of our own (``LicenseRef-``) are allowed by SPDX, and unknown to the list that judges."""
    assert is_expression(re.sub(r"LicenseRef-[A-Za-z0-9.-]+", "MIT", licence))


def test_a_version_is_read_from_the_file_that_tells_it(bundle: Path) -> None:
    found = {each["name"]: each.get("version") for each in read(bundle)["components"]}
    assert found["Qt"] == components.locked()["pyside6-essentials"]
    if (bundle / "runtime" / "sqlite3.dll").exists():
        assert found["SQLite"] == "3.45.3"


def test_it_is_written_where_it_is_wanted(bundle: Path, tmp_path: Path) -> None:
    out = tmp_path / "sbom.cdx.json"
    assert sbom.main([str(bundle), str(out)]) == 0
    assert out.read_text(encoding="utf-8") == sbom.make(bundle)
    (tmp_path / "empty").mkdir()
    assert sbom.main([str(tmp_path / "empty"), str(out)]) == 1
