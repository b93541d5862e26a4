"""Policies in the registry of Windows, read out of one that is in memory."""

import sys
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.registry import KEY, MOST_VALUES, registry_layer
from kohtaava_desktop.settings.report import complaints
from tests.unit.settings.fake_registry import FakeRegistry

USER, MACHINE = FakeRegistry.HKEY_CURRENT_USER, FakeRegistry.HKEY_LOCAL_MACHINE


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> FakeRegistry:
    fake = FakeRegistry()
    monkeypatch.setitem(sys.modules, "winreg", fake)
    set_language("en")
    return fake


def loaded(folder: Path) -> Settings:
    """The settings as on Windows."""
    return load(folder, policy.sources("win32"))


def test_without_the_keys_all_is_default(registry: FakeRegistry, tmp_path: Path) -> None:
    assert loaded(tmp_path).in_force == Settings().in_force
    assert registry.opened == [(USER, KEY), (MACHINE, KEY)]


def test_the_registry_is_not_looked_at_elsewhere(registry: FakeRegistry, tmp_path: Path) -> None:
    load(tmp_path, policy.sources("linux"))
    assert registry.opened == []


WRITTEN: list[tuple[str, Any, Any]] = [
    ("autostart", 1, True),
    ("autostart", 0, False),
    ("retention_months", 12, 12),
    ("Retention_Months", 1, 1),
    ("view", "open", "open"),
    ("shortcut_up", "ctrl+alt+up", "Ctrl+Alt+Up"),
    ("lengths", "15,30, 45", (15, 30, 45)),
    ("lengths", ["30", "60"], (30, 60)),
    ("lengths", "60", (60,)),
    ("language", "", ""),
]


@pytest.mark.parametrize(("name", "value", "meant"), WRITTEN)
def test_values_are_read_as_their_setting_wants_them(
    registry: FakeRegistry, tmp_path: Path, name: str, value: Any, meant: Any
) -> None:
    registry.write(MACHINE, KEY, name, value)
    settings = loaded(tmp_path)
    assert complaints(settings.in_force) == []
    assert (settings.value(name.lower()), settings.origin(name.lower())) == (meant, Origin.MACHINE_POLICY)
    assert settings.place(name.lower()) == f"HKEY_LOCAL_MACHINE\\{KEY}"


BAD: list[tuple[str, Any]] = [
    ("autostart", 2),
    ("autostart", "true"),
    ("retention_months", 0),
    ("retention_months", "12"),
    ("retention_months", 0xFFFFFFFF),
    ("smallest_group", 9),
    ("view", 1),
    ("view", ["open"]),
    ("view", b"open"),
    ("lengths", ""),
    ("lengths", "15;30"),
    ("lengths", "15,4"),
    ("lengths", []),
    ("lengths", ["15", "x"]),
    ("lengths", 45),
    ("shortcut_up", "Up"),
    ("colour", 1),
    ("", "unnamed"),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_what_is_no_such_value_is_told_and_has_no_effect(
    registry: FakeRegistry, tmp_path: Path, name: str, value: Any
) -> None:
    registry.write(USER, KEY, name, value)
    settings = loaded(tmp_path)
    assert settings.in_force.values == Settings().in_force.values
    [said] = complaints(settings.in_force)
    assert name in said
    assert f"HKEY_CURRENT_USER\\{KEY}" in said
    assert "default is used" not in said


def test_bytes_are_told_as_the_editor_of_the_registry_shows_them(registry: FakeRegistry, tmp_path: Path) -> None:
    registry.write(MACHINE, KEY, "language", b"\x01\xfe")
    registry.write(MACHINE, KEY, "view", bytes(1000))
    said = complaints(loaded(tmp_path).in_force)
    assert "cannot be 01 fe;" in said[0]
    assert "cannot be 00 00 " in said[1]
    assert len(said[1]) < 250


def test_the_machines_policy_wins_over_the_users(registry: FakeRegistry, tmp_path: Path) -> None:
    registry.write(USER, KEY, "retention_months", 6)
    registry.write(USER, KEY, "smallest_group", 50)
    registry.write(MACHINE, KEY, "retention_months", 12)
    registry.write(MACHINE, KEY, "smallest_group", 20)
    settings = loaded(tmp_path)
    assert (settings.number("retention_months"), settings.origin("retention_months")) == (12, Origin.MACHINE_POLICY)
    assert (settings.number("smallest_group"), settings.origin("smallest_group")) == (50, Origin.USER_POLICY)


@pytest.mark.parametrize("error", [PermissionError(13, "Access is denied"), OSError(22, "The handle is invalid")])
def test_a_key_that_cannot_be_read_is_told(registry: FakeRegistry, tmp_path: Path, error: OSError) -> None:
    registry.keys[MACHINE, KEY.lower()] = error
    [said] = complaints(loaded(tmp_path).in_force)
    assert f"HKEY_LOCAL_MACHINE\\{KEY}" in said
    assert "organisation's policy" in said


def test_a_key_that_breaks_off_while_it_is_read_is_told(registry: FakeRegistry, tmp_path: Path) -> None:
    registry.write(MACHINE, KEY, "autostart", 1)
    registry.breaks = OSError(6, "The handle is invalid")
    settings = loaded(tmp_path)
    assert len(complaints(settings.in_force)) == 1
    assert settings.switch("autostart") is False


def test_of_a_huge_key_only_so_much_is_read(registry: FakeRegistry) -> None:
    for n in range(MOST_VALUES + 5):
        registry.write(MACHINE, KEY, f"name {n}", 1)
    assert len(registry_layer(Origin.MACHINE_POLICY, "HKEY_LOCAL_MACHINE").given) == MOST_VALUES
