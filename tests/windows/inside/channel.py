"""Runs in Windows' Python: the control channel over real named pipes, guest and server in one program.

    python.exe channel.py LIBRARIES NAME

LIBRARIES is the folder of the installed packages, NAME one of the checks below. Says ``done`` at the end.
"""

import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable
from typing import Any

assert sys.platform == "win32"
sys.path.insert(0, sys.argv[1])

from kohtaava_desktop.control import pipe_owner, pipe_server, pipes, server  # noqa: E402 - from LIBRARIES
from kohtaava_desktop.control.client import DONE, NoAnswer, Unreachable, ask  # noqa: E402 - from LIBRARIES

SHORT = 0.2
UP = b'{"command":"up"}\n'
DATA = tempfile.gettempdir() + "\\Tietoja ä"

heard: list[dict[str, object]] = []


async def note(request: dict[str, object]) -> dict[str, Any]:
    heard.append(request)
    return {"ok": True}


async def long_answer(_request: dict[str, object]) -> dict[str, Any]:
    return {"ok": True, "status": "x" * (4 << 20)}


async def with_server(guest: Callable[[], Awaitable[None]], handle: server.Handle = note, silence: float = 5.0) -> None:
    listening = pipe_server.bound(DATA, server.Connections(handle, silence))
    await listening.listen()
    try:
        await guest()
    finally:
        await listening.close()
    assert refused(ask, DATA, UP) is Unreachable


async def say(line: bytes = UP) -> bytes:
    return await asyncio.to_thread(ask, DATA, line)


def call() -> pipes.Pipe:
    return pipes.connect(DATA, 10.0)


def told(guest: pipes.Pipe) -> dict[str, Any]:
    said = b""
    while piece := guest.recv(4096):
        said += piece
    guest.close()
    answer: dict[str, Any] = json.loads(said)
    return answer


def refused(what: Callable[..., object], *values: object) -> type[Exception] | None:
    try:
        what(*values)
    except Exception as error:  # noqa: BLE001 - which one it is, is what is asked
        return type(error)
    return None


async def passed_on() -> None:
    async def guest() -> None:
        assert await say('{"command":"status","name":"ä"}\n'.encode()) == DONE

    await with_server(guest)
    assert heard == [{"command": "status", "name": "ä"}]


async def too_long() -> None:
    line = b'{"command":"up"}'.ljust(server.LONGEST_LINE) + b"\n"

    async def guest() -> None:
        assert json.loads(await say(b"x" * (1 << 20) + b"\n"))["code"] == "too-long"
        assert json.loads(await say(b" " + line))["code"] == "too-long"
        assert await say(line) == DONE

    await with_server(guest)


async def silence() -> None:
    async def guest() -> None:
        silent, half = call(), call()
        half.sendall(UP.strip())
        for each in (silent, half):
            assert (await asyncio.to_thread(told, each))["code"] == "silence"

    await with_server(guest, silence=SHORT)
    assert heard == []


async def leaving() -> None:
    async def guest() -> None:
        call().close()
        half, hasty = call(), call()
        half.sendall(b'{"command"')
        half.close()
        hasty.sendall(b'{"command":"pin"}\n')
        hasty.close()
        assert await say() == DONE

    await with_server(guest)
    assert heard == [{"command": "pin"}, {"command": "up"}]


async def deaf() -> None:
    async def guest() -> None:
        silent = call()
        silent.sendall(UP)
        await asyncio.sleep(SHORT * 3)
        assert refused(told, silent) is json.JSONDecodeError

    await with_server(guest, long_answer, silence=SHORT)


async def too_many() -> None:
    async def guest() -> None:
        silent = [call() for _each in range(server.MOST_CONNECTIONS)]
        assert json.loads(await say())["code"] == "too-many"
        for each in silent:
            each.close()
        while (answer := await say()) != DONE:
            assert json.loads(answer)["code"] == "too-many"

    await with_server(guest)


async def closing() -> None:
    listening = pipe_server.bound(DATA, server.Connections(note, 5.0))
    await listening.listen()
    silent = call()
    waiting = asyncio.create_task(asyncio.to_thread(silent.recv, 100))
    await listening.close()
    assert await waiting == b""
    silent.close()


async def strangers() -> None:
    assert refused(ask, DATA, UP) is Unreachable
    offered = pipes.Listener(DATA)  # and nobody who looks
    assert refused(ask, DATA, UP, SHORT) is NoAnswer
    assert refused(ask, DATA, UP, SHORT) in (NoAnswer, Unreachable)
    offered.close()
    assert offered.accept() is None


async def others() -> None:
    async def guest() -> None:
        asked = pipe_owner.is_own
        pipe_owner.is_own = lambda handle: False
        assert refused(ask, DATA, UP) is Unreachable
        pipe_owner.is_own = asked
        assert await say() == DONE

    await with_server(guest)
    assert heard == [{"command": "up"}]


async def rules() -> None:
    """Who may open the pipe, in the words of Windows."""
    from ctypes import byref, c_void_p, wintypes

    offered = pipes.Listener(DATA)
    end = call()
    descriptor, text = c_void_p(), wintypes.LPWSTR()
    pipe_owner._advapi32.GetSecurityInfo(end.handle, 6, 1 | 4, None, None, None, None, byref(descriptor))
    convert = pipe_owner._advapi32.ConvertSecurityDescriptorToStringSecurityDescriptorW
    convert.argtypes = [c_void_p, wintypes.DWORD, wintypes.DWORD, c_void_p, c_void_p]
    assert convert(descriptor, 1, 1 | 4, byref(text), None)
    own = pipe_owner.own()
    assert str(text.value).replace(";FA;", ";GA;") == f"O:{own}D:P(A;;GA;;;{own})(A;;GA;;;SY)", text.value
    end.close()
    offered.close()


CHECKS = (passed_on, too_long, silence, leaving, deaf, too_many, closing, strangers, others, rules)

if __name__ == "__main__":
    asyncio.run({each.__name__: each for each in CHECKS}[sys.argv[2]]())
    print("done")
