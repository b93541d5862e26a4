"""The control channel over a pipe, as on Windows: the part of it that runs anywhere, with pairs of sockets for pipes.

How guests are treated is tried with those of the socket, in test_control_guests.py; what is called of Windows itself,
under Wine: tests/windows/test_channel.py.
"""

import asyncio
from pathlib import Path

import pytest

from kohtaava_desktop.control import pipe_server
from kohtaava_desktop.control.pipe_server import PipeServer
from kohtaava_desktop.control.server import Connections, ControlUnavailable
from tests.unit.guests import DONE, SHORT, Door, Notes, Way


def test_a_door_that_breaks_down_is_logged_and_the_program_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> None:
        door = Door()
        listening = PipeServer(door, Connections(Notes(), 5.0))
        await listening.listen()
        assert await Way(listening, door.call).say() == DONE
        door.break_down()
        await listening.close()

    asyncio.run(run())
    assert "nobody can be let in any more" in caplog.text


def test_elsewhere_there_are_no_such_pipes(tmp_path: Path) -> None:
    with pytest.raises(ControlUnavailable):
        pipe_server.bound(str(tmp_path), Connections(Notes(), SHORT))
