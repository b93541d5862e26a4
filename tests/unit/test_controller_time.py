"""The controller and time: forms leave by themselves, and nothing wakes without need."""

import asyncio

import pytest

from kohtaava_desktop.controller import Controller, Ready
from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.domain.timeline import Reading
from kohtaava_desktop.domain.views import View
from tests.support import FakeStore, HandClock, controller_of, form, in_loop, meeting, others

UP, FINISH = commands.StepUp(), commands.Finish()


# forms that leave by themselves


@pytest.mark.parametrize("seconds", [20, 5])
@in_loop
async def test_the_announcement_leaves_by_itself(clock: HandClock, store: FakeStore, seconds: int) -> None:
    controller = controller_of(clock, store, announcement_seconds=seconds)
    await controller.start()
    clock.advance(seconds - 0.001)
    await controller.wake()
    assert form(controller) is View.ANNOUNCEMENT
    clock.advance(0.001)
    await controller.wake()
    assert form(controller) is View.QUIET


@in_loop
async def test_the_announcement_leaves_at_the_first_tap(controller: Controller) -> None:
    await controller.start()
    controller.dismiss_announcement()
    assert form(controller) is View.QUIET
    await controller.perform(commands.Discard())
    await controller.start()
    assert form(controller) is View.ANNOUNCEMENT
    await controller.perform(UP)
    assert form(controller) is View.QUIET


@in_loop
async def test_what_time_brings_is_told_before_the_disk_has_its_say(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start()
    told = 0

    def tell() -> None:
        nonlocal told
        told += 1

    controller.listen(tell)
    clock.advance(minutes=40)
    store.gate.clear()
    waking = asyncio.ensure_future(controller.wake())
    await others()
    assert told == 1
    assert store.alive_at == []
    store.gate.set()
    await waking
    assert told == 1, "a repaint for nothing"
    assert store.alive_at[-1].at == controller.now()


@pytest.mark.parametrize("seconds", [10, 60])
@in_loop
async def test_the_summary_leaves_by_itself(clock: HandClock, store: FakeStore, seconds: int) -> None:
    controller = controller_of(clock, store, summary_seconds=seconds)
    await controller.start()
    clock.advance(minutes=1)
    await controller.perform(FINISH)
    clock.advance(seconds - 0.001)
    await controller.wake()
    assert form(controller) is View.SUMMARY
    assert store.records == []
    clock.advance(0.001)
    await controller.wake()
    assert form(controller) is View.READY
    assert len(store.records) == 1


@pytest.mark.parametrize("came", ["before the finish", "after the finish"])
@in_loop
async def test_the_summary_stays_under_the_pointer(controller: Controller, clock: HandClock, came: str) -> None:
    await controller.start()
    if came == "before the finish":
        controller.hover(True)
        controller.choose(View.OPEN)
    await controller.perform(FINISH)
    if came == "after the finish":
        clock.advance(9)
        controller.hover(True)
    clock.advance(minutes=30)
    await controller.wake()
    assert form(controller) is View.SUMMARY
    controller.hover(False)
    clock.advance(9)
    await controller.wake()
    assert form(controller) is View.SUMMARY
    clock.advance(1)
    await controller.wake()
    assert form(controller) is View.READY


@in_loop
async def test_mending_gives_the_summary_its_time_anew(controller: Controller, clock: HandClock) -> None:
    await controller.start()
    clock.advance(minutes=5)
    await controller.perform(UP)
    clock.advance(minutes=5)
    await controller.perform(FINISH)
    clock.advance(9)
    await controller.perform(commands.Mend(0, meeting(controller).plan.start + 120))
    clock.advance(9)
    await controller.wake()
    assert form(controller) is View.SUMMARY


@in_loop
async def test_after_a_discreet_meeting_the_summary_shows_when_asked_for(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start()
    controller.choose(View.DISCREET)
    controller.hover(True)
    assert form(controller) is View.DISCREET
    await controller.perform(FINISH)
    assert form(controller) is View.DISCREET
    controller.reveal_summary()
    assert form(controller) is View.SUMMARY


@in_loop
async def test_what_is_chosen_shows_at_once_even_under_the_pointer(controller: Controller) -> None:
    await controller.start()
    controller.dismiss_announcement()
    controller.hover(True)
    assert form(controller) is View.OPEN
    assert controller.resting_view is View.QUIET
    controller.choose(View.QUIET)
    assert form(controller) is View.QUIET
    controller.hover(False)
    controller.hover(True)
    assert form(controller) is View.OPEN


@pytest.mark.parametrize(("habit", "forms"), [("by-step", "qqoo"), ("quiet", "qqqq"), ("open", "oooo")])
@in_loop
async def test_the_form_of_each_step_follows_the_setting(
    clock: HandClock, store: FakeStore, habit: str, forms: str
) -> None:
    controller = controller_of(clock, store, view=habit)
    await controller.start()
    controller.dismiss_announcement()
    seen = controller.view.value[0]
    for _step in range(3):
        await controller.perform(UP)
        seen += controller.view.value[0]
    assert seen == forms


# nothing polls, nothing ticks


async def lived(controller: Controller, clock: HandClock, times: int) -> list[float]:
    """Let time run until the controller has woken so many times; how long it wanted to sleep each time."""
    clock.runs, clock.waits = times, []
    life = asyncio.ensure_future(controller.keep_time())
    for _turn in range(100 * times + 100):
        await asyncio.sleep(0)
    life.cancel()
    await asyncio.gather(life, return_exceptions=True)
    return [round(seconds, 6) for seconds in clock.waits]


@in_loop
async def test_a_running_meeting_wakes_at_its_next_visible_change_and_at_no_other_time(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start(20)
    waits = await lived(controller, clock, 5)
    assert waits == [20, 40, 60, 60, 60, 60]
    assert [round(mark.at - meeting(controller).plan.start) for mark in store.alive_at] == [20, 60, 120, 180, 240]


@in_loop
async def test_the_reminder_the_end_of_its_putting_off_and_the_planned_end_wake(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start(20)
    controller.dismiss_announcement()
    begun = meeting(controller).plan.start
    await controller.perform(UP)
    await controller.perform(UP)
    clock.advance(15 * 60 - 7)
    await controller.wake()
    assert controller.status()["reminder"] is None
    assert (await lived(controller, clock, 1))[0] == 7
    assert controller.status()["reminder"] == "reserve"
    clock.advance(10)
    await controller.perform(commands.PutOff())
    assert await lived(controller, clock, 3) == [50, 60, 10, 50]
    assert controller.now() == pytest.approx(begun + 17 * 60 + 10)
    assert controller.status()["reminder"] == "reserve"
    await lived(controller, clock, 3)
    assert controller.now() == pytest.approx(begun + 20 * 60)
    assert controller.status()["reminder"] == "time-full"


@in_loop
async def test_a_meeting_nobody_ends_is_closed_an_hour_after_its_planned_end(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    await controller.start(20)
    await controller.perform(UP)
    begun = meeting(controller).plan.start
    await lived(controller, clock, 79)
    assert meeting(controller).running
    assert controller.status()["remaining_minutes"] == -59
    await lived(controller, clock, 1)
    assert clock.reading.wall == pytest.approx(begun + 80 * 60)
    assert controller.meeting is None
    assert [record.quality for record in store.records] == [Quality.FORGOTTEN]


@in_loop
async def test_between_meetings_it_wakes_when_the_end_by_the_clock_changes(
    controller: Controller, clock: HandClock, store: FakeStore
) -> None:
    clock.advance(17.5)
    assert await lived(controller, clock, 3) == [42.5, 60, 60, 60]
    assert store.calls == []


@in_loop
async def test_one_fault_does_not_stop_time(
    controller: Controller, clock: HandClock, store: FakeStore, caplog: pytest.LogCaptureFixture
) -> None:
    await controller.start(20)
    alive, faults = store.alive, [RuntimeError("a fault")]

    async def sometimes(at: float, reading: Reading) -> None:
        if faults:
            raise faults.pop()
        await alive(at, reading)

    store.alive = sometimes  # type: ignore[method-assign]
    await lived(controller, clock, 4)
    assert [record.message for record in caplog.records] == ["a wake-up failed"]
    assert len(store.alive_at) == 2
    assert form(controller) is View.QUIET


@in_loop
async def test_while_the_summary_stands_under_the_pointer_nothing_wakes(
    controller: Controller, clock: HandClock
) -> None:
    await controller.start()
    await controller.perform(FINISH)
    controller.hover(True)
    assert await lived(controller, clock, 10) == []


@in_loop
async def test_a_change_in_between_is_taken_into_account(controller: Controller, clock: HandClock) -> None:
    life = asyncio.ensure_future(controller.keep_time())
    await others()
    await controller.start(20)
    await others()
    assert clock.waits == [60, 20]
    clock.advance(5)
    controller.dismiss_announcement()
    await others()
    assert clock.waits == [60, 20, 55]
    controller.get_ready(Ready(30))
    await others()
    assert clock.waits == [60, 20, 55, 55]
    life.cancel()


# what others see of time


@in_loop
async def test_instants_are_told_by_how_the_wall_clock_is_set_now(controller: Controller, clock: HandClock) -> None:
    begun = clock.reading.wall
    await controller.start()
    clock.leap(minutes=1)
    assert controller.now() == begun
    assert controller.wall_of(meeting(controller).plan.end) == begun + 46 * 60


@in_loop
async def test_the_status_is_that_of_this_instant(controller: Controller, clock: HandClock) -> None:
    from kohtaava_desktop import __version__

    assert controller.status()["state"] == "idle"
    await controller.start()
    clock.advance(minutes=2)
    status = controller.status()
    assert status["state"] == "running"
    assert status["elapsed_seconds"] == 120
    assert status["remaining_minutes"] == 43
    assert status["view"] == "announcement"
    assert status["version"] == __version__


def test_what_is_asked_of_the_window_reaches_it(controller: Controller) -> None:
    asked: list[object] = []

    class Window:
        def show_up(self, keyboard: bool) -> None:
            asked.append(keyboard)

        def quit(self) -> None:
            asked.append("quit")

    controller.show(True)
    controller.quit()
    controller.window = Window()
    controller.show(True)
    controller.show(False)
    controller.quit()
    assert asked == [True, False, "quit"]
