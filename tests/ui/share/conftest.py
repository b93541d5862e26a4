"""What a team shares, on a screen that nobody sees, in folders of the test's own."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.share.desk import Desk


@pytest.fixture
def desk(qapp: QApplication, loop: asyncio.AbstractEventLoop, in_english: None, tmp_path: Path) -> Iterator[Desk]:
    """Meetings of September and October on a day in November, in English; an empty folder for the team."""
    assert in_english is None
    desk = Desk(qapp, loop, tmp_path)
    yield desk
    for window in (desk.exporting.window, desk.mirror.window):
        if window is not None:
            window.close()
    loop.run_until_complete(desk.store.close())
    qapp.processEvents()
