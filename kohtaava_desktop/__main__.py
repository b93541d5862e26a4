"""``python -m kohtaava_desktop``: the window program, or the command line when a command is given."""

import sys


def main() -> int:
    """Import only what is asked for."""
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        from kohtaava_desktop.cli import main as command_line

        return command_line()
    from kohtaava_desktop.app import main as window

    return window()


if __name__ == "__main__":
    sys.exit(main())
