"""What the program has done, and has left for later, when its first frame is painted; seen in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIRST_FRAME = """
import gc, json, linecache, os, sys
import shiboken6
from kohtaava_desktop.__main__ import window

def made(base):
    return {base.__name__}.union(*map(made, type.__subclasses__(base)))

def painted():
    loaded = sorted(name for name, module in sys.modules.items() if module is not None)
    seen = {"loaded": loaded, "made": sorted(made(shiboken6.Object)), "read": list(linecache.cache)}
    print(json.dumps({**seen, "collecting": gc.isenabled()}), flush=True)
    os._exit(0)

window(first_frame=painted)
"""
STANDING = """
import gc, json, sys
gc.disable()
from kohtaava_desktop.app import Options, Program
from kohtaava_desktop.domain import commands

async def play(stage):
    standing = {"collecting": gc.isenabled(), "frozen": gc.get_freeze_count()}
    await stage.controller.start(45)
    await stage.controller.perform(commands.StepUp())
    await stage.controller.perform(commands.Finish())
    await stage.controller.settle()
    kept = await stage.presenter.opener.mirror.store.count()
    loaded = sorted(name for name, module in sys.modules.items() if module is not None)
    print(json.dumps({**standing, "kept": kept, "loaded": loaded}), flush=True)
    stage.controller.quit()

Program(Options(), play=play).run()
"""


def seen(code: str, folder: Path) -> dict[str, Any]:
    """What ``code`` says about itself."""
    own = {"KOHTAAVA_DATA_DIR": str(folder), "KOHTAAVA_CONFIG_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    arguments = [sys.executable, "-c", code]
    run = subprocess.run(arguments, env={**os.environ, **own}, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


@pytest.fixture(scope="module")
def first_frame(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return seen(FIRST_FRAME, tmp_path_factory.mktemp("data"))


@pytest.mark.parametrize(
    "name",
    [
        *("asyncio", "qasync", "sqlite3", "sqlite_utils", "babel", "ssl", "PySide6.QtSvg"),
        *("kohtaava_desktop.controller", "kohtaava_desktop.domain.events", "kohtaava_desktop.ui.meeting_scene"),
        *("kohtaava_desktop.integration.clock_changes", "kohtaava_desktop.ui.boundary_handle"),
        "dataclasses",  # each one is source text that is put together and compiled anew in every start
    ],
)
def test_the_first_frame_does_without(first_frame: dict[str, Any], name: str) -> None:
    assert name not in first_frame["loaded"]


@pytest.mark.parametrize("name", ["QAccessible", "QGradient", "QMenu", "QMessageBox", "QSlider", "QStyle"])
def test_the_first_frame_names_no_class_of_qt_that_is_large(first_frame: dict[str, Any], name: str) -> None:
    assert "QPushButton" in first_frame["made"]
    assert name not in first_frame["made"]


def test_what_came_before_it_was_the_overlay(first_frame: dict[str, Any]) -> None:
    assert "kohtaava_desktop.ui.overlay" in first_frame["loaded"]
    assert not first_frame["collecting"]


def test_no_import_leaves_source_texts_behind(first_frame: dict[str, Any]) -> None:
    assert first_frame["read"] == []


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return seen(STANDING, tmp_path_factory.mktemp("standing"))


def test_the_collector_runs_once_the_program_stands(standing: dict[str, Any]) -> None:
    assert standing["collecting"]
    assert standing["frozen"] > 0


@pytest.mark.parametrize("name", ["sqlite_utils", "dateutil", "click", "babel", "_hashlib", "statistics", "uuid"])
def test_a_meeting_does_without_what_is_large(standing: dict[str, Any], name: str) -> None:
    assert standing["kept"] == 1
    assert name not in standing["loaded"]
