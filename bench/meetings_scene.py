"""*My meetings*, an export, *What is stored* and *Our team*, with no, few, some and many made-up meetings."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from bench.made_up_desks import COUNTS, UNTIL, team_folder
from bench.settings_scene import settle
from kohtaava_desktop.store.worker import Store
from kohtaava_desktop.ui.mirror.window import MirrorWindow
from kohtaava_desktop.ui.team.shown import Beside
from kohtaava_desktop.ui.trust.opening import Trust

if TYPE_CHECKING:
    from bench.studio import Studio

HOME = Path("/home/user/.local/share/kohtaava-desktop")
SHARE = "/srv/team"
MANY = COUNTS[-1]
LENGTH = 45  # the planned length for which the team is drawn beside one's own


async def meetings(studio: "Studio", folder: Path) -> None:
    """Keep the windows that show what is stored in the prepared ``folder``."""
    studio.stage.controller.settings.set("team_folder", str(team_folder(folder)))
    for count in COUNTS:
        store = Store(folder / str(count))
        await _mirror(studio, store, count)
        if count in (0, MANY):
            await _export(studio, store, count)
            await _trust(studio, store, count)
        if count == MANY:
            await _team(studio, store)
        await store.close()


async def _mirror(studio: "Studio", store: Store, count: int) -> None:
    mirror = studio.stage.presenter.opener.mirror
    mirror.store = store
    studio.stage.presenter.opener.open_mirror()
    window = mirror.window
    assert window is not None
    await mirror.done()
    await _keep(studio, f"meetings-{count}", window)
    if count == MANY:
        window.filters.chips[LENGTH].click()
        await mirror.done()
        await _keep(studio, f"meetings-{count}-{LENGTH}", window)
        await _value(studio, window)
        await _tables(studio, window)
    window.close()


async def _value(studio: "Studio", window: MirrorWindow) -> None:
    """A value that the arrow keys have come to."""
    canvas = window.board.cards["typical"].canvas
    canvas.setFocus()
    for _time in range(3):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(canvas, key)
    await _keep(studio, f"meetings-{MANY}-value", window)
    window.setFocus()


async def _tables(studio: "Studio", window: MirrorWindow) -> None:
    """The same numbers as tables."""
    for card in window.board.cards.values():
        card.turn()
    await _keep(studio, f"meetings-{MANY}-tables", window)


async def _export(studio: "Studio", store: Store, count: int) -> None:
    exporting = studio.stage.presenter.opener.exporting
    exporting.store = store
    exporting.open(studio.stage.overlay.room(), studio.stage.overlay.geometry())
    window = exporting.window
    assert window is not None
    await exporting.done()
    window.take_folder(SHARE)
    if count:
        _choose(window.month, UNTIL)
        window.show_rows.click()
        await exporting.done()
    await _keep(studio, f"export-{count}", window)
    window.close()


async def _trust(studio: "Studio", store: Store, count: int) -> None:
    controller, overlay = studio.stage.controller, studio.stage.overlay
    trust = Trust(lambda: HOME, controller.settings, controller.delete_everything)
    trust.store = store
    trust.open(overlay.room(), overlay.geometry())
    window = trust.window
    assert window is not None
    await trust.done()
    await _keep(studio, f"stored-{count}", window)
    if count:
        window.delete.click()
        await trust.done()
        assert window.question is not None
        await _keep(studio, "stored-question", window.question)
        window.question.close()
    window.close()


async def _team(studio: "Studio", store: Store) -> None:
    """What the exports of the team say together; then with own meetings beside them."""
    opener = studio.stage.presenter.opener
    opener.team.store = store
    opener.open_team()
    window = opener.team.window
    assert window is not None
    await opener.team.done()
    await _keep(studio, "team", window)
    window.beside_wanted.emit(Beside.OWN)
    await opener.team.done()
    await _keep(studio, "team-own", window)
    window.close()


async def _keep(studio: "Studio", name: str, window: QWidget) -> None:
    await settle()
    studio.keep(name, window.grab().toImage())


def _choose(box: QComboBox, value: str) -> None:
    box.setCurrentIndex(box.findData(value))
    assert box.currentData() == value, f"{value} is not offered"
