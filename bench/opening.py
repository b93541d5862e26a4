"""Opens *My meetings* in the running program, from its own menu's entry on; prints how long that took, as JSON.

Run by ``bench.mirror`` in a process of its own: ``python -m bench.opening``. The *first* frame is the first that the
window paints at all, *figures* the first that has the charts; each counts when it has been handed to the screen.
"""

import asyncio
import json
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer

from kohtaava_desktop.app import Options, Program, Stage
from kohtaava_desktop.demo import HandClock

AGAIN = 4
MOST_SECONDS = 60.0


class Watch(QObject):
    """Takes the time when what it filters is painted for the first time with all that it is to show."""

    def __init__(self, complete: Callable[[], bool]) -> None:
        super().__init__()
        self._complete = complete
        self.painted: asyncio.Future[float] = asyncio.get_running_loop().create_future()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Lets everything through."""
        if event.type() == QEvent.Type.Paint and self._complete():
            QTimer.singleShot(0, self._arrived)  # what Qt still does to hand the frame to the screen comes before it
        return False

    def _arrived(self) -> None:
        if not self.painted.done():
            self.painted.set_result(time.perf_counter())


async def opened(stage: Stage) -> dict[str, float]:
    """Milliseconds from the request to the two frames; the window is closed again."""
    from kohtaava_desktop.ui.mirror.canvas import ChartCanvas

    mirror = stage.presenter.opener.mirror
    began = time.perf_counter()
    stage.presenter.opener.open_mirror()
    window = mirror.window
    assert window is not None
    first, figures = Watch(lambda: True), Watch(lambda: window.shown is not None)
    window.installEventFilter(first)  # nothing is painted before the loop runs again
    for canvas in window.findChildren(ChartCanvas):
        canvas.installEventFilter(figures)
    moments = [await asyncio.wait_for(each.painted, MOST_SECONDS) for each in (first, figures)]
    assert window.shown is not None
    assert not window.shown.found.too_few, "there are no charts to be painted"
    await mirror.done()
    window.close()
    await asyncio.sleep(0.2)
    return {name: (moment - began) * 1000 for name, moment in zip(("first", "figures"), moments, strict=True)}


def main() -> None:
    """The first opening of this program, then some more."""
    result: list[dict[str, float]] = []
    failures: list[Exception] = []

    async def play(stage: Stage) -> None:
        try:
            await asyncio.sleep(1.0)  # the start is over
            result.extend([await opened(stage) for _ in range(1 + AGAIN)])
        except Exception as failure:
            failures.append(failure)
            raise
        finally:
            stage.controller.quit()

    Program(Options(), clock=HandClock(), play=play).run()
    if failures:
        raise failures[0]
    print(json.dumps(result))


if __name__ == "__main__":
    main()
