"""Fixtures of the tests under Wine: one Windows for all of them, and the folder that is installed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from release.windows.wine import Wine
from tests.windows import room
from tests.windows.program import Program


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one process: there is one Windows."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("windows"))


@pytest.fixture(scope="session")
def layout() -> Path:
    """The folder that is installed, built anew if anything it is made of has changed."""
    return room.layout()


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wine]:
    """A running Windows without a screen, that ends with the tests; pytest would keep its 700 MB for days."""
    prefix = tmp_path_factory.mktemp("windows")
    with room.furnish(prefix, environment={"DISPLAY": ""}) as wine:  # what opens a window fails, and waits for nobody
        room.set_variables(wine)
        yield wine
    shutil.rmtree(prefix)


@pytest.fixture
def program(wine: Wine, layout: Path) -> Iterator[Program]:
    """The program, not started; nothing of it is left for the next test."""
    program = Program(wine, layout)
    yield program
    program.clear()
