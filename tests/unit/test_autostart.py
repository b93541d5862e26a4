"""Start at sign-in: whose entries are changed, what they start, and what the user has said in the system's settings."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.integration.autostart import State, own_autostart, own_command
from kohtaava_desktop.integration.autostart_linux import NAME, DesktopEntry, entry
from kohtaava_desktop.integration.autostart_windows import APPROVED, RUN, RunEntry

PROGRAM = "/opt/kohtaava/bin/kohtaava-desktop"


class Linux:
    """The folders of one user and of everybody."""

    def __init__(self, folder: Path) -> None:
        self.own, self.shared = folder / "own" / "autostart", folder / "shared" / "autostart"
        self.path = self.own / NAME

    def entry(self, program: str = PROGRAM) -> DesktopEntry:
        return DesktopEntry(self.own, [self.shared], [program])

    def share(self) -> None:
        """The organisation's entry."""
        self.shared.mkdir(parents=True)
        (self.shared / NAME).write_text("[Desktop Entry]\nType=Application\nExec=kohtaava-desktop\n")


@pytest.fixture
def linux(tmp_path: Path) -> Linux:
    return Linux(tmp_path)


def values(text: str) -> dict[str, str]:
    """The keys of a desktop entry and their values, as the specification reads them."""
    first, *lines = text.splitlines()
    assert first == "[Desktop Entry]"
    return dict(line.split("=", 1) for line in lines)


def words(value: str) -> list[str]:
    """``Exec`` as a desktop reads it: escapes of a value first, then quotes, then field codes."""
    escapes = {"\\": "\\", "n": "\n", "t": "\t", "r": "\r", "s": " "}
    letters = iter(value)
    plain = "".join(escapes[next(letters)] if letter == "\\" else letter for letter in letters)
    found: list[str] = []
    letters = iter(plain)
    for letter in letters:
        if letter == " ":
            continue
        assert letter == '"', f"an unquoted word in {plain!r}"
        word = ""
        for inside in letters:
            if inside == '"':
                break
            assert inside not in "`$", "the shell would expand it"
            if inside == "\\":
                word += next(letters)
            elif inside == "%":
                assert next(letters) == "%", "a field code"
                word += "%"
            else:
                word += inside
        found.append(word)
    return found


def test_switched_on_there_is_an_entry_and_switched_off_there_is_none(linux: Linux) -> None:
    assert linux.entry().state() is State.OFF
    linux.entry().change(True)
    assert linux.entry().state() is State.ON
    assert words(values(linux.path.read_text())["Exec"]) == [PROGRAM]
    assert values(linux.path.read_text())["TryExec"] == PROGRAM
    linux.entry().change(False)
    assert linux.entry().state() is State.OFF
    assert list(linux.own.iterdir()) == []


def test_with_nothing_said_our_entry_goes(linux: Linux) -> None:
    linux.entry().change(True)
    linux.entry().change(None)
    assert not linux.path.exists()


def test_the_entry_follows_a_program_that_has_moved(linux: Linux) -> None:
    linux.entry("/old/kohtaava-desktop").change(True)
    linux.entry().verify(True)
    assert words(values(linux.path.read_text())["Exec"]) == [PROGRAM]


def test_what_the_user_has_taken_away_is_not_made_anew_by_a_start(linux: Linux) -> None:
    linux.entry().verify(True)
    assert not linux.path.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_is_switched_off_in_the_system_stays_off_until_it_is_set_here(linux: Linux, line: str) -> None:
    linux.entry("/old/kohtaava-desktop").change(True)
    text = linux.path.read_text() + line + "\n"
    linux.path.write_text(text)
    linux.entry().verify(True)
    assert linux.path.read_text() == text
    assert linux.entry().state() is State.SWITCHED_OFF
    linux.entry().change(True)
    assert linux.entry().state() is State.ON


@pytest.mark.parametrize("on", [True, False, None])
def test_an_entry_that_is_not_ours_is_left_as_it_is(linux: Linux, on: bool | None) -> None:
    linux.own.mkdir(parents=True)
    linux.path.write_text("[Desktop Entry]\nExec=kohtaava-desktop --hidden\n")
    linux.entry().change(on)
    linux.entry().verify(on)
    assert linux.path.read_text() == "[Desktop Entry]\nExec=kohtaava-desktop --hidden\n"
    assert linux.entry().state() is State.BY_OTHERS


def test_the_organisations_entry_counts_until_the_user_says_no(linux: Linux) -> None:
    linux.share()
    linux.entry().change(None)
    assert (linux.entry().state(), linux.path.exists()) == (State.BY_OTHERS, False)
    linux.entry().change(False)
    assert linux.entry().state() is State.OFF
    assert values(linux.path.read_text())["Hidden"] == "true"
    linux.entry().verify(False)
    assert linux.entry().state() is State.OFF
    linux.entry().change(None)
    assert linux.entry().state() is State.BY_OTHERS


def test_a_folder_that_cannot_be_made_is_an_error_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "own").write_text("a file where the folder should be")
    with pytest.raises(OSError, match="own"):
        Linux(tmp_path).entry().change(True)


def test_a_huge_or_odd_file_is_not_read(linux: Linux) -> None:
    linux.own.mkdir(parents=True)
    linux.path.write_bytes(b"\xff" * (1 << 17))
    assert linux.entry().state() is State.OFF
    linux.path.unlink()
    linux.path.mkdir()
    assert linux.entry().state() is State.OFF


@given(st.lists(st.text(st.characters(blacklist_characters="\0", codec="utf-8"), min_size=1), min_size=1, max_size=4))
def test_every_path_is_started_as_it_is(command: list[str]) -> None:
    text = entry(command)
    command_line = text.split("\nExec=", 1)[1].split("\nTerminal=", 1)[0]
    assert words(command_line) == command


# where it goes


@pytest.mark.skipif(sys.platform == "win32", reason="the folders of Linux")
class TestPlace:
    """Whose folder is touched."""

    @pytest.fixture(autouse=True)
    def home(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        for name in ("KOHTAAVA_CONFIG_DIR", "KOHTAAVA_DATA_DIR", "XDG_CONFIG_HOME", "APPIMAGE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
        return tmp_path

    def test_in_the_home_folder(self, home: Path) -> None:
        own_autostart([PROGRAM]).change(True)
        assert (home / ".config" / "autostart" / NAME).is_file()

    def test_where_the_desktop_keeps_its_settings(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
        own_autostart([PROGRAM]).change(True)
        assert (home / "elsewhere" / "autostart" / NAME).is_file()

    @pytest.mark.parametrize("name", ["KOHTAAVA_CONFIG_DIR", "KOHTAAVA_DATA_DIR"])
    def test_a_program_with_folders_of_its_own_leaves_the_desktop_alone(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        monkeypatch.setenv(name, str(home / "portable"))
        portable = own_autostart([PROGRAM])
        portable.change(True)
        portable.verify(True)
        assert portable.state() is State.NOT_HERE
        assert list(home.iterdir()) == []
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
        own_autostart([PROGRAM]).change(True)
        assert (home / "elsewhere" / "autostart" / NAME).is_file()

    def test_the_organisations_folder_is_looked_into(self, home: Path) -> None:
        (home / "etc" / "autostart").mkdir(parents=True)
        (home / "etc" / "autostart" / NAME).write_text("[Desktop Entry]\n")
        assert own_autostart([PROGRAM]).state() is State.BY_OTHERS

    def test_what_is_started_is_what_was_started(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        program = home / "bin" / "kohtaava-desktop"
        program.parent.mkdir()
        program.touch()
        assert own_command(str(program)) == [str(program)]
        monkeypatch.chdir(home)
        assert own_command("bin/kohtaava-desktop") == [str(program)]
        monkeypatch.setattr(sys, "executable", str(home / "bin" / "python"))
        assert own_command("/usr/lib/kohtaava_desktop/__main__.py") == [str(program)]
        program.unlink()
        monkeypatch.setenv("PATH", str(home))
        assert own_command("/usr/lib/kohtaava_desktop/__main__.py")[1:] == ["-m", "kohtaava_desktop"]
        monkeypatch.setenv("APPIMAGE", "/apps/Kohtaava.AppImage")
        assert own_command(str(program)) == ["/apps/Kohtaava.AppImage"]

    def test_in_a_bundle_the_command_line_names_the_window_program(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whichever of the two was started, and however the bundle was made."""
        command, window = home / "kohtaava", home / "kohtaava-desktop"
        window.touch()
        monkeypatch.setattr(sys, "executable", str(command))
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        assert own_command(str(command)) == [str(window)]
        assert own_command("-c") == [str(window)]
        window.unlink()
        assert own_command(str(command)) == [str(command)]

    def test_a_start_in_a_folder_that_is_gone_is_no_error(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (home / "gone").mkdir()
        monkeypatch.chdir(home / "gone")
        (home / "gone").rmdir()
        monkeypatch.setattr(sys, "executable", str(home / "bin" / "python"))
        monkeypatch.setenv("PATH", str(home))
        assert own_command("kohtaava-desktop")[1:] == ["-m", "kohtaava_desktop"]
        assert own_autostart().state() is State.OFF
        monkeypatch.chdir(home)

    def test_a_user_without_a_home_has_no_entry(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def no_home() -> Path:
            raise RuntimeError("Could not determine home directory.")

        monkeypatch.setattr(Path, "home", no_home)
        assert own_autostart([PROGRAM]).state() is State.NOT_HERE
        monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "elsewhere"))
        assert own_autostart([PROGRAM]).state() is State.OFF


# Windows


@dataclass
class FakeRegistry:
    """``winreg`` with keys in a dictionary; a key is there once it has a value."""

    HKEY_CURRENT_USER = "user"
    HKEY_LOCAL_MACHINE = "machine"
    KEY_QUERY_VALUE, KEY_SET_VALUE, REG_SZ = 1, 2, 1
    values: dict[tuple[str, str, str], Any] = field(default_factory=dict)

    @contextmanager
    def OpenKey(self, hive: str, path: str, _reserved: int, _access: int) -> Iterator[tuple[str, str]]:  # noqa: N802
        if not any(key[:2] == (hive, path) for key in self.values):
            raise FileNotFoundError(path)
        yield hive, path

    @contextmanager
    def CreateKeyEx(self, hive: str, path: str, _reserved: int, _access: int) -> Iterator[tuple[str, str]]:  # noqa: N802
        assert hive == self.HKEY_CURRENT_USER, "the machine's keys are not ours"
        yield hive, path

    def QueryValueEx(self, key: tuple[str, str], name: str) -> tuple[Any, int]:  # noqa: N802
        if (*key, name) not in self.values:
            raise FileNotFoundError(name)
        return self.values[(*key, name)], 1

    def SetValueEx(self, key: tuple[str, str], name: str, _reserved: int, _kind: int, value: Any) -> None:  # noqa: N802
        self.values[(*key, name)] = value

    def DeleteValue(self, key: tuple[str, str], name: str) -> None:  # noqa: N802
        del self.values[(*key, name)]


VALUE = "Kohtaava Desktop"
EXE = r"C:\Program Files\Kohtaava Desktop\kohtaava-desktop.exe"


@pytest.fixture
def registry() -> FakeRegistry:
    return FakeRegistry()


def test_in_windows_it_is_a_value_below_run(registry: FakeRegistry) -> None:
    run = RunEntry([EXE], registry)
    assert run.state() is State.OFF
    run.change(True)
    assert registry.values == {("user", RUN, VALUE): f'"{EXE}"'}
    assert run.state() is State.ON
    run.change(False)
    assert (registry.values, run.state()) == ({}, State.OFF)
    run.change(None)
    assert registry.values == {}


def test_in_windows_too_the_entry_follows_the_program(registry: FakeRegistry) -> None:
    RunEntry([r"D:\old\kohtaava-desktop.exe"], registry).change(True)
    RunEntry([EXE], registry).verify(True)
    assert registry.values == {("user", RUN, VALUE): f'"{EXE}"'}
    RunEntry([EXE], registry).change(None)
    RunEntry([EXE], registry).verify(True)
    assert registry.values == {}


@pytest.mark.parametrize(("first", "state"), [(2, State.ON), (3, State.SWITCHED_OFF), (6, State.ON)])
def test_windows_own_list_has_the_last_word(registry: FakeRegistry, first: int, state: State) -> None:
    run = RunEntry([EXE], registry)
    run.change(True)
    registry.values["user", APPROVED, VALUE] = bytes([first]) + bytes(11)
    assert run.state() is state
    run.change(True)
    assert registry.values["user", APPROVED, VALUE][0] == first


def test_the_organisation_starts_it_once(registry: FakeRegistry) -> None:
    registry.values["machine", RUN, VALUE] = f'"{EXE}"'
    run = RunEntry([EXE], registry)
    run.change(True)
    assert run.state() is State.BY_OTHERS
    run.change(False)
    assert list(registry.values) == [("machine", RUN, VALUE)]


def test_a_command_of_several_words_is_quoted_for_windows(registry: FakeRegistry) -> None:
    RunEntry([r"C:\Python 3\python.exe", "-m", "kohtaava_desktop"], registry).change(True)
    assert registry.values["user", RUN, VALUE] == r'"C:\Python 3\python.exe" -m kohtaava_desktop'
