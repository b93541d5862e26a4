"""Reading the user's settings: whatever the file holds, the program starts."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings.files import FILE_NAME, LARGEST_BYTES, Unreadable, read_json
from kohtaava_desktop.settings.layers import BadValue, Wrong
from kohtaava_desktop.settings.loader import Settings, load
from kohtaava_desktop.settings.report import MOST, complaints
from kohtaava_desktop.settings.schema import BY_NAME
from tests.unit.settings.test_schema import json_values


def written(folder: Path, values: Any) -> Path:
    """``folder`` with ``values`` in its settings file."""
    (folder / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    return folder


def test_without_a_file_the_defaults_are_in_force(tmp_path: Path) -> None:
    assert load(tmp_path).in_force == Settings().in_force
    assert load(tmp_path / "missing").in_force == Settings().in_force
    assert Settings().problems == ()


def test_values_are_read_by_their_kind(tmp_path: Path) -> None:
    values = {"language": "sv", "lengths": [25, 50], "announcement_seconds": 30, "own_reserve": True}
    settings = load(written(tmp_path, values))
    assert settings.problems == ()
    assert settings.text("language") == "sv"
    assert settings.numbers("lengths") == (25, 50)
    assert settings.number("announcement_seconds") == 30
    assert settings.switch("own_reserve") is True
    assert settings.number("summary_seconds") == 10
    assert settings.switch("chime") is False


def test_a_bad_value_is_named_and_its_default_used(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"summary_seconds": 3, "theme": "dark"}))
    assert settings.number("summary_seconds") == 10
    assert settings.text("theme") == "dark"
    assert settings.problems == (BadValue(str(tmp_path / FILE_NAME), "summary_seconds", "3", "5–120"),)


def test_an_unknown_name_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"colour": "blue"}))
    assert settings.in_force.values == Settings().in_force.values
    [problem] = settings.problems
    assert problem.name == "colour"
    assert problem.value == '"blue"'
    assert problem.wrong is Wrong.NAME
    [said] = complaints(settings.in_force)
    assert "colour" in said
    assert str(tmp_path / FILE_NAME) in said
    assert "kohtaava settings list" in said


def test_a_limit_is_not_the_users_to_set(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"smallest_group": 20}))
    assert settings.number("smallest_group") == 10
    [problem] = settings.problems
    assert (problem.name, problem.wrong) == ("smallest_group", Wrong.LIMIT)


def test_of_two_settings_with_one_shortcut_the_second_has_none(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"shortcut_back": "Ctrl+Alt+Up", "shortcut_up": "Alt+Ctrl+up"}))
    assert (settings.text("shortcut_up"), settings.text("shortcut_back")) == ("Ctrl+Alt+Up", "")
    [problem] = settings.problems
    assert (problem.name, problem.value, problem.allowed, problem.wrong) == (
        "shortcut_back",
        "Ctrl+Alt+Up",
        "shortcut_up",
        Wrong.TAKEN,
    )


def test_every_bad_value_is_told(tmp_path: Path) -> None:
    settings = load(written(tmp_path, dict.fromkeys(BY_NAME)))
    assert [problem.name for problem in settings.problems] == list(BY_NAME)
    assert settings.in_force.values == Settings().in_force.values


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"null",
        b"\xff\xfe",
        b'{"theme": "dark"',
        b"[" * 100_000,
        b'{"a": ' * 50_000,
        b'{"summary_seconds": 1' + b"0" * 5000 + b"}",
        b" " * (LARGEST_BYTES + 1),
    ],
    ids=["empty", "cut", "list", "null", "no text", "unclosed", "deep list", "deep object", "huge number", "huge file"],
)
def test_a_file_that_is_no_json_object_is_told_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    settings = load(tmp_path)
    assert settings.in_force.values == Settings().in_force.values
    assert settings.problems == ()
    [said] = complaints(settings.in_force)
    assert str(tmp_path / FILE_NAME) in said
    assert "\n" not in said
    assert len(said) < 300


REASONS = {
    b"{": "not JSON, line 1",
    b'{"theme": "dark",\n "size" "large"}': "not JSON, line 2",
    b"\xff\xfe": "not JSON)",
    b"[1, 2]": "not a JSON object",
    b" " * (LARGEST_BYTES + 1): "larger than 1 MiB",
}


@pytest.mark.parametrize("content", REASONS, ids=REASONS.values())
def test_it_is_told_what_is_wrong_with_a_file(tmp_path: Path, content: bytes) -> None:
    set_language("en")
    (tmp_path / FILE_NAME).write_bytes(content)
    [said] = complaints(load(tmp_path).in_force)
    assert REASONS[content] in said
    assert said.endswith("The defaults are used.")


def test_a_file_of_the_largest_size_and_one_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    text = b'\xef\xbb\xbf{"theme": "dark"}'
    (tmp_path / FILE_NAME).write_bytes(text + b" " * (LARGEST_BYTES - len(text)))
    settings = load(tmp_path)
    assert complaints(settings.in_force) == []
    assert settings.text("theme") == "dark"


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    assert load(tmp_path).bad_places


def test_a_pipe_in_place_of_the_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / FILE_NAME)
    assert load(tmp_path).bad_places


@profile(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(values=st.dictionaries(st.sampled_from(sorted(BY_NAME)) | st.text(max_size=5), json_values, max_size=4))
def test_whatever_stands_there_can_be_said_and_never_stops_the_program(tmp_path: Path, values: dict[str, Any]) -> None:
    settings = load(written(tmp_path, values))
    assert settings.in_force.values.keys() == BY_NAME.keys()
    assert len(complaints(settings.in_force)) == len(settings.problems)
    assert all(sentence.isprintable() for sentence in complaints(settings.in_force))
    assert all(sentence.encode() for sentence in complaints(settings.in_force))
    for problem in settings.problems:
        assert len(problem.value) <= 60
        assert len(problem.name) <= 60


def test_long_values_and_names_are_cut(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"theme": "x" * 500, "y" * 500: 1}))
    assert {len(problem.value) for problem in settings.problems} == {60, 1}
    assert {len(problem.name) for problem in settings.problems} == {60, len("theme")}


def test_nothing_that_stands_there_reaches_a_terminal_as_a_command(tmp_path: Path) -> None:
    settings = load(written(tmp_path, {"\x1b]0;title\x07\n": 1, "theme": "\x7f\x9b31m\u202e\u2028", "": 2}))
    assert [problem.name for problem in settings.problems] == [r"\x1b]0;title\x07\n", "theme", '""']
    assert all(sentence.isprintable() for sentence in complaints(settings.in_force))
    assert settings.problems[1].value == r'"\x7f\x9b31m\u202e\u2028"'


def test_of_very_many_bad_values_some_are_told_and_the_rest_counted(tmp_path: Path) -> None:
    set_language("en")
    settings = load(written(tmp_path, {f"name_{n}": n for n in range(40_000)}))
    said = complaints(settings.in_force)
    assert len(settings.problems) == 40_000
    assert len(said) == MOST + 1
    assert "name_0" in said[0]
    assert said[-1] == f"Further values that have no effect: {40_000 - MOST}."


def test_letters_that_are_none_can_still_be_said(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"theme": "\\ud800", "\\udfff": 1}', encoding="utf-8")
    for problem in load(tmp_path).problems:
        assert (problem.name + problem.value).encode()


def test_reading_json_refuses_what_is_no_object(tmp_path: Path) -> None:
    path = tmp_path / "any.json"
    assert read_json(path) == {}
    path.write_text('{"a": [1]}', encoding="utf-8")
    assert read_json(path) == {"a": [1]}
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(Unreadable, match="not-an-object"):
        read_json(path)


def test_listeners_are_told_what_has_changed_until_they_leave(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    settings = load(tmp_path)
    leave = settings.listen(told.append)
    written(tmp_path, {"theme": "dark", "size": "medium"})
    settings.reload()
    settings.reload()
    written(tmp_path, {"theme": "dark"})
    settings.reload()
    assert told == [frozenset({"theme"}), frozenset()]
    leave()
    written(tmp_path, {})
    settings.reload()
    assert len(told) == 2
