"""Licences of everything in a bundle: checks that nothing is without one, and puts the texts into the bundle.

python -m release.licences check FOLDER     fails if a file belongs to no listed component, or a listed one is absent
python -m release.licences put FOLDER       writes the texts of what is there into FOLDER/licences, with the notices
"""

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from release import components, contents, third_party
from release.components import Bundle, Component
from release.contents import Finding, System
from release.project import ROOT

PLACE = "licences"
"""The folder of the texts in a bundle."""
_LOADER = ("pyiboot", "pyimod", "pyi_rth")
"""What the names of PyInstaller's own modules begin with."""
EXPLAINED = ROOT / "docs" / "licences.md"
"""How the duties of the licences are met, and how a library is replaced: the notice points to it."""
_LINKS = {
    "../LICENSE": "EUPL-1.2.txt",
    "../NOTICE": "NOTICE.txt",
    "../THIRD-PARTY.md": "THIRD-PARTY.md",
}
"""Where the links of that page lead in a bundle; others into the repository are none there."""


def look(folder: Path) -> Bundle:
    """What is in ``folder``; which system it is for, its files tell. Raises ``FileNotFoundError``."""
    names = tuple(contents.files_in(folder))
    if not names:
        raise FileNotFoundError(f"{folder}: there is nothing in it")
    system: System = "windows" if any(name.endswith((".exe", ".dll")) for name in names) else "linux"
    return Bundle(folder, system, names, tuple(contents.modules_in(folder)))


def check(folder: Path) -> list[Finding]:
    """What is wrong with the licences of the bundle in ``folder``: nothing, or each file and component by its name."""
    bundle = look(folder)
    return [*unclaimed(bundle), *absent(bundle), *unmarked(bundle), *untold(bundle)]


def unclaimed(bundle: Bundle) -> list[Finding]:
    """Files and modules that belong to no component, and files that belong to several."""
    listed = components.of_system(bundle.system)
    standard = _standard_library()
    found = []
    for name in bundle.names:
        owners = [each.name for each in listed if each.owns(name)]
        if not owners:
            found.append(Finding(name, "it belongs to no component of packaging/licences/components.toml"))
        elif len(owners) > 1:
            found.append(Finding(name, f"it belongs to several components: {', '.join(owners)}"))
    tops = {module.split(".", 1)[0] for module in bundle.modules}
    found += [
        Finding(top, "this Python module belongs to no component of packaging/licences/components.toml")
        for top in sorted(tops)
        if not top.startswith(_LOADER) and not any(each.owns_module(top, standard) for each in listed)
    ]
    return found


def absent(bundle: Bundle) -> list[Finding]:
    """Components that are listed but not there."""
    standard = _standard_library()
    return [
        Finding(each.name, "it is listed for this system, but not in the bundle")
        for each in components.of_system(bundle.system)
        if bundle.system not in each.may_lack and not components.present(each, bundle, standard)
    ]


def unmarked(bundle: Bundle) -> list[Finding]:
    """Components that should be compiled into a file of ``bundle``, and of which no such file shows a trace."""
    return [
        Finding(each.name, f"no file into which it should be compiled has the words {each.mark}")
        for each in components.of_system(bundle.system)
        if each.mark and not _shows(bundle, each) and not any(each.owns(name) for name in bundle.names)
    ]


def _shows(bundle: Bundle, component: Component) -> bool:
    hosts = [name for name in bundle.names if components.matches(name, component.inside)]
    return not hosts or any(component.mark.encode() in (bundle.folder / name).read_bytes() for name in hosts)


def untold(bundle: Bundle) -> list[Finding]:
    """Licence texts that the bundle should carry and does not; it is told only of a bundle that carries any."""
    if not any(name.startswith(f"{PLACE}/") for name in bundle.names):
        return []
    wanted = {f"{PLACE}/{text}" for each in those_of(bundle) for text in each.texts} | {f"{PLACE}/{EXPLAINED.name}"}
    return [Finding(name, "this licence text is missing") for name in sorted(wanted - set(bundle.names))]


def those_of(bundle: Bundle) -> list[Component]:
    """The components that ``bundle`` has, in the order of the table."""
    standard = _standard_library()
    return [each for each in components.of_system(bundle.system) if components.present(each, bundle, standard)]


def put(folder: Path, target: Path | None = None, besides: Sequence[str] = ()) -> list[str]:
    """Write the texts, the notice, the list and what explains them into ``folder``; returns the names of what it wrote.

    Two runs on one bundle write the same bytes. ``target`` is another folder to write into; ``besides`` are files that
    are installed with those of ``folder`` without being there yet.
    """
    bundle = look(folder)
    bundle = replace(bundle, names=(*bundle.names, *besides))
    there = those_of(bundle)
    place = (target or folder) / PLACE
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for text in sorted({text for each in there for text in each.texts}):
        shutil.copyfile(components.text_of(text), place / text)
        (place / text).chmod(0o644)
    (place / "THIRD-PARTY.md").write_text(third_party.page(there, bundle), encoding="utf-8", newline="\n")
    (place / "NOTICE.txt").write_text(third_party.notice(), encoding="utf-8", newline="\n")
    (place / EXPLAINED.name).write_text(explained(), encoding="utf-8", newline="\n")
    return [f"{PLACE}/{each.name}" for each in sorted(place.iterdir())]


def explained() -> str:
    """The page on licences as it lies in a bundle: its links lead to what is beside it there, or are plain words."""

    def beside(link: re.Match[str]) -> str:
        text, target = link.groups()
        if target.startswith("https:"):
            return link[0]
        return f"[{text}]({_LINKS[target]})" if target in _LINKS else text

    return re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", beside, EXPLAINED.read_text(encoding="utf-8"))


def _standard_library() -> frozenset[str]:
    """The modules of a standard library: of the Python that runs this, and those that other versions have."""
    return frozenset(sys.stdlib_module_names) | _OF_OTHER_VERSIONS


_OF_OTHER_VERSIONS = frozenset(
    ("_android_support", "_apple_support", "_blake2", "_colorize", "_hacl", "_interpchannels", "_interpqueues",
     "_interpreters", "_ios_support", "_md5", "_opcode_metadata", "_pydatetime", "_pylong", "_pyrepl", "_sha1", "_sha2",
     "_sha3", "_suggestions", "_sysconfig", "_sysconfigdata__linux_x86_64-linux-gnu",
     "_sysconfigdata__x86_64-linux-gnu", "_tokenize", "_typing", "_winapi", "_wmi", "asynchat",
     "asyncore", "imp", "smtpd")
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a bundle, or put the texts into it; returns the exit code."""
    parser = argparse.ArgumentParser("python -m release.licences", description="Licences of what is in a bundle.")
    parser.add_argument("what", choices=("check", "put"))
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    try:
        if given.what == "put":
            print("\n".join(put(given.folder)))
            return 0
        found = check(given.folder)
    except FileNotFoundError as error:
        found = [Finding(str(given.folder), str(error))]
    for each in found:
        print(each, file=sys.stderr)
    if not found:
        print(f"{given.folder}: every file has a licence, and every component listed is there.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
