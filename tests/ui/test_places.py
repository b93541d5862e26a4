"""Where the overlay stands on the real screen: step up stays in its place, and the window goes where it is dragged."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.placement import SNAP, signature
from kohtaava_desktop.ui.scene import Act
from tests.ui.stage import LEFT, NO_KEYS, Stage

pytestmark = pytest.mark.qt_log_ignore("^Mouse event at .* occurs outside target window", extend=True)

MakeStage = Callable[..., Stage]
PLACES = {"at first": None, "near the top": (500, 40), "near the bottom": (500, 770), "in the left corner": (280, 22)}


def anchor_of(stage: Stage) -> QPoint:
    """The middle of the place of step up on the screen."""
    form = stage.overlay.form
    assert form is not None
    unit = stage.overlay.unit
    return stage.overlay.pos() + QPoint(round(form.anchor[0] * unit), round(form.anchor[1] * unit))


def under(stage: Stage, where: QPoint) -> QWidget | None:
    """What a tap at a place on the screen would hit."""
    hit: QWidget | None = stage.overlay.childAt(where - stage.overlay.pos())
    return hit


def walk(stage: Stage) -> dict[str, QRect]:
    """Through every form; where the control at the place of step up stands in each."""
    places = {"ready": stage.place(Act.START)}
    stage.tap(Act.START)
    places["announcement"] = stage.place(Act.GOT_IT)
    stage.tap(Act.GOT_IT)
    places["quiet"] = stage.place(Act.STEP_UP)
    stage.overlay.take_pointer(True)
    places["open"] = stage.place(Act.STEP_UP)
    stage.clock.sleep(30)
    stage.later(seconds=1)
    places["open with a question"] = stage.place(Act.STEP_UP)
    stage.tap(Act.GAP_NO)
    stage.controller.choose(View.DISCREET)
    places["discreet"] = stage.place(Act.STEP_UP)
    stage.controller.choose(View.OPEN)
    stage.go_to(40)
    places["open with a reminder"] = stage.place(Act.STEP_UP)
    for _step in range(3):
        stage.tap(Act.STEP_UP)
    places["open on the last step"] = stage.place(Act.FINISH)
    stage.tap(Act.FINISH)
    places["summary"] = stage.place(Act.DONE)
    return places


@pytest.fixture(params=list(PLACES.values()), ids=list(PLACES))
def placed(request: pytest.FixtureRequest, make_stage: MakeStage) -> Stage:
    """The overlay at several places on its screen."""
    stage = make_stage()
    if request.param is not None:
        stage.places[signature(stage.overlay.areas())] = request.param
        stage.overlay.place_again()
    return stage


@pytest.mark.parametrize("points", [9, 11.25, 13.5, 18])
def test_step_up_lies_at_the_same_place_in_every_form(placed: Stage, points: float) -> None:
    font = QFont(placed.overlay.font())
    font.setPointSizeF(points)
    placed.overlay.setFont(font)
    assert placed.overlay.unit == points / 9
    anchor = anchor_of(placed)
    off = 0 if points % 9 == 0 else 1  # between two sizes of pixels, a rounding
    for name, place in walk(placed).items():
        assert place.adjusted(-off, -off, off, off).contains(anchor), name
        assert abs(place.center().y() + 0.5 - anchor.y()) <= off + 0.5, name
        if name.startswith(("open", "quiet", "announcement")):
            assert abs(place.center().x() + 0.5 - anchor.x()) <= off + 0.5, name
            assert abs(place.width() - 126 * placed.overlay.unit) <= off, name


def test_every_form_lies_wholly_on_the_screen(placed: Stage) -> None:
    screen = placed.overlay.screen().availableGeometry()
    seen: list[QRect] = []
    placed.controller.listen(lambda: seen.append(placed.overlay.geometry()))
    walk(placed)
    assert len({place.height() for place in seen}) >= 6
    assert all(screen.contains(place) for place in seen)


def test_opening_does_not_move_what_is_under_the_pointer(placed: Stage) -> None:
    placed.tap(Act.START)
    placed.tap(Act.GOT_IT)
    up = placed.controls()[Act.STEP_UP]
    place = placed.place(Act.STEP_UP).adjusted(0, 1, 0, -1)  # the quiet line is a pixel higher than a button
    placed.overlay.take_pointer(True)
    for where in (place.topLeft(), place.topRight(), place.bottomLeft(), place.bottomRight(), place.center()):
        assert under(placed, where) is up


def test_at_first_it_stands_at_the_right_edge_a_third_from_the_top(stage: Stage) -> None:
    screen = stage.overlay.screen().availableGeometry()
    assert stage.overlay.geometry().right() == screen.right() - SNAP
    assert stage.overlay.y() == screen.y() + screen.height() // 3


def test_it_grows_with_the_systems_font_while_it_runs(stage: Stage) -> None:
    before = stage.overlay.geometry()
    font = QFont(stage.overlay.font())
    font.setPointSizeF(18)
    stage.overlay.setFont(font)
    after = stage.overlay.geometry()
    assert after.size() == before.size() * 2
    assert stage.overlay.screen().availableGeometry().contains(after)


def test_a_small_font_does_not_make_it_smaller_than_it_was_drawn(stage: Stage) -> None:
    font = QFont(stage.overlay.font())
    font.setPointSizeF(6)
    stage.overlay.setFont(font)
    assert stage.overlay.unit == 1


# dragging


def drag(stage: Stage, start: QPoint, *way: QPoint) -> None:
    """Press at a place on the screen, move along ``way``, let go."""
    window = stage.overlay.windowHandle()
    QTest.mousePress(window, LEFT, NO_KEYS, start - stage.overlay.pos())
    for where in way:
        QTest.mouseMove(window, where - stage.overlay.pos())
    QTest.mouseRelease(window, LEFT, NO_KEYS, way[-1] - stage.overlay.pos())
    stage.settle()
    stage.clock.advance(1)


@pytest.fixture
def moved(stage: Stage) -> list[tuple[str, int, int]]:
    """The places that the overlay wants remembered."""
    places: list[tuple[str, int, int]] = []
    stage.overlay.moved.connect(lambda *place: places.append(place))
    return places


def test_dragged_by_its_ground_it_goes_along_and_remembers(
    stage: Stage, moved: list[tuple[str, int, int]], make_stage: MakeStage
) -> None:
    before, start = stage.overlay.pos(), stage.overlay.pos() + QPoint(30, 5)
    drag(stage, start, start + QPoint(-50, 100), start + QPoint(-150, 200))
    assert stage.overlay.pos() == before + QPoint(-150, 200)
    assert stage.controller.meeting is None
    [(arrangement, x, y)] = moved
    assert (x, y) == anchor_of(stage).toTuple()
    again = make_stage(places={arrangement: (x, y)})
    assert again.overlay.pos() == stage.overlay.pos()


@pytest.mark.parametrize("act", [Act.START, Act.LENGTH])
def test_dragged_by_a_control_it_goes_along_and_that_is_no_tap(
    stage: Stage, moved: list[tuple[str, int, int]], act: Act
) -> None:
    before, start = stage.overlay.pos(), stage.place(act).center()
    drag(stage, start, start + QPoint(-40, 40), start + QPoint(-100, 60))
    assert stage.overlay.pos() == before + QPoint(-100, 60)
    assert stage.controller.meeting is None
    assert stage.app.activePopupWidget() is None
    assert len(moved) == 1
    stage.tap(Act.START)
    assert stage.view() is View.ANNOUNCEMENT


def test_a_control_that_is_dragged_does_not_look_pressed(stage: Stage) -> None:
    start = stage.controls()[Act.START]
    QTest.mousePress(start, LEFT, NO_KEYS, QPoint(10, 10))
    assert start.isDown()
    QTest.mouseMove(start, QPoint(-60, 10))
    assert not start.isDown()
    QTest.mouseRelease(start, LEFT, NO_KEYS, QPoint(10, 10))


def test_an_unsteady_hand_still_taps(stage: Stage, moved: list[tuple[str, int, int]]) -> None:
    before, start = stage.overlay.pos(), stage.place(Act.START).center()
    drag(stage, start, start + QPoint(2, 3))
    assert stage.view() is View.ANNOUNCEMENT
    assert moved == []
    start = stage.overlay.pos() + QPoint(30, 5)
    drag(stage, start, start + QPoint(2, 3))
    assert stage.view() is View.QUIET
    assert moved == []
    assert stage.overlay.x() == before.x()


def test_the_quiet_line_is_dragged_by_the_place_of_step_up_too(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    before, start = stage.overlay.pos(), stage.place(Act.STEP_UP).center()
    drag(stage, start, start + QPoint(-100, 60))
    assert stage.overlay.pos() == before + QPoint(-100, 60)
    assert stage.meeting.stage == 0


def test_dropped_at_an_edge_it_snaps_and_beyond_it_comes_back(stage: Stage) -> None:
    screen = stage.overlay.screen().availableGeometry()
    start = stage.overlay.pos() + QPoint(30, 5)
    drag(stage, start, start + QPoint(5, 30))
    assert stage.overlay.geometry().right() == screen.right()
    start = stage.overlay.pos() + QPoint(30, 5)
    drag(stage, start, start + QPoint(-2000, -2000))
    assert stage.overlay.pos() == screen.topLeft()


def test_an_open_form_dropped_at_the_top_grows_downwards(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.overlay.take_pointer(True)
    start = stage.overlay.pos() + QPoint(100, 60)
    drag(stage, start, QPoint(start.x(), 10))
    up = stage.place(Act.STEP_UP)
    assert up.top() - stage.overlay.y() == 8
    stage.overlay.take_pointer(False)
    assert stage.place(Act.STEP_UP).center().y() == up.center().y()


def test_while_it_is_dragged_time_goes_on(stage: Stage) -> None:
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.overlay.take_pointer(True)
    window, start = stage.overlay.windowHandle(), QPoint(100, 60)
    before = stage.overlay.pos()
    QTest.mousePress(window, LEFT, NO_KEYS, start)
    QTest.mouseMove(window, start + QPoint(-100, 100))
    stage.later(minutes=1)
    assert stage.overlay.pos() == before + QPoint(-100, 100)
    QTest.mouseRelease(window, LEFT, NO_KEYS, start)
    assert stage.overlay.pos() == before + QPoint(-100, 100)


# screens


def test_when_screens_change_it_stands_where_that_arrangement_remembers_it(stage: Stage) -> None:
    start = stage.overlay.pos() + QPoint(30, 5)
    drag(stage, start, start + QPoint(-150, 200))
    stage.places[signature(stage.overlay.areas())] = (400, 300)
    stage.overlay.place_again()
    assert anchor_of(stage) == QPoint(400, 300)


def test_a_remembered_place_off_every_screen_comes_back(make_stage: MakeStage, stage: Stage) -> None:
    away = make_stage(places={signature(stage.overlay.areas()): (99_999, -99_999)})
    assert away.overlay.screen().availableGeometry().contains(away.overlay.geometry())


def test_placing_again_keeps_a_form_that_grew_downwards(stage: Stage) -> None:
    stage.places[signature(stage.overlay.areas())] = (500, 40)
    stage.overlay.place_again()
    stage.tap(Act.START)
    stage.tap(Act.GOT_IT)
    stage.run(stage.controller.perform(commands.StepUp()))
    stage.run(stage.controller.perform(commands.StepUp()))
    before = stage.place(Act.STEP_UP)
    stage.overlay.place_again()
    stage.overlay.place_again()
    assert stage.place(Act.STEP_UP) == before


def test_the_screen_is_the_one_that_tests_expect(qapp: QApplication) -> None:
    assert [screen.availableGeometry() for screen in qapp.screens()] == [QRect(0, 0, 800, 800)]
