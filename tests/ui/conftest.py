"""What tests on the real widgets share."""

import asyncio
import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kohtaava_desktop import i18n
from kohtaava_desktop.settings.schema import Value
from tests.ui.scenes import LONGER, Longer
from tests.ui.stage import Stage
from tests.ui.tied import Tied


@pytest.fixture(scope="module", autouse=True)
def cleared(qapp: QApplication) -> Iterator[None]:
    """No widget outlives its module: each new style or palette would be put on all that are left, for seconds."""
    yield
    gc.collect()
    for left in QApplication.topLevelWidgets():
        left.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop in which taps are carried out; a test steps it by hand."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    yield loop
    asyncio.set_event_loop(None)
    loop.close()


@pytest.fixture
def in_english() -> Iterator[None]:
    """The interface in English, which needs no catalogue."""
    before = i18n.language()
    i18n.set_language("en")
    yield
    i18n.set_language(before)


@pytest.fixture(params=["fi", "sv", "en", LONGER])
def tag(request: pytest.FixtureRequest, in_english: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each language in turn, and one that does not exist."""
    assert in_english is None  # it takes the language back
    i18n.set_language("en" if request.param == LONGER else request.param)
    if request.param == LONGER:
        monkeypatch.setitem(i18n._catalogues, ("kohtaava", "en"), Longer())
    return str(request.param)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The announcements that a screen reader gets."""
    spoken: list[str] = []

    def update(event: QAccessibleEvent) -> None:
        if event.type() is QAccessible.Event.Announcement:
            spoken.append(event.message())  # type: ignore[attr-defined]

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", update)
    return spoken


@pytest.fixture
def make_stage(
    qapp: QApplication,
    qtbot: QtBot,
    loop: asyncio.AbstractEventLoop,
    in_english: None,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., Stage]:
    """Make a stage; the pointer opens and closes nothing by itself, as that takes real time."""
    assert in_english is None
    for delay in ("OPEN_AFTER_MS", "CLOSE_AFTER_MS"):
        monkeypatch.setattr(f"kohtaava_desktop.ui.overlay.{delay}", 3_600_000)

    def make(**given: object) -> Stage:
        stage = Stage(qapp, loop, **given)  # type: ignore[arg-type]
        qtbot.addWidget(stage.overlay)
        return stage

    return make


@pytest.fixture
def stage(make_stage: Callable[..., Stage]) -> Stage:
    """The program at its start, with 45 minutes ready."""
    return make_stage()


@pytest.fixture
def tied(
    make_stage: Callable[..., Stage], loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Tied]:
    """Make a program with its ties to the desktop, by the settings given."""
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)

    def make(**settings: Value) -> Tied:
        program = Tied(make_stage(settings=settings), loop, monkeypatch)
        program.begin()
        return program

    return make
