"""Data folders for pictures: few, some and many made-up meetings, and the exports of a made-up team.

They come out of what ``kohtaava demo-data`` writes, and are the same ones each time.
"""

from pathlib import Path

from kohtaava_desktop.cli import made_up
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.months import closes_on
from kohtaava_desktop.domain.record import Record
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS

SEED, EXPERTS, UNTIL = 4, 10, "2026-10"
COUNTS = (0, 3, 40, 5000)
"""So many meetings lie in the folder of that name."""
CONTRIBUTOR = "bcdfghjkmnpqrstv"  # the name under which the month is given out: otherwise another one in each picture


def prepare(folder: Path) -> None:
    """Fill ``folder``, which must be there and empty."""
    made_up.make(folder, SEED, EXPERTS, UNTIL)
    meetings = _latest(folder)
    for count in COUNTS:
        desk = folder / str(count)
        desk.mkdir(mode=0o700)
        if count:
            kept = Meetings(desk / MEETINGS)
            kept.add_all(meetings[:count])
            if count == COUNTS[-1]:
                kept.release(UNTIL, closes_on(UNTIL), Thresholds(), lambda: CONTRIBUTOR)


def team_folder(folder: Path) -> Path:
    """Where the exports of the team lie in a ``folder`` that was prepared."""
    return folder / made_up.TEAM_FOLDER


def _latest(folder: Path) -> list[Record]:
    """All meetings of the team as if they were one's own: those of the first expert, then those of the next one.

    Of each the latest come first, so that few meetings are those of the last weeks.
    """
    found: list[Record] = []
    for number in range(1, EXPERTS + 1):
        records = Meetings(folder / made_up.EXPERT_FOLDER.format(number=number) / MEETINGS).records()
        found += sorted(records, key=lambda each: (each.iso_week, each.key), reverse=True)
    return found
