"""What every stored column means, in plain words, and what there is to say about all that is kept.

One source for the window *What is stored*; a test holds it to the tables as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kohtaava_desktop.i18n import N_, _, formats, ngettext


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: its name, what a row of it is, and the meaning of each column, in their order."""

    name: str
    row: str
    columns: dict[str, str]


TABLES = (
    Table(
        "meeting",
        N_("Each finished meeting"),
        {
            "key": N_("A random name; nothing can be read from it."),
            "iso_week": N_("The week in which the meeting began, never the day or the time of day."),
            "planned_minutes": N_("The planned length, as it was chosen at the start."),
            "channel": N_("How you met: in person, by phone or by video."),
            "new_client": N_("Whether the client was new."),
            "interpreter": N_("Whether an interpreter took part."),
            "furthest_stage": N_("The highest step reached."),
            "quality": N_("Whether the record is whole, mended, interrupted, or closed because nobody ended it."),
        },
    ),
    Table(
        "visit",
        N_("Each stay on a step"),
        {
            "meeting_key": N_("The random name of the meeting."),
            "position": N_("Which stay of the meeting it was: the first, the second and so on."),
            "stage": N_("The step."),
            "seconds": N_("How long the stay lasted."),
        },
    ),
    Table(
        "tally",
        N_("Sums for My meetings, made of the rows above"),
        {
            "iso_week": N_("The week that is added up; empty: all weeks."),
            "planned_minutes": N_("The planned length that is added up; 0: all."),
            "marks": N_("How you met, new client and interpreter together; empty: all."),
            "measure": N_("What is added up, such as the minutes on a step."),
            "counts": N_("How many meetings had which value."),
        },
    ),
    Table(
        "not_added_up",
        N_("Meetings that are not in the sums yet"),
        {"key": N_("The random name of the meeting.")},
    ),
    Table(
        "release",
        N_("Each month that you have looked at for an export"),
        {
            "month": N_("The month."),
            "contributor": N_("The random name under which the month is exported; another one each month."),
            "content": N_("Exactly what was shown or written, so that it stays the same."),
        },
    ),
    Table(
        "cut_month",
        N_("Each month whose first weeks have been removed, so that the rest is not exported as the whole"),
        {"month": N_("The month.")},
    ),
)
"""All tables of ``kohtaava.db``."""

NEVER = (
    N_("No name, number or other detail of the client, and none of yours"),
    N_("No day and no time of day, once the meeting is stored"),
    N_("No text: there is no field for any"),
    N_("No order of the meetings, no pins, no undone taps, no reminders"),
)
"""What is never stored."""


def how_many(meetings: int | None) -> str:
    """The number of meetings; ``None`` where the file cannot be read."""
    if meetings is None:
        return _("The meetings cannot be counted: the file cannot be read now.")
    if not meetings:
        return _("No meeting is stored.")
    return ngettext("{count} meeting is stored.", "{count} meetings are stored.", meetings).format(
        count=formats.number(meetings)
    )


def kept_for(months: int, managed_in: str = "") -> str:
    """How long meetings are kept; ``managed_in`` is the place where the organisation has set it."""
    kept = ngettext(
        "Meetings are kept for {count} month. Older weeks are removed when the program starts.",
        "Meetings are kept for {count} months. Older weeks are removed when the program starts.",
        months,
    ).format(count=months)
    if managed_in:
        return kept + " " + _("Your organisation has set this, in {place}.").format(place=managed_in)
    return kept


def nothing_leaves() -> str:
    """What leaves the computer, and by whom."""
    return _(
        "Nothing leaves this computer by itself: the program has no network code. What leaves is what you give out: "
        "an export of a month that is over, which you see before it is written, and pictures that you save and text "
        "that you copy. The limits of an export do not hold for pictures and texts of My meetings."
    )


def what_goes(
    meetings: int | None,
    waiting: int | None,
    prepared: Sequence[str] | None,
    in_hand: bool,
    set_aside: Sequence[str],
    most_names: int | None = None,
) -> list[str]:
    """What *delete everything now* takes, point by point; empty when there is nothing.

    ``prepared``: the folder names of the months put together for an export, ``None`` where they cannot be read. Each
    stands in a line of its own, to be noted; with ``most_names`` only so many, the latest.
    """
    lines = []
    if in_hand:
        lines.append(_("the meeting in hand, with its exact times"))
    if meetings is None:
        lines.append(_("the stored meetings, which cannot be counted now"))
    elif meetings:
        lines.append(
            ngettext("{count} stored meeting", "{count} stored meetings", meetings).format(
                count=formats.number(meetings)
            )
            + (_(", {count} of which waits to move in").format(count=formats.number(waiting)) if waiting else "")
        )
    if prepared:
        text = ngettext(
            "{count} month put together for an export; the folder with its random name:",
            "{count} months put together for an export; the folders with their random names:",
            len(prepared),
        )
        names = prepared if most_names is None or len(prepared) <= most_names else [*prepared[-most_names:], "…"]
        lines.append("\n  ".join([text.format(count=len(prepared)), *names]))
    if set_aside:
        text = ngettext("{count} damaged copy: {names}", "{count} damaged copies: {names}", len(set_aside))
        lines.append(text.format(count=len(set_aside), names=", ".join(set_aside)))
    return lines


def what_stays(prepared: Sequence[str] | None) -> str:
    """What *delete everything now* leaves; ``prepared`` as in ``what_goes``."""
    stays = _("Your settings stay, and so do exports and pictures that have been given out or saved.")
    if prepared is not None and not prepared:
        return stays
    return (
        stays
        + " "
        + _("If you want to take exports back, note their names first: afterwards nothing tells which ones are yours.")
    )


def deleted() -> str:
    """It is done."""
    return _("Everything has been overwritten and deleted.")
