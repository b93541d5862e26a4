"""What a line on the control channel gets, whatever is in it. No sockets here: those are in test_control_channel."""

import json
import logging
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop import remote
from kohtaava_desktop.cli.command_line import COMMANDS as TYPED
from kohtaava_desktop.control import grammar
from kohtaava_desktop.control.client import DONE
from kohtaava_desktop.control.server import answer
from tests.unit.desk import PlainDesk, at_once


class Listener:
    """Takes every request and says yes."""

    def __init__(self, says: Any = None) -> None:
        self.heard: list[dict[str, object]] = []
        self._says = {"ok": True} if says is None else says

    async def __call__(self, request: dict[str, object]) -> dict[str, Any]:
        self.heard.append(request)
        if isinstance(self._says, Exception):
            raise self._says
        says: dict[str, Any] = self._says
        return says


def test_the_usual_answer_is_the_one_that_the_client_knows_without_reading_it() -> None:
    assert at_once(answer(b'{"command":"up"}\n', Listener())) == DONE


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b"", "silence"),
        (b" \r\n", "silence"),
        (b"up\n", "not-json"),
        (b'{"command":"up"\n', "not-json"),
        (b'{"command":"up"} {}\n', "not-json"),
        (b'{"command":"extend","minutes":NaN}\n', "not-json"),
        (b'{"command":"extend","minutes":' + b"9" * 5000 + b"}\n", "not-json"),
        (b"\xff\xfe\n", "not-json"),
        (b"[" * 60_000 + b"\n", "not-json"),
        (b'["up"]\n', "not-an-object"),
        (b'"up"\n', "not-an-object"),
        (b"null\n", "not-an-object"),
    ],
)
def test_a_line_that_holds_no_request_gets_one_sentence_and_is_not_passed_on(line: bytes, code: str) -> None:
    listener = Listener()
    reply = json.loads(at_once(answer(line, listener)))
    assert (reply["ok"], reply["exit"], reply["code"]) == (False, 2, code)
    assert reply["message"]
    assert listener.heard == []


@pytest.mark.parametrize("says", [RuntimeError("broken"), {"ok": object()}])
def test_an_error_in_the_program_is_answered_and_logged(says: object, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        reply = json.loads(at_once(answer(b'{"command":"up"}\n', Listener(says))))
    assert (reply["exit"], reply["code"]) == (3, "failed")
    assert "a remote command failed" in caplog.text


def test_an_answer_is_one_line_of_ascii_whatever_is_in_it() -> None:
    reply = at_once(answer(b'{"command":"up"}\n', Listener({"ok": True, "notice": "ä\n\ud800"})))
    assert reply.isascii()
    assert reply.count(b"\n") == 1
    assert reply.endswith(b"\n")


def test_both_sides_know_the_same_commands() -> None:
    asked_by_others = {"doctor", "reload-settings", "delete-everything"}  # by the commands that work alone too
    assert list(TYPED) == [command for command in grammar.COMMANDS if command not in asked_by_others]
    assert asked_by_others < set(grammar.COMMANDS)


WORDS = [
    b'{"command":',
    b'"up"',
    b'"start"',
    b'"minutes":',
    b"45",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b'"',
    b"\\u0000",
    b"-1e9",
]
LINES = st.binary(max_size=300) | st.lists(st.sampled_from(WORDS) | st.binary(max_size=4), max_size=12).map(b"".join)


@pytest.mark.proof
@settings(max_examples=10 * settings().max_examples)
@given(LINES)
def test_any_bytes_get_a_whole_answer(line: bytes) -> None:
    desk = PlainDesk()
    at_once(desk.start())
    before = desk.meeting
    reply = at_once(answer(line, lambda request: remote.handle(desk, request)))
    assert reply.endswith(b"\n")
    said = json.loads(reply)
    assert said["ok"] is True or (said["exit"] in (2, 3) and said["message"])
    assert said["ok"] or desk.meeting == before
