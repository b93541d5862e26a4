"""Which form the overlay takes: by stage, and by what the expert chose."""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from kohtaava_desktop.domain.errors import AlreadyFinished, NoMeeting
from kohtaava_desktop.domain.stages import Stage

if TYPE_CHECKING:  # the overlay paints its first frame before it knows of meetings
    from kohtaava_desktop.domain.meeting import Meeting


class View(StrEnum):
    """The forms of the overlay, by their stable names."""

    READY = "ready"
    ANNOUNCEMENT = "announcement"
    QUIET = "quiet"
    OPEN = "open"
    DISCREET = "discreet"
    SUMMARY = "summary"


class Habit(StrEnum):
    """The form that a running meeting takes by itself."""

    BY_STEP = "by-step"  # Empathy and Guidance quiet, Advice and Farewell open
    QUIET = "quiet"
    OPEN = "open"


class Look(NamedTuple):
    """What the expert chose about the form, and what stands by itself for a while.

    ``chosen`` (quiet or open) holds until the next step, so it goes with the number of visits it was ``chosen_on``;
    ``discreet`` holds until another form is asked for.
    """

    announcing: bool = False
    chosen: View | None = None
    chosen_on: int | None = None
    discreet: bool = False

    def choose(self, view: View, meeting: "Meeting | None") -> "Look":
        """The look after the expert asked for quiet, open or discreet; raises a ``MeetingError`` when none runs."""
        if meeting is None:
            raise NoMeeting
        if not meeting.running:
            raise AlreadyFinished
        if view is View.DISCREET:
            return Look(discreet=True)
        return Look(chosen=view, chosen_on=len(meeting.visits))

    def announced(self) -> "Look":
        """The look once the announcement has left."""
        return self._replace(announcing=False)


def view_of(meeting: "Meeting | None", look: Look, hovered: bool = False, habit: Habit = Habit.BY_STEP) -> View:
    """The form the overlay takes now.

    The pointer opens the quiet form but never the discreet one, which a client may see.
    """
    if meeting is None:
        return View.READY
    if look.discreet:
        return View.DISCREET
    if not meeting.running:
        return View.SUMMARY
    if look.announcing:
        return View.ANNOUNCEMENT
    chosen = look.chosen if look.chosen_on == len(meeting.visits) else None
    view = chosen or _by_itself(meeting.stage, habit)
    return View.OPEN if hovered and view is View.QUIET else view


def _by_itself(stage: Stage, habit: Habit) -> View:
    quiet = stage <= Stage.GUIDANCE if habit is Habit.BY_STEP else habit is Habit.QUIET
    return View.QUIET if quiet else View.OPEN
