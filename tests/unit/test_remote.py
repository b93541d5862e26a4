"""What a request over the control channel does to the meeting, and what it gets for an answer."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.control import grammar
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.remote import handle
from kohtaava_desktop.store.errors import ReadOnly
from tests.unit.desk import PlainDesk, at_once


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language(None)


@pytest.fixture
def desk() -> PlainDesk:
    return PlainDesk()


@pytest.fixture
def meeting(desk: PlainDesk) -> PlainDesk:
    """A desk with a meeting of 45 minutes on it."""
    assert say(desk, command="start") == {"ok": True}
    desk.asked.clear()
    return desk


def say(desk: PlainDesk, **request: object) -> dict[str, Any]:
    return asyncio.run(handle(desk, request))


def climb(desk: PlainDesk, steps: int) -> None:
    for _step in range(steps):
        assert say(desk, command="up")["ok"]


@pytest.mark.parametrize(
    ("request_", "asked"),
    [
        ({"command": "up"}, commands.StepUp()),
        ({"command": "up", "to": "guidance"}, commands.StepUp(Stage.GUIDANCE)),
        ({"command": "pin"}, commands.Pin()),
        ({"command": "extend", "minutes": -5}, commands.Extend(-5)),
        ({"command": "finish"}, commands.Finish()),
        ({"command": "discard"}, commands.Discard()),
        ({"command": "reload-settings"}, "reload-settings"),
        ({"command": "quiet"}, View.QUIET),
        ({"command": "open"}, View.OPEN),
        ({"command": "discreet"}, View.DISCREET),
        ({"command": "show"}, ("show", False)),
        ({"command": "show", "keyboard": True}, ("show", True)),
        ({"command": "quit"}, "quit"),
    ],
)
def test_a_command_is_asked_of_the_desk_as_it_was_said(
    meeting: PlainDesk, request_: dict[str, object], asked: object
) -> None:
    assert say(meeting, **request_) == {"ok": True}
    assert meeting.asked == [asked]


def test_back_undo_and_redo_take_what_is_there_to_take(meeting: PlainDesk) -> None:
    climb(meeting, 2)
    for request in ({"command": "back", "to": "guidance"}, {"command": "undo"}, {"command": "redo"}):
        assert say(meeting, **request) == {"ok": True}
    assert meeting.asked[2:] == [commands.StepBack(Stage.GUIDANCE), commands.Undo(), commands.Redo()]
    assert say(meeting, command="status")["status"]["stage"] == "guidance"


@pytest.mark.parametrize(
    ("given_", "asked"),
    [
        ({}, (None, None)),
        ({"minutes": 5}, (5, None)),
        ({"minutes": 240}, (240, None)),
        ({"channel": "phone"}, (None, Marks(Channel.PHONE))),
        (
            {"minutes": 60, "channel": "video", "new_client": True, "interpreter": True},
            (60, Marks(Channel.VIDEO, new_client=True, interpreter=True)),
        ),
        ({"interpreter": False}, (None, Marks())),
    ],
)
def test_start_leaves_to_the_desk_what_was_not_said(
    desk: PlainDesk, given_: dict[str, object], asked: tuple[object, object]
) -> None:
    assert say(desk, command="start", **given_) == {"ok": True}
    assert desk.asked == [("start", *asked)]


def test_status_is_what_the_desk_says(desk: PlainDesk) -> None:
    assert say(desk, command="status") == {"ok": True, "status": desk.status()}
    assert say(desk, command="status")["status"]["state"] == "idle"


def test_a_warning_that_stands_goes_with_the_answer(meeting: PlainDesk) -> None:
    meeting.notice = "The disk is full."
    assert say(meeting, command="pin") == {"ok": True, "notice": "The disk is full."}


def test_finish_leaves_a_summary_that_can_still_be_thrown_away(meeting: PlainDesk) -> None:
    assert say(meeting, command="finish")["ok"]
    assert say(meeting, command="status")["status"]["state"] == "summary"
    assert say(meeting, command="discard") == {"ok": True}
    assert say(meeting, command="status")["status"]["state"] == "idle"


@pytest.mark.parametrize(
    ("request_", "code", "names"),
    [
        ({}, "unknown-command", ["null", "start", "quit"]),
        ({"command": "jump"}, "unknown-command", ['"jump"', "start", "quit"]),
        ({"command": ["up"]}, "unknown-command", ["[…]"]),
        ({"command": "up", "by": 2}, "unknown-value", ["up", '"by"']),
        ({"command": "undo", "": None}, "unknown-value", ["undo", '""']),
        ({"command": "up", "to": "attic"}, "unknown-step", ['"attic"', "empathy", "farewell"]),
        ({"command": "back", "to": 1}, "unknown-step", ["1", "guidance"]),
        ({"command": "start", "minutes": 0}, "bad-length", ["0", "5", "240"]),
        ({"command": "start", "minutes": 4}, "bad-length", ["4", "5", "240"]),
        ({"command": "start", "minutes": 241}, "bad-length", ["241", "5", "240"]),
        ({"command": "start", "minutes": "abc"}, "bad-length", ['"abc"', "5", "240"]),
        ({"command": "start", "minutes": True}, "bad-length", ["true"]),
        ({"command": "start", "minutes": 45.0}, "bad-length", ["45.0"]),
        ({"command": "start", "channel": "smoke"}, "unknown-channel", ['"smoke"', "in-person", "phone", "video"]),
        ({"command": "start", "channel": None}, "unknown-channel", ["null"]),
        ({"command": "start", "new_client": 1}, "bad-flag", ["1", "true", "false"]),
        ({"command": "show", "keyboard": "yes"}, "bad-flag", ['"yes"']),
        ({"command": "extend"}, "missing-value", ["+5", "-5"]),
        ({"command": "extend", "minutes": "5"}, "bad-minutes", ['"5"']),
        ({"command": "extend", "minutes": 10**4000}, "bad-minutes", ["1000000"]),
        ({"command": "extend", "minutes": {"a": 1}}, "bad-minutes", ["{…}"]),
    ],
)
def test_what_is_not_in_the_grammar_is_usage_and_never_reaches_the_desk(
    meeting: PlainDesk, request_: dict[str, object], code: str, names: list[str]
) -> None:
    answer = asyncio.run(handle(meeting, request_))
    assert (answer["ok"], answer["exit"], answer["code"]) == (False, 2, code)
    assert all(name in answer["message"] for name in names), answer["message"]
    assert len(answer["message"]) < 200
    assert meeting.asked == []


def test_a_value_is_shown_on_one_line_whatever_is_in_it(desk: PlainDesk) -> None:
    message = say(desk, command="up\n\x1b[2J\ud800" + "x" * 1000)["message"]
    assert message.isprintable()
    assert "up\\n\\x1b" in message
    assert len(message) < 250


RUNNING = [{"command": name} for name in ("up", "back", "pin", "finish", "quiet", "open", "discreet")]
ANY = [*RUNNING, {"command": "extend", "minutes": 5}]


@pytest.mark.parametrize("request_", [*ANY, {"command": "undo"}, {"command": "redo"}, {"command": "discard"}])
def test_without_a_meeting_a_meeting_command_is_refused(desk: PlainDesk, request_: dict[str, object]) -> None:
    answer = asyncio.run(handle(desk, request_))
    assert (answer["ok"], answer["exit"], answer["code"]) == (False, 3, "no-meeting")
    assert desk.meeting is None


@pytest.mark.parametrize("request_", ANY)
def test_in_the_summary_a_command_for_a_running_meeting_is_refused(
    meeting: PlainDesk, request_: dict[str, object]
) -> None:
    say(meeting, command="finish")
    answer = asyncio.run(handle(meeting, request_))
    assert (answer["exit"], answer["code"]) == (3, "already-finished")


@pytest.mark.parametrize(
    ("steps", "request_", "code", "names"),
    [
        (0, {"command": "start"}, "already-running", []),
        (0, {"command": "back"}, "on-bottom-step", ["Empathy"]),
        (0, {"command": "up", "to": "farewell"}, "skipping-not-offered", ["Farewell", "Guidance"]),
        (0, {"command": "up", "to": "empathy"}, "skipping-not-offered", ["Empathy", "Guidance"]),
        (3, {"command": "up"}, "on-top-step", ["Farewell"]),
        (3, {"command": "back", "to": "empathy"}, "skipping-not-offered", ["Empathy", "Advice"]),
        (3, {"command": "pin"}, "pin-before-farewell", []),
        (0, {"command": "undo"}, "nothing-to-undo", []),
        (1, {"command": "redo"}, "nothing-to-redo", []),
        (0, {"command": "extend", "minutes": 0}, "no-change", []),
        (0, {"command": "extend", "minutes": 196}, "length-out-of-range", ["241", "240"]),
        (0, {"command": "extend", "minutes": -41}, "length-out-of-range", ["4", "5"]),
    ],
)
def test_what_the_meeting_refuses_is_refused_with_its_reason_and_changes_nothing(
    meeting: PlainDesk, steps: int, request_: dict[str, object], code: str, names: list[str]
) -> None:
    climb(meeting, steps)
    before = meeting.meeting
    answer = asyncio.run(handle(meeting, request_))
    assert (answer["ok"], answer["exit"], answer["code"]) == (False, 3, code)
    assert all(name in answer["message"] for name in names), answer["message"]
    assert meeting.meeting == before


def test_a_length_that_only_the_desk_refuses_is_usage_too(desk: PlainDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.unit.desk.READY_MINUTES", 3)
    answer = say(desk, command="start")
    assert (answer["exit"], answer["code"]) == (2, "length-out-of-range")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
NAMES = st.sampled_from(["minutes", "channel", "new_client", "interpreter", "to", "keyboard"]) | st.text()
VALUES = JSON | st.sampled_from([*Channel, *(stage.key for stage in Stage), 5, 45, 240, True, False])
REQUESTS = st.builds(
    lambda command, rest: {"command": command, **rest},
    st.sampled_from(list(grammar.COMMANDS)) | JSON,
    st.dictionaries(NAMES, VALUES, max_size=3),
) | st.dictionaries(st.text(), JSON, max_size=3)


@pytest.mark.proof
@settings(max_examples=10 * settings().max_examples)
@given(REQUESTS, st.integers(0, 5))
def test_any_json_gets_a_whole_answer_and_touches_the_meeting_only_when_understood(
    request_: dict[str, object], steps: int
) -> None:
    desk = PlainDesk()
    if steps:
        at_once(desk.start())
        for _step in range(min(steps - 1, 3)):
            at_once(desk.perform(commands.StepUp()))
        if steps == 5:
            at_once(desk.perform(commands.Finish()))
    desk.asked.clear()
    before = (desk.meeting, desk.chosen)

    answer = at_once(handle(desk, request_))

    assert answer["ok"] or answer["message"].isprintable()
    assert answer["ok"] or (desk.meeting, desk.chosen) == before
    assert answer["ok"] or answer["exit"] in (2, 3)
    if not answer["ok"] and answer["exit"] == 2:
        assert desk.asked == []


def test_what_cannot_be_deleted_is_refused_with_its_reason(desk: PlainDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert say(desk, command="delete-everything") == {"ok": True}
    assert desk.asked == ["delete-everything"]

    async def refuse() -> None:
        raise ReadOnly("/data/kohtaava.db")

    monkeypatch.setattr(desk, "delete_everything", refuse)
    answer = say(desk, command="delete-everything")
    assert (answer["exit"], answer["code"], "/data/kohtaava.db" in answer["message"]) == (3, "read-only", True)
