"""What of a scene a screen reader is told without being asked."""

from PySide6.QtWidgets import QWidget

from kohtaava_desktop.domain.views import View
from kohtaava_desktop.ui.scene import Kind, Scene

HEEDED = (Kind.REMINDER, Kind.GAP, Kind.NOTICE)
"""The sentences that somebody should notice; the others are there to be looked up."""


def to_be_heard(before: Scene | None, scene: Scene) -> tuple[str, bool]:
    """The sentence of the start, a reminder, a question or a notice; and whether the expert's own tap brought it."""
    begins = scene.view is View.ANNOUNCEMENT and (before is None or before.view is not View.ANNOUNCEMENT)
    standing = scene.announcement if begins else scene.sentence.text if scene.sentence.kind in HEEDED else ""
    return standing, begins or _own(before, scene)


def announce(widget: QWidget, text: str) -> None:
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
