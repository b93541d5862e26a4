"""The control channel over real sockets: where it is found, who is heard, and what the client makes of no answer.

How guests are treated once they are in is tried in test_control_guests.py, over pipes too.
"""

import asyncio
import json
import os
import socket
import stat
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.control import client, endpoint, server
from kohtaava_desktop.control.client import DONE, NoAnswer, Unreachable, ask
from kohtaava_desktop.control.server import ControlServer, ControlUnavailable, serve
from tests.unit.guests import SHORT, UP, Notes, connect, names, told


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the second place of the socket is looked for; it is not there yet."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder / f"kohtaava-{os.getuid()}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder; it is not there yet."""
    return tmp_path / "data"


def with_server(
    data: Path, guest: Callable[[ControlServer], Awaitable[None]], handle: server.Handle | None = None
) -> None:
    """Run ``guest`` while a server listens for ``data``."""

    async def run() -> None:
        listening = await serve(data, handle or Notes())
        try:
            await guest(listening)
        finally:
            await listening.close()

    asyncio.run(run())


async def say(data: Path, line: bytes = UP) -> bytes:
    return await asyncio.to_thread(ask, str(data), line)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# finding each other


def test_a_request_is_passed_on_and_its_answer_comes_back(data: Path) -> None:
    heard: list[dict[str, object]] = []

    async def handle(request: dict[str, object]) -> dict[str, Any]:
        heard.append(request)
        return {"ok": True, "status": {"state": "idle", "name": "ä"}}

    async def guest(_server: ControlServer) -> None:
        answer = json.loads(await say(data, b'{"command":"status","a":[1]}\n'))
        assert answer == {"ok": True, "status": {"state": "idle", "name": "ä"}}

    with_server(data, guest, handle)
    assert heard == [{"command": "status", "a": [1]}]


def test_folder_and_socket_are_for_the_user_alone_and_the_socket_goes_with_the_server(data: Path) -> None:
    async def guest(listening: ControlServer) -> None:
        assert listening.address == str(data / "control.sock")
        assert mode(data) == 0o700
        assert mode(data / "control.sock") == 0o600
        assert names(data) == ["control.sock"]

    with_server(data, guest)
    assert names(data) == []


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux reaches a socket through an open folder")
def test_a_data_folder_with_a_very_long_path_works(tmp_path: Path, temporary: Path) -> None:
    data = tmp_path.joinpath(*["a-folder-with-a-long-name-äö"] * 12)

    async def guest(_server: ControlServer) -> None:
        assert names(data) == ["control.sock"]
        assert await say(data) == DONE

    with_server(data, guest)
    assert not temporary.exists()
    assert names(data) == []


@pytest.mark.parametrize("length", [endpoint.LONGEST_ADDRESS, endpoint.LONGEST_ADDRESS + 1])
def test_both_ways_to_a_socket_meet_at_the_longest_address(length: int) -> None:
    base = f"/tmp/kohtaava-test-{os.getpid()}-"
    data = Path(base + "x" * (length - len(base) - len("/control.sock")))
    assert len(os.fsencode(data / "control.sock")) == length

    async def guest(_server: ControlServer) -> None:
        assert await say(data) == DONE

    try:
        with_server(data, guest)
    finally:
        data.rmdir()


def a_file(data: Path) -> None:
    data.write_text("not a folder")


def a_file_in_the_place_of_the_socket(data: Path) -> None:
    data.mkdir()
    (data / "control.sock").write_text("mine")


def a_link_in_the_place_of_the_socket(data: Path) -> None:
    data.mkdir()
    (data / "control.sock").symlink_to("/etc/passwd")


@pytest.mark.parametrize("spoil", [a_file, a_file_in_the_place_of_the_socket, a_link_in_the_place_of_the_socket])
def test_where_the_data_folder_cannot_hold_it_the_socket_is_in_a_folder_of_the_users_own(
    data: Path, temporary: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(data)
    before = data.read_text() if data.is_file() else names(data)

    async def guest(_server: ControlServer) -> None:
        assert mode(temporary) == 0o700
        assert await say(data) == DONE
        with pytest.raises(Unreachable):
            await say(data.parent / "another")

    with_server(data, guest)
    assert (data.read_text() if data.is_file() else names(data)) == before
    assert names(temporary) == []


def test_a_data_folder_where_nothing_can_be_made_leads_to_the_same(temporary: Path) -> None:
    data = Path("/proc/kohtaava")  # nobody, not even root, can make a folder there

    async def guest(listening: ControlServer) -> None:
        assert Path(listening.address).parent == temporary
        assert await say(data) == DONE

    with_server(data, guest)


def open_to_others(temporary: Path) -> None:
    temporary.mkdir()
    temporary.chmod(0o750)


def elsewhere_by_a_link(temporary: Path) -> None:
    target = temporary.parent / "target"
    target.mkdir(mode=0o700)
    temporary.symlink_to(target)


@pytest.mark.parametrize("spoil", [open_to_others, elsewhere_by_a_link])
def test_a_second_place_that_cannot_be_trusted_is_not_used(
    data: Path, temporary: Path, spoil: Callable[[Path], None]
) -> None:
    a_file(data)
    spoil(temporary)
    with pytest.raises(ControlUnavailable) as unavailable:
        asyncio.run(serve(data, Notes()))
    assert unavailable.value.code == "control-unavailable"
    assert str(unavailable.value)
    with pytest.raises(Unreachable):
        ask(str(data), UP)


def test_a_folder_of_another_user_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    endpoint.Folder(str(folder), own=True).close()
    monkeypatch.setattr(os, "getuid", lambda: os.geteuid() + 1)
    with pytest.raises(PermissionError):
        endpoint.Folder(str(folder), own=True)


def test_without_unix_sockets_there_is_no_channel_and_both_sides_say_so(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "SUPPORTED", False)
    with pytest.raises(ControlUnavailable):
        asyncio.run(serve(data, Notes()))
    with pytest.raises(Unreachable):
        ask(str(data), UP)


# one after the other


def leave_a_socket(path: Path) -> None:
    """What a killed program leaves: a socket that nobody listens on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(str(path))


def test_sockets_that_a_killed_program_left_are_replaced(data: Path) -> None:
    data.mkdir()
    leave_a_socket(data / "control.sock")
    leave_a_socket(data / "control.sock.new")
    with pytest.raises(Unreachable):
        ask(str(data), UP)

    async def guest(_server: ControlServer) -> None:
        assert await say(data) == DONE

    with_server(data, guest)
    assert names(data) == []


def test_a_closing_server_leaves_the_socket_of_a_newer_one_alone(data: Path) -> None:
    async def run() -> None:
        older, newer = await serve(data, Notes()), await serve(data, Notes())
        await older.close()
        assert await say(data) == DONE
        await newer.close()
        await newer.close()  # once more is harmless

    asyncio.run(run())
    assert names(data) == []


def test_the_answer_to_quit_is_on_its_way_before_anybody_acts_on_it(data: Path) -> None:
    answers: list[bytes] = []
    guest = threading.Thread(target=lambda: answers.append(ask(str(data), b'{"command":"quit"}\n')))

    async def run() -> None:
        quitting = asyncio.Event()

        async def handle(_request: dict[str, object]) -> dict[str, Any]:
            quitting.set()
            return {"ok": True}

        listening = await serve(data, handle)
        guest.start()
        await quitting.wait()
        guest.join(timeout=10)  # the loop stands still meanwhile
        assert answers == [DONE]
        await listening.close()

    asyncio.run(run())


# bad guests


def test_the_client_hears_why_its_line_was_too_long(data: Path) -> None:
    async def guest(_server: ControlServer) -> None:
        answer = json.loads(await say(data, b"x" * (1 << 20) + b"\n"))
        assert answer["code"] == "too-long"

    with_server(data, guest)


def test_who_leaves_after_asking_has_it_done(data: Path) -> None:
    notes = Notes()

    async def guest(listening: ControlServer) -> None:
        with connect(listening.address) as hasty:
            hasty.sendall(b'{"command":"pin"}\n')
        assert await say(data) == DONE

    with_server(data, guest, notes)
    assert notes.heard == [{"command": "pin"}, {"command": "up"}]


def test_another_users_program_is_not_heard(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = Notes()

    async def guest(listening: ControlServer) -> None:
        monkeypatch.setattr(endpoint, "is_own", lambda _connection: False)
        with pytest.raises(Unreachable):
            await say(data)
        connection = connect(listening.address)
        connection.sendall(UP)
        answer = await asyncio.to_thread(told, connection)
        assert (answer["exit"], answer["code"]) == (3, "not-yours")

    with_server(data, guest, notes)
    assert notes.heard == []


@pytest.mark.skipif(not hasattr(socket, "SO_PEERCRED"), reason="the system does not tell who is at the other end")
def test_the_system_tells_whose_program_is_at_the_other_end(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = socket.socketpair()
    with one, other:
        assert endpoint.is_own(one)
        monkeypatch.setattr(os, "getuid", lambda: os.geteuid() + 1)
        assert not endpoint.is_own(one)


# the client, on its own


def nobody_at_all(_data: Path) -> None:
    return None


def an_empty_folder(data: Path) -> None:
    data.mkdir()


def a_stale_socket(data: Path) -> None:
    data.mkdir()
    leave_a_socket(data / "control.sock")


@pytest.mark.parametrize("there", [nobody_at_all, an_empty_folder, a_stale_socket, a_file])
def test_where_nobody_listens_nobody_is_reached(data: Path, there: Callable[[Path], None]) -> None:
    there(data)
    with pytest.raises(Unreachable):
        ask(str(data), UP)


@pytest.fixture
def stranger(data: Path) -> Iterator[socket.socket]:
    """Something that listens and does nothing by itself."""
    data.mkdir()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(data / "control.sock"))
        listening.listen(0)
        yield listening


def test_who_never_answers_is_not_waited_for_for_ever(data: Path, stranger: socket.socket) -> None:
    with pytest.raises(NoAnswer):
        ask(str(data), UP, seconds=SHORT)
    assert stranger.fileno() >= 0


def test_who_does_not_even_take_the_call_does_not_answer_either(data: Path, stranger: socket.socket) -> None:
    with connect(stranger.getsockname()), pytest.raises(NoAnswer):
        ask(str(data), UP)


@pytest.mark.parametrize("says", [b"", b'{"ok":tr', b"x" * (2 << 20)], ids=["nothing", "half", "without end"])
def test_an_answer_that_is_not_whole_is_none(data: Path, stranger: socket.socket, says: bytes) -> None:
    def answer() -> None:
        connection, _address = stranger.accept()
        with connection, suppress(BrokenPipeError, ConnectionResetError):
            connection.recv(100)
            connection.sendall(says)

    answering = threading.Thread(target=answer)
    answering.start()
    with pytest.raises(NoAnswer):
        ask(str(data), UP)
    answering.join()


def test_the_client_waits_for_ten_seconds_unless_told_otherwise() -> None:
    assert client.ANSWER_SECONDS == 10
