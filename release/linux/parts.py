"""What the folder for Linux is made of: this Python, its standard library, the packages, a few libraries of X11."""

import sys
import sysconfig
from collections.abc import Iterator
from fnmatch import fnmatchcase
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from release.contents import (
    INTERFACE_LANGUAGES,
    QT_MODULES,
    QT_PLUGINS,
    X11_LIBRARIES,
    unwanted,
    unwanted_modules,
)
from release.project import Unbuildable

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

LEFT_OUT = {
    "click-default-group": "only sqlite-utils' own command line imports it",
    "pip": "sqlite-utils asks for it for a command of its own that installs plugins; nothing imports it",
    "tabulate": "only sqlite-utils' own command line imports it",
    "tzdata": "python-dateutil asks for it for named time zones; the program asks the C library for the one in force",
}
"""Requirements that are not shipped, and why."""

STANDARD_LIBRARY = (
    *("config-*/*", "lib-dynload/*", "site-packages/*", "dist-packages/*", "site*.py", "usercustomize.py"),
    *("*/test/*", "*/tests/*", "_sysconfigdata*", "_aix_support.py", "_osx_support.py", "_bootsubprocess.py"),
    *("_distutils_system_mod.py", "__hello__.py", "__phello__/*", "_pyrepl/*", "antigravity.py", "this.py"),
    *("html/*", "xml/*", "dbm/*", "cgi*.py", "smtpd.py", "asynchat.py", "asyncore.py", "mailbox.py", "mailcap.py"),
    *("netrc.py", "urllib/error.py", "urllib/response.py", "urllib/robotparser.py", "zipapp.py", "modulefinder.py"),
    *("tabnanny.py", "trace.py", "pyclbr.py", "cProfile.py", "profile.py", "pstats.py", "pipes.py", "crypt.py"),
    *("aifc.py", "chunk.py", "sunau.py", "sndhdr.py", "imghdr.py", "wave.py", "uu.py", "xdrlib.py"),
    *("rlcompleter.py", "sqlite3/dump.py", "ctypes/macholib/*"),
)
"""Modules of the standard library that are left out here besides those that no bundle has."""

PACKAGES = ("sqlite_utils/cli.py", "sqlite_utils/__main__.py", "babel/messages/*", "dateutil/zoneinfo/*")
"""Parts of packages that are left out besides those that no bundle has."""

EXTENSIONS = (
    *("_ssl", "_hashlib", "_crypt", "_curses*", "_dbm", "_gdbm", "_tkinter", "_test*", "_ctypes_test", "_xx*", "xx*"),
    *("nis", "ossaudiodev", "readline", "audioop", "spwd", "_lsprof", "_multiprocessing", "_posixshmem"),
    *("_codecs_*", "_multibytecodec", "_bz2", "_lzma", "_elementtree", "pyexpat", "_zoneinfo"),
)
"""Modules of the standard library in C that are left out."""

_QT = (
    *(f"PySide6/Qt{name}.abi3.so" for name in QT_MODULES),
    *(f"PySide6/Qt/lib/libQt6{name}.so.6" for name in QT_MODULES),
    *("PySide6/Qt/lib/libicu*.so.*", "PySide6/libpyside6.abi3.so.*"),
    *("PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/support/*.py"),
    *(f"PySide6/Qt/plugins/{folder}/lib{each}.so" for folder, some in QT_PLUGINS["linux"].items() for each in some),
    *(f"PySide6/Qt/translations/qtbase_{language}.qm" for language in INTERFACE_LANGUAGES),
    *("shiboken6/*.py", "shiboken6/Shiboken.abi3.so", "shiboken6/libshiboken6.abi3.so.*"),
)


def distributions(required: list[str]) -> list[Distribution]:
    """What is installed here of ``required`` (requirements as text) and of all that it requires, by name."""
    found: dict[str, Distribution] = {}
    waiting = list(required)
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        applies = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        if not applies or name in found or name in LEFT_OUT:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError as absent:
            raise Unbuildable(f"{name} is not installed here.") from absent
        waiting.extend(found[name].requires or [])
    return [found[name] for name in sorted(found)]


def files_of(package: Distribution) -> Iterator[tuple[Path, str]]:
    """The files of ``package`` that are shipped, each with its name among the packages."""
    for each in sorted(package.files or [], key=str):
        if keeps(each.as_posix()):
            yield Path(str(package.locate_file(each))).resolve(), each.as_posix()


def keeps(name: str) -> bool:
    """Whether the file ``name`` of a package is shipped."""
    if name.startswith("../") or "__pycache__/" in name:
        return False
    if name.split("/", 1)[0] in {"PySide6", "shiboken6"}:
        return any(fnmatchcase(name, pattern) for pattern in _QT)
    if name.split("/", 1)[0].endswith((".dist-info", ".data")) or name.endswith("/py.typed"):
        return False
    return not unwanted([f"site-packages/{name}"], "linux") and not any(fnmatchcase(name, each) for each in PACKAGES)


def standard_library() -> Iterator[tuple[Path, str]]:
    """The modules of the standard library in Python that are shipped, each with its name."""
    folder = Path(sysconfig.get_path("stdlib"))
    for path in sorted(folder.rglob("*.py")):
        name = path.relative_to(folder).as_posix()
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if not unwanted_modules([module]) and not any(fnmatchcase(name, each) for each in STANDARD_LIBRARY):
            yield path, name


def extensions() -> Iterator[tuple[Path, str]]:
    """The modules of the standard library in C that are shipped, each with its file name."""
    folder = Path(str(sysconfig.get_config_var("DESTSHARED")))
    for path in sorted(folder.glob("*.so")):
        if not any(fnmatchcase(path.name.split(".", 1)[0], each) for each in EXTENSIONS):
            yield path, path.name


def python_library() -> Path:
    """Python itself as a library; raises ``Unbuildable``."""
    name = str(sysconfig.get_config_var("INSTSONAME") or "")
    folders = (sysconfig.get_config_var("LIBDIR"), sysconfig.get_config_var("LIBPL"))
    for folder in map(Path, filter(None, folders)):
        if ".so" in name and (folder / name).is_file():
            return (folder / name).resolve()
    raise Unbuildable(f"There is no shared library of this Python; Debian has it in libpython{VERSION}.")


def x11_libraries() -> Iterator[tuple[Path, str]]:
    """The libraries of X11 that are shipped, each with its name; raises ``Unbuildable``."""
    folders = (f"/usr/lib/{sysconfig.get_config_var('MULTIARCH')}", "/usr/lib64", "/usr/lib")
    for name in X11_LIBRARIES:
        found = [path for folder in folders if (path := Path(folder, name)).exists()]
        if not found:
            raise Unbuildable(f"{name} is not installed here.")
        yield found[0].resolve(), name
