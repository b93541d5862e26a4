"""The overlay's buttons: real controls for the keyboard and assistive technology."""

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from kohtaava_desktop.ui.forms import Control
from kohtaava_desktop.ui.theme import Ink, Palette, Role, Type, colour, fitted

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPaintEvent

RADIUS = 6.0
LINE = 1.5  # round every control, in high contrast
LET_GO_MS = 10  # until a button shows that it was let go, where the tap changes nothing else sooner
WEDGE = 12.0  # how much room the sign takes that something opens


class Stand(Protocol):
    """What a control needs of the window it stands on."""

    palette_in_use: Palette
    type_in_use: Type
    unit: float
    under_pointer: bool
    has_keyboard: bool

    def drag_from(self, where: QPoint) -> None: ...
    def drag_to(self, where: QPoint) -> None: ...
    def drop(self) -> None: ...
    def pointer_tapped(self) -> None: ...


class FlatButton(QPushButton):
    """One control of a form, painted as the form says. Dragged, it moves the whole window instead."""

    def __init__(self, parent: QWidget, stand: Stand, control: Control) -> None:
        super().__init__(parent)
        self._stand = stand
        self._pressed_at: QPoint | None = None
        self._dragging = False
        self._tapped = False  # and still down
        self.control = control
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take(control)

    def take(self, control: Control) -> None:
        """Become ``control``."""
        self._let_go()
        self.control = control
        self.setAccessibleName(control.spoken)
        self.setAccessibleDescription(control.more)
        self.setEnabled(control.enabled)
        # Qt keeps clicks with the right button on a disabled control from everybody: the window gets them
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not control.enabled)
        if self.underMouse():
            self.setToolTip(self._tip())
        self.update()

    def enterEvent(self, event: "QEnterEvent") -> None:
        """The tip is there with the pointer only: Qt would also read it out as a description, after the same name."""
        self.setToolTip(self._tip())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went, and the tip with it."""
        self.setToolTip("")
        super().leaveEvent(event)

    def _tip(self) -> str:
        control = self.control
        return "" if control.see_through or control.label == control.spoken else control.spoken

    def mousePressEvent(self, event: "QMouseEvent") -> None:
        """Remember where a drag would begin."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self._tapped = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: "QMouseEvent") -> None:
        """Past the system's drag distance the press was no tap."""
        where = event.globalPosition().toPoint()
        if self._dragging:
            self._stand.drag_to(where)
        elif self._pressed_at is not None and _far(where - self._pressed_at):
            self._dragging = True
            self.setDown(False)
            self._stand.drag_from(self._pressed_at)
            self._stand.drag_to(where)
        elif self._pressed_at is not None:
            super().mouseMoveEvent(event)
        else:
            event.ignore()  # Qt has not seen the end of the last tap, and would take this for the same press

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """End of a tap or of a drag."""
        self._pressed_at = None
        if self._dragging:
            self._dragging = False
            self._stand.drop()
            event.accept()
            return
        self._stand.pointer_tapped()
        inside = self.hitButton(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and self.isDown() and inside:
            self._tap()
        else:
            super().mouseReleaseEvent(event)

    def _tap(self) -> None:
        """Say that the button was clicked. Qt would repaint it before that; what was tapped is to be written first."""
        self._tapped = True
        self.clicked.emit()
        QTimer.singleShot(LET_GO_MS, self, self._let_go)

    def _let_go(self) -> None:
        if self._tapped:
            self._tapped = False
            self.setDown(False)

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Space is a tap; every other key is the window's, arrows too, which would else go to the next button."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Paint ground, text or drawing, and the focus ring."""
        control, stand = self.control, self._stand
        if control.see_through and not self._has_ring():
            return
        if control.only_hovered and not (stand.under_pointer or self._has_ring()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(stand.unit, stand.unit)
        box = QRectF(0, 0, self.width() / stand.unit, self.height() / stand.unit)
        self._paint_ground(painter, box)
        if control.icon:
            self._paint_icon(painter, box)
        elif control.detail:
            self._paint_two_parts(painter, box)
        elif control.label:
            self._paint_label(painter, box)
        if self._has_ring():
            palette = stand.palette_in_use
            painter.setPen(QPen(QColor(palette.text if control.fill is None else palette.on_primary), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 2 * LINE + 0.75 if palette.strong else 1.0  # two lines with a gap, not one thicker line
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), RADIUS - inset, RADIUS - inset)

    def _has_ring(self) -> bool:
        """Whether the keyboard is here; without the keyboard, Qt's own idea of focus is nobody's business."""
        return self.hasFocus() and self._stand.has_keyboard

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        palette, control = self._stand.palette_in_use, self.control
        lively = self.isEnabled() and (self.underMouse() or self.isDown())
        if control.only_hovered:  # a farewell that begins early draws its stairs below
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.panel))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        if control.bare and not (lively and not control.see_through and control.icon):
            return
        if control.fill is None:
            ground = QColor(palette.button_hover if lively else palette.button)
            ground = ground.darker(108) if self.isDown() else ground
        else:
            ground = palette.stage(control.fill)
            ground = palette.stirred(ground, self.isDown()) if lively else ground
        painter.setPen(QPen(QColor(palette.edge), LINE) if palette.strong else Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        inset = LINE / 2 if palette.strong else 0.0
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)

    def _paint_label(self, painter: QPainter, box: QRectF) -> None:
        control, palette = self.control, self._stand.palette_in_use
        inside = box.adjusted(2, 0, -2, 0) if control.bare else box.adjusted(6, 0, -6, 0)
        font = fitted(self._stand.type_in_use.font(control.role), control.label, inside.width())
        painter.setFont(font)
        painter.setPen(QColor(palette.on_primary) if control.fill is not None else colour(palette, control.ink))
        text = QFontMetricsF(font).elidedText(control.label, Qt.TextElideMode.ElideRight, inside.width() + 1)
        left = control.bare and len(control.label) > 1
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignHCenter
        painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if left and self.underMouse():
            font.setUnderline(True)
            painter.setFont(font)
            painter.drawText(inside, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _paint_two_parts(self, painter: QPainter, box: QRectF) -> None:
        """The label, the detail, and a wedge: something opens. As a letter it would need another font."""
        control, stand = self.control, self._stand
        title, body = stand.type_in_use.font(control.role), stand.type_in_use.font(Role.BODY)
        gap = 5.0
        width = QFontMetricsF(title).horizontalAdvance(control.label)
        rest = box.adjusted(2 + width + gap, 0, -2 - WEDGE, 0)
        painter.setFont(title)
        painter.setPen(QColor(stand.palette_in_use.text))
        painter.drawText(box.adjusted(2, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), control.label)
        body = fitted(body, control.detail, rest.width())
        painter.setFont(body)
        painter.setPen(colour(stand.palette_in_use, Ink.TEXT if self.underMouse() else Ink.MUTED))
        # both parts on one base line, though their sizes differ
        base = box.center().y() + (QFontMetricsF(title).ascent() - QFontMetricsF(title).descent()) / 2
        start = QPointF(rest.x(), base)
        painter.drawText(start, control.detail)
        metrics = QFontMetricsF(body)
        left = start + QPointF(metrics.horizontalAdvance(control.detail) + WEDGE / 3, -metrics.xHeight() * 0.8)
        painter.setBrush(painter.pen().color())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon([left, left + QPointF(WEDGE * 2 / 3, 0), left + QPointF(WEDGE / 3, WEDGE * 2 / 5)])

    def _paint_icon(self, painter: QPainter, box: QRectF) -> None:
        from kohtaava_desktop.ui.icons import paint_icon  # QtSvg is not for the first frame

        palette, size, badge = self._stand.palette_in_use, 16.0, self.control.detail
        lively = self.isEnabled() and (self.underMouse() or self._has_ring())
        tint = palette.text if lively else palette.muted
        painter.setOpacity(1.0 if self.isEnabled() else 0.35)
        place = QRectF(4 if badge else (box.width() - size) / 2, (box.height() - size) / 2, size, size)
        paint_icon(painter, self.control.icon, tint, place)
        if badge:
            painter.setFont(self._stand.type_in_use.font(Role.BUTTON_SMALL))
            painter.setPen(QColor(palette.text))  # it may lie over the stairs
            painter.drawText(box.adjusted(size + 6, 0, -2, 0), int(Qt.AlignmentFlag.AlignVCenter), badge)


class SpokenText(QLabel):
    """The sentence that the form paints, where a screen reader can find it; it shows nothing itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, text: str) -> None:
        """Hold ``text``; without one there is nothing to find."""
        self.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """The form has painted it already."""


def _far(moved: QPoint) -> bool:
    return moved.manhattanLength() >= QApplication.startDragDistance()
