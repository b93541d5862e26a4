"""What the user guide shows beside the states of the overlay: the windows that are opened from it."""

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop.domain import commands
from kohtaava_desktop.ui.cards.stage_card import StageCard
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.settings.dialog import SettingsDialog

Window = TypeVar("Window", bound=QWidget)

if TYPE_CHECKING:
    from bench.studio import Studio


async def windows(studio: "Studio") -> None:
    """The card of a step; the settings."""
    await studio.at(0)
    await studio.press(Act.START, Act.GOT_IT)
    await studio.at(5)
    await studio.press(Act.STEP_UP)
    studio.stage.presenter.act(Act.EXPLAIN)
    card = _window(StageCard)
    studio.keep("stage-card", card.grab().toImage())
    card.close()
    await studio.stage.controller.perform(commands.Discard())
    studio.stage.presenter.opener.open_settings()
    settings = _window(SettingsDialog)
    studio.keep("settings", settings.grab().toImage())
    settings.close()


def _window(kind: type[Window]) -> Window:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind))
