"""Where the overlay stands, over any arrangement of monitors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.integration.desktop import Reserved, Side
from kohtaava_desktop.ui.placement import (
    SNAP,
    Area,
    Extent,
    Screen,
    area_of,
    clear_of,
    first_anchor,
    monitors_of,
    place_for,
    settle,
    signature,
    spot,
)

RESTING = Extent(344, 44, 267, 22, 44)
QUIET = Extent(344, 26, 267, 13, 26)
OPEN = Extent(344, 112, 267, 92, 40)
TALLEST = Extent(344, 240, 267, 220, 40)
DISCREET = Extent(96, 26, 48, 13, 26)
FORMS = (RESTING, QUIET, OPEN, TALLEST, DISCREET)

LAPTOP = Area(0, 0, 1366, 728, "eDP-1")
BESIDE = Area(1366, -200, 1920, 1080, "HDMI-1")


@st.composite
def arrangements(draw: st.DrawFn) -> list[Area]:
    """One to four screens beside each other, of any size and height, some with a gap where a panel stands."""
    areas: list[Area] = []
    x = draw(st.integers(-6000, 500))
    for number in range(draw(st.integers(1, 4))):
        area = Area(
            x + draw(st.integers(0, 60)),
            draw(st.integers(-2000, 2000)),
            draw(st.integers(640, 3840)),
            draw(st.integers(480, 2160)),
            f"screen {number}",
        )
        areas.append(area)
        x = area.x + area.w
    return draw(st.permutations(areas))


@st.composite
def desks(draw: st.DrawFn) -> list[Screen]:
    """What people have: monitors beside, above and over each other, upright, apart, scaled; panels on any side."""
    sizes = st.sampled_from(((800, 600), (1280, 720), (1366, 768), (1920, 1080), (2560, 1440), (3840, 2160)))
    screens: list[Screen] = []
    x, y = draw(st.integers(-5000, 500)), draw(st.integers(-3000, 500))
    for number in range(draw(st.integers(1, 4))):
        w, h = draw(sizes)
        if draw(st.booleans()):
            w, h = h, w  # turned upright
        scale = draw(st.sampled_from((1, 1, 1.25, 1.5, 2)))
        w, h = max(600, int(w / scale)), max(480, int(h / scale))
        whole = Area(x, y, w, h, draw(st.sampled_from(("eDP-1", f"DP-{number}", "DELL U2415", ""))))
        panels = draw(st.lists(st.sampled_from(Side), max_size=2))
        screens.append(Screen(whole, _without(whole, panels, draw(st.integers(1, 60)))))
        step = draw(st.sampled_from(("beside", "below", "mirrored", "apart", "overlapping")))
        x += {"beside": w, "apart": w + 700, "overlapping": w // 2}.get(step, 0)
        y += {"below": h, "apart": 300, "overlapping": -h // 3}.get(step, 0)
    return draw(st.permutations(screens))


def _without(whole: Area, panels: list[Side], thick: int) -> Area:
    """``whole`` without the panels along its edges."""
    left, top = (thick if side in panels else 0 for side in (Side.LEFT, Side.TOP))
    right, bottom = (thick if side in panels else 0 for side in (Side.RIGHT, Side.BOTTOM))
    return Area(whole.x + left, whole.y + top, whole.w - left - right, whole.h - top - bottom, whole.name)


def enlarged(form: Extent, by: float) -> Extent:
    """``form`` in another size."""
    return Extent(*(round(each * by) for each in (form.w, form.h, form.anchor_x, form.anchor_y, form.row)))


sizes = st.sampled_from((1.0, 1.15, 1.4))
points = st.tuples(st.integers(-12_000, 24_000), st.integers(-6000, 8000))


def inside(x: int, y: int, form: Extent, area: Area) -> bool:
    """Whether a window of ``form`` at (x, y) lies wholly in ``area``."""
    return area.x <= x and area.y <= y and x + form.w <= area.x + area.w and y + form.h <= area.y + area.h


@given(arrangements(), points)
def test_every_form_lies_wholly_on_one_screen(areas: list[Area], wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, areas, RESTING)
    for form in FORMS:
        place = spot(anchor, form, area_of(anchor, areas))
        assert sum(inside(place.x, place.y, form, area) for area in areas) == 1


@given(arrangements(), points)
def test_opening_never_moves_what_is_under_the_pointer(areas: list[Area], wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, areas, RESTING)
    for form in FORMS:
        place = spot(anchor, form, area_of(anchor, areas))
        y_in_form = form.anchor_y - (form.h - form.row) if place.flipped else form.anchor_y
        assert (place.x + form.anchor_x, place.y + y_in_form) == anchor


@given(arrangements(), points)
def test_a_form_grows_downwards_only_where_there_is_no_room_above(areas: list[Area], wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, areas, RESTING)
    area = area_of(anchor, areas)
    for form in FORMS:
        room_above = anchor[1] - form.anchor_y >= area.y
        assert spot(anchor, form, area).flipped is not room_above


@given(st.builds(Area, st.integers(-50, 50), st.integers(-50, 50), st.integers(1, 400), st.integers(1, 300)), points)
def test_on_a_screen_too_small_the_upper_left_corner_is_seen(area: Area, wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, [area], RESTING)
    for form in FORMS:
        place = spot(anchor, form, area)
        assert place.x == area.x if form.w >= area.w else place.x >= area.x
        assert place.y == area.y if form.h >= area.h else place.y >= area.y


@given(arrangements(), points)
def test_settling_again_changes_nothing(areas: list[Area], wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, areas, RESTING)
    assert settle(anchor, areas, RESTING) == anchor


@given(arrangements(), points)
def test_a_place_on_a_screen_stays_on_that_screen(areas: list[Area], wanted: tuple[int, int]) -> None:
    before = area_of(wanted, areas)
    assert area_of(settle(wanted, areas, RESTING), areas) == before
    assert before.holds(wanted) or not any(area.holds(wanted) for area in areas)


@given(arrangements(), st.data())
def test_a_place_well_inside_a_screen_is_kept_to_the_pixel(areas: list[Area], data: st.DataObject) -> None:
    area = data.draw(st.sampled_from(areas))
    x = data.draw(st.integers(area.x + SNAP, area.x + area.w - RESTING.w - SNAP))
    y = data.draw(st.integers(area.y + SNAP, area.y + area.h - RESTING.h - SNAP))
    wanted = x + RESTING.anchor_x, y + RESTING.anchor_y
    assert settle(wanted, areas, RESTING) == wanted


@pytest.mark.parametrize(("off", "stays_at"), [(0, 0), (11, 0), (-11, 0), (-300, 0), (12, 12), (40, 40)])
def test_it_snaps_to_an_edge_that_it_nearly_touches(off: int, stays_at: int) -> None:
    left, top = LAPTOP.x + RESTING.anchor_x, LAPTOP.y + RESTING.anchor_y
    right = LAPTOP.x + LAPTOP.w - RESTING.w + RESTING.anchor_x
    bottom = LAPTOP.y + LAPTOP.h - RESTING.h + RESTING.anchor_y
    assert settle((left + off, top + off), [LAPTOP], RESTING) == (left + stays_at, top + stays_at)
    assert settle((right - off, bottom - off), [LAPTOP], RESTING) == (right - stays_at, bottom - stays_at)


def test_a_screen_that_is_gone_gives_way_to_the_nearest_one() -> None:
    on_the_other = (2000, 300)
    assert area_of(on_the_other, [LAPTOP, BESIDE]) == BESIDE
    assert area_of(on_the_other, [LAPTOP]) == LAPTOP
    assert area_of((-500, 300), [BESIDE, LAPTOP]) == LAPTOP
    assert settle(on_the_other, [LAPTOP], RESTING) == (1366 - 344 + 267, 300)


@given(arrangements())
def test_at_first_it_stands_at_the_right_edge_a_third_from_the_top(areas: list[Area]) -> None:
    area = areas[0]
    anchor = first_anchor(area, RESTING)
    place = spot(anchor, RESTING, area)
    assert place.x + RESTING.w == area.x + area.w - SNAP
    assert place.y == area.y + area.h // 3
    assert settle(anchor, areas, RESTING) == anchor


def test_an_arrangement_is_known_by_its_screens_in_whatever_order() -> None:
    assert signature([LAPTOP, BESIDE]) == signature([BESIDE, LAPTOP])
    moved = Area(1366, 0, 1920, 1080, "HDMI-1")
    other = Area(1366, -200, 1920, 1080, "DP-1")
    smaller = Area(0, 0, 1366, 700, "eDP-1")
    names = {signature(areas) for areas in ([LAPTOP], [LAPTOP, BESIDE], [LAPTOP, moved], [LAPTOP, other], [smaller])}
    assert len(names) == 5


# remembered from one arrangement to another

NOBODY: dict[str, tuple[int, int]] = {}


def usable(screens: list[Screen]) -> list[Area]:
    return [screen.usable for screen in screens]


def arrangement(screens: list[Screen]) -> str:
    return signature(screen.whole for screen in screens)


def plain(*areas: Area) -> list[Screen]:
    """Screens without panels."""
    return [Screen(area, area) for area in areas]


@given(desks(), desks(), points, sizes)
def test_wherever_it_was_it_stands_wholly_on_a_screen_that_is_there(
    before: list[Screen], now: list[Screen], chosen: tuple[int, int], size: float
) -> None:
    places = {arrangement(before): chosen}
    resting = enlarged(RESTING, size)
    anchor = place_for(places, now, resting)
    place = spot(anchor, resting, area_of(anchor, usable(now)))
    assert any(inside(place.x, place.y, resting, area) for area in usable(now))
    for form in FORMS:
        place = spot(anchor, enlarged(form, size), area_of(anchor, usable(now)))
        assert any(inside(place.x, place.y, enlarged(form, size), area) for area in usable(now))


@given(desks(), points, sizes)
def test_it_does_not_drift_over_restarts(screens: list[Screen], chosen: tuple[int, int], size: float) -> None:
    resting = enlarged(RESTING, size)
    dropped = settle(chosen, usable(screens), resting)
    places = {arrangement(screens): dropped}
    for _start in range(3):
        places[arrangement(screens)] = place_for(places, screens, resting)
        assert places[arrangement(screens)] == dropped


@given(desks(), desks(), points)
def test_it_comes_back_when_the_monitors_do(at_desk: list[Screen], away: list[Screen], chosen: tuple[int, int]) -> None:
    dropped = settle(chosen, usable(at_desk), RESTING)
    places = {arrangement(at_desk): dropped}
    place_for(places, away, RESTING)
    assert place_for(places, at_desk, RESTING) == dropped
    elsewhere = settle((0, 0), usable(away), RESTING)
    if arrangement(away) != arrangement(at_desk):
        places[arrangement(away)] = elsewhere
        assert place_for(places, at_desk, RESTING) == dropped


@given(desks(), points)
def test_the_order_in_which_the_system_lists_monitors_does_not_matter(
    screens: list[Screen], chosen: tuple[int, int]
) -> None:
    dropped = settle(chosen, usable(screens), RESTING)
    places = {arrangement(screens): dropped}
    assert place_for(places, screens[::-1], RESTING) == dropped


@pytest.mark.parametrize(
    ("left", "top", "new_left", "new_top"),
    [
        (1920 - 344 - 12, 360, 1366 - 344 - 12, 302),  # at first: right edge, and a third down stays about that
        (0, 0, 0, 0),
        (1920 - 344, 1080 - 44, 1366 - 344, 768 - 44),
        ((1920 - 344) // 2, 0, (1366 - 344) // 2, 0),  # in the middle, below the camera
        (100, 1080 - 44 - 30, 100, 768 - 44 - 30),
    ],
)
def test_a_new_arrangement_takes_over_the_distance_to_the_near_edges(
    left: int, top: int, new_left: int, new_top: int
) -> None:
    docked = Area(1366, -200, 1920, 1080, "HDMI-1")
    laptop = Area(0, 0, 1366, 768, "eDP-1")
    chosen = docked.x + left + RESTING.anchor_x, docked.y + top + RESTING.anchor_y
    places = {signature([laptop, docked]): chosen}
    x, y = place_for(places, plain(laptop), RESTING)
    assert x - RESTING.anchor_x == new_left
    assert y - RESTING.anchor_y == pytest.approx(new_top, abs=60 if new_top == 302 else 0)


def test_the_same_monitor_is_found_again_among_others() -> None:
    chosen = BESIDE.x + 500 + RESTING.anchor_x, BESIDE.y + 100 + RESTING.anchor_y
    places = {signature([LAPTOP, BESIDE]): chosen}
    moved = Area(-1920, 300, 1920, 1080, "HDMI-1")
    turned = Area(-1080, 300, 1080, 1920, "HDMI-1")
    scaled = Area(0, -720, 1280, 720, "HDMI-1")
    assert place_for(places, plain(LAPTOP, moved), RESTING) == (moved.x + 500 + 267, moved.y + 100 + 22)
    for other in (turned, scaled):
        assert area_of(place_for(places, plain(LAPTOP, other), RESTING), [LAPTOP, other]) == other
    twins = [Area(0, 0, 1280, 720, "DELL"), Area(1280, 0, 1920, 1080, "DELL")]
    places = {signature([Area(0, 0, 1920, 1080, "DELL")]): (700, 400)}
    assert area_of(place_for(places, plain(*twins), RESTING), twins) == twins[1]


def test_the_arrangement_used_last_is_the_one_taken_over() -> None:
    other = Area(0, 0, 1600, 900, "DP-9")
    places = {signature([other]): (1000, 700), signature([BESIDE]): (BESIDE.x + 300, BESIDE.y + 40)}
    assert place_for(places, plain(LAPTOP), RESTING) == (300, 40)
    places[signature([other])] = places.pop(signature([other]))
    assert place_for(places, plain(LAPTOP), RESTING) != (300, 40)


@pytest.mark.parametrize("name", ["", "nonsense", "a:1x1+0", "a:1x1+0+0 b", "a:" + "9" * 5000 + "x1+0+0", ":::"])
def test_a_name_that_is_no_arrangement_is_passed_over(name: str) -> None:
    assert monitors_of(name) == []
    assert place_for({name: (5, 5)}, plain(LAPTOP), RESTING) == first_anchor(LAPTOP, RESTING)


@given(desks())
def test_an_arrangement_can_be_read_from_its_name(screens: list[Screen]) -> None:
    wholes = [screen.whole for screen in screens]
    assert sorted(monitors_of(signature(wholes)), key=str) == sorted(wholes, key=str)


def test_a_monitor_can_have_any_name() -> None:
    odd = [Area(0, 0, 1920, 1080, r"\\.\DISPLAY1"), Area(1920, 0, 1280, 1024, "ACME 24: 10x20+1 wide")]
    assert sorted(monitors_of(signature(odd)), key=str) == sorted(odd, key=str)


def test_a_panel_that_comes_and_goes_moves_it_there_and_back() -> None:
    low = Screen(LAPTOP, Area(0, 0, 1366, 690, "eDP-1"))
    chosen = settle((600, 9999), [LAPTOP], RESTING)
    places = {signature([LAPTOP]): chosen}
    assert place_for(places, [low], RESTING)[1] == 690 - 22
    assert place_for(places, plain(LAPTOP), RESTING) == chosen


# clear of panels


@pytest.mark.parametrize(
    ("reserved", "left"),
    [
        (Reserved(Side.BOTTOM, 0, 728 - 40, 1366, 40), Area(0, 0, 1366, 688, "eDP-1")),
        (Reserved(Side.TOP, 0, 0, 1366, 30), Area(0, 30, 1366, 698, "eDP-1")),
        (Reserved(Side.LEFT, 0, 0, 60, 728), Area(60, 0, 1306, 728, "eDP-1")),
        (Reserved(Side.RIGHT, 1300, 0, 66, 728), Area(0, 0, 1300, 728, "eDP-1")),
        (Reserved(Side.BOTTOM, 1366, 688, 1920, 40), LAPTOP),  # below the other monitor
        (Reserved(Side.LEFT, 0, 0, 1366 + 60, 728), LAPTOP),  # left of the other monitor, counted from here
        (Reserved(Side.TOP, 0, 0, 1366, 700), LAPTOP),  # no panel is as large as that
    ],
)
def test_a_panel_takes_room_on_its_own_monitor(reserved: Reserved, left: Area) -> None:
    assert clear_of(LAPTOP, [reserved]) == left


def test_a_panel_on_a_lower_monitor_counts_from_the_edge_of_the_whole_desktop() -> None:
    lower, root_height = Area(0, 0, 1280, 720), 1080
    panel = Reserved(Side.BOTTOM, 0, root_height - 400, 1280, 400)
    assert clear_of(lower, [panel]) == Area(0, 0, 1280, 680)


def test_panels_are_in_the_systems_pixels() -> None:
    scaled = Area(1920, 0, 960, 540)
    panel = Reserved(Side.BOTTOM, 1920, 1080 - 81, 1920, 81)
    assert clear_of(scaled, [panel], 2.0) == Area(1920, 0, 960, 499)


def test_several_panels_on_one_edge_take_no_more_than_the_deepest() -> None:
    panels = [Reserved(Side.TOP, 0, 0, 600, 20), Reserved(Side.TOP, 600, 0, 766, 32)]
    assert clear_of(LAPTOP, panels) == Area(0, 32, 1366, 696, "eDP-1")


# mirrored


@given(desks(), points)
def test_settled_it_is_settled(screens: list[Screen], wanted: tuple[int, int]) -> None:
    anchor = settle(wanted, usable(screens), RESTING)
    assert settle(anchor, usable(screens), RESTING) == anchor


def test_on_mirrored_screens_it_is_seen_on_both() -> None:
    projector, laptop = Area(0, 0, 1280, 720), Area(0, 0, 1920, 1080)
    anchor = settle((1200, 700), [laptop, projector], RESTING)
    assert inside(anchor[0] - 267, anchor[1] - 22, RESTING, projector)
    assert settle((1900, 1000), [laptop, projector], RESTING) == (1920 - 344 + 267, 1000)
