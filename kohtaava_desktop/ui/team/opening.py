"""Opens *Our team* when it is asked for, and has the folders read for it; nothing of it is loaded before."""

import asyncio
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kohtaava_desktop.domain.months import last_closed
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.ui.errands import LAST_SECONDS, Errands

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from kohtaava_desktop.ui.team.notes import Said
    from kohtaava_desktop.ui.team.reading import Reading, TeamsRead
    from kohtaava_desktop.ui.team.shown import Beside, Looked
    from kohtaava_desktop.ui.team.window import TeamWindow


class RecordsPort(Protocol):
    """What the window needs of the store; ``store.worker.Store`` is the real one."""

    async def records_of(self, month: str) -> list[Record]: ...


class TeamOpener:
    """The one window of a team that can be open at a time.

    ``store`` is asked for own meetings only when they are wanted. ``today`` is the day on the expert's wall. Folders
    that were chosen in the window, and own meetings beside the team, are forgotten when it is closed.
    """

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        self._settings, self._today = settings, today
        self._window: TeamWindow | None = None
        self._errands = Errands()
        self._reading: Reading | None = None
        self._asked = 0
        self._folder: Path | None = None
        self._other: Path | None = None
        self._own = False
        self._last: TeamsRead | None = None
        self.store: RecordsPort | None = None

    @property
    def window(self) -> "TeamWindow | None":
        """The window that is open now."""
        return self._window

    def open(self, room: "QRect | None" = None, overlay: "QRect | None" = None) -> None:
        """Open the window in ``room``, clear of ``overlay`` where that can be, or bring it to the front."""
        if self._window is None:
            from kohtaava_desktop.ui.icons import icon
            from kohtaava_desktop.ui.team.window import TeamWindow

            window = self._window = TeamWindow()
            window.setWindowIcon(icon("kohtaava", size=256))
            window.wanted.connect(self.look_again)
            window.stop_wanted.connect(self._stop)
            window.folder_chosen.connect(self._choose)
            window.another_chosen.connect(self._compare)
            window.beside_wanted.connect(self._stand_beside)
            window.picture_wanted.connect(lambda path: self._errands.do(self._save(Path(path)), to_the_end=True))
            window.closed.connect(self._left)
        self._window.show_up(room, overlay)
        self.look_again()

    def look_again(self) -> None:
        """Read the folders anew, if the window is open: they may be other ones, or hold other files."""
        if self._window is not None:
            self._errands.do(self._look(self._window))

    def forget_own(self) -> None:
        """One's own meetings were deleted: none of them stays beside the team, nor comes from a look that is late."""
        if self._window is None or not self._own:
            return
        self._window.forget_own()
        if self._last is None:
            self.look_again()
        else:
            self._asked += 1
            self._errands.do(self._show(self._window, self._last, self._asked))

    def speak_anew(self) -> None:
        """The language changed: an open window stands there in the new one."""
        if self._window is not None:
            self._window.speak_anew()

    async def done(self) -> None:
        """Wait until all that was asked for is shown or written."""
        await self._errands.done()

    async def end(self) -> None:
        """The program ends: finish what is being written, and let go of what is only looked at."""
        await self._errands.end(LAST_SECONDS)

    # what is asked for

    def _choose(self, folder: str) -> None:
        self._folder = Path(folder)
        self.look_again()

    def _compare(self, folder: str) -> None:
        self._other, self._own = Path(folder), False
        self.look_again()

    def _stand_beside(self, beside: "Beside") -> None:
        from kohtaava_desktop.ui.team.shown import Beside

        again = self._other is not None
        self._other, self._own = None, beside is Beside.OWN
        if again or self._last is None or self._window is None:
            self.look_again()
        else:  # the folder need not be read anew
            self._asked += 1
            self._errands.do(self._show(self._window, self._last, self._asked))

    def _stop(self) -> None:
        from kohtaava_desktop.ui.team import notes

        self._asked += 1
        self._end_reading()
        self._tell(notes.stopped)

    # reading

    async def _look(self, window: "TeamWindow") -> None:
        """Read what is asked for; an answer that is late, because something else was asked meanwhile, is let go."""
        from kohtaava_desktop.ui.team import notes
        from kohtaava_desktop.ui.team.reading import Reading

        self._asked += 1
        asked = self._asked
        self._end_reading()
        self._last = None
        folders = self._folders()
        if not folders:
            self._tell(partial(notes.no_folder, self._settings.managed("team_folder")))
        elif any(bad.policy for bad in self._settings.bad_places):
            self._tell(partial(notes.away, folders[0], "policy", other=False))
        else:
            self._reading = reading = Reading(folders, last_closed(self._today()))
            window.show_reading(lambda: reading.seen)
            await self._read(window, reading, asked)

    async def _read(self, window: "TeamWindow", reading: "Reading", asked: int) -> None:
        from kohtaava_desktop.store.patience import NotAnswering
        from kohtaava_desktop.store.team_folder import FolderAway, Stopped
        from kohtaava_desktop.ui.team import notes
        from kohtaava_desktop.ui.team.reading import SameFolder

        say: Callable[[], Said]
        try:
            read = await reading.run()
        except Stopped:
            return
        except SameFolder:
            say = notes.same_folder
        except (FolderAway, NotAnswering) as error:
            reason = error.reason if isinstance(error, FolderAway) else "not-answering"
            say = partial(notes.away, reading.folder, reason, reading.folder == self._other)
        else:
            await self._show(window, read, asked)
            return
        if asked == self._asked:
            self._tell(say)

    async def _show(self, window: "TeamWindow", read: "TeamsRead", asked: int) -> None:
        from kohtaava_desktop.ui.team import notes
        from kohtaava_desktop.ui.team.shown import Looked

        trouble: Callable[[], str] | None = None
        looked = Looked(read, self._settings.number("fewest_contributors"))
        if self._own:
            looked, trouble = await self._with_own(looked)
        lack = await asyncio.get_running_loop().run_in_executor(None, looked.lack)  # all is added up there, too
        if asked != self._asked or window is not self._window:
            return
        self._last = read
        if lack:
            self._tell(partial(notes.lack, looked, *lack))
            window.show_skipped(read.folders)
        else:
            window.trouble = trouble
            window.show_looked(looked, self._beside(), self._name_of_other())

    async def _with_own(self, looked: "Looked") -> "tuple[Looked, Callable[[], str] | None]":
        """With one's own meetings of the same months, which go nowhere from here; and why there are none."""
        from kohtaava_desktop.ui.team.shown import Looked

        if self.store is None:
            return looked, None
        try:
            own = {month: await self.store.records_of(month) for month in looked.common.months}
        except StoreError as error:
            return looked, partial(sentences.store_problem, error.code, error.values)
        return Looked(looked.read, looked.fewest, own), None

    def _folders(self) -> list[Path]:
        named = self._settings.text("team_folder")
        first = self._folder or (Path(named) if named else None)
        return [each for each in (first, self._other) if each is not None] if first else []

    def _beside(self) -> "Beside":
        from kohtaava_desktop.ui.team.shown import Beside

        return Beside.OWN if self._own else Beside.ANOTHER if self._other else Beside.NOTHING

    def _name_of_other(self) -> str:
        return self._other.name or str(self._other) if self._other else ""

    def _tell(self, say: "Callable[[], Said]") -> None:
        if self._window is not None:
            self._window.show_note(say, self._beside(), self._name_of_other())

    def _end_reading(self) -> None:
        if self._reading is not None:
            self._reading.stop()
        self._reading = None

    # to keep

    async def _save(self, path: Path) -> None:
        from kohtaava_desktop.ui.mirror.keeping import keep_picture

        window = self._window
        if window is not None:
            said = await keep_picture(window, path)
            if window is self._window:
                window.tell(said)

    def _left(self) -> None:
        window, self._window = self._window, None
        self._asked += 1
        self._end_reading()
        self._folder = self._other = None
        self._own, self._last = False, None
        if window is not None:
            window.deleteLater()
