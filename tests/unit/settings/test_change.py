"""Changing the user's own settings: only what was asked for, in one piece, and nothing is lost."""

import errno
import fcntl
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import change as change_module
from kohtaava_desktop.settings.change import change
from kohtaava_desktop.settings.errors import (
    IsLimit,
    Managed,
    NotAllowed,
    NotWritable,
    SettingError,
    ShortcutTaken,
    UnknownSetting,
)
from kohtaava_desktop.settings.files import FILE_NAME
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.report import refusal
from kohtaava_desktop.settings.schema import SETTINGS
from tests.unit.settings.test_layers import good_values

OPEN_SETTINGS = [setting for setting in SETTINGS if not setting.limit]


def stored(folder: Path) -> Any:
    """What stands in the file of settings."""
    return json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))


def managed(folder: Path, **values: object) -> Settings:
    """Settings with a policy of the machine."""
    return load(folder, [lambda: Layer(Origin.MACHINE_POLICY, "/etc/policies", values)])


def test_a_change_is_written_in_force_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "config"
    told: list[frozenset[str]] = []
    settings = load(folder)
    settings.listen(told.append)
    settings.set("view", "open")
    settings.set("lengths", (30, 60))
    assert (settings.text("view"), settings.numbers("lengths")) == ("open", (30, 60))
    assert (settings.origin("view"), settings.place("view")) == (Origin.USER, str(folder / FILE_NAME))
    assert stored(folder) == {"view": "open", "lengths": [30, 60]}
    assert load(folder).in_force == settings.in_force
    assert told == [frozenset({"view"}), frozenset({"lengths"})]


def test_only_the_user_can_read_what_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    load(folder).set("view", "open")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / FILE_NAME).stat().st_mode & 0o777 == 0o600
    assert [each.name for each in folder.iterdir()] == [FILE_NAME]


def test_all_else_in_the_file_stays(tmp_path: Path) -> None:
    before = {"from_a_newer_version": {"a": [1, None]}, "theme": "pink", "view": "quiet"}
    (tmp_path / FILE_NAME).write_text(json.dumps(before))
    settings = load(tmp_path)
    settings.set("view", "open")
    assert stored(tmp_path) == {**before, "view": "open"}
    settings.reset("view")
    assert stored(tmp_path) == {name: before[name] for name in ("from_a_newer_version", "theme")}
    settings.reset_all()
    assert stored(tmp_path) == {"from_a_newer_version": {"a": [1, None]}}


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(data=st.data())
def test_what_is_set_is_what_is_read(tmp_path: Path, data: st.DataObject) -> None:
    (tmp_path / FILE_NAME).unlink(missing_ok=True)
    settings = load(tmp_path)
    names = data.draw(st.lists(st.sampled_from(OPEN_SETTINGS), unique=True, max_size=4))
    wanted = {}
    for setting in names:
        wanted[setting.name] = setting.check(data.draw(good_values(setting)))
        try:
            settings.set(setting.name, wanted[setting.name])
        except ShortcutTaken:
            del wanted[setting.name]
    assert {name: load(tmp_path).value(name) for name in wanted} == wanted
    for name in wanted:
        settings.reset(name)
    assert settings.in_force == Settings().in_force


REFUSED: list[tuple[str, object, type[SettingError], list[str]]] = [
    ("colour", "blue", UnknownSetting, ["colour", "language", "fewest_contributors"]),
    ("theme", "pink", NotAllowed, ["theme", '"pink"', "system, light, dark"]),
    ("opacity", 39, NotAllowed, ["opacity", "39", "40–100"]),
    ("shortcut_up", "Up", NotAllowed, ["shortcut_up", '"Up"', "Ctrl+Alt+Up"]),
    ("shortcut_up", "F9", ShortcutTaken, ["shortcut_up", "F9", "shortcut_back"]),
    ("smallest_group", 50, IsLimit, ["smallest_group"]),
    ("retention_months", 12, Managed, ["retention_months", "/etc/policies"]),
]


@pytest.mark.parametrize(("name", "value", "error", "parts"), REFUSED, ids=[error.code for _, _, error, _ in REFUSED])
def test_what_cannot_be_changed_is_refused_in_one_sentence(
    tmp_path: Path, name: str, value: object, error: type[SettingError], parts: list[str]
) -> None:
    set_language("en")
    settings = managed(tmp_path, retention_months=6)
    settings.set("shortcut_back", "F9")
    before = settings.in_force
    with pytest.raises(error) as refused:
        settings.set(name, value)
    assert all(part in refusal(refused.value) for part in parts), refusal(refused.value)
    assert "\n" not in refusal(refused.value)
    assert settings.in_force == before
    assert stored(tmp_path) == {"shortcut_back": "F9"}


def test_a_refusal_says_what_is_allowed_and_who_has_set_it(tmp_path: Path) -> None:
    settings = managed(tmp_path, retention_months=6, smallest_group=30)
    with pytest.raises(NotAllowed) as bad:
        settings.set("view", "x" * 500)
    assert bad.value.allowed == "by-step, quiet, open"
    with pytest.raises(Managed) as set_by:
        settings.set("retention_months", 24)
    assert (set_by.value.origin, set_by.value.place) == (Origin.MACHINE_POLICY, "/etc/policies")
    with pytest.raises(Managed) as limit:
        settings.set("smallest_group", 40)
    assert (limit.value.origin, limit.value.place) == (Origin.MACHINE_POLICY, "/etc/policies")


def test_what_a_policy_only_suggests_can_be_changed_and_taken_back(tmp_path: Path) -> None:
    settings = managed(tmp_path, theme="dark")
    assert (settings.text("theme"), settings.managed("theme")) == ("dark", False)
    settings.set("theme", "contrast-light")
    assert settings.text("theme") == "contrast-light"
    settings.reset("theme")
    assert settings.text("theme") == "dark"


def test_an_own_value_under_a_lock_can_be_taken_away_once(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"retention_months": 60, "smallest_group": 99, "colour": 1}')
    settings = managed(tmp_path, retention_months=6)
    for name in ("retention_months", "smallest_group", "colour"):
        settings.reset(name)
        with pytest.raises(SettingError):
            settings.reset(name)
    assert stored(tmp_path) == {}
    assert settings.problems == ()


def test_taking_back_what_was_never_set_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    load(folder).reset("view")
    load(folder).reset_all()
    assert list(folder.iterdir()) == []


def test_letters_that_are_none_are_kept(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"\\ud800": "\\udfff", "nimi": "\u00e4"}', encoding="utf-8")
    load(tmp_path).set("size", "large")
    assert stored(tmp_path) == {"\ud800": "\udfff", "nimi": "\u00e4", "size": "large"}


@pytest.mark.parametrize("depth", [1, 48, 49, 50, 500, 900, 950, 980, 990, 1000, 100_000])
def test_however_deep_a_file_is_it_is_kept(tmp_path: Path, depth: int) -> None:
    content = '{"a": ' + "[" * depth + "]" * depth + "}"
    (tmp_path / FILE_NAME).write_text(content)
    load(tmp_path).set("size", "large")
    files = [path.read_text() for path in tmp_path.iterdir()]
    assert any("[" * depth + "]" * depth in text for text in files)
    assert load(tmp_path).text("size") == "large"


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff", b" " * (2 << 20), b'{"view": "open"'])
def test_a_file_that_cannot_be_understood_is_set_aside_whole(tmp_path: Path, content: bytes) -> None:
    for n in (1, 2):
        (tmp_path / FILE_NAME).write_bytes(content)
        settings = load(tmp_path)
        settings.set("size", "large")
        assert (tmp_path / f"settings-damaged-{n}.json").read_bytes() == content
        assert stored(tmp_path) == {"size": "large"}
        assert settings.bad_places == ()


def test_a_folder_or_a_broken_link_in_place_of_the_file_is_set_aside_too(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    (tmp_path / FILE_NAME / "kept").touch()
    load(tmp_path).set("size", "large")
    assert (tmp_path / "settings-damaged-1.json" / "kept").exists()
    (tmp_path / FILE_NAME).unlink()
    (tmp_path / FILE_NAME).symlink_to(FILE_NAME)
    load(tmp_path).set("size", "small")
    assert (tmp_path / "settings-damaged-2.json").is_symlink()
    assert stored(tmp_path) == {"size": "small"}


def test_a_link_to_a_file_elsewhere_stays_a_link(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "config", tmp_path / "kept with other settings"
    folder.mkdir()
    elsewhere.mkdir()
    (elsewhere / "mine.json").write_text('{"theme": "dark"}')
    (folder / FILE_NAME).symlink_to(elsewhere / "mine.json")
    load(folder).set("size", "large")
    assert (folder / FILE_NAME).is_symlink()
    assert json.loads((elsewhere / "mine.json").read_text()) == {"theme": "dark", "size": "large"}


def test_what_a_killed_change_has_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / f"{FILE_NAME}.new").write_text('{"half": ')
    load(tmp_path).set("size", "large")
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_change_that_another_program_never_ends_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that was stopped in the middle; the window would stand still with it."""
    set_language("en")
    settings = load(tmp_path)
    settings.set("size", "large")
    monkeypatch.setattr(change_module, "LOCK_TRIES", 3)
    holder = os.open(tmp_path, os.O_RDONLY)
    try:
        fcntl.flock(holder, fcntl.LOCK_EX)
        with pytest.raises(NotWritable) as refused:
            settings.set("size", "small")
    finally:
        os.close(holder)
    assert "another program keeps it locked" in refusal(refused.value)
    assert settings.text("size") == "large"
    settings.set("size", "small")
    assert stored(tmp_path) == {"size": "small"}


def test_a_folder_that_knows_no_locks_is_written_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_arguments: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    load(tmp_path).set("size", "small")
    assert stored(tmp_path) == {"size": "small"}


def fail(*_arguments: object, **_options: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("at", ["fsync", "rename", "mkdir"])
def test_a_disk_that_fails_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    set_language("en")
    settings = load(tmp_path)
    settings.set("size", "large")
    if at == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, {"rename": "replace", "mkdir": "mkdir"}[at], fail)
    with pytest.raises(NotWritable) as refused:
        settings.set("size", "small")
    assert str(tmp_path / FILE_NAME) in refusal(refused.value)
    assert "No space left on device" in refusal(refused.value)
    assert stored(tmp_path) == {"size": "large"}
    assert settings.text("size") == "large"
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "config").touch()
    with pytest.raises(NotWritable):
        load(tmp_path / "config").set("size", "large")
    with pytest.raises(NotWritable):
        Settings().set("size", "large")


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(change_module, "LOCK_TRIES", 3000)  # a minute: a slow disk is no process that was stopped

    def one(name: str) -> None:
        for _ in range(5):
            change(tmp_path, lambda given: given.update({name: given.get(name, 0) + 1}))

    threads = [threading.Thread(target=one, args=(f"name_{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stored(tmp_path) == {f"name_{n}": 5 for n in range(4)}
