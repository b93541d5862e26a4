"""Runs in Windows' Python: whether everything that the program may ever import is in the folder that is installed.

    python.exe imports.py RUNTIME SOURCES

RUNTIME is its folder of Python, SOURCES the project's package as a checkout has it. Imports every module of the package
but those of other systems, and looks up what is imported later, inside functions. Says ``done``, or what is missing.
"""

import ast
import importlib
import pkgutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

OF_OTHER_SYSTEMS = frozenset(
    ("endpoint", "socket_server", "autostart_linux", "shortcuts_x11", "wayland", "x11", "xcb", "xcb_keys", "portal")
)
NOT_ON_WINDOWS = frozenset(("fcntl", "PySide6.QtDBus"))


def modules() -> Iterator[str]:
    """The modules of the installed package."""
    package = importlib.import_module("kohtaava_desktop")
    for each in pkgutil.walk_packages(package.__path__, "kohtaava_desktop."):
        if each.name.rsplit(".", 1)[-1] not in OF_OTHER_SYSTEMS:
            yield each.name


def imported_by(source: Path) -> Iterator[str]:
    """The modules that ``source`` names in imports, wherever they stand in it."""
    for node in ast.walk(ast.parse(source.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def main(runtime: Path, sources: Path) -> None:
    """Import and look up all of it."""
    sys.path[:] = [str(next(runtime.glob("*.zip"))), str(runtime), str(runtime / "lib")]
    for name in modules():
        importlib.import_module(name)
    later = {name for source in sources.rglob("*.py") if source.stem not in OF_OTHER_SYSTEMS
             for name in imported_by(source)} - NOT_ON_WINDOWS  # fmt: skip
    missing = sorted(name for name in later if find_spec(name) is None)
    if missing:
        raise SystemExit(f"missing: {missing}")
    print("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
