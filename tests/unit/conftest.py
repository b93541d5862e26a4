"""What the tests without Qt share."""

import pytest

from kohtaava_desktop.controller import Controller
from tests.support import FakeStore, HandClock, controller_of


@pytest.fixture
def clock() -> HandClock:
    """A clock at ten on a Monday morning."""
    return HandClock()


@pytest.fixture
def store() -> FakeStore:
    """An empty store."""
    return FakeStore()


@pytest.fixture
def controller(clock: HandClock, store: FakeStore) -> Controller:
    """A controller with the default settings and 45 minutes ready."""
    return controller_of(clock, store)
