"""Makes THIRD-PARTY.md and NOTICE out of the table of components.

    python -m release.third_party update|check

The page in the repository lists everything that any bundle can have; that in a bundle what is in it, with versions.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from release import components
from release.components import SYSTEMS, Bundle, Component
from release.project import ROOT

PAGE = ROOT / "THIRD-PARTY.md"
NOTICE = ROOT / "NOTICE"
MADE = (
    "<!-- Made of packaging/licences/components.toml by `python -m release.third_party update`;"
    " a change here is lost. -->"
)

_NOTICE = """\
Kohtaava Desktop
Licensed under the European Union Public Licence (EUPL), version 1.2: see LICENSE, or licences/EUPL-1.2.txt in what
is installed.

This program uses Qt, Qt for Python (PySide6) and Shiboken, which are covered by the GNU Lesser General Public License,
version 3 (licences/LGPL-3.0.txt, which adds permissions to licences/GPL-3.0.txt).
Copyright (C) The Qt Company Ltd. and other contributors. They are unmodified, and lie in the installed folder as
separate libraries, which you may replace by other builds with the same interface. You may modify the program for your
own use, and reverse engineer it to debug such modifications. Their source code, without charge: https://download.qt.io/official_releases/
and https://code.qt.io. How to replace a library, and more about the source: licences/licences.md in what
is installed (docs/licences.md where the source is).

On Linux, Qt's library libQt6WaylandClient has a small part under the LGPL-2.1 or later (licences/LGPL-2.1.txt), whose
source is in that of Qt. A build for Linux by PyInstaller also carries libraries under the LGPL-2.1 (GLib, libsystemd,
Libgcrypt, libgpg-error), to which the same applies; the folder that is shipped does not.

Portions of this software are copyright (C) The FreeType Project (https://freetype.org). All rights reserved.
This software is based in part on the work of many others. Each of them, with its licence and its copyright notice, is
named in THIRD-PARTY.md; the texts of their licences are in the folder licences of what is installed.

The method: Juha Lahti, Kohtaava asiakastyö ohjauksellisena lähestymistapana ja käytännön työotteena, Raportteja 3/2021,
Kaakkois-Suomen ELY-keskus, URN:ISBN:978-952-314-900-7.
"""

_INTRODUCTION = """\
Kohtaava Desktop itself is under the [EUPL-1.2](LICENSE). Below is everything else that is in an installed program: each
component with its licence, what it is for, and where its source code is. [docs/licences.md](docs/licences.md) explains
how the duties of the LGPL are met. The texts named here are in
[packaging/licences/texts](packaging/licences/texts), and in the folder `licences` of every installed program.
"""

_IN_BUNDLE = """\
What is in this folder besides Kohtaava Desktop, which is under the EUPL-1.2: each component with its version where it
can be told, its licence, what it is for, and where its source code is. The texts named here lie beside this file.
"""


def page(listed: Sequence[Component], bundle: Bundle | None = None) -> str:
    """The page about ``listed``; with the versions in ``bundle``, or without any for the repository."""
    others = [each for each in listed if not each.own]
    head = ["# Third-party components", ""]
    head += [_IN_BUNDLE] if bundle else [MADE, "", _INTRODUCTION]
    rows = ["| component | licence | in | what for |", "|---|---|---|---|"]
    rows += [f"| {_title(each, bundle)} | {each.licence} | {where(each)} | {each.purpose} |" for each in others]
    return "\n".join([*head, *rows, "", *(line for each in others for line in _section(each, bundle))])


def where(component: Component) -> str:
    """On which systems it is, or may be."""
    return ", ".join(
        f"{each.capitalize()} (in some builds)" if each in component.may_lack else each.capitalize()
        for each in SYSTEMS
        if each in component.systems
    )


def notice() -> str:
    """The prominent notice that goes with every copy."""
    return _NOTICE


def _title(component: Component, bundle: Bundle | None) -> str:
    known = components.version(component, bundle) if bundle else ""
    return f"{component.name} {known}".rstrip()


def _section(component: Component, bundle: Bundle | None) -> list[str]:
    paragraphs = [f"## {_title(component, bundle)}", f"Licence: {component.licence}"]
    if component.near and not (bundle and components.version(component, bundle)):
        paragraphs.append(f"Version: {component.near}")
    paragraphs += [f"Texts: {', '.join(component.texts)}", f"Source: {component.source}"]
    for heading, patterns in (("Files", component.files), ("Compiled into", component.inside)):
        if patterns:
            paragraphs.append(f"{heading}: {', '.join(f'`{each}`' for each in patterns)}")
    paragraphs += component.copyright.strip().splitlines()
    return [part for paragraph in paragraphs for part in (paragraph, "")]


def _files() -> dict[Path, str]:
    return {PAGE: page(components.table()), NOTICE: notice()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring the two files in step with the table, or tell which are not; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.third_party", description="Make THIRD-PARTY.md and NOTICE.")
    parser.add_argument("what", choices=("update", "check"))
    given = parser.parse_args(arguments)
    code = 0
    for path, text in _files().items():
        if given.what == "update":
            path.write_text(text, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} is not in step: python -m release.third_party update", file=sys.stderr)
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
