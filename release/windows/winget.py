"""Writes the manifests by which winget finds and installs the setup or the package.

``python -m release.windows.winget FOLDER --setup FILE --setup-url URL [--package FILE --package-url URL]``. Where the
files can be downloaded, only the one who releases them knows: the addresses are given, never made up.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kohtaava_desktop import __version__
from release.windows.product import LICENCE, LOWEST_BUILD, NAME, PUBLISHER, UPGRADE_CODE, Unfit, Version, braced

IDENTIFIER = "Kohtaava.Desktop"
SCHEMA = "1.10.0"

_TEXTS = {
    "en-US": (
        "A quiet overlay for the four steps of a client meeting",
        "Kohtaava Desktop shows the step of a client meeting, the minutes left and when it is time for the farewell. "
        "Everything stays on the workstation: no network, no account.",
        ("guidance", "meeting", "overlay"),
    ),
    "fi-FI": (
        "Hiljainen apu asiakastapaamisen neljään portaaseen",
        "Kohtaava Desktop näyttää asiakastapaamisen portaan, jäljellä olevat minuutit ja sen, milloin on aika "
        "hyvästellä. Kaikki pysyy työasemalla: ei verkkoa, ei käyttäjätiliä.",
        ("ohjaus", "tapaaminen"),
    ),
    "sv-SE": (
        "Ett tyst stöd för kundmötets fyra steg",
        "Kohtaava Desktop visar kundmötets steg, minuterna som är kvar och när det är tid för avslut. "
        "Allt stannar på arbetsstationen: inget nätverk, inget konto.",
        ("handledning", "möte"),
    ),
}
SETUP_ENDS = {
    1: "cancelledByUser",
    3: "downgrade",
    4: "alreadyInstalled",
    5: "invalidParameter",
    6: "diskFull",
    7: "packageInUse",
    8: "systemNotSupported",
}
"""What the exit codes of the setup mean, in winget's words; packaging/windows/setup/kohtaava.nsi has them."""

Manifest = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Download:
    """An installer, and the address from which winget shall fetch it."""

    file: Path
    url: str

    @property
    def sha256(self) -> str:
        """The fingerprint of the file; raises ``Unfit`` where it cannot be read."""
        try:
            return hashlib.sha256(self.file.read_bytes()).hexdigest().upper()
        except OSError as error:
            raise Unfit(f"{self.file}: {error.strerror}") from error


def manifests(version: Version, setup: Download | None, package: Download | None) -> Iterator[tuple[str, Manifest]]:
    """Every manifest with the name of its file. Raises ``Unfit`` without an installer, or where an address is none."""
    installers = [each for each in (setup and _setup(setup), package and _package(package, version)) if each]
    if not installers:
        raise Unfit("winget needs at least one installer.")
    for each in installers:
        if not each["InstallerUrl"].startswith("https://"):
            raise Unfit(f"{each['InstallerUrl']}: winget needs an address that begins with https://.")
    head = {"PackageIdentifier": IDENTIFIER, "PackageVersion": str(version)}
    yield f"{IDENTIFIER}.yaml", head | {"DefaultLocale": "en-US"} | _tail("version")
    about = {"Platform": ["Windows.Desktop"], "MinimumOSVersion": f"10.0.{LOWEST_BUILD}.0"}
    yield f"{IDENTIFIER}.installer.yaml", head | about | {"Installers": installers} | _tail("installer")
    for locale, (short, long, tags) in _TEXTS.items():
        kind = "defaultLocale" if locale == "en-US" else "locale"
        words = {"Publisher": PUBLISHER, "PackageName": NAME, "License": LICENCE}
        texts = {"ShortDescription": short, "Description": long, "Tags": list(tags)}
        yield f"{IDENTIFIER}.locale.{locale}.yaml", head | {"PackageLocale": locale} | words | texts | _tail(kind)


def _tail(kind: str) -> Manifest:
    return {"ManifestType": kind, "ManifestVersion": SCHEMA}


def _setup(setup: Download) -> Manifest:
    ends = [{"InstallerReturnCode": code, "ReturnResponse": means} for code, means in SETUP_ENDS.items()]
    return {
        "Architecture": "x64",
        "InstallerType": "nullsoft",
        "Scope": "user",
        "InstallerUrl": setup.url,
        "InstallerSha256": setup.sha256,
        "InstallModes": ["interactive", "silent"],
        "UpgradeBehavior": "install",
        "ProductCode": NAME,
        "ElevationRequirement": "elevationProhibited",
        "ExpectedReturnCodes": ends,
    }


def _package(package: Download, version: Version) -> Manifest:
    codes = {"ProductCode": braced(version.product_code), "UpgradeCode": braced(UPGRADE_CODE)}
    return {
        "Architecture": "x64",
        "InstallerType": "wix",
        "Scope": "machine",
        "InstallerUrl": package.url,
        "InstallerSha256": package.sha256,
        "InstallModes": ["silent", "silentWithProgress"],
        "InstallerSwitches": {"InstallLocation": 'INSTALLDIR="<INSTALLPATH>"'},
        "UpgradeBehavior": "install",
        "ProductCode": codes["ProductCode"],
        "AppsAndFeaturesEntries": [codes],
        "ElevationRequirement": "elevationRequired",
    }


def text(manifest: Manifest) -> str:
    """``manifest`` as YAML, every text in quotes: a version like 1.10 is no number."""
    first = f"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{manifest['ManifestType']}.{SCHEMA}.schema.json"
    return "\n".join([first, *_lines(manifest, ""), ""])


def _lines(value: Any, margin: str) -> Iterator[str]:
    for name, each in value.items():
        if isinstance(each, dict):
            yield f"{margin}{name}:"
            yield from _lines(each, margin + "  ")
        elif isinstance(each, list):
            yield f"{margin}{name}:"
            yield from _items(each, margin)
        else:
            yield f"{margin}{name}: {json.dumps(each, ensure_ascii=False)}"


def _items(items: list[Any], margin: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, dict):
            first, *rest = _lines(item, margin + "  ")
            yield f"{margin}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{margin}- {json.dumps(item, ensure_ascii=False)}"


def write(folder: Path, version: str, setup: Download | None, package: Download | None) -> None:
    """Put every manifest into ``folder``; raises ``Unfit``, and then has written none."""
    written = dict(manifests(Version.of(version), setup, package))
    folder.mkdir(parents=True, exist_ok=True)
    for name, manifest in written.items():
        (folder / name).write_text(text(manifest), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the manifests that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m release.windows.winget", description="Writes winget's manifests.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--version", default=__version__)
    for kind in ("setup", "package"):
        parser.add_argument(f"--{kind}", type=Path)
        parser.add_argument(f"--{kind}-url", default="")
    chosen = parser.parse_args(arguments)
    setup = Download(chosen.setup, chosen.setup_url) if chosen.setup else None
    package = Download(chosen.package, chosen.package_url) if chosen.package else None
    try:
        write(chosen.folder, chosen.version, setup, package)
    except Unfit as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
