"""A bundle for all tests of what is shipped, and an expert's desk on which it runs alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from release import bundle
from tests.e2e import desk as desks
from tests.e2e.desk import Desk
from tests.e2e.reader import Bus, Reader
from tests.e2e.screen import Screen

LEFT = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
SLOW_BUS = "QSpiApplication::keyEventError"
"""What Qt says where the bus of screen readers takes a key late, on a machine that is busy; the key is not lost."""


class BundledDesk(Desk):
    """A desk without any Python: nothing of this environment can be found there."""

    def environment(self, **more: str) -> dict[str, str]:
        """What the program and ``kohtaava`` are started with."""
        known = super().environment(**more)
        return {name: value for name, value in known.items() if name not in LEFT} | {"PATH": "/nonexistent"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of them are for `make shipping` unless they are proofs; in one process: the folder is built once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("release"))
            if item.get_closest_marker("proof") is None:
                item.add_marker(pytest.mark.release)


@pytest.fixture(scope="session", autouse=True)
def _dated() -> Iterator[None]:
    """All is dated by one moment, whether or not there is a repository."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795336113")
        yield


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle for Linux, built now, in a folder with spaces and ä."""
    room = tmp_path_factory.mktemp("bundle")
    out = room / "työ kone" / "kohtaava-desktop"
    bundle.build(out, room / "work")
    return out


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The virtual screen."""
    screen = Screen(tmp_path_factory.mktemp("screen"))
    yield screen
    screen.close()


@pytest.fixture
def desk(built: Path, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk with an empty data folder, on which the bundle runs, and complains about nothing."""
    desk = desk_with(built, screen, tmp_path, monkeypatch)
    yield desk
    desk.close()
    said = [line for line in desk.errors().splitlines() if not line.startswith(SLOW_BUS)]
    assert said == [], "the program said something on its outputs"


@pytest.fixture
def reader(screen: Screen, desk: Desk) -> Iterator[Reader]:
    """A screen reader at the desk."""
    bus = Bus(screen)
    reader = Reader(bus, desk)
    yield reader
    desk.close()
    reader.close()
    bus.close()


def desk_with(folder: Path, screen: Screen, room: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk in ``room`` on which the programs of ``folder`` run."""
    programs: dict[str, Sequence[str]] = {
        "WINDOW_PROGRAM": [str(folder / "kohtaava-desktop")],
        "COMMAND_LINE": [str(folder / "kohtaava")],
    }
    for name, command in programs.items():
        monkeypatch.setattr(desks, name, command)
    return BundledDesk(screen, room)
