"""The program on Windows has no network socket. Under Wine, which is not Windows: its sockets are those of Linux."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from release.windows.layout import BUILD
from release.windows.wine import Wine
from tests.windows.program import Program

LISTEN = "import socket; one = socket.create_server(('127.0.0.1', 0)); print('listens', flush=True); input()"

pytestmark = pytest.mark.windows


def network_sockets(wine: Wine) -> set[str]:
    """The sockets for TCP and UDP that any program of ``wine`` has bound or connected, by their numbers in Linux."""
    tables = (Path("/proc/net") / name for name in ("tcp", "tcp6", "udp", "udp6"))
    known = {line.split()[9] for table in tables if table.exists() for line in table.read_text().splitlines()[1:]}
    return known & set(_held(wine))


def _held(wine: Wine) -> Iterator[str]:
    here = f"WINEPREFIX={wine.prefix.absolute()}\0".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile, or is another user's
            if here in process.joinpath("environ").read_bytes():
                for file in process.joinpath("fd").iterdir():
                    with suppress(OSError):
                        yield str(file.readlink()).removeprefix("socket:[").removesuffix("]")


def test_a_whole_meeting_has_no_network_socket(program: Program) -> None:
    before = network_sockets(program.wine)
    program.start()
    for word in ("start", "up", "up", "up", "finish"):
        program.do(word)
        assert network_sockets(program.wine) == before
    program.quit()


def test_a_network_socket_would_be_seen(program: Program) -> None:
    before = network_sockets(program.wine)
    with program.wine.start([BUILD / "python" / "python.exe", "-I", "-c", LISTEN]) as listener:
        assert listener.stdout is not None
        assert listener.stdout.readline().strip() == b"listens"
        assert network_sockets(program.wine) - before
        listener.communicate(b"\n", timeout=60)
