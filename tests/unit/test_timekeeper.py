"""Time itself: what the clocks bring a meeting, and the wait for what is due."""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.controller import Controller
from kohtaava_desktop.domain.commands import Command, Forget, NoticeGap, Start, StepUp, decide
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.meeting import Meeting, fold
from kohtaava_desktop.domain.timeline import GAP_SECONDS, Mark, Reading
from kohtaava_desktop.integration.clock import SystemClock
from kohtaava_desktop.timekeeper import Timekeeper
from tests.support import HandClock, in_loop, others

MINUTES = 45
HOUR = 60.0

Happening = Callable[[HandClock], None]


def begun(clock: HandClock) -> tuple[Timekeeper, Meeting]:
    """A timekeeper in the first instant of a meeting of 45 minutes."""
    time = Timekeeper(clock)
    reading = clock.read()
    time.begin(reading)
    time.look(reading, None)
    return time, fold([decide(None, Start("k", MINUTES), time.instant(reading))])


def sleeps(minutes: float) -> Happening:
    return lambda clock: clock.sleep(minutes)


def leaps(minutes: float) -> Happening:
    return lambda clock: clock.leap(minutes)


def passes(minutes: float) -> Happening:
    return lambda clock: clock.advance(minutes=minutes)


# what the clocks bring


@pytest.mark.parametrize(
    ("happenings", "minutes_passed", "brought"),
    [
        pytest.param([passes(20)], 20, None, id="nothing"),
        pytest.param([sleeps(20)], 20, NoticeGap(1200, GapKind.SLEEP), id="suspended or hibernated"),
        pytest.param([sleeps(2)], 2, None, id="suspended for two minutes"),
        pytest.param([passes(3), sleeps(9), passes(1)], 13, NoticeGap(540, GapKind.SLEEP), id="suspended in between"),
        pytest.param([sleeps(60), leaps(60)], 60, NoticeGap(3600, GapKind.SLEEP), id="suspended, then set forward"),
        pytest.param([leaps(60)], 0, NoticeGap(3600, GapKind.CLOCK), id="set forward an hour"),
        pytest.param([leaps(-60)], 0, None, id="set back an hour"),
        pytest.param([leaps(60), leaps(-60)], 0, None, id="set forward and at once set right"),
        pytest.param([leaps(1)], 0, None, id="set right by a minute"),
        pytest.param([leaps(40 * 24 * 60)], 0, NoticeGap(40 * 86_400, GapKind.CLOCK), id="set forward 40 days"),
        pytest.param([leaps(-40 * 24 * 60)], 0, None, id="set back 40 days"),
        pytest.param([passes(104.9)], 104.9, None, id="an hour over, nearly"),
        pytest.param([passes(105)], 105, Forget(), id="an hour over"),
        pytest.param([sleeps(600)], 600, Forget(), id="slept over"),
        pytest.param([leaps(600)], 0, NoticeGap(36_000, GapKind.CLOCK), id="set forward: not forgotten"),
    ],
)
def test_what_the_clocks_bring_to_a_running_meeting(
    happenings: list[Happening], minutes_passed: float, brought: Command | None
) -> None:
    clock = HandClock()
    time, meeting = begun(clock)
    for happen in happenings:
        happen(clock)
    assert time.look(clock.read(), meeting) == brought
    assert time.now() - meeting.plan.start == pytest.approx(minutes_passed * 60)
    assert time.look(clock.read(), meeting) == (Forget() if brought == Forget() else None), "once is enough"


@pytest.mark.parametrize(
    ("happen", "minutes_passed", "brought"),
    [
        pytest.param(passes(1), 1, None, id="crashed"),
        pytest.param(passes(20), 20, NoticeGap(1200, GapKind.AWAY), id="crashed, started later"),
        pytest.param(sleeps(20), 20, NoticeGap(1200, GapKind.AWAY), id="crashed and slept"),
        pytest.param(leaps(60), 0, None, id="crashed, clock set forward: the steady clock knows better"),
        pytest.param(leaps(-60), 0, None, id="crashed, clock set back"),
        pytest.param(lambda clock: clock.reboot(10), 10, NoticeGap(600, GapKind.AWAY), id="rebooted"),
        pytest.param(lambda clock: clock.reboot(70), 70, NoticeGap(4200, GapKind.AWAY), id="rebooted, set forward"),
        pytest.param(lambda clock: clock.reboot(-50), 0, None, id="rebooted, set back"),
        pytest.param(lambda clock: clock.reboot(600), 600, Forget(), id="rebooted the next day"),
    ],
)
def test_what_the_clocks_bring_to_an_interrupted_meeting(
    happen: Happening, minutes_passed: float, brought: Command | None
) -> None:
    clock = HandClock()
    began = clock.read()
    _time, meeting = begun(clock)
    happen(clock)
    time = Timekeeper(clock)
    assert time.go_on(began, Mark(meeting.plan.start, began), clock.read(), meeting) == brought
    assert time.now() - meeting.plan.start == pytest.approx(minutes_passed * 60)
    assert time.began == began.wall
    clock.advance(minutes=1)
    clock.leap(-600)
    assert time.now() - meeting.plan.start == pytest.approx(minutes_passed * 60 + 60), (
        "from now on by this boot's clock"
    )


minutes = st.floats(0, 200).map(lambda number: round(number, 3))
happenings = st.lists(
    st.one_of(
        minutes.map(passes), minutes.map(sleeps), st.floats(-1e5, 1e5).map(lambda number: leaps(round(number, 3)))
    ),
    max_size=12,
)


@given(happenings)
def test_the_timeline_goes_on_by_what_passed_awake_and_asleep_and_by_nothing_else(chain: list[Happening]) -> None:
    clock = HandClock()
    time, meeting = begun(clock)
    steady = clock.reading.steady
    for happen in chain:
        before = time.now()
        happen(clock)
        time.look(clock.read(), meeting)
        assert time.now() >= before
    assert time.now() - meeting.plan.start == pytest.approx(clock.reading.steady - steady, abs=1e-3)


@given(happenings, st.floats(0, 1e4))
def test_an_end_by_the_clock_is_so_far_ahead_as_the_minutes_that_are_left(chain: list[Happening], left: float) -> None:
    clock = HandClock()
    time, _meeting = begun(clock)
    for happen in chain:
        happen(clock)
    assert time.wall_of(time.now() + left) - clock.reading.wall == pytest.approx(left, abs=1e-3)


@given(happenings)
def test_what_is_asked_about_was_slept_or_leapt_over_and_longer_than_two_minutes(chain: list[Happening]) -> None:
    clock = HandClock()
    time, meeting = begun(clock)
    meeting = replace(meeting, plan=meeting.plan._replace(planned_minutes=240))
    for happen in chain:
        earlier = clock.read()
        happen(clock)
        later = clock.read()
        brought = time.look(later, meeting)
        if isinstance(brought, NoticeGap):
            slept = (later.steady - later.awake) - (earlier.steady - earlier.awake)
            leapt = (later.wall - later.steady) - (earlier.wall - earlier.steady)
            expected = slept if brought.kind is GapKind.SLEEP else leapt
            assert brought.seconds == pytest.approx(expected, abs=1e-3)
            assert brought.seconds > GAP_SECONDS


# the wait


@pytest.mark.parametrize("order", ["change first", "cancelled first"])
@in_loop
async def test_whoever_cancels_the_wait_is_heeded_even_as_something_changes(controller: Controller, order: str) -> None:
    life = asyncio.ensure_future(controller.keep_time())
    await others()
    if order == "change first":
        controller.get_ready(controller.ready)
        life.cancel()
    else:
        life.cancel()
        controller.get_ready(controller.ready)
    await others()
    assert life.cancelled()


@in_loop
async def test_roused_it_looks_at_the_clocks_at_once_and_then_waits_for_what_is_due(
    controller: Controller, clock: HandClock
) -> None:
    gaps: list[GapKind] = []
    await controller.start()
    controller.listen(lambda: gaps.extend(gap.kind for gap in _meeting(controller).gaps))
    life = asyncio.ensure_future(controller.keep_time())
    await others()
    clock.sleep(10)
    await others()
    assert gaps == [], "nobody has told yet"
    controller.rouse()
    await others()
    assert gaps == [GapKind.SLEEP]
    assert clock.waits[-1] == 60
    assert len(clock.waits) == 2
    life.cancel()


@in_loop
async def test_roused_while_it_wakes_it_looks_again(clock: HandClock) -> None:
    time = Timekeeper(clock)
    woken: list[Reading] = []

    async def wake() -> None:
        woken.append(clock.read())
        if len(woken) == 1:
            clock.leap(HOUR)
            time.rouse()
        await asyncio.sleep(0)

    life = asyncio.ensure_future(time.keep(lambda: (None, None), wake))
    time.rouse()
    await others()
    assert [reading.wall - woken[0].wall for reading in woken] == [0, 3600]
    life.cancel()


@in_loop
async def test_a_timer_that_runs_out_early_wakes_nobody_before_it_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's timers do, by a twentieth; who wakes then repaints and writes for nothing."""
    loop = asyncio.get_running_loop()
    now, asked = loop.time(), 0
    monkeypatch.setattr(loop, "time", lambda: now)

    def call_at(when: float, callback: Callable[[], None], *_more: object) -> asyncio.Handle:
        nonlocal now, asked
        asked += 1
        now += (when - now) * (0.95 if when - now > 0.001 else 1)
        return loop.call_soon(callback)

    monkeypatch.setattr(loop, "call_at", call_at)
    time, began, woken = Timekeeper(SystemClock()), now, list[float]()

    async def wake() -> None:
        woken.append(now - began)
        await asyncio.Event().wait()

    life = asyncio.ensure_future(time.keep(lambda: (None, 0.0), wake))
    await others()
    assert woken == [pytest.approx(0.01)]
    assert asked > 1
    life.cancel()


@in_loop
async def test_between_meetings_the_end_on_show_follows_a_clock_that_was_set(
    controller: Controller, clock: HandClock
) -> None:
    told: list[float] = []
    controller.listen(lambda: told.append(clock.reading.wall))
    life = asyncio.ensure_future(controller.keep_time())
    await others()
    clock.leap(-HOUR)
    controller.rouse()
    await others()
    assert told == [clock.reading.wall]
    life.cancel()


def _meeting(controller: Controller) -> Meeting:
    assert controller.meeting is not None
    return controller.meeting


def test_a_step_is_dated_by_what_passed_though_the_clock_was_set_back() -> None:
    clock = HandClock()
    time, meeting = begun(clock)
    clock.advance(minutes=10)
    clock.leap(-HOUR)
    event = decide(meeting, StepUp(), time.instant(clock.read()))
    assert event.at - meeting.plan.start == pytest.approx(600)
