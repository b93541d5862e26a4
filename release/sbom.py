"""The bill of materials of a bundle, as CycloneDX JSON.

    python -m release.sbom FOLDER OUT

Every component of the table that the bundle has, with version, licence and package URL, and below it each of its files
with its SHA-256. The same bundle gives the same bytes: there is no time in it, and its serial number is made of its
content.
"""

import argparse
import hashlib
import json
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from release import components, licences
from release.components import Bundle, Component

SPECIFICATION = "1.6"
NAMESPACE = uuid.UUID("3a1f5f5e-6a2b-5c39-9d0c-0d6a52f8b7c4")
"""What the serial number of a bill of materials is derived in."""


def make(folder: Path) -> str:
    """The bill of materials of the bundle in ``folder``. Raises ``FileNotFoundError`` where it is empty."""
    bundle = licences.look(folder)
    listed = licences.those_of(bundle)
    own = next(each for each in listed if each.own)
    others = [each for each in listed if not each.own]
    document: dict[str, Any] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPECIFICATION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPECIFICATION,
        "version": 1,
        "metadata": {
            "component": {**_described(own, bundle), "type": "application"},
            "properties": [{"name": "kohtaava:system", "value": bundle.system}],
        },
        "components": [_described(each, bundle) for each in others],
        "dependencies": _dependencies(own, others, bundle),
    }
    content = json.dumps(document, ensure_ascii=False, sort_keys=True)
    document["serialNumber"] = f"urn:uuid:{uuid.uuid5(NAMESPACE, content)}"
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def package_url(component: Component, version: str, system: str) -> str:
    """Where package managers know ``component`` from; a generic name where none does."""
    at = f"@{quote(version, safe='.+-~')}" if version else ""
    if component.own:
        return f"pkg:generic/kohtaava-desktop{at}"
    if component.pypi:
        return f"pkg:pypi/{component.pypi}{at}"
    if component.debian and system == "linux" and component.files and not component.version_in:
        return f"pkg:deb/debian/{component.debian}{at}"
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in component.name.lower())
    return f"pkg:generic/{'-'.join(filter(None, plain.split('-')))}{at}"


def _described(component: Component, bundle: Bundle) -> dict[str, Any]:
    version = components.version(component, bundle)
    files = [name for name in bundle.names if component.owns(name)]
    purl = package_url(component, version, bundle.system)
    described: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": component.name,
        "description": component.purpose,
        "licenses": [{"expression": component.licence}],
        "purl": purl,
        "externalReferences": [{"type": "distribution", "url": component.source.split()[0]}],
    }
    if version:
        described["version"] = version
    if component.copyright:
        described["copyright"] = component.copyright.strip()
    if files:
        described["components"] = [_file(name, bundle, purl) for name in files]
    else:
        hosts = [name for name in bundle.names if components.matches(name, component.inside)]
        described["properties"] = [{"name": "kohtaava:inside", "value": name} for name in hosts]
    if component.near and not version:
        described.setdefault("properties", []).append({"name": "kohtaava:version-near", "value": component.near})
    return described


def _file(name: str, bundle: Bundle, purl: str) -> dict[str, Any]:
    digest = hashlib.sha256((bundle.folder / name).read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": f"{purl}#{quote(name)}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }


def _dependencies(own: Component, others: list[Component], bundle: Bundle) -> list[dict[str, Any]]:
    refs = [package_url(each, components.version(each, bundle), bundle.system) for each in (own, *others)]
    return [{"ref": refs[0], "dependsOn": sorted(refs[1:])}, *({"ref": ref} for ref in sorted(refs[1:]))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the bill of materials of a bundle; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.sbom", description="The bill of materials of a bundle.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    try:
        text = make(given.folder)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    given.out.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
