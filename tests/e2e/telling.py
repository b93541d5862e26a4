"""The real program on the real clocks, which also writes down what its overlay shows.

``python -m tests.e2e.telling FILE …`` runs in place of ``kohtaava-desktop``; what follows FILE is not looked at. After
each change FILE holds the scene as JSON.

libfaketime deceives the program about the wall clock, and the kernel knows nothing of it. So on SIGUSR1 the timer runs
out that the kernel would have cancelled had its own clock been set. On SIGUSR2, besides, CLOCK_BOOTTIME has gone on for
ten minutes, and CLOCK_MONOTONIC has not: the computer slept.
"""

import asyncio
import ctypes
import json
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from kohtaava_desktop.app import Options, Program, Stage
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.scene import Scene


class Teller:
    """Writes down, in ``file``, what ``overlay`` shows and where in it its controls stand."""

    def __init__(self, overlay: Overlay, file: Path) -> None:
        self._overlay, self._file = overlay, file
        self._show = overlay.show_scene

    def show_scene(self, scene: Scene) -> None:
        """Show ``scene``, and tell."""
        self._show(scene)
        buttons = [each for each in self._overlay.findChildren(FlatButton) if each.isVisible()]
        places = {each.control.act: each.mapTo(self._overlay, each.rect().center()) for each in buttons}
        told = {
            "view": scene.view,
            "length": scene.length,
            "until": scene.until,
            "announcement": scene.announcement,
            "number": scene.number,
            "sentence": scene.sentence.text,
            "places": {act: (place.x(), place.y()) for act, place in places.items()},
        }
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(told), encoding="utf-8")
        new.rename(self._file)


def run_timers_out() -> None:
    """Let every timer of the kernel that this process has run out now."""
    for link in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the descriptor that lists the folder
            if str(link.readlink()) == "anon_inode:[timerfd]":
                just_now = (ctypes.c_long * 4)(0, 0, int(time.time()) - 1, 0)
                assert ctypes.CDLL(None).timerfd_settime(int(link.name), 1, just_now, None) == 0


def sleep_ten_minutes() -> None:
    """The computer slept, by its clocks, and comes back."""
    read = time.clock_gettime
    time.clock_gettime = lambda clock: read(clock) + (600 if clock == time.CLOCK_BOOTTIME else 0)
    run_timers_out()


def main(file: Path) -> int:
    """Run the program."""

    async def tell(stage: Stage) -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, run_timers_out)
        loop.add_signal_handler(signal.SIGUSR2, sleep_ten_minutes)
        stage.overlay.show_scene = Teller(stage.overlay, file).show_scene  # type: ignore[method-assign]
        stage.presenter.refresh()  # whoever reads it may send signals
        await asyncio.Event().wait()

    return Program(Options(), play=tell).run()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
