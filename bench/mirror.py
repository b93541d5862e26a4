"""My meetings with a million of them: what they say, the window that shows it, and what keeping one more costs."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from bench.figures import Figure, percentile, shown, spread
from bench.history import WEEK_THAT_RUNS, kept, record
from bench.plan import Plan
from bench.world import Environment, folder
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.domain.statistics import Filter, statistics_of
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS

QUERY_GOAL, WINDOW_GOAL, GROWTH_GOAL = 100.0, 400.0, 1.3
FILTERS = {
    "all": Filter(),
    "45 minutes": Filter(planned_minutes=45),
    "new clients on the phone": Filter(channel=Channel.PHONE, new_client=True),
    "12 weeks": Filter(first_week="2026-W35", last_week="2026-W46"),
    "a year of 45 minutes without interpreter": Filter(45, None, None, False, "2025-W47", "2026-W46"),
}
QUERIES = 9
OPENINGS = 5
SMALLEST = 1000
ADDED_UP = 100_000
"""So many are added up while it is timed; what it takes grows with their number."""


def measure(plan: Plan) -> list[Figure]:
    """The histories are made when they are first needed, which takes minutes, and kept under ``build``."""
    plan.say(f"making histories of up to {plan.most} meetings, where there are none yet")
    kept(plan.most, added_up=True)
    return [*_queries(plan), *_window(plan), *_storing(plan), _adding_up(plan)]


def _queries(plan: Plan) -> list[Figure]:
    plan.say("asking what the meetings say")
    with folder(kept(plan.most, added_up=True)) as environment:
        meetings = _meetings(environment)
        times: dict[str, list[float]] = {name: [] for name in FILTERS}
        for _ in range(QUERIES):
            for name, wanted in FILTERS.items():
                times[name].append(_milliseconds(partial(_ask, meetings, wanted)))
    each = ", ".join(f"{name}: {shown(median(found))}" for name, found in times.items())
    worst = max(times.values(), key=median)
    what = f"statistics of {plan.most} meetings, query"
    return [
        Figure(what, median(worst), "ms", QUERY_GOAL, f"the slowest of {each}; {QUERIES} runs of each", dict(times))
    ]


def _ask(meetings: Meetings, wanted: Filter) -> None:
    found = statistics_of(meetings.tallies(wanted, WEEK_THAT_RUNS))
    assert found.n > 0


def _window(plan: Plan) -> list[Figure]:
    cold: list[dict[str, float]] = []
    again: list[float] = []
    with folder(kept(plan.most, added_up=True)) as environment:
        for number in range(OPENINGS):
            plan.say(f"opening the window, {number + 1} of {OPENINGS}; the program checks every page first")
            opened = _opened(environment)
            cold.append(opened[0])
            again += [each["figures"] for each in opened[1:]]
    figures = [each["figures"] for each in cold]
    first = median(each["first"] for each in cold)
    note = (
        f"{OPENINGS} programs, the first opening in each: from the menu's entry to the frame with the charts; "
        f"middle half {spread(figures)}; the first frame at all after {shown(first)}; "
        f"opened again: {shown(median(again))}"
    )
    what = f"My meetings, {plan.most} meetings, to first paint"
    return [Figure(what, median(figures), "ms", WINDOW_GOAL, note, {"cold": cold, "again": again})]


def _opened(environment: Environment) -> list[dict[str, float]]:
    command = (sys.executable, "-m", "bench.opening")
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    found: list[dict[str, float]] = json.loads(run.stdout)
    return found


def _storing(plan: Plan) -> list[Figure]:
    """One more meeting in each file in turn, and then the median that the next one may need, as after each meeting."""
    plan.say("storing one more meeting")
    sizes = sorted({SMALLEST, 10_000, 100_000, plan.most})
    chance = random.Random(0)
    times: dict[int, list[float]] = {size: [] for size in sizes}
    with ExitStack() as stack:
        files = {size: _meetings(stack.enter_context(folder(kept(size, added_up=True)))) for size in sizes}
        for number in range(2 * plan.pairs + 1):
            for size in sizes if number % 2 else reversed(sizes):
                more = record(chance, WEEK_THAT_RUNS, chance.getrandbits(128))
                taken = _milliseconds(partial(_store, files[size], more))
                if number:
                    times[size].append(taken)
    ratios = [most / least for most, least in zip(times[plan.most], times[SMALLEST], strict=True)]
    each = ", ".join(f"{size}: {shown(median(found))} ms" for size, found in times.items())
    note = f"{each}; middle half {spread(ratios)}; {len(ratios)} rounds"
    what = f"storing one meeting, {plan.most} against {SMALLEST}"
    detail = {str(size): found for size, found in times.items()}
    return [Figure(what, median(ratios), "×", GROWTH_GOAL, note, detail)]


def _store(meetings: Meetings, more: Record) -> None:
    meetings.add(more)
    meetings.own_median_farewell()


def _adding_up(plan: Plan) -> Figure:
    count = min(ADDED_UP, plan.most)
    plan.say(f"adding up {count} meetings")
    parts: list[float] = []
    with folder(kept(count, added_up=False)) as environment:
        meetings = _meetings(environment)
        done = False
        while not done:
            began = time.perf_counter()
            done = meetings.add_up_some(WEEK_THAT_RUNS)
            parts.append((time.perf_counter() - began) * 1000)
    note = (
        f"once, when {count} meetings have never been looked at; in {len(parts)} parts between which taps have their "
        f"turn, p99 {shown(percentile(parts, 99))} ms"
    )
    return Figure(f"adding up {count} meetings", sum(parts) / 1000, "s", None, note, {"parts": parts})


def _meetings(environment: Environment) -> Meetings:
    meetings = Meetings(Path(environment["KOHTAAVA_DATA_DIR"], MEETINGS))
    meetings.prepare()  # as at the start of the program
    return meetings


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000
