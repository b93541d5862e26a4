"""The real overlay, presenter and controller together, with a clock moved by hand and a store in memory."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.settings.schema import Value
from kohtaava_desktop.ui.boundary_handle import BoundaryHandle
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.presenter import Presenter
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import LIGHT
from tests.support import FakeStore, HandClock, controller_of

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@dataclass
class Stage:
    """A running program without its disk.

    What is asked of it is done when a method returns: no test waits. After each tap the clock goes on by a second, so
    that the next one is no double tap.
    """

    app: QApplication
    loop: asyncio.AbstractEventLoop
    clock: HandClock = field(default_factory=HandClock)
    store: FakeStore = field(default_factory=FakeStore)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)
    settings: dict[str, Value] = field(default_factory=dict)
    quits: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.controller = controller_of(self.clock, self.store, 45, **self.settings)
        self.overlay = Overlay(LIGHT, True, self.places)
        self.presenter = Presenter(self.controller, self.overlay, self.app, lambda: self.quits.append(True))
        self.run(self.controller.recover())
        self.overlay.show()

    # what happens

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Carry ``work`` out to its end."""
        self.loop.run_until_complete(work)

    def settle(self) -> None:
        """Let what was tapped be carried out and shown."""
        self.run(self.presenter.done())
        self.app.processEvents()

    def tap(self, act: Act) -> None:
        """Click with the mouse in the middle of the control for ``act``, whatever lies there."""
        self.click(self.place(act).center())

    def click(self, where: QPoint) -> None:
        """Click at a place on the screen, then let a second pass."""
        assert self.overlay.geometry().contains(where), "this click would go beside the overlay"
        QTest.mouseClick(self.overlay.windowHandle(), LEFT, NO_KEYS, where - self.overlay.pos())
        self.settle()
        self.clock.advance(1)

    def press(self, act: Act) -> None:
        """As assistive technology presses, then let a second pass."""
        self.overlay.press(act)
        self.settle()
        self.clock.advance(1)

    def key(self, key: Qt.Key) -> None:
        """Type a key on whatever has the focus, then let a second pass."""
        QTest.keyClick(self.focus(), key)
        self.settle()
        self.clock.advance(1)

    def go_to(self, minute: float) -> None:
        """So many minutes after the meeting began."""
        self.clock.advance(self.meeting.plan.start + minute * 60 - self.controller.now())
        self.run(self.controller.wake())

    def later(self, minutes: float = 0.0, seconds: float = 0.0) -> None:
        """Time passes, and what is due is done."""
        self.clock.advance(seconds, minutes)
        self.run(self.controller.wake())

    # what is there

    @property
    def meeting(self) -> Meeting:
        assert self.controller.meeting is not None
        return self.controller.meeting

    def view(self) -> View:
        """The form that the overlay takes."""
        return self.controller.view

    def step(self) -> Step:
        """The step that the meeting is on."""
        return self.meeting.stage

    def focus(self) -> QWidget:
        """Whatever a key would go to."""
        focused: QWidget | None = self.overlay.focusWidget()
        return self.overlay if focused is None else focused

    def controls(self) -> dict[Act, FlatButton]:
        """The controls that are there now."""
        return {each.control.act: each for each in self.overlay.findChildren(FlatButton) if each.isVisible()}

    def handles(self) -> list[BoundaryHandle]:
        """The boundaries that can be moved now, from left to right."""
        shown = [handle for handle in self.overlay.findChildren(BoundaryHandle) if handle.isVisible()]
        return sorted(shown, key=lambda handle: handle.x())

    def place(self, act: Act) -> QRect:
        """Where the control for ``act`` stands on the screen."""
        control = self.controls()[act]
        return QRect(control.mapToGlobal(QPoint(0, 0)), control.size())

    def menu(self) -> QMenu:
        """The menu that is open."""
        menu = self.app.activePopupWidget()
        assert isinstance(menu, QMenu)
        return menu


def entries(menu: QMenu) -> dict[str, bool]:
    """The entries of ``menu`` and of the menus in it, and whether each can be chosen."""
    found: dict[str, bool] = {}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found |= {action.text(): True} | {f"{action.text()} > {name}": can for name, can in entries(inner).items()}
        elif not action.isSeparator():
            found[action.text()] = action.isEnabled()
    return found
