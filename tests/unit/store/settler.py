"""Run by ``test_kill.py``: holds one short meeting after the other and says of each that it is stored.

``python -m tests.unit.store.settler <folder> <number>``: writes the number of each meeting, from ``number`` on, to
standard output as soon as ``settle`` has returned, until it is killed.
"""

import os
import sys
from itertools import count
from pathlib import Path

from kohtaava_desktop.store.shelf import Shelf
from tests.unit.store.samples import finished, record


def main() -> None:
    """Settle for ever."""
    shelf = Shelf(Path(sys.argv[1]))
    shelf.open()
    for number in count(int(sys.argv[2])):
        shelf.journal.append_all(finished(5))
        shelf.settle(record(number))
        os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main()
