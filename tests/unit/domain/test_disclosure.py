"""The rules of disclosure, as properties over random months, and by one who tries to compute what was withheld."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable
from itertools import chain, combinations, combinations_with_replacement, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain.disclosure import (
    BANDS,
    EDGES,
    NEVER,
    PAIRS,
    Bin,
    Group,
    Thresholds,
    edges_of,
    merged,
    minutes_on,
    released,
    runs_of,
)
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from tests.unit.domain.disclosure_attack import Known, Sum, cell, ended, learn_the_method, learn_the_release

seconds = st.integers(0, 9000)


@st.composite
def staircases(draw: st.DrawFn) -> tuple[tuple[Stage, int], ...]:
    """Visits as a meeting makes them: from the first step on, a step at a time."""
    way = [Stage.EMPATHY]
    for up in draw(st.lists(st.booleans(), max_size=6)):
        step = way[-1].above if up else way[-1].below
        if step is not None:
            way.append(step)
    return tuple((stage, draw(seconds)) for stage in way)


@st.composite
def records(draw: st.DrawFn) -> Record:
    visits = draw(staircases())
    return Record(
        key="",
        iso_week="2026-W42",
        planned_minutes=draw(st.sampled_from((15, 17, 20, 30, 45, 60, 90)) | st.integers(5, 240)),
        marks=Marks(),
        furthest_stage=max(stage for stage, _ in visits),
        quality=draw(st.sampled_from((Quality.OK, Quality.OK, Quality.OK, Quality.MENDED, Quality.INTERRUPTED))),
        visits=visits,
    )


copies = st.tuples(records(), st.integers(1, 25)).map(lambda each: [each[0]] * each[1])
months = st.lists(copies, max_size=12).map(lambda parts: [record for part in parts for record in part])
thresholds = st.builds(Thresholds, st.integers(12, 40), st.integers(5, 12)) | st.just(Thresholds())


def counted(month: list[Record]) -> list[Record]:
    """The meetings that the rules are about."""
    return [record for record in month if record.quality in (Quality.OK, Quality.MENDED)]


def members(group: Group, month: list[Record]) -> list[Record]:
    """The meetings of a group."""
    return [record for record in counted(month) if group.shortest <= record.planned_minutes <= group.longest]


@pytest.mark.proof
@given(months, thresholds)
def test_no_count_is_under_its_threshold(month: list[Record], limits: Thresholds) -> None:
    for group in released(month, limits):
        for _, bins in group.bins:
            assert all(each.meetings >= limits.bin for each in bins)
            assert sum(each.meetings for each in bins) >= limits.group


@pytest.mark.proof
@given(months, thresholds)
def test_a_group_tells_of_all_its_meetings_or_of_none(month: list[Record], limits: Thresholds) -> None:
    groups = released(month, limits)
    for group in groups:
        held = members(group, month)
        assert group.withheld == (len(held) < limits.group)
        for stage, bins in group.bins:
            for each in bins:
                assert sum(_in(each, minutes_on(record, stage)) for record in held) == each.meetings
    told = [record for group in groups for record in members(group, month)]
    assert len(told) == len(counted(month)), "every meeting is in one group"
    ends = [(group.shortest, group.longest) for group in groups]
    assert all(earlier[1] < later[0] for earlier, later in pairwise(ends)), "and in no second one"


@given(months)
def test_the_order_of_meetings_changes_nothing(month: list[Record]) -> None:
    assert released(month) == released(reversed(month))


# one who adds and subtracts


@pytest.mark.proof
@given(st.lists(months, min_size=1, max_size=2), thresholds)
def test_no_small_number_can_be_computed(held: list[list[Record]], limits: Thresholds) -> None:
    """From the published counts of several groups and months nothing under the threshold follows.

    The unknowns are the finest cells (month, band, step, bin) and on which step meetings ended; what everybody knows of
    the method is known too.
    """
    known = Known()
    for number, month in enumerate(held):
        learn_the_method(known, str(number))
        learn_the_release(known, str(number), released(month, limits))
    for number, month in enumerate(held):
        for wanted in _wanted(str(number)):
            if known.knows(wanted):
                value = sum(_count(month, each) for each in wanted)
                zero_by_the_method = all(each[2:] == (int(Stage.EMPATHY), NEVER) for each in wanted)
                assert zero_by_the_method or value >= limits.bin, wanted


@pytest.mark.proof
@given(months, st.data())
def test_who_knows_some_of_the_meetings_is_left_with_the_rest_of_a_bin(
    month: list[Record], data: st.DataObject
) -> None:
    """A client knows one meeting of a bin, the expert more: of the others, no fewer than the threshold less those."""
    for group in released(month):
        held = members(group, month)
        own = held[: data.draw(st.integers(1, 4))]
        for stage, bins in group.bins:
            for each in bins:
                others = each.meetings - sum(_in(each, minutes_on(record, stage)) for record in own)
                assert others >= 5 - len(own)


def _wanted(month: str) -> list[Sum]:
    """What one would like to know: every finest cell, by band and by pair of bands, and where meetings ended."""
    lone = [(band,) for band in range(len(BANDS))]
    cells = [
        {cell(month, band, stage, edge): 1 for band in bands}
        for bands, stage, edge in product((*lone, *PAIRS), Stage, EDGES)
    ]
    ends = [{ended(month, band, stage): 1 for band in bands} for bands, stage in product((*lone, *PAIRS), Stage)]
    return [*cells, *ends]


def _count(month: list[Record], wanted: tuple[object, ...]) -> int:
    band = [record for record in counted(month) if bisect_right(BANDS, record.planned_minutes) - 1 == wanted[1]]
    if wanted[2] == "ended on":
        return sum(max(stage for stage, _ in record.visits) == wanted[3] for record in band)
    assert isinstance(wanted[2], int)
    return sum(max(e for e in EDGES if e <= minutes_on(record, Stage(wanted[2]))) == wanted[3] for record in band)


def test_the_attack_works_where_never_is_told_of_every_step() -> None:
    """Without rule 4, the meetings that ended on a step are found by subtraction; so the attack above can succeed."""
    known = Known()
    learn_the_method(known, "")
    bins = ((Stage.GUIDANCE, (Bin(NEVER, NEVER, 5), Bin(0, None, 9))), (Stage.ADVICE, (Bin(NEVER, NEVER, 7),)))
    learn_the_release(known, "", [Group(45, 59, bins)])
    assert known.knows({ended("", 3, Stage.GUIDANCE): 1})  # 7 - 5: two meetings
    assert not known.knows({ended("", 3, Stage.ADVICE): 1})


# one who knows the rules by which bins and bands are put together, and excludes what cannot have been


@pytest.mark.parametrize(("smallest", "meetings"), [(3, 9), (5, 12), (2, 8)])
def test_the_rule_of_merging_gives_no_small_number_away(smallest: int, meetings: int) -> None:
    """Of all ways to spread meetings over five finest bins that give the same release, tried out one and all.

    Of no set of finest bins it follows that it held some meetings, but fewer than the threshold.
    """
    edges = (0, 1, 2, 3, 4)
    for total in range(smallest, meetings + 1):
        possible: Ways = {}
        for spread in combinations_with_replacement(edges, total):
            possible.setdefault(merged(Counter(spread), smallest, edges), []).append(Counter(spread))
        _nothing_small_in_any(possible, edges, smallest)


KINDS = [(a, f) for a in (NEVER, 0, 1) for f in (NEVER, 0, 1) if not (a == NEVER and f != NEVER)]
"""Meetings by their minutes on Advice and on the Farewell, which none reaches without Advice."""


@pytest.mark.parametrize(("smallest", "meetings"), [(2, 6), (3, 7)])
def test_two_steps_together_give_no_small_number_away(smallest: int, meetings: int) -> None:
    possible: Ways = {}
    for spread in combinations_with_replacement(KINDS, meetings):
        possible.setdefault(_both(spread, smallest, (NEVER, 1)), []).append(Counter(spread))
    assert len(possible) > 5
    _nothing_small_in_any(possible, KINDS, smallest)


def test_two_steps_together_would_if_never_were_told_of_both() -> None:
    possible: Ways = {}
    for spread in combinations_with_replacement(KINDS, 7):
        possible.setdefault(_both(spread, 3, (NEVER, 0, 1)), []).append(Counter(spread))
    with pytest.raises(AssertionError, match="small"):
        _nothing_small_in_any(possible, KINDS, 3)


def _both(spread: tuple[tuple[int, int], ...], smallest: int, edges: tuple[int, ...]) -> object:
    advice, farewell = (Counter(meeting[step] for meeting in spread) for step in (0, 1))
    return merged(advice, smallest, edges), merged(farewell, smallest, (NEVER, 0, 1))


Ways = dict[object, list[Counter[Hashable]]]
"""All the ways in which meetings can be spread, by the release that they give."""


def _nothing_small_in_any(possible: Ways, kinds: Iterable[Hashable], smallest: int) -> None:
    every = list(kinds)
    sets = list(chain.from_iterable(combinations(every, size) for size in range(1, len(every))))
    for ways, some in product(possible.values(), sets):
        counts = [sum(way[each] for each in some) for way in ways]
        assert min(counts) == 0 or max(counts) >= smallest, f"small: {some} in {min(counts)}..{max(counts)}"


def test_the_rule_of_bands_gives_no_small_number_away() -> None:
    """A band that is not told by itself may have had any number under the threshold, as far as anyone can tell."""
    smallest = 4
    for sizes in product(range(3 * smallest), repeat=2):
        held = {band: size for band, size in enumerate(sizes) if size}
        told = runs_of(held, smallest)
        total = sum(sizes)
        same = [
            (a, b)
            for a, b in product(range(6 * smallest), repeat=2)
            if runs_of({0: a, 1: b}, smallest) == told
            and (a + b == total or (total < smallest and 0 < a + b < smallest))
        ]
        if (0, 1) in told:
            for band in (0, 1):
                assert {way[band] for way in same} >= set(range(1, smallest))
        else:
            assert told == [(band,) for band, size in held.items()]
            assert all(size >= smallest for size in held.values())


def test_pairs_of_bands_say_nothing_of_each_other() -> None:
    for sizes in product((0, 3, 12), repeat=6):
        held = {band: size for band, size in enumerate(sizes) if size}
        apart = [runs_of({band: held[band] for band in pair if band in held}, 10) for pair in PAIRS]
        assert runs_of(held, 10) == [*chain.from_iterable(apart)]


# by example


def _in(each: Bin, minutes: int) -> bool:
    return each.lowest <= minutes and (each.highest is None or minutes <= each.highest)


@given(st.dictionaries(st.integers(NEVER, 200), st.integers(1, 30), min_size=1), st.integers(5, 20))
def test_bins_lie_end_to_end(minutes: dict[int, int], smallest: int) -> None:
    if sum(minutes.values()) < smallest:
        with pytest.raises(ValueError, match="too few"):
            merged(minutes, smallest)
        return
    bins = merged(minutes, smallest)
    assert bins[0].lowest == NEVER
    assert bins[-1].highest is None
    assert all(earlier.highest == later.lowest - 1 for earlier, later in pairwise(bins))
    assert sum(each.meetings for each in bins) == sum(minutes.values())


def test_bins_are_as_fine_as_the_edges_where_there_are_enough() -> None:
    for stage in Stage:
        edges = edges_of(stage)
        bins = merged(dict.fromkeys(edges, 5), 5, edges)
        assert [each.lowest for each in bins] == list(edges)
    assert [edges_of(stage)[:2] for stage in Stage] == [(0, 1), (NEVER, 1), (NEVER, 1), (NEVER, 0)]


def test_nothing_is_told_of_nothing() -> None:
    assert released([]) == ()
    assert released([meeting(45, quality=Quality.FORGOTTEN)] * 30) == ()


def test_nine_meetings_are_withheld_and_named_by_their_pair() -> None:
    month = [meeting(45) for _ in range(9)]
    assert released(month) == (Group(30, 59),)
    assert lengths([*month, meeting(45)]) == [(45, 59, False)]


def test_a_small_band_is_put_together_with_the_other_of_its_pair_only() -> None:
    assert lengths([meeting(15)] * 4 + [meeting(20)] * 7 + [meeting(90)] * 3) == [(5, 29, False), (60, 240, True)]
    assert lengths([meeting(30)] * 1 + [meeting(45)] * 40) == [(30, 59, False)]
    assert lengths([meeting(30)] * 10 + [meeting(45)] * 40) == [(30, 44, False), (45, 59, False)]
    assert lengths([meeting(29)] * 9 + [meeting(30)] * 9) == [(5, 29, True), (30, 59, True)]


@pytest.mark.parametrize(("group", "smallest"), [(9, 5), (10, 4), (0, 0), (-1, 5), (10, 11)])
def test_thresholds_are_never_lowered(group: int, smallest: int) -> None:
    with pytest.raises(ValueError, match=r"never lowered|no smaller"):
        Thresholds(group, smallest)


def test_of_two_thresholds_the_stricter_is_known() -> None:
    assert Thresholds(11).stricter_than(Thresholds())
    assert Thresholds(10, 6).stricter_than(Thresholds(20))
    assert not Thresholds().stricter_than(Thresholds(11, 6))
    assert not Thresholds().stricter_than(Thresholds())


def lengths(month: list[Record]) -> list[tuple[int, int, bool]]:
    """The groups of a month: from, to, whether withheld."""
    return [(group.shortest, group.longest, group.withheld) for group in released(month)]


def meeting(planned: int, quality: Quality = Quality.OK) -> Record:
    """A meeting that went through all steps."""
    return Record("", "2026-W42", planned, Marks(), Stage.FAREWELL, quality, tuple((stage, 300) for stage in Stage))
