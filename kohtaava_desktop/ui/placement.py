"""Where the overlay stands: plain geometry, in logical pixels.

The overlay is held by its *anchor*: the middle of the place of *step up*. Every form puts that place on the anchor, so
that opening never moves what is under the pointer. A form grows upwards from there, or downwards near the top edge.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SNAP = 12


@dataclass(frozen=True, slots=True)
class Area:
    """The usable part of a screen, clear of the taskbar, and what tells the screen from another."""

    x: int
    y: int
    w: int
    h: int
    name: str = ""

    def holds(self, point: tuple[int, int]) -> bool:
        """Whether ``point`` lies in the area."""
        return self.x <= point[0] < self.x + self.w and self.y <= point[1] < self.y + self.h


@dataclass(frozen=True, slots=True)
class Extent:
    """The size of a form and where in it the anchor lies; ``row`` is the height of its lowest band, with the anchor."""

    w: int
    h: int
    anchor_x: int
    anchor_y: int
    row: int


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a window goes; ``flipped``: the band with the anchor is on top."""

    x: int
    y: int
    flipped: bool


def signature(areas: Sequence[Area]) -> str:
    """The name of an arrangement of monitors; a place is remembered under it."""
    return " ".join(sorted(f"{each.name}:{each.w}x{each.h}{each.x:+d}{each.y:+d}" for each in areas))


def first_anchor(area: Area, resting: Extent) -> tuple[int, int]:
    """The place at first: the right edge, a third from the top."""
    return area.x + area.w - SNAP - (resting.w - resting.anchor_x), area.y + area.h // 3 + resting.anchor_y


def area_of(anchor: tuple[int, int], areas: Sequence[Area]) -> Area:
    """The screen that the anchor is on, or the nearest one that exists."""
    return min(areas, key=lambda area: 0 if area.holds(anchor) else _distance(anchor, area))


def settle(anchor: tuple[int, int], areas: Sequence[Area], resting: Extent) -> tuple[int, int]:
    """``anchor`` moved so that the resting form lies wholly on one screen, snapped to an edge it nearly touches."""
    area = area_of(anchor, areas)
    x = _hold(anchor[0] - resting.anchor_x, area.x, area.x + area.w - resting.w)
    y = _hold(anchor[1] - resting.anchor_y, area.y, area.y + area.h - resting.h)
    return x + resting.anchor_x, y + resting.anchor_y


def spot(anchor: tuple[int, int], form: Extent, area: Area) -> Spot:
    """Where ``form`` stands: its anchor on the anchor, upwards if there is room, wholly inside ``area``."""
    up = anchor[1] - form.anchor_y
    flipped = up < area.y and form.h > form.row
    y = anchor[1] - (form.anchor_y - (form.h - form.row)) if flipped else up
    x = anchor[0] - form.anchor_x
    return Spot(_clip(x, area.x, area.x + area.w - form.w), _clip(y, area.y, area.y + area.h - form.h), flipped)


def _clip(value: int, lowest: int, highest: int) -> int:
    return max(lowest, min(value, highest))


def _hold(value: int, lowest: int, highest: int) -> int:
    if abs(value - lowest) < SNAP:
        return lowest
    if abs(value - highest) < SNAP:
        return max(lowest, highest)
    return _clip(value, lowest, highest)


def _distance(point: tuple[int, int], area: Area) -> int:
    x = _clip(point[0], area.x, area.x + area.w - 1)
    y = _clip(point[1], area.y, area.y + area.h - 1)
    return (point[0] - x) ** 2 + (point[1] - y) ** 2
