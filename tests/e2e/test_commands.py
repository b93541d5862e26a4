"""``kohtaava`` against the running program: what is done, what is refused and how, and that refusals change nothing."""

import socket
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.e2e.desk import Desk, Said, stages, taps

USAGE, REFUSED, UNREACHABLE = 2, 3, 4


@dataclass(frozen=True, slots=True)
class No:
    """A command line that does not succeed: how it ends, and what its one sentence must name."""

    words: str
    code: int
    names: tuple[str, ...]


ALONE = ("start", "up", "back", "undo", "redo", "pin", "finish", "discard", "status", "show", "quiet", "open", "quit")
LENGTHS = [No(f"start --minutes {given}", USAGE, (given, "5", "240")) for given in ("0", "4", "241", "abc", "-5", "")]
ANYWHERE = [
    *LENGTHS,
    No("start --channel fax", USAGE, ("fax", "in-person", "phone", "video")),
    No("start --loudly", USAGE, ("--loudly", "--minutes")),
    No("extend", USAGE, ("extend", "+5")),
    No("extend much", USAGE, ("much", "+5")),
    No("up attic", USAGE, ("attic", "empathy", "farewell")),
    No("jump", USAGE, ("jump", "up", "back")),
]
WHILE_NONE_RUNS = [
    *ANYWHERE,
    *(No(words, REFUSED, ("No meeting",)) for words in ("up", "back", "undo", "redo", "pin", "finish", "discard")),
    *(No(words, REFUSED, ("No meeting",)) for words in ("extend +5", "quiet", "open", "discreet", "up guidance")),
]
ON_EMPATHY = [
    *ANYWHERE,
    No("start", REFUSED, ("Finish or discard",)),
    No("start --minutes 30", REFUSED, ("Finish or discard",)),
    No("back", REFUSED, ("Empathy", "lowest")),
    No("undo", REFUSED, ("nothing left to undo",)),
    No("redo", REFUSED, ("nothing to redo",)),
    No("up farewell", REFUSED, ("Guidance", "Farewell")),
    No("up advice", REFUSED, ("Guidance", "Advice")),
    No("up empathy", REFUSED, ("Guidance", "Empathy")),
    No("extend 0", REFUSED, ("0",)),
    No("extend +196", REFUSED, ("241", "5", "240")),
    No("extend -41", REFUSED, ("4", "5", "240")),
]
ON_FAREWELL = [
    No("up", REFUSED, ("Farewell", "highest")),
    No("pin", REFUSED, ("Farewell",)),
    No("back guidance", REFUSED, ("Advice", "Guidance")),
]
IN_THE_SUMMARY = [
    No("up", REFUSED, ("already finished",)),
    No("finish", REFUSED, ("already finished",)),
    No("quiet", REFUSED, ("already finished",)),
    No("start", REFUSED, ("Finish or discard",)),
]


def check_refusals(desk: Desk, refusals: Sequence[No]) -> None:
    """Each ends with its code and one sentence that names the value and what is allowed; the meeting is untouched."""
    before = taps(desk.status())
    for no in refusals:
        words = no.words.split(" ")
        said = desk.kohtaava(*words)
        assert (said.code, said.out) == (no.code, ""), (no, said)
        check_sentence(said.err)
        assert all(name in said.err for name in no.names), (no, said)
        assert taps(desk.status()) == before, no


def check_sentence(err: str) -> None:
    """One line for people, and nothing of the program's inside."""
    assert err.endswith((".\n", "N\n", "]\n")), err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    assert "Error" not in err


def test_refusals_while_no_meeting_runs(desk: Desk) -> None:
    desk.start()
    check_refusals(desk, WHILE_NONE_RUNS)
    desk.quit()
    assert desk.journal_files() == []


def test_refusals_in_a_meeting(desk: Desk) -> None:
    desk.settings(summary_seconds=120)
    desk.start()
    desk.tell("start", "--minutes", "45")
    check_refusals(desk, ON_EMPATHY)
    for _ in range(3):
        desk.tell("up")
    check_refusals(desk, ON_FAREWELL)
    desk.tell("finish")
    check_refusals(desk, IN_THE_SUMMARY)
    desk.quit()
    [stored] = desk.stored()
    assert [stage for stage, _ in stored["visits"]] == ["empathy", "guidance", "advice", "farewell"]


def test_every_command_while_the_program_is_not_running(desk: Desk) -> None:
    """The answer is 4 and says how to start it; what could never be carried out is told first."""
    for words in (*ALONE, "extend +5", "status --json", "start --minutes 30 --channel phone", "up guidance"):
        said = desk.kohtaava(*words.split(" "))
        assert said == Said(UNREACHABLE, "", "Kohtaava Desktop is not running; start it with kohtaava-desktop.\n")
    for no in ANYWHERE:
        assert desk.kohtaava(*no.words.split(" ")).code == USAGE
    assert not desk.data.exists()


CARRIED_OUT: tuple[tuple[str, dict[str, object]], ...] = (
    ("up", {"stage": "guidance", "view": "quiet"}),
    ("open", {"view": "open"}),
    ("quiet", {"view": "quiet"}),
    ("up advice", {"stage": "advice", "view": "open"}),
    ("back", {"stage": "guidance"}),
    ("undo", {"stage": "advice"}),
    ("redo", {"stage": "guidance"}),
    ("pin", {"pins": 1}),
    ("extend +5", {"planned_minutes": 25}),
    ("extend -10", {"planned_minutes": 15}),
    ("discreet", {"view": "discreet"}),
    ("show", {"view": "discreet"}),
    ("up", {"stage": "advice", "view": "discreet"}),
)
"""Commands in their order, and what the status then says."""


def test_every_command_is_carried_out(desk: Desk) -> None:
    """Each command does what it says, silently."""
    desk.settings(summary_seconds=120)
    desk.start()
    desk.tell("start", "--minutes", "20", "--channel", "phone", "--new-client", "--interpreter")
    desk.await_status(state="running", planned_minutes=20, reserve_minutes=5, view="announcement")
    for command, expected in CARRIED_OUT:
        desk.tell(*command.split(" "))
        status = desk.status()
        assert {name: status[name] for name in expected} == expected, command
    desk.tell("finish")
    desk.await_status(state="summary")
    desk.tell("undo")
    desk.await_status(state="running")
    desk.tell("finish")
    desk.quit()
    [stored] = desk.stored()
    assert {name: stored[name] for name in ("planned_minutes", "channel", "new_client", "interpreter")} == {
        "planned_minutes": 20,
        "channel": "phone",
        "new_client": 1,
        "interpreter": 1,
    }


def test_what_is_thrown_away_leaves_nothing(desk: Desk) -> None:
    """Discarded while it runs, or in the summary: no row, no journal."""
    desk.settings(summary_seconds=120)
    desk.start()
    for commands in (["start", "up", "discard"], ["start", "up", "finish", "discard"]):
        for command in commands:
            desk.tell(command)
        desk.await_status(state="idle")
        assert desk.journal_files() == []
    desk.quit()
    assert desk.stored() == []


RUBBISH = {
    "one megabyte without an end": b"x" * 1_000_000,
    "one megabyte of JSON": b'{"command":"' + b"u" * 1_000_000 + b'"}\n',
    "broken JSON": b'{"command":\n',
    "no object": b'["up"]\n',
    "deep nesting": b"[" * 50_000 + b"\n",
    "not a number": b'{"command":"extend","minutes":NaN}\n',
    "no text": b"\xff\xfe\x00\x01\n",
    "an empty line": b"\n",
    "an unknown value": b'{"command":"up","by":2}\n',
    "a huge number": b'{"command":"extend","minutes":' + b"9" * 4000 + b"}\n",
}


@pytest.fixture
def running(desk: Desk) -> Desk:
    """A program with a meeting in Guidance."""
    desk.start()
    desk.tell("start")
    desk.tell("up")
    return desk


def test_rubbish_on_the_channel(running: Desk) -> None:
    """Each message that is none is answered by one sentence, and the meeting is untouched."""
    before = taps(running.status())
    for name, line in RUBBISH.items():
        answer = running.send(line)
        assert (answer["ok"], answer["exit"]) == (False, USAGE), name
        check_sentence(answer["message"] + "\n")
        assert taps(running.status()) == before, name
    running.tell("up")
    running.quit()


def test_nothing_on_the_channel(running: Desk) -> None:
    """Those who connect and say nothing, or only half of it, hold nobody up."""
    silent = []
    for said in (b"", b"", b'{"comm', b"x" * 70_000):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(running.data / "control.sock"))
        connection.sendall(said)
        silent.append(connection)
    running.tell("up")
    assert stages(running.status()) == ["empathy", "guidance", "advice"]
    silent.pop(0).close()
    running.tell("back")
    running.quit()
    for connection in silent:
        connection.close()


def test_the_socket_is_the_users_own(running: Desk) -> None:
    """Nobody else may even look into the folder, and the socket goes with the program."""
    path = running.data / "control.sock"
    assert path.is_socket()
    assert [f"{each.stat().st_mode & 0o777:o}" for each in (running.data, path)] == ["700", "600"]
    assert all(each.stat().st_mode & 0o077 == 0 for each in running.data.iterdir())
    running.quit()
    assert not path.exists()
