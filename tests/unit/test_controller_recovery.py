"""The controller at the start: a meeting goes on where a crash, a kill or a reboot interrupted it, taps and all."""

import pytest

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import forgotten, store_problem
from kohtaava_desktop.store.errors import StoreNotice
from kohtaava_desktop.store.lines import Opening, Recovered
from tests.support import FakeStore, HandClock, Journal, controller_of, in_loop, meeting_of

UP, FINISH = commands.StepUp(), commands.Finish()


@pytest.fixture
def journal(clock: HandClock) -> Journal:
    """A meeting of 45 minutes in its eleventh minute: five in Empathy, then Guidance."""
    journal = Journal(clock).do(commands.Start("k", 45))
    clock.advance(minutes=5)
    journal.do(UP)
    clock.advance(minutes=5)
    return journal


async def started_again(clock: HandClock, opening: Opening) -> tuple[Controller, FakeStore]:
    """The program after its next start."""
    store = FakeStore(opening)
    controller = controller_of(clock, store)
    await controller.recover()
    return controller, store


def step_seconds(controller: Controller) -> list[int]:
    """How long each visit has lasted, in whole seconds."""
    assert controller.meeting is not None
    return [round(visit.seconds(controller.now())) for visit in controller.meeting.visits]


@in_loop
async def test_with_nothing_in_hand_the_overlay_is_ready(clock: HandClock) -> None:
    controller, store = await started_again(clock, Opening(None))
    assert controller.meeting is None
    assert controller.view is View.READY
    assert controller.notice is None
    assert store.journal == []


@in_loop
async def test_a_running_meeting_goes_on_and_nothing_is_asked_after_a_short_while(
    clock: HandClock, journal: Journal
) -> None:
    opening = journal.found()
    clock.advance(minutes=2)
    controller, store = await started_again(clock, opening)
    assert controller.view is View.QUIET
    assert step_seconds(controller) == [300, 420]
    assert controller.meeting is not None
    assert controller.meeting.gaps == ()
    assert len(store.journal) == 2
    await controller.perform(commands.Undo())
    assert step_seconds(controller) == [720]


@in_loop
async def test_after_more_than_two_minutes_it_is_asked_whether_they_were_part_of_it(
    clock: HandClock, journal: Journal
) -> None:
    opening = journal.found()
    clock.advance(minutes=10)
    controller, store = await started_again(clock, opening)
    assert controller.meeting is not None
    assert controller.meeting.open_gap is not None
    assert controller.meeting.open_gap.kind is GapKind.AWAY
    assert controller.meeting.open_gap.seconds == 600
    assert meeting_of(store.journal) == controller.meeting
    await controller.perform(commands.AnswerGap(False))
    assert step_seconds(controller) == [300, 300]


@in_loop
async def test_the_last_sign_of_life_counts_not_the_last_tap(clock: HandClock, journal: Journal) -> None:
    controller, _store = await started_again(clock, journal.found(alive=False))
    assert controller.meeting is not None
    assert controller.meeting.open_gap is not None
    assert controller.meeting.open_gap.seconds == 300


@in_loop
async def test_over_a_reboot_the_wall_clock_tells_how_long_it_was(clock: HandClock, journal: Journal) -> None:
    opening = journal.found()
    clock.reboot(minutes=10)
    controller, store = await started_again(clock, opening)
    assert step_seconds(controller) == [300, 900]
    assert controller.meeting is not None
    assert controller.meeting.open_gap is not None
    assert controller.meeting.open_gap.seconds == 600
    clock.advance(minutes=1)
    await controller.perform(UP)
    assert step_seconds(controller) == [300, 960, 0]
    assert meeting_of(store.journal) == controller.meeting


@pytest.mark.parametrize("reboot", [True, False])
@in_loop
async def test_a_clock_set_back_in_the_meantime_takes_nothing_away(
    clock: HandClock, journal: Journal, reboot: bool
) -> None:
    opening = journal.found()
    if reboot:
        clock.reboot(minutes=-90)
    else:
        clock.leap(minutes=-90)
    controller, _store = await started_again(clock, opening)
    assert step_seconds(controller) == [300, 300]
    assert controller.meeting is not None
    assert controller.meeting.open_gap is None
    clock.advance(minutes=1)
    await controller.perform(UP)
    assert step_seconds(controller) == [300, 360, 0]


@in_loop
async def test_what_was_finished_is_kept_now(clock: HandClock, journal: Journal) -> None:
    opening = journal.do(FINISH).found()
    clock.advance(minutes=600)
    controller, store = await started_again(clock, opening)
    assert controller.view is View.READY
    assert store.journal == []
    [record] = store.records
    assert record.visits == ((Stage.EMPATHY, 300), (Stage.GUIDANCE, 300))
    assert record.quality is Quality.OK


@in_loop
async def test_what_was_thrown_away_is_gone(clock: HandClock, journal: Journal) -> None:
    controller, store = await started_again(clock, journal.do(commands.Discard()).found())
    assert controller.view is View.READY
    assert store.journal == []
    assert store.records == []


@pytest.mark.parametrize("reboot", [True, False])
@in_loop
async def test_a_meeting_left_running_is_closed_at_its_last_tap(
    clock: HandClock, journal: Journal, reboot: bool
) -> None:
    opening = journal.found()
    if reboot:
        clock.reboot(minutes=95)
    else:
        clock.advance(minutes=95)
    controller, store = await started_again(clock, opening)
    assert controller.view is View.READY
    assert controller.notice == forgotten()
    [record] = store.records
    assert record.visits == ((Stage.EMPATHY, 300), (Stage.GUIDANCE, 0))
    assert record.quality is Quality.FORGOTTEN


@in_loop
async def test_the_week_is_that_of_the_start(clock: HandClock) -> None:
    clock.advance(minutes=6 * 24 * 60 + 13 * 60 + 30)  # Sunday, half past eleven in the evening
    journal = Journal(clock).do(commands.Start("k", 60))
    clock.advance(minutes=45)
    _controller, store = await started_again(clock, journal.do(FINISH).found())
    assert [record.iso_week for record in store.records] == ["2026-W47"]


@in_loop
async def test_what_is_left_of_a_damaged_journal_goes_on(clock: HandClock, journal: Journal) -> None:
    found = journal.found().recovered
    assert found is not None
    notice = StoreNotice("journal-set-aside", {"path": "/data/j", "set_aside": "/data/j-damaged", "taps": 1})
    opening = Opening(Recovered(found.entries[:1], found.alive, damaged=True), (notice,))
    controller, store = await started_again(clock, opening)
    assert step_seconds(controller) == [600]
    assert controller.notice == store_problem(notice.code, notice.values)
    await controller.perform(UP)
    assert meeting_of(store.journal) == controller.meeting


@in_loop
async def test_a_damaged_file_is_told_again_until_it_was_read(clock: HandClock) -> None:
    notice = StoreNotice("copy-set-aside", {"set_aside": "/data/kohtaava-damaged-1.db"})
    controller, store = await started_again(clock, Opening(None, (notice,)))
    await controller.leave()
    assert store.told_of == [], "nobody has read it"
    controller.dismiss_notice()
    await controller.leave()
    assert store.told_of == ["kohtaava-damaged-1.db"]


@in_loop
async def test_what_the_store_finds_meanwhile_is_said(clock: HandClock) -> None:
    controller, store = await started_again(clock, Opening(None))
    store.notices = [StoreNotice("copy-set-aside", {"set_aside": "/data/kohtaava-damaged-1.db"})]
    await controller.hear()
    assert controller.notice is not None
    assert "kohtaava-damaged-1.db" in controller.notice


@in_loop
async def test_a_journal_without_a_line_is_no_meeting(clock: HandClock, journal: Journal) -> None:
    found = journal.found().recovered
    assert found is not None
    controller, store = await started_again(clock, Opening(Recovered([], found.alive, damaged=True)))
    assert controller.view is View.READY
    await controller.start()
    assert len(store.journal) == 1


@in_loop
async def test_if_it_cannot_be_kept_now_the_summary_stands(clock: HandClock, journal: Journal) -> None:
    from kohtaava_desktop.store.errors import Locked

    store = FakeStore(journal.do(FINISH).found(), settling_fails=Locked("/data/kohtaava.db"))
    controller = controller_of(clock, store)
    await controller.recover()
    assert controller.view is View.SUMMARY
    store.settling_fails = None
    await controller.settle()
    assert len(store.records) == 1
