"""My meetings, Our team, an export, what is stored: on a small screen, in large type, by keyboard, in each palette.

On the smallest screen that we serve each text has its room, and whatever does not fit can be scrolled to.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QWidget,
)

from kohtaava_desktop.domain.release_files import files_of
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store import exports
from kohtaava_desktop.ui.dialog_style import unit_of
from kohtaava_desktop.ui.follow import wear
from kohtaava_desktop.ui.mirror.canvas import ChartCanvas
from kohtaava_desktop.ui.mirror.look import CELL, FRAME
from kohtaava_desktop.ui.roles import give_roles
from kohtaava_desktop.ui.team.opening import TeamOpener
from kohtaava_desktop.ui.theme import PALETTES, Palette
from kohtaava_desktop.ui.trust.opening import Trust
from tests.contrast import contrast
from tests.ui.fitting import cut
from tests.ui.share.desk import TODAY, Desk
from tests.ui.test_contrast import between
from tests.unit.domain.exports import export, meetings

SCREEN = QRect(0, 0, 1280, 680)
"""What a task bar leaves of 1280 × 720."""
CHARTED = ("mirror", "team")
"""The windows with cards, and with *Keep…* in the corner."""
TOLD = 2
"""So many pixels of a line round a control change at least, for each pixel of its height."""


@dataclass
class Windows:
    """The windows, each with something to show; the team's withholds a month, and a file in its folder is left out."""

    desk: Desk
    trust: Trust
    team: TeamOpener

    def open(self) -> dict[str, QWidget]:
        """All of them in ``SCREEN``, by name."""
        self.desk.settings.set("team_folder", str(self.desk.team_folder))
        self.desk.do(lambda: self.desk.mirror.open(SCREEN))
        self.desk.do(lambda: self.desk.exporting.open(SCREEN))
        self.desk.loop.run_until_complete(self._open_others())
        export = self.desk.exporting.window
        assert export is not None
        self.desk.do(export.show_rows.click)
        assert self.team.window is not None
        self.team.window.skipped.button.click()
        mirror, trust = self.desk.mirror.window, self.trust.window
        found = {"mirror": mirror, "export": export, "trust": trust, "team": self.team.window}
        return {name: window for name, window in found.items() if window is not None}

    def open_in_full(self) -> dict[str, QWidget]:
        """All of them, so high that nothing is scrolled away."""
        opened = self.open()
        for window in opened.values():
            window.resize(window.width(), 1500)
            self.desk.app.processEvents()
        return opened

    async def _open_others(self) -> None:
        self.trust.open(SCREEN)
        await self.trust.done()
        self.team.open(SCREEN)
        await self.team.done()

    def compare(self, other: Path) -> None:
        """Another team's folder beside the team."""
        self.desk.loop.run_until_complete(self._compare(other))
        self.desk.app.processEvents()

    async def _compare(self, other: Path) -> None:
        assert self.team.window is not None
        self.team.window.another_chosen.emit(str(other))
        await self.team.done()

    def turned(self, name: str) -> bool:
        """Whether the cards of the window ``name`` show their tables."""
        window = {"mirror": self.desk.mirror.window, "team": self.team.window}.get(name)
        return window is not None and window.board.cards["typical"].as_table

    def turn(self) -> None:
        """The other side of each card of *My meetings* and *Our team*."""
        for window in (self.desk.mirror.window, self.team.window):
            assert window is not None
            for card in window.board.cards.values():
                card.turn()
        for _turn in range(3):
            self.desk.app.processEvents()


@pytest.fixture
def windows(qapp: QApplication, loop: asyncio.AbstractEventLoop, in_english: None, tmp_path: Path) -> Iterator[Windows]:
    """Not opened yet: colours, type and language can be chosen before."""
    assert in_english is None
    font, palette = qapp.font(), qapp.palette()
    desk = Desk(qapp, loop, tmp_path)
    desk.fill_team(3, ("2026-10",))
    desk.fill_team(2, ("2026-09",))
    (desk.team_folder / "kohtaava-2026-10-copy").mkdir()

    async def never() -> None:
        raise AssertionError("nothing is to be deleted here")

    trust = Trust(lambda: tmp_path / "data", desk.settings, never)
    trust.store = desk.store
    team = TeamOpener(desk.settings, lambda: TODAY)
    team.store = desk.store
    yield Windows(desk, trust, team)
    for window in (desk.exporting.window, desk.mirror.window, trust.window, team.window):
        if window is not None:
            window.close()
    loop.run_until_complete(desk.store.close())
    qapp.processEvents()
    qapp.setFont(font)
    qapp.setPalette(palette)


@pytest.fixture(params=[9, 18], ids=["100 %", "200 %"])
def large(request: pytest.FixtureRequest, windows: Windows) -> None:
    """Type in two sizes; all of a window grows with it."""
    font = windows.desk.app.font()
    font.setPointSize(request.param)
    windows.desk.app.setFont(font)


@pytest.mark.usefixtures("tag", "large")
def test_on_a_small_screen_every_text_has_its_room(windows: Windows) -> None:
    opened = windows.open()
    assert set(opened) == {"mirror", "export", "trust", "team"}
    windows.compare(another_team(windows.desk))
    for name, window in opened.items():
        assert SCREEN.contains(window.frameGeometry()), name
        assert cut(window) == [], name
        for area in window.findChildren(QAbstractScrollArea):
            if area.isVisible() and not isinstance(area, QTableWidget):
                assert area.horizontalScrollBar().maximum() == 0, name
    windows.turn()
    tables = [table for window in opened.values() for table in window.findChildren(QTableWidget) if table.isVisible()]
    assert len(tables) == 10
    for table in tables:
        assert cells_cut(table) == []
        assert headers_cut(table) == []


def another_team(desk: Desk) -> Path:
    """A folder of another team's exports: beside it every table of the team is as wide as it gets."""
    place = desk.place / "another"
    place.mkdir()
    for number in range(10, 13):
        release = export(number, meetings(20, 45, number), "2026-10")
        exports.write(place, release.name, files_of(release))
    return place


def cells_cut(table: QTableWidget) -> list[str]:
    """The texts of cells that have less room than they need, as a style sheet leaves it."""
    around = 2 * (round(CELL * unit_of(table)) + FRAME)
    found = []
    for row in range(table.rowCount()):
        for column in range(table.columnCount()):
            item = table.item(row, column)
            if item is None or not item.text():
                continue
            span = range(column, column + table.columnSpan(row, column))
            room = sum(table.columnWidth(each) for each in span) - around
            metrics = QFontMetrics(item.font() if item.font().bold() else table.font())
            flags = Qt.TextFlag.TextWordWrap if table.wordWrap() else Qt.TextFlag.TextSingleLine
            needed = metrics.boundingRect(QRect(0, 0, room, 10_000), flags, item.text())
            if needed.width() > room or needed.height() > table.rowHeight(row):
                found.append(item.text())
    return found


def headers_cut(table: QTableWidget) -> list[str]:
    """The same of the headers, whose lines are broken by hand."""
    header, found = table.horizontalHeader(), []
    for column in range(table.columnCount()):
        item = table.horizontalHeaderItem(column)
        assert item is not None
        around = 2 * (round(CELL * unit_of(table)) + FRAME)
        metrics = QFontMetrics(header.font())
        lines = item.text().split("\n")
        wide = max(map(metrics.horizontalAdvance, lines))
        if wide + around > header.sectionSize(column) or metrics.height() * len(lines) > header.height():
            found.append(item.text())
    return found


def test_what_is_cut_in_a_table_is_found(windows: Windows) -> None:
    export = windows.open()["export"]
    table = export.findChild(QTableWidget)
    assert isinstance(table, QTableWidget)
    assert (cells_cut(table), headers_cut(table)) == ([], [])
    table.setColumnWidth(0, 40)
    table.setRowHeight(1, 5)
    assert len(cells_cut(table)) > table.rowCount() // 2
    assert headers_cut(table) == ["Planned"]


@pytest.mark.usefixtures("tag")
def test_a_path_that_may_be_longer_than_its_field_is_a_tooltip_too(windows: Windows) -> None:
    fields = [field for window in windows.open().values() for field in window.findChildren(QLineEdit)]
    assert len(fields) == 2
    for field in fields:
        assert field.toolTip() == field.text() != ""


def stops(window: QWidget) -> Iterator[QWidget]:
    """Whatever Tab comes to, from the first one, until it comes back there."""
    window.activateWindow()
    QApplication.processEvents()
    window.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    first = now = QApplication.focusWidget()
    assert now is not None
    for _stop in range(60):
        yield now
        QTest.keyClick(now, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if now in (first, window):
            return
    raise AssertionError("Tab does not come back to where it began")


@pytest.mark.usefixtures("tag")
def test_every_control_has_a_name_and_tab_comes_to_it_in_the_order_of_reading(windows: Windows) -> None:
    for name, window in windows.open().items():
        reached = list(stops(window))
        assert len(set(reached)) == len(reached) > 3, name
        for control in reached:
            told = QAccessible.queryAccessibleInterface(control)
            assert told.text(QAccessible.Text.Name).strip(), f"{name}: {control} has no name"
        corner = [each for each in reached if name in CHARTED and rows_of(window, each)[0] == 0 and not is_chip(each)]
        read = reached[: len(reached) - len(corner)]
        assert [*read, *corner] == reached, "what is done with all of it stands in the corner, and is reached last"
        assert [rows_of(window, each) for each in read] == sorted(rows_of(window, each) for each in read), name


def test_assistive_technology_finds_windows_and_can_choose_meetings(windows: Windows) -> None:
    """Not mere fillers; and a length is chosen by whatever a reader does with a check box."""
    give_roles()
    for name, window in windows.open().items():
        found = QAccessible.queryAccessibleInterface(window).role()
        assert found in (QAccessible.Role.Window, QAccessible.Role.Dialog), name
    mirror = windows.desk.mirror.window
    assert mirror is not None
    chip = QAccessible.queryAccessibleInterface(mirror.filters.chips[90])
    windows.desk.do(lambda: chip.actionInterface().doAction("Toggle"))
    assert mirror.wanted_now.planned_minutes == 90
    team = windows.team.window
    assert team is not None
    for picker in (*mirror.filters.lists, team.bar.month, team.bar.other):
        related = QAccessible.queryAccessibleInterface(picker).relations(QAccessible.RelationFlag.Label)
        assert [each[0].text(QAccessible.Text.Name) for each in related] == [picker.toolTip()]


def is_chip(control: QWidget) -> bool:
    return control.objectName() == "chip"


def rows_of(window: QWidget, control: QWidget) -> tuple[int, int, int, int]:
    """Where ``control`` is read: by the card it is on, then by lines from the top, then from the left."""
    card: QWidget = control
    while card.objectName() != "card" and card is not window:
        card = card.parentWidget()  # type: ignore[assignment]
    outer = card if card is not window else control
    place, inner = outer.mapTo(window, QPoint(0, 0)), control.mapTo(window, control.rect().center())
    line = 24
    return place.y() // line, place.x(), inner.y() // line, inner.x()


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_keyboard_can_be_seen_wherever_it_is(windows: Windows, palette: Palette) -> None:
    wear(palette)
    for name, window in windows.open_in_full().items():
        for turned in (False, True) if name in CHARTED else (False,):
            if turned is not windows.turned(name):
                windows.turn()
            for control in stops(window):
                seen = grabbed(control)
                window.setFocus()
                windows.desk.app.processEvents()
                assert changed(grabbed(control), seen) >= TOLD * min(control.height(), 40), f"{name}: {control}"
                control.setFocus(Qt.FocusReason.TabFocusReason)


def grabbed(control: QWidget) -> QImage:
    """``control`` on its ground."""
    window = control.window()
    place = QRect(control.mapTo(window, QPoint(0, 0)), control.size())
    return window.grab(place).toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(before: QImage, after: QImage) -> int:
    """How many pixels stand out from what they were."""
    known: dict[tuple[int, int], bool] = {}
    pixels = [memoryview(image.constBits()).cast("B").cast("I") for image in (before, after)]
    count, wide = 0, before.width()
    for start in range(0, len(pixels[0]), wide):
        rows = [each[start : start + wide] for each in pixels]
        for pair in zip(*rows, strict=True) if rows[0] != rows[1] else ():
            if pair[0] != pair[1]:
                if pair not in known:
                    known[pair] = contrast(QColor(pair[0]), QColor(pair[1])) >= 3
                count += known[pair]
    return count


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_texts_and_fields_stand_out_where_they_are_painted(windows: Windows, palette: Palette) -> None:
    """The colours that there are, in the places of the texts: a ground, and an ink that stands out from it enough."""
    wear(palette)
    least = 7.0 if palette.strong else 4.5
    for name, window in windows.open_in_full().items():
        texts: list[QWidget] = [label for label in window.findChildren(QLabel) if label.isVisible() and label.text()]
        controls = [each for kind in (QComboBox, QPushButton, QPlainTextEdit) for each in window.findChildren(kind)]
        texts += [control for control in controls if control.isVisible() and control.isEnabled()]
        for text in texts:
            pixels = 2 if isinstance(text, QPushButton) else 6  # a button may have one short word
            ground, ink = two_colours(grabbed(text), pixels)
            assert contrast(ground, ink) >= least, f"{name}: {text} in {ink.name()} on {ground.name()}"


def two_colours(image: QImage, at_least: int = 6) -> tuple[QColor, QColor]:
    """What most of ``image`` is, and what stands out from it most of all that so many pixels are."""
    counted: dict[int, int] = {}
    for pixel in memoryview(image.constBits()).cast("B").cast("I"):
        counted[pixel] = counted.get(pixel, 0) + 1
    ground = QColor(max(counted, key=lambda pixel: counted[pixel]))
    inks = [QColor(pixel) for pixel, count in counted.items() if count >= at_least]
    return ground, max(inks, key=lambda ink: contrast(ink, ground))


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_name_of_a_step_stands_on_nothing_but_the_ground(windows: Windows, palette: Palette) -> None:
    """Also where it had no room above its own tread."""
    wear(palette)
    opened = windows.open_in_full()
    canvases = [each for name in CHARTED for each in opened[name].findChildren(ChartCanvas)]
    assert len(canvases) == 8
    for canvas in canvases:
        image, u = grabbed(canvas), unit_of(canvas)
        for label in getattr(canvas._layout(), "labels", ()):
            if not isinstance(label.ink, Stage):
                continue
            box = QRect(*(round(each * u) for each in (label.box.x, label.box.y, label.box.w, label.box.h)))
            place = image.copy(box.adjusted(1, 2, -1, -2))
            ink, ground = palette.stage(label.ink), QColor(palette.panel)
            others = {
                QColor(pixel).name()
                for pixel in set(memoryview(place.constBits()).cast("B").cast("I"))
                if not between(QColor(pixel), ink, ground)
            }
            assert others == set(), label.text
            assert contrast(ink, ground) >= (7.0 if palette.strong else 4.5)
