"""A played meeting on separate data, through the real widgets: for a first look, for workshops and for pictures."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kohtaava_desktop.app import Options, Program, Stage
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.scene import Act

PACE_SECONDS = 2.0
BEGIN = datetime(2026, 11, 16, 10, 0)  # a Monday in winter: 10.00 to 10.45


@dataclass(slots=True)
class HandClock:
    """A clock moved by hand. Nothing waits on it: whoever moves it wakes what is due."""

    reading: Reading = field(default_factory=lambda: Reading(BEGIN.timestamp(), 1000.0, 1000.0, "demo"))

    def read(self) -> Reading:
        """All clocks at this instant."""
        return self.reading

    def real_seconds(self, _seconds: float) -> float:
        """Never by itself."""
        return 1e6

    def local_time(self, wall: float) -> datetime:
        """The local date and time at ``wall``."""
        return datetime.fromtimestamp(wall)

    def move_to(self, minute: float) -> None:
        """So many minutes after the beginning."""
        passed = BEGIN.timestamp() + minute * 60 - self.reading.wall
        now = self.reading
        self.reading = now._replace(wall=now.wall + passed, steady=now.steady + passed, awake=now.awake + passed)


@dataclass(frozen=True, slots=True)
class Scene:
    """At ``minute``, press ``press`` or ask for ``view``; then the picture ``name``, where there is one."""

    minute: float
    press: Act | None = None
    view: View | None = None
    name: str = ""
    hover: bool = False


PLAY = (
    Scene(0, name="1-ready"),
    Scene(0, Act.START, name="2-announcement"),
    Scene(0.2, Act.GOT_IT),
    Scene(5, Act.STEP_UP),
    Scene(13, name="3-quiet"),
    Scene(14, Act.STEP_UP),
    Scene(20, Act.STEP_BACK),
    Scene(21, Act.PIN, hover=True),
    Scene(23, Act.STEP_UP),
    Scene(26, name="4-open"),
    Scene(27, name="4-open-under-pointer", hover=True),
    Scene(38, name="5-reminder"),
    Scene(38.2, Act.PUT_OFF),
    Scene(39, view=View.DISCREET, name="6-discreet"),
    Scene(40.5, view=View.OPEN, name="5-reminder-again"),
    Scene(41, Act.STEP_UP, name="4-farewell"),
    Scene(46.5, Act.FINISH, name="7-summary"),
    Scene(46.6, Act.DONE),
)


def run_demo(options: Options) -> int:
    """Play the meeting; with ``options.pictures``, at once and leaving pictures there. Returns the exit code."""
    with tempfile.TemporaryDirectory(prefix="kohtaava-demo-") as folder:
        os.environ["KOHTAAVA_DATA_DIR"] = folder
        os.environ["KOHTAAVA_CONFIG_DIR"] = folder
        clock = HandClock()
        pictures = options.pictures
        failures: list[Exception] = []

        async def play(stage: Stage) -> None:
            try:
                await perform(stage, clock, PLAY, _keeper(stage, pictures) if pictures else _pause)
            except Exception as failure:
                failures.append(failure)
                raise
            finally:
                stage.controller.quit()

        code = Program(options, clock=clock, play=play, translucent=True if pictures else None).run()
    if failures:
        raise failures[0]
    return code


async def perform(
    stage: Stage, clock: HandClock, play: tuple[Scene, ...], show: Callable[[str], Awaitable[None]]
) -> None:
    """Play ``play`` on ``stage``; ``show`` is awaited after each scene with the name of its picture."""
    for scene in play:
        clock.move_to(scene.minute)
        await stage.controller.wake()
        stage.overlay.take_pointer(scene.hover)
        if scene.press is not None:
            stage.overlay.press(scene.press)
            await stage.presenter.done()
        if scene.view is not None:
            stage.controller.choose(scene.view)
        await show(scene.name)


async def _pause(_name: str) -> None:
    await asyncio.sleep(PACE_SECONDS)


def _keeper(stage: Stage, pictures: Path) -> Callable[[str], Awaitable[None]]:
    pictures.mkdir(parents=True, exist_ok=True)

    async def keep(name: str) -> None:
        await asyncio.sleep(0)
        if name:
            stage.overlay.grab().save(str(pictures / f"{name}.png"))

    return keep
