"""The controller: one command, one event, one line in the journal, then everybody is told."""

import asyncio

import pytest

from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.commands import Command
from kohtaava_desktop.domain.errors import (
    AlreadyFinished,
    AlreadyRunning,
    LengthOutOfRange,
    MeetingError,
    NoMeeting,
    NotFinished,
    NothingToUndo,
    OnBottomStep,
    SkippingNotOffered,
)
from kohtaava_desktop.domain.events import Channel, Marks, Started
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import refusal
from tests.support import FakeStore, HandClock, controller_of, form, in_loop, meeting_of, others

UP, BACK, FINISH = commands.StepUp(), commands.StepBack(), commands.Finish()
UNDO, REDO = commands.Undo(), commands.Redo()


async def play(controller: Controller, clock: HandClock, *steps: tuple[float, Command]) -> None:
    """Each command so many minutes after the one before."""
    for minutes, command in steps:
        clock.advance(minutes=minutes)
        await controller.perform(command)


# a whole meeting


@in_loop
async def test_a_meeting_from_start_to_done_leaves_one_anonymous_record(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    controller.get_ready(Ready(30, Marks(Channel.PHONE, new_client=True, interpreter=False)))
    await controller.start()
    await play(controller, clock, (3, UP), (7, UP), (4, BACK), (2, UP), (5, UP), (6, FINISH))
    assert form(controller) is View.SUMMARY
    assert store.records == []
    await controller.settle()
    stages = (Stage.EMPATHY, Stage.GUIDANCE, Stage.ADVICE, Stage.GUIDANCE, Stage.ADVICE, Stage.FAREWELL)
    visits = tuple(zip(stages, (180, 420, 240, 120, 300, 360), strict=True))
    marks = Marks(Channel.PHONE, new_client=True, interpreter=False)
    assert store.records == [Record("k1", "2026-W47", 30, marks, Stage.FAREWELL, Quality.OK, visits)]
    assert store.journal == []
    assert controller.meeting is None
    assert form(controller) is View.READY


@in_loop
async def test_undo_and_redo_reach_over_the_finish(controller: Controller, clock: HandClock) -> None:
    await controller.start()
    await play(controller, clock, (1, UP), (1, FINISH), (0.1, UNDO))
    assert controller.meeting is not None
    assert controller.meeting.running
    assert form(controller) is View.QUIET
    await controller.perform(UNDO)
    assert controller.meeting.stage is Stage.EMPATHY
    await controller.perform(REDO)
    await controller.perform(REDO)
    assert not controller.meeting.running
    assert form(controller) is View.SUMMARY


@in_loop
async def test_a_discarded_meeting_leaves_nothing(controller: Controller, clock: HandClock, store: FakeStore) -> None:
    await controller.start()
    await play(controller, clock, (1, UP), (1, commands.Discard()))
    assert controller.meeting is None
    assert store.records == []
    assert store.journal == []
    await controller.start()
    await play(controller, clock, (1, FINISH), (0, commands.Discard()))
    assert controller.meeting is None
    assert store.records == []
    assert store.journal == []


@in_loop
async def test_each_meeting_has_a_key_and_a_timeline_of_its_own(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    for _meeting in range(2):
        await controller.start()
        await play(controller, clock, (20, FINISH))
        await controller.settle()
        clock.leap(-600)
    assert [record.key for record in store.records] == ["k1", "k2"]
    assert [record.visits for record in store.records] == [((Stage.EMPATHY, 1200),)] * 2
    assert controller.now() == clock.reading.wall


def test_keys_are_random_where_no_others_are_given(clock: HandClock, store: FakeStore) -> None:
    keys = {Controller(clock, store, controller_of(clock, store).settings, Ready(45)).new_key() for _ in range(20)}
    assert len(keys) == 20
    assert all(len(key) == 32 for key in keys)


# durable before shown


@in_loop
async def test_nothing_is_shown_before_it_is_durable(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    seen: list[tuple[str | None, int]] = []
    controller.listen(lambda: seen.append((controller.status()["stage"], len(store.journal))))
    for command, stage in ((None, "empathy"), (UP, "guidance"), (UP, "advice"), (UNDO, "guidance")):
        clock.advance(minutes=1)
        seen.clear()
        before, lines = controller.meeting, len(store.journal)
        store.gate.clear()
        task = asyncio.ensure_future(controller.attempt(command))
        await others()
        assert store.calls[-1] == "append_all"
        assert controller.meeting is before
        assert seen == []
        store.gate.set()
        await task
        assert seen == [(stage, lines + 1)]


@in_loop
async def test_the_summary_stands_until_the_record_is_kept(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    await play(controller, clock, (10, FINISH))
    store.gate.clear()
    task = asyncio.ensure_future(controller.settle())
    await others()
    assert store.calls[-1] == "settle"
    assert form(controller) is View.SUMMARY
    store.gate.set()
    await task
    assert form(controller) is View.READY


@in_loop
async def test_the_summary_leaves_once_the_record_is_kept_whatever_the_store_has_still_to_say(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    await play(controller, clock, (10, FINISH))
    seen: list[tuple[View, str]] = []
    controller.listen(lambda: seen.append((form(controller), store.calls[-1])))
    await controller.settle()
    assert seen[0] == (View.READY, "settle")
    assert store.calls[-1] == "own_median_farewell"


@in_loop
async def test_commands_at_the_same_time_are_carried_out_one_after_another(
    controller: Controller, store: FakeStore
) -> None:
    await controller.start()
    wanted: list[Command] = [UP, commands.Pin(), UP, BACK, UNDO, REDO, commands.Extend(5), UP, UP]
    await asyncio.gather(controller.wake(), *(controller.perform(command) for command in wanted), controller.wake())
    assert store.most_at_once == 1
    names = [type(event).__name__ for event in store.events]
    expected = "Started SteppedUp Pinned SteppedUp SteppedBack Undone Redone Extended SteppedUp SteppedUp"
    assert names == expected.split()
    assert controller.meeting == meeting_of(store.journal)


@in_loop
async def test_of_two_starts_at_the_same_time_one_is_refused(controller: Controller, store: FakeStore) -> None:
    answers = await asyncio.gather(controller.start(30), controller.start(60), return_exceptions=True)
    assert [type(answer) for answer in answers] == [type(None), AlreadyRunning]
    assert controller.meeting is not None
    assert controller.meeting.booked_minutes == 30
    assert len(store.journal) == 1


# what is refused


@pytest.mark.parametrize(
    "command", [UP, BACK, UNDO, REDO, FINISH, commands.Pin(), commands.Extend(5), commands.Discard()]
)
def test_without_a_meeting_every_command_is_refused(controller: Controller, store: FakeStore, command: Command) -> None:
    with pytest.raises(NoMeeting):
        asyncio.run(controller.perform(command))
    assert store.journal == []
    assert controller.meeting is None


@pytest.mark.parametrize(
    ("command", "error"),
    [(BACK, OnBottomStep), (UNDO, NothingToUndo), (commands.StepUp(Stage.ADVICE), SkippingNotOffered)],
)
@in_loop
async def test_what_a_running_meeting_refuses_changes_nothing(
    controller: Controller, store: FakeStore, command: Command, error: type[MeetingError]
) -> None:
    await controller.start()
    before = controller.meeting
    with pytest.raises(error):
        await controller.perform(command)
    assert controller.meeting is before
    assert len(store.journal) == 1
    assert form(controller) is View.ANNOUNCEMENT


@in_loop
async def test_what_comes_at_the_wrong_time_is_refused(controller: Controller, clock: HandClock) -> None:
    with pytest.raises(NoMeeting):
        await controller.settle()
    with pytest.raises(NoMeeting):
        controller.choose(View.QUIET)
    await controller.start()
    with pytest.raises(AlreadyRunning):
        await controller.start()
    with pytest.raises(NotFinished):
        await controller.settle()
    with pytest.raises(NotFinished):
        await controller.perform(commands.Mend(0, clock.reading.wall))
    await controller.perform(FINISH)
    with pytest.raises(AlreadyRunning):
        await controller.start()
    with pytest.raises(AlreadyFinished):
        await controller.perform(UP)
    with pytest.raises(AlreadyFinished):
        controller.choose(View.QUIET)


@pytest.mark.parametrize("minutes", [-1, 0, 4, 241])
def test_a_length_out_of_range_is_refused(controller: Controller, minutes: int) -> None:
    with pytest.raises(LengthOutOfRange):
        asyncio.run(controller.start(minutes))
    with pytest.raises(LengthOutOfRange):
        controller.get_ready(Ready(minutes))
    assert controller.meeting is None
    assert controller.ready.minutes == 45


# taps


def test_two_taps_within_400_ms_count_as_one(controller: Controller, clock: HandClock) -> None:
    counted = []
    for seconds in (0, 0.399, 0.002, 0.399, 0.4):
        clock.advance(seconds)
        counted.append(controller.counts_as_tap())
    assert counted == [True, False, True, False, True]


@in_loop
async def test_commands_from_elsewhere_are_not_guarded(controller: Controller) -> None:
    assert controller.counts_as_tap()
    await controller.start()
    for _step in range(3):
        await controller.perform(UP)
    assert controller.meeting is not None
    assert controller.meeting.stage is Stage.FAREWELL


@in_loop
async def test_why_a_tap_was_refused_stands_until_one_counts(controller: Controller) -> None:
    await controller.attempt(UP)
    assert controller.notice == refusal(NoMeeting())
    await controller.attempt(None)
    assert controller.notice is None
    await controller.attempt(None)
    assert controller.notice == refusal(AlreadyRunning())
    await controller.attempt(BACK)
    assert controller.notice == refusal(OnBottomStep())
    assert controller.standing_notice() is None
    controller.dismiss_notice()
    assert controller.notice is None


@in_loop
async def test_a_refusal_comes_before_other_notices_which_stay(controller: Controller) -> None:
    for sentence in ("one", "two", "one"):
        controller.say(sentence)
    await controller.attempt(UNDO)
    assert controller.notice == refusal(NoMeeting())
    assert controller.standing_notice() == "one"
    read = []
    while controller.notice is not None:
        read.append(controller.notice)
        controller.dismiss_notice()
    assert read[1:] == ["one", "two"]


# the length, the marks and the end


@in_loop
async def test_the_last_length_is_remembered_the_moment_the_meeting_is_there(controller: Controller) -> None:
    known: list[int] = []
    controller.listen(lambda: known.append(controller.ready.minutes))
    await controller.start(60)
    assert known == [60]
    await controller.perform(commands.Extend(15))
    await controller.perform(FINISH)
    await controller.settle()
    assert controller.ready == Ready(60)


@in_loop
async def test_marks_are_asked_anew_for_each_meeting(controller: Controller) -> None:
    marks = Marks(Channel.VIDEO, new_client=True, interpreter=True)
    controller.get_ready(Ready(20, marks))
    await controller.start()
    assert controller.meeting is not None
    assert controller.meeting.marks == marks
    await controller.perform(commands.Discard())
    assert controller.ready == Ready(20)


@pytest.mark.parametrize(
    ("minutes_late", "until_appointed_end", "planned"), [(1, True, 45), (5, True, 40), (5, False, 45), (15, True, 45)]
)
@in_loop
async def test_a_late_start_can_keep_the_appointed_end(
    controller: Controller, clock: HandClock, minutes_late: int, until_appointed_end: bool, planned: int
) -> None:
    clock.advance(minutes=minutes_late)
    controller.get_ready(Ready(45, until_appointed_end=until_appointed_end))
    await controller.start()
    assert controller.meeting is not None
    assert controller.meeting.plan.planned_minutes == planned
    assert controller.meeting.booked_minutes == 45
    assert controller.ready.minutes == 45


@in_loop
async def test_a_length_given_from_outside_is_taken_whole_however_late(
    controller: Controller, clock: HandClock
) -> None:
    clock.advance(minutes=5)
    controller.get_ready(Ready(45, until_appointed_end=True))
    await controller.start(30)
    assert controller.meeting is not None
    assert controller.meeting.plan.planned_minutes == 30


@pytest.mark.parametrize(
    ("own_reserve", "median", "reserve"), [(True, 540.0, 9), (True, None, 7), (False, 540.0, 7), (True, 3000.0, 15)]
)
@in_loop
async def test_the_reserve_follows_the_experts_own_farewell_where_that_is_set(
    clock: HandClock, own_reserve: bool, median: float | None, reserve: int
) -> None:
    controller = controller_of(clock, FakeStore(median=median), own_reserve=own_reserve)
    await controller.recover()
    await controller.start()
    assert controller.meeting is not None
    assert controller.meeting.plan.reserve_minutes == reserve


@in_loop
async def test_the_own_farewell_is_looked_up_again_after_each_meeting(clock: HandClock) -> None:
    store = FakeStore()
    controller = controller_of(clock, store, own_reserve=True)
    await controller.recover()
    await controller.start()
    store.median = 600.0
    await controller.perform(FINISH)
    await controller.settle()
    await controller.start()
    [started] = store.events
    assert isinstance(started, Started)
    assert started.own_median_seconds == 600.0
