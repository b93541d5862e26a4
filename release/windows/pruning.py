"""Which files of CPython and of the wheels are not put into the folder for Windows, because nothing uses them."""

from collections.abc import Callable
from fnmatch import fnmatchcase

from kohtaava_desktop.i18n import LANGUAGES
from kohtaava_desktop.i18n.client import CARD_LANGUAGES

PYTHON = (
    # the programs load the library themselves
    *("python.exe", "pythonw.exe", "python.cat", "python*._pth"),
    # no network; hashlib has algorithms of its own
    *("_ssl.pyd", "libssl-*.dll", "_hashlib.pyd", "libcrypto-*.dll"),
    # compression, XML, other processes, sound
    *("_bz2.pyd", "_lzma.pyd", "_elementtree.pyd", "pyexpat.pyd", "_multiprocessing.pyd", "_wmi.pyd", "winsound.pyd"),
    # named time zones
    "_zoneinfo.pyd",
)
"""Files of the embeddable distribution that are left out."""

STANDARD_LIBRARY = (
    *("ensurepip/*", "idlelib/*", "lib2to3/*", "pydoc_data/*", "tkinter/*", "turtle*", "turtledemo/*", "venv/*"),
    *("test/*", "unittest/*", "multiprocessing/*", "xmlrpc/*", "wsgiref/*", "http/*", "dbm/*", "curses/*"),
    *("ssl.pyc", "ftplib.pyc", "imaplib.pyc", "poplib.pyc", "smtplib.pyc", "socketserver.pyc", "webbrowser.pyc"),
    *("urllib/request.pyc", "urllib/error.pyc", "urllib/response.pyc", "urllib/robotparser.pyc"),
    *("pdb.pyc", "pydoc.pyc", "doctest.pyc", "antigravity.pyc", "this.pyc", "cProfile.pyc", "profile.pyc"),
    *("pstats.pyc", "_pyrepl/*", "__phello__/*", "__hello__.pyc", "site-packages/*", "cgi*.pyc", "pip*"),
)
"""Modules of the standard library that are left out."""

QT_MODULES = ("Core", "Gui", "Svg", "Widgets")
"""Of Qt, no more than these are loaded."""

_QT = (
    *(f"PySide6/Qt{name}.pyd" for name in QT_MODULES),
    *(f"PySide6/Qt6{name}.dll" for name in QT_MODULES),
    *("PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py", "PySide6/support/*.py"),
    *("PySide6/pyside6.abi3.dll", "PySide6/msvcp140.dll", "PySide6/msvcp140_1.dll", "PySide6/msvcp140_2.dll"),
    *("PySide6/plugins/platforms/qwindows.dll", "PySide6/plugins/platforms/qoffscreen.dll"),
    *(f"PySide6/translations/qtbase_{language}.qm" for language in LANGUAGES if language != "en"),
    *("shiboken6/*.py", "shiboken6/Shiboken.pyd", "shiboken6/shiboken6.abi3.dll"),
)
_BABEL = frozenset((*CARD_LANGUAGES, *LANGUAGES, "root"))


def _of_babel(name: str) -> bool:
    if name.startswith("babel/locale-data/"):
        return name.removeprefix("babel/locale-data/").removesuffix(".dat") in _BABEL
    return not name.startswith("babel/messages/")


_KEPT: dict[str, Callable[[str], bool]] = {
    "PySide6": lambda name: any(fnmatchcase(name, pattern) for pattern in _QT),
    "shiboken6": lambda name: any(fnmatchcase(name, pattern) for pattern in _QT),
    "babel": _of_babel,
    "sqlite_utils": lambda name: name not in ("sqlite_utils/cli.py", "sqlite_utils/__main__.py"),
    "dateutil": lambda name: not name.startswith("dateutil/zoneinfo/"),
}


def keeps(name: str) -> bool:
    """Whether the file ``name`` of a wheel is put into the folder."""
    top = name.split("/", 1)[0]
    if top.endswith((".dist-info", ".data")) or name.endswith((".pyi", "/py.typed", ".lib", ".h", ".cmake")):
        return False
    return top not in _KEPT or _KEPT[top](name)


def keeps_of_python(name: str) -> bool:
    """Whether the file ``name`` of the embeddable distribution is put into the folder."""
    return not any(fnmatchcase(name, pattern) for pattern in PYTHON)


def keeps_of_library(name: str) -> bool:
    """Whether the member ``name`` of the archived standard library is put into the folder."""
    return not any(fnmatchcase(name, pattern) for pattern in STANDARD_LIBRARY)
