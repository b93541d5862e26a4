"""The window as it looks: every text has its room, every colour stands out, with few meetings and many."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.statistics import Filter, Statistics, Week
from kohtaava_desktop.domain.team import TypicalMeeting
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.follow import wear
from kohtaava_desktop.ui.mirror import painting, saving, spread, weekly
from kohtaava_desktop.ui.mirror.board import TWO_COLUMNS, places
from kohtaava_desktop.ui.mirror.canvas import INSIDE
from kohtaava_desktop.ui.mirror.chart import Label, Shown
from kohtaava_desktop.ui.mirror.charts import CHARTS
from kohtaava_desktop.ui.mirror.look import ground, worn
from kohtaava_desktop.ui.mirror.painting import BAR, STRONG_BAR
from kohtaava_desktop.ui.mirror.saving import Sheet
from kohtaava_desktop.ui.mirror.window import SIZE
from kohtaava_desktop.ui.staircase import Box
from kohtaava_desktop.ui.theme import PALETTES, SMALLEST_TYPE, Palette, Type, qt_palette
from tests.contrast import contrast, over
from tests.ui.fitting import SMALL_SCREEN, cut
from tests.ui.mirror.histories import statistics
from tests.ui.mirror.room import Room
from tests.ui.mirror.test_layouts import overlap
from tests.ui.scenes import Longer

LONGER = "longer"
TEAM_MEDIANS = {stage: each * 60.0 for stage, each in zip(Stage, (4, 10, 22, 5), strict=True)}
TEAM = TypicalMeeting(TEAM_MEDIANS, dict.fromkeys(Stage, 12_345), 7, ("2026-10",))
YEARS = [f"{year}-W{number:02d}" for year in (2025, 2026) for number in range(1, 53)]


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    """Font and colours are those of every application again."""
    font, palette = qapp.font(), qapp.palette()
    yield
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture(params=["fi", "sv", "en", LONGER])
def tag(request: pytest.FixtureRequest, in_english: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each language in turn, and one that is 40 % longer."""
    assert in_english is None
    i18n.set_language("en" if request.param == LONGER else request.param)
    if request.param == LONGER:
        monkeypatch.setitem(i18n._catalogues, ("kohtaava", "en"), Longer())
    return str(request.param)


@pytest.fixture(params=["", "DejaVu Sans"], ids=["own font", "wide font"])
def fonts(request: pytest.FixtureRequest, qapp: QApplication) -> Type:
    font = QFont(request.param, 9) if request.param else qapp.font()
    return Type(font, 96)


def room_of(name: str) -> Box:
    """What a chart has of the window at its first size, at least."""
    return Box(INSIDE, INSIDE, CHARTS[name].w, CHARTS[name].h)


def held(fonts: Type, label: Label) -> bool:
    """Whether a text has its room; it may be a little smaller than the others."""
    if label.wrap:
        return fonts.height(label.text, label.role, label.box.w) * SMALLEST_TYPE**2 <= label.box.h + 1
    return fonts.width(label.text, label.role) * SMALLEST_TYPE <= label.box.w + 1


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("meetings", [12, 40, 5000])
@pytest.mark.parametrize("planned", [None, 45])
def test_every_text_of_the_charts_has_its_room(fonts: Type, meetings: int, planned: int | None) -> None:
    found = statistics(
        meetings, Filter(planned_minutes=planned), YEARS if meetings > 1000 else ("2026-W46", "2026-W47")
    )
    if found.too_few:
        found = statistics(meetings)
    shown = Shown(found, Filter(planned_minutes=planned), TEAM)
    for name, chart in CHARTS.items():
        laid = chart.lay(shown, room_of(name), fonts.width)
        labels: list[Label] = [*laid.labels, *getattr(laid, "legend", ())]  # type: ignore[attr-defined]
        for label in labels:
            assert held(fonts, label), (name, label.text)
        for one, other in combinations([label for label in labels if not label.wrap], 2):
            if name != "typical":  # there the names have a test of their own
                assert not overlap(one.box, other.box), (name, one.text, other.text)


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("points", [9, 18])
def test_every_text_of_the_window_has_its_room(room: Room, qapp: QApplication, points: int) -> None:
    font = qapp.font()
    font.setPointSize(points)
    qapp.setFont(font)
    window = room.open(400)
    window.resize(*SMALL_SCREEN)
    qapp.processEvents()
    assert cut(window) == []
    area = window._area
    assert area.horizontalScrollBar().maximum() == 0


@pytest.mark.usefixtures("in_english")
def test_at_its_first_size_nothing_is_hidden_below(room: Room, qapp: QApplication) -> None:
    window = room.open(400)
    window.resize(SIZE * unit_of(window))
    qapp.processEvents()
    assert window._area.verticalScrollBar().maximum() == 0


@pytest.mark.usefixtures("in_english")
def test_in_a_narrow_window_the_charts_stand_below_each_other(room: Room, qapp: QApplication) -> None:
    window = room.open(400)
    window.resize(QSize(TWO_COLUMNS - 100, 700) * unit_of(window))
    qapp.processEvents()
    assert len({card.x() for card in window.board.cards.values()}) == 1
    assert window._area.horizontalScrollBar().maximum() == 0
    assert places(TWO_COLUMNS) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def colours(image: QImage) -> set[str]:
    """All colours of the picture."""
    pixels = memoryview(image.convertToFormat(QImage.Format.Format_RGB32).constBits()).cast("B").cast("I")
    return {QColor(pixel).name() for pixel in set(pixels)}


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize(("theme", "meetings"), list(product(PALETTES, (0, 3, 40, 5000))))
def test_the_window_wears_the_palette(room: Room, qapp: QApplication, theme: str, meetings: int) -> None:
    palette = PALETTES[theme]
    wear(palette)
    window = room.open(meetings)
    assert worn(qapp.palette()) is palette
    seen = colours(window.grab().toImage())
    assert {ground(palette).name(), QColor(palette.panel).name()} <= seen
    assert {palette.stage(stage).name() for stage in Stage} <= seen
    others = {QColor(each.panel).name() for each in PALETTES.values() if each is not palette}
    assert not (others - {QColor(palette.text).name()}) & seen


@pytest.mark.usefixtures("in_english")
def test_the_colours_change_while_it_is_open(room: Room) -> None:
    wear(PALETTES["light"])
    window = room.open(40)
    wear(PALETTES["dark"])
    room.app.processEvents()
    seen = colours(window.grab().toImage())
    assert QColor(PALETTES["dark"].panel).name() in seen
    assert QColor(PALETTES["light"].panel).name() not in seen


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_texts_stand_out_on_the_ground(palette: Palette) -> None:
    least = 7.0 if palette.strong else 4.5
    for ink in (palette.text, palette.muted):
        assert contrast(ink, ground(palette)) >= least
        assert contrast(ink, palette.panel) >= least


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_lines_and_bars_stand_out(palette: Palette) -> None:
    """The median and the middle half tell what bars only show; bars stand out where contrast is asked for."""
    for stage in Stage:
        ink = palette.stage(stage)
        assert contrast(ink, palette.panel) >= 3.0
        if palette.strong:
            assert contrast(over(ink, STRONG_BAR, palette.panel), palette.panel) >= 3.0
        else:
            assert contrast(over(ink, BAR, palette.panel), palette.panel) >= 1.3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_height_of_each_bar_stands_out(qapp: QApplication, palette: Palette) -> None:
    """Its upper edge has all of the colour, also where it is lower than that edge is thick."""
    fonts, scale = Type(qapp.font(), 96), 4
    laid = spread.lay(Shown(statistics(400)), Box(0, 0, 600, 300), fonts.width)
    image = QImage(600 * scale, 300 * scale, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.panel))
    painter = QPainter(image)
    painter.scale(scale, scale)
    painting.paint_spread(painter, laid, palette, fonts)
    painter.end()
    for row in laid.rows:
        assert len(row.bars) > 3
        for bar in row.bars:
            left, right = round((bar.box.x + 2.1) * scale), round((bar.box.right - 2.1) * scale)
            along = {image.pixelColor(x, int((bar.box.y + 0.6) * scale)).name() for x in range(left, right)}
            assert palette.stage(row.stage).name() in along


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_week_of_few_meetings_is_hollow_in_a_long_history_too(qapp: QApplication, palette: Palette) -> None:
    """Weeks stand so close that only those of few meetings have a point, in runs or not."""
    few = {3, 10, 11, 12, 60}
    weeks = tuple(Week(week, 2 if number in few else 9, 300.0) for number, week in enumerate(YEARS))
    laid = weekly.lay(Shown(Statistics(500, {}, weeks=weeks)), Box(0, 0, 400, 200), Type(qapp.font(), 96).width)
    assert not laid.dots
    [run] = laid.runs
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.panel))
    painter = QPainter(image)
    painting.paint_weekly(painter, laid, palette, Type(qapp.font(), 96))
    painter.end()
    above = {number: image.pixelColor(round(point.x), round(point.y - 3)).name() for number, point in enumerate(run)}
    ground = {number for number, colour in above.items() if colour == QColor(palette.panel).name()}
    assert few.isdisjoint(ground)
    assert {number for number in above if not few & {number - 1, number, number + 1}} <= ground


def test_a_palette_that_is_not_ours_is_light() -> None:
    assert worn(QPalette(QColor("#123456"))) is PALETTES["light"]
    for palette in PALETTES.values():
        assert worn(qt_palette(palette)) is palette


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("theme", PALETTES)
def test_a_kept_picture_holds_the_same_charts(qapp: QApplication, theme: str) -> None:
    palette, shown = PALETTES[theme], Shown(statistics(400), Filter(), TEAM)
    content = saving.png(Sheet(shown, ("My meetings", "400 meetings"), "Left out: 5"), palette, qapp.font())
    image = QImage.fromData(content)
    assert image.size() == saving.SIZE * 2
    seen = colours(image)
    assert {palette.stage(stage).name() for stage in Stage} <= seen
    assert ground(palette).name() in seen


@pytest.mark.usefixtures("in_english")
def test_a_kept_drawing_has_its_words_as_text(qapp: QApplication) -> None:
    shown = Shown(statistics(400), Filter(planned_minutes=45), TEAM)
    text = saving.svg(Sheet(shown, ("My meetings", "45 min"), ""), PALETTES["light"], qapp.font()).decode()
    for word in ("My meetings", "Team, 7 workstations", "Week by week", "Guidance"):
        assert word in text
    assert "<image" not in text


def test_cards_of_a_kept_picture_do_not_touch() -> None:
    cards = saving.cards()
    assert not any(overlap(one, other) for one, other in combinations(cards, 2))
    assert all(card.right < saving.SIZE.width() and card.bottom < saving.SIZE.height() for card in cards)
