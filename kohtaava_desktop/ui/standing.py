"""Where the overlay stands on the screens that there are now, and how it is dragged to another place."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication

from kohtaava_desktop.integration.desktop import Desktop
from kohtaava_desktop.ui.placement import (
    Area,
    Extent,
    Screen,
    Spot,
    area_of,
    clear_of,
    place_for,
    settle,
    signature,
    spot,
)


def screens_now(desktop: Desktop) -> list[Screen]:
    """The screens, the primary one first."""
    found = QGuiApplication.screens()
    reserved = desktop.reserved() if len(found) > 1 else ()
    return [
        Screen(
            _area(each.geometry(), each.name()),
            clear_of(_area(each.availableGeometry(), each.name()), reserved, each.devicePixelRatio()),
        )
        for each in found
    ]


class Standing:
    """Keeps the anchor. ``places`` maps arrangements of monitors to anchors, the one used last at the end."""

    def __init__(self, places: dict[str, tuple[int, int]], desktop: Desktop) -> None:
        self._places, self._desktop = places, desktop
        self._screens: list[Screen] = []
        self._anchor: tuple[int, int] | None = None
        self._drag: tuple[QPoint, tuple[int, int]] | None = None

    @property
    def areas(self) -> list[Area]:
        """The usable part of every screen, as it was when the overlay was last placed."""
        if not self._screens:
            self._screens = screens_now(self._desktop)
        return [screen.usable for screen in self._screens]

    @property
    def dragged(self) -> bool:
        """Whether the pointer holds the overlay, moved or not."""
        return self._drag is not None

    def dragged_by(self, where: QPoint) -> int:
        """How far the pointer has come since it took hold; -1 when it has not."""
        return -1 if self._drag is None else (where - self._drag[0]).manhattanLength()

    def anchor(self, resting: Extent) -> tuple[int, int]:
        """The anchor; found anew after ``look_again``."""
        if self._anchor is None:
            self._screens = screens_now(self._desktop)
            self._anchor = place_for(self._places, self._screens, resting)
        return self._anchor

    def look_again(self) -> None:
        """Screens, panels or sizes have changed: stand where this arrangement of monitors remembers it."""
        self._anchor = None

    def spot(self, form: Extent, resting: Extent) -> Spot:
        """Where ``form`` goes."""
        anchor = self.anchor(resting)
        return spot(anchor, form, area_of(anchor, self.areas))

    def drag_from(self, where: QPoint, resting: Extent) -> None:
        """A drag began at ``where``."""
        self._drag = (where, self.anchor(resting))

    def drag_to(self, where: QPoint, form: Extent) -> QPoint | None:
        """The upper left corner of ``form`` with the pointer at ``where``; ``None`` when nothing is dragged."""
        if self._drag is None:
            return None
        start, anchor = self._drag
        moved = where - start
        self._anchor = x, y = anchor[0] + moved.x(), anchor[1] + moved.y()
        return QPoint(x - form.anchor_x, y - form.anchor_y)

    def let_go(self) -> None:
        """The press was no drag."""
        self._drag = None

    def drop(self, resting: Extent) -> tuple[str, int, int] | None:
        """The drag ended: settle on a screen, clear of panels; the arrangement and the anchor to remember."""
        self._drag = None
        if self._anchor is None:
            return None
        self._screens = screens_now(self._desktop)
        x, y = self._anchor = settle(self._anchor, self.areas, resting)
        return signature(screen.whole for screen in self._screens), x, y


def _area(rectangle: QRect, name: str) -> Area:
    return Area(rectangle.x(), rectangle.y(), rectangle.width(), rectangle.height(), name)
