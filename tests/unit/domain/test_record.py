import json
from dataclasses import asdict, fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.commands import (
    AnswerGap,
    Command,
    Discard,
    Extend,
    Finish,
    Forget,
    Mark,
    Mend,
    NoticeGap,
    Pin,
    Redo,
    Start,
    StepBack,
    StepUp,
    Undo,
)
from kohtaava_desktop.domain.events import Channel, GapKind, Marks
from kohtaava_desktop.domain.record import Quality, Record, iso_week, quality_of, record_of
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.histories import moved, played_meetings
from tests.unit.domain.played import BEGUN, Played, minute, play

UP, BACK = StepUp(), StepBack()
DAY = date(2026, 11, 18)
SLEEP, AWAY, CLOCK = GapKind.SLEEP, GapKind.AWAY, GapKind.CLOCK

E, G, A, F = Stage


def record(*steps: tuple[float, Command], minutes: int = 45) -> Record:
    return record_of(play(*steps, minutes=minutes).now, DAY)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 18), "2026-W47"),
        (date(2026, 1, 1), "2026-W01"),  # a Thursday
        (date(2025, 12, 29), "2026-W01"),  # the Monday before it
        (date(2025, 12, 28), "2025-W52"),
        (date(2026, 12, 31), "2026-W53"),  # a year of 53 weeks
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2023, 1, 1), "2022-W52"),
        (date(2021, 1, 1), "2020-W53"),
        (date(2026, 3, 2), "2026-W10"),
    ],
)
def test_a_week_belongs_to_the_year_of_its_thursday(day: date, week: str) -> None:
    assert iso_week(day) == week


@given(st.dates(date(1000, 1, 1), date(9999, 12, 25)))
def test_the_week_does_not_tell_the_day(day: date) -> None:
    monday = date.fromordinal(day.toordinal() - day.weekday())
    assert {iso_week(date.fromordinal(monday.toordinal() + n)) for n in range(7)} == {iso_week(day)}


def test_a_record_keeps_these_values_and_no_others() -> None:
    assert [field.name for field in fields(Record)] == [
        "key",
        "iso_week",
        "planned_minutes",
        "marks",
        "furthest_stage",
        "quality",
        "visits",
    ]
    assert [field.name for field in fields(Marks)] == ["channel", "new_client", "interpreter"]


@given(played_meetings(), st.integers(0, 3 * 366 * 24 * 3600))
def test_the_same_meeting_at_any_other_time_leaves_the_same_record(played: Played, later: int) -> None:
    meeting = played.now
    if meeting.finished_at is None or meeting.discarded:
        return
    kept = record_of(meeting, DAY)
    assert str(int(BEGUN))[:6] not in json.dumps(asdict(kept))
    assert record_of(Played(moved(played.events, float(later))).now, DAY) == kept


def test_a_record_of_an_ordinary_meeting() -> None:
    assert record((5, UP), (17.5, UP), (20, BACK), (24, UP), (37, UP), (44.9, Finish())) == Record(
        key="k",
        iso_week="2026-W47",
        planned_minutes=45,
        marks=Marks(),
        furthest_stage=F,
        quality=Quality.OK,
        visits=((E, 300), (G, 750), (A, 150), (G, 240), (A, 780), (F, 474)),
    )


def test_the_furthest_step_is_not_the_last_one() -> None:
    assert record((5, UP), (6, UP), (7, BACK), (8, BACK), (9, Finish())).furthest_stage is A
    assert record((9, Finish())).furthest_stage is E


def test_a_step_undone_was_never_taken() -> None:
    assert record((5, UP), (6, UP), (7, Undo()), (9, Finish())).furthest_stage is G


def test_the_planned_length_is_the_one_that_was_booked() -> None:
    assert record((5, Extend(30)), (9, Finish())).planned_minutes == 45
    late = Played().do(BEGUN, Start("k", 45, until_appointed_end=38)).do(minute(30), Finish())
    assert record_of(late.now, DAY).planned_minutes == 45


def test_the_marks_are_the_last_ones_set() -> None:
    marks = Marks(Channel.VIDEO, interpreter=True)
    assert record((5, Mark(Marks(Channel.PHONE))), (6, Mark(marks)), (9, Finish())).marks == marks


def test_seconds_are_whole() -> None:
    assert record((1 / 60 / 2, UP), (1, Finish())).visits == ((E, 0), (G, 60))


@pytest.mark.parametrize(
    ("steps", "quality"),
    [
        (((9, Finish()),), Quality.OK),
        (((5, UP), (9, Finish()), (9, Mend(0, minute(4)))), Quality.MENDED),
        (((5, UP), (9, Finish()), (9, Mend(0, minute(4))), (9, Undo())), Quality.OK),
        (((5, UP), (9, Finish()), (9, Mend(0, minute(4))), (9, Undo()), (9, Redo())), Quality.MENDED),
        (((9, NoticeGap(300, SLEEP)), (9, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, AWAY)), (9, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, CLOCK)), (9, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, SLEEP)), (9, AnswerGap(True)), (9, Finish())), Quality.OK),
        (((9, NoticeGap(300, SLEEP)), (9, AnswerGap(False)), (9, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, AWAY)), (9, AnswerGap(False)), (9, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, CLOCK)), (9, AnswerGap(True)), (9, Finish())), Quality.OK),
        (((9, NoticeGap(300, CLOCK)), (9, AnswerGap(False)), (9, Finish())), Quality.OK),
        (((9, NoticeGap(300, SLEEP)), (9, AnswerGap(True)), (9, Undo()), (9, Finish())), Quality.INTERRUPTED),
        (((9, Finish()), (19, NoticeGap(300, SLEEP))), Quality.OK),  # slept over the summary
        (((9, Finish()), (19, NoticeGap(300, SLEEP)), (19, Undo()), (19, Finish())), Quality.INTERRUPTED),
        (((9, NoticeGap(300, SLEEP)), (9, UP), (9, Finish()), (9, Mend(0, minute(4)))), Quality.INTERRUPTED),
        (((9, UP), (105, Forget())), Quality.FORGOTTEN),
        (((9, UP), (105, Forget()), (105, Mend(0, minute(4)))), Quality.FORGOTTEN),
        (((9, UP), (50, NoticeGap(300, SLEEP)), (105, Forget())), Quality.FORGOTTEN),
    ],
)
def test_the_quality_says_how_far_the_times_can_be_trusted(
    steps: tuple[tuple[float, Command], ...], quality: Quality
) -> None:
    assert quality_of(play(*steps).now) is quality


def test_the_quality_marks_have_the_names_of_the_stored_column() -> None:
    assert {quality.value for quality in Quality} == {"ok", "mended", "interrupted", "forgotten"}


def test_a_forgotten_meeting_ends_at_its_last_tap() -> None:
    assert record((5, UP), (12, Pin()), (105, Forget())).visits == ((E, 300), (G, 420))


@pytest.mark.parametrize("steps", [((5, UP),), ((5, Discard()),), ((5, Finish()), (6, Discard()))])
def test_a_meeting_that_runs_or_was_thrown_away_leaves_no_record(steps: tuple[tuple[float, Command], ...]) -> None:
    with pytest.raises(AssertionError):
        record(*steps)
