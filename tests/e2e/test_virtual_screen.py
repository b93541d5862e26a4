"""A virtual screen that does not come up is tried once more: a server that ends may take the socket of its number."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.e2e import screen as screen_module
from tests.e2e.screen import Screen

ROOT = Path(__file__).resolve().parents[2]


def manager(room: Path, failing: int) -> Path:
    """A window manager that does not stay the first ``failing`` times."""
    program = room / "manager"
    program.write_text(
        f"#!/bin/sh\necho once >>{room}/started\n"
        f"[ $(wc -l <{room}/started) -gt {failing} ] || {{ echo 'Failed to open the display'; exit 1; }}\n"
        "exec openbox --sm-disable\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def on_a_screen(room: Path, failing: int) -> subprocess.CompletedProcess[str]:
    """What a command on a screen of its own says."""
    environment = {**os.environ, "KOHTAAVA_WINDOW_MANAGER": str(manager(room, failing))}
    command = [str(ROOT / "packaging" / "virtual-screen.sh"), "xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("failing", [0, 1])
def test_the_script_tries_a_fresh_screen(tmp_path: Path, failing: int) -> None:
    done = on_a_screen(tmp_path, failing)
    assert (done.returncode, done.stderr) == (0, "")
    assert "window id" in done.stdout


def test_the_script_gives_up_after_two_and_says_why(tmp_path: Path) -> None:
    done = on_a_screen(tmp_path, 2)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The window manager did not stay" in done.stderr
    assert "Failed to open the display" in done.stderr
    assert len((tmp_path / "started").read_text(encoding="utf-8").split()) == 2


def test_the_screen_of_the_tests_tries_a_fresh_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(screen_module.MANAGERS, "openbox", [str(manager(tmp_path, 1))])
    screen = Screen(tmp_path / "room")
    try:
        assert "window id" in screen.run("xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
    finally:
        screen.close()


def test_the_screen_of_the_tests_gives_up_after_two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(screen_module.MANAGERS, "openbox", [str(manager(tmp_path, 2))])
    with pytest.raises(AssertionError, match="Failed to open the display"):
        Screen(tmp_path / "room")
    assert len((tmp_path / "started").read_text(encoding="utf-8").split()) == 2
