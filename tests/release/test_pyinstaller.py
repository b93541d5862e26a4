"""What PyInstaller makes of ``packaging/pyinstaller.spec`` is held to the rules of every bundle, and works."""

from pathlib import Path

import pytest

from release import bundle
from tests.e2e.screen import Screen
from tests.release.conftest import desk_with

pytestmark = pytest.mark.proof


def test_it_carries_a_meeting_through(screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "työ kone" / "kohtaava-desktop"
    bundle.build(out, tmp_path / "work", pyinstaller=True)  # it is checked there
    desk = desk_with(out, screen, tmp_path / "desk", monkeypatch)
    try:
        desk.start(speed=60)
        for words in (("start",), ("up",), ("up",), ("up",), ("finish",)):
            desk.tell(*words)
        desk.quit()
    finally:
        desk.close()
    assert desk.errors() == ""
    [meeting] = desk.stored()
    assert [stage for stage, _seconds in meeting["visits"]] == ["empathy", "guidance", "advice", "farewell"]
