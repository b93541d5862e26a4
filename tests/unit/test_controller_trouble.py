"""The controller when the store fails: the tap counts, a notice says so, nothing is lost."""

import pytest

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.errors import NoMeeting
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import store_problem
from kohtaava_desktop.store.errors import DatabaseFromNewerVersion, DiskFull, Locked, ReadOnly, StoreError, StoreNotice
from kohtaava_desktop.store.lines import Opening
from kohtaava_desktop.timekeeper import RETRY_SECONDS
from tests.support import FakeStore, HandClock, controller_of, form, in_loop, meeting_of

UP, FINISH = commands.StepUp(), commands.Finish()
FULL = DiskFull("/data/meeting-in-hand.db")


def said(error: StoreError) -> str:
    """The sentence for ``error``."""
    return store_problem(error.code, error.values)


@in_loop
async def test_a_tap_counts_though_the_disk_is_full_and_is_written_with_the_next(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    store.failing = FULL
    for _tap in range(2):
        clock.advance(minutes=1)
        await controller.perform(UP)
    assert controller.meeting is not None
    assert controller.meeting.stage is Stage.ADVICE
    assert controller.notice == said(FULL)
    assert len(store.journal) == 1
    store.failing = None
    clock.advance(minutes=1)
    await controller.perform(commands.Pin())
    assert meeting_of(store.journal) == controller.meeting
    assert len(store.journal) == 4
    assert controller.notice is None


@in_loop
async def test_the_readings_written_late_are_those_of_the_taps(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    store.failing = FULL
    readings = []
    await controller.start()
    readings.append(clock.read())
    for _tap in range(3):
        clock.advance(minutes=3)
        readings.append(clock.read())
        await controller.perform(UP)
    store.failing = None
    clock.advance(minutes=3)
    await controller.wake()
    assert [entry.reading for entry in store.journal] == readings


@in_loop
async def test_the_next_minute_writes_what_could_not_be_written_and_says_nothing_twice(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    store.failing = FULL
    await controller.start()
    controller.dismiss_notice()
    clock.advance(minutes=1)
    await controller.wake()
    assert controller.notice is None
    assert store.alive_at == []
    store.failing = None
    clock.advance(minutes=1)
    await controller.wake()
    assert meeting_of(store.journal) == controller.meeting
    assert store.alive_at[-1].at == controller.now()


@in_loop
async def test_a_notice_not_read_yet_leaves_the_screen_once_all_is_written(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    store.failing = FULL
    await controller.start()
    shown: list[str | None] = []
    controller.listen(lambda: shown.append(controller.notice))
    store.failing = None
    clock.advance(minutes=1)
    await controller.wake()
    assert shown == [said(FULL), None]


@in_loop
async def test_a_meeting_never_written_is_kept_all_the_same(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    store.failing = FULL
    await controller.start()
    clock.advance(minutes=20)
    await controller.perform(FINISH)
    await controller.settle()
    assert [record.visits for record in store.records] == [((Stage.EMPATHY, 1200),)]
    assert controller.notice is None
    store.failing = None
    await controller.start()
    assert len(store.journal) == 1


@in_loop
async def test_while_the_record_cannot_be_kept_the_summary_stays_and_it_is_tried_again(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    clock.advance(minutes=20)
    await controller.perform(FINISH)
    store.settling_fails = Locked("/data/kohtaava.db")
    await controller.settle()
    assert form(controller) is View.SUMMARY
    assert controller.notice == said(store.settling_fails)
    clock.advance(RETRY_SECONDS - 1)
    await controller.wake()
    assert store.calls.count("settle") == 1
    clock.advance(1)
    await controller.wake()
    assert store.calls.count("settle") == 2
    assert form(controller) is View.SUMMARY
    store.settling_fails = None
    clock.advance(RETRY_SECONDS)
    await controller.wake()
    assert form(controller) is View.READY
    assert len(store.records) == 1
    assert controller.notice is None


@in_loop
async def test_while_the_record_cannot_be_kept_the_finish_can_be_undone(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    clock.advance(minutes=20)
    await controller.perform(FINISH)
    store.settling_fails = Locked("/data/kohtaava.db")
    await controller.settle()
    await controller.perform(commands.Undo())
    assert controller.meeting is not None
    assert controller.meeting.running
    clock.advance(RETRY_SECONDS)
    await controller.wake()
    assert store.calls.count("settle") == 1


@in_loop
async def test_a_meeting_thrown_away_is_gone_once_the_store_can_be_written(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    store.failing = store.settling_fails = FULL
    await controller.perform(commands.Discard())
    assert form(controller) is View.SUMMARY
    store.failing = store.settling_fails = None
    clock.advance(RETRY_SECONDS)
    await controller.wake()
    assert form(controller) is View.READY
    assert store.records == []
    assert store.journal == []


@in_loop
async def test_everything_that_the_opening_has_to_say_is_said(clock: HandClock) -> None:
    newer = DatabaseFromNewerVersion("/data/kohtaava.db", 9, 1)
    notices = (ReadOnly("/data").notice, newer.notice)
    store = FakeStore(Opening(None, notices), failing=FULL)
    controller = controller_of(clock, store)
    await controller.recover()
    assert form(controller) is View.READY
    read = []
    while controller.notice is not None:
        read.append(controller.notice)
        controller.dismiss_notice()
    assert read == [said(ReadOnly("/data")), said(newer)]


@in_loop
async def test_what_the_store_has_to_say_about_a_record_is_said(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    waits = StoreNotice("meeting-waits", {"path": "/data/kohtaava-waiting.db", "reason": "locked"})
    store.notices = [waits]
    await controller.start()
    clock.advance(minutes=20)
    await controller.perform(FINISH)
    await controller.settle()
    assert controller.notice == store_problem(waits.code, waits.values)


@pytest.mark.parametrize(("months", "week"), [(24, "2024-W46"), (1, "2026-W42")])
@in_loop
async def test_older_weeks_are_removed_at_the_start(clock: HandClock, store: FakeStore, months: int, week: str) -> None:
    await controller_of(clock, store, retention_months=months).recover()
    assert store.removed_before == [week]


@in_loop
async def test_leaving_keeps_what_is_finished_and_lets_a_running_meeting_be(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.leave()
    await controller.start()
    clock.advance(minutes=20)
    await controller.leave()
    assert store.records == []
    assert len(store.journal) == 1
    await controller.perform(FINISH)
    await controller.leave()
    assert len(store.records) == 1
    assert store.journal == []


@in_loop
async def test_a_meeting_kept_while_leaving_makes_nobody_read_from_the_store_that_closes_next(
    controller: Controller, store: FakeStore
) -> None:
    told: list[int] = []
    controller.listen_for_keeping(lambda: told.append(len(store.records)))
    await controller.start()
    await controller.perform(FINISH)
    await controller.settle()
    assert told == [1]
    await controller.start()
    await controller.perform(FINISH)
    await controller.leave()
    assert len(store.records) == 2
    assert told == [1]


@in_loop
async def test_everything_deleted_takes_the_running_meeting_and_writes_nothing_back(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    clock.advance(minutes=5)
    await controller.perform(UP)
    store.failing = FULL
    await controller.perform(UP)
    store.failing = None
    await controller.delete_everything()
    assert controller.meeting is None
    assert controller.view is View.READY
    assert controller.notice is None
    clock.advance(minutes=5)
    await controller.wake()
    await controller.leave()
    assert (store.journal, store.records) == ([], [])
    with pytest.raises(NoMeeting):
        await controller.perform(UP)
    await controller.start()
    assert len(store.journal) == 1


@in_loop
async def test_whoever_shows_meetings_is_told_of_a_deletion_also_where_a_part_of_it_failed(
    controller: Controller, store: FakeStore
) -> None:
    told: list[int] = []
    await controller.start()
    controller.listen_for_deletion(lambda: told.append(len(store.journal)))
    store.failing = FULL
    with pytest.raises(DiskFull):
        await controller.delete_everything()
    store.failing = None
    await controller.delete_everything()
    assert told == [1, 0]


@in_loop
async def test_what_could_not_be_deleted_goes_on(controller: Controller, store: FakeStore) -> None:
    await controller.start()
    store.failing = FULL
    with pytest.raises(DiskFull):
        await controller.delete_everything()
    store.failing = None
    await controller.perform(UP)
    assert meeting_of(store.journal) == controller.meeting
