"""One of a few values, each with a button of its own."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.flow import FlowLayout
from kohtaava_desktop.ui.settings.signs import pen

RING, RING_INSIDE = 1.6, 3.5  # the line in a chip, and how far it lies inside, in design pixels


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


class Chips(QWidget):
    """A chip for each value, ``most`` of them at most, in lines; Tab reaches the chosen one, arrow keys the others.

    They are made once: which of them stand there changes, but not their order for Tab.
    """

    chosen = Signal(object)
    """The value that somebody has chosen."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.setObjectName("content")
        self.by_value: dict[Any, QPushButton] = {}
        self._value: Any = None
        self._lines, self._group = FlowLayout(self), QButtonGroup(self)
        self._buttons = [self._button() for _each in range(most)]

    def offer(self, name: str, entries: Sequence[tuple[str, Any]], chosen: Any) -> None:
        """Have a chip for each of ``entries`` (text and value), with ``chosen`` chosen; this is nobody choosing."""
        self._value = chosen
        here = self.window().focusWidget()  # also while another window has the keyboard
        focused = next((value for value, chip in self.by_value.items() if chip is here), self)
        values = [value for _text, value in entries]
        if values != list(self.by_value):
            self.by_value = dict(zip(values, self._buttons, strict=False))
            for number, button in enumerate(self._buttons):
                button.setVisible(number < len(values))
        for (text, value), chip in zip(entries, self.by_value.values(), strict=True):
            chip.setText(text)
            chip.setAccessibleName(f"{name}: {text}")
            chip.setChecked(value == chosen)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if value == chosen else Qt.FocusPolicy.ClickFocus)
        if focused is not self and values:  # the keyboard stays on its value, though another chip has it now
            self.by_value.get(focused, self.by_value[chosen]).setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines.invalidate()

    def _button(self) -> QPushButton:
        button = Chip(self)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setVisible(False)
        button.toggled.connect(lambda on, button=button: self._choose(button) if on else None)  # as readers press it
        self._group.addButton(button)
        self._lines.addWidget(button)
        return button

    def _choose(self, button: QPushButton) -> None:
        value = next(value for value, chip in self.by_value.items() if chip is button)
        if value != self._value:
            self.chosen.emit(value)
