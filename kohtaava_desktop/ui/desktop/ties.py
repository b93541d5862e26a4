"""What ties the program to the desktop around it: shortcuts that work everywhere, the tray icon, the start at sign-in.

Made after the first frame, each only when its setting asks for it, and changed when that does. None is needed: what
fails is told in one sentence, and everything can be done without.
"""

import asyncio
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.i18n import desktop_texts
from kohtaava_desktop.integration.autostart import Autostart, own_autostart
from kohtaava_desktop.integration.shortcuts import system_taker
from kohtaava_desktop.integration.wayland import in_wayland
from kohtaava_desktop.settings.layers import Origin
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.ui.desktop.global_shortcuts import COMMANDS, NAMES, GlobalShortcuts
from kohtaava_desktop.ui.follow import CaptureGuard
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.presenter import Presenter
from kohtaava_desktop.ui.scene import Act

if TYPE_CHECKING:
    from kohtaava_desktop.control.report import Row
    from kohtaava_desktop.ui.desktop.tray import Tray


class Ties:
    """All of them, from now until ``end``."""

    def __init__(
        self,
        app: QApplication,
        loop: asyncio.AbstractEventLoop,
        controller: Controller,
        presenter: Presenter,
        overlay: Overlay,
        capture: CaptureGuard,
        autostart: Autostart | None = None,
    ) -> None:
        self._app, self._loop = app, loop
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._controller, self._presenter, self._overlay = controller, presenter, overlay
        self._capture = capture
        self._autostart = own_autostart() if autostart is None else autostart
        self._shortcuts: GlobalShortcuts | None = None
        self._paused = False
        self._tray: Tray | None = None
        settings = controller.settings
        self._starts = wanted_autostart(settings)
        self._listen_no_more = settings.listen(self._settings_changed)
        controller.listen(self._follow)
        controller.examine = self.examine
        self._keep_shortcuts()
        self._keep_tray()
        if self._starts is not None:
            # what an organisation says is carried out; of what the user said, only the address is mended
            carry_out = self._autostart.change if settings.managed("autostart") else self._autostart.verify
            self._in_background(lambda: carry_out(self._starts))

    async def end(self) -> None:
        """Give the desktop back what was taken from it, and finish what was begun. The start at sign-in stays."""
        self._listen_no_more()
        if self._shortcuts is not None:
            self._shortcuts.end()
        if self._tray is not None:
            self._tray.end()
            self._tray = None
        await asyncio.gather(*self._tasks)

    def shortcut_trouble(self, name: str) -> str | None:
        """Why the shortcut of the setting ``name`` does not work everywhere; ``None`` when it does, or is off."""
        trouble = None if self._shortcuts is None else self._shortcuts.trouble(name)
        if trouble is None and in_wayland(os.environ) and self._controller.settings.text(name):
            return desktop_texts.only_x11(COMMANDS[name])
        return trouble

    def pause_shortcuts(self, paused: bool) -> None:
        """Let the keys of all shortcuts through for a while, such as to a field that asks for one."""
        self._paused = paused
        if self._shortcuts is not None:
            self._shortcuts.pause(paused)
        else:
            self._keep_shortcuts()

    def examine(self) -> "list[Row]":
        """What only the running program can say for ``kohtaava doctor``."""
        from kohtaava_desktop.ui.desktop.examination import Around, examine

        tell = (lambda _name: None) if self._shortcuts is None else self._shortcuts.trouble
        troubles = [trouble for name in NAMES if (trouble := tell(name))]
        count = sum(1 for name in NAMES if self._controller.settings.text(name))
        tray = self._controller.settings.switch("tray")
        failure = self._capture.failure
        return examine(Around(self._overlay, self._controller.settings, count, tuple(troubles), tray, failure))

    def _follow(self) -> None:
        if self._tray is not None:
            self._tray.follow()

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "tray" in names:
            self._keep_tray()
        elif "language" in names:
            self._follow()
        self._keep_shortcuts()
        starts = wanted_autostart(self._controller.settings)
        if starts is not self._starts:
            self._starts = starts
            self._in_background(lambda: self._autostart.change(starts))

    def _say(self, sentence: str) -> None:
        self._controller.say(sentence)
        self._presenter.refresh()

    def _unsay(self, sentence: str) -> None:
        self._controller.unsay(sentence)
        self._presenter.refresh()

    # shortcuts

    def _keep_shortcuts(self) -> None:
        """From the first one that is set, they look after themselves."""
        settings = self._controller.settings
        if self._paused or self._shortcuts is not None or not any(settings.text(name) for name in NAMES):
            return
        self._shortcuts = GlobalShortcuts(
            settings,
            self._acts(),
            lambda moved: system_taker(self._app, self._loop, moved),
            self._say,
            self._unsay,
        )

    def _acts(self) -> dict[str, Callable[[], None]]:
        presenter, controller = self._presenter, self._controller

        def up() -> None:
            presenter.act(Act.START if controller.meeting is None else Act.STEP_UP)

        return {
            "shortcut_show": lambda: presenter.show_up(True),
            "shortcut_up": up,
            "shortcut_back": lambda: presenter.act(Act.STEP_BACK),
            "shortcut_undo": lambda: presenter.act(Act.UNDO),
            "shortcut_pin": lambda: presenter.act(Act.PIN),
            "shortcut_view": lambda: presenter.act(Act.TOGGLE),
            "shortcut_discreet": lambda: presenter.act(Act.DISCREET),
        }

    # the icon beside the clock

    def _keep_tray(self) -> None:
        if self._tray is not None:
            self._tray.end()
            self._tray = None
        if self._controller.settings.switch("tray"):
            from kohtaava_desktop.ui.desktop.tray import Tray

            self._tray = Tray(self._controller, self._overlay, self._presenter.menus)

    # the start at sign-in

    def _in_background(self, work: Callable[[], None]) -> None:
        """The window's thread waits for no disk, which may be a network's. One after the other: the last counts."""
        task = self._loop.create_task(self._try(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, work: Callable[[], None]) -> None:
        try:
            async with self._turn:
                await self._loop.run_in_executor(None, work)
        except OSError as error:
            self._say(desktop_texts.autostart_failed(error.strerror or str(error)))


def wanted_autostart(settings: Settings) -> bool | None:
    """Whether to start at sign-in; ``None`` where nobody has said so or otherwise."""
    return None if settings.origin("autostart") is Origin.DEFAULT else settings.switch("autostart")
