"""The card of one step: what it is for, and an example of what to say on the way to the next one.

It opens beside the overlay when somebody asks for it, never by itself, and leaves at a tap, at Escape or with a step.
"""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.taps import DOUBLE_TAP_SECONDS
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.stage_texts import stage_text
from kohtaava_desktop.ui.beside import beside
from kohtaava_desktop.ui.cards.card import Card
from kohtaava_desktop.ui.forms import WIDTH
from kohtaava_desktop.ui.paint import RADIUS, paint_ground, rounded
from kohtaava_desktop.ui.staircase import Box, emblem, paint
from kohtaava_desktop.ui.theme import Palette, Role, Type

MARGIN, LINE_GAP, PART_GAP = 16.0, 6.0, 14.0
SIGN = Box(MARGIN, MARGIN + 2, 34.0, 18.0)  # the stairs beside the title
CLOSE = 24.0
WIDER = (1.0, 1.5, 2.0)  # a card that would be higher than the screen becomes wider


class StageCard(Card):
    """Shows what ``stage`` is for, in ``palette``, in the fonts of ``fonts`` enlarged by ``unit``, until it is closed.

    It takes the keyboard only where ``keyboard`` says that whoever opened it works by keyboard.
    """

    closed = Signal(bool)  # whether the card had the keyboard, so that it can be given back

    def __init__(
        self,
        palette: Palette,
        fonts: Type,
        unit: float,
        stage: Stage,
        *,
        keyboard: bool = False,
        translucent: bool = False,
        guard_seconds: float = DOUBLE_TAP_SECONDS,
    ) -> None:
        super().__init__(palette, translucent, guard_seconds, keyboard=keyboard)
        self.stage = stage
        self._fonts, self._unit, self._keyboard = fonts, unit, keyboard
        self._build()
        self.take_palette(palette)
        self.setFocus()  # with the keyboard, Escape works at once and the way out does not look chosen

    def take_palette(self, palette: Palette) -> None:
        """Other colours, at once."""
        self._palette = palette
        self.setStyleSheet(_style(palette, palette.stage(self.stage).name()))
        self.update()

    def show_beside(self, overlay: QRect, room: QRect) -> None:
        """Show the card beside ``overlay``, in ``room``, covering the overlay only where there is no other place."""
        self.setGeometry(beside(overlay, self._size_in(room), room))
        self.show()
        if self._keyboard:
            self.activateWindow()
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # made once

    def _build(self) -> None:
        text, u = stage_text(self.stage), self._unit
        self.setWindowTitle(_("What the step is for: {stage}").format(stage=text.title))
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(text.spoken)
        column = QVBoxLayout(self)
        margin = round(MARGIN * u)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(round(LINE_GAP * u))
        head = QHBoxLayout()
        head.addSpacing(round((SIGN.w + 8) * u))
        head.addWidget(self._label(text.title, Role.TITLE, "title"), 1)
        column.addLayout(head)
        column.addSpacing(round(LINE_GAP * u))
        for line in text.lines:
            column.addWidget(self._label(line, Role.BODY))
        column.addSpacing(round((PART_GAP - LINE_GAP) * u))
        column.addWidget(self._label(text.lead, Role.SMALL, "lead"))
        column.addWidget(self._label(text.phrase, Role.SENTENCE))
        head.addWidget(self._close_button())  # made last: a reader comes to the texts first

    def _close_button(self) -> QPushButton:
        button = QPushButton("×", self)
        button.setObjectName("close")
        button.setAccessibleName(_("Close"))
        button.setFont(self._font(Role.TITLE))
        button.setFixedSize(round(CLOSE * self._unit), round(CLOSE * self._unit))
        button.clicked.connect(self.close)
        return button

    def _label(self, text: str, role: Role, name: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(self._font(role))
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return label

    def _font(self, role: Role) -> QFont:
        font = QFont(self._fonts.font(role))
        font.setPointSizeF(font.pointSizeF() * self._unit)
        return font

    def _size_in(self, room: QRect) -> QSize:
        """As wide as the overlay, wider where the text would else be higher than ``room``."""
        layout = self.layout()
        assert layout is not None
        size = QSize()
        for factor in WIDER:
            width = min(round(WIDTH * self._unit * factor), room.width())
            size = QSize(width, layout.totalHeightForWidth(width))
            if size.height() <= room.height():
                break
        return size

    # painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The panel, and the four steps with a dot on the one that the card is about."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._unit, self._unit)
        whole = QRectF(0, 0, self.width() / self._unit, self.height() / self._unit)
        paint_ground(painter, self._palette, whole, self._palette.edge, self._palette.edge_width)
        stairs = emblem(SIGN)
        paint(painter, stairs, self._palette, 2.4)
        tread = stairs.treads[self.stage]
        painter.setPen(QPen(QColor(self._palette.panel), 1.2))
        painter.setBrush(QColor(self._palette.text))
        painter.drawEllipse(QPointF((tread.x1 + tread.x2) / 2, tread.y), 3.6, 3.6)

    # leaving

    def showEvent(self, event: QShowEvent) -> None:
        """Where nothing can be translucent, the corners are cut."""
        if not self._translucent:
            self.setMask(rounded(self.width(), self.height(), RADIUS * self._unit))
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave at Escape, and at the key that opened the card."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say once that the card has left."""
        if self.isVisible():
            self.closed.emit(self._keyboard and self.isActiveWindow())
        super().closeEvent(event)


def _style(palette: Palette, stage: str) -> str:
    line = palette.muted if palette.strong else "transparent"
    return f"""
        QLabel {{ color: {palette.text}; }}
        QLabel#title {{ color: {stage}; }}
        QLabel#lead {{ color: {palette.muted}; }}
        QPushButton#close {{
            background: transparent; color: {palette.muted};
            border: 1px solid {line}; border-radius: 6px; padding: 0;
        }}
        QPushButton#close:hover {{ color: {palette.text}; background: {palette.button}; }}
        QPushButton#close:focus {{ color: {palette.text}; border: 2px solid {palette.text}; }}
    """
