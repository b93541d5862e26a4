"""Folders of teams, read in a thread of its own: how far it is can be seen, and it can be stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kohtaava_desktop.domain.team import Team
from kohtaava_desktop.domain.team_pair import Sharing
from kohtaava_desktop.store.team_folder import Found, read_team, same_folder
from kohtaava_desktop.ui.share.aside import GoesOn, aside


@dataclass(frozen=True, slots=True)
class FolderRead:
    """One folder: its exports added up, and what else was there."""

    folder: Path
    team: Team
    found: Found


@dataclass(frozen=True, slots=True)
class TeamsRead:
    """One folder, or two to be compared; ``same``: the months of which both hold the same export."""

    folders: tuple[FolderRead, ...]
    same: frozenset[str] = frozenset()

    @property
    def teams(self) -> tuple[Team, ...]:
        """The teams, the first one is one's own."""
        return tuple(each.team for each in self.folders)

    @property
    def problems(self) -> int:
        """How many files were skipped."""
        return sum(each.found.problems for each in self.folders)


class SameFolder(Exception):
    """Both folders are one: a team is not compared with itself."""


class Reading:
    """Reads ``folders``. ``seen`` counts what has been looked at, ``folder`` is where it is; ``stop`` ends it."""

    def __init__(self, folders: Sequence[Path], latest: str) -> None:
        self._folders, self._latest = folders, latest
        self._stopped = False
        self.seen = 0
        self.folder = folders[0]

    def stop(self) -> None:
        """End it at the next entry: then ``run`` raises ``store.team_folder.Stopped``."""
        self._stopped = True

    async def run(self) -> TeamsRead:
        """What is in the folders. Raises ``FolderAway``, ``NotAnswering``, ``Stopped`` and ``SameFolder``."""
        return await aside(self._read)

    def _read(self, goes_on: GoesOn) -> TeamsRead:
        def next_one() -> bool:
            self.seen += 1
            return goes_on() and not self._stopped

        if len(self._folders) > 1 and same_folder(*self._folders[:2]):
            raise SameFolder
        sharing, read = Sharing(), []
        for folder in self._folders:
            self.folder = folder
            team, found = read_team(folder, self._latest, next_one, sharing if len(self._folders) > 1 else None)
            read.append(FolderRead(folder, team, found))
            sharing.next_folder()
        return TeamsRead(tuple(read), frozenset(sharing.months))
