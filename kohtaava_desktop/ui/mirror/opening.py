"""Opens *My meetings* when it is asked for, and asks the store for what it shows; nothing of it is loaded before."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.statistics import Filter, Tallies, statistics_of
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.ui.errands import LAST_SECONDS, Errands
from kohtaava_desktop.ui.mirror.keeping import keep_picture

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from kohtaava_desktop.ui.mirror.window import MirrorWindow
    from kohtaava_desktop.ui.share.team import TeamBeside


class MeetingsPort(Protocol):
    """What the window needs of the store; ``store.worker.Store`` is the real one."""

    async def choices(self, week_that_runs: str) -> Choices: ...
    async def tallies(self, wanted: Filter, week_that_runs: str) -> Tallies: ...


class Mirror:
    """The one window of one's own meetings that can be open at a time; nothing of it is loaded before.

    ``store`` is asked for the meetings. ``read_team``, where there is one, reads the team that is drawn beside them;
    ``export`` opens the window for an export, ``open_team`` that of the team.
    """

    def __init__(self, week_that_runs: Callable[[], str]) -> None:
        self._week_that_runs = week_that_runs
        self._window: MirrorWindow | None = None
        self._errands = Errands()
        self._asked = self._teams = self._under_way = 0
        self._looks_once_more = False
        self.store: MeetingsPort | None = None
        self.team: TeamBeside | None = None
        self.read_team: Callable[[], Awaitable[TeamBeside | None]] | None = None
        self.export: Callable[[], None] = lambda: None
        self.open_team: Callable[[], None] = lambda: None

    @property
    def window(self) -> "MirrorWindow | None":
        """The window that is open now."""
        return self._window

    def open(self, room: "QRect | None" = None, overlay: "QRect | None" = None) -> None:
        """Open the window in ``room``, clear of ``overlay`` where that can be; it looks at the meetings anew.

        Where it is open already, bring it to the front.
        """
        if self._window is None:
            from kohtaava_desktop.ui.icons import icon
            from kohtaava_desktop.ui.mirror.window import MirrorWindow

            self._window = MirrorWindow()
            self._window.setWindowIcon(icon("kohtaava", size=256))
            self._window.wanted.connect(lambda: self._errands.do(self._look()))
            self._window.picture_wanted.connect(lambda path: self._errands.do(self._save(Path(path)), to_the_end=True))
            self._window.export_wanted.connect(self.export)
            self._window.our_team_wanted.connect(self.open_team)
            self._window.fresh_wanted.connect(self.look_at_team)
            self._window.left_out_wanted.connect(self._name_left_out)
            self._window.closed.connect(self._left)
            self.look_at_team()
        self._window.show_up(room, overlay)

    def look_again(self) -> None:
        """What is kept has changed: an open window shows it as it is now."""
        if self._window is not None:
            self._window.wanted.emit()

    def meeting_kept(self) -> None:
        """A meeting was stored: an open window takes it in, and whoever reads or chooses there is not disturbed.

        While meetings are being added up it waits: then they are looked at once more, however many were stored.
        """
        if self._window is None:
            return
        if self._under_way:
            self._looks_once_more = True
        else:
            self._errands.do(self._look(asked_for=False))

    def speak_anew(self) -> None:
        """The language changed: an open window stands there in the new one."""
        if self._window is not None:
            self._show_team(self._window)
            self._window.speak_anew()

    def look_at_team(self) -> None:
        """Read the team anew, if the window is open: its folder may be another one, or hold other files."""
        if self._window is not None and self.read_team is not None:
            self._errands.do(self._read_team(self.read_team))

    async def done(self) -> None:
        """Wait until all that was asked for is shown or written."""
        await self._errands.done()

    async def end(self) -> None:
        """The program ends: finish what is being written, and let go of what is only looked at."""
        await self._errands.end(LAST_SECONDS)

    async def _look(self, asked_for: bool = True) -> None:
        """Look, and once more where a meeting was stored meanwhile."""
        window, store = self._window, self.store
        if window is None or store is None:
            return
        self._under_way += 1
        try:
            await self._look_into(window, store, asked_for)
        finally:
            self._under_way -= 1
        if self._looks_once_more and not self._under_way:
            self._looks_once_more = False
            await self._look(asked_for=False)

    async def _look_into(self, window: "MirrorWindow", store: MeetingsPort, asked_for: bool) -> None:
        """Ask for what the filters take; an answer that is late, because others were chosen meanwhile, is let go.

        Where nobody asked, what stands there stays when the meetings cannot be read.
        """
        self._asked += 1
        asked, wanted, week = self._asked, window.wanted_now, self._week_that_runs()
        try:
            choices = await store.choices(week)
            found = statistics_of(await store.tallies(wanted, week))
        except StoreError as error:
            if window is self._window and asked == self._asked and asked_for:
                window.show_trouble(partial(sentences.store_problem, error.code, error.values))
            return
        if window is self._window and asked == self._asked:
            window.offer(choices)
            self._show_team(window)
            window.show_found(found, wanted, asked_for)

    async def _save(self, path: Path) -> None:
        window = self._window
        if window is not None:
            said = await keep_picture(window, path)
            if window is self._window:
                window.tell(said)

    async def _read_team(self, read: "Callable[[], Awaitable[TeamBeside | None]]") -> None:
        window = self._window
        self._teams += 1
        asked = self._teams
        team = await read()
        if asked == self._teams:
            self.team = team
            if window is not None and window is self._window:
                self._show_team(window)

    def _show_team(self, window: "MirrorWindow") -> None:
        if self.team is None:
            window.show_team(None, (), files_left_out=False)
        else:
            beside, said = self.team.beside(window.wanted_now)
            window.show_team(beside, said, bool(self.team.left_out))

    def _name_left_out(self) -> None:
        if self._window is not None and self.team is not None:
            from kohtaava_desktop.ui.share.left_out import name_left_out

            name_left_out(self._window, self.team)

    def _left(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()
