"""What of the team is looked at: chips for the planned lengths, lists for the month and for what is drawn beside it."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from kohtaava_desktop.domain.disclosure import Span
from kohtaava_desktop.i18n import _, formats, team_texts
from kohtaava_desktop.ui.mirror.chips import Chips
from kohtaava_desktop.ui.mirror.filters import Picker
from kohtaava_desktop.ui.mirror.flow import FlowLayout
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
        self.lengths, self._lines = Chips(GROUPS), FlowLayout(self)
        self.lengths.chosen.connect(lambda span: self._take(Wanted(self.wanted.month, span)))
        self.month, self.other, self.folder = Picker(), Picker(), QPushButton()
        self.folder.setAutoDefault(False)
        for part in (self.month, self.other, self.folder):
            self._lines.addWidget(part)
        for picker in (self.month, self.other):
            picker.have_label()
        self.month.currentIndexChanged.connect(lambda _index: self._pick_month())
        self.other.currentIndexChanged.connect(lambda _index: self._pick_other())
        self.folder.clicked.connect(lambda _checked=False: self.folder_wanted.emit())
        self.speak()

    @property
    def chips(self) -> dict[Span, QPushButton]:
        """The chip of each group of planned lengths."""
        return self.lengths.by_value

    def offer(
        self, months: Sequence[str], spans: Sequence[Span], shown: Span | None, others: Collection[Span] = ()
    ) -> None:
        """What can be chosen from; of ``spans`` it is ``shown`` that is, ``others`` are the rest of their pair."""
        self._months, self._spans, self._others = tuple(months), tuple(spans), others
        month = self.wanted.month if self.wanted.month in self._months else None
        self.wanted = Wanted(month, shown)
        self.speak()

    def offer_nothing(self) -> None:
        """There is nothing to choose from now; what is chosen stays for when there is."""
        self._months, self._spans, self._others = (), (), ()
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
        chips = [(team_texts.lengths(span, span in self._others), span) for span in self._spans]
        self.lengths.offer(_("Planned length"), chips, self.wanted.span)
        months = [(_("All months"), None), *((formats.month(month), month) for month in reversed(self._months))]
        self.month.offer(_("Month"), months, self.wanted.month)
        self.month.setVisible(bool(self._months))
        self.other.setVisible(bool(self._months) or self.beside is Beside.ANOTHER)
        self._offer_others()
        self.folder.setText(_("Other folder…"))
        self.folder.setToolTip(_("Look at the team of another folder, for this time only"))
        self._lines.invalidate()

    def _pick_month(self) -> None:
        self._take(Wanted(self.month.currentData(), self.wanted.span))

    def _pick_other(self) -> None:
        chosen = self.other.currentData()
        self._offer_others()  # what is beside the team holds until the other really stands there
        if chosen is None or (chosen is Beside.ANOTHER and not self._other):
            self.another_wanted.emit()
        elif chosen is not self.beside:
            (self.own_wanted if chosen is Beside.OWN else self.alone_wanted).emit()

    def _offer_others(self) -> None:
        another = _("Beside it: {folder}").format(folder=_short(self._other)) if self._other else _("Another team…")
        entries: list[tuple[str, Beside | None]] = [
            (_("The team alone"), Beside.NOTHING),
            (_("Beside it: own meetings"), Beside.OWN),
            (another, Beside.ANOTHER),
        ]
        if self._other:
            entries.append((_("Another team…"), None))
        self.other.offer(_("What is beside the team"), entries, self.beside)

    def _take(self, wanted: Wanted) -> None:
        if wanted != self.wanted:
            self.wanted = wanted
            self.speak()
            self.changed.emit()


def _short(name: str) -> str:
    """The name of a folder, which may be anything, in a list."""
    shown = team_texts.printable(name)
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"
