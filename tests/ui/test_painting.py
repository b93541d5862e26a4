"""What is painted: every form in both palettes, and nothing that a client should not see."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kohtaava_desktop.domain import commands
from kohtaava_desktop.domain.stages import Stage as Step
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.overlay import Overlay
from kohtaava_desktop.ui.scene import Act
from kohtaava_desktop.ui.theme import DARK, LIGHT, Palette
from tests.ui.scenes import scenes
from tests.ui.stage import Stage

UP = commands.StepUp()
palettes = pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])


def picture(stage: Stage) -> QImage:
    """What stands on the screen now."""
    return stage.overlay.grab().toImage()


def colours(image: QImage) -> set[str]:
    """All colours of an image."""
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def edge(image: QImage) -> str:
    """The colour of the upper edge."""
    return image.pixelColor(image.width() // 2, 0).name()


def in_view(stage: Stage, view: View, *steps: commands.Command) -> None:
    """A running meeting in a form."""
    if stage.controller.meeting is None:
        stage.tap(Act.START)
    for step in steps:
        stage.run(stage.controller.perform(step))
    stage.controller.choose(view)


@palettes
def test_every_form_is_painted(stage: Stage, palette: Palette) -> None:
    stage.overlay.take_palette(palette)
    for name, scene in scenes():
        stage.overlay.show_scene(scene)
        image = picture(stage)
        assert image.size() == stage.overlay.size(), name
        assert image.pixelColor(image.width() // 2, 3) == QColor(palette.panel), name
        seen = {image.pixelColor(x, y).rgb() for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(seen) > 4, f"{name} is blank"


@palettes
@pytest.mark.parametrize("step", Step)
def test_discreet_is_four_dots_and_nothing_else(stage: Stage, palette: Palette, step: Step) -> None:
    stage.overlay.take_palette(palette)
    in_view(stage, View.DISCREET, *[UP] * step)
    stage.go_to(40)  # a reminder stands, and does not show
    image = picture(stage)
    assert stage.overlay.form is not None
    assert stage.overlay.form.texts == ()
    assert edge(image) == QColor(palette.edge).name()
    middle = image.height() // 2
    found = [image.pixelColor(round(image.width() / 2 + (dot - 1.5) * 20), middle).name() for dot in Step]
    expected = [palette.stage(dot).name() if dot <= step else QColor(palette.panel).name() for dot in Step]
    assert found == expected


def test_discreet_looks_the_same_at_any_time_and_under_the_pointer(stage: Stage) -> None:
    in_view(stage, View.DISCREET, UP)
    before = picture(stage)
    stage.go_to(44)
    stage.controller.say("Something to know.")
    stage.clock.sleep(10)
    stage.later(minutes=1)
    stage.overlay.take_pointer(True)
    assert picture(stage) == before
    assert all(not control.toolTip() for control in stage.controls().values())


@palettes
def test_quiet_has_no_text_and_no_control_that_shows(stage: Stage, palette: Palette) -> None:
    stage.overlay.take_palette(palette)
    in_view(stage, View.QUIET, UP)
    stage.go_to(20)
    assert stage.overlay.form is not None
    assert stage.overlay.form.texts == ()
    image = picture(stage)
    up = stage.controls()[Act.STEP_UP]
    up.hide()
    assert picture(stage) == image
    assert QColor(palette.text).name() not in colours(image)


def test_quiet_has_a_small_mark_where_there_is_something_to_read(stage: Stage) -> None:
    in_view(stage, View.QUIET)
    mark = QPoint(6, stage.overlay.height() // 2)
    assert picture(stage).pixelColor(mark) == QColor(LIGHT.panel)
    stage.controller.say("Something to know.")
    stage.presenter.refresh()
    assert picture(stage).pixelColor(mark) == QColor(LIGHT.text)
    stage.controller.dismiss_notice()
    assert picture(stage).pixelColor(mark) == QColor(LIGHT.panel)
    stage.clock.sleep(10)
    stage.later(seconds=1)
    assert picture(stage).pixelColor(mark) == QColor(LIGHT.text)


@palettes
@pytest.mark.parametrize("view", [View.QUIET, View.OPEN])
def test_the_edge_warms_with_a_reminder_and_cools_when_it_is_put_off(
    stage: Stage, palette: Palette, view: View
) -> None:
    stage.overlay.take_palette(palette)
    in_view(stage, view)
    assert edge(picture(stage)) == QColor(palette.edge).name()
    stage.go_to(38)
    assert edge(picture(stage)) == QColor(palette.warm).name()
    stage.run(stage.controller.perform(commands.PutOff()))
    assert edge(picture(stage)) == QColor(palette.edge).name()


def test_after_the_planned_end_nothing_alarms(stage: Stage) -> None:
    in_view(stage, View.OPEN, UP, UP, UP)
    stage.go_to(44)
    before = colours(picture(stage))
    stage.go_to(50)
    image = picture(stage)
    assert edge(image) == QColor(LIGHT.edge).name()
    assert QColor(LIGHT.warm).name() not in colours(image) - before


def test_the_small_drawings_show_under_the_pointer_only(stage: Stage) -> None:
    in_view(stage, View.OPEN)
    stage.go_to(0)
    corner = stage.controls()[Act.MORE].geometry()
    away = picture(stage).copy(corner)
    assert colours(away) <= {QColor(LIGHT.panel).name()}
    stage.overlay.take_pointer(True)
    assert colours(picture(stage).copy(corner)) > colours(away)


@palettes
def test_the_small_drawings_stay_clear_of_a_farewell_that_begins_early(stage: Stage, palette: Palette) -> None:
    stage.overlay.take_palette(palette)
    in_view(stage, View.OPEN, UP, UP, UP)
    stage.go_to(40)
    corner, tread = stage.controls()[Act.MORE].geometry(), palette.stage(Step.FAREWELL).name()
    assert tread in colours(picture(stage).copy(corner)), "the stairs lie there"
    stage.overlay.take_pointer(True)
    assert tread not in colours(picture(stage).copy(corner))


def test_colours_change_at_once(stage: Stage) -> None:
    light = picture(stage)
    stage.overlay.take_palette(DARK)
    dark = picture(stage)
    assert light.pixelColor(170, 3) == QColor(LIGHT.panel)
    assert dark.pixelColor(170, 3) == QColor(DARK.panel)
    stage.overlay.take_palette(LIGHT)
    assert picture(stage) == light


@palettes
def test_the_focus_can_be_seen_on_a_coloured_button(stage: Stage, palette: Palette) -> None:
    stage.overlay.take_palette(palette)
    stage.controller.show(True)
    start = stage.controls()[Act.START]
    image = start.grab().toImage()
    ring, fill = image.pixelColor(image.width() // 2, 1), image.pixelColor(image.width() // 2, 4)
    assert fill == palette.stage(Step.EMPATHY)
    wanted = QColor(palette.on_primary).lightness()
    assert abs(ring.lightness() - wanted) < abs(ring.lightness() - fill.lightness())


def test_at_twice_the_size_everything_is_twice_as_large(stage: Stage) -> None:
    in_view(stage, View.OPEN, UP, UP)
    small = stage.overlay.size()
    font = QFont(stage.overlay.font())
    font.setPointSizeF(18)
    stage.overlay.setFont(font)
    image = picture(stage)
    assert image.size() == small * 2
    assert image.pixelColor(image.width() // 2, 0).name() == QColor(LIGHT.edge).name()
    assert image.pixelColor(image.width() // 2, 1).name() == QColor(LIGHT.edge).name()


@pytest.mark.qt_log_ignore("^This plugin does not support setting window masks$", extend=True)
def test_where_corners_cannot_be_translucent_the_window_is_cut_to_its_shape(
    qapp: QApplication, qtbot: QtBot, in_english: None
) -> None:
    assert in_english is None
    overlay = Overlay(LIGHT, False, {})
    qtbot.addWidget(overlay)
    _name, scene = next(scenes())
    overlay.show_scene(scene)
    overlay.show()
    qapp.processEvents()
    corners = [QPoint(0, 0), overlay.rect().topRight(), overlay.rect().bottomLeft(), overlay.rect().bottomRight()]
    assert not any(overlay.mask().contains(corner) for corner in corners)
    assert overlay.mask().contains(overlay.rect().center())
    image = overlay.grab().toImage()
    assert image.pixelColor(0, 0).alpha() == 255


def test_each_frame_is_told(stage: Stage) -> None:
    frames: list[bool] = []
    stage.overlay.painted.connect(lambda: frames.append(True))
    stage.overlay.repaint()
    assert frames == [True]


def test_what_has_not_changed_is_not_laid_out_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[object] = []
    monkeypatch.setattr("kohtaava_desktop.ui.overlay.form_of", lambda scene, _fonts: laid_out.append(scene))
    stage.presenter.refresh()
    assert laid_out == []


def test_painting_keeps_count_of_none(stage: Stage) -> None:
    """PySide6 6.12.0 loses a reference to ``None`` with each pen and brush, until Python 3.11 stops.

    From Python 3.12 on ``None`` is not counted, and this finds nothing.
    """
    in_view(stage, View.OPEN, UP, UP)
    stage.overlay.take_pointer(True)
    picture(stage)
    before = sys.getrefcount(None)
    for _frame in range(500):
        stage.overlay.grab()
    assert sys.getrefcount(None) > before - 400


def test_the_stage_is_the_one_that_pictures_expect(make_stage: Callable[..., Stage]) -> None:
    assert make_stage().overlay.devicePixelRatioF() == 1.0
