"""The journal always replays to what is shown, whatever is asked for and whatever fails."""

import asyncio

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain.commands import Command
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.store.errors import DiskFull
from kohtaava_desktop.store.lines import Opening, Recovered
from tests.support import FakeStore, HandClock, controller_of, meeting_of
from tests.unit.domain.histories import any_command, passing

outside = st.sampled_from(["start", "settle", "wake", "sleep", "leap", "fail", "work"])


@given(st.lists(st.tuples(passing, any_command | outside), max_size=25))
def test_what_a_crash_would_leave_is_what_is_shown(steps: list[tuple[float, Command | str]]) -> None:
    asyncio.run(_anything(steps))


async def _anything(steps: list[tuple[float, Command | str]]) -> None:
    clock, store = HandClock(), FakeStore()
    controller = controller_of(clock, store)
    await controller.recover()
    await controller.start()
    for seconds, step in steps:
        clock.advance(seconds)
        try:
            await _one_thing(step, controller, clock, store)
        except MeetingError as error:
            note(repr(error))
        if store.failing is None:
            _check(controller, store)
    store.failing = store.settling_fails = None
    clock.advance(61)
    await controller.wake()
    _check(controller, store)
    await _check_a_crash_here(controller, clock, store)


async def _one_thing(step: Command | str, controller: Controller, clock: HandClock, store: FakeStore) -> None:
    match step:
        case "start":
            await controller.start()
        case "settle":
            await controller.settle()
        case "wake":
            await controller.wake()
        case "sleep":
            clock.sleep(5)
        case "leap":
            clock.leap(5)
        case "fail":
            store.failing = store.settling_fails = DiskFull("journal")
        case "work":
            store.failing = store.settling_fails = None
            await controller.wake()
        case str():
            raise AssertionError(step)
        case _:
            await controller.perform(step)


def _check(controller: Controller, store: FakeStore) -> None:
    if controller.meeting is None:
        assert store.journal == []
    elif controller.meeting.running or not store.refusals:  # what is finished may wait to be settled as it is
        assert meeting_of(store.journal) == controller.meeting
    keys = [record.key for record in store.records]
    assert len(set(keys)) == len(keys)


async def _check_a_crash_here(controller: Controller, clock: HandClock, store: FakeStore) -> None:
    meeting = controller.meeting
    if meeting is None or not meeting.running:
        return
    alive = store.alive_at[-1] if store.alive_at else store.journal[-1].mark
    after = controller_of(clock, FakeStore(Opening(Recovered(list(store.journal), alive))))
    await after.recover()
    assert after.meeting == meeting
    assert after.now() == pytest.approx(controller.now())
