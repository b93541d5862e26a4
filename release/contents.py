"""What a bundle must and must not contain, on both systems and in every layout, as data with reasons.

A name is the path of a file below the folder that is installed, with slashes. Qt modules are told by a list of those
that are kept: whatever a new version of Qt brings along is refused until somebody has looked at it.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal

System = Literal["linux", "windows"]

QT_MODULES = {
    "Core": "everything",
    "Gui": "everything",
    "Widgets": "every window",
    "Svg": "icons are painted from SVG files",
    "DBus": "the tray icon, and the colours of the desktop portal",
    "XcbQpa": "Qt's own part of the xcb platform (Linux)",
    "WaylandClient": "Qt's own part of the wayland platform (Linux)",
}
"""The parts of Qt that a bundle may have, and what for. All of them are LGPL."""

GPL_ONLY = frozenset(
    ("Charts", "DataVisualization", "Graphs", "GraphsWidgets", "HttpServer", "Lottie", "NetworkAuth", "Quick3D",
     "QuickTimeline", "VirtualKeyboard", "WaylandCompositor", "CanvasPainter")
)  # fmt: skip
"""Parts of Qt that come under the GPL or a commercial licence only."""

QT_PLUGINS: dict[System, dict[str, frozenset[str]]] = {
    "linux": {
        # Without xcb there is no overlay; wayland is for a session without XWayland; offscreen is for checks.
        "platforms": frozenset(("qxcb", "qwayland", "qoffscreen")),
        "platformthemes": frozenset(("qxdgdesktopportal",)),
        "platforminputcontexts": frozenset(("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin")),
        "wayland-shell-integration": frozenset(("xdg-shell",)),
        "wayland-decoration-client": frozenset(("bradient",)),
        "iconengines": frozenset(("qsvgicon",)),
        "imageformats": frozenset(("qsvg",)),
    },
    "windows": {
        "platforms": frozenset(("qwindows", "qoffscreen")),
        "styles": frozenset(("qmodernwindowsstyle",)),
        "iconengines": frozenset(("qsvgicon",)),
        "imageformats": frozenset(("qsvg", "qico")),
    },
}
"""The plugins of Qt that a bundle may have, by folder, without prefix and suffix."""

X11_LIBRARIES = (
    "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0", "libxcb-keysyms.so.1", "libxcb-render-util.so.0",
    "libxcb-util.so.1",
)  # fmt: skip
"""What Qt's xcb platform needs and many desktops lack. All else that it needs comes with every desktop."""

INTERFACE_LANGUAGES = ("fi", "sv", "en")
CARD_LANGUAGES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "ti", "ku")


@dataclass(frozen=True, slots=True)
class Rule:
    """Files whose names ``pattern`` finds (anywhere, in either case), and why they are unwanted or needed."""

    pattern: str
    reason: str

    def finds(self, name: str) -> bool:
        """Whether the rule is about the file ``name``."""
        return re.search(self.pattern, name, re.IGNORECASE) is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a bundle."""

    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"


UNWANTED = (
    Rule(r"(^|/)lib(gtk|gdk)[-_.0-9]|(^|/)libatk|(^|/)libpango|gdk_pixbuf|qgtk3", "GTK is not used"),
    Rule(r"(^|/)lib(ssl|crypto)[-.0-9]|_ssl\.|_hashlib\.|/tls/", "there is no network, so no TLS"),
    Rule(r"\.(qml|qmlc|jsc)$|/qml/|/qmltooling/|/qmllint/", "Qt Quick is not used"),
    Rule(r"virtualkeyboard", "Virtual Keyboard is GPL only"),
    Rule(r"lottie", "Lottie is GPL only"),
    Rule(r"(^|/)(numpy|pandas)(/|-)", "sqlite-utils would import it at every start"),
    Rule(r"(^|/)(pip|setuptools|wheel|pkg_resources|ensurepip|venv)(/|-[0-9])", "nothing is installed by a bundle"),
    Rule(r"(^|/)(tests?|testing)/", "tests are for developers"),
    Rule(r"(^|/)(tkinter|idlelib|turtledemo|lib2to3|pydoc_data)/|_tkinter|(^|/)(lib)?(tcl|tk)[0-9]", "not used"),
    Rule(r"\.(pyi|h|hpp|cpp|c|a|lib|pdb|prl|cmake|pc|la|typesystem\.xml)$", "only a compiler needs it"),
    Rule(r"/(typesystems|glue|include|metatypes|mkspecs|__pycache__)/", "only a compiler needs it"),
    Rule(r"(^|/)PySide6/(?!qt)[a-z_0-9]+(\.exe)?$", "a tool of Qt's, for developers"),
    Rule(r"(opengl32sw|d3dcompiler_[0-9]+)\.dll$", "nothing is painted with OpenGL"),
    Rule(r"(^|/)lib(av(codec|format|util)|sw(resample|scale))[-.]", "there is neither sound nor film"),
    Rule(r"(^|/)(vcredist|vc_redist)[^/]*\.exe$", "a bundle carries the libraries themselves"),
    Rule(r"(^|/)\.(git|env|netrc)|\.(po|pot|orig|rej|log|tmp)$", "it is not part of the program"),
)
"""What no bundle may have, whatever the system."""

UNWANTED_MODULES = {
    "GTK": ("gi",),
    "there is no network code in this program": (
        "ssl", "_ssl", "_hashlib", "http", "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib",
        "socketserver", "xmlrpc", "webbrowser", "wsgiref", "urllib.request", "PySide6.QtNetwork", "requests", "urllib3",
        "certifi",
    ),
    "Qt Quick is not used": ("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets"),
    "nothing is installed by a bundle": (
        "pip", "setuptools", "pkg_resources", "wheel", "ensurepip", "venv", "distutils", "_distutils_hack",
    ),
    "it is for developers": (
        "PyInstaller", "pytest", "_pytest", "hypothesis", "mypy", "hatchling", "unittest", "doctest", "pdb", "pydoc",
        "pydoc_data", "idlelib", "lib2to3", "test", "babel.messages", "sqlite_utils.cli",
    ),
    "not used, and large or slow to start": (
        "numpy", "pandas", "IPython", "typing_extensions", "tkinter", "_tkinter", "turtle", "turtledemo", "curses",
        "multiprocessing",
    ),
}  # fmt: skip
"""Python modules that no bundle may have, with all that is in them."""

_PACKAGE = r"(^|/)kohtaava_desktop/"

WANTED = (
    Rule(r"^kohtaava-desktop(\.exe)?$", "the window program"),
    Rule(r"^kohtaava(\.exe)?$", "the command line"),
    Rule(r"QtSvg\.(abi3\.so|pyd)$", QT_MODULES["Svg"]),
    Rule(r"_sqlite3[^/]*\.(so|pyd)$", "meetings are stored with it"),
    Rule(r"_ctypes[^/]*\.(so|pyd)$", "what Qt does not offer of the system is reached through it"),
    Rule(_PACKAGE + r"locale/cldr\.json$", "the overlay counts minutes by it"),
    Rule(_PACKAGE + r"resources/icons/kohtaava\.svg$", "the icon"),
    Rule(_PACKAGE + r"resources/icons/step-up\.svg$", "the icons of the overlay"),
    *(
        Rule(_PACKAGE + rf"locale/{language}/LC_MESSAGES/kohtaava\.mo$", "the program speaks this language")
        for language in ("fi", "sv")
    ),
    *(
        Rule(_PACKAGE + rf"docs/guide/{language}\.md$", "the user guide in this language")
        for language in INTERFACE_LANGUAGES
    ),
    *(
        Rule(_PACKAGE + rf"locale/{language}/LC_MESSAGES/client\.mo$", "the client card is offered in this language")
        for language in CARD_LANGUAGES
    ),
    *(
        Rule(rf"(^|/)babel/locale-data/{language}\.dat$", "the client card counts in this language")
        for language in (*CARD_LANGUAGES, "root")
    ),
    Rule(r"(^|/)babel/global\.dat$", "Babel does nothing without it"),
    *(Rule(rf"translations/qtbase_{language}\.qm$", "Qt's own words: OK, Cancel") for language in ("fi", "sv")),
)
"""What every bundle has."""

WANTED_ON: dict[System, tuple[Rule, ...]] = {
    "linux": (
        Rule(r"QtDBus\.abi3\.so$", QT_MODULES["DBus"]),
        Rule(r"/platforms/libqxcb\.so$", "the overlay is an X11 window"),
        Rule(r"/platforms/libqoffscreen\.so$", "checks without a screen"),
        Rule(r"(^|/)libQt6XcbQpa\.so\.6$", "the xcb platform needs it"),
        Rule(r"(^|/)libxcb-cursor\.so\.0$", "the xcb platform needs it, and many desktops lack it"),
        Rule(r"(^|/)libpython3\.[0-9]+\.so", "Python itself"),
    ),
    "windows": (
        Rule(r"(^|/)platforms/qwindows\.dll$", "every window"),
        Rule(r"(^|/)platforms/qoffscreen\.dll$", "checks without a screen"),
        Rule(r"(^|/)python3[0-9]+\.dll$", "Python itself"),
        Rule(r"(^|/)vcruntime140\.dll$", "Qt and Python need it, and Windows may lack it"),
    ),
}
"""What every bundle for one system has besides."""

_PYTHON_ROOTS = re.compile(
    r"(?:^|/)(?:site-packages|lib-dynload|Lib|DLLs|python3\.[0-9]+|python3[0-9]+\.zip|base_library\.zip|app|_internal|runtime(?:/lib)?)(?=/)"
)
"""Folders and archives from which Python imports, in the layouts that there are."""
_MODULE = re.compile(r"^(.+?)(?:/__init__)?(?:\.(?:cpython|cp3|abi3)[^/]*)?\.(?:py|pyc|so|pyd)$")
_QT_LIBRARY = re.compile(r"(?:^|/)(?:lib)?Qt6?([A-Z0-9][A-Za-z0-9]*?)(?:\.abi3)?\.(?:so|dll|pyd)(?:\.[0-9.]+)?$")
_QT_PLUGIN = re.compile(r"(?:^|/)plugins/([a-z-]+)/(?:lib)?([A-Za-z0-9_-]+)\.(?:so|dll)$")
_QT_WORDS = re.compile(r"(?:^|/)translations/([^/]+)\.qm$")
_BABEL_LOCALE = re.compile(r"(?:^|/)babel/locale-data/([^/]+)\.dat$")


def files_in(folder: Path) -> list[str]:
    """The names of all files and links below ``folder``, sorted."""
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if not each.is_dir())


def unwanted(names: Iterable[str], system: System) -> list[Finding]:
    """Those of ``names`` that a bundle for ``system`` may not have, with the reason."""
    return [Finding(name, reason) for name in names if (reason := _objection(name, system)) is not None]


def missing(names: Iterable[str], system: System) -> list[Finding]:
    """What a bundle for ``system`` lacks when it consists of ``names``."""
    there = list(names)
    return [
        Finding(rule.pattern, f"missing: {rule.reason}")
        for rule in (*WANTED, *WANTED_ON[system])
        if not any(map(rule.finds, there))
    ]


def unwanted_modules(modules: Iterable[str]) -> list[Finding]:
    """Those of the Python ``modules`` (dotted names) that no bundle may have, with the reason."""
    reasons = {module: reason for reason, modules in UNWANTED_MODULES.items() for module in modules}
    findings = []
    for name in modules:
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            if (reason := reasons.get(".".join(parts[:end]))) is not None:
                findings.append(Finding(name, reason))
                break
    return findings


def modules_in(folder: Path) -> list[str]:
    """The dotted names of the Python modules in ``folder``: in files, in zip archives and in PyInstaller's own."""
    names: set[str] = set()
    for name in files_in(folder):
        path = folder / name
        if name.endswith(".zip"):
            with zipfile.ZipFile(path) as archive:
                names.update(filter(None, (_module(f"{name}/{each}") for each in archive.namelist())))
        elif PurePosixPath(name).suffix in {"", ".exe"} and "/" not in name:
            names.update(_modules_of_pyinstaller(path))
        elif module := _module(name):
            names.add(module)
    return sorted(names)


def _module(name: str) -> str | None:
    """The dotted name of the module in the file ``name``; ``None`` where that is none that Python could import."""
    roots = list(_PYTHON_ROOTS.finditer(name))
    module = _MODULE.match(name[roots[-1].end() + 1 :] if roots else "")
    dotted = module[1].replace("/", ".") if module else ""
    return dotted if dotted and all(part.isidentifier() for part in dotted.split(".")) else None


def _modules_of_pyinstaller(program: Path) -> Iterator[str]:
    """The modules in the archive that PyInstaller appends to a program; none where it made none."""
    if b"MEI\014\013\012\013\016" not in program.read_bytes()[-(1 << 16) :]:
        return
    from PyInstaller.archive.readers import CArchiveReader  # type: ignore[import-untyped]

    archive = CArchiveReader(str(program))
    for name, entry in archive.toc.items():
        if entry[-1] == "z":
            yield from archive.open_embedded_archive(name).toc


def _objection(name: str, system: System) -> str | None:
    """Why a bundle for ``system`` may not have the file ``name``; ``None`` where it may."""
    for rule in UNWANTED:
        if rule.finds(name):
            return rule.reason
    if plugin := _QT_PLUGIN.search(name):
        folder, stem = plugin.groups()
        return None if stem in QT_PLUGINS[system].get(folder, ()) else "a plugin of Qt's that is not used"
    if (library := _QT_LIBRARY.search(name)) and library[1] not in QT_MODULES:
        licence = "under the GPL only, and " if library[1] in GPL_ONLY else ""
        return f"a part of Qt that is {licence}not used"
    if (words := _QT_WORDS.search(name)) and words[1] not in {f"qtbase_{each}" for each in INTERFACE_LANGUAGES}:
        return "words of Qt's in a language that the interface does not speak, or of its tools"
    if (locale := _BABEL_LOCALE.search(name)) and locale[1] not in {*CARD_LANGUAGES, "root"}:
        return "a locale that is never shown"
    return None
