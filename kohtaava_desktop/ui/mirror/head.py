"""The head of a window with charts: its title, which meetings are shown, the planned lengths, what is done with all."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from kohtaava_desktop.ui.dialog_style import unit_of

GAP = 14  # design pixels
BETWEEN = 7  # the lines of it, in design pixels
LEAST = 520  # design pixels: what says which meetings are shown may become as long as that when they are chosen

Place = tuple[int, int, int, int]
"""Row, column, rows and columns."""


class Lines(Enum):
    """What stands beside the title, before the buttons; all else has a line of its own."""

    ALL = "all"
    LENGTHS = "lengths"
    HEADING = "heading"
    NOTHING = "nothing"


def lines_of(room: float, heading: float, lengths: float) -> Lines:
    """How the head is arranged where title and buttons leave so much ``room``; all of it in design pixels.

    ``heading`` is the width of its text. It stands in the first line only where all of it does, and where a longer one
    would: so that the charts do not move when other meetings are chosen.
    """
    least = max(LEAST, heading)
    if room >= lengths + least + 2 * GAP:
        return Lines.ALL
    if room >= lengths + 2 * GAP:  # the place where they stand otherwise keeps a gap of its own
        return Lines.LENGTHS
    return Lines.HEADING if room >= least + GAP else Lines.NOTHING


class Head(QGridLayout):
    """``buttons`` stand at the right end of the first line; Tab comes to them when they are added, by ``close``."""

    def __init__(self, title: QLabel, heading: QLabel, lengths: QWidget, buttons: Sequence[QPushButton]) -> None:
        super().__init__()
        self._title, self._heading, self._lengths, self._buttons = title, heading, lengths, buttons
        self._lines: Lines | None = None
        self.addWidget(title, 0, 0)
        self.setColumnStretch(1, 1)

    def close(self) -> None:
        """All that Tab reaches before the buttons is there: now come they."""
        for number, button in enumerate(self._buttons):
            button.setAutoDefault(False)
            self.addWidget(button, 0, 3 + number)

    def fit(self, width: int) -> None:
        """Take the places for a window that leaves so many logical pixels, by the type in use."""
        u = unit_of(self._lengths)
        self.setHorizontalSpacing(round(GAP * u))
        self.setVerticalSpacing(round(BETWEEN * u))
        shown = [button for button in self._buttons if not button.isHidden()]
        taken = self._title.sizeHint().width() + sum(button.sizeHint().width() + GAP * u for button in shown)
        said = self._heading.fontMetrics().horizontalAdvance(self._heading.text())
        chips = self._lengths.sizeHint().width()
        lines = lines_of((width - taken) / u, said / u, chips / u)
        self._lengths.setMinimumWidth(chips if lines in (Lines.ALL, Lines.LENGTHS) else 0)
        if lines is not self._lines:
            self._lines = lines
            self._place(lines)

    def _place(self, lines: Lines) -> None:
        whole = 3 + len(self._buttons)
        heading, lengths = {
            Lines.ALL: ((0, 1, 1, 1), (0, 2, 1, 1)),
            Lines.LENGTHS: ((1, 0, 1, whole), (0, 1, 1, 1)),
            Lines.HEADING: ((0, 1, 1, 1), (1, 0, 1, whole)),
            Lines.NOTHING: ((1, 0, 1, whole), (2, 0, 1, whole)),
        }[lines]
        for part, place in ((self._heading, heading), (self._lengths, lengths)):
            self.removeWidget(part)
            self.addWidget(part, *place)
