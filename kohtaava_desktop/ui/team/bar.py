"""What of the team is looked at: chips for the planned lengths, lists for the month and for what is drawn beside it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kohtaava_desktop.domain.disclosure import Span
from kohtaava_desktop.i18n import _
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.filters import Picker
from kohtaava_desktop.ui.mirror.flow import FlowLayout
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import Beside, Wanted

GROUPS = 9
"""So many groups of planned lengths there can be: six bands and their three pairs."""
LONGEST = 28  # letters of a folder's name


class ChoiceBar(QWidget):
    """The lists in lines, and the chips in ``lengths``, a widget of their own. ``wanted`` and ``beside`` are chosen."""

    changed = Signal()
    own_wanted = Signal()
    another_wanted = Signal()
    """Another team's folder is to be chosen."""
    alone_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted, self.beside = Wanted(), Beside.NOTHING
        self._months: tuple[str, ...] = ()
        self._spans: tuple[Span, ...] = ()
        self._others: Collection[Span] = ()
        self._other = ""
        self.lengths = QWidget()
        self.lengths.setObjectName("content")
        self._lines, self._chip_lines = FlowLayout(self), FlowLayout(self.lengths)
        self._group = QButtonGroup(self)
        self._buttons = [self._chip() for _each in range(GROUPS)]
        self.chips: dict[Span, QPushButton] = {}
        self.month, self.other, self.folder = Picker(), Picker(), QPushButton()
        self.folder.setAutoDefault(False)
        for part in (self.month, self.other, self.folder):
            self._lines.addWidget(part)
        self.month.activated.connect(lambda _index: self._pick_month())
        self.other.activated.connect(lambda _index: self._pick_other())
        self.folder.clicked.connect(lambda _checked=False: self.folder_wanted.emit())
        self.speak()

    def offer(
        self, months: Sequence[str], spans: Sequence[Span], shown: Span | None, others: Collection[Span] = ()
    ) -> None:
        """What can be chosen from; of ``spans`` it is ``shown`` that is, ``others`` are the rest of their pair."""
        self._months, self._spans, self._others = tuple(months), tuple(spans), others
        month = self.wanted.month if self.wanted.month in self._months else None
        self.wanted = Wanted(month, shown)
        self.speak()

    def stand_beside(self, beside: Beside, other: str = "") -> None:
        """What is drawn beside the team now; ``other`` names the folder of another team."""
        self.beside, self._other = beside, other
        self.speak()

    def all_months(self) -> None:
        """All months that there are."""
        self._take(Wanted(None, self.wanted.span))

    def speak(self) -> None:
        """Everything anew, in the language in use."""
        if tuple(self.chips) != self._spans:
            self.chips = dict(zip(self._spans, self._buttons, strict=False))
            for number, button in enumerate(self._buttons):
                button.setVisible(number < len(self._spans))
        planned = _("Planned length")
        for span, chip in self.chips.items():
            chip.setText(words.lengths(span, span in self._others))
            chip.setAccessibleName(f"{planned}: {chip.text()}")
            chip.setChecked(span == self.wanted.span)
            # one choice: Tab reaches the one that holds, arrow keys the others
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip.isChecked() else Qt.FocusPolicy.ClickFocus)
        months = [(_("All months"), None), *((month, month) for month in reversed(self._months))]
        self.month.offer(_("Month"), months, self.wanted.month)
        self.month.setVisible(bool(self._months))
        self.other.setVisible(bool(self._months) or self.beside is Beside.ANOTHER)
        another = _("Beside it: {folder}").format(folder=_short(self._other)) if self._other else _("Another team…")
        entries: list[tuple[str, Beside | None]] = [
            (_("The team alone"), Beside.NOTHING),
            (_("Beside it: own meetings"), Beside.OWN),
            (another, Beside.ANOTHER),
        ]
        if self._other:
            entries.append((_("Another team…"), None))
        self.other.offer(_("What is beside the team"), entries, self.beside)
        self.folder.setText(_("Other folder…"))
        self.folder.setToolTip(_("Look at the team of another folder, for this time only"))
        for lines in (self._lines, self._chip_lines):
            lines.gap = round(8 * unit_of(self))
            lines.invalidate()

    def _chip(self) -> QPushButton:
        button = QPushButton(self.lengths)
        button.setObjectName("chip")
        button.setCheckable(True)
        button.setAutoDefault(False)
        button.setVisible(False)
        button.clicked.connect(lambda _checked=False, button=button: self._choose(button))
        self._group.addButton(button)
        self._chip_lines.addWidget(button)
        return button

    def _choose(self, button: QPushButton) -> None:
        self._take(Wanted(self.wanted.month, next(span for span, chip in self.chips.items() if chip is button)))

    def _pick_month(self) -> None:
        self._take(Wanted(self.month.currentData(), self.wanted.span))

    def _pick_other(self) -> None:
        chosen = self.other.currentData()
        self.other.offer(self.other.accessibleName(), self._entries(), self.beside)  # until it really stands there
        if chosen is None or (chosen is Beside.ANOTHER and not self._other):
            self.another_wanted.emit()
        elif chosen is not self.beside:
            (self.own_wanted if chosen is Beside.OWN else self.alone_wanted).emit()

    def _entries(self) -> list[tuple[str, object]]:
        return [(self.other.itemText(each), self.other.itemData(each)) for each in range(self.other.count())]

    def _take(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.speak()
            self.changed.emit()


def _short(name: str) -> str:
    """The name of a folder, which may be anything, in a list."""
    shown = words.printable(name)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
