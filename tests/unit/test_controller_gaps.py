"""The controller after sleep and leaps of the clock: it asks, and closes what was forgotten in the meantime."""

import pytest

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.errors import NoMeeting, OnBottomStep
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n.sentences import forgotten
from tests.support import FakeStore, HandClock, form, in_loop, meeting, meeting_of

UP, FINISH = commands.StepUp(), commands.Finish()


def gaps(controller: Controller) -> list[tuple[GapKind, float]]:
    """The gaps noticed so far."""
    return [(gap.kind, gap.seconds) for gap in meeting(controller).gaps]


@pytest.mark.parametrize("by_tap", [True, False])
@in_loop
async def test_sleep_is_noticed_at_the_next_tap_or_when_something_is_due(
    controller: Controller, clock: HandClock, store: FakeStore, by_tap: bool
) -> None:
    await controller.start()
    clock.advance(minutes=5)
    await controller.wake()
    clock.sleep(30)
    await (controller.perform(UP) if by_tap else controller.wake())
    assert gaps(controller) == [(GapKind.SLEEP, 1800)]
    assert meeting(controller).gaps[0].visit == 0, "the sleep lay before the tap"
    assert meeting(controller).open_gap is not None
    assert meeting_of(store.journal) == controller.meeting
    clock.advance(minutes=1)
    await controller.wake()
    assert gaps(controller) == [(GapKind.SLEEP, 1800)], "once is enough"


@in_loop
async def test_a_leap_of_the_clock_is_noticed_and_a_clock_set_back_is_not(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start()
    clock.advance(minutes=1)
    clock.leap(minutes=20)
    await controller.wake()
    assert gaps(controller) == [(GapKind.CLOCK, 1200)]
    clock.leap(minutes=-20)
    await controller.wake()
    assert len(gaps(controller)) == 1
    assert meeting(controller).elapsed(controller.now()) == 60


@in_loop
async def test_two_minutes_of_sleep_are_nobodys_business(controller: Controller, clock: HandClock) -> None:
    await controller.start()
    clock.sleep(2)
    await controller.perform(UP)
    assert gaps(controller) == []


@in_loop
async def test_a_refused_command_still_shows_that_the_computer_slept(controller: Controller, clock: HandClock) -> None:
    told: list[int] = []
    await controller.start()
    controller.listen(lambda: told.append(len(gaps(controller))))
    clock.sleep(30)
    with pytest.raises(OnBottomStep):
        await controller.perform(commands.StepBack())
    assert told == [1]


@in_loop
async def test_sleep_in_the_summary_is_asked_about_once_the_finish_is_undone(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start()
    clock.advance(minutes=10)
    await controller.perform(FINISH)
    clock.sleep(30)
    await controller.wake()
    assert form(controller) is View.SUMMARY, "there is time to see it"
    assert meeting(controller).gaps == ()
    await controller.perform(commands.Undo())
    assert meeting(controller).open_gap is not None
    assert gaps(controller) == [(GapKind.SLEEP, 1800)]


@in_loop
async def test_between_meetings_nothing_is_asked(controller: Controller, clock: HandClock, store: FakeStore) -> None:
    await controller.start()
    await controller.perform(commands.Discard())
    clock.sleep(600)
    await controller.wake()
    await controller.start()
    await controller.perform(UP)
    assert gaps(controller) == []
    assert len(store.journal) == 2


@pytest.mark.parametrize("by_tap", [True, False])
@in_loop
async def test_a_meeting_slept_over_is_closed_at_its_last_tap_before_anything_else_counts(
    controller: Controller, clock: HandClock, store: FakeStore, by_tap: bool
) -> None:
    told: list[View] = []
    await controller.start()
    clock.advance(minutes=5)
    await controller.perform(UP)
    controller.listen(lambda: told.append(controller.view))
    clock.sleep(600)
    if by_tap:
        with pytest.raises(NoMeeting):
            await controller.perform(UP)
    else:
        await controller.wake()
    assert set(told) == {View.READY}
    assert controller.notice == forgotten()
    [record] = store.records
    assert record.quality is Quality.FORGOTTEN
    assert record.visits == ((Stage.EMPATHY, 300), (Stage.GUIDANCE, 0))


@in_loop
async def test_the_refusal_of_a_tap_on_a_forgotten_meeting_hides_nothing(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start()
    clock.sleep(600)
    await controller.attempt(FINISH)
    assert controller.notice is not None
    controller.dismiss_notice()
    assert controller.notice == forgotten()
