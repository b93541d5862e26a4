"""The form that shows and how long it stays: what was chosen, where the pointer is, and what leaves by itself."""

from dataclasses import dataclass, replace

from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.views import Habit, Look, View, view_of


@dataclass(frozen=True, slots=True)
class Showing:
    """What decides about the form; each change of it is a new one.

    ``until`` is the instant at which the announcement or the summary leaves by itself; ``None`` while neither will.
    """

    look: Look = Look()
    hovered: bool = False
    hover_opens: bool = True
    until: float | None = None

    def view(self, meeting: Meeting | None, habit: Habit) -> View:
        """The form the overlay takes now."""
        return view_of(meeting, self.look, self.hovered and self.hover_opens, habit)

    def resting_view(self, meeting: Meeting | None, habit: Habit) -> View:
        """The form it takes when the pointer is elsewhere."""
        return view_of(meeting, self.look, False, habit)

    def chosen(self, view: View, meeting: Meeting | None) -> "Showing":
        """Quiet, open or discreet, as the expert asks; raises ``MeetingError`` while no meeting runs.

        What was asked for shows at once, even under the pointer, which opens the form again when it comes back.
        """
        return replace(self, look=self.look.choose(view, meeting), hover_opens=False, until=None)

    def under_pointer(self, hovered: bool) -> "Showing":
        """The pointer came or went."""
        return replace(self, hovered=hovered, hover_opens=True)

    def announcing(self, until: float) -> "Showing":
        """A meeting began."""
        return replace(self, look=Look(announcing=True), until=until)

    def announced(self) -> "Showing":
        """The announcement has left, if it still stood, or a tap sent it away."""
        return replace(self, look=self.look.announced(), until=None)

    def revealed(self) -> "Showing":
        """After a discreet meeting the summary was asked for."""
        return replace(self, look=Look())

    def summary(self, until: float) -> "Showing":
        """The summary leaves at ``until``, but it stays under the pointer."""
        return replace(self, until=None if self.hovered else until)

    def staying(self, until: float | None) -> "Showing":
        """What shows stays until then."""
        return replace(self, until=until)

    def leaves_by(self, now: float) -> bool:
        """Whether what shows has to leave at ``now``, if it is still there."""
        return self.until is not None and now >= self.until

    def at_rest(self) -> "Showing":
        """The meeting was let go; the pointer is where it was."""
        return replace(self, look=Look(), until=None)
