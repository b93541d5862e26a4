"""What stands in place of the charts: how far it is, what is needed, and what can be done, in a friendly way."""

from enum import Enum, auto
from pathlib import Path

from kohtaava_desktop.domain.team_pair import Lack
from kohtaava_desktop.i18n import _, formats, ngettext, team_texts
from kohtaava_desktop.ui.mirror.message import Note
from kohtaava_desktop.ui.team import words
from kohtaava_desktop.ui.team.shown import Looked, Wanted


class Help(Enum):
    """What the button of a note does."""

    CHOOSE_FOLDER = auto()
    READ = auto()
    STOP = auto()
    ALONE = auto()
    ALL_MONTHS = auto()


Said = tuple[Note, Help]


def no_folder(managed: bool) -> Said:
    """No folder is set; ``managed``: only the organisation can set one."""
    who = _("It is set in the settings, under Team folder, by you or by the IT of your organisation.")
    if managed:
        who = _("It is set by your organisation: ask its IT.")
    why = _("A team folder holds the months that the members of the team have exported.")
    return Note(_("No team folder yet"), f"{why} {who}", _("Choose a folder for this time…")), Help.CHOOSE_FOLDER


def reading(seen: int) -> Said:
    """The folder is being read, and so much has been looked at."""
    count = ngettext("{count} entry looked at", "{count} entries looked at", seen).format(count=formats.number(seen))
    return Note(_("The team folder is being read…"), count, _("Stop")), Help.STOP


def stopped() -> Said:
    """It was stopped."""
    text = _("Of a folder that was read in part nothing is shown: half a team is no team.")
    return Note(_("Reading was stopped"), text, _("Read the folder")), Help.READ


def away(folder: Path, reason: str, other: bool) -> Said:
    """The folder cannot be read now; ``other``: it is the other team's."""
    text = team_texts.away(folder, reason)
    if reason == "policy":
        return Note(_("The team is not shown now"), text, _("Try again")), Help.READ
    if other:
        return Note(_("The other team's folder is not there now"), text, _("Show the team alone")), Help.ALONE
    later = _("Nothing is lost: look again later.")
    return Note(_("The team folder is not there now"), f"{text} {later}", _("Try again")), Help.READ


def same_folder() -> Said:
    """Both folders are one."""
    text = _("Both are the same folder: a team is not compared with itself.")
    return Note(_("Nothing to compare"), text, _("Show the team alone")), Help.ALONE


def lack(looked: Looked, which: Lack, folder: int) -> Said:
    """Why nothing of what was read is shown."""
    found = looked.read.folders[folder]
    path = team_texts.printable(str(found.folder))
    two = len(looked.read.folders) > 1
    button, do = (_("Show the team alone"), Help.ALONE) if two else (_("Look again"), Help.READ)
    if which is Lack.SAME:
        months = ", ".join(map(formats.month, looked.common.same))
        text = _("Not compared, as both folders hold the same export: {months}.").format(months=months)
        return Note(_("Nothing to compare"), text, button), do
    if which is Lack.NOTHING_IN_COMMON:
        return Note(_("Nothing to compare"), _("The two folders have no month in common."), button), do
    if which is Lack.MADE_UP:
        return Note(_("Nothing to compare"), team_texts.made_up_beside_real(path), button), do
    if which is Lack.NO_EXPORT and found.found.problems:
        text = _("All that looks like an export in {path} was left out. The reasons stand below.").format(path=path)
        return Note(_("No export could be read"), text, button), do
    if which is Lack.NO_EXPORT:
        how = _("Once a month is over, whoever wants to can export it: My meetings, Export…")
        text = _("There is no export in {path} to be shown.").format(path=path)
        return Note(_("No exports yet"), f"{text} {how}", button), do
    text = _("As soon as {count} contributors tell of the same planned lengths in one month, the team shows here.")
    return Note(_("Not enough contributors yet"), text.format(count=looked.fewest), button), do


def nothing_of(looked: Looked, wanted: Wanted) -> Said:
    """Why the chosen group is not shown in the chosen month: it is withheld, or nobody told of it."""
    month, everything = formats.month(wanted.month) if wanted.month else "", _("Show all months")
    where = looked.elsewhere(wanted)
    if where is not None:
        title = _("Withheld in this month") if where.withheld else _("Told differently in this month")
        return Note(title, f"{month}: {words.elsewhere(where)}.", everything), Help.ALL_MONTHS
    if looked.group(wanted) is None:
        text = _("Nobody told of meetings of this planned length in {month}.").format(month=month)
        return Note(_("No such meetings"), text, everything), Help.ALL_MONTHS
    sentence = _("In {month} there is something of this planned length, but too little to be shown.")
    text = f"{sentence.format(month=month)} {team_texts.withheld(looked.fewest)}"
    return Note(_("Withheld in this month"), text, everything), Help.ALL_MONTHS
