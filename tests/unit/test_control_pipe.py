"""The control channel over a pipe, as on Windows: the part of it that runs anywhere, with pairs of sockets for pipes.

What is called of Windows itself is tried under Wine: tests/windows/test_channel.py.
"""

import asyncio
import json
import queue
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.control import pipe_server, server
from kohtaava_desktop.control.pipe_server import PipeServer
from kohtaava_desktop.control.server import Connections, ControlUnavailable

UP = b'{"command":"up"}\n'
SHORT = 0.05
DONE = {"ok": True}


class PairedPipe:
    """The server's end of a pipe; ``stop`` wakes whoever waits, as it does on Windows."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self.closed = threading.Event()

    def sendall(self, data: bytes) -> None:
        self._end.sendall(data)

    def recv(self, most: int) -> bytes:
        return self._end.recv(most)

    def stop(self, speaking: bool) -> None:
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR if speaking else socket.SHUT_RD)

    def close(self) -> None:
        self._end.close()
        self.closed.set()


class Door:
    """Lets guests in, whoever calls."""

    name = "door"

    def __init__(self) -> None:
        self._coming: queue.SimpleQueue[PairedPipe | OSError | None] = queue.SimpleQueue()
        self.let_in: list[PairedPipe] = []

    def accept(self) -> PairedPipe | None:
        guest = self._coming.get()
        if isinstance(guest, OSError):
            raise guest
        return guest

    def close(self) -> None:
        self._coming.put(None)

    def break_down(self) -> None:
        self._coming.put(OSError("no more of these"))

    def call(self) -> socket.socket:
        """A guest's end of a new pipe."""
        own, theirs = socket.socketpair()
        own.settimeout(10)
        pipe = PairedPipe(theirs)
        self.let_in.append(pipe)
        self._coming.put(pipe)
        return own


def told(guest: socket.socket) -> dict[str, Any]:
    """All that the guest is told until the server hangs up."""
    with guest:
        heard = b""
        with suppress(ConnectionResetError):
            while piece := guest.recv(4096):
                heard += piece
    answer: dict[str, Any] = json.loads(heard)
    return answer


@pytest.fixture
def meeting() -> list[dict[str, object]]:
    """Every request that got through."""
    return []


@pytest.fixture
def note(meeting: list[dict[str, object]]) -> server.Handle:
    async def handle(request: dict[str, object]) -> dict[str, Any]:
        meeting.append(request)
        return {"ok": True}

    return handle


def with_server(handle: server.Handle, guest: Callable[[Door], Awaitable[None]], silence: float = 5.0) -> None:
    """Run ``guest`` while a server lets guests in; afterwards every pipe is closed, and no thread is left."""

    async def run() -> None:
        door = Door()
        listening = PipeServer(door, Connections(handle, silence))
        await listening.listen()
        try:
            await guest(door)
        finally:
            await listening.close()
        assert all(pipe.closed.is_set() for pipe in door.let_in)

    asyncio.run(run())
    for thread in threading.enumerate():
        if thread.name.startswith("control"):
            thread.join(10)
            assert not thread.is_alive()


async def say(door: Door, line: bytes) -> dict[str, Any]:
    def speak() -> dict[str, Any]:
        guest = door.call()
        with suppress(BrokenPipeError, ConnectionResetError):
            guest.sendall(line)
        return told(guest)

    return await asyncio.to_thread(speak)


def test_one_line_is_carried_out_and_answered(note: server.Handle, meeting: list[dict[str, object]]) -> None:
    async def guest(door: Door) -> None:
        assert await say(door, UP) == DONE
        assert await say(door, b'{"command":"pin"}\n') == DONE

    with_server(note, guest)
    assert meeting == [{"command": "up"}, {"command": "pin"}]


@pytest.mark.parametrize(
    ("sent", "code"),
    [(b"y" * (1 << 20), "too-long"), (b"\xff\n", "not-json"), (b"[1]\n", "not-an-object"), (b"\n", "silence")],
    ids=["1 MB without an end", "no text", "no object", "an empty line"],
)
def test_a_bad_message_gets_one_sentence_and_the_next_guest_is_served(
    note: server.Handle, meeting: list[dict[str, object]], sent: bytes, code: str
) -> None:
    async def guest(door: Door) -> None:
        answer = await say(door, sent)
        assert (answer["exit"], answer["code"]) == (2, code)
        assert await say(door, UP) == DONE

    with_server(note, guest)
    assert meeting == [{"command": "up"}]


def test_the_longest_line_is_still_heard(note: server.Handle) -> None:
    line = b'{"command":"up"}'.ljust(server.LONGEST_LINE) + b"\n"

    async def guest(door: Door) -> None:
        assert await say(door, line) == DONE
        assert (await say(door, b" " + line))["code"] == "too-long"

    with_server(note, guest)


@pytest.mark.parametrize("sent", [b"", UP.strip()], ids=["nothing at all", "a line without its end"])
def test_silence_is_answered_after_a_while(note: server.Handle, meeting: list[dict[str, object]], sent: bytes) -> None:
    async def guest(door: Door) -> None:
        assert (await say(door, sent))["code"] == "silence"

    with_server(note, guest, silence=SHORT)
    assert meeting == []


def test_who_leaves_without_listening_disturbs_nobody(note: server.Handle, meeting: list[dict[str, object]]) -> None:
    async def guest(door: Door) -> None:
        door.call().close()
        with door.call() as half:
            half.sendall(b'{"command"')
        assert await say(door, UP) == DONE

    with_server(note, guest)
    assert meeting == [{"command": "up"}]


def test_who_does_not_take_a_long_answer_is_let_go() -> None:
    async def handle(_request: dict[str, object]) -> dict[str, Any]:
        return {"ok": True, "status": "x" * (4 << 20)}

    async def guest(door: Door) -> None:
        with door.call() as deaf:
            deaf.sendall(UP)
            assert await asyncio.to_thread(door.let_in[0].closed.wait, 10)

    with_server(handle, guest, silence=SHORT)


def test_so_many_at_once_and_no_more(note: server.Handle) -> None:
    async def guest(door: Door) -> None:
        silent = [door.call() for _each in range(server.MOST_CONNECTIONS)]
        one_more = await say(door, UP)
        assert (one_more["exit"], one_more["code"]) == (3, "too-many")
        for each in silent:
            each.shutdown(socket.SHUT_WR)
            assert (await asyncio.to_thread(told, each))["code"] == "silence"
        assert await say(door, UP) == DONE

    with_server(note, guest)


def test_the_end_hangs_up_on_who_is_silent_and_waits_for_what_is_carried_out() -> None:
    async def run() -> None:
        asked, may_answer = asyncio.Event(), asyncio.Event()

        async def handle(_request: dict[str, object]) -> dict[str, Any]:
            asked.set()
            await may_answer.wait()
            return {"ok": True}

        door = Door()
        listening = PipeServer(door, Connections(handle, 5.0))
        await listening.listen()
        silent = door.call()
        answer = asyncio.create_task(say(door, UP))
        await asked.wait()
        closing = asyncio.create_task(listening.close())
        assert await asyncio.to_thread(silent.recv, 100) == b""
        assert not closing.done()
        may_answer.set()
        await closing
        assert await answer == DONE
        silent.close()
        await listening.close()  # once more is harmless

    asyncio.run(run())


def test_a_door_that_breaks_down_is_logged_and_the_program_goes_on(
    note: server.Handle, caplog: pytest.LogCaptureFixture
) -> None:
    async def guest(door: Door) -> None:
        assert await say(door, UP) == DONE
        door.break_down()

    with_server(note, guest)
    assert "nobody can be let in any more" in caplog.text


def test_elsewhere_there_are_no_such_pipes(note: server.Handle, tmp_path: Path) -> None:
    with pytest.raises(ControlUnavailable):
        pipe_server.bound(str(tmp_path), Connections(note, SHORT))
