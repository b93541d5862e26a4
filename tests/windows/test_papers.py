"""The papers of the folder for Windows: a licence for every file, and a bill of materials of all of it."""

import json
from pathlib import Path

import pytest

from release import contents, licences, sbom

pytestmark = pytest.mark.windows


def test_every_file_is_somebodys_and_every_component_is_there(layout: Path) -> None:
    assert [str(each) for each in licences.check(layout)] == []


def test_the_bill_of_materials_has_every_file_and_the_versions(layout: Path) -> None:
    document = json.loads(sbom.make(layout))
    parts = [document["metadata"]["component"], *document["components"]]
    listed = {each["name"] for part in parts for each in part.get("components", [])}
    assert listed == set(contents.files_in(layout))
    versions = {each["name"]: each.get("version", "") for each in document["components"]}
    assert versions["CPython"].startswith("3.13.")
    assert versions["SQLite"].startswith("3.")
