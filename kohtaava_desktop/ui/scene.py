"""What the overlay has to say now, as plain values; how it is laid out is the forms' business."""

from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from kohtaava_desktop.domain import reminders
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.domain.views import View
from kohtaava_desktop.i18n import _, formats, sentences


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
    GOT_IT = auto()
    GAP_YES = auto()
    GAP_NO = auto()
    FINISH = auto()
    UNDO_FINISH = auto()
    DO_NOT_STORE = auto()
    DONE = auto()
    READ_NOTICE = auto()
    TOGGLE = auto()


class Kind(Enum):
    """What the one sentence on the overlay is about."""

    NONE = auto()
    REMINDER = auto()
    GAP = auto()
    NOTICE = auto()
    INFO = auto()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The one sentence; ``can_put_off`` where *a moment more* goes with it."""

    kind: Kind = Kind.NONE
    text: str = ""
    can_put_off: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A stage and its minutes in the summary."""

    stage: Stage
    name: str
    minutes: str


@dataclass(frozen=True, slots=True)
class Scene:
    """One moment of the overlay. Instants are seconds on the meeting timeline."""

    view: View
    now: float
    meeting: Meeting | None = None
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


@dataclass(frozen=True, slots=True)
class Facts:
    """What a scene is made of. ``end`` is the local (hour, minute) of the planned end."""

    view: View
    now: float
    meeting: Meeting | None
    end: tuple[int, int]
    ready_minutes: int
    ready_marks: Marks = Marks()
    notice: str | None = None


def scene_of(facts: Facts) -> Scene:
    """The scene that ``facts`` make, in the language in use."""
    base = Scene(facts.view, facts.now, facts.meeting)
    if facts.meeting is None:
        return _ready(base, facts)
    if not facts.meeting.running:
        return _summary(base, facts.meeting, facts)
    return _running(base, facts.meeting, facts)


def _ready(base: Scene, facts: Facts) -> Scene:
    until = _("until {time}").format(time=formats.clock_time(*facts.end))
    length = formats.minutes_short(facts.ready_minutes)
    sentence = _notice(facts) or Sentence(Kind.INFO, marks_text(facts.ready_marks))
    return replace(
        base,
        length=length,
        until=until,
        sentence=sentence if sentence.text else Sentence(),
        up_label=_("Start"),
        up_spoken=_("Start meeting"),
        description=f"{length}, {until}",
    )


def _running(base: Scene, meeting: Meeting, facts: Facts) -> Scene:
    remaining = meeting.plan.remaining_minutes(facts.now)
    number, label = sentences.remaining_label(remaining)
    above = meeting.stage.above
    return replace(
        base,
        announcement=sentences.announcement(meeting.plan.planned_minutes, *facts.end),
        number=number,
        number_label=label,
        stage_name=sentences.stage_name(meeting.stage),
        up_label=_("Finish") if above is None else f"{sentences.stage_name(above)} ›",
        up_spoken=_("Finish meeting") if above is None else sentences.step_up(above),
        sentence=_sentence(meeting, facts),
        description=sentences.description(meeting.stage, remaining),
    )


def _summary(base: Scene, meeting: Meeting, facts: Facts) -> Scene:
    end = meeting.finished_at or facts.now
    columns = []
    for stage in Stage:
        seconds = [visit.seconds(end) for visit in meeting.visits if visit.stage is stage]
        minutes = formats.minutes_short(round(sum(seconds) / 60)) if seconds else "–"
        columns.append(Column(stage, sentences.stage_name(stage), minutes))
    spoken = ", ".join(f"{each.name} {each.minutes}" for each in columns if each.minutes != "–")
    return replace(
        base, columns=tuple(columns), sentence=_notice(facts) or Sentence(), up_spoken=_("Done"), description=spoken
    )


def _sentence(meeting: Meeting, facts: Facts) -> Sentence:
    """The most urgent of what could be said: never two sentences at a time."""
    if meeting.open_gap is not None:
        gap = meeting.open_gap
        return Sentence(Kind.GAP, sentences.gap_question(gap.kind, round(gap.seconds / 60)))
    reminder = reminders.standing(meeting, facts.now)
    if reminder is not None:
        return Sentence(Kind.REMINDER, sentences.reminder(reminder), reminders.can_put_off(meeting))
    if meeting.stage is Stage.FAREWELL and meeting.pins and not facts.notice:
        return Sentence(Kind.INFO, sentences.pins(meeting.pins))
    return _notice(facts) or Sentence()


def _notice(facts: Facts) -> Sentence | None:
    return Sentence(Kind.NOTICE, facts.notice) if facts.notice else None


def marks_text(marks: Marks) -> str:
    """The marks in words, as far as they differ from an ordinary meeting."""
    channels = {Channel.PHONE: _("By phone"), Channel.VIDEO: _("By video")}
    words = [channels.get(marks.channel, "")]
    words.append(_("New client") if marks.new_client else "")
    words.append(_("Interpreter") if marks.interpreter else "")
    return " · ".join(word for word in words if word)
