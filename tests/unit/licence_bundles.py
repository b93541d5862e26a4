"""Bundles of the tests' own: for each component of the table, the files that it may have."""

from pathlib import Path
from zipfile import ZipFile

from release import components
from release.components import Component, matches
from release.contents import System

_QT = "lib/python3.11/site-packages/PySide6/Qt/lib"
_HOSTS = {
    "linux": (
        *("kohtaava", "lib/libpython3.11.so.1.0", "lib/python3.11/lib-dynload/_decimal.1.so"),
        *(f"{_QT}/libQt6{name}.so.6" for name in ("Core", "Gui", "Svg", "XcbQpa", "DBus", "WaylandClient")),
    ),
    "windows": (
        *("kohtaava.exe", "kohtaava-desktop.exe", "runtime/python313.dll", "runtime/_decimal.pyd"),
        *(f"runtime/lib/PySide6/Qt6{name}.dll" for name in ("Core", "Gui", "Svg")),
        "runtime/lib/PySide6/plugins/platforms/qwindows.dll",
        "runtime/lib/shiboken6/shiboken6.abi3.dll",
    ),
}
"""Files with the names that they really have: into these others are compiled."""


def name_of(pattern: str) -> str:
    """A name that ``pattern`` describes."""
    return pattern.replace("Qt[A-Z]", "QtX").replace("**/", "any/").replace("**", "thing").replace("*", "1")


def files_of(component: Component, system: System) -> list[str]:
    """What a bundle for ``system`` could have of ``component``."""
    others = ("runtime/", ".dll", ".pyd") if system == "linux" else (".so", "lib/python", "base_library", "lib-dynload")
    names = [name for name in map(name_of, component.files) if not any(part in name for part in others)]
    return [] if component.own else names


def names(system: System, but: str = "") -> list[str]:
    """The files of a bundle for ``system`` with every component ``but`` the one of this name."""
    listed = components.of_system(system)
    gone = [each for each in listed if each.name == but]
    whole = [*_HOSTS[system], *(name for each in listed for name in files_of(each, system))]
    return [name for name in whole if not any(each.owns(name) or matches(name, each.inside) for each in gone)]


def make(folder: Path, system: System) -> Path:
    """A bundle for ``system`` with every component."""
    for name in names(system):
        write(folder / name, "\n".join((name, *marks(name, system))))
    return folder


def marks(name: str, system: System) -> list[str]:
    """What tells that others are compiled into the file ``name``."""
    return [each.mark for each in components.of_system(system) if matches(name, each.inside)]


def write(path: Path, content: str) -> None:
    """A file with its folders; an archive of Python's is one with nothing in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".zip":
        ZipFile(path, "w").close()
    else:
        path.write_text(content, encoding="utf-8")
