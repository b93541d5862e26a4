"""Fixtures of the end-to-end tests: a virtual screen for all of them, a desk of its own for each.

A test that fails leaves a picture of the screen and what the program said in ``build/e2e``. What the program says on
its outputs, unasked, is a failure too.
"""

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest

from tests.e2e.beside import Beside
from tests.e2e.desk import ROOT, Desk
from tests.e2e.reader import Bus, Reader
from tests.e2e.room import Room
from tests.e2e.screen import Screen

LEFT_BEHIND = ROOT / "build" / "e2e"
_desks = pytest.StashKey[list[Desk]]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One after the other, when tests are spread over several processes: they wait for what the eye would see."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("e2e"))


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The virtual screen."""
    screen = Screen(tmp_path_factory.mktemp("screen"))
    yield screen
    screen.close()


@pytest.fixture
def new_desk(
    request: pytest.FixtureRequest, screen: Screen, tmp_path: Path
) -> Iterator[Callable[[Sequence[str]], Desk]]:
    """Makes desks; in the end what still runs on them is ended, and nobody has complained."""
    desks: list[Desk] = []
    request.node.stash[_desks] = desks

    def new(prefix: Sequence[str] = ()) -> Desk:
        desks.append(Desk(screen, tmp_path, prefix))
        return desks[-1]

    screen.move(20, 20)
    yield new
    for desk in desks:
        desk.close()
        assert desk.errors() == "", "the program said something on its outputs"


@pytest.fixture
def desk(new_desk: Callable[[Sequence[str]], Desk]) -> Desk:
    """A desk with an empty data folder."""
    return new_desk(())


@pytest.fixture
def beside(screen: Screen, tmp_path: Path) -> Iterator[Beside]:
    """A terminal that fills the screen and has the keyboard."""
    beside = Beside(screen, tmp_path / "typed")
    yield beside
    beside.close()


@pytest.fixture(scope="module")
def bus(screen: Screen) -> Iterator[Bus]:
    """A session bus with assistive technology on it; gone before tests that would notice it on the screen."""
    bus = Bus(screen)
    yield bus
    bus.close()


@pytest.fixture
def reader(bus: Bus, desk: Desk) -> Iterator[Reader]:
    """A screen reader."""
    reader = Reader(bus, desk)
    yield reader
    reader.close()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Room]:
    """A data folder on a small disk of its own that can be filled and made read-only."""
    try:
        room = Room(tmp_path / "data")
    except PermissionError as reason:  # in a container that may not mount; not a matter of what is installed
        pytest.skip(f"no disk can be mounted here, so a full disk is not tried: {reason}")
    yield room
    room.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave what tells why a test failed."""
    report = yield
    if report.failed and _desks in item.stash:
        for desk in item.stash[_desks]:
            name = re.sub(r"[^\w.-]+", "-", item.name)
            picture = LEFT_BEHIND / f"{name}-{report.when}.png"
            desk.screen.picture(picture)
            report.sections.append(("The screen", str(picture)))
            report.sections.append(("The program said", desk.errors() or "(nothing)"))
            picture.with_suffix(".log").write_text(desk.errors(), encoding="utf-8")
    return report
