"""Where files live: local folders of one user, moved as a whole by two variables."""

from pathlib import Path

import pytest

from kohtaava_desktop.integration import paths
from kohtaava_desktop.integration.paths import config_dir, data_dir, documents_dir, resources_dir

VARIABLES = ("KOHTAAVA_DATA_DIR", "KOHTAAVA_CONFIG_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME")


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A home of its own, and no variable set."""
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def test_by_default_they_are_below_the_home(home: Path) -> None:
    assert data_dir() == home / ".local" / "share" / "kohtaava-desktop"
    assert config_dir() == home / ".config" / "kohtaava-desktop"


def test_the_desktops_own_folders_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere/config")
    assert data_dir() == Path("/somewhere/data/kohtaava-desktop")
    assert config_dir() == Path("/somewhere/config/kohtaava-desktop")


def test_a_relative_folder_of_the_desktop_does_not_count(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    assert data_dir() == home / ".local" / "share" / "kohtaava-desktop"


def test_two_variables_move_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere/data")
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(tmp_path / "d"))
    monkeypatch.setenv("KOHTAAVA_CONFIG_DIR", "c")
    monkeypatch.chdir(tmp_path)
    assert data_dir() == tmp_path / "d"
    assert config_dir() == tmp_path / "c"


def test_a_folder_that_was_removed_while_we_are_in_it_is_no_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(tmp_path / "d"))
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert data_dir() == tmp_path / "d"
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", "d")
    assert data_dir() == Path("d")
    monkeypatch.chdir(tmp_path)


def test_asking_makes_no_folder(home: Path) -> None:
    assert not data_dir().exists()
    assert not config_dir().exists()
    assert list(home.iterdir()) == []


def test_the_icons_are_found() -> None:
    assert (resources_dir() / "icons" / "kohtaava.svg").is_file()


def test_the_guide_is_found() -> None:
    assert (documents_dir() / "guide" / "fi.md").is_file()


def test_an_installed_package_uses_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "kohtaava_desktop"
    monkeypatch.setattr(paths, "__file__", str(package / "integration" / "paths.py"))
    assert (resources_dir(), documents_dir()) == (tmp_path / "resources", tmp_path / "docs")
    (package / "docs").mkdir(parents=True)
    (package / "resources").mkdir()
    assert (resources_dir(), documents_dir()) == (package / "resources", package / "docs")
