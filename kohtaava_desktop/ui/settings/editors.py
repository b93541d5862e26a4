"""One control for each kind of setting. Each shows a value, and tells what the user has chosen; it decides nothing."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QStyle, QStyleOptionSpinBox, QWidget

from kohtaava_desktop.i18n import _, language, ngettext
from kohtaava_desktop.settings.schema import Kind, Setting, Value
from kohtaava_desktop.ui.dialog_style import TARGET, muted, unit_of
from kohtaava_desktop.ui.settings.drop_down import DropDown
from kohtaava_desktop.ui.settings.folder_edit import FolderEdit, allowed
from kohtaava_desktop.ui.settings.shortcut_edit import ShortcutEdit
from kohtaava_desktop.ui.settings.signs import paint_less, paint_more, paint_tick, painter_on, pen

BOX = 20.0  # the side of a check box, in design pixels
INSET = 6  # design pixels before the number in its field
PERCENT_STEP = 5

Choose = Callable[[Value], None]
"""Takes the value that the user has chosen."""
Refuse = Callable[[str], None]
"""Takes the sentence that says why what the user typed is no value."""


class Editor(Protocol):
    """What every control here can do, besides being a widget."""

    def show_value(self, value: Value) -> None:
        """Show ``value``, whatever stood there; this is not the user choosing."""

    def speak(self) -> None:
        """Take texts anew, in the language in use."""

    def commit(self) -> None:
        """Let what has been typed count as chosen."""


def editor_for(setting: Setting, choose: Choose, refuse: Refuse) -> QWidget:
    """The control for ``setting``: a widget that is an ``Editor``."""
    match setting.kind:
        case Kind.SWITCH:
            return Switch(choose)
        case Kind.CHOICE:
            return Choice(setting, choose)
        case Kind.NUMBER:
            return Number(setting, choose, refuse)
        case Kind.NUMBERS:
            return Numbers(setting, choose, refuse)
        case Kind.SHORTCUT:
            return ShortcutEdit(choose, refuse)
        case Kind.FOLDER:
            return FolderEdit(setting, choose, refuse)


def hint_of(setting: Setting) -> str:
    """What somebody has to know who cannot just try: the range of a number, the keys that do not count as pressed."""
    if setting.kind is Kind.FOLDER:
        return allowed()
    if setting.kind is Kind.SHORTCUT:
        return _("Press the keys to set it. Backspace clears it, Tab goes on.")
    return range_of(setting)


def range_of(setting: Setting) -> str:
    """What the values of ``setting`` lie between, as a sentence; empty where that says nothing."""
    match setting.kind:
        case Kind.NUMBER:
            lowest, highest = setting.lowest, with_unit(setting.highest, setting.unit)
            return _("From {lowest} to {highest}.").format(lowest=lowest, highest=highest)
        case Kind.NUMBERS:
            sentence = _("Whole numbers from {lowest} to {highest}, with commas between them.")
            return sentence.format(lowest=setting.lowest, highest=setting.highest)
    return ""


def words_of(setting: Setting, value: Value) -> str:
    """``value`` as it is said to the user."""
    match setting.kind:
        case Kind.SWITCH:
            return _("On") if value else _("Off")
        case Kind.CHOICE:
            return _(dict(setting.choices)[str(value)])
        case Kind.NUMBER:
            return with_unit(int(str(value)), setting.unit)
        case Kind.NUMBERS:
            return listed(value)
        case Kind.SHORTCUT:
            return str(value) or _("Off")
        case Kind.FOLDER:
            return str(value) or _("None")


def with_unit(number: int, unit: str) -> str:
    """``number`` with the word or sign of its unit."""
    return f"{number}{suffix(unit, number)}"


def suffix(unit: str, number: int) -> str:
    """What follows ``number``, with the space before it."""
    match unit:
        case "%":
            return "%" if language() == "en" else "\N{NO-BREAK SPACE}%"
        case "s":
            return "\N{NO-BREAK SPACE}" + ngettext("second", "seconds", number)
        case "months":
            return "\N{NO-BREAK SPACE}" + ngettext("month", "months", number)
    return ""


def listed(value: Value) -> str:
    """A list of numbers as one types it."""
    assert isinstance(value, tuple)
    return ", ".join(str(number) for number in value)


class Switch(QCheckBox):
    """On or off."""

    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self.clicked.connect(lambda: choose(self.isChecked()))

    def show_value(self, value: Value) -> None:
        self.setChecked(value is True)

    def speak(self) -> None:
        """It has no text of its own."""

    def commit(self) -> None:
        """It is chosen with the click."""

    def sizeHint(self) -> QSize:
        """Room for the box and the mark of the focus."""
        side = round(TARGET * unit_of(self))
        return QSize(side, side)

    minimumSizeHint = sizeHint

    def hitButton(self, where: QPoint) -> bool:  # noqa: N802 - Qt's name
        """The whole of it can be clicked."""
        return self.rect().contains(where)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A box with a tick, round it the mark of the focus."""
        u, role, palette = unit_of(self), QPalette.ColorRole, self.palette()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = self.height()
        box = QRectF(0, 0, BOX * u, BOX * u)
        box.moveCenter(QPointF(side / 2, side / 2))
        on, mark = self.isChecked(), palette.color(role.Highlight)
        line = mark if on and self.isEnabled() else muted(palette)
        painter.setPen(pen(line, 1.5 * u))
        painter.setBrush(palette.color(role.Highlight if on and self.isEnabled() else role.Base))
        painter.drawRoundedRect(box, 5 * u, 5 * u)
        if on:
            painter.setPen(pen(palette.color(role.HighlightedText) if self.isEnabled() else line, 2.2 * u))
            paint_tick(painter, box)
        if self.hasFocus():
            painter.setPen(pen(mark, 2 * u))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-4 * u, -4 * u, 4 * u, 4 * u), 8 * u, 8 * u)


class Choice(DropDown):
    """One of several words."""

    def __init__(self, setting: Setting, choose: Choose) -> None:
        super().__init__()
        self._setting = setting
        for word, label in setting.choices:
            self.addItem(_(label), word)
        # not ``activated``: assistive technology may choose without a key or a click
        self.currentIndexChanged.connect(lambda index: choose(self.itemData(index)))

    def show_value(self, value: Value) -> None:
        self.blockSignals(True)
        self.setCurrentIndex(self.findData(value))
        self.blockSignals(False)

    def speak(self) -> None:
        for index, (_word, label) in enumerate(self._setting.choices):
            self.setItemText(index, _(label))

    def commit(self) -> None:
        """It is chosen with the click."""


class Number(QSpinBox):
    """A whole number with its unit."""

    def __init__(self, setting: Setting, choose: Choose, refuse: Refuse) -> None:
        super().__init__()
        self._setting, self._refuse = setting, refuse
        self.setRange(setting.lowest, setting.highest)
        self.setSingleStep(PERCENT_STEP if setting.unit == "%" else 1)
        self.setAccelerated(True)
        self.setKeyboardTracking(False)  # while one types 120, neither 1 nor 12 is meant
        self.valueChanged.connect(self.speak)
        self.valueChanged.connect(choose)

    def show_value(self, value: Value) -> None:
        self.blockSignals(True)
        self.setValue(int(str(value)))
        self.blockSignals(False)
        self.speak()

    def speak(self) -> None:
        self.setSuffix(suffix(self._setting.unit, self.value()))

    def commit(self) -> None:
        self.interpretText()

    def fixup(self, text: str) -> str:
        """What was typed is no number in the range: say so; what stood there before comes back."""
        self._refuse(range_of(self._setting))
        return super().fixup(text)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: nothing is to change because somebody scrolls by."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room before the number that a style sheet leaves in other fields."""
        super().resizeEvent(event)
        self.lineEdit().setTextMargins(round(INSET * unit_of(self)), 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the signs of its two buttons."""
        super().paintEvent(event)
        option = QStyleOptionSpinBox()
        self.initStyleOption(option)
        painter = painter_on(self)
        lowest, highest = self.value() == self.minimum(), self.value() == self.maximum()
        part = QStyle.SubControl
        for place, sign, at_end in (
            (part.SC_SpinBoxDown, paint_less, lowest),
            (part.SC_SpinBoxUp, paint_more, highest),
        ):
            box = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_SpinBox, option, place, self))
            painter.setOpacity(0.4 if at_end or not self.isEnabled() else 1.0)
            sign(painter, box.center(), unit_of(self))


class Numbers(QLineEdit):
    """Whole numbers with commas between them; what cannot be read as that is refused, and the old ones come back."""

    def __init__(self, setting: Setting, choose: Choose, refuse: Refuse) -> None:
        super().__init__()
        self._setting, self._choose, self._refuse = setting, choose, refuse
        self._shown = ""
        self.editingFinished.connect(self.commit)

    def show_value(self, value: Value) -> None:
        self._shown = listed(value)
        self.setText(self._shown)

    def speak(self) -> None:
        """It has no text of its own."""

    def commit(self) -> None:
        if self.text() == self._shown:
            return
        try:
            numbers = [int(part) for part in self.text().replace(";", ",").replace(",", " ").split()]
            value = self._setting.check(numbers)
        except ValueError:
            self.setText(self._shown)
            self._refuse(range_of(self._setting))
        else:
            self.show_value(value)
            self._choose(value)
