"""The command line: what each command line asks of the program, what it prints, and its exit code."""

import asyncio
import io
import json
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop import __version__, cli, remote
from kohtaava_desktop.cli import command_line, main
from kohtaava_desktop.cli.status_text import status_text
from kohtaava_desktop.control import client, grammar
from kohtaava_desktop.control.server import serve
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.stages import BY_KEY
from kohtaava_desktop.i18n import set_language
from tests.unit.desk import PlainDesk

PACKAGE = Path(cli.__file__).parents[1]
DOCUMENT = PACKAGE.parent / "docs" / "command-line.md"

STATUS_KEYS = [
    "state",
    "stage",
    "elapsed_seconds",
    "planned_minutes",
    "remaining_minutes",
    "reserve_minutes",
    "visits",
    "pins",
    "reminder",
    "view",
    "version",
]


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Folders of the test's own, in which nothing is yet, and English."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config"), ("TMPDIR", "tmp")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setenv("LANGUAGE", "en")
    yield tmp_path
    set_language(None)


class Program:
    """A program that listens for the command line, in a thread of its own; ``requests`` is what it heard."""

    def __init__(self, data: Path) -> None:
        self.desk = PlainDesk()
        self.requests: list[dict[str, object]] = []
        self._data = data
        self._listening = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> "Program":
        self._thread.start()
        assert self._listening.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self._thread.join(10)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._listen())

    async def _listen(self) -> None:
        listening = await serve(self._data, self._handle)
        self._listening.set()
        await self._ending.wait()
        await listening.close()

    async def _handle(self, request: dict[str, object]) -> dict[str, Any]:
        self.requests.append(request)
        return await remote.handle(self.desk, request)


@pytest.fixture
def program(folders: Path) -> Iterator[Program]:
    with Program(folders / "data") as running:
        yield running


@pytest.fixture
def meeting(program: Program) -> Program:
    """A program with a meeting on Empathy."""
    assert main(["start"]) == 0
    program.requests.clear()
    return program


def says(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    printed = capsys.readouterr()
    return code, printed.out, printed.err


# what is asked


@pytest.mark.parametrize("command", sorted(cli.BARE - {"undo", "redo", "back", "start"}))
def test_a_bare_command_is_asked_and_done_without_a_word(
    meeting: Program, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert says(capsys, command) == (0, "", "")
    assert meeting.requests == [{"command": command}]


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("start --minutes 45", {"command": "start", "minutes": 45}),
        ("start --minutes=45", {"command": "start", "minutes": 45}),
        ("start --channel phone --new-client", {"command": "start", "channel": "phone", "new_client": True}),
        (
            "start --interpreter --channel=video --minutes +60 --new-client",
            {"command": "start", "interpreter": True, "channel": "video", "minutes": 60, "new_client": True},
        ),
        ("show --keyboard", {"command": "show", "keyboard": True}),
    ],
)
def test_options_are_read_in_any_order(
    program: Program, capsys: pytest.CaptureFixture[str], typed: str, request_: dict[str, object]
) -> None:
    assert says(capsys, *typed.split()) == (0, "", "")
    assert program.requests == [request_]


def test_a_step_may_be_named(meeting: Program, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "up", "guidance") == (0, "", "")
    assert says(capsys, "back", "empathy") == (0, "", "")
    assert meeting.requests == [{"command": "up", "to": "guidance"}, {"command": "back", "to": "empathy"}]


@pytest.mark.parametrize(("typed", "planned"), [("-5", 40), ("+5", 50), ("5", 50), ("-40", 5), ("+195", 240)])
def test_extend_takes_minutes_with_either_sign(meeting: Program, typed: str, planned: int) -> None:
    assert main(["extend", typed]) == 0
    assert meeting.desk.status()["planned_minutes"] == planned


def test_a_whole_meeting_by_command_line(program: Program) -> None:
    typed = (
        "start; up; up; back; up; undo; redo; pin; quiet; open; discreet; up; extend +5; finish; undo; finish; discard"
    )
    for each in typed.split("; "):
        assert main(each.split()) == 0, each
    assert program.desk.status()["state"] == "idle"


# what is wrong with a command line: exit 2, whether the program runs or not

MISUSES = [
    ("", ["needs a command", "start", "quit"]),
    ("jump", ['"jump"', "start", "discreet"]),
    ("statistics", ['"statistics"', "start"]),
    ("--verbose", ['"--verbose"', "start"]),
    ("up --fast", ['"--fast"', "kohtaava up [STAGE]"]),
    ("up advice farewell", ['"farewell"', "kohtaava up [STAGE]"]),
    ("undo now", ['"now"', "kohtaava undo"]),
    ("start 45", ['"45"', "--minutes N"]),
    ("start --minutes", ["--minutes N"]),
    ("start --minutes 45 --minutes 60", ['"--minutes"', "kohtaava start [--minutes N]"]),
    ("start --new-client=yes", ['"yes"', "[--new-client]"]),
    ("start --minutes 0", ["0", "5", "240"]),
    ("start --minutes 4", ["4", "5", "240"]),
    ("start --minutes 241", ["241", "5", "240"]),
    ("start --minutes -45", ["-45", "5", "240"]),
    ("start --minutes abc", ['"abc"', "5", "240"]),
    ("start --minutes 45.5", ['"45.5"', "5", "240"]),
    ("start --minutes " + "9" * 5000, ['"999', "5", "240"]),
    ("start --channel smoke", ['"smoke"', "in-person", "phone", "video"]),
    ("up attic", ['"attic"', "empathy", "guidance", "advice", "farewell"]),
    ("back -1", ["-1", "empathy"]),
    ("extend", ["+5", "-5"]),
    ("extend much", ['"much"', "+5", "-5"]),
    ("extend +-5", ['"+-5"']),
    ("extend 1000000000000", ['"1000000000000"']),
    ("status --yaml", ['"--yaml"', "kohtaava status [--json]"]),
]


@pytest.mark.parametrize(("typed", "names"), MISUSES)
def test_misuse_is_told_in_one_sentence_that_names_it_and_changes_nothing(
    program: Program, capsys: pytest.CaptureFixture[str], typed: str, names: list[str]
) -> None:
    code, out, err = says(capsys, *typed.split())
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert all(name in err for name in names), err
    assert program.desk.asked == []


@pytest.mark.parametrize(("typed", "names"), MISUSES)
def test_misuse_is_told_in_the_same_words_while_no_program_runs(
    capsys: pytest.CaptureFixture[str], typed: str, names: list[str]
) -> None:
    code, out, err = says(capsys, *typed.split())
    assert (code, out) == (2, "")
    assert all(name in err for name in names), err


# what the meeting refuses: exit 3


@pytest.mark.parametrize(
    ("before", "typed", "names"),
    [
        ("", "up", ["start"]),
        ("", "undo", ["start"]),
        ("", "extend +5", ["start"]),
        ("", "quiet", ["start"]),
        ("start", "start", ["discard"]),
        ("start", "back", ["Empathy"]),
        ("start", "undo", ["undo"]),
        ("start", "redo", ["redo"]),
        ("start", "up farewell", ["Farewell", "Guidance"]),
        ("start", "extend -41", ["4", "5", "240"]),
        ("start", "extend 0", ["0"]),
        ("start; up; up; up", "up", ["Farewell"]),
        ("start; finish", "up", ["finished"]),
    ],
)
def test_a_refusal_tells_its_reason(
    program: Program, capsys: pytest.CaptureFixture[str], before: str, typed: str, names: list[str]
) -> None:
    for each in filter(None, before.split("; ")):
        assert main([each]) == 0
    standing = program.desk.meeting
    code, out, err = says(capsys, *typed.split())
    assert (code, out) == (3, "")
    assert err.count("\n") == 1
    assert all(name.lower() in err.lower() for name in names), err
    assert program.desk.meeting == standing


# nobody there: exit 4


@pytest.mark.parametrize("typed", ["up", "start --minutes 45", "status", "status --json", "extend -5", "quit"])
def test_while_no_program_runs_a_command_says_so(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    code, out, err = says(capsys, *typed.split())
    assert (code, out) == (4, "")
    assert err.count("\n") == 1
    assert "kohtaava-desktop" in err


def no_answer(_data: str, _line: bytes) -> bytes:
    raise client.NoAnswer


@pytest.mark.parametrize("says_", [b"hello\n", b"[]\n", b"{}\n", b'{"ok":false}\n', b'{"ok":true,"status":{}}\n', None])
def test_a_program_that_gives_no_answer_is_told_from_one_that_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, says_: bytes | None
) -> None:
    monkeypatch.setattr(cli, "ask", no_answer if says_ is None else lambda _data, _line: says_)
    code, out, err = says(capsys, "status")
    assert (code, out) == (4, "")
    assert "did not answer" in err


# what is printed


def test_a_warning_of_the_program_is_printed_beside_what_was_asked_for(
    meeting: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    meeting.desk.notice = "The disk is full."
    assert says(capsys, "up") == (0, "", "The disk is full.\n")
    code, out, err = says(capsys, "status", "--json")
    assert (code, err) == (0, "The disk is full.\n")
    assert says(capsys, "open") == (0, "", "")
    assert json.loads(out)["stage"] == "guidance"


def test_status_as_json_has_the_documented_keys_and_no_others(
    program: Program, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = says(capsys, "status", "--json")
    assert (code, err, out.count("\n")) == (0, "", 1)
    idle = json.loads(out)
    assert (list(idle), idle["state"], idle["version"]) == (STATUS_KEYS, "idle", __version__)
    main(["start", "--minutes", "60"])
    main(["up"])
    program.desk.minutes_passed = 7
    running = json.loads(says(capsys, "status", "--json")[1])
    assert list(running) == STATUS_KEYS
    assert (running["state"], running["stage"], running["planned_minutes"], running["remaining_minutes"]) == (
        "running",
        "guidance",
        60,
        53,
    )


def test_status_for_people_says_where_the_meeting_is(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "status") == (0, "No meeting is running; the next one takes 45 minutes.\n", "")
    main(["start"])
    program.desk.minutes_passed = 4
    for typed in (["up"], ["pin"], ["up"]):
        main(typed)
    program.desk.minutes_passed = 40
    code, out, err = says(capsys, "status")
    lines = out.splitlines()
    assert (code, err, len(lines)) == (0, "", 4)
    assert "Advice" in lines[0]
    assert "5 min" in lines[0]
    assert lines[1] == "Empathy 4 min · Guidance 0 min · Advice 36 min"
    assert "1 thing" in lines[2]
    assert "farewell" in lines[3].lower()
    main(["finish"])
    assert "finished" in says(capsys, "status")[1]


def test_status_speaks_the_language_of_the_settings(
    program: Program, folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str | None] = []
    (folders / "config").mkdir()
    (folders / "config" / "settings.json").write_text('{"language": "sv"}')
    monkeypatch.setattr("kohtaava_desktop.i18n.set_language", spoken.append)
    assert main(["status"]) == 0
    assert spoken == ["sv"]
    assert program.requests == [{"command": "status"}]


@pytest.mark.parametrize("view", ["en", "fi", "sv"])
def test_status_text_has_a_sentence_for_every_reminder(view: str) -> None:
    set_language(view)
    desk = PlainDesk()
    asyncio.run(desk.start(45))
    for reminder in ("reserve", "new-time", "time-full"):
        assert len(status_text({**desk.status(), "reminder": reminder}).splitlines()) == 3


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert says(capsys, "--version") == (0, f"kohtaava {__version__}\n", "")


@pytest.mark.parametrize("typed", ["--help", "-h", "jump --help"])
def test_help_lists_every_command(capsys: pytest.CaptureFixture[str], typed: str) -> None:
    code, out, err = says(capsys, *typed.split())
    assert (code, err) == (0, "")
    assert all(re.search(rf"^  {command} +\w", out, re.MULTILINE) for command in command_line.COMMANDS)


@pytest.mark.parametrize("command", command_line.COMMANDS)
def test_help_with_a_command_explains_all_that_it_takes(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, err = says(capsys, command, "--help")
    syntax = command_line.COMMANDS[command]
    assert (code, err) == (0, "")
    assert out.startswith(f"{syntax.usage(command)}\n{syntax.about}\n")
    for part in filter(None, (syntax.argument, *syntax.options)):
        assert f"  {part} " in out
        assert command_line.MEANINGS[part] in out


def test_a_terminal_without_the_letters_gets_question_marks(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["extend", "--help"]) == 0
    terminal.seek(0)
    assert terminal.read().startswith("kohtaava extend ?N\n")


@pytest.mark.parametrize("typed", ["settings list", "settings get size", "doctor", "--help", "--version"])
@pytest.mark.parametrize("to", ["closed", "full", "pipe"])
def test_an_output_that_takes_nothing_is_no_crash(typed: str, to: str) -> None:
    """As a shell has it: ``>&-``, ``>/dev/full``, ``| true``; only the full disk is worth a word, and an exit code."""
    command = shlex.join([sys.executable, "-c", "import sys; from kohtaava_desktop.cli import main; sys.exit(main())"])
    line = {"closed": ">&-", "full": ">/dev/full", "pipe": "| (exec <&-; sleep 0.2)"}[to]
    script = f"set -o pipefail; {command} {typed} {line}"
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    if to == "full":
        assert (done.returncode, done.stderr) == (3, "The answer could not be written: No space left on device.\n")
    else:
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("to", ["2>&-", "2>/dev/full"])
def test_where_errors_cannot_be_said_they_are_not_taken_for_answers(to: str) -> None:
    command = shlex.join([sys.executable, "-c", "import sys; from kohtaava_desktop.cli import main; sys.exit(main())"])
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    script = f"{command} settings get nothing {to}"
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


# the tables say the same


def test_the_tables_of_commands_agree() -> None:
    need_more = {command for command, syntax in command_line.COMMANDS.items() if syntax.argument.startswith("±")}
    assert set(command_line.COMMANDS) - need_more - {"status"} == cli.BARE
    assert f"--channel {'|'.join(Channel)}" in command_line.MEANINGS
    assert all(stage in command_line.MEANINGS["[STAGE]"] for stage in BY_KEY)
    parts = {part for syntax in command_line.COMMANDS.values() for part in (syntax.argument, *syntax.options) if part}
    assert parts == set(command_line.MEANINGS)


@pytest.mark.parametrize("command", command_line.COMMANDS)
def test_what_can_be_typed_is_what_can_be_asked(command: str) -> None:
    options = {option.split()[0][2:].replace("-", "_") for option in command_line.COMMANDS[command].options} - {"json"}
    argument = {"[STAGE]": {"to"}, "±N": {"minutes"}}.get(command_line.COMMANDS[command].argument, set())
    assert options | argument == set(grammar.COMMANDS[command])


# the document says the same


def documented() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


def test_every_command_is_documented_as_it_is_typed() -> None:
    rows = re.findall(r"^\| `kohtaava ([^`]+)` \|", documented(), re.MULTILINE)
    usages = {syntax.usage(command).removeprefix("kohtaava ") for command, syntax in command_line.COMMANDS.items()}
    usages |= {f"{command} {rest}" for command, each in command_line.ALONE.items() for rest in each}
    assert {row.replace("\\|", "|") for row in rows} == usages | {"--help", "COMMAND --help", "--version"}


def test_every_option_is_explained_and_every_example_can_be_typed() -> None:
    for option in command_line.MEANINGS:
        assert f"`{option.split()[0]}`" in documented(), option
    examples = re.findall(r"^\$ kohtaava (.+)$", documented(), re.MULTILINE)
    assert examples
    for example in examples:
        if example.split()[0] in command_line.ALONE:
            continue  # these are carried out in the tests of their own
        request, _as_json = command_line.request_of(example.split())
        grammar.read(request)


def test_every_key_of_the_status_and_every_request_is_documented() -> None:
    keys = re.findall(r"^\| `([a-z_]+)` \|", documented().partition("## The settings as JSON")[0], re.MULTILINE)
    assert keys == STATUS_KEYS
    requests = [json.loads(line) for line in re.findall(r'^(\{"command".*\})$', documented(), re.MULTILINE)]
    assert len(requests) >= 5
    for request in requests:
        grammar.read(request)


# a bare command stays fast


def modules_after(typed: str) -> set[str]:
    """The modules that a fresh Python has imported once it has carried out a command line."""
    code = f"import sys; from kohtaava_desktop.cli import main; main({typed.split()!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    return set(done.stdout.splitlines()[-1].split())


def test_a_bare_command_imports_next_to_nothing(meeting: Program) -> None:
    own = {name for name in modules_after("up") if name.startswith("kohtaava_desktop")}
    assert own == {
        "kohtaava_desktop",
        "kohtaava_desktop.cli",
        "kohtaava_desktop.control",
        "kohtaava_desktop.control.client",
        "kohtaava_desktop.control.endpoint",
        "kohtaava_desktop.integration",
        "kohtaava_desktop.integration.folders",
    }
    heavy = {"pathlib", "json", "socket", "typing", "dataclasses", "argparse", "gettext", "hashlib", "logging"}
    assert not modules_after("up") & heavy
    assert meeting.requests == [{"command": "up"}] * 2


@pytest.mark.parametrize("typed", ["up", "extend -5", "status", "status --json", "start --minutes 4", "--help"])
def test_no_command_imports_what_belongs_to_the_window(meeting: Program, typed: str) -> None:
    heavy = {"PySide6", "shiboken6", "qasync", "asyncio", "sqlite3", "sqlite_utils", "babel"}
    assert not {name.split(".")[0] for name in modules_after(typed)} & heavy
    assert meeting.desk.meeting is not None
