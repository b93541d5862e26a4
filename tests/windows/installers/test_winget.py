"""The manifests for winget, against the schemas of winget itself. No Wine is needed, nor any installer that works."""

import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from release.windows import winget
from release.windows.product import NAME, UPGRADE_CODE, Version, braced

SCHEMAS = Path(__file__).parent / "winget_schema"
SETUP_URL, PACKAGE_URL = "https://downloads.invalid/setup.exe", "https://downloads.invalid/package.msi"

pytestmark = pytest.mark.windows


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the manifests of version 1.2.3."""
    for name in ("setup.exe", "package.msi"):
        (tmp_path / name).write_bytes(name.encode())
    setup = ("--setup", str(tmp_path / "setup.exe"), "--setup-url", SETUP_URL)
    package = ("--package", str(tmp_path / "package.msi"), "--package-url", PACKAGE_URL)
    assert winget.main([str(tmp_path / "out"), "--version", "1.2.3", *setup, *package]) == 0
    return tmp_path / "out"


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


def schema(kind: str) -> Any:
    return json.loads((SCHEMAS / f"manifest.{kind}.{winget.SCHEMA}.json").read_text(encoding="utf-8"))


def test_every_manifest_is_as_its_schema_wants_it(folder: Path) -> None:
    kinds = []
    for path in sorted(folder.iterdir()):
        manifest = read(path)
        kinds.append(manifest["ManifestType"])
        jsonschema.Draft7Validator(schema(manifest["ManifestType"])).validate(manifest)
        assert manifest["PackageIdentifier"] == "Kohtaava.Desktop"
        assert manifest["PackageVersion"] == "1.2.3"
        unknown = set(manifest) - set(schema(manifest["ManifestType"])["properties"])
        assert unknown == set()
    assert sorted(kinds) == ["defaultLocale", "installer", "locale", "locale", "version"]


def test_no_name_in_an_installer_is_made_up(folder: Path) -> None:
    known = set(schema("installer")["definitions"]["Installer"]["properties"])
    for installer in read(folder / "Kohtaava.Desktop.installer.yaml")["Installers"]:
        assert set(installer) <= known


def test_the_fingerprints_and_identities_are_those_of_the_files(folder: Path) -> None:
    setup, package = read(folder / "Kohtaava.Desktop.installer.yaml")["Installers"]
    assert setup["InstallerSha256"].lower() == hashlib.sha256(b"setup.exe").hexdigest()
    assert package["InstallerSha256"].lower() == hashlib.sha256(b"package.msi").hexdigest()
    assert (setup["InstallerUrl"], package["InstallerUrl"]) == (SETUP_URL, PACKAGE_URL)
    assert setup["ProductCode"] == NAME
    # a prompt of UAC's would drop the folder that winget hands on as a property
    assert (setup["ElevationRequirement"], package["ElevationRequirement"]) == (
        "elevationProhibited",
        "elevationRequired",
    )
    assert package["AppsAndFeaturesEntries"] == [
        {"ProductCode": braced(Version(1, 2, 3).product_code), "UpgradeCode": braced(UPGRADE_CODE)}
    ]


def test_a_version_is_never_read_as_a_number(tmp_path: Path) -> None:
    assert (
        yaml.safe_load(winget.text({"PackageVersion": "1.10", "ManifestType": "version"}))["PackageVersion"] == "1.10"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "at least one installer"),
        (["--setup", "setup.exe"], "begins with https://"),
        (["--setup", "setup.exe", "--setup-url", "http://downloads.invalid/x"], "begins with https://"),
        (["--setup", "no.exe", "--setup-url", SETUP_URL], "no.exe"),
        (["--version", "1.2"], "three numbers"),
    ],
)
def test_what_cannot_be_a_manifest_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "setup.exe").write_bytes(b"")
    assert winget.main([str(tmp_path / "out"), "--version", "1.2.3", *words]) == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
