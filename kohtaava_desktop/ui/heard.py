"""What of the overlay a screen reader is told without being asked, and when."""

from typing import TYPE_CHECKING

from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.scene import Kind, Scene

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

HEEDED = (Kind.REMINDER, Kind.GAP, Kind.NOTICE)
"""The sentences that somebody should notice; the others are there to be looked up."""
SECONDS_APART = 60.0


class Announcer:
    """Lets each sentence through once: at once where the expert's own tap brought it, otherwise once a minute at most.

    A sentence that comes too soon waits; it is let through at the first look after the minute, if it still stands.
    """

    def __init__(self) -> None:
        self._standing = ""
        self._last: float | None = None

    def look(self, text: str, now: float, own: bool) -> str:
        """What of ``text``, which stands at ``now`` (seconds), is to be announced now; empty for nothing."""
        if not text or text == self._standing:
            self._standing = text
            return ""
        if not own and self._last is not None and 0 <= now - self._last < SECONDS_APART:
            return ""
        self._standing, self._last = text, now
        return text


def to_be_heard(before: Scene | None, scene: Scene) -> tuple[str, bool]:
    """The sentence of the start, a reminder, a question or a notice; and whether the expert's own tap brought it."""
    begins = scene.view is View.ANNOUNCEMENT and (before is None or before.view is not View.ANNOUNCEMENT)
    standing = scene.announcement if begins else scene.sentence.text if scene.sentence.kind in HEEDED else ""
    return standing, begins or _own(before, scene)


def announce(widget: "QWidget", text: str) -> None:
    """Have a screen reader, if there is one, say ``text`` now."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


def _own(before: Scene | None, scene: Scene) -> bool:
    """Whether the sentence of ``scene`` came by a tap (or a command) and not by time."""
    if before is None or scene.sentence.kind is Kind.GAP:
        return False
    tapped = scene.meeting is not None and scene.meeting is not before.meeting
    read = scene.sentence.kind is before.sentence.kind is Kind.NOTICE  # the one before it was read, and sent away
    return scene.sentence.own or tapped or read
