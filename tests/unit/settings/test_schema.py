"""The table of settings: every entry is sound, takes what it allows, and refuses all else."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.plan import LENGTHS
from kohtaava_desktop.domain.views import Habit
from kohtaava_desktop.i18n import LANGUAGES
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Kind, Setting

each_setting = pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)
START = str(Path("/").absolute())


def test_names_are_stable_and_told_apart() -> None:
    assert len(BY_NAME) == len(SETTINGS)
    assert all(name.replace("_", "").isalnum() and name == name.lower() for name in BY_NAME)


@each_setting
def test_a_default_is_allowed_by_its_own_rule(setting: Setting) -> None:
    value = list(setting.default) if isinstance(setting.default, tuple) else setting.default
    assert setting.check(value) == setting.default


@each_setting
def test_each_says_what_it_is_and_what_it_allows(setting: Setting) -> None:
    assert setting.description
    assert setting.allowed


@each_setting
@given(value=json_values)
def test_what_is_accepted_is_of_the_settings_own_kind(setting: Setting, value: Any) -> None:
    try:
        checked = setting.check(value)
    except ValueError:
        return
    assert type(checked) is type(setting.default)
    match checked:
        case bool():
            assert checked is value
        case int():
            assert type(value) is int
            assert setting.lowest <= checked <= setting.highest
        case str():
            assert checked in setting.words or setting.kind in (Kind.SHORTCUT, Kind.FOLDER)
        case tuple():
            assert checked
            assert len(set(checked)) == len(checked)
            assert all(type(item) is int and setting.lowest <= item <= setting.highest for item in checked)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "de"),
        ("theme", None),
        ("theme", "Dark"),
        ("view", ["quiet"]),
        ("lengths", []),
        ("lengths", [45, 4]),
        ("lengths", [45, True]),
        ("lengths", "45"),
        ("lengths", 45),
        ("announcement_seconds", 4),
        ("announcement_seconds", 301),
        ("announcement_seconds", 20.0),
        ("announcement_seconds", True),
        ("announcement_seconds", "20"),
        ("own_reserve", 1),
        ("own_reserve", "true"),
        ("retention_months", 0),
        ("team_folder", None),
        ("team_folder", ["/srv/team"]),
        ("team_folder", "team"),
        ("team_folder", "../team"),
        ("team_folder", "~/team"),
        ("team_folder", f"{START}srv/team\n"),
        ("team_folder", f"{START}srv/team\0"),
        ("team_folder", f"{START}srv/\ud800"),
        ("team_folder", START + "a" * 1000),
    ],
)
def test_what_is_not_allowed_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=name):
        BY_NAME[name].check(value)


def test_the_edges_of_a_range_belong_to_it() -> None:
    setting = BY_NAME["announcement_seconds"]
    assert [setting.check(value) for value in (5, 300)] == [5, 300]
    assert BY_NAME["lengths"].check([240, 5, 240]) == (240, 5)


def test_a_folder_is_a_whole_path_of_at_most_a_thousand_letters() -> None:
    setting = BY_NAME["team_folder"]
    for path in ("", f"{START}srv/Tiimin jako/ä", START + "a" * (1000 - len(START))):
        assert setting.check(path) == path


def test_choices_are_those_that_the_program_knows() -> None:
    assert BY_NAME["language"].words == ("", *LANGUAGES)
    assert BY_NAME["view"].words == tuple(habit.value for habit in Habit)
    assert BY_NAME["lengths"].default == LENGTHS
    assert BY_NAME["language"].allowed == '"", fi, sv, en'
    assert BY_NAME["own_reserve"].allowed == "true, false"
    assert BY_NAME["retention_months"].allowed == "1–120"
    assert BY_NAME["lengths"].allowed == "[5–240, …]"


def test_the_defaults_are_those_of_the_method() -> None:
    assert {setting.name: setting.default for setting in SETTINGS} == {
        "language": "",
        "autostart": False,
        "tray": True,
        "theme": "system",
        "size": "medium",
        "opacity": 100,
        "hide_from_capture": False,
        "lengths": (15, 20, 30, 45, 60, 90),
        "view": "by-step",
        "announcement_seconds": 20,
        "summary_seconds": 10,
        "own_reserve": False,
        "chime": False,
        **{name: "" for name in BY_NAME if name.startswith("shortcut_")},
        "smallest_group": 10,
        "fewest_contributors": 3,
        "retention_months": 24,
        "team_folder": "",
    }


def test_what_belongs_to_the_person_is_never_locked() -> None:
    """Decision 0007."""
    assert {setting.name for setting in SETTINGS if setting.limit} == {"smallest_group", "fewest_contributors"}
    assert {setting.name for setting in SETTINGS if setting.lockable and not setting.limit} == {
        "autostart",
        "lengths",
        "retention_months",
        "team_folder",
    }
    assert all(setting.kind is Kind.NUMBER for setting in SETTINGS if setting.limit)
