"""What all tests share.

No test needs a screen but those in ``tests/e2e``, which bring their own: widgets are painted offscreen. Any warning by
Qt or Python fails the test that it comes up in (pyproject.toml).
"""

from collections.abc import Callable

import pytest
from hypothesis import settings

# In CI the same examples each time, so that a red run means the change; `make proof` looks further and at new ones.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("proof", max_examples=10_000, deadline=None, print_blob=True)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The arguments of the one QApplication: no screen needed, and none touched."""
    return ["kohtaava-desktop", "-platform", "offscreen"]


@pytest.fixture(scope="session")
def rounds(pytestconfig: pytest.Config) -> Callable[[int, int], int]:
    """How often a counted test repeats itself: ``rounds(in_ci, in_proof)``."""
    in_proof = pytestconfig.getoption("--hypothesis-profile") == "proof"
    return lambda few, many: many if in_proof else few
