"""The named reasons for which the domain says no, and how those of other layers are made.

An error carries the values that its sentence names; the sentence itself is written in ``i18n.sentences``, in the
language of whoever reads it. ``code`` is stable: the control channel and the tests rely on it.
"""

from kohtaava_desktop.domain.stages import Stage


class Refusal(Exception):
    """A named reason for which something is not done. Nothing has changed when it is raised."""

    code = "refused"

    def __init__(self, **values: object) -> None:
        super().__init__(self.code, values)
        self.values = values


class MeetingError(Refusal):
    """A command that the meeting in hand refuses."""


class AlreadyRunning(MeetingError):
    """A meeting was to be started while one runs or its summary stands."""

    code = "already-running"


class NoMeeting(MeetingError):
    """A meeting command came while no meeting is in hand."""

    code = "no-meeting"


class AlreadyFinished(MeetingError):
    """A command for a running meeting came while its summary stands."""

    code = "already-finished"


class NotFinished(MeetingError):
    """A command for the summary came while the meeting runs."""

    code = "not-finished"


class OnTopStep(MeetingError):
    """Step up on Farewell."""

    code = "on-top-step"


class OnBottomStep(MeetingError):
    """Step back on Empathy."""

    code = "on-bottom-step"


class SkippingNotOffered(MeetingError):
    """A step to a stage that is not the next one. Values: ``asked``, ``allowed``."""

    code = "skipping-not-offered"

    def __init__(self, asked: Stage, allowed: Stage) -> None:
        super().__init__(asked=asked, allowed=allowed)


class NothingToUndo(MeetingError):
    """Undo right after the start, or of a meeting closed as forgotten."""

    code = "nothing-to-undo"


class NothingToRedo(MeetingError):
    """Redo with no tap taken back, or after a newer tap."""

    code = "nothing-to-redo"


class LengthOutOfRange(MeetingError):
    """A planned length outside the allowed whole minutes. Values: ``minutes``, ``lowest``, ``highest``."""

    code = "length-out-of-range"

    def __init__(self, minutes: int, lowest: int, highest: int) -> None:
        super().__init__(minutes=minutes, lowest=lowest, highest=highest)


class NoChange(MeetingError):
    """More time by zero minutes."""

    code = "no-change"


class NothingToComeBackTo(MeetingError):
    """A pin in Farewell: the time to come back to things is then."""

    code = "pin-before-farewell"


class NoReminder(MeetingError):
    """*A moment more* while no reminder stands."""

    code = "no-reminder"


class PutOffTwice(MeetingError):
    """*A moment more* for the third time."""

    code = "put-off-twice"


class NoGap(MeetingError):
    """An answer while no question about a gap stands."""

    code = "no-gap"


class NoSuchBoundary(MeetingError):
    """Mending a boundary that the summary does not have. Values: ``boundary``, ``count``."""

    code = "no-such-boundary"

    def __init__(self, boundary: int, count: int) -> None:
        super().__init__(boundary=boundary, count=count)
