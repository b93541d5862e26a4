"""Where the overlay stands: plain geometry, in logical pixels.

The overlay is held by its *anchor*: the middle of the place of *step up*. Every form puts that place on the anchor, so
that opening never moves what is under the pointer. A form grows upwards from there, or downwards near the top edge.

A place is remembered for each arrangement of monitors as it was chosen, and clamped to the screens only where it is
used: a taskbar that comes and goes moves the overlay there and back. A new arrangement takes over the place of the last
one: at the same distance from the same edges, on the same monitor, or on the primary one where that is gone.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kohtaava_desktop.integration.desktop import Reserved, Side

SNAP = 12
LARGEST_SHARE = 0.5  # of a screen, that a panel is believed to keep for itself
_MONITOR = r"(.{0,200}?):(\d{1,6})x(\d{1,6})([+-]\d{1,6})([+-]\d{1,6})(?: |$)"  # compiled when first needed


class Area(NamedTuple):
    """A screen or a part of it, in logical pixels, and the monitor's name."""

    x: int
    y: int
    w: int
    h: int
    name: str = ""

    def holds(self, point: tuple[int, int]) -> bool:
        """Whether ``point`` lies in the area."""
        return self.x <= point[0] < self.x + self.w and self.y <= point[1] < self.y + self.h


class Screen(NamedTuple):
    """The ``whole`` of a screen, and what of it is ``usable``: clear of the taskbar."""

    whole: Area
    usable: Area


class Extent(NamedTuple):
    """The size of a form and where in it the anchor lies; ``row`` is the height of its lowest band, with the anchor."""

    w: int
    h: int
    anchor_x: int
    anchor_y: int
    row: int


class Spot(NamedTuple):
    """Where a window goes; ``flipped``: the band with the anchor is on top."""

    x: int
    y: int
    flipped: bool


def signature(wholes: Iterable[Area]) -> str:
    """The name of an arrangement of monitors, given by the whole of each; a place is remembered under it."""
    return " ".join(sorted(f"{each.name}:{each.w}x{each.h}{each.x:+d}{each.y:+d}" for each in wholes))


def monitors_of(arrangement: str) -> list[Area]:
    """The monitors of an arrangement named by ``signature``; empty when it is no such name."""
    found: list[Area] = []
    at = 0
    while at < len(arrangement):
        match = re.compile(_MONITOR).match(arrangement, at)
        if match is None:
            return []
        name, w, h, x, y = match.groups()
        found.append(Area(int(x), int(y), int(w), int(h), name))
        at = match.end()
    return found


def place_for(places: dict[str, tuple[int, int]], screens: Sequence[Screen], resting: Extent) -> tuple[int, int]:
    """The anchor on ``screens``, of which the first is the primary one.

    ``places`` maps arrangements to anchors, the one used last at the end.
    """
    wanted = places.get(signature(screen.whole for screen in screens))
    if wanted is None:
        wanted = _taken_over(places, [screen.whole for screen in screens], resting)
    if wanted is None:
        wanted = first_anchor(screens[0].usable, resting)
    return settle(wanted, [screen.usable for screen in screens], resting)


def first_anchor(area: Area, resting: Extent) -> tuple[int, int]:
    """The place at first: the right edge, a third from the top."""
    return area.x + area.w - SNAP - (resting.w - resting.anchor_x), area.y + area.h // 3 + resting.anchor_y


def _taken_over(places: dict[str, tuple[int, int]], wholes: Sequence[Area], resting: Extent) -> tuple[int, int] | None:
    """The place on the arrangement used last, carried over to the monitors of now."""
    for arrangement in reversed(places):
        before = monitors_of(arrangement)
        if before:
            anchor = places[arrangement]
            source = area_of(anchor, before)
            same = [each for each in wholes if source.name and each.name == source.name]
            target = next((each for each in same if (each.w, each.h) == (source.w, source.h)), (*same, wholes[0])[0])
            left, top = anchor[0] - resting.anchor_x - source.x, anchor[1] - resting.anchor_y - source.y
            x = target.x + _along(left, source.w - resting.w, target.w - resting.w)
            y = target.y + _along(top, source.h - resting.h, target.h - resting.h)
            return x + resting.anchor_x, y + resting.anchor_y
    return None


def _along(offset: int, room: int, new_room: int) -> int:
    """An offset in ``room`` carried over: as far from a near edge; in the middle third, in proportion."""
    if offset * 3 <= room:
        return offset
    return new_room - (room - offset) if offset * 3 >= room * 2 else round(offset * new_room / room)


def clear_of(area: Area, reserved: Iterable[Reserved], scale: float = 1.0) -> Area:
    """``area`` without what panels along its edges keep for themselves.

    ``reserved`` is in the system's pixels, of which ``scale`` make a logical one; the origin of a screen is the same in
    both.
    """
    right, bottom = area.x + area.w * scale, area.y + area.h * scale
    cut = dict.fromkeys(Side, 0.0)
    for each in reserved:
        if each.x + each.w <= area.x or each.x >= right or each.y + each.h <= area.y or each.y >= bottom:
            continue
        deep = {
            Side.LEFT: each.x + each.w - area.x,
            Side.RIGHT: right - each.x,
            Side.TOP: each.y + each.h - area.y,
            Side.BOTTOM: bottom - each.y,
        }[each.side] / scale
        length = area.w if each.side in (Side.LEFT, Side.RIGHT) else area.h
        if deep <= length * LARGEST_SHARE:  # more is another monitor's panel, beyond this one
            cut[each.side] = max(cut[each.side], deep)
    left, top, right_cut, bottom_cut = (
        -int(-cut[side] // 1) for side in (Side.LEFT, Side.TOP, Side.RIGHT, Side.BOTTOM)
    )
    return area._replace(x=area.x + left, y=area.y + top, w=area.w - left - right_cut, h=area.h - top - bottom_cut)


def area_of(anchor: tuple[int, int], areas: Sequence[Area]) -> Area:
    """The screen that the anchor is on, or the nearest one that exists; of mirrored ones the smallest."""
    return min(areas, key=lambda area: (_distance(anchor, area), area.w * area.h, area.x, area.y, area.name))


def settle(anchor: tuple[int, int], areas: Sequence[Area], resting: Extent) -> tuple[int, int]:
    """``anchor`` moved so that the resting form lies wholly on one screen, snapped to an edge it nearly touches."""
    for _again in areas:  # where screens overlap, the move may end on a smaller one, and is then held on that
        area = area_of(anchor, areas)
        x = _hold(anchor[0] - resting.anchor_x, area.x, area.x + area.w - resting.w)
        y = _hold(anchor[1] - resting.anchor_y, area.y, area.y + area.h - resting.h)
        anchor = x + resting.anchor_x, y + resting.anchor_y
    return anchor


def spot(anchor: tuple[int, int], form: Extent, area: Area) -> Spot:
    """Where ``form`` stands: its anchor on the anchor, upwards if there is room, wholly inside ``area``."""
    up = anchor[1] - form.anchor_y
    down = anchor[1] - (form.anchor_y - (form.h - form.row))
    flipped = form.h > form.row and down + form.h - (area.y + area.h) < area.y - up > 0  # the way with more room
    y = down if flipped else up
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
