"""What the overlay opens stands beside it, and not over it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kohtaava_desktop.ui.beside import stand_beside
from kohtaava_desktop.ui.opener import Opener
from kohtaava_desktop.ui.placement import signature
from tests.ui.stage import Stage

SIZE = 300, 120


@pytest.mark.parametrize("anchor", [(700, 300), (700, 40), (700, 770), (280, 300)])
def test_it_stands_beside_and_wholly_on_the_screen(make_stage: Callable[..., Stage], anchor: tuple[int, int]) -> None:
    first = make_stage()
    stage = make_stage(places={signature(first.overlay.areas()): anchor})
    window = QWidget()
    window.setFixedSize(*SIZE)
    stand_beside(window, stage.overlay)
    place = QRect(window.pos(), window.size())
    assert not place.intersects(stage.overlay.geometry())
    assert stage.overlay.screen().availableGeometry().contains(place)
    window.deleteLater()


def test_without_an_overlay_to_be_seen_the_system_decides(stage: Stage) -> None:
    stage.overlay.hide()
    window = QWidget()
    before = window.pos()
    stand_beside(window, stage.overlay)
    assert window.pos() == before
    window.deleteLater()


@pytest.mark.parametrize(
    ("ask", "title"),
    [(Opener.ask_length, "Planned length"), (Opener.tell_about, "About Kohtaava Desktop")],
)
@pytest.mark.parametrize("anchor", [(700, 300), (700, 40), (700, 770)])
def test_the_programs_windows_stand_beside(
    make_stage: Callable[..., Stage], ask: Callable[[Opener], None], title: str, anchor: tuple[int, int]
) -> None:
    """Also those that take their size only as they show."""
    first = make_stage()
    stage = make_stage(places={signature(first.overlay.areas()): anchor})
    ask(stage.presenter.opener)
    [dialog] = [each for each in QApplication.topLevelWidgets() if each.windowTitle() == title and each.isVisible()]
    assert not QRect(dialog.pos(), dialog.size()).intersects(stage.overlay.geometry())
    assert all(button.icon().isNull() for button in dialog.findChildren(QPushButton))
    dialog.close()
