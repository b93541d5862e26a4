"""Opens *Export a month* when it is asked for, and does what it asks for off the window's thread, or says why not."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.months import is_closed, month_of
from kohtaava_desktop.domain.record import iso_week
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.i18n import _, export_texts, formats, sentences
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.ui.errands import LAST_SECONDS, Errands

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from kohtaava_desktop.ui.share.export_window import ExportWindow

Say = Callable[[], str]


class ReleasePort(Protocol):
    """What an export needs of the store; ``store.worker.Store`` is the real one."""

    async def choices(self, week_that_runs: str) -> Choices: ...
    async def cut_months(self) -> frozenset[str]: ...
    async def release(self, month: str, today: date, thresholds: Thresholds) -> Release: ...


class Exporting:
    """The one window for an export that can be open at a time; nothing of it is loaded before.

    ``today`` is the day on the expert's wall.
    """

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        self._settings, self._today = settings, today
        self._window: ExportWindow | None = None
        self._errands = Errands()
        self.store: ReleasePort | None = None

    @property
    def window(self) -> "ExportWindow | None":
        """The window that is open now."""
        return self._window

    def open(self, room: "QRect | None" = None, overlay: "QRect | None" = None) -> None:
        """Open the window in ``room``, clear of ``overlay`` where that can be, or bring it to the front."""
        if self._window is None:
            from kohtaava_desktop.ui.icons import icon
            from kohtaava_desktop.ui.share.export_window import ExportWindow

            self._window = ExportWindow(self._settings.text("team_folder"))
            self._window.setWindowIcon(icon("kohtaava", size=256))
            self._window.show_wanted.connect(lambda month: self._errands.do(self._show(month)))
            self._window.write_wanted.connect(
                lambda folder: self._errands.do(self._write(Path(folder)), to_the_end=True)
            )
            self._window.closed.connect(self._left)
            self._errands.do(self._offer())
        self._window.show_up(room, overlay)

    def forget(self) -> None:
        """Everything was deleted: rows that stand in an open window go, and with them the months."""
        if self._window is not None:
            self._window.forget()
            self._errands.do(self._offer())

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

    async def _offer(self) -> None:
        window, store, today = self._window, self.store, self._today()
        if window is None or store is None:
            return
        try:
            weeks, cut = (await store.choices(iso_week(today))).weeks, await store.cut_months()
        except StoreError as error:
            self._say(window, partial(sentences.store_problem, error.code, error.values))
            return
        if window is self._window:
            months = sorted({month_of(week) for week in weeks} - cut, reverse=True)
            window.offer([month for month in months if is_closed(month, today)])

    async def _show(self, month: str) -> None:
        window = self._window
        if window is not None:
            release = await self._release(window, month)
            if release is not None and window is self._window:
                window.show_release(release)

    async def _release(self, window: "ExportWindow", month: str) -> Release | None:
        """What may leave of ``month``; where nothing may, ``window`` says why."""
        from kohtaava_desktop.store.releases import NotReleased  # SQLite comes with it

        if self.store is None or self._limits_unknown(window):
            return None
        thresholds = Thresholds(self._settings.number("smallest_group"))
        try:
            return await self.store.release(month, self._today(), thresholds)
        except NotReleased as refused:
            written = (formats.month, formats.day)
            self._say(window, partial(export_texts.not_released, refused.code, refused.values, *written))
        except StoreError as error:
            self._say(window, partial(sentences.store_problem, error.code, error.values))
        return None

    async def _write(self, folder: Path) -> None:
        from kohtaava_desktop.domain.release_files import files_of
        from kohtaava_desktop.store.exports import NotWritten, write
        from kohtaava_desktop.store.patience import NotAnswering
        from kohtaava_desktop.ui.share.aside import aside

        window = self._window
        if window is None or window.release is None:
            return
        # asked for anew: a limit may have been raised, or everything deleted, while the rows stood there
        release = await self._release(window, window.release.month)
        if release is None or window is not self._window:
            return
        if release != window.release:
            window.show_release(release)  # nothing is written that has not been seen
            return
        try:
            written = await aside(lambda _goes_on: write(folder, release.name, files_of(release)))
        except NotWritten as refused:
            self._say(window, partial(export_texts.not_written, refused.path, refused.reason))
        except NotAnswering:
            self._say(window, partial(export_texts.not_answering, folder))
        else:
            self._say(window, partial(_written, folder / release.name, written))

    def _limits_unknown(self, window: "ExportWindow") -> bool:
        """Whether a policy cannot be read, and so not what it may demand; then that is said."""
        unknown = any(bad.policy for bad in self._settings.bad_places)
        if unknown:
            self._say(window, export_texts.limits_unknown)
        return unknown

    def _say(self, window: "ExportWindow", sentence: Say) -> None:
        if window is self._window:
            window.say(sentence)

    def _left(self) -> None:
        window, self._window = self._window, None
        if window is not None:
            window.deleteLater()


def _written(path: Path, written: bool) -> str:
    sentence = _("Written: {path}") if written else _("It is there already, and the same: {path}")
    return sentence.format(path=path)
