"""Where the windows stand that are opened from the overlay: beside it, where the eye is, and not over it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from kohtaava_desktop.ui.dialog_style import unit_of

if TYPE_CHECKING:
    from kohtaava_desktop.ui.overlay import Overlay

GAP = 8  # logical pixels between the overlay and a window
WINDOW_GAP = 12  # the same for a large window
SHARE = 0.88  # of the room, at most, for a large window
FRAME = QSize(16, 40)  # what a window manager puts round a window, at most; it is not known before it is shown


def stand_beside(window: QWidget, overlay: "Overlay") -> None:
    """Put ``window`` beside ``overlay``; without an overlay to be seen, the system decides."""
    if overlay.isVisible():
        if not window.isVisible():
            window.adjustSize()
        window.move(beside(overlay.geometry(), window.size() + FRAME, overlay.room()).topLeft())


def bring_up(window: QWidget, size: QSize, narrowest: int, room: QRect | None, overlay: QRect | None) -> None:
    """Bring a large window to the front, with the keyboard: somebody asked for it.

    At first it stands in ``room``, the usable part of a screen (the primary screen's if not given), clear of
    ``overlay`` where that can be. ``size`` and ``narrowest`` are in units of the window's font.
    """
    if not window.isVisible():
        u = unit_of(window)
        room = room or QGuiApplication.primaryScreen().availableGeometry()
        place = in_the_middle(overlay or QRect(), size * u, room, round(narrowest * u))
        window.resize(place.size())
        window.move(place.topLeft())
    window.show()
    window.raise_()
    window.activateWindow()


def beside(overlay: QRect, size: QSize, room: QRect) -> QRect:
    """The place for a small window of ``size``: left of ``overlay``, else right, below or above, wholly in ``room``.

    Where none of these has room it stands at the side with the most room, and lies over the overlay.
    """
    left, right = overlay.left() - GAP - size.width(), overlay.right() + 1 + GAP
    above, below = overlay.top() - GAP - size.height(), overlay.bottom() + 1 + GAP
    corners = ((left, overlay.top()), (right, overlay.top()), (overlay.left(), below), (overlay.left(), above))
    places = [_inside(QRect(x, y, size.width(), size.height()), room) for x, y in corners]
    kept_clear = overlay.adjusted(1 - GAP, 1 - GAP, GAP - 1, GAP - 1)
    free = [place for place in places if not place.intersects(kept_clear)]
    fallback = places[0] if overlay.left() - room.left() >= room.right() - overlay.right() else places[1]
    return free[0] if free else fallback


def in_the_middle(overlay: QRect, size: QSize, room: QRect, narrow: int) -> QRect:
    """The place for a large window of ``size``: in the middle of ``room``, but clear of ``overlay`` where that can be.

    Where there is little room it is made narrower, down to ``narrow``, and then lies under the overlay in part.
    """
    most = room.size() * SHARE
    size = size.boundedTo(most)
    place = QRect(room.topLeft(), size)
    place.moveCenter(room.center())
    place.moveTop(room.top() + round((room.height() - size.height() / SHARE) / 2))
    if not place.intersects(overlay) or not room.intersects(overlay):
        return place
    left, right = overlay.left() - WINDOW_GAP - room.left(), room.right() - WINDOW_GAP - overlay.right()
    place.setWidth(min(size.width(), max(left, right, min(narrow, most.width()))))
    place.moveLeft(max(room.left(), overlay.left() - WINDOW_GAP - place.width()))
    if right > left:
        place.moveLeft(min(overlay.right() + 1 + WINDOW_GAP, room.right() + 1 - place.width()))
    return place


def _inside(place: QRect, room: QRect) -> QRect:
    x = max(room.left(), min(place.left(), room.right() + 1 - place.width()))
    y = max(room.top(), min(place.top(), room.bottom() + 1 - place.height()))
    return QRect(x, y, place.width(), place.height())
