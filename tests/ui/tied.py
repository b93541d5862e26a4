"""The program of a stage with its ties to a desktop that a test makes up."""

import asyncio
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QSystemTrayIcon

from kohtaava_desktop.integration import autostart
from kohtaava_desktop.integration.desktop import PlainDesktop
from kohtaava_desktop.settings.layers import Layer, Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.settings.schema import Value
from kohtaava_desktop.ui.desktop import ties as module
from kohtaava_desktop.ui.desktop.global_shortcuts import NAMES
from kohtaava_desktop.ui.desktop.ties import Ties
from kohtaava_desktop.ui.follow import CaptureGuard
from tests.support import FakeTaker
from tests.ui.stage import Stage

ALL = {name: f"Ctrl+F{number}" for number, name in enumerate(NAMES, start=1)}


@dataclass
class FakeAutostart:
    """The entry of the start at sign-in; ``asked`` is what was to become of it."""

    asked: list[tuple[str, bool | None]] = field(default_factory=list)
    error: OSError | None = None

    def state(self) -> autostart.State:
        return autostart.State.OFF

    def change(self, on: bool | None) -> None:
        self._take("change", on)

    def verify(self, on: bool | None) -> None:
        self._take("verify", on)

    def _take(self, what: str, on: bool | None) -> None:
        self.asked.append((what, on))
        if self.error is not None:
            raise self.error


class Tied:
    """The program of a stage with its ties; a shortcut is pressed by the name of its setting."""

    def __init__(self, stage: Stage, loop: asyncio.AbstractEventLoop, monkeypatch: pytest.MonkeyPatch) -> None:
        self.stage, self.loop = stage, loop
        self.given: dict[str, Value] = dict(stage.settings)
        self.origin = Origin.USER
        self.settings = Settings([lambda: Layer(self.origin, "here", dict(self.given))])
        stage.controller.settings = self.settings
        self.taker, self.autostart = FakeTaker(), FakeAutostart()
        monkeypatch.setattr(module, "system_taker", lambda app, loop, moved: self.taker)

    def begin(self) -> Ties:
        stage = self.stage
        capture = CaptureGuard(stage.overlay, self.settings, PlainDesktop())
        self.ties = Ties(
            stage.app, self.loop, stage.controller, stage.presenter, stage.overlay, capture, self.autostart
        )
        self.work()
        return self.ties

    def set(self, **values: Value) -> None:
        self.given.update(values)
        self.settings.reload()
        self.work()

    def unset(self, name: str) -> None:
        del self.given[name]
        self.settings.reload()
        self.work()

    def work(self) -> None:
        """Let what was begun in the background come to its end."""
        while pending := asyncio.all_tasks(self.loop):
            self.loop.run_until_complete(asyncio.gather(*pending))

    def press(self, what: str) -> None:
        self.taker.taken[ALL[f"shortcut_{what}"]]()
        self.stage.settle()

    def press_later(self, what: str) -> None:
        self.stage.clock.advance(1)
        self.press(what)

    def tray(self) -> QSystemTrayIcon:
        assert self.ties._tray is not None
        return self.ties._tray._icon
