"""``kohtaava settings``: lists, says and changes settings, with the program running and without it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop import cli
from kohtaava_desktop.cli import command_line, main, settings_command
from kohtaava_desktop.control.client import NoAnswer, Unreachable
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.schema import BY_NAME
from kohtaava_desktop.settings.text import text_of

PACKAGE = Path(cli.__file__).parents[1]
DOCUMENT = PACKAGE.parent / "docs" / "command-line.md"
RELOAD = b'{"command":"reload-settings"}\n'


class Listener:
    """A running program as ``kohtaava settings`` knows it; ``says`` is its answer, or what comes instead."""

    def __init__(self) -> None:
        self.says: bytes | Exception = Unreachable()
        self.heard: list[bytes] = []

    def ask(self, _data: str, line: bytes, _seconds: float) -> bytes:
        self.heard.append(line)
        if isinstance(self.says, Exception):
            raise self.says
        return self.says


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of settings of the test's own, no policy, and English."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config"), ("TMPDIR", "tmp")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(policy, "FILE", tmp_path / "no policy")
    yield tmp_path / "config"
    set_language(None)


@pytest.fixture(autouse=True)
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """Nobody listens, until a test says so."""
    listener = Listener()
    monkeypatch.setattr(settings_command, "ask", listener.ask)
    return listener


def managed(monkeypatch: pytest.MonkeyPatch, **given: object) -> None:
    """A policy of the machine."""
    monkeypatch.setattr(policy, "sources", lambda: (lambda: Layer(Origin.MACHINE_POLICY, "/etc/policy", given),))


def says(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["settings", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def stored(config: Path) -> Any:
    return json.loads((config / "settings.json").read_text(encoding="utf-8"))


def row(table: str, name: str) -> list[str]:
    """The row of ``name``, column by column."""
    line = next(line for line in table.splitlines() if line.split()[0] == name)
    return re.split(r" {2,}", line)


# list and get


def test_the_list_has_every_setting_with_its_value_and_origin(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config.mkdir()
    (config / "settings.json").write_text('{"view": "open", "retention_months": 100}')
    managed(monkeypatch, retention_months=6)
    code, out, err = says(capsys, "list")
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(BY_NAME)
    assert row(out, "chime") == ["chime", "false", "default"]
    assert row(out, "language") == ["language", '""', "default"]
    assert row(out, "view") == ["view", "open", "yours", str(config / "settings.json")]
    assert row(out, "retention_months") == ["retention_months", "6", "policy of the machine", "/etc/policy"]


def test_the_list_as_json_has_the_documented_keys(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    managed(monkeypatch, lengths=[30, 60])
    code, out, err = says(capsys, "list", "--json")
    listed = json.loads(out)
    assert (code, err, list(listed)) == (0, "", list(BY_NAME))
    assert listed["lengths"] == {
        "value": [30, 60],
        "default": [15, 20, 30, 45, 60, 90],
        "origin": "machine-policy",
        "place": "/etc/policy",
        "managed": True,
    }
    assert (listed["view"]["origin"], listed["view"]["managed"]) == ("default", False)
    section = DOCUMENT.read_text(encoding="utf-8").partition("## The settings as JSON")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `([a-z]+)` \|", section, re.MULTILINE) == list(listed["lengths"])


@pytest.mark.parametrize("name", BY_NAME)
def test_get_prints_what_set_takes(capsys: pytest.CaptureFixture[str], name: str) -> None:
    code, out, err = says(capsys, "get", name)
    assert (code, out, err) == (0, f"{text_of(BY_NAME[name].default)}\n", "")
    if not BY_NAME[name].limit:
        assert says(capsys, "set", name, out.removesuffix("\n")) == (0, "", "")


def test_what_cannot_be_used_is_told_beside_the_list(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.mkdir()
    (config / "settings.json").write_text('{"view": "loud", "colour": 1}')
    code, out, err = says(capsys, "list")
    assert (code, row(out, "view")[:2]) == (0, ["view", "by-step"])
    assert len(err.splitlines()) == 2
    (config / "settings.json").write_text("view = loud")
    code, out, err = says(capsys, "list")
    assert (code, len(out.splitlines())) == (0, len(BY_NAME))
    assert "settings.json" in err


# set and reset


def test_a_value_is_set_and_taken_back_without_a_word(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "set", "lengths", "30,60") == (0, "", "")
    assert says(capsys, "set", "chime", "true") == (0, "", "")
    assert says(capsys, "get", "lengths") == (0, "30,60\n", "")
    assert stored(config) == {"lengths": [30, 60], "chime": True}
    assert says(capsys, "reset", "lengths") == (0, "", "")
    assert stored(config) == {"chime": True}
    assert says(capsys, "reset", "--all") == (0, "", "")
    assert stored(config) == {}


@pytest.mark.parametrize("words", [("set", "view", "open"), ("reset", "view"), ("reset", "--all")])
def test_the_running_program_is_told(
    listener: Listener, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    listener.says = b'{"ok":true}\n'
    assert says(capsys, *words) == (0, "", "")
    assert listener.heard == [RELOAD]


@pytest.mark.parametrize(
    "words", [("list",), ("get", "view"), ("set", "view", "loud"), ("set", "smallest_group", "20")]
)
def test_it_is_told_of_nothing_else(
    listener: Listener, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    says(capsys, *words)
    assert listener.heard == []


def test_a_program_that_does_not_answer_does_not_undo_the_change(
    config: Path, listener: Listener, capsys: pytest.CaptureFixture[str]
) -> None:
    listener.says = NoAnswer()
    code, out, err = says(capsys, "set", "view", "open")
    assert (code, out) == (0, "")
    assert "stored" in err
    assert stored(config) == {"view": "open"}


# what is refused

MISUSES = [
    ([], ["list", "get", "set", "reset"]),
    (["show"], ["list", "get", "set", "reset"]),
    (["list", "--yaml"], ["kohtaava settings list [--json]"]),
    (["get"], ["kohtaava settings get NAME"]),
    (["get", "view", "theme"], ["kohtaava settings get NAME"]),
    (["set", "view"], ["kohtaava settings set NAME VALUE"]),
    (["set", "view", "open", "now"], ["kohtaava settings set NAME VALUE"]),
    (["reset"], ["kohtaava settings reset NAME|--all"]),
    (["get", "colour"], ["colour", "language", "fewest_contributors"]),
    (["set", "colour", "blue"], ["colour", "language"]),
    (["reset", "colour"], ["colour", "language"]),
    (["set", "view", "loud"], ["view", '"loud"', "by-step, quiet, open"]),
    (["set", "chime", "yes"], ["chime", '"yes"', "true, false"]),
    (["set", "opacity", "39"], ["opacity", "39", "40–100"]),
    (["set", "opacity", "9" * 5000], ["opacity", "999", "40–100"]),
    (["set", "lengths", "15,4"], ["lengths", "[15, 4]", "5–240"]),
    (["set", "shortcut_up", "Up"], ["shortcut_up", '"Up"', "Ctrl+Alt+Up"]),
    (["set", "shortcut_up", "Ctrl+\ud800"], ["shortcut_up", "Ctrl+Alt+Up"]),
]


@pytest.mark.parametrize(("words", "parts"), MISUSES)
def test_misuse_is_told_in_one_sentence_and_changes_nothing(
    config: Path, capsys: pytest.CaptureFixture[str], words: list[str], parts: list[str]
) -> None:
    code, out, err = says(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert all(part in err for part in parts), err
    assert not (config / "settings.json").exists()


def test_a_shortcut_that_another_setting_has_is_not_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "set", "shortcut_up", "Ctrl+Alt+Up")[0] == 0
    code, _out, err = says(capsys, "set", "shortcut_back", "alt+ctrl+up")
    assert code == 2
    assert "shortcut_up" in err
    assert says(capsys, "get", "shortcut_back") == (0, "\n", "")


def test_what_the_organisation_has_set_is_refused_with_the_place(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    managed(monkeypatch, retention_months=6)
    for words in (["set", "retention_months", "12"], ["reset", "retention_months"]):
        code, out, err = says(capsys, *words)
        assert (code, out, err.count("\n")) == (3, "", 1)
        assert "retention_months" in err
        assert "/etc/policy" in err
    code, _out, err = says(capsys, "set", "smallest_group", "20")
    assert (code, "smallest_group" in err) == (3, True)
    assert not (config / "settings.json").exists()


def test_settings_that_cannot_be_written_are_refused_with_the_reason(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config.touch()
    code, out, err = says(capsys, "set", "view", "open")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert str(config) in err


def test_it_speaks_the_language_of_the_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "set", "language", "sv")[0] == 0
    english = "There is no setting"
    assert english not in says(capsys, "get", "colour")[2]
    assert says(capsys, "reset", "language")[0] == 0
    assert english in says(capsys, "get", "colour")[2]


# help, documents, cost


def test_help_lists_what_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = says(capsys, "--help")
    assert (code, err) == (0, "")
    for rest, about in command_line.ALONE["settings"].items():
        assert re.search(rf"^  kohtaava settings {re.escape(rest)}  +{re.escape(about)}$", out, re.MULTILINE)
    main(["--help"])
    assert "settings set NAME VALUE" in capsys.readouterr().out


def test_the_examples_in_the_document_can_be_typed(capsys: pytest.CaptureFixture[str]) -> None:
    examples = re.findall(r"^\$ kohtaava settings (.+)$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert examples
    for example in examples:
        assert says(capsys, *example.split()) == (0, "", "")


@pytest.mark.parametrize("typed", ["list", "get view", "set view open", "reset --all"])
def test_it_imports_nothing_that_belongs_to_the_window_or_the_store(typed: str) -> None:
    words = ["settings", *typed.split()]
    code = f"import sys; from kohtaava_desktop.cli import main; main({words!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    loaded = {name.split(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & {"PySide6", "shiboken6", "qasync", "asyncio", "sqlite3", "sqlite_utils", "babel", "argparse"}
