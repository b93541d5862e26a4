"""A whole meeting played fast: frames of the real overlay at its real places on the screen, with the hand that taps."""

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from kohtaava_desktop.app import Stage
from kohtaava_desktop.demo import BEGIN, HandClock
from kohtaava_desktop.i18n import formats
from kohtaava_desktop.ui.controls import FlatButton
from kohtaava_desktop.ui.scene import Act

GROUND = {"light": "#EDEBE6", "dark": "#D3D5D6"}
MUTED = "#5C646B"
ABOVE, BELOW, BESIDE = 152, 50, 14  # logical pixels around the place of step up
MINUTE_MS = 110
MOVE_MS = 60
MOVES = 3

Keep = Callable[[str, QImage], None]


class Film:
    """Plays a meeting; ``keep`` gets each frame under its number and how many milliseconds it stands (``007-110``)."""

    def __init__(self, stage: Stage, clock: HandClock, keep: Keep) -> None:
        self._stage, self._clock, self._keep = stage, clock, keep
        self._minute = 0
        self._count = 0
        self._last: tuple[QImage, int] | None = None
        overlay = stage.overlay.geometry()
        middle = overlay.center().y()
        self._region = QRect(overlay.x() - BESIDE, middle - ABOVE, overlay.width() + 2 * BESIDE, ABOVE + BELOW)
        self._away = QPoint(overlay.center().x(), self._region.bottom() + 20)
        self._pointer = self._away

    async def play(self) -> None:
        """Forty-six minutes in some twenty seconds."""
        self._frame(1400)
        await self._tap(Act.START, 2400)
        await self._tap(Act.GOT_IT, 300)
        await self._leave()
        await self._until(5)
        await self._tap_and_leave(Act.STEP_UP)
        await self._until(14)
        await self._tap_and_leave(Act.STEP_UP)
        await self._until(20)
        await self._tap_and_leave(Act.STEP_BACK)
        await self._until(24)
        await self._tap_and_leave(Act.STEP_UP)
        await self._until(38)
        self._frame(1600)
        await self._tap_and_leave(Act.STEP_UP)
        await self._until(45)
        await self._tap(Act.FINISH, 400)
        await self._leave()
        self._frame(2600)
        await self._tap(Act.DONE, 300)
        await self._leave()
        self._frame(900)
        self._flush()

    async def _until(self, minute: int) -> None:
        while self._minute < minute:
            self._minute += 1
            self._clock.move_to(self._minute)
            await self._stage.controller.wake()
            self._frame(MINUTE_MS)

    async def _tap_and_leave(self, act: Act) -> None:
        await self._tap(act, 350)
        await self._leave()

    async def _tap(self, act: Act, stand_ms: int) -> None:
        """The pointer comes, what opens under it opens, and it taps once."""
        overlay = self._stage.overlay
        target = overlay.geometry().bottomRight() - QPoint(77, 14)
        button = self._button(act)
        if button is not None:
            target = button.mapToGlobal(button.rect().center())
        self._move(target)
        overlay.take_pointer(True)
        await asyncio.sleep(0)
        button = self._button(act)
        assert button is not None, f"no control for {act}"
        self._move(button.mapToGlobal(button.rect().center()))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        self._frame(320)
        button.setDown(True)
        self._frame(100)
        button.setDown(False)
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        overlay.press(act)
        await self._stage.presenter.done()
        self._frame(stand_ms)

    async def _leave(self) -> None:
        self._move(self._away)
        self._stage.overlay.take_pointer(False)
        await asyncio.sleep(0)
        self._frame(MINUTE_MS)

    def _button(self, act: Act) -> FlatButton | None:
        buttons = self._stage.overlay.findChildren(FlatButton)
        return next((each for each in buttons if each.control.act is act and each.isVisible()), None)

    def _move(self, target: QPoint) -> None:
        start = self._pointer
        if start == target:
            return
        for part in range(1, MOVES + 1):
            self._pointer = start + (target - start) * (part / MOVES)
            self._frame(MOVE_MS)

    def _frame(self, milliseconds: int) -> None:
        image = self._picture()
        if self._last is not None and self._last[0] == image:
            self._last = image, self._last[1] + milliseconds
            return
        self._flush()
        self._last = image, milliseconds

    def _flush(self) -> None:
        if self._last is not None:
            self._keep(f"{self._count:03d}-{self._last[1]}", self._last[0])
            self._count += 1
        self._last = None

    def _picture(self) -> QImage:
        overlay, region = self._stage.overlay, self._region
        ratio = overlay.devicePixelRatioF()
        image = QImage(region.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(GROUND["light"]))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(overlay.geometry().topLeft() - region.topLeft(), overlay.grab())
        self._paint_clock(painter)
        paint_pointer(painter, QPointF(self._pointer - region.topLeft()))
        painter.end()
        return image

    def _paint_clock(self, painter: QPainter) -> None:
        font = QFont(self._stage.overlay.font())
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(QColor(MUTED))
        minutes = BEGIN.hour * 60 + BEGIN.minute + self._minute
        box = QRectF(BESIDE, self._region.height() - 22, self._region.width() - 2 * BESIDE, 16)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), formats.clock_time(*divmod(minutes, 60)))


def paint_pointer(painter: QPainter, tip: QPointF) -> None:
    """An arrow whose tip is at ``tip``."""
    outline = ((0, 0), (0, 16), (3.8, 12.6), (6.4, 18.4), (9, 17.2), (6.5, 11.6), (11.4, 11.4))
    path = QPainterPath(tip)
    for x, y in outline[1:]:
        path.lineTo(tip + QPointF(x, y))
    path.closeSubpath()
    painter.setPen(QPen(QColor("white"), 1.4))
    painter.setBrush(QColor("black"))
    painter.drawPath(path)
