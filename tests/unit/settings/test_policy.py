"""The organisation's file on Linux: it counts if it is the administrator's, and never stops the program."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import files, policy
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.report import complaints


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the policy is looked for; files in there seem to be root's, whoever runs the tests."""
    real = os.fstat

    def seems_roots(handle: int) -> os.stat_result:
        found = list(real(handle))
        found[stat.ST_UID] = 0
        return os.stat_result(found)

    path = tmp_path / "etc" / "policies.json"
    path.parent.mkdir()
    monkeypatch.setattr(policy, "FILE", path)
    monkeypatch.setattr(os, "fstat", seems_roots)
    set_language("en")
    yield path
    path.chmod(0o644) if path.is_file() else None


def loaded(folder: Path) -> Settings:
    """The settings as on Linux."""
    return load(folder / "config", policy.sources("linux"))


def put(path: Path, text: str, mode: int = 0o644) -> None:
    """A policy file with these contents."""
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)


def test_the_file_is_where_the_system_keeps_such_files() -> None:
    assert str(policy.FILE) == "/etc/kohtaava-desktop/policies.json"


def test_without_a_file_nothing_is_set(place: Path, tmp_path: Path) -> None:
    assert loaded(tmp_path).in_force == Settings().in_force
    place.parent.rmdir()
    assert loaded(tmp_path).in_force == Settings().in_force


def test_a_file_locks_what_can_be_locked(place: Path, tmp_path: Path) -> None:
    put(place, '{"retention_months": 6, "view": "open", "smallest_group": 40}')
    settings = loaded(tmp_path)
    assert (settings.number("retention_months"), settings.managed("retention_months")) == (6, True)
    assert (settings.text("view"), settings.managed("view")) == ("open", False)
    assert settings.number("smallest_group") == 40
    assert {settings.origin(name) for name in ("retention_months", "view")} == {Origin.MACHINE_POLICY}
    assert settings.place("view") == str(place)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def link_to(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def holding(text: str, mode: int = 0o644) -> Callable[[Path], None]:
    return lambda path: put(path, text, mode)


HOSTILE: dict[str, tuple[Callable[[Path], None], str]] = {
    "not JSON": (holding("retention_months = 6"), "not JSON, line 1"),
    "nothing": (holding(""), "not JSON"),
    "a list": (holding('["retention_months"]'), "not a JSON object"),
    "50 MB": (holding('{"a": "' + "x" * 50_000_000 + '"}'), "larger than 1 MiB"),
    "a link to an endless device": (link_to("/dev/zero"), "not a file"),
    "a link to a quiet device": (link_to("/dev/null"), "not a file"),
    "a pipe": (fifo, "not a file"),
    "a folder": (Path.mkdir, "not a file"),
    "a link to itself": (link_to("policies.json"), "symbolic links"),
    "others may write": (holding('{"retention_months": 6}', 0o646), "root"),
    "a group may write": (holding('{"retention_months": 6}', 0o664), "root"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_told_in_one_sentence_and_has_no_effect(place: Path, tmp_path: Path, what: str) -> None:
    make, reason = HOSTILE[what]
    make(place)
    settings = loaded(tmp_path)
    assert settings.in_force.values == Settings().in_force.values
    [said] = complaints(settings.in_force)
    assert str(place) in said
    assert reason in said
    assert said.startswith("The organisation's policy")
    assert "\n" not in said
    settings.set("retention_months", 12)  # and the user goes on as without it
    assert settings.number("retention_months") == 12


def test_a_file_of_somebody_else_has_no_effect(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seems_roots = os.fstat

    def seems_anybodys(handle: int) -> os.stat_result:
        found = list(seems_roots(handle))
        found[stat.ST_UID] = 1000
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", seems_anybodys)
    put(place, '{"retention_months": 6}')
    settings = loaded(tmp_path)
    assert settings.number("retention_months") == 24
    assert "root" in complaints(settings.in_force)[0]


def test_a_file_that_nobody_may_read_is_told(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(place, '{"retention_months": 6}', 0o000)
    real = os.open

    def as_user(path: object, *arguments: int) -> int:  # root, who may run the tests, can read it
        if path == place:
            raise PermissionError(13, "Permission denied")
        return real(str(path), *arguments)

    monkeypatch.setattr(os, "open", as_user)
    [said] = complaints(loaded(tmp_path).in_force)
    assert "access is not allowed" in said
    assert str(place) in said


def test_a_link_to_the_administrators_file_is_followed(place: Path, tmp_path: Path) -> None:
    put(tmp_path / "managed.json", '{"retention_months": 6}')
    place.symlink_to(tmp_path / "managed.json")
    assert loaded(tmp_path).number("retention_months") == 6


def test_bad_values_are_told_and_the_good_ones_beside_them_used(place: Path, tmp_path: Path) -> None:
    put(place, '{"retention_months": 0, "view": "open", "colour": 1, "smallest_group": 3}')
    settings = loaded(tmp_path)
    said = complaints(settings.in_force)
    assert len(said) == 3
    assert all(str(place) in sentence and "default is used" not in sentence for sentence in said)
    assert (settings.text("view"), settings.number("smallest_group")) == ("open", 10)


def test_a_file_that_is_longer_than_it_says_is_not_read_to_its_end(tmp_path: Path) -> None:
    with pytest.raises(files.Unreadable):
        files.read_json(Path("/proc/self/status"))  # its size is said to be 0
    (tmp_path / "long.json").write_bytes(b"[" + b" " * files.LARGEST_BYTES)
    with pytest.raises(files.Unreadable, match="too-large"):
        files.read_json(tmp_path / "long.json")
