"""Opens *What is stored* when it is asked for, and has everything deleted; nothing of it is loaded before."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from kohtaava_desktop.i18n import sentences, stored_texts
from kohtaava_desktop.settings.loader import Settings
from kohtaava_desktop.store.errors import StoreError
from kohtaava_desktop.ui.errands import Errands

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

    from kohtaava_desktop.store.examination import Kept
    from kohtaava_desktop.ui.trust.window import TrustWindow


class KeptPort(Protocol):
    """What the window needs of the store; ``store.worker.Store`` is the real one."""

    async def kept(self) -> "Kept": ...


class Trust:
    """The one window of what is stored. ``store`` is asked for how much there is.

    ``delete`` deletes everything; it raises ``StoreError`` where it could not.
    """

    def __init__(
        self, folder: Callable[[], Path], settings: Settings, delete: Callable[[], Coroutine[Any, Any, None]]
    ) -> None:
        self._folder, self._settings, self._delete = folder, settings, delete
        self._window: TrustWindow | None = None
        self._errands = Errands()
        self._listen_no_more: Callable[[], None] = lambda: None
        self.store: KeptPort | None = None

    @property
    def window(self) -> "TrustWindow | None":
        """The window that is open now."""
        return self._window

    def open(self, room: "QRect | None" = None, overlay: "QRect | None" = None) -> None:
        """Open the window in ``room``, clear of ``overlay`` where that can be, or bring it to the front."""
        if self._window is None:
            from kohtaava_desktop.ui.icons import icon
            from kohtaava_desktop.ui.trust.window import TrustWindow

            window = self._window = TrustWindow(self._folder(), self._settings)
            window.setWindowIcon(icon("kohtaava", size=256))
            window.wanted.connect(lambda: self._errands.do(self._look()))
            window.asked_to_delete.connect(lambda: self._errands.do(self._ask()))
            window.delete_wanted.connect(lambda: self._errands.do(self._delete_all(), to_the_end=True))
            window.closed.connect(self._left)
            self._listen_no_more = self._settings.listen(lambda _names: window.show_settings())
        self._window.show_up(room, overlay)

    def look_again(self) -> None:
        """What is kept has changed: an open window shows how much there is now."""
        if self._window is not None:
            self._errands.do(self._look())

    def speak_anew(self) -> None:
        """The language changed: an open window stands there in the new one."""
        if self._window is not None:
            self._window.speak_anew()

    async def done(self) -> None:
        """Wait until all that was asked for is shown or done."""
        await self._errands.done()

    async def end(self) -> None:
        """The program ends: what is being deleted is deleted, however long it takes."""
        await self._errands.end()

    async def _look(self) -> None:
        window, store = self._window, self.store
        if window is not None and store is not None:
            kept = await store.kept()
            if window is self._window:
                window.show_kept(kept)

    async def _ask(self) -> None:
        """The question tells what there is at that moment."""
        window, store = self._window, self.store
        if window is not None and store is not None:
            kept = await store.kept()
            if window is self._window and window.question is None:
                window.ask(kept)

    async def _delete_all(self) -> None:
        try:
            await self._delete()
        except StoreError as error:
            said = sentences.store_problem(error.code, error.values)
        else:
            said = stored_texts.deleted()
        await self._look()
        if self._window is not None:
            self._window.tell(said)

    def _left(self) -> None:
        window, self._window = self._window, None
        self._listen_no_more()
        if window is not None:
            window.deleteLater()
