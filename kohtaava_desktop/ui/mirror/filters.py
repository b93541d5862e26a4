"""Which meetings are looked at: chips for the planned lengths that occur, lists for all else."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.i18n import _, formats
from kohtaava_desktop.ui.mirror.chips import Chips
from kohtaava_desktop.ui.mirror.flow import FlowLayout
from kohtaava_desktop.ui.mirror.words import week
from kohtaava_desktop.ui.settings.drop_down import DropDown

CHIPS = 6
"""So many lengths have a chip, the usual ones; the others are in a list."""
MOST_CHIPS = CHIPS + 2  # with all of them, and one that was chosen from the list


class Picker(DropDown):
    """A list whose entries stand for values.

    ``currentIndexChanged`` tells that one was chosen: assistive technology may do so without a key or a click.
    """

    def __init__(self) -> None:
        super().__init__()
        self._label: QLabel | None = None

    def have_label(self) -> None:
        """Have a label that is not seen: on Linux a reader is told what is chosen in place of the control's name."""
        self._label = QLabel(self.parentWidget())
        self._label.setBuddy(self)
        self._label.hide()

    def offer(self, name: str, entries: Sequence[tuple[str, Any]], chosen: Any) -> None:
        """Have ``entries`` (text and value), with ``chosen`` chosen; this is nobody choosing."""
        with QSignalBlocker(self):
            if [(self.itemText(each), self.itemData(each)) for each in range(self.count())] != list(entries):
                self.clear()
                for text, value in entries:
                    self.addItem(text, value)
            values = [value for _text, value in entries]
            self.setCurrentIndex(values.index(chosen) if chosen in values else 0)
        self.setAccessibleName(name)
        self.setToolTip(name)
        if self._label is not None:
            self._label.setText(name)


class FilterBar(QWidget):
    """The lists in lines, and the chips in ``lengths``, a widget of their own. ``wanted`` is what is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted = Filter()
        self._choices = Choices()
        self.lengths, self._lines = Chips(MOST_CHIPS), FlowLayout(self)
        self.lengths.chosen.connect(lambda minutes: self._take("planned_minutes", minutes))
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
            picker.currentIndexChanged.connect(lambda _index, name=name, picker=picker: self._pick(name, picker))
            self._lines.addWidget(picker)
            picker.have_label()
        self.speak()

    @property
    def chips(self) -> dict[int | None, QPushButton]:
        """The chip of each length that has one; ``None`` is all of them."""
        return self.lengths.by_value

    @property
    def lists(self) -> list[Picker]:
        """All lists, in their order."""
        return list(self._pickers.values())

    def offer(self, choices: Choices) -> None:
        """Have something to choose from; what is chosen stays. A list that is open now is left as it is."""
        if choices != self._choices and not any(picker.view().isVisible() for picker in self.lists):
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
        entries = [(_("All") if each is None else formats.minutes_short(each), each) for each in chips]
        self.lengths.offer(_("Planned length"), entries, self.wanted.planned_minutes)
        self._offer_lists(others)
        self._lines.invalidate()

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
