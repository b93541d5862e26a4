"""``python -m kohtaava_desktop``: the window program, or the command line when a command is given."""

import gc
import sys
from collections.abc import Callable


def main() -> int:
    """Import only what is asked for."""
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        from kohtaava_desktop.cli import main as command_line

        return command_line()
    return window()


def window(first_frame: Callable[[], None] = lambda: None) -> int:
    """``kohtaava-desktop``: the window program. ``first_frame`` is called once its first frame is painted."""
    gc.disable()  # what a start makes, it keeps; the program turns the collector on again once it stands
    sys.modules["ssl"] = None  # type: ignore[assignment] # asyncio does without where there is none, as in here: no network
    from kohtaava_desktop.ui import qt

    qt.load()
    from kohtaava_desktop.app import main as run

    return run(first_frame=first_frame)


if __name__ == "__main__":
    sys.exit(main())
