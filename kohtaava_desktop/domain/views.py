"""Which form the overlay takes: by stage, and by what the expert chose."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kohtaava_desktop.domain.errors import AlreadyFinished, NoMeeting
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage


class View(StrEnum):
    """The forms of the overlay, by their stable names."""

    READY = "ready"
    ANNOUNCEMENT = "announcement"
    QUIET = "quiet"
    OPEN = "open"
    DISCREET = "discreet"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Look:
    """What the expert chose about the form, and what stands by itself for a while.

    ``chosen`` (quiet or open) holds until the next step; ``discreet`` until another form is asked for.
    """

    announcing: bool = False
    chosen: View | None = None
    chosen_on: Stage | None = None
    discreet: bool = False

    def choose(self, view: View, meeting: Meeting | None) -> "Look":
        """The look after the expert asked for quiet, open or discreet; raises a ``MeetingError`` when none runs."""
        if meeting is None:
            raise NoMeeting
        if not meeting.running:
            raise AlreadyFinished
        if view is View.DISCREET:
            return Look(discreet=True)
        return Look(chosen=view, chosen_on=meeting.stage)

    def announced(self) -> "Look":
        """The look once the announcement has left."""
        return replace(self, announcing=False)


def view_of(meeting: Meeting | None, look: Look, hovered: bool = False) -> View:
    """The form the overlay takes now. Empathy and Guidance are quiet by themselves, Advice and Farewell open.

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
    if look.chosen is not None and look.chosen_on is meeting.stage:
        view = look.chosen
    else:
        view = View.QUIET if meeting.stage <= Stage.GUIDANCE else View.OPEN
    return View.OPEN if hovered and view is View.QUIET else view
