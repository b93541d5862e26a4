"""Windows that the overlay opens stand beside it, where the eye is, and not over it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.placement import area_of

FRAME = QSize(16, 40)  # what a window manager puts round a window, at most; it is not known before it is shown


def stand_beside(window: QWidget, overlay: Overlay) -> None:
    """Put ``window``, which is not shown yet, beside ``overlay``; without an overlay to be seen, the system decides."""
    from kohtaava_desktop.ui.stage_card import beside

    if not overlay.isVisible():
        return
    window.adjustSize()
    place = overlay.geometry()
    area = area_of(place.center().toTuple(), overlay.areas())
    window.move(beside(place, window.size() + FRAME, area).topLeft())
