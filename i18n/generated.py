"""Keeps what is made of the table of settings in step with it: ``python -m i18n.generated check|update``.

These are ``docs/settings.md``, the policy templates for Windows and the example of a policy for Linux. They are
committed, so that they can be read, linked to and copied without building anything.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from i18n.policy_templates import templates
from i18n.settings_page import page

PAGE = Path("docs/settings.md")


def files(root: Path) -> Iterator[tuple[Path, str]]:
    """Every such file, below ``root``, with what belongs into it."""
    yield PAGE, page()
    yield from templates(root)


def check(root: Path) -> Iterator[str]:
    """One sentence for every file that is not in step."""
    for name, content in files(root):
        path = root / name
        if not path.exists() or path.read_bytes() != content.encode():
            yield f"{name.as_posix()} is not in step with the table of settings: run `make pages`."


def update(root: Path) -> None:
    """Write all of them anew."""
    for name, content in files(root):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode())


def main(arguments: list[str]) -> int:
    """Check or update the files of this checkout."""
    root = Path(__file__).resolve().parent.parent
    match arguments:
        case ["check"]:
            faults = list(check(root))
            print("\n".join(faults) or "Settings: page and policy templates are in step.")
            return 1 if faults else 0
        case ["update"]:
            update(root)
            return 0
    print("Usage: python -m i18n.generated check|update", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
