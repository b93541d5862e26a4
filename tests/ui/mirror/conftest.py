"""The window, opened on a screen that nobody sees."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.mirror.room import Room


@pytest.fixture
def room(qapp: QApplication, loop: asyncio.AbstractEventLoop, in_english: None) -> Iterator[Room]:
    """The window with no meetings yet, in English."""
    assert in_english is None
    room = Room(qapp, loop)
    yield room
    if room.mirror.window is not None:
        room.mirror.window.close()
    qapp.processEvents()
