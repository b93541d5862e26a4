"""What the overlay has to say now, as plain values; how it is laid out is the forms' business.

Only what the first frame needs is here; a meeting's scenes are in ``meeting_scene``.
"""

from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING, NamedTuple

from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import _, formats

if TYPE_CHECKING:
    from kohtaava_desktop.domain.events import Marks
    from kohtaava_desktop.domain.meeting import Meeting


class Act(StrEnum):
    """Everything that a control on the overlay or an entry of its menu can ask for."""

    START = auto()
    LENGTH = auto()
    STEP_UP = auto()
    STEP_BACK = auto()
    UNDO = auto()
    REDO = auto()
    PIN = auto()
    MORE = auto()
    PUT_OFF = auto()
    CARD = auto()
    EXPLAIN = auto()
    GUIDE = auto()
    GOT_IT = auto()
    GAP_YES = auto()
    GAP_NO = auto()
    FINISH = auto()
    UNDO_FINISH = auto()
    DO_NOT_STORE = auto()
    DONE = auto()
    READ_NOTICE = auto()
    TOGGLE = auto()
    DISCREET = auto()


class Kind(Enum):
    """What the one sentence on the overlay is about."""

    NONE = auto()
    REMINDER = auto()
    GAP = auto()
    NOTICE = auto()
    INFO = auto()


class Sentence(NamedTuple):
    """The one sentence; ``can_put_off`` where *a moment more* goes with it, ``own`` where it answers a tap."""

    kind: Kind = Kind.NONE
    text: str = ""
    can_put_off: bool = False
    own: bool = False


class Column(NamedTuple):
    """A stage and its minutes in the summary."""

    stage: Stage
    name: str
    minutes: str


class Scene(NamedTuple):
    """One moment of the overlay. Instants are seconds on the meeting timeline."""

    view: View
    now: float
    meeting: "Meeting | None" = None
    length: str = ""
    until: str = ""
    announcement: str = ""
    number: str = ""
    number_label: str = ""
    stage_name: str = ""
    up_label: str = ""
    up_spoken: str = ""
    sentence: Sentence = Sentence()
    columns: tuple[Column, ...] = ()
    description: str = ""

    @property
    def warm(self) -> bool:
        """Whether the edge is warm: a reminder stands, and the overlay may say so."""
        return self.sentence.kind is Kind.REMINDER and self.view in (View.OPEN, View.QUIET)


class Facts(NamedTuple):
    """What a scene is made of. ``end`` is the local (hour, minute) of the planned end.

    ``refused``: the notice says why the last tap was refused.
    """

    view: View
    now: float
    meeting: "Meeting | None"
    end: tuple[int, int]
    ready_minutes: int
    ready_marks: "Marks | None" = None  # None: an ordinary meeting
    notice: str | None = None
    refused: bool = False


def scene_of(facts: Facts) -> Scene:
    """The scene that ``facts`` make, in the language in use."""
    base = Scene(facts.view, facts.now, facts.meeting)
    if facts.meeting is None:
        return _ready(base, facts)
    from kohtaava_desktop.ui import meeting_scene  # a meeting is not for the first frame

    return (meeting_scene.running if facts.meeting.running else meeting_scene.summary)(base, facts.meeting, facts)


def _ready(base: Scene, facts: Facts) -> Scene:
    until = _("until {time}").format(time=formats.clock_time(*facts.end))
    length = formats.minutes_short(facts.ready_minutes)
    sentence = notice(facts) or _marks(facts)
    return base._replace(
        length=length,
        until=until,
        sentence=sentence,
        up_label=_("Start"),
        up_spoken=_("Start meeting"),
        description=f"{length}, {until}",
    )


def notice(facts: Facts) -> Sentence | None:
    """The notice that stands, as a sentence."""
    return Sentence(Kind.NOTICE, facts.notice, own=facts.refused) if facts.notice else None


def _marks(facts: Facts) -> Sentence:
    if facts.ready_marks is None:
        return Sentence()
    from kohtaava_desktop.ui.meeting_scene import marks_text

    text = marks_text(facts.ready_marks)
    return Sentence(Kind.INFO, text) if text else Sentence()
