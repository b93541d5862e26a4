"""The card for the client: how much time there is, large, in the client's own language.

It stands in the middle of the screen without taking the keyboard, and leaves at the first tap or by itself.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QScreen,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.taps import DOUBLE_TAP_SECONDS
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.client import CARD_LANGUAGES, card_text, spoken_name
from kohtaava_desktop.ui.cards.card import Card
from kohtaava_desktop.ui.cards.dial import Dial
from kohtaava_desktop.ui.paint import paint_ground, rounded
from kohtaava_desktop.ui.theme import Palette

LARGEST = QSize(1120, 660)  # logical pixels on a screen with 96 of them to the inch; some 30 cm wide
SHARE = 0.86  # of the screen, where that is less
DENSITIES = (96.0, 400.0)  # logical pixels to the inch that are believed; some screens say none, or anything
TITLE, DURATION, UNTIL = 0.135, 0.24, 0.165  # height of the letters' boxes, of the height there is for the words
RADIUS = 20.0
EDGE = 1.5
CHIP_GAP = 8
FAMILIES = {
    "ar": ("Noto Sans Arabic", "Segoe UI"),
    "fa": ("Noto Sans Arabic", "Segoe UI"),
    "ti": ("Noto Sans Ethiopic", "Ebrima", "Nyala"),
}
"""Families that draw a script better than whatever would stand in for the interface's own; used where installed."""


class Chip(QPushButton):
    """A language to choose. One that cannot be chosen says why: when pointed at, when tapped, to a screen reader."""

    ring = "black"  # the colour of the line inside

    def event(self, event: QEvent) -> bool:
        """A grey button gets no tap, so the reason is shown from here: after it, as any press takes a tip away."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonRelease and not self.isEnabled():
            QToolTip.showText(event.globalPosition().toPoint(), self.toolTip(), self)
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The one chosen is coloured up to its line: the mark of the keyboard is a second line inside it."""
        super().paintEvent(event)
        if self.hasFocus() and self.isChecked():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self.ring), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(6, 6, -6, -6), 6, 6)


class ClientCard(Card):
    """Shows ``minutes`` until ``hour:minute`` in ``language``, for ``seconds`` or until it is tapped.

    A language that this computer has no letters for is never shown as boxes: its chip says so to the expert, and the
    card stands in the language of the interface instead. Choosing another language starts the seconds anew.
    """

    closed = Signal()
    left_by_keyboard = Signal()  # it had taken the keyboard, and had it until now
    language_chosen = Signal(str)

    def __init__(
        self,
        palette: Palette,
        language: str,
        minutes: int,
        hour: int,
        minute: int,
        seconds: float = 20,
        *,
        translucent: bool = False,
        guard_seconds: float = DOUBLE_TAP_SECONDS,
    ) -> None:
        super().__init__(palette, translucent, guard_seconds)
        self.setAttribute(Qt.WidgetAttribute.WA_AlwaysShowToolTips)  # Qt keeps them to active windows; this is none
        self._time = (minutes, hour, minute)
        self._by_keyboard = False
        self._leave = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        self._leave.setTimerType(Qt.TimerType.PreciseTimer)
        self._leave.timeout.connect(self.close)
        self._build()
        self._show_language(language)
        self._fit_to(self.screen())

    @property
    def language(self) -> str:
        """The language in which the card stands."""
        return self._language

    @property
    def milliseconds_left(self) -> int:
        """How long the card will still stand; -1 while it does not."""
        return self._leave.remainingTime()

    def show_on(self, screen: QScreen) -> None:
        """Show the card in the middle of ``screen``."""
        self._fit_to(screen)
        self.show()

    def take_keyboard(self) -> None:
        """Accept the keyboard: the overlay had it when the card was asked for."""
        self._by_keyboard = True
        self.windowHandle().setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, False)
        self.raise_()
        self.activateWindow()

    # made once

    def _build(self) -> None:
        self.setFocus()  # with the keyboard, Esc works at once and no chip looks chosen
        self.setWindowTitle(_("Card for the client"))
        self.setAccessibleName(_("Card for the client"))
        self.dial = Dial(self, self._palette, *self._time)
        self._title, self._duration, self._until = (_label(self) for _line in range(3))
        self._words = QWidget(self)
        row = QHBoxLayout(self._words)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        row.addWidget(self.dial)
        self._column = QVBoxLayout()
        self._column.addStretch()
        for label in (self._title, self._duration, self._until):
            self._column.addWidget(label)
        self._column.addStretch()
        row.addLayout(self._column)
        row.addStretch()
        self._row = row
        self._title.setObjectName("title")
        self.chips = {tag: self._chip(tag) for tag in CARD_LANGUAGES}
        self._close = QPushButton("×", self)
        self._close.setObjectName("close")
        self._close.setAccessibleName(_("Close"))
        self._close.clicked.connect(self.close)
        self.setStyleSheet(_style(self._palette))

    def _chip(self, tag: str) -> QPushButton:
        shown = self._can_show(tag)
        chip = Chip(CARD_LANGUAGES[tag] if shown else spoken_name(tag), self)
        chip.setCheckable(True)
        chip.ring = self._palette.on_primary
        chip.setEnabled(shown)
        spoken = spoken_name(tag)
        chip.setAccessibleName(spoken if spoken == CARD_LANGUAGES[tag] else f"{spoken} ({CARD_LANGUAGES[tag]})")
        if not shown:
            why = _("This computer has no letters for this language")
            chip.setToolTip(why)
            chip.setAccessibleDescription(why)
        chip.toggled.connect(lambda: self._choose(tag))  # not clicked: assistive technology toggles without a click
        return chip

    def _can_show(self, tag: str) -> bool:
        text = card_text(tag, *self._time)
        return can_write(_in_script(self.font(), tag), CARD_LANGUAGES[tag] + text.title + text.duration + text.until)

    # in a language

    def _choose(self, tag: str) -> None:
        self._show_language(tag)
        self._fit_words()
        if self._leave.isActive():
            self._leave.start()
        self.language_chosen.emit(tag)

    def _show_language(self, tag: str) -> None:
        self._language = tag if tag in self.chips and self.chips[tag].isEnabled() else i18n.language()
        self._text = text = card_text(self._language, *self._time)
        for each, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(each == self._language)
            chip.blockSignals(False)
        direction = Qt.LayoutDirection.RightToLeft if text.rtl else Qt.LayoutDirection.LeftToRight
        for widget in (self._words, self._title, self._duration, self._until):
            widget.setLayoutDirection(direction)
        self._title.setText(text.title)
        self._duration.setText(text.duration)
        self._until.setText(text.until)
        self.setAccessibleDescription(f"{text.title}: {text.duration}, {text.until}")

    # where everything lies

    def _fit_to(self, screen: QScreen) -> None:
        room = screen.availableGeometry()
        place = QRect(room.topLeft(), card_size(room.size(), screen.physicalDotsPerInch()))
        place.moveCenter(room.center())
        self.setGeometry(place)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Lay everything out for the new size."""
        margin = round(self.height() * 0.055)
        for tag, chip in self.chips.items():
            size = max(13.0, self.height() * 0.03)
            chip.setFont(_font(_in_script(self.font(), tag), size, QFont.Weight.Medium))
        rows = self._place_chips(margin)
        self._words.setGeometry(margin, margin, self.width() - 2 * margin, rows - 2 * margin)
        side = round(max(32.0, self.height() * 0.075))
        self._close.setFont(_font(self.font(), side * 0.6, QFont.Weight.Normal))
        self._close.setGeometry(self.width() - side - margin // 2, margin // 2, side, side)
        self._fit_words()
        if not self._translucent:
            self.setMask(rounded(self.width(), self.height(), RADIUS))

    def _place_chips(self, margin: int) -> int:
        """Put the chips along the lower edge, in rows of about the same length; the top of the highest row."""
        chips = list(self.chips.values())
        sizes = [chip.sizeHint() for chip in chips]
        height = max(size.height() for size in sizes)
        rows = in_rows([size.width() for size in sizes], CHIP_GAP, self.width() - 2 * margin)
        top = self.height() - margin - len(rows) * (height + CHIP_GAP) + CHIP_GAP
        for number, row in enumerate(rows):
            x = (self.width() - sum(sizes[i].width() for i in row) - CHIP_GAP * (len(row) - 1)) // 2
            for i in row:
                chips[i].setGeometry(x, top + number * (height + CHIP_GAP), sizes[i].width(), height)
                x += sizes[i].width() + CHIP_GAP
        return top

    def _fit_words(self) -> None:
        """As large as the card holds them: the duration first, the clock next to it, the title above."""
        height = float(self._words.height())
        dial = round(min(height * 0.68, self._words.width() * 0.34))
        self.dial.setFixedSize(dial, dial)
        self._row.setSpacing(round(height * 0.13))
        self._column.setSpacing(round(height * 0.03))
        room = self._words.width() - dial - self._row.spacing()
        base = _in_script(self.font(), self._language)
        self._title.setFont(fitted(base, self._text.title, height * TITLE, QFont.Weight.Medium, room))
        self._duration.setFont(fitted(base, self._text.duration, height * DURATION, QFont.Weight.Bold, room))
        self._until.setFont(fitted(base, self._text.until, height * UNTIL, QFont.Weight.DemiBold, room))
        self._row.activate()  # now, not after a frame with the old widths

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the panel."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = max(EDGE, self._palette.edge_width)
        paint_ground(painter, self._palette, QRectF(self.rect()), self._palette.edge, edge, RADIUS)

    # leaving

    def showEvent(self, event: QShowEvent) -> None:
        """The seconds run from here."""
        self._leave.start()
        super().showEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave at Esc; Enter presses what has the focus, as on the overlay."""
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton):
            focused.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say once that the card has left."""
        self._leave.stop()
        self.closed.emit()
        if self._by_keyboard and self.isActiveWindow():
            self.left_by_keyboard.emit()
        super().closeEvent(event)


def card_size(room: QSize, density: float) -> QSize:
    """The size of the card in ``room`` logical pixels of a screen with ``density`` of them to the inch.

    It is meant for eyes two metres away, so it has as many millimetres on a dense screen as on an ordinary one.
    """
    lowest, highest = DENSITIES
    scale = density / lowest if lowest < density <= highest else 1.0
    share = QSize(round(room.width() * SHARE), round(room.height() * SHARE))
    return share.boundedTo(QSize(round(LARGEST.width() * scale), round(LARGEST.height() * scale)))


def can_write(font: QFont, text: str) -> bool:
    """Whether this computer has a letter, in ``font`` or in any that stands in for it, for all of ``text``."""
    metrics = QFontMetricsF(font)
    return all(metrics.inFontUcs4(ord(letter)) for letter in text if letter.isalnum())


def without_letters(font: QFont) -> list[str]:
    """The languages of the card that this computer has no letters for; told by names and titles, without Babel."""
    texts = {tag: name + i18n.catalogue("client", tag).gettext("Time today") for tag, name in CARD_LANGUAGES.items()}
    return [tag for tag, text in texts.items() if not can_write(_in_script(font, tag), text)]


def fitted(base: QFont, text: str, pixels: float, weight: QFont.Weight, room: float) -> QFont:
    """``base`` at ``pixels``, or smaller where ``text`` would be wider than ``room``."""
    font = _font(base, pixels, weight)
    width = QFontMetricsF(font).horizontalAdvance(text)
    return font if width < room else _font(base, (pixels - 1) * room / width, weight)


def in_rows(widths: Sequence[int], gap: int, room: int) -> list[range]:
    """The indices of ``widths`` in as few rows as fit into ``room``, each row with about as many."""
    for count in range(1, len(widths) + 1):
        bounds = [round(len(widths) * row / count) for row in range(count + 1)]
        rows = [range(first, last) for first, last in pairwise(bounds)]
        if all(sum(widths[i] + gap for i in row) - gap <= room for row in rows):
            return rows
    return [range(i, i + 1) for i in range(len(widths))]


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return label


def _in_script(base: QFont, language: str) -> QFont:
    """``base``, preceded by the families that are made for the script of ``language``."""
    font = QFont(base)
    installed = [family for family in FAMILIES.get(language, ()) if QFontDatabase.hasFamily(family)]
    font.setFamilies([*installed, *base.families()])
    return font


def _font(base: QFont, pixels: float, weight: QFont.Weight) -> QFont:
    font = QFont(base)
    font.setPixelSize(max(1, int(pixels)))
    font.setWeight(weight)
    return font


def _style(palette: Palette) -> str:
    line = palette.edge if palette.strong else "transparent"
    # every button has a line in high contrast: that of the keyboard is wider, and inside it the text stays where it is
    focus = f"border: {4 if palette.strong else 2}px solid {palette.text};"
    focus += " padding: 3px 10px;" if palette.strong else ""
    return f"""
        QLabel {{ color: {palette.text}; }}
        QLabel#title {{ color: {palette.muted}; }}
        QPushButton {{
            background: {palette.button}; color: {palette.text};
            border: 2px solid {line}; border-radius: 10px; padding: 5px 12px;
        }}
        QPushButton:hover {{ background: {palette.button_hover}; }}
        QPushButton:checked {{ background: {palette.primary}; color: {palette.on_primary}; }}
        QPushButton:disabled {{ background: transparent; color: {palette.muted}; border-color: {palette.edge}; }}
        QPushButton:focus {{ {focus} }}
        QPushButton#close {{ background: transparent; color: {palette.muted}; padding: 0; }}
        QPushButton#close:hover {{ color: {palette.text}; background: {palette.button}; }}
    """
