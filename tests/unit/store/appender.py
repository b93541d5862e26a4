"""Run by ``test_kill.py``: appends the scripted meeting to a journal, and says of each line that it is durable.

``python -m tests.unit.store.appender <journal>``: writes the number of each line to standard output as soon as
``append`` has returned, until it is killed; every tenth time it gives a sign of life first.
"""

import os
import sys
from itertools import count
from pathlib import Path

from kohtaava_desktop.store.journal import Journal
from tests.unit.store.samples import entry


def main() -> None:
    """Append for ever."""
    journal = Journal(Path(sys.argv[1]))
    found = journal.read()
    for number in count(len(found.entries) if found else 0):
        if number % 10 == 9:
            journal.alive(entry(number).event.at - 1, entry(number).reading)
        journal.append(entry(number))
        os.write(1, b"%d\n" % number)


if __name__ == "__main__":
    main()
