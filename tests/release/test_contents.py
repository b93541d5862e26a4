"""What a bundle may and must contain: the rules refuse what they should, and nothing that is needed."""

import marshal
import zipfile
from pathlib import Path

import pytest

from kohtaava_desktop.i18n import LANGUAGES
from kohtaava_desktop.i18n.client import CARD_LANGUAGES
from release import contents
from release.contents import System, files_in, missing, modules_in, unwanted, unwanted_modules

SITE = "lib/python3.11/site-packages"
QT = f"{SITE}/PySide6/Qt"


@pytest.mark.parametrize(
    "name",
    [
        f"{QT}/lib/libQt6Quick.so.6",
        f"{QT}/lib/libQt6Network.so.6",
        f"{QT}/lib/libQt6VirtualKeyboard.so.6",
        f"{QT}/lib/libQt6Lottie.so.6",
        f"{QT}/lib/libQt6SomethingNew.so.6.12",
        f"{SITE}/PySide6/QtNetwork.abi3.so",
        f"{SITE}/PySide6/QtQml.abi3.so",
        f"{SITE}/PySide6/lupdate",
        f"{SITE}/PySide6/QtCore.pyi",
        f"{SITE}/PySide6/include/pyside.h",
        f"{QT}/qml/QtQuick/qmldir",
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/platforms/libqeglfs.so",
        f"{QT}/plugins/vectorimageformats/libqlottievectorimage.so",
        f"{QT}/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qt_help_sv.qm",
        "_internal/libgtk-3.so.0",
        "_internal/libssl.so.3",
        "_internal/libcrypto.so.3",
        f"{SITE}/numpy/__init__.pyc",
        f"{SITE}/pip/__init__.pyc",
        f"{SITE}/pip-26.3.dist-info/METADATA",
        f"{SITE}/babel/locale-data/de.dat",
        "lib/python3.11/test/test_os.pyc",
        "lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
    ],
)
def test_refused_on_linux(name: str) -> None:
    assert [finding.name for finding in unwanted([name], "linux")] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "_internal/PySide6/Qt6Qml.dll",
        "_internal/PySide6/Qt6Network.dll",
        "_internal/PySide6/Qt6VirtualKeyboard.dll",
        "_internal/PySide6/QtNetwork.pyd",
        "_internal/PySide6/opengl32sw.dll",
        "_internal/PySide6/plugins/platforms/qminimal.dll",
        "_internal/PySide6/plugins/platforms/qdirect2d.dll",
        "_internal/PySide6/plugins/tls/qschannelbackend.dll",
        "_internal/libssl-3.dll",
        "_internal/libcrypto-3-x64.dll",
        "runtime/_ssl.pyd",
        "PySide6/lrelease.exe",
        "runtime/tcl86t.dll",
    ],
)
def test_refused_on_windows(name: str) -> None:
    assert [finding.name for finding in unwanted([name], "windows")] == [name]


@pytest.mark.parametrize(
    ("name", "system"),
    [
        (f"{SITE}/PySide6/QtDBus.abi3.so", "linux"),
        (f"{QT}/lib/libQt6DBus.so.6", "linux"),
        (f"{QT}/lib/libQt6Svg.so.6", "linux"),
        (f"{QT}/plugins/platforms/libqxcb.so", "linux"),
        (f"{QT}/plugins/platforms/libqoffscreen.so", "linux"),
        (f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so", "linux"),
        (f"{QT}/translations/qtbase_fi.qm", "linux"),
        (f"{SITE}/babel/locale-data/ti.dat", "linux"),
        (f"{SITE}/PySide6/libpyside6.abi3.so.6.11", "linux"),
        (f"{QT}/lib/libicudata.so.73", "linux"),
        ("_internal/PySide6/Qt6Core.dll", "windows"),
        ("_internal/PySide6/QtCore.pyd", "windows"),
        ("_internal/PySide6/plugins/platforms/qwindows.dll", "windows"),
        ("kohtaava-desktop.exe", "windows"),
        ("kohtaava", "linux"),
    ],
)
def test_accepted(name: str, system: System) -> None:
    assert unwanted([name], system) == []


def test_every_reason_is_said() -> None:
    assert unwanted([f"{QT}/lib/libQt6VirtualKeyboard.so.6"], "linux")[0].reason == "Virtual Keyboard is GPL only"
    assert "GPL" in unwanted([f"{QT}/lib/libQt6Graphs.so.6"], "linux")[0].reason
    assert "GPL" not in unwanted([f"{QT}/lib/libQt6Sql.so.6"], "linux")[0].reason


def test_nothing_that_is_kept_is_gpl_only() -> None:
    assert not contents.GPL_ONLY & set(contents.QT_MODULES)


@pytest.mark.parametrize("system", ["linux", "windows"])
def test_an_empty_folder_lacks_everything(system: System) -> None:
    assert len(missing([], system)) == len(contents.WANTED) + len(contents.WANTED_ON[system])


def test_what_is_there_is_not_missing() -> None:
    before = {finding.name for finding in missing([], "linux")}
    after = {finding.name for finding in missing([f"{SITE}/babel/locale-data/ti.dat", "kohtaava"], "linux")}
    assert len(before - after) == 2


def test_the_languages_are_those_of_the_program() -> None:
    assert set(contents.INTERFACE_LANGUAGES) == set(LANGUAGES)
    assert set(contents.CARD_LANGUAGES) == set(CARD_LANGUAGES)


@pytest.mark.parametrize(
    "module", ["numpy", "numpy.core", "ssl", "urllib.request", "PySide6.QtNetwork", "pip._internal"]
)
def test_modules_refused(module: str) -> None:
    assert [finding.name for finding in unwanted_modules(["json", module])] == [module]


@pytest.mark.parametrize(
    "module", ["urllib", "urllib.parse", "PySide6.QtDBus", "sqlite_utils.db", "babel.dates", "email"]
)
def test_modules_accepted(module: str) -> None:
    assert unwanted_modules([module]) == []


def test_modules_are_found_in_files_and_archives(tmp_path: Path) -> None:
    for name in (
        f"{SITE}/PySide6/QtCore.abi3.so",
        f"{SITE}/babel/__init__.pyc",
        f"{SITE}/babel/dates.pyc",
        f"{SITE}/sqlite_utils-4.dist-info/METADATA",
        "lib/python3.11/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so",
        "lib/python3.11/asyncio/events.pyc",
        "lib/libsqlite3.so.0",
        "README.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(marshal.dumps(None))
    with zipfile.ZipFile(tmp_path / "python313.zip", "w") as archive:
        archive.writestr("http/client.pyc", b"")
        archive.writestr("os.pyc", b"")
    assert modules_in(tmp_path) == [
        "PySide6.QtCore", "_ssl", "asyncio.events", "babel", "babel.dates", "http.client", "os",
    ]  # fmt: skip
    assert [finding.name for finding in unwanted_modules(modules_in(tmp_path))] == ["_ssl", "http.client"]


def test_files_and_links_are_named_from_the_folder(tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "b.so").touch()
    (tmp_path / "a").symlink_to("nowhere")
    assert files_in(tmp_path) == ["a", "lib/b.so"]
