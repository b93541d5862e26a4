"""What is shipped for Linux beside the program: pages, completion, archive, the script for one user; and comparing."""

import ctypes
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from kohtaava_desktop import __version__
from kohtaava_desktop.cli.command_line import ALONE, COMMANDS, MEANINGS
from kohtaava_desktop.i18n import LANGUAGES
from release import archive, moment
from release.compare import differences
from release.linux import elf, manpages, parts, share
from release.project import ROOT, Unbuildable

DAY = "2026-11-22"
SECONDS = 1_795_336_113


@pytest.fixture(scope="module")
def pages() -> dict[tuple[str, str], str]:
    """The text of each page, by program and language."""
    return {(page.program, page.language): page.text for page in manpages.pages(DAY)}


# manual pages


def test_there_is_a_page_for_each_program_in_each_language(pages: dict[tuple[str, str], str]) -> None:
    assert set(pages) == {(program, language) for program in ("kohtaava", "kohtaava-desktop") for language in LANGUAGES}
    assert {page.place for page in manpages.pages(DAY)} >= {"man/man1/kohtaava.1.gz", "man/fi/man1/kohtaava.1.gz"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_typed_is_in_the_page(pages: dict[tuple[str, str], str], language: str) -> None:
    text = pages["kohtaava", language].replace("\\-", "-").replace("\\&", "")
    typed = [syntax.usage(name) for name, syntax in COMMANDS.items()]
    typed += [f"kohtaava {name} {rest}" for name, rows in ALONE.items() for rest in rows]
    for each in (*typed, *MEANINGS):
        assert f"\n.B {each}\n" in text


def test_what_it_means_is_said_in_the_language_of_the_page(pages: dict[tuple[str, str], str]) -> None:
    said = {"en": "Start a meeting.", "fi": "Aloita tapaaminen.", "sv": "Starta ett möte."}
    for language, text in said.items():
        assert f"\n{text}\n" in pages["kohtaava", language]


def test_every_text_is_there_in_every_language() -> None:
    for table in (manpages.OPTIONS, manpages.FILES, manpages.VARIABLES, manpages.WORDS):
        for name, texts in table.items():
            assert set(texts) == set(LANGUAGES), name


def test_the_options_are_those_that_the_program_knows() -> None:
    words = (sys.executable, "-m", "kohtaava_desktop", "--help")
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT)
    known = set(re.findall(r"--[a-z]+", done.stdout))
    assert {option.split(" ")[0] for option in manpages.OPTIONS} == known


@pytest.mark.proof
def test_pages_are_read_without_a_complaint(pages: dict[tuple[str, str], str]) -> None:
    for name, text in pages.items():
        words = ("man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", "-")
        done = subprocess.run(words, input=text.encode(), capture_output=True, check=True)
        assert done.stderr == b"", name


def test_texts_are_shown_as_they_stand() -> None:
    assert manpages._plain("--a\\b") == "\\-\\-a\\eb"
    assert manpages._plain(".x") == "\\&.x"


# completion


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (["kohtaava", "und"], ["undo"]),
        (["kohtaava", "start", "--ch"], ["--channel"]),
        (["kohtaava", "status", "--j"], ["--json"]),
        (["kohtaava", "up", "--h"], ["--help"]),
    ],
)
def test_bash_completes(line: list[str], found: list[str]) -> None:
    script = (
        manpages.completion() + 'COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _kohtaava; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script, "bash", *line], capture_output=True, text=True, check=True)
    assert done.stdout.split() == found


# the archive


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder as a bundle is one, with programs that do nothing."""
    folder = tmp_path / "built" / "kohtaava-desktop"
    (folder / "lib").mkdir(parents=True)
    for name in ("kohtaava-desktop", "kohtaava"):
        (folder / name).write_bytes(Path("/bin/true").read_bytes())
    (folder / "lib" / "data.json").write_text("{}")
    return folder


def unpack(small: Path, room: Path) -> Path:
    """The folder out of the archive of ``small``, in ``room``."""
    packed = archive.build(small, small.parents[1] / "out")
    with tarfile.open(packed) as members:
        assert {(member.uname, member.gname, member.uid, member.gid) for member in members} == {("root", "root", 0, 0)}
    room.mkdir(parents=True)
    subprocess.run(["tar", "-C", str(room), "-xf", str(packed)], check=True)
    return room / archive.TOP


def test_two_archives_are_the_same(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(SECONDS))
    one = archive.build(small, tmp_path / "one")
    os.utime(small / "lib", (1, 1))
    assert archive.build(small, tmp_path / "other").read_bytes() == one.read_bytes()


def test_one_user_installs_and_removes(small: Path, tmp_path: Path) -> None:
    top = unpack(small, tmp_path / "työ kone")
    home = tmp_path / "home"
    (home / ".local" / "share" / "kohtaava-desktop").mkdir(parents=True)
    around = {"HOME": str(home), "PATH": os.environ["PATH"]}
    for _time in range(2):
        subprocess.run([top / "install.sh"], env=around, check=True)
    share_folder = home / ".local" / "share"
    entry = share_folder / "applications" / "kohtaava-desktop.desktop"
    assert f'Exec="{top}/kohtaava-desktop"\nTryExec={top}/kohtaava-desktop\n' in entry.read_text(encoding="utf-8")
    subprocess.run(["desktop-file-validate", str(entry)], check=True)
    assert (home / ".local" / "bin" / "kohtaava").resolve() == top / "kohtaava"
    assert (share_folder / "icons" / "hicolor" / "scalable" / "apps" / "kohtaava-desktop.svg").is_file()
    subprocess.run([top / "install.sh", "--remove"], env=around, check=True)
    assert [path for path in home.rglob("*") if not path.is_dir()] == []
    assert (share_folder / "kohtaava-desktop").is_dir(), "the user's data stay"


def test_what_is_not_ours_is_left_alone(small: Path, tmp_path: Path) -> None:
    top, home = unpack(small, tmp_path / "there"), tmp_path / "home"
    (home / ".local" / "bin").mkdir(parents=True)
    other = home / ".local" / "bin" / "kohtaava"
    other.write_text("something else")
    refuses(top, home)
    assert other.read_text() == "something else"
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["kohtaava"]


def test_neither_a_link_that_leads_nowhere_nor_an_entry_of_others_is_replaced(small: Path, tmp_path: Path) -> None:
    top, home = unpack(small, tmp_path / "there"), tmp_path / "home"
    link, entry = home / ".local/bin/kohtaava", home / ".local/share/applications/kohtaava-desktop.desktop"
    for folder in (link.parent, entry.parent):
        folder.mkdir(parents=True)
    link.symlink_to("/media/stick/other program")
    refuses(top, home)
    assert str(link.readlink()) == "/media/stick/other program"
    link.unlink()
    entry.write_text("[Desktop Entry]\n")
    refuses(top, home)
    assert entry.read_text() == "[Desktop Entry]\n"
    assert not link.is_symlink()


def refuses(top: Path, home: Path) -> None:
    """The script in ``top`` says that something in ``home`` is not ours; removing does no more than installing."""
    around = {"HOME": str(home), "PATH": os.environ["PATH"]}
    done = subprocess.run([top / "install.sh"], env=around, capture_output=True, text=True, check=False)
    assert (done.returncode, "is not ours" in done.stderr) == (1, True)
    subprocess.run([top / "install.sh", "--remove"], env=around, check=True)


def test_the_oldest_glibc_is_that_of_the_programs(small: Path, tmp_path: Path) -> None:
    major, minor = map(int, archive.glibc_of(small).split("."))
    assert major == 2
    assert minor >= 4
    with pytest.raises(Unbuildable, match="no programs"):
        archive.glibc_of(tmp_path / "built" / "kohtaava-desktop" / "lib")


def test_a_folder_that_is_none_to_pack_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert archive.main([str(tmp_path / "empty"), str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'empty'} has no programs.\n"


# libraries


@pytest.mark.parametrize("kind", ["--enable-new-dtags", "--disable-new-dtags"])
def test_where_a_library_was_built_is_forgotten(tmp_path: Path, kind: str) -> None:
    source, library = tmp_path / "a.c", tmp_path / "a.so"
    source.write_text("int a(void) { return 42; }")
    subprocess.run(["gcc", "-shared", f"-Wl,{kind},-rpath,/somewhere", "-o", library, source], check=True)
    before, size = dynamic(library), library.stat().st_size
    elf.forget_search_path(library)
    assert [line for line in before if "/somewhere" not in line] == dynamic(library)
    assert (len(dynamic(library)), library.stat().st_size) == (len(before) - 1, size)
    assert ctypes.CDLL(str(library)).a() == 42


def test_what_is_no_library_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("text")
    elf.forget_search_path(tmp_path / "text")
    assert (tmp_path / "text").read_text() == "text"


def dynamic(library: Path) -> list[str]:
    """By what ``library`` is loaded, as readelf tells it."""
    words = ("readelf", "--dynamic", "--wide", str(library))
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return re.findall(r"^ 0x\w+ (?!.*NULL).*$", said, re.MULTILINE)


# what a desktop finds


def test_everything_a_desktop_looks_for_is_there(tmp_path: Path) -> None:
    share.put(tmp_path, SECONDS)
    icons = sorted(path.relative_to(tmp_path).parts[2] for path in tmp_path.glob("icons/hicolor/*/apps/*"))
    assert icons == sorted(["scalable", *(f"{size}x{size}" for size in share.ICON_SIZES)])
    text = (tmp_path / "metainfo" / f"{share.IDENTITY}.metainfo.xml").read_text(encoding="utf-8")
    assert f'<release version="{__version__}" date="{DAY}"/>' in text
    assert (tmp_path / "icons/hicolor/48x48/apps/kohtaava-desktop.png").read_bytes().startswith(b"\x89PNG")


# what goes in


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("PySide6/QtDBus.abi3.so", True),
        ("PySide6/QtNetwork.abi3.so", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6/Qt/lib/libicudata.so.73", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6/QtCore.pyi", False),
        ("babel/dates.py", True),
        ("babel/messages/catalog.py", False),
        ("babel/locale-data/ti.dat", True),
        ("babel/locale-data/de.dat", False),
        ("sqlite_utils/cli.py", False),
        ("sqlite_utils/db.py", True),
        ("sqlite_utils-4.2.1.dist-info/METADATA", False),
        ("../../../bin/sqlite-utils", False),
    ],
)
def test_what_of_a_package_is_kept(name: str, kept: bool) -> None:
    assert parts.keeps(name) is kept


def test_what_is_required_is_found_with_all_that_it_requires() -> None:
    names = {
        found.metadata["Name"].lower() for found in parts.distributions(["sqlite-utils", "never; python_version < '3'"])
    }
    assert {"sqlite-utils", "click", "pluggy"} <= names
    assert not names & set(parts.LEFT_OUT)


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(Unbuildable, match="no-such-package is not installed here"):
        parts.distributions(["no-such-package"])


# dates and comparing


def test_the_moment_is_the_one_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(SECONDS))
    assert (moment.moment(), moment.day(SECONDS)) == (SECONDS, DAY)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert moment.day(moment.moment()) == "1980-01-02", "the earliest that every archive can hold"


def test_otherwise_the_moment_is_that_of_the_commit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr(moment, "ROOT", tmp_path)
    monkeypatch.setattr(moment, "run", lambda *words: f"{SECONDS}\n" if words[-2:] == ("-1", "--format=%ct") else "")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert moment.moment() == SECONDS


def test_without_a_repository_there_is_a_moment_and_with_one_that_git_refuses_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(moment, "ROOT", tmp_path)
    assert moment.day(moment.moment()) == "2020-01-01"
    (tmp_path / ".git").mkdir()
    with pytest.raises(Unbuildable, match=r"^git "):
        moment.moment()


def test_differences_are_named(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        (folder / "same").write_text("same")
        (folder / "changed").write_text(folder.name)
        (folder / "link").symlink_to(folder.name)
        moment.settle(folder, SECONDS)
        with tarfile.open(folder / "all.tar.xz", "w:xz") as members:
            members.add(folder / "same", "same")
            members.add(folder / "changed", "changed")
    (one / "more").touch()
    (other / "same").chmod(0o600)
    found = {each.name: each.reason for each in differences(one, other)}
    assert set(found) == {"more", "changed", "link", "same", "all.tar.xz"}
    assert found["all.tar.xz"] == "differs in changed"
    assert differences(one, one) == []
