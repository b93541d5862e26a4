"""What guests of the control channel get, good ones and bad ones, over either way in: a socket, and a pipe."""

import asyncio
import json
import select
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.control import server
from tests.unit.guests import BRIEF, DONE, UP, Notes, Way, over_pipe, over_socket, told

Guest = Callable[[Way], Awaitable[None]]
Run = Callable[..., None]


@pytest.fixture(params=[over_socket, over_pipe], ids=["socket", "pipe"])
def run(request: pytest.FixtureRequest, tmp_path: Path) -> Run:
    """Runs a guest while a server listens."""

    def with_server(guest: Guest, handle: server.Handle, silence: float = 5.0) -> None:
        async def both() -> None:
            async with request.param(tmp_path / "data", handle, silence) as way:
                await guest(way)

        asyncio.run(both())

    return with_server


@pytest.fixture
def notes() -> Notes:
    """Every request that got through."""
    return Notes()


def test_one_line_is_carried_out_and_answered(run: Run, notes: Notes) -> None:
    async def guest(way: Way) -> None:
        assert await way.say(UP) == DONE
        assert await way.say(b'{"command":"pin"}\n') == DONE

    run(guest, notes)
    assert notes.heard == [{"command": "up"}, {"command": "pin"}]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b'{"command":"up", "x":"' + b"y" * (1 << 20) + b'"}\n', "too-long"),
        (b"y" * (1 << 20), "too-long"),
        (b'{"command":\n', "not-json"),
        (b"\x00\xff\xfe\n", "not-json"),
        (b"[1, 2]\n", "not-an-object"),
        (b"\n", "silence"),
    ],
    ids=["a line of 1 MB", "1 MB without an end", "broken JSON", "no text", "no object", "an empty line"],
)
def test_a_bad_message_gets_one_sentence_and_the_next_guest_is_served(
    run: Run, notes: Notes, sent: bytes, code: str
) -> None:
    async def guest(way: Way) -> None:
        answer = await way.say(sent)
        assert (answer["ok"], answer["exit"], answer["code"]) == (False, 2, code)
        assert answer["message"]
        assert notes.heard == []
        assert await way.say() == DONE

    run(guest, notes)
    assert notes.heard == [{"command": "up"}]


def test_the_longest_line_is_still_heard(run: Run, notes: Notes) -> None:
    line = b'{"command":"up"}'.ljust(server.LONGEST_LINE) + b"\n"

    async def guest(way: Way) -> None:
        assert await way.say(line) == DONE
        assert (await way.say(b" " + line))["code"] == "too-long"

    run(guest, notes)
    assert len(notes.heard) == 1


@pytest.mark.parametrize("sent", [b"", UP.strip()], ids=["nothing at all", "a line without its end"])
def test_silence_is_answered_after_a_while(run: Run, notes: Notes, sent: bytes) -> None:
    async def guest(way: Way) -> None:
        assert (await way.say(sent))["code"] == "silence"

    run(guest, notes, silence=BRIEF)
    assert notes.heard == []


def test_a_line_may_end_with_the_connections_own_end(run: Run, notes: Notes) -> None:
    async def guest(way: Way) -> None:
        connection = way.call()
        connection.sendall(UP.strip())
        connection.shutdown(socket.SHUT_WR)
        assert await asyncio.to_thread(told, connection) == DONE

    run(guest, notes)
    assert notes.heard == [{"command": "up"}]


def test_who_leaves_without_listening_disturbs_nobody(run: Run, notes: Notes) -> None:
    async def guest(way: Way) -> None:
        way.call().close()
        with way.call() as half:
            half.sendall(b'{"command"')
        assert await way.say() == DONE

    run(guest, notes)
    assert notes.heard == [{"command": "up"}]


def test_who_does_not_take_a_long_answer_is_let_go(run: Run) -> None:
    async def handle(_request: dict[str, object]) -> dict[str, Any]:
        return {"ok": True, "status": "x" * (4 << 20)}  # more than the system keeps for a socket

    async def guest(way: Way) -> None:
        with way.call() as deaf:
            deaf.sendall(UP)
            await asyncio.to_thread(hung_up, deaf)
            with pytest.raises(json.JSONDecodeError):
                told(deaf)

    run(guest, handle, silence=BRIEF)


def hung_up(guest: socket.socket) -> None:
    """Come back once the server has hung up, whatever it had said before."""
    poll = select.poll()
    poll.register(guest, 0)
    assert poll.poll(10_000), "it did not hang up"


def test_so_many_at_once_and_no_more(run: Run, notes: Notes) -> None:
    async def guest(way: Way) -> None:
        silent = [way.call() for _each in range(server.MOST_CONNECTIONS)]
        one_more = await way.say()
        assert (one_more["ok"], one_more["exit"], one_more["code"]) == (False, 3, "too-many")
        for each in silent:
            each.shutdown(socket.SHUT_WR)
            assert (await asyncio.to_thread(told, each))["code"] == "silence"
        assert await way.say() == DONE

    run(guest, notes, silence=60.0)  # nobody's patience ends before all of them are there


def test_the_end_hangs_up_on_who_is_silent_and_waits_for_what_is_carried_out(run: Run) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def handle(_request: dict[str, object]) -> dict[str, Any]:
        asked.set()
        await may_answer.wait()
        return DONE

    async def guest(way: Way) -> None:
        silent = way.call()
        answer = asyncio.create_task(way.say())
        await asked.wait()
        closing = asyncio.create_task(way.server.close())
        assert await asyncio.to_thread(silent.recv, 100) == b""
        assert not closing.done()
        may_answer.set()
        await closing
        assert await answer == DONE
        silent.close()
        await way.server.close()  # once more is harmless

    run(guest, handle, silence=60.0)
