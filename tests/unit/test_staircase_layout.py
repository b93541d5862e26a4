"""The layout of the staircase: plain arithmetic, the same for everything that shows a meeting."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.ui.staircase import (
    FLOOR,
    HEADROOM,
    Box,
    Stairs,
    Step,
    emblem,
    finished_stairs,
    lay_out,
    level,
    running_stairs,
)
from tests.unit.domain.histories import played_meetings
from tests.unit.domain.played import Played, minute, play

BOX = Box(14, 14, 240, 60)
UP, BACK = commands.StepUp(), commands.StepBack()


def widths(stairs: Stairs) -> list[float]:
    """How wide each tread is."""
    return [round(tread.x2 - tread.x1, 6) for tread in stairs.treads]


def test_each_visit_is_a_tread_as_long_as_it_lasted_and_a_step_back_goes_down() -> None:
    meeting = play((5, UP), (15, UP), (20, BACK), (25, UP), minutes=60).now
    stairs = running_stairs(BOX, meeting, minute(30))
    assert widths(stairs) == [20, 40, 20, 20, 20]
    assert stairs.treads[0].x1 == BOX.x
    heights = [tread.y for tread in stairs.treads]
    assert heights[0] > heights[1] > heights[2]
    assert heights[3] == heights[1]
    assert heights[4] == heights[2]
    assert stairs.boundaries == tuple(tread.x1 for tread in stairs.treads[1:])


def test_the_tinted_zone_is_the_time_kept_for_the_farewell() -> None:
    stairs = running_stairs(BOX, play(minutes=60).now, minute(0))
    assert stairs.zone is not None
    assert stairs.zone == pytest.approx((BOX.right - 9 * 4, BOX.right))
    assert stairs.dot


def test_after_the_planned_end_the_staircase_shrinks_to_make_room() -> None:
    stairs = running_stairs(BOX, play((30, UP), minutes=45).now, minute(60))
    assert widths(stairs) == [120, 120]
    assert stairs.treads[-1].x2 == pytest.approx(BOX.right)
    assert stairs.zone is not None
    assert stairs.zone == pytest.approx((BOX.x + 38 * 4, BOX.x + 45 * 4))


def test_a_finished_meeting_fills_the_width_without_what_was_no_part_of_it() -> None:
    meeting = play((10, UP), (35, commands.NoticeGap(1200, GapKind.SLEEP))).do(minute(35), commands.AnswerGap(False))
    meeting.do(minute(40), commands.Finish())
    stairs = finished_stairs(BOX, meeting.now)
    assert widths(stairs) == [120, 120]
    assert stairs.zone is None
    assert not stairs.dot


def test_a_finished_meeting_of_no_length_can_be_drawn() -> None:
    stairs = finished_stairs(BOX, play((0, commands.Finish())).now)
    assert widths(stairs) == [0]


def test_the_emblem_is_four_even_steps() -> None:
    stairs = emblem(BOX)
    assert widths(stairs) == [60] * 4
    assert [tread.stage for tread in stairs.treads] == list(Stage)
    assert stairs.treads[-1].y == BOX.y


def test_steps_rise_evenly_between_floor_and_headroom() -> None:
    heights = [level(BOX, stage) for stage in Stage]
    assert heights[0] == BOX.bottom - FLOOR
    assert heights[3] == pytest.approx(BOX.y + HEADROOM)
    rises = [before - after for before, after in pairwise(heights)]
    assert rises == pytest.approx([(BOX.h - FLOOR - HEADROOM) / 3] * 3)


@given(played_meetings(), st.integers(0, 300))
def test_whatever_happened_the_staircase_stays_in_its_box(played: Played, after: int) -> None:
    meeting = played.now
    now = max(event.at for event in played.events) + after * 60
    stairs = running_stairs(BOX, meeting, now) if meeting.running else finished_stairs(BOX, meeting)
    assert len(stairs.treads) == len(meeting.visits)
    for tread in stairs.treads:
        assert BOX.x <= tread.x1
        assert tread.x2 <= BOX.right + 1e-6
        assert BOX.y <= tread.y <= BOX.bottom
    if stairs.zone is not None:
        assert BOX.x <= stairs.zone[0] <= stairs.zone[1] <= BOX.right + 1e-6


@given(st.lists(st.tuples(st.sampled_from(Stage), st.floats(0, 1e5)), min_size=1, max_size=12), st.floats(0.1, 5))
def test_treads_follow_each_other_and_keep_their_proportions(visits: list[tuple[Stage, float]], room: float) -> None:
    steps, at = [], 0.0
    for stage, seconds in visits:
        steps.append(Step(stage, at, at + seconds))
        at += seconds
    stairs = lay_out(BOX, steps, at * max(room, 1))
    assert stairs.treads[0].x1 == BOX.x
    for before, after in pairwise(stairs.treads):
        assert before.x2 == after.x1
    if at >= 1:
        per_second = BOX.w / (at * max(room, 1))
        assert widths(stairs) == pytest.approx([(step.end - step.start) * per_second for step in steps], abs=1e-6)
