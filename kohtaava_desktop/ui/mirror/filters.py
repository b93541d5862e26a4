"""Which meetings are looked at: chips for the planned lengths that occur, lists for all else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLabel, QPushButton, QStyledItemDelegate, QWidget

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.i18n import _, formats
from kohtaava_desktop.ui.dialog_style import BUTTON, muted, unit_of
from kohtaava_desktop.ui.mirror.flow import FlowLayout
from kohtaava_desktop.ui.mirror.words import week
from kohtaava_desktop.ui.settings.signs import paint_chevron, pen

CHIPS = 6
"""So many lengths have a chip, the usual ones; the others are in a list."""
RING, RING_INSIDE = 1.6, 3.5  # the line in a chip, and how far it lies inside, in design pixels
MOST_CHIPS = CHIPS + 2  # with all of them, and one that was chosen from the list


class Picker(QComboBox):
    """A list of which one entry holds."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one knows no height of an entry
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label: QLabel | None = None

    def have_label(self) -> None:
        """Have a label that is not seen: on Linux a reader is told what is chosen in place of the control's name."""
        self._label = QLabel(self.parentWidget())
        self._label.setBuddy(self)
        self._label.hide()

    def offer(self, name: str, entries: Sequence[tuple[str, Any]], chosen: Any) -> None:
        """Have ``entries`` (text and value), with ``chosen`` chosen; this is nobody choosing."""
        with QSignalBlocker(self):
            self.clear()
            for text, value in entries:
                self.addItem(text, value)
            values = [value for _text, value in entries]
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self.setAccessibleName(name)
        self.setToolTip(name)
        if self._label is not None:
            self._label.setText(name)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With a sign that there is a list."""
        super().paintEvent(event)
        u = unit_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(muted(self.palette()), 1.8 * u))
        paint_chevron(painter, QPointF(self.width() - BUTTON * u / 2, self.height() / 2), u)


class Chip(QPushButton):
    """A button that stands for a choice. Where it is chosen and has the keyboard, a line inside it says so."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked() and self.hasFocus():
            u = unit_of(self)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen(self.palette().highlightedText().color(), RING * u))
            inside = RING_INSIDE * u
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(inside, inside, -inside, -inside), 4 * u, 4 * u)


class FilterBar(QWidget):
    """The lists in lines, and the chips in ``lengths``, a widget of their own. ``wanted`` is what is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Filter()
        self._choices = Choices()
        self.lengths = QWidget()
        self.lengths.setObjectName("content")
        self._lines, self._chip_lines = FlowLayout(self), FlowLayout(self.lengths)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.chips: dict[int | None, QPushButton] = {}
        self._buttons = [self._button() for _chip in range(MOST_CHIPS)]
        self.others, self.channel, self.new_client, self.interpreter = Picker(), Picker(), Picker(), Picker()
        self.first, self.last = Picker(), Picker()
        self._pickers = {
            "planned_minutes": self.others,
            "channel": self.channel,
            "new_client": self.new_client,
            "interpreter": self.interpreter,
            "first_week": self.first,
            "last_week": self.last,
        }
        for name, picker in self._pickers.items():
            picker.activated.connect(lambda _index, name=name, picker=picker: self._pick(name, picker))
            self._lines.addWidget(picker)
            picker.have_label()
        self.speak()

    @property
    def lists(self) -> list[Picker]:
        """All lists, in their order."""
        return list(self._pickers.values())

    def offer(self, choices: Choices) -> None:
        """Have something to choose from; what is chosen stays."""
        if choices != self._choices:
            self._choices = choices
            self.speak()

    def clear(self) -> None:
        """All meetings."""
        self.wanted = Filter()
        self.speak()
        self.changed.emit()

    def speak(self) -> None:
        """Everything anew, in the language in use."""
        chips, others = chips_of(self._choices, self.wanted.planned_minutes)
        if chips != list(self.chips):
            self._deal_chips(chips)
        for minutes, chip in self.chips.items():
            chip.setText(_("All") if minutes is None else formats.minutes_short(minutes))
            chip.setAccessibleName(f"{_('Planned length')}: {chip.text()}")
        self.chips[self.wanted.planned_minutes].setChecked(True)
        self._offer_lists(others)
        for lines in (self._lines, self._chip_lines):
            lines.gap = round(8 * unit_of(self))
            lines.invalidate()

    def _offer_lists(self, others: Sequence[int]) -> None:
        wanted = self.wanted
        lengths: list[tuple[str, Any]] = [(_("Other length"), None)]
        lengths += [(formats.minutes_short(each), each) for each in others]
        self.others.offer(_("Other length"), lengths, None)
        self.others.setVisible(bool(others))
        channels = {Channel.IN_PERSON: _("In person"), Channel.PHONE: _("By phone"), Channel.VIDEO: _("By video")}
        every_way = [(_("Any way of meeting"), None), *((name, channel) for channel, name in channels.items())]
        self.channel.offer(_("How we meet"), every_way, wanted.channel)
        clients = [(_("All clients"), None), (_("New clients"), True), (_("Known clients"), False)]
        self.new_client.offer(_("New client"), clients, wanted.new_client)
        voices = [(_("Interpreter or not"), None), (_("With an interpreter"), True), (_("No interpreter"), False)]
        self.interpreter.offer(_("Interpreter"), voices, wanted.interpreter)
        weeks = [(week(each, with_year=True), each) for each in reversed(self._choices.weeks)]
        self.first.offer(_("First week"), [(_("From the first week"), None), *_from(weeks)], wanted.first_week)
        self.last.offer(_("Last week"), [(_("To the last week"), None), *_to(weeks)], wanted.last_week)

    def _button(self) -> QPushButton:
        button = Chip(self.lengths)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.toggled.connect(lambda on, button=button: self._chosen(button) if on else None)  # as readers press it
        self._group.addButton(button)
        self._chip_lines.addWidget(button)
        return button

    def _deal_chips(self, lengths: Sequence[int | None]) -> None:
        """Which button stands for which length; those that are left over hide."""
        self.chips = dict(zip(lengths, self._buttons, strict=False))
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(lengths))

    def _chosen(self, button: QPushButton) -> None:
        self._take("planned_minutes", next(minutes for minutes, chip in self.chips.items() if chip is button))

    def _pick(self, name: str, picker: Picker) -> None:
        if picker is not self.others or picker.currentData() is not None:  # its first entry is only its name
            self._take(name, picker.currentData())

    def _take(self, name: str, value: Any) -> None:
        taken = replace(self.wanted, **{name: value})
        if taken.first_week and taken.last_week and taken.first_week > taken.last_week:
            other = "last_week" if name == "first_week" else "first_week"
            taken = replace(taken, **{other: value})  # the other end comes along: no weeks at all is nothing to look at
        if taken != self.wanted:
            self.wanted = taken
            self.speak()
            self.changed.emit()


def chips_of(choices: Choices, chosen: int | None) -> tuple[list[int | None], list[int]]:
    """The lengths with a chip, ``None`` for all of them, and those in the list; what is chosen always has a chip."""
    usual = sorted(choices.lengths, key=lambda minutes: (-choices.lengths[minutes], minutes))[:CHIPS]
    chips = sorted({*usual, *([] if chosen is None else [chosen])})
    return [None, *chips], [minutes for minutes in sorted(choices.lengths) if minutes not in chips]


def _from(weeks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_("From {week}").format(week=name), each) for name, each in weeks]


def _to(weeks: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_("To {week}").format(week=name), each) for name, each in weeks]
