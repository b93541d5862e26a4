"""The files of one data folder together, and what becomes of a meeting when one of them cannot be used."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.release import Release
from kohtaava_desktop.domain.statistics import Filter, Tallies
from kohtaava_desktop.store import database, erasure, files, told
from kohtaava_desktop.store.errors import RecordRefused, StoreError, StoreNotice
from kohtaava_desktop.store.journal import Journal
from kohtaava_desktop.store.lines import Opening
from kohtaava_desktop.store.meetings import Meetings

MEETINGS = "kohtaava.db"
WAITING = "kohtaava-waiting.db"
JOURNAL = "meeting-in-hand.db"


class Shelf:
    """All that is kept in ``folder``, read and written in one thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = Journal(folder / JOURNAL)
        self.meetings = Meetings(folder / MEETINGS)
        self.waiting = Meetings(folder / WAITING)
        self._notices: list[StoreNotice] = []

    def open(self) -> Opening:
        """Look at everything there is; what stands in the way is told, never raised."""
        recovered = None
        with self._told():
            files.make_folder(self.folder)
            files.check_writable(self.folder)
        with self._told(), database.translated(self.folder):
            erasure.finish(self.folder)
        with suppress(OSError):  # what is the matter with the folder has been said
            told.tidy(self.folder)
        with self._told():
            recovered = self.journal.read()
        with self._told():
            self.meetings.prepare()
        with self._told():
            self.meetings.take_over(self.waiting)
        return Opening(recovered, self._with_untold(self.take_notices()))

    def settle(self, record: Record | None) -> None:
        """Keep ``record``, then let the journal go; raises ``StoreError`` when the record could not be kept.

        A crash between the two leaves a finished meeting in the journal. It is then settled again at the next start,
        and its key, which is there already, keeps it from being stored twice.
        """
        if record is not None:
            self._keep(record)
        with self._told():
            self.journal.destroy()

    def delete_everything(self) -> None:
        """Delete the meeting in hand, all meetings, what was exported of them and every damaged copy: all overwritten.

        Raises ``StoreError``: then some of it may be gone, and the meeting in hand goes on as if nothing had been.
        """
        self.journal.close()
        with database.translated(self.folder):
            erasure.erase(self.folder)
            told.forget(self.folder)
        self.journal.destroy()
        self.meetings, self.waiting = Meetings(self.folder / MEETINGS), Meetings(self.folder / WAITING)

    def tallies(self, wanted: Filter, week_that_runs: str) -> Tallies:
        """What statistics need, of the meetings that wait too; see ``Meetings.tallies``."""
        with self._told():
            self.meetings.take_over(self.waiting)
        return self.meetings.tallies(wanted, week_that_runs)

    def release(self, month: str, today: date, thresholds: Thresholds) -> Release:
        """What may be given out of ``month``, with the meetings that wait; see ``Meetings.release``."""
        with self._told():
            self.meetings.take_over(self.waiting)
        return self.meetings.release(month, today, thresholds)

    @property
    def has_notices(self) -> bool:
        """Whether there is something to say."""
        return bool(self._notices) or any(part.has_notices for part in (self.journal, self.meetings, self.waiting))

    def told(self, names: Iterable[str]) -> None:
        """The expert has read that the damaged files ``names`` were set aside."""
        with self._told(), database.translated(self.folder):
            told.tell(self.folder, names)

    def take_notices(self) -> tuple[StoreNotice, ...]:
        """What there has been to say since this was last asked; what several files say in one voice, once."""
        parts = (self.journal, self.meetings, self.waiting)
        said: dict[object, StoreNotice] = {}
        for notice in (*self._notices, *(notice for part in parts for notice in part.take_notices())):
            said.setdefault((notice.code, notice.values.get("set_aside")), notice)
        self._notices = []
        return tuple(said.values())

    def _with_untold(self, notices: tuple[StoreNotice, ...]) -> tuple[StoreNotice, ...]:
        """``notices``, and what an earlier run has set aside without anybody having been told."""
        said = {notice.values.get("set_aside") for notice in notices}
        try:
            paths = [str(self.folder / name) for name in told.untold(self.folder)]
        except OSError:  # what is the matter with the folder has been said
            return notices
        return (*notices, *(StoreNotice("copy-set-aside", {"set_aside": path}) for path in paths if path not in said))

    def _keep(self, record: Record) -> None:
        try:
            self.meetings.add(record)
        except RecordRefused:
            raise
        except StoreError as error:
            self._let_wait(record, error)
            return
        with self._told():
            self.meetings.take_over(self.waiting)

    def _let_wait(self, record: Record, error: StoreError) -> None:
        try:
            self.waiting.add(record)
        except StoreError:
            raise error from None
        values = {"path": str(self.waiting.path), "reason": error.code}
        self._notices.append(StoreNotice("meeting-waits", values))

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Go on after an error, and tell it."""
        try:
            yield
        except StoreError as error:
            self._notices.append(error.notice)
