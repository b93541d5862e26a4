"""*My meetings*: an ordinary window, opened by intent. It paints at once; the numbers come when the store has them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtWidgets import QPushButton

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.mirror_texts import figures, left_out
from kohtaava_desktop.ui.mirror import typical, words
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.chart import Shown
from kohtaava_desktop.ui.mirror.filters import FilterBar
from kohtaava_desktop.ui.mirror.frame import PATIENCE_MS, ChartWindow, Entry
from kohtaava_desktop.ui.mirror.message import Note, note_of
from kohtaava_desktop.ui.mirror.saving import Sheet

SIZE = QSize(1080, 840)  # design pixels, where the screen has room for it


class MirrorWindow(ChartWindow):
    """Shows what one's own meetings say. ``wanted`` asks for those that the filters take."""

    export_wanted = Signal()
    our_team_wanted = Signal()
    fresh_wanted = Signal()
    """Whatever is shown beside one's own meetings is to be looked at anew, too."""
    left_out_wanted = Signal()
    """The files of the team's folder that were left out are to be named."""

    def __init__(self) -> None:
        filters, our_team, export = FilterBar(), QPushButton(), QPushButton()
        super().__init__(SIZE, filters.lengths, Board(), (filters,), (our_team, export))
        self.filters, self.our_team, self.export = filters, our_team, export
        self.shown: Shown | None = None
        self.team: TypicalMeeting | None = None
        self.team_said: tuple[str, ...] = ()
        self.files_left_out = False
        self._choices = Choices()
        self._trouble: Callable[[], str] | None = None
        self.filters.changed.connect(self.tell_no_more)
        self.filters.changed.connect(self.wanted)
        self.export.clicked.connect(lambda _checked=False: self.export_wanted.emit())
        self.our_team.clicked.connect(lambda _checked=False: self.our_team_wanted.emit())
        self.message.pressed.connect(self._help)
        self.speak_anew()

    @property
    def wanted_now(self) -> Filter:
        """Which meetings the filters take."""
        return self.filters.wanted

    def offer(self, choices: Choices) -> None:
        """What the filters can be chosen from."""
        self._choices = choices
        self.filters.offer(choices)

    def show_found(self, found: Statistics, wanted: Filter, asked: bool = True) -> None:
        """Show what the meetings say that ``wanted`` takes; a screen reader hears it where somebody ``asked``."""
        self._trouble = None
        self.shown = Shown(found, wanted, self.team)
        self._show()
        if asked:
            self.announce_all()

    def show_team(self, team: TypicalMeeting | None, said: tuple[str, ...], files_left_out: bool) -> None:
        """Show ``team`` beside one's own, and say in passing what is to be known of it."""
        self.team, self.team_said, self.files_left_out = team, said, files_left_out
        if self.shown is not None:
            self.shown = replace(self.shown, team=team)
            self._show()

    def show_trouble(self, sentence: Callable[[], str]) -> None:
        """Say why there is nothing to show; ``sentence`` is asked again in another language."""
        self._trouble, self.shown = sentence, None
        self._show()
        self.announce_all()

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """The same, and it looks at the meetings."""
        super().show_up(room, overlay)
        QTimer.singleShot(PATIENCE_MS, self, self._say_waiting)
        self.wanted.emit()

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("My meetings"))
        self.title.setText(_("My meetings"))
        self.filters.speak()
        self.our_team.setText(_("Our team…"))
        self.our_team.setToolTip(_("What the team's exports say together"))
        self.export.setText(_("Export…"))
        self.export.setToolTip(_("Export a month for the team"))
        self.export.setAccessibleName(_("Export a month…"))
        self.speak_keep()
        self.tell_no_more()
        self._show()

    # what stands there

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            self.heading.setText("")
            self.stand_below("")
            self.board.name(Shown(Statistics(0, {})))
            if self._trouble is not None:
                self.say(Note(_("Your meetings cannot be read now"), self._trouble(), _("Try again")))
            return
        self.heading.setText(words.heading(shown.found, shown.wanted, self._choices))
        self._arrange_head()
        note = note_of(shown.found, shown.wanted)
        team_said = self.team_said if note is None else ()  # of what is not drawn nothing is said
        self.stand_below(words.DOT.join((*left_out(shown.found), *team_said)))
        if note is not None:
            self.say(note)
        else:
            self.board.show_found(shown)
            self.say_no_more()

    def _say_waiting(self) -> None:
        """The first look after a long time may take a while."""
        if self.shown is None and self._trouble is None:
            self.heading.setText(_("Your meetings are being counted…"))

    def look_again(self) -> None:
        """Ask for the meetings and for the team anew."""
        self.tell_no_more()
        self.fresh_wanted.emit()
        self.wanted.emit()

    def _help(self) -> None:
        """The button of the note: look again, or look at all meetings."""
        if self._trouble is not None:
            self.wanted.emit()
        else:
            self.filters.clear()

    # to keep

    @property
    def drawn(self) -> bool:
        """Whether there are enough meetings for charts."""
        return self.shown is not None and not self.shown.found.too_few

    @property
    def told(self) -> bool:
        """Whether there is something to say, and be it that there are too few."""
        return self.shown is not None

    @property
    def file_name(self) -> str:
        """What a picture is called, without its ending."""
        return _("my-meetings")

    def entries(self) -> list[Entry]:
        """What can be kept, and how."""
        entries = super().entries()
        if self.files_left_out:
            entries.append((_("Files left out…"), self.left_out_wanted.emit, True))
        return entries

    def text(self) -> str:
        """What the charts say."""
        assert self.shown is not None
        found, team = self.shown.found, self.shown.team
        heading = words.heading(found, self.shown.wanted, self._choices)
        lines = [f"{self.title.text()}: {heading}", figures(found, partial(words.week, with_year=True))]
        if team is not None and not found.too_few:
            lines += [*typical.in_lines(team), *self.team_said]
        return "\n".join(lines)

    def sheet(self) -> Sheet:
        """What a picture shows; there must be something to draw."""
        shown = self.shown
        assert shown is not None
        heading = (self.title.text(), words.heading(shown.found, shown.wanted, self._choices))
        team_said = self.team_said if shown.team is not None else ()
        foot = words.DOT.join((*left_out(shown.found), *team_said))
        return Sheet(shown, heading, foot)
