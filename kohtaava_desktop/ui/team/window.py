"""*Our team*: an ordinary window, opened by intent, to be looked at together. It reads nothing itself."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QFont, QPalette
from PySide6.QtWidgets import QFileDialog

from kohtaava_desktop.i18n import _, formats, team_texts
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.mirror.board import Board
from kohtaava_desktop.ui.mirror.frame import PATIENCE_MS, ChartWindow
from kohtaava_desktop.ui.mirror.large_window import MARGIN
from kohtaava_desktop.ui.mirror.message import Note
from kohtaava_desktop.ui.mirror.saving import Sheet
from kohtaava_desktop.ui.mirror.words import DOT
from kohtaava_desktop.ui.settings.parts import Words
from kohtaava_desktop.ui.team import notes, words
from kohtaava_desktop.ui.team.bar import ChoiceBar
from kohtaava_desktop.ui.team.charts import CHARTS
from kohtaava_desktop.ui.team.look import style_sheet
from kohtaava_desktop.ui.team.notes import Help, Said
from kohtaava_desktop.ui.team.shown import Beside, Looked, TeamShown
from kohtaava_desktop.ui.team.skipped import SkippedFiles
from kohtaava_desktop.ui.theme import Palette

if TYPE_CHECKING:
    from kohtaava_desktop.ui.team.reading import FolderRead

SIZE = QSize(1080, 912)  # design pixels, where the screen has room for it
LOOK_MS = 250  # so often is looked how far it is


class TeamWindow(ChartWindow):
    """Shows what was read. ``wanted`` asks for a fresh look into the folders, ``stop_wanted`` for no more of it."""

    stop_wanted = Signal()
    beside_wanted = Signal(Beside)
    folder_chosen = Signal(str)
    another_chosen = Signal(str)
    """The folder of another team."""

    def __init__(self) -> None:
        bar, own_note = ChoiceBar(), Words("own")
        super().__init__(SIZE, bar.lengths, Board(CHARTS), (bar, own_note), ())
        self.bar, self.own_note, self.skipped = bar, own_note, SkippedFiles()
        self._column.addWidget(self.skipped)
        self.setTabOrder(self.skipped.text, self.keep)
        self.looked: Looked | None = None
        self.shown: TeamShown | None = None
        self.trouble: Callable[[], str] | None = None
        self._say: Callable[[], Said] | None = None
        self._seen: Callable[[], int] | None = None
        self._help = Help.READ
        self._pulse = QTimer(self)
        self._pulse.timeout.connect(self._look_how_far)
        self._connect()
        self.speak_anew()

    # what there is to show

    def show_reading(self, seen: Callable[[], int]) -> None:
        """Something is being read; ``seen`` says how far it is. What stands there stays for a moment."""
        self._seen = seen
        self._pulse.start(PATIENCE_MS)

    def show_looked(self, looked: Looked, beside: Beside, other: str) -> None:
        """Show what was read, with what is ``beside`` it; ``other`` is the name of another team's folder."""
        self._read_no_more()
        self.tell_no_more()
        self.looked, self._say = looked, None
        self.bar.stand_beside(beside, other)
        self.bar.offer(looked.months, tuple(looked.groups), looked.span(self.bar.wanted), looked.others)
        self.skipped.show_folders(looked.read.folders)
        self._show()
        self.announce_all()

    def show_note(self, say: Callable[[], Said], beside: Beside = Beside.NOTHING, other: str = "") -> None:
        """Say why there is nothing to show; ``say`` is asked again in another language."""
        self._read_no_more()
        self.tell_no_more()
        self.looked, self._say = None, say
        self.bar.stand_beside(beside, other)
        self.bar.offer_nothing()
        self.skipped.show_folders(())
        self._show()
        self.announce_all()

    def forget_own(self) -> None:
        """One's own meetings were deleted: nothing of them stands here any more."""
        if self.looked is not None:
            self.looked = replace(self.looked, own={})
            self._show()

    def show_skipped(self, folders: "tuple[FolderRead, ...]") -> None:
        """Name what was skipped, below a note."""
        self.skipped.show_folders(folders)

    def speak_anew(self) -> None:
        """All words, in the language in use."""
        self.setWindowTitle(_("Our team"))
        self.title.setText(_("Our team"))
        self.bar.speak()
        self.skipped.speak()
        self.speak_keep()
        self.tell_no_more()
        self.own_note.setText(
            _(
                "Own meetings stay on this computer: they are in no picture that is saved and in no text that is "
                "copied. Whoever sees this screen sees them, too."
            )
        )
        self._show()

    def _connect(self) -> None:
        bar = self.bar
        bar.changed.connect(self._changed)
        bar.own_wanted.connect(lambda: self.beside_wanted.emit(Beside.OWN))
        bar.alone_wanted.connect(lambda: self.beside_wanted.emit(Beside.NOTHING))
        bar.folder_wanted.connect(lambda: self._ask_folder(_("Team folder"), self.folder_chosen))
        bar.another_wanted.connect(lambda: self._ask_folder(_("Another team's folder"), self.another_chosen))
        self.message.pressed.connect(self._do_help)
        self.skipped.unfolded.connect(lambda: QTimer.singleShot(0, self, self._bring_skipped_in))

    # what stands there

    def _show(self) -> None:
        looked, wanted, beside = self.looked, self.bar.wanted, self.bar.beside
        self.shown = None if looked is None else looked.shown(wanted, beside)
        self.own_note.setVisible(looked is not None and beside is Beside.OWN)
        if looked is None or self.shown is None:
            self.heading.setText("")
            self.stand_below("")
            if self._say is not None:
                self._note(*self._say())
            elif looked is not None:
                self._note(*notes.nothing_of(looked, wanted))
            else:
                self.board.name()
        else:
            self.heading.setText(words.heading(self.shown))
            self.stand_below(DOT.join((*words.in_passing(looked, wanted, beside), *self._troubles())))
            self.board.show_found(self.shown)
            self.say_no_more()
        self.keep.setVisible(self.shown is not None)
        self.bar.setVisible(looked is not None or self._help is not Help.CHOOSE_FOLDER)
        self._arrange_head()

    def _troubles(self) -> tuple[str, ...]:
        return () if self.trouble is None else (self.trouble(),)

    def _note(self, note: Note, do: Help) -> None:
        self._help = do
        self.say(note)

    def _bring_skipped_in(self) -> None:
        self._area.ensureWidgetVisible(self.skipped, 0, round(MARGIN * unit_of(self)))

    def _changed(self) -> None:
        self.tell_no_more()
        self._show()
        self.announce_all()

    def _look_how_far(self) -> None:
        """It takes longer than a moment: say so, and that it can be stopped."""
        if self._seen is not None:
            self._pulse.start(LOOK_MS)
            self.heading.setText("")
            self.stand_below("")
            self._note(*notes.reading(self._seen()))

    def _read_no_more(self) -> None:
        self._pulse.stop()
        self._seen = None

    def _do_help(self) -> None:
        """The button of the note."""
        steps: dict[Help, Callable[[], object]] = {
            Help.CHOOSE_FOLDER: self.bar.folder_wanted.emit,
            Help.READ: self.wanted.emit,
            Help.STOP: self.stop_wanted.emit,
            Help.ALONE: lambda: self.beside_wanted.emit(Beside.NOTHING),
            Help.ALL_MONTHS: self.bar.all_months,
        }
        steps[self._help]()

    def _ask_folder(self, title: str, chosen: SignalInstance) -> None:
        dialog = QFileDialog(self, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    # to keep

    @property
    def drawn(self) -> bool:
        """Whether there are charts."""
        return self.shown is not None

    @property
    def file_name(self) -> str:
        """What a picture is called, without its ending."""
        return _("our-team")

    def text(self) -> str:
        """What the team's exports say; nothing of one's own meetings."""
        assert self.looked is not None
        found = self.looked.comparison(self.bar.wanted)
        return f"{self.title.text()}\n{team_texts.described(found, formats.months)}"

    def sheet(self) -> Sheet:
        """What a picture shows, without one's own meetings; there must be something to draw."""
        looked, wanted, beside = self.looked, self.bar.wanted, self.bar.beside
        assert looked is not None
        kept = Beside.NOTHING if beside is Beside.OWN else beside
        shown = looked.shown(wanted, kept)
        assert shown is not None
        foot = DOT.join(words.in_passing(looked, wanted, kept))
        return Sheet(shown, (self.title.text(), words.heading(shown)), foot, CHARTS)

    # how it looks

    def look(self, palette: Palette, qt: QPalette, font: QFont, u: float) -> str:
        """The style sheet; ``u`` is a design pixel in logical ones."""
        return style_sheet(palette, qt, font, u)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that the window is no longer needed."""
        self._read_no_more()
        super().closeEvent(event)
