"""*My meetings*: an ordinary window, opened by intent. It paints at once; the numbers come when the store has them."""

from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QPushButton

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.statistics import Filter, Statistics
from kohtaava_desktop.i18n import _
from kohtaava_desktop.i18n.mirror_texts import described, left_out
from kohtaava_desktop.ui.beside import bring_up
from kohtaava_desktop.ui.mirror import words
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.chart import Shown, TeamTypical
from kohtaava_desktop.ui.mirror.filters import FilterBar
from kohtaava_desktop.ui.mirror.frame import ChartWindow, Entry
from kohtaava_desktop.ui.mirror.look import worn
from kohtaava_desktop.ui.mirror.message import Note, note_of

SIZE = QSize(1080, 840)  # design pixels, where the screen has room for it
NARROWEST = 620  # narrower it is not made to stand clear of the overlay
PATIENCE_MS = 400  # what takes longer is said to be on its way


class MirrorWindow(ChartWindow):
    """Shows what one's own meetings say. ``wanted`` asks for those that the filters take."""

    export_wanted = Signal()
    our_team_wanted = Signal()
    fresh_wanted = Signal()
    """Whatever is shown beside one's own meetings is to be looked at anew, too."""
    left_out_wanted = Signal()
    """The files of the team's folder that were left out are to be named."""

    def __init__(self) -> None:
        filters, our_team = FilterBar(), QPushButton()
        super().__init__(filters.lengths, Board(), (filters,), (our_team,))
        self.filters, self.our_team = filters, our_team
        self.shown: Shown | None = None
        self.team: TeamTypical | None = None
        self.team_said: tuple[str, ...] = ()
        self.files_left_out = False
        self._choices, self._trouble = Choices(), ""
        self.filters.changed.connect(self.wanted)
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

    def show_found(self, found: Statistics, wanted: Filter) -> None:
        """Show what the meetings say that ``wanted`` takes."""
        self._trouble = ""
        self.shown = Shown(found, wanted, self.team)
        self._show()
        self.announce_all()

    def show_team(self, team: TeamTypical | None, said: tuple[str, ...], files_left_out: bool) -> None:
        """Show ``team`` beside one's own, and say in passing what is to be known of it."""
        self.team, self.team_said, self.files_left_out = team, said, files_left_out
        if self.shown is not None:
            self.shown = replace(self.shown, team=team)
            self._show()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self._trouble, self.shown = sentence, None
        self._show()
        self.announce_all()

    def show_up(self, room: QRect | None = None, overlay: QRect | None = None) -> None:
        """Bring the window to the front, with the keyboard: somebody asked for it.

        At first it stands in ``room``, which is the usable part of a screen, clear of ``overlay`` where that can be.
        """
        bring_up(self, SIZE, NARROWEST, room, overlay)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(PATIENCE_MS, self, self._say_waiting)
        self.wanted.emit()

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("My meetings"))
        self.title.setText(_("My meetings"))
        self.filters.speak()
        self.our_team.setText(_("Our team…"))
        self.our_team.setToolTip(_("What the team's exports say together"))
        self.speak_keep()
        self._show()

    # what stands there

    def _show(self) -> None:
        shown = self.shown
        if shown is None:
            self.heading.setText("")
            self.stand_below("")
            self.board.name(Shown(Statistics(0, {})))
            if self._trouble:
                self.say(Note(_("Your meetings cannot be read now"), self._trouble, _("Try again")))
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
        if self.shown is None and not self._trouble:
            self.heading.setText(_("Your meetings are being counted…"))

    def look_again(self) -> None:
        """Ask for the meetings and for the team anew."""
        self.fresh_wanted.emit()
        self.wanted.emit()

    def _help(self) -> None:
        """The button of the note: look again, or look at all meetings."""
        if self._trouble:
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
        """What can be kept or given out, and how."""
        entries = [*super().entries(), (_("Export a month…"), self.export_wanted.emit, True)]
        if self.files_left_out:
            entries.append((_("Files left out…"), self.left_out_wanted.emit, True))
        return entries

    def text(self) -> str:
        """What the charts say."""
        assert self.shown is not None
        heading = words.heading(self.shown.found, self.shown.wanted, self._choices)
        return f"{self.title.text()}: {heading}\n{described(self.shown.found)}"

    def picture(self, kind: str) -> bytes:
        """The charts as one sheet, ``png`` or ``svg``; there must be something to draw."""
        from kohtaava_desktop.ui.mirror import saving  # QtSvg comes with it

        assert self.shown is not None
        paint = saving.svg if kind == "svg" else saving.png
        shown = self.shown
        heading = (self.title.text(), words.heading(shown.found, shown.wanted, self._choices))
        team_said = self.team_said if shown.team is not None else ()
        foot = words.DOT.join((*left_out(shown.found), *team_said))
        return paint(shown, heading, foot, worn(QApplication.palette()), self.font())
