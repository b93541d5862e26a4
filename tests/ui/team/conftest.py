"""The team's window, opened on a screen that nobody sees."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.team.room import Room


@pytest.fixture
def room(qapp: QApplication, loop: asyncio.AbstractEventLoop, in_english: None, tmp_path: Path) -> Iterator[Room]:
    """A workstation without meetings on a day in November, in English; no folder is set or filled."""
    assert in_english is None
    room = Room(qapp, loop, tmp_path)
    yield room
    if room.opener.window is not None:
        room.opener.window.close()
    loop.run_until_complete(room.opener.done())
    loop.run_until_complete(room.store.close())
    qapp.processEvents()
