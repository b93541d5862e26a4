"""Where the overlay stands, over any arrangement of monitors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.ui.placement import SNAP, Area, Extent, area_of, first_anchor, settle, signature, spot

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
