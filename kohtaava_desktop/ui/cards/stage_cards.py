"""Opens the card of a step when it is asked for, and closes it once it is out of date; never opens one by itself."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.overlay import Overlay

if TYPE_CHECKING:
    from kohtaava_desktop.ui.cards.stage_card import StageCard


class StageCards:
    """The one card that can be open at a time."""

    def __init__(self, controller: Controller, overlay: Overlay) -> None:
        self._controller, self._overlay = controller, overlay
        self._card: StageCard | None = None
        self._moment: object = None
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        for changed in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
            changed.connect(self._screens_changed)

    @property
    def card(self) -> "StageCard | None":
        """The card that is open now."""
        return self._card

    def show(self, stage: Stage) -> None:
        """Open the card of ``stage`` beside the overlay; asked for again, it closes."""
        again = self._card is not None and self._card.stage is stage
        self.close()
        if not again:
            self._open(stage)

    def close(self) -> None:
        """Close the card, if one is open."""
        if self._card is not None:
            self._card.close()

    def follow(self) -> None:
        """Close the card when the meeting has gone on, or is to be discreet; otherwise keep the overlay's colours."""
        if self._card is None:
            return
        if self._now() != self._moment:
            self.close()
        else:
            self._card.take_palette(self._overlay.palette_in_use)

    def speak_anew(self) -> None:
        """The language changed: the card stands there in the new one."""
        if self._card is not None:
            stage = self._card.stage
            self.close()
            self._open(stage)

    def _open(self, stage: Stage) -> None:
        from kohtaava_desktop.ui.cards.stage_card import StageCard

        overlay = self._overlay
        card = StageCard(
            overlay.palette_in_use,
            overlay.type_in_use,
            overlay.unit,
            stage,
            keyboard=overlay.has_keyboard,
            translucent=overlay.translucent,
        )
        card.closed.connect(self._left)
        self._card, self._moment = card, self._now()
        card.show_beside(overlay.geometry(), overlay.room())

    def _screens_changed(self, *_changed: object) -> None:
        QTimer.singleShot(0, self._stand_again)  # once the overlay has been placed anew

    def _stand_again(self) -> None:
        if self._card is not None:
            self._card.show_beside(self._overlay.geometry(), self._overlay.room())

    def _left(self, had_keyboard: bool) -> None:
        card, self._card = self._card, None
        if card is not None:
            card.deleteLater()
        if had_keyboard:
            QTimer.singleShot(0, self._overlay.take_keyboard)  # once the card is gone

    def _now(self) -> object:
        """What a card is about; when it changes, the card is out of date."""
        meeting = self._controller.meeting
        if meeting is None:
            return None
        return meeting.key, meeting.stage, meeting.running, self._controller.resting_view is View.DISCREET
