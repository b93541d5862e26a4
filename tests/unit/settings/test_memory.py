"""What is remembered between runs: the last length and the place of the overlay; losing it loses no data."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kohtaava_desktop.settings.memory import FILE_NAME, LONGEST_NAME, MOST_PLACES, Memory, recall, remember
from tests.unit.settings.test_schema import json_values

ONE_SCREEN = "eDP-1:1920x1040+0+0"


def test_what_was_remembered_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "config"
    memory = Memory(60, {ONE_SCREEN: (1800, 400), "two screens": (-300, 20)})
    remember(folder, memory)
    assert vars(recall(folder)) == vars(memory)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_what_is_remembered_is_written_in_one_piece(tmp_path: Path) -> None:
    remember(tmp_path, Memory(60))
    (tmp_path / f"{FILE_NAME}.new").write_text("half of", encoding="utf-8")
    assert recall(tmp_path).minutes == 60
    remember(tmp_path, Memory(30))
    assert recall(tmp_path).minutes == 30


def test_a_pipe_in_place_of_the_new_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "state.json.new")
    remember(tmp_path, Memory(60))
    assert recall(tmp_path).minutes == 60
    assert [each.name for each in tmp_path.iterdir()] == ["state.json"]


def test_at_first_there_are_45_minutes_and_no_place(tmp_path: Path) -> None:
    assert vars(recall(tmp_path / "missing")) == vars(Memory()) == vars(Memory(45, {}))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"minutes"'])
def test_an_unreadable_file_is_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / FILE_NAME).write_text(content, encoding="utf-8")
    assert vars(recall(tmp_path)) == vars(Memory())


@pytest.mark.parametrize("minutes", [4, 241, "45", 45.5, True, None])
def test_a_length_out_of_range_is_forgotten_and_the_places_are_kept(tmp_path: Path, minutes: object) -> None:
    values = {"minutes": minutes, "places": {ONE_SCREEN: [10, 20]}}
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    assert vars(recall(tmp_path)) == vars(Memory(45, {ONE_SCREEN: (10, 20)}))


@pytest.mark.parametrize("place", [[1], [1, 2, 3], [1, "2"], [1.5, 2], [True, 2], "12", None, {"x": 1}])
def test_a_place_that_is_none_is_forgotten_and_the_rest_kept(tmp_path: Path, place: object) -> None:
    values = {"minutes": 30, "places": {"bad": place, ONE_SCREEN: [10, 20]}}
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    assert vars(recall(tmp_path)) == vars(Memory(30, {ONE_SCREEN: (10, 20)}))


@pytest.mark.parametrize("place", [[10**7, 0], [0, -(10**7)], [10**400, 1]], ids=["x", "y", "beyond all"])
def test_a_place_where_no_monitor_can_be_is_forgotten(tmp_path: Path, place: object) -> None:
    values = {"places": {"far": place, ONE_SCREEN: [10, 20]}}
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    assert vars(recall(tmp_path)) == vars(Memory(45, {ONE_SCREEN: (10, 20)}))


def test_a_name_as_long_as_no_arrangement_has_is_forgotten(tmp_path: Path) -> None:
    values = {"places": {"x" * (LONGEST_NAME + 1): [1, 2], "y" * LONGEST_NAME: [3, 4]}}
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    assert list(recall(tmp_path).places.values()) == [(3, 4)]


def test_the_place_used_last_stands_at_the_end_also_after_a_restart(tmp_path: Path) -> None:
    memory = Memory()
    for arrangement in ("a", "b", "c", "a"):
        memory.keep_place(arrangement, 1, 2)
    remember(tmp_path, memory)
    assert list(recall(tmp_path).places) == ["b", "c", "a"]


def test_the_arrangements_used_longest_ago_are_forgotten(tmp_path: Path) -> None:
    values = {"places": {f"arrangement {number}": [number, 0] for number in range(MOST_PLACES + 3)}}
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    memory = recall(tmp_path)
    assert len(memory.places) == MOST_PLACES
    assert "arrangement 2" not in memory.places
    assert f"arrangement {MOST_PLACES + 2}" in memory.places


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.fixed_dictionaries({}, optional={"minutes": json_values, "places": json_values, "more": json_values}))
def test_whatever_stands_there_the_program_starts(tmp_path: Path, values: dict[str, Any]) -> None:
    (tmp_path / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    memory = recall(tmp_path)
    assert 5 <= memory.minutes <= 240
    assert all(type(x) is int and type(y) is int for x, y in memory.places.values())
    remember(tmp_path, memory)
    assert vars(recall(tmp_path)) == vars(memory)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="file"):
        remember(tmp_path / "file", Memory())
