"""The team beside one's own meetings: its folder, read off the window's thread, and what of it may be shown."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kohtaava_desktop.domain.months import last_closed
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.i18n import _, formats, ngettext
from kohtaava_desktop.settings.loader import Settings

if TYPE_CHECKING:
    from kohtaava_desktop.domain.team import Team, TypicalMeeting
    from kohtaava_desktop.store.team_folder import Problem

MONTHS = 3
"""The last months of the folder that are taken together."""


@dataclass(frozen=True, slots=True)
class TeamBeside:
    """What was found in ``folder``; ``team`` is ``None`` where nothing is known of it, ``away`` says then why.

    ``left_out`` are the first of the ``problems`` files that were skipped. ``fewest``: so many contributors are needed.
    """

    folder: Path
    fewest: int
    team: "Team | None" = None
    away: str = ""
    problems: int = 0
    left_out: tuple["Problem", ...] = ()

    def beside(self, wanted: Filter) -> tuple["TypicalMeeting | None", tuple[str, ...]]:
        """The typical meeting of the team for what ``wanted`` takes, and what is to be said of it in passing."""
        from kohtaava_desktop.i18n import team_texts

        if self.team is None:
            return None, (team_texts.away(self.folder, self.away),)
        if wanted != replace(Filter(), planned_minutes=wanted.planned_minutes):
            return None, (_("The team is beside all meetings, or those of one planned length, only."), *self._skipped())
        months = self.team.months[-MONTHS:]
        typical = self.team.typical(self.fewest, months, wanted.planned_minutes)
        if typical is None:
            sentence = _(
                "The team is not shown yet: {count} contributors with enough meetings are needed in one month."
            )
            return None, (sentence.format(count=self.fewest), *self._skipped())
        spelled = formats.months(typical.months[0], typical.months[-1])
        said = (_("Team: {months}").format(months=spelled), *([team_texts.made_up()] if self.team.made_up else []))
        return typical, (*said, *self._skipped())

    def _skipped(self) -> tuple[str, ...]:
        if not self.problems:
            return ()
        count = self.problems
        said = ngettext("{count} file of the team left out", "{count} files of the team left out", count)
        return (said.format(count=formats.number(count)),)


class TeamReader:
    """Reads the folder that the settings name; ``today`` is the day on the expert's wall."""

    def __init__(self, settings: Settings, today: Callable[[], date]) -> None:
        self._settings, self._today = settings, today

    async def read(self) -> TeamBeside | None:
        """What the folder holds now; ``None`` where none is set. Never raises for what it finds."""
        named = self._settings.text("team_folder")
        if not named:
            return None
        from kohtaava_desktop.store.patience import NotAnswering
        from kohtaava_desktop.store.team_folder import FolderAway, read_team
        from kohtaava_desktop.ui.share.aside import aside

        folder, fewest = Path(named), self._settings.number("fewest_contributors")
        if any(bad.policy for bad in self._settings.bad_places):
            return TeamBeside(folder, fewest, away="policy")
        latest = last_closed(self._today())
        try:
            team, found = await aside(lambda goes_on: read_team(folder, latest, goes_on))
        except FolderAway as error:
            return TeamBeside(folder, fewest, away=error.reason)
        except NotAnswering:
            return TeamBeside(folder, fewest, away="not-answering")
        return TeamBeside(folder, fewest, team, problems=found.problems, left_out=tuple(found.first))
