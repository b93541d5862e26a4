"""What filters can be chosen from is what occurs, whether its week has been added up or not."""

import asyncio
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Measure, tallied
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS, WAITING
from kohtaava_desktop.store.worker import Store

RUNS = "2026-W47"
records = st.builds(
    Record,
    key=st.integers(0, 10**9).map(lambda number: f"{number:032x}"),
    iso_week=st.sampled_from(("2025-W52", "2026-W45", "2026-W46", RUNS)),
    planned_minutes=st.sampled_from((30, 45, 77)),
    marks=st.just(Marks()),
    furthest_stage=st.just(Stage.EMPATHY),
    quality=st.sampled_from(Quality),
    visits=st.integers(0, 900).map(lambda seconds: ((Stage.EMPATHY, seconds),)),
)
many = st.lists(records, max_size=25, unique_by=lambda record: record.key)


def expected(some: list[Record]) -> Choices:
    """By plain counting."""
    used = [record for record in some if record.quality in (Quality.OK, Quality.MENDED)]
    lengths = Counter(record.planned_minutes for record in used)
    return Choices(dict(sorted(lengths.items())), tuple(sorted({record.iso_week for record in used})))


@settings(max_examples=30)
@given(many, many)
def test_all_that_occurs_can_be_chosen_and_nothing_else(before: list[Record], after: list[Record]) -> None:
    known = {record.key for record in before}
    after = [record for record in after if record.key not in known]
    with TemporaryDirectory() as name:
        kept = Meetings(Path(name) / "kohtaava.db")
        assert kept.choices(RUNS) == Choices()
        kept.add_all(before)
        assert kept.choices(RUNS) == expected(before)
        kept.add_all(after)
        assert kept.choices(RUNS) == expected([*before, *after])


def test_the_worker_gives_both_with_the_meetings_that_wait(tmp_path: Path) -> None:
    def meeting(number: int, minutes: int) -> Record:
        visits = ((Stage.EMPATHY, 60 * number),)
        return Record(f"{number:032x}", "2026-W45", minutes, Marks(), Stage.EMPATHY, Quality.OK, visits)

    kept, waiting = [meeting(1, 30)], [meeting(2, 45)]
    Meetings(tmp_path / MEETINGS).add_all(kept)
    Meetings(tmp_path / WAITING).add_all(waiting)

    async def ask() -> None:
        store = Store(tmp_path)
        found = await store.tallies(Filter(), RUNS)
        assert found.values[Measure.EMPATHY] == tallied([*kept, *waiting]).values[Measure.EMPATHY]
        assert await store.choices(RUNS) == expected([*kept, *waiting])
        await store.close()

    asyncio.run(ask())
