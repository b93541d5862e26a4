"""The composition root of the window program: paints first, then imports and builds the rest, once."""

import gc
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import set_language, speaks
from kohtaava_desktop.integration.clock import Clock, clock_of
from kohtaava_desktop.integration.desktop import Desktop, desktop_of
from kohtaava_desktop.integration.instance import InstanceLock
from kohtaava_desktop.integration.paths import config_dir, data_dir
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.loader import Settings, Source, load
from kohtaava_desktop.settings.memory import Memory, recall, remember
from kohtaava_desktop.ui.follow import (
    ENLARGED,
    CaptureGuard,
    follow_colours,
    follow_look,
    follow_screens,
    on_all_desktops,
    palette_for,
    portal_of_desktop,
)
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.scene import Facts, scene_of

if TYPE_CHECKING:
    import asyncio

    from kohtaava_desktop.control.server import ControlServer
    from kohtaava_desktop.controller import Controller
    from kohtaava_desktop.store.worker import Store
    from kohtaava_desktop.ui.presenter import Presenter

FIRST_FRAME_MS = 2000  # a screen that never shows the window must not keep the program from going on

MOST_STOPS = 100


class Options(NamedTuple):
    """What the command line asked for."""

    lang: str | None = None
    demo: bool = False
    pictures: Path | None = None
    hidden: bool = False


def main(argv: Sequence[str] | None = None, first_frame: Callable[[], None] = lambda: None) -> int:
    """Run ``kohtaava-desktop``; returns the exit code. ``first_frame`` is called once the first frame is painted."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options = _parse(arguments) if arguments else Options()
    if options.demo:
        from kohtaava_desktop.demo import run_demo

        return run_demo(options)
    lock = InstanceLock(data_dir() / "kohtaava.lock")
    is_first = lock.acquire()
    if not lock.held:  # another has it, or, where the data folder takes no lock, may well run without one
        is_first = not _first_shows_itself() and is_first
    if not is_first:
        return 0
    try:
        return Program(options, first_frame=first_frame).run()
    finally:
        lock.release()


def _parse(arguments: Sequence[str]) -> Options:
    import argparse

    from kohtaava_desktop import __version__

    parser = argparse.ArgumentParser("kohtaava-desktop", description="Meeting stairs: an overlay for client meetings.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--lang", metavar="{fi,sv,en}", help="language of the program")
    parser.add_argument("--demo", action="store_true", help="play a meeting on separate data")
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="with --demo: play at once, leave pictures in DIR")
    parser.add_argument(
        "--hidden", action="store_true", help="start without the overlay; kohtaava show or a second start brings it up"
    )
    given = parser.parse_args(arguments)
    if given.pictures is not None and not given.demo:
        parser.error("--pictures goes with --demo")
    return Options(given.lang, given.demo, given.pictures, given.hidden)


def _first_shows_itself() -> bool:
    """Ask another instance to show itself; false when none answers."""
    from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask

    try:
        ask(str(data_dir()), b'{"command": "show"}\n')
    except (Unreachable, NoAnswer):
        return False
    return True


def system_clock() -> Clock:
    """The computer's clock; ``KOHTAAVA_SPEED`` makes it run faster, for tests and demonstrations."""
    return clock_of(os.environ.get("KOHTAAVA_SPEED", ""))


def make_application() -> QApplication:
    """Qt, set up for an overlay that outlives its windows."""
    if sys.platform.startswith("linux"):
        from kohtaava_desktop.integration.wayland import prefer_x11

        prefer_x11(os.environ)
    # Fusion is the one style that takes our colours on every system; setStyle would make all that belongs to QStyle
    app = QApplication.instance() or QApplication(["kohtaava-desktop", "-style", "fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("kohtaava-desktop")
    app.setDesktopFileName("kohtaava-desktop")
    app.setQuitOnLastWindowClosed(False)
    return app


def make_overlay(settings: Settings, memory: Memory, desktop: Desktop, translucent: bool) -> Overlay:
    """The overlay, following the settings and the system's colours and screens, not yet shown."""
    portal = portal_of_desktop(QApplication.platformName(), os.environ)
    palette, enlarged = palette_for(settings.text("theme"), portal), ENLARGED[settings.text("size")]
    overlay = Overlay(palette, translucent, memory.places, desktop, enlarged=enlarged)
    follow_colours(overlay, settings, portal)
    follow_look(overlay, settings)
    follow_screens(overlay)
    on_all_desktops(overlay, desktop)
    return overlay


class Stage(NamedTuple):
    """What a play can reach of a running program."""

    app: QApplication
    controller: "Controller"
    presenter: "Presenter"
    overlay: Overlay


class Program:
    """One run of the window program. ``first_frame`` is told of the first frame; ``play`` has the program to itself."""

    def __init__(
        self,
        options: Options,
        *,
        clock: Clock | None = None,
        first_frame: Callable[[], None] = lambda: None,
        play: Callable[[Stage], Awaitable[None]] | None = None,
        translucent: bool | None = None,
        policies: Sequence[Source] | None = None,
    ) -> None:
        """``policies`` stand in for those of the system."""
        self._options, self._first_frame, self._play = options, first_frame, play
        self._settings = load(config_dir(), policy.sources() if policies is None else policies)
        self._memory = recall(config_dir())
        self._clock = clock or system_clock()
        self._translucent = translucent
        self._asked_for = options.lang if options.lang and speaks(options.lang) else None
        set_language(self._asked_for or self._settings.text("language") or None)

    def run(self) -> int:
        """Paint, then load the rest, then live until asked to quit; returns the exit code."""
        app = make_application()
        desktop = desktop_of(app.platformName())
        translucent = desktop.composited() if self._translucent is None else self._translucent
        overlay = make_overlay(self._settings, self._memory, desktop, translucent)
        self._capture = CaptureGuard(overlay, self._settings, desktop)
        if not self._options.hidden and not _meeting_in_hand():
            # with a meeting in hand the first frame is that meeting, as soon as its journal is read
            overlay.show_scene(scene_of(self._facts()))
            paint_now(overlay)
        self._first_frame()
        return self._live(app, overlay)

    def _facts(self) -> Facts:
        minutes = self._memory.minutes
        end = self._clock.local_time(self._clock.read().wall + minutes * 60)
        return Facts(View.READY, 0.0, None, (end.hour, end.minute), minutes)

    def _live(self, app: QApplication, overlay: Overlay) -> int:
        import asyncio
        import signal

        from kohtaava_desktop.store.worker import Store
        from kohtaava_desktop.ui.event_loop import AsyncLoop

        loop = AsyncLoop(app)
        asyncio.set_event_loop(loop)
        with loop:
            ended = asyncio.Event()
            app.aboutToQuit.connect(ended.set)
            with suppress(NotImplementedError):  # Windows has no such signal: the desktop asks through Qt
                loop.add_signal_handler(signal.SIGTERM, ended.set)
                loop.add_signal_handler(signal.SIGINT, ended.set)
                _take_many_signals_for_one()
            store = Store(data_dir())
            # all is in place before the loop runs: a tap on the first frame waits for it and is not lost
            stage = self._stage(app, overlay, store, ended.set)
            life = loop.create_task(self._serve(stage, store, ended))
            _bring_to_its_end(loop, life)
            _heed_no_more_signals()
        return 0

    def _stage(self, app: QApplication, overlay: Overlay, store: "Store", end: Callable[[], None]) -> Stage:
        from kohtaava_desktop.controller import Controller, Ready
        from kohtaava_desktop.ui.presenter import Presenter
        from kohtaava_desktop.ui.style import put_on

        controller = Controller(self._clock, store, self._settings, Ready(self._memory.minutes))
        presenter = Presenter(controller, overlay, app, end, language_given=self._asked_for is not None)
        presenter.opener.mirror.store = store
        presenter.opener.trust.store = store
        presenter.opener.exporting.store = store
        presenter.opener.team.store = store
        self._report_settings(controller)
        self._capture.tell(controller.say)
        put_on(app)
        self._remember(controller, overlay)
        return Stage(app, controller, presenter, overlay)

    async def _serve(self, stage: Stage, store: "Store", ended: "asyncio.Event") -> None:
        import asyncio

        from kohtaava_desktop.integration import clock_changes, memory
        from kohtaava_desktop.ui.desktop.ties import Ties

        controller = stage.controller
        tasks: list[asyncio.Future[None]] = []
        store.to_tell = lambda: tasks.append(asyncio.ensure_future(controller.hear()))
        await controller.recover()
        stage.presenter.refresh()
        if not self._options.hidden:
            stage.overlay.show()
        server = await self._listen(controller)
        tasks.append(asyncio.ensure_future(controller.keep_time()))
        watch_no_more = clock_changes.watch(controller.rouse)
        ties = Ties(stage.app, asyncio.get_running_loop(), controller, stage.presenter, stage.overlay, self._capture)
        settings = stage.presenter.opener.settings
        settings.shortcut_trouble, settings.listening = ties.shortcut_trouble, ties.pause_shortcuts
        if self._play is not None:
            tasks.append(asyncio.ensure_future(self._play(stage)))
        _collect_again()
        memory.give_back()
        await ended.wait()
        for window in stage.app.topLevelWidgets():  # what was typed counts; one left open ends badly with a reader
            window.hide()
        watch_no_more()
        await stage.presenter.opener.end()
        store.to_tell = None
        await ties.end()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if server is not None:
            await server.close()
        await controller.leave()
        await store.close()

    async def _listen(self, controller: "Controller") -> "ControlServer | None":
        """Open the control channel; without one the overlay works all the same, and says so."""
        from kohtaava_desktop import remote
        from kohtaava_desktop.control.server import ControlUnavailable, serve

        try:
            return await serve(data_dir(), lambda request: remote.handle(controller, request))
        except ControlUnavailable as reason:
            controller.say(str(reason))
            return None

    def _report_settings(self, controller: "Controller") -> None:
        from kohtaava_desktop.i18n import sentences
        from kohtaava_desktop.settings.report import complaints

        for sentence in complaints(self._settings.in_force):
            controller.say(sentence)
        if self._options.lang and not speaks(self._options.lang):
            controller.say(sentences.unknown_language(self._options.lang))

    def _remember(self, controller: "Controller", overlay: Overlay) -> None:
        """Write down the last length and the place of the overlay when they change, off the painting thread."""
        import asyncio

        memory = self._memory

        def write() -> None:
            with suppress(OSError):  # a comfort only; without a folder the program does without
                remember(config_dir(), memory)

        def keep(_result: object = None) -> None:
            asyncio.get_running_loop().run_in_executor(None, write)

        def changed() -> None:
            if controller.ready.minutes != memory.minutes:
                memory.minutes = controller.ready.minutes
                keep()

        def moved(arrangement: str, x: int, y: int) -> None:
            memory.keep_place(arrangement, x, y)
            asyncio.get_event_loop().call_soon(keep)

        controller.listen(changed)
        overlay.moved.connect(moved)


def _meeting_in_hand() -> bool:
    """Whether a journal waits; false where nobody may look. What is the matter there is for the store to say."""
    try:
        return (data_dir() / "meeting-in-hand.db").exists()
    except OSError:
        return False


def _bring_to_its_end(loop: "asyncio.AbstractEventLoop", life: "asyncio.Task[None]") -> None:
    """Run ``life``. When Qt stops before its end, because the desktop ends the session, what has begun is finished.

    Where the screen itself is gone, Qt stops again and again.
    """
    for _time in range(MOST_STOPS):
        with suppress(RuntimeError):
            loop.run_until_complete(life)
        if life.done():
            life.result()
            return


def _take_many_signals_for_one() -> None:
    """Once so many signals wait that the loop's pipe is full, they are enough: Python need not complain of the rest."""
    import signal

    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    pipe = signal.set_wakeup_fd(writing)  # the loop's, which only this tells; what comes in between is passed on
    signal.set_wakeup_fd(pipe, warn_on_full_buffer=False)
    os.close(writing)
    os.write(pipe, os.read(reading, 100))
    os.close(reading)


def _heed_no_more_signals() -> None:
    """Nothing is left to be ended; a signal now would be written to the loop's pipe while the loop closes it."""
    import signal

    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _collect_again() -> None:
    """Turn the garbage collector on again, if the start turned it off, and never look through what stands now."""
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
        gc.enable()


def paint_now(overlay: Overlay) -> None:
    """Show ``overlay`` and come back once it has been painted."""
    waiting = QEventLoop()
    overlay.painted.connect(waiting.quit)
    QTimer.singleShot(FIRST_FRAME_MS, waiting.quit)
    overlay.show()
    waiting.exec()
    overlay.painted.disconnect(waiting.quit)
