"""The window as it looks: every text has its room, in every language, size and palette, with few months and many."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication

from kohtaava_desktop.domain.spread import medians_of
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.domain.team_values import AGAINST
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.follow import wear
from kohtaava_desktop.ui.mirror.board import TWO_COLUMNS
from kohtaava_desktop.ui.mirror.chart import Label
from kohtaava_desktop.ui.mirror.look import ground
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.team import months, steps
from kohtaava_desktop.ui.team.charts import CHARTS
from kohtaava_desktop.ui.team.notes import no_folder
from kohtaava_desktop.ui.team.reading import FolderRead, TeamsRead
from kohtaava_desktop.ui.team.shown import Beside, Looked, TeamShown, Wanted, lane_of
from kohtaava_desktop.ui.team.window import SIZE, TeamWindow
from kohtaava_desktop.ui.theme import PALETTES, SMALLEST_TYPE, Type
from tests.ui.fitting import SMALL_SCREEN, cut
from tests.ui.mirror.test_layouts import inside, overlap, wide
from tests.ui.mirror.test_pictures import colours
from tests.ui.team.room import MONTHS, Room
from tests.unit.domain.exports import export, meetings

BOX = Box(6, 6, 330, 270)
YEAR = [f"2025-{number:02d}" for number in range(1, 13)]


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    """Font and colours are those of every application again."""
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture(params=["", "DejaVu Sans"], ids=["own font", "wide font"])
def fonts(request: pytest.FixtureRequest, qapp: QApplication) -> Type:
    return Type(QFont(request.param, 9) if request.param else qapp.font(), 96)


def looked(people: dict[str, int], count: int = 20, planned: int = 45, fewest: int = 3) -> Looked:
    """A team with so many contributors in each month, and another one of the same size beside it."""
    teams = []
    for first in (0, 50):
        team = Team()
        for month, number in people.items():
            for each in range(first, first + number):
                team.add(export(each, meetings(count, planned, each), month))
        teams.append(team)
    return Looked(TeamsRead(tuple(FolderRead(None, team, None) for team in teams)), fewest)  # type: ignore[arg-type]


def shown_of(held: Looked, month: str | None = None, beside: bool = True) -> TeamShown:
    shown = held.shown(Wanted(month), Beside.ANOTHER if beside else Beside.NOTHING)
    assert shown is not None
    return shown


def labels_of(laid: object) -> list[Label]:
    return [*laid.labels, *getattr(laid, "legend", ())]  # type: ignore[attr-defined]


def held_in(fonts: Type, label: Label) -> bool:
    if label.wrap:
        return fonts.height(label.text, label.role, label.box.w) * SMALLEST_TYPE**2 <= label.box.h + 1
    return fonts.width(label.text, label.role) * SMALLEST_TYPE <= label.box.w + 1


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("people", [{"2026-10": 3}, {month: 3 + number % 2 for number, month in enumerate(YEAR)}])
@pytest.mark.parametrize("beside", [True, False])
def test_every_text_of_the_charts_has_its_room(fonts: Type, people: dict[str, int], beside: bool) -> None:
    shown = shown_of(looked(people), beside=beside)
    for name, chart in CHARTS.items():
        laid = chart.lay(shown, Box(6, 6, chart.w, chart.h), fonts.width)
        labels = labels_of(laid)
        for label in labels:
            assert held_in(fonts, label), (name, label.text)
        for one, other in combinations([label for label in labels if not label.wrap], 2):
            if name != "typical":  # there names and numbers are tested with My meetings
                assert not overlap(one.box, other.box), (name, one.text, other.text)


@given(
    st.dictionaries(st.sampled_from(YEAR), st.integers(1, 5), min_size=1, max_size=8).filter(
        lambda people: max(people.values()) >= 3
    ),
    st.sampled_from((20, 45, 60)),
    st.integers(15, 40),
    st.booleans(),
)
@settings(max_examples=40, deadline=None)
def test_all_is_in_its_chart_and_nothing_withheld_is_drawn(
    people: dict[str, int], planned: int, count: int, beside: bool
) -> None:
    held = looked(people, count, planned)
    shown = shown_of(held, beside=beside)
    few = {month for month, number in people.items() if number < 3}
    assert set(held.months) == set(people) - few
    for chart in CHARTS.values():
        laid = chart.lay(shown, BOX, wide)
        for mark in laid.marks:
            assert inside(mark.box, BOX), mark.said
        for month in few & set(held.months):
            assert month not in str(chart.table(shown))
    laid = months.lay(shown, BOX, wide)
    assert len(laid.withheld) == len(few)
    points = {x for _stage, run in laid.runs for x, _y in run}
    for box in laid.withheld:
        assert not any(box.x < x < box.right for x in points)
    for _stage, run in laid.runs:
        assert all(one[0] < other[0] for one, other in pairwise(run))
    for bar in steps.lay(shown, BOX, wide).bars:
        assert bar.sure[0] <= bar.sure[1]
        assert bar.median is None or bar.sure[0] - 1e-6 <= bar.median <= bar.sure[1] + 1e-6


@given(
    st.lists(st.tuples(st.floats(0, 100), st.integers(0, 3)), min_size=1, max_size=4, unique_by=lambda each: each[1])
)
def test_names_of_the_steps_beside_the_last_month_never_meet(ends: list[tuple[float, int]]) -> None:
    plot = Box(20, 10, 200, 120)
    runs = tuple((Stage(number), ((20.0, y), (220.0, 10 + y))) for y, number in ends)
    labels = list(months._steps(runs, plot, 80))
    assert len(labels) == len(ends)
    for one, other in combinations(labels, 2):
        assert not overlap(one.box, other.box)
    assert all(label.box.bottom <= plot.bottom + 17 for label in labels)


def test_a_step_of_which_the_bins_tell_nothing_ends_the_stairs() -> None:
    held = looked({"2026-10": 3})
    [group] = held.views[0].shown
    spread = group.steps[Stage.ADVICE]
    unknown = type(spread)(spread.n, type(spread.median)(3.0, 0.0, None), spread.lower, spread.upper)
    lane = lane_of(AGAINST, group)
    assert list(medians_of({**lane.steps, Stage.ADVICE: unknown})) == [Stage.EMPATHY, Stage.GUIDANCE]


# the window


def opened(room: Room, many: bool = True) -> TeamWindow:
    room.fill(room.folder, 4, tuple(YEAR) if many else ("2026-10",), planned=(45, 20))
    room.fill(room.folder, 2, ("2026-09",), planned=(45, 60))
    room.fill(room.other, 4, tuple(YEAR), first=30)
    (room.folder / "kohtaava-2026-10-copy").mkdir()
    return room.open()


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("points", [9, 18, 27])
def test_every_text_of_the_window_has_its_room(room: Room, qapp: QApplication, points: int) -> None:
    font = qapp.font()
    font.setPointSize(points)
    qapp.setFont(font)
    window = opened(room)
    window.resize(*SMALL_SCREEN)
    for what in (lambda: window.beside_wanted.emit(Beside.OWN), lambda: window.another_chosen.emit(str(room.other))):
        room.do(what)
        assert cut(window) == []
        assert window._area.horizontalScrollBar().maximum() == 0
    room.do(window.skipped.button.click)
    assert cut(window) == []
    window.show_note(lambda: no_folder(managed=True))
    qapp.processEvents()
    assert cut(window) == []


@pytest.mark.parametrize("beside", list(Beside))
def test_at_its_first_size_nothing_is_hidden_below(room: Room, qapp: QApplication, beside: Beside) -> None:
    room.fill(room.folder, 4, planned=(45, 20))
    room.fill(room.other, 4, first=30)
    (room.folder / "kohtaava-2026-10-copy").mkdir()  # so that all lines below the charts are there
    for month in MONTHS:
        room.hold(20, month)
    window = room.open()
    if beside is Beside.ANOTHER:
        room.do(lambda: window.another_chosen.emit(str(room.other)))
    else:
        room.do(lambda: window.beside_wanted.emit(beside))
    window.resize(SIZE * unit_of(window))
    qapp.processEvents()
    qapp.processEvents()  # the cards come beside each other first, then the area takes their height
    assert window._area.verticalScrollBar().maximum() == 0


def test_in_a_narrow_window_the_charts_stand_below_each_other(room: Room, qapp: QApplication) -> None:
    window = opened(room)
    window.resize(round((TWO_COLUMNS - 100) * unit_of(window)), 700)
    qapp.processEvents()
    assert len({card.x() for card in window.board.cards.values()}) == 1
    assert window._area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("many", [True, False])
def test_the_window_wears_the_palette(room: Room, theme: str, many: bool) -> None:
    palette = PALETTES[theme]
    wear(palette)
    seen = colours(opened(room, many).grab().toImage())
    assert {ground(palette).name(), QColor(palette.panel).name()} <= seen
    assert {palette.stage(stage).name() for stage in Stage} <= seen
    others = {QColor(each.panel).name() for each in PALETTES.values() if each is not palette}
    assert not (others - {QColor(palette.text).name()}) & seen


def test_a_note_wears_the_palette_too(room: Room) -> None:
    wear(PALETTES["dark"])
    seen = colours(room.open_as_set().grab().toImage())
    assert QColor(PALETTES["dark"].panel).name() in seen
    assert QColor(PALETTES["light"].panel).name() not in seen


@pytest.mark.usefixtures("in_english")
def test_a_legend_names_who_is_drawn() -> None:
    shown = shown_of(looked({"2026-10": 3}))
    laid = CHARTS["typical"].lay(shown, BOX, wide)
    assert [label.text for label in laid.legend] == ["Team, 60 meetings", "Other team, 60 meetings"]  # type: ignore[attr-defined]
