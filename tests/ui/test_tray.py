"""The icon beside the clock tells step and minutes, has everything in its menu, and shows the overlay."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.ui.desktop.tray_icon import SIZES, tray_icon
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import entries
from tests.ui.tied import Tied


def test_the_tip_tells_the_step_and_the_minutes(tied: Callable[..., Tied]) -> None:
    program = tied()
    stage = program.stage
    assert program.tray().toolTip() == "Kohtaava · 45 min"
    stage.tap(Act.START)
    assert program.tray().toolTip() == "Empathy · 45 min left"
    stage.later(minutes=26)
    assert program.tray().toolTip() == "Empathy · 19 min left"
    stage.later(minutes=22)
    assert program.tray().toolTip() == "Empathy · +3 min extra"
    stage.key(Qt.Key.Key_Up)
    assert program.tray().toolTip().startswith("Guidance · ")


def test_the_tip_speaks_the_language_in_use(tied: Callable[..., Tied]) -> None:
    program = tied(language="en")
    program.stage.tap(Act.START)
    program.set(language="fi")
    i18n.set_language("fi")
    program.ties._follow()
    assert program.tray().toolTip() == "Empatia · 45 min jäljellä"


def test_nothing_is_painted_while_the_step_stays(tied: Callable[..., Tied]) -> None:
    program = tied()
    before = program.tray().icon().cacheKey()
    program.stage.tap(Act.START)
    started = program.tray().icon().cacheKey()
    program.stage.later(minutes=5)
    assert before != started == program.tray().icon().cacheKey()
    program.stage.key(Qt.Key.Key_Up)
    assert program.tray().icon().cacheKey() != started


def test_every_step_has_an_icon_of_its_own_at_every_size(qapp: object) -> None:
    for size in SIZES:
        pictures = [tray_icon(stage).pixmap(size, size).toImage() for stage in (None, *Step)]
        assert all(one != other for one in pictures for other in pictures if one is not other), size
        assert {picture.width() for picture in pictures} == {size}


def test_the_menu_is_the_overlays_and_shows_and_hides(tied: Callable[..., Tied]) -> None:
    program = tied()
    stage = program.stage
    menu = program.tray().contextMenu()
    assert isinstance(menu, QMenu)
    for visible in (True, False):
        stage.overlay.setVisible(visible)
        menu.aboutToShow.emit()
        first = menu.actions()[1]
        assert first.text() == ("Hide overlay" if visible else "Show overlay")
        expected = stage.presenter.menus.everything(stage.overlay)
        here = {name: enabled for name, enabled in entries(menu).items() if name not in (first.text(), "")}
        assert {name: here[name] for name in entries(expected)} == entries(expected)
        expected.deleteLater()
        first.trigger()
        assert stage.overlay.isVisible() is not visible
    assert menu.actions()[0].text() == program.tray().toolTip()
    assert not menu.actions()[0].isEnabled()
    assert [action for action in menu.actions() if action.shortcut() != QKeySequence()] == []


def test_opening_the_menu_again_and_again_leaves_nothing_behind(tied: Callable[..., Tied]) -> None:
    program = tied()
    menu = program.tray().contextMenu()
    assert isinstance(menu, QMenu)
    counts = set()
    for _time in range(4):
        menu.aboutToShow.emit()
        program.stage.app.sendPostedEvents(None, 52)  # DeferredDelete
        counts.add(len(menu.findChildren(QObject)))
    assert len(counts) == 1


def test_a_click_shows_the_overlay_without_the_keyboard(tied: Callable[..., Tied]) -> None:
    program = tied()
    overlay = program.stage.overlay
    overlay.hide()
    program.tray().activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert overlay.isVisible()
    assert not overlay.has_keyboard


def test_the_setting_puts_the_icon_there_and_takes_it_away(tied: Callable[..., Tied]) -> None:
    program = tied(tray=False)
    assert program.ties._tray is None
    program.set(tray=True)
    assert program.tray().toolTip() == "Kohtaava · 45 min"
    program.set(tray=False)
    assert program.ties._tray is None
    program.stage.tap(Act.START)
