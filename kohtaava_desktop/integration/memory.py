"""Memory that was freed, and that the C library keeps for later."""

import sys
from contextlib import suppress


def give_back() -> None:
    """Give it back to the system; a matter of milliseconds. Where the C library has no call for it, nothing happens."""
    if sys.platform.startswith("linux"):
        import ctypes

        with suppress(OSError, AttributeError):  # musl has none
            ctypes.CDLL(None).malloc_trim(0)
