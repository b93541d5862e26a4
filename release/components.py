"""What is bundled with the program: the table in ``packaging/licences/components.toml``, and whose each file is."""

import re
import subprocess
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kohtaava_desktop import __version__
from release.contents import System
from release.project import LOCKS, ROOT

FOLDER = ROOT / "packaging" / "licences"
TABLE = FOLDER / "components.toml"
TEXTS = FOLDER / "texts"
OWN_TEXT = "EUPL-1.2.txt"
STANDARD_LIBRARY = "<standard library>"
SYSTEMS: tuple[System, ...] = ("linux", "windows")


@dataclass(frozen=True, slots=True)
class Component:
    """Something of one origin and licence. The table says what each field means."""

    name: str
    licence: str
    texts: tuple[str, ...]
    purpose: str
    source: str
    copyright: str = ""
    systems: tuple[str, ...] = SYSTEMS
    files: tuple[str, ...] = ()
    but: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    mark: str = ""
    modules: tuple[str, ...] = ()
    pypi: str = ""
    debian: str = ""
    version_in: tuple[str, ...] = ()
    version_like: str = ""
    version_of: str = ""
    near: str = ""
    own: bool = False
    may_lack: tuple[str, ...] = ()

    def owns(self, name: str) -> bool:
        """Whether the file ``name`` of a bundle is one of those it consists of."""
        return matches(name, self.files) and not matches(name, self.but)

    def owns_module(self, module: str, standard: frozenset[str]) -> bool:
        """Whether the module ``module`` (dotted) is its own; ``standard`` are those of the standard library."""
        top = module.split(".", 1)[0]
        return top in self.modules or (STANDARD_LIBRARY in self.modules and top in standard)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A folder that is installed: where it is, for which system, its files and its Python modules by name."""

    folder: Path
    system: System
    names: tuple[str, ...]
    modules: tuple[str, ...] = field(default=())

    def first(self, patterns: Iterable[str]) -> Path | None:
        """The first file that one of ``patterns`` describes."""
        wanted = tuple(patterns)
        return next((self.folder / name for name in self.names if matches(name, wanted)), None)


@cache
def table() -> tuple[Component, ...]:
    """All components, as they stand in the table. Raises ``TypeError`` for a key that there is not."""
    given: list[dict[str, Any]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))["component"]
    return tuple(Component(**{key: _frozen(value) for key, value in each.items()}) for each in given)


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def of_system(system: System) -> list[Component]:
    """The components that a bundle for ``system`` can have."""
    return [each for each in table() if system in each.systems]


def present(component: Component, bundle: Bundle, standard: frozenset[str]) -> bool:
    """Whether ``bundle`` has ``component``: as files, as modules, or compiled into the files of others."""
    patterns = component.inside
    return any(component.owns(name) or matches(name, patterns) for name in bundle.names) or any(
        component.owns_module(module, standard) for module in bundle.modules
    )


def version(component: Component, bundle: Bundle | None = None) -> str:
    """The version of ``component``, of that in ``bundle`` where it can be told; empty where nobody knows it.

    In this order: the project's own, that of the locks, the one that stands in a file, that of the Debian package on
    the machine that builds.
    """
    if component.own:
        return __version__
    if component.version_of:
        other = next(each for each in table() if each.name == component.version_of)
        return version(other, bundle)
    if component.pypi:
        return locked()[component.pypi]
    if bundle is None:
        return ""
    path = bundle.first(component.version_in)
    found = re.search(component.version_like.encode(), path.read_bytes()) if path else None
    if found:
        return found[1].decode("ascii")
    from_package = component.debian and bundle.system == "linux" and bundle.first(component.files) is not None
    return debian_version(component.debian) if from_package else ""


@cache
def locked() -> Mapping[str, str]:
    """The version of each package that the locks pin."""
    text = "\n".join(lock.read_text(encoding="utf-8") for lock in LOCKS)
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))


@cache
def debian_version(package: str) -> str:
    """The version of the installed Debian ``package`` (or of what it was renamed to); empty where there is none."""
    for name in (package, f"{package}t64"):
        command = ["dpkg-query", "--show", "--showformat", "${Version}\n", name]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return ""
        if done.returncode == 0 and done.stdout.strip():
            return done.stdout.split("\n", 1)[0]
    return ""


def text_of(name: str) -> Path:
    """The file of a licence text; the project's own is the LICENSE of the repository."""
    return ROOT / "LICENSE" if name == OWN_TEXT else TEXTS / name


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether one of ``patterns`` describes the file ``name``: ``*`` within a name, ``**/`` any folders or none."""
    return any(_pattern(each).fullmatch(name) for each in patterns)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\[A-Z\])", text)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "[A-Z]": "[A-Z]"}
    return re.compile("".join(known.get(part) or re.escape(part) for part in parts))
