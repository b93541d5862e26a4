"""One run of the real program with a clock moved by hand, in one theme, language and scale, that leaves pictures.

``bench.shots`` runs this once for each of them, as ``python -m bench.studio``; the scale is ``QT_SCALE_FACTOR``. The
same pictures come out each time: no clock is read, the pointer is out of the way, and the type is Inter where it is
installed (the package fonts-inter), otherwise what the system has.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QPoint,
    QPointF,
    QRect,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QCursor, QFont, QFontDatabase, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from bench.film import Film, Keep
from bench.guide_scenes import windows
from bench.meetings_scene import meetings
from bench.settings_scene import policy, settings
from kohtaava_desktop.app import Options, Program, Stage, make_application
from kohtaava_desktop.controller import Ready
from kohtaava_desktop.demo import HandClock
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.ui.boundary_handle import BoundaryHandle
from kohtaava_desktop.ui.cards.client_card import ClientCard
from kohtaava_desktop.ui.follow import ENLARGED
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import PALETTES

FAMILY = "Inter"
FULL_DISK = "/home/user/.local/share/kohtaava-desktop/meeting-in-hand.db"
CARDS = {"card-ar": "العربية"}


@dataclass(slots=True)
class Studio:
    """A running program, its clock, and what becomes of a picture."""

    stage: Stage
    clock: HandClock
    keep: Keep

    async def at(self, minute: float) -> None:
        """So many minutes after the beginning."""
        self.clock.move_to(minute)
        await self.stage.controller.wake()

    async def sleep(self, minutes: float) -> None:
        """The computer sleeps for so long."""
        now = self.clock.reading
        self.clock.reading = now._replace(wall=now.wall + minutes * 60, steady=now.steady + minutes * 60)
        await self.stage.controller.wake()

    async def press(self, *acts: Act) -> None:
        """Tap what stands for ``acts``, a second apart: quicker taps would count as one."""
        for act in acts:
            self.stage.overlay.press(act)
            await self.stage.presenter.done()
            now = self.clock.reading
            self.clock.reading = now._replace(wall=now.wall + 1, steady=now.steady + 1, awake=now.awake + 1)

    def hover(self, inside: bool) -> None:
        """The pointer comes or goes."""
        self.stage.overlay.take_pointer(inside)

    async def picture(self, name: str, hover: bool = False) -> None:
        """Keep what the overlay shows now as ``name``."""
        self.hover(hover)
        await asyncio.sleep(0)
        self.keep(name, self.stage.overlay.grab().toImage())
        self.hover(False)

    async def menu(self, name: str, act: Act) -> None:
        """Open the menu of ``act`` and keep it and the overlay as they stand on the screen."""
        self.hover(True)
        self.stage.overlay.press(act)
        menu = QApplication.activePopupWidget()
        assert menu is not None, "the menu did not open"
        self.keep(name, together(self.stage.overlay, menu))
        menu.close()
        self.hover(False)

    async def card(self) -> None:
        """Keep the card for the client, in several languages."""
        self.stage.presenter.opener.show_card()
        card = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ClientCard))
        self.keep("card", card.grab().toImage())
        chips = {chip.text(): chip for chip in card.findChildren(QPushButton)}
        for name, chip in CARDS.items():
            if chips[chip].isEnabled():  # otherwise this computer has no letters for it
                chips[chip].click()
                self.keep(name, card.grab().toImage())
        card.close()

    async def mend(self, name: str) -> None:
        """Keep the summary while a boundary is held."""
        self.hover(True)
        handle = self.stage.overlay.findChildren(BoundaryHandle)[-1]
        middle = QPointF(handle.rect().center())
        where = QPointF(handle.mapToGlobal(middle))
        left = Qt.MouseButton.LeftButton
        for kind, at in ((QEvent.Type.MouseButtonPress, where), (QEvent.Type.MouseMove, where - QPointF(12, 0))):
            event = QMouseEvent(kind, middle, at, left, left, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(handle, event)
        self.keep(name, self.stage.overlay.grab().toImage())
        event = QMouseEvent(QEvent.Type.MouseButtonRelease, middle, where, left, left, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(handle, event)
        await self.stage.presenter.done()


def together(*widgets: QWidget) -> QImage:
    """``widgets`` as they lie on the screen, the later ones on top."""
    whole = QRect()
    for widget in widgets:
        whole = whole.united(widget.geometry())
    ratio = widgets[0].devicePixelRatioF()
    image = QImage(whole.size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    for widget in widgets:
        painter.drawPixmap(widget.geometry().topLeft() - whole.topLeft(), widget.grab())
    painter.end()
    return image


async def states(studio: Studio) -> None:
    """Every state of the overlay, through two meetings."""
    await before_the_meeting(studio)
    await a_full_meeting(studio)
    await a_meeting_that_needs_its_time(studio)


async def before_the_meeting(studio: Studio) -> None:
    """The pill with its length, its marks, a late start and a notice."""
    controller = studio.stage.controller
    await studio.at(0)
    await studio.picture("ready")
    controller.get_ready(Ready(45, Marks(Channel.PHONE, new_client=True, interpreter=True)))
    await studio.picture("ready-marks")
    controller.get_ready(Ready(45))
    await studio.at(4)
    await studio.menu("ready-late", Act.LENGTH)
    controller.say(sentences.store_problem("disk-full", {"path": FULL_DISK}))
    await studio.at(0)
    await studio.picture("notice")
    await studio.press(Act.READ_NOTICE)


async def a_full_meeting(studio: Studio) -> None:
    """All steps, with a step back, a pin, a reminder put off, and the summary."""
    controller = studio.stage.controller
    await studio.at(0)
    await studio.press(Act.START)
    await studio.picture("announcement")
    await studio.card()
    await studio.at(5)
    await studio.press(Act.STEP_UP)
    await studio.at(13)
    await studio.picture("quiet")
    await studio.press(Act.STEP_UP)
    await studio.at(18)
    await studio.press(Act.STEP_BACK)
    await studio.at(19)
    studio.hover(True)
    await studio.press(Act.PIN)
    await studio.at(20)
    await studio.press(Act.STEP_UP)
    await studio.at(26)
    await studio.picture("open")
    await studio.picture("open-pointer", hover=True)
    await studio.menu("menu", Act.MORE)
    await studio.at(38)
    await studio.picture("reminder")
    await studio.press(Act.PUT_OFF)
    controller.choose(View.DISCREET)
    await studio.picture("discreet")
    controller.choose(View.OPEN)
    await studio.at(39)
    await studio.press(Act.STEP_UP)
    await studio.at(42)
    await studio.picture("farewell")
    await studio.at(48)
    await studio.picture("extra")
    await studio.press(Act.FINISH)
    await studio.picture("summary")
    await studio.mend("summary-mend")
    await studio.press(Act.DONE)


async def a_meeting_that_needs_its_time(studio: Studio) -> None:
    """Still in Guidance at the end, then a step up past the planned time, and the computer asleep for a while."""
    await studio.at(0)
    await studio.press(Act.START, Act.GOT_IT)
    await studio.at(9)
    await studio.press(Act.STEP_UP)
    await studio.at(38.5)
    await studio.picture("quiet-reminder")
    await studio.picture("reminder-new-time", hover=True)
    await studio.at(44)
    await studio.press(Act.STEP_UP)
    await studio.at(46.5)
    await studio.picture("reminder-time-full")
    await studio.sleep(8)
    await studio.picture("gap")
    await studio.stage.controller.perform(commands.Discard())


async def film(studio: Studio) -> None:
    """A whole meeting, a frame for every minute and every move of the hand."""
    await Film(studio.stage, studio.clock, studio.keep).play()


async def guide(studio: Studio) -> None:
    """What the user guide shows."""
    await states(studio)
    await windows(studio)


PLAYS = {"states": states, "film": film, "guide": guide, "settings": settings}


def run(looks: dict[str, str], lang: str, play: Callable[[Studio], Awaitable[None]], keep: Keep) -> int:
    """Run the program once with ``play`` and the settings ``looks``; returns its exit code."""
    with tempfile.TemporaryDirectory(prefix="kohtaava-studio-") as folder:
        os.environ["KOHTAAVA_DATA_DIR"] = os.environ["KOHTAAVA_CONFIG_DIR"] = folder
        (Path(folder) / "settings.json").write_text(json.dumps(looks), encoding="utf-8")
        qInstallMessageHandler(_message)
        app = make_application()
        if QFontDatabase.hasFamily(FAMILY):
            app.setFont(QFont(FAMILY, 9))
        QCursor.setPos(QPoint(0, 0))
        clock, failures = HandClock(), []

        async def on(stage: Stage) -> None:
            try:
                await play(Studio(stage, clock, keep))
            except BaseException as failure:
                failures.append(failure)
                raise
            finally:
                stage.controller.quit()

        policies = (policy,) if play is settings else ()
        code = Program(Options(lang=lang), clock=clock, play=on, translucent=True, policies=policies).run()
    if failures:
        raise failures[0]
    return code


def _message(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """What Qt has to say, but for what the offscreen platform cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def keeper(folder: Path, ending: str) -> Keep:
    """Saves each picture in ``folder`` under its name and ``ending``."""
    folder.mkdir(parents=True, exist_ok=True)

    def keep(name: str, image: QImage) -> None:
        path = folder / f"{name}{ending}.png"
        if not image.save(str(path)):
            raise OSError(f"{path} could not be written")

    return keep


def main() -> int:
    """Run one studio; returns the exit code."""
    parser = argparse.ArgumentParser("bench.studio")
    parser.add_argument("play", choices=(*PLAYS, "meetings"))
    parser.add_argument("--desks", type=Path, help="what made_up_desks prepared, for the play meetings")
    parser.add_argument("--theme", choices=tuple(PALETTES), default="light")
    parser.add_argument("--size", choices=tuple(ENLARGED), default="medium")
    parser.add_argument("--lang", choices=("fi", "sv", "en"), default="fi")
    parser.add_argument("--ending", default="")
    parser.add_argument("--into", type=Path, required=True)
    given = parser.parse_args()
    looks = {"theme": given.theme, "size": given.size}
    play = partial(meetings, folder=given.desks) if given.play == "meetings" else PLAYS[given.play]
    return run(looks, given.lang, play, keeper(given.into, given.ending))


if __name__ == "__main__":
    sys.exit(main())
