"""What the overlay has to say in a meeting and after it; loaded with the first meeting."""

from kohtaava_desktop.domain import reminders
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import _, formats, sentences
from kohtaava_desktop.ui.scene import Column, Facts, Kind, Scene, Sentence, notice


def running(base: Scene, meeting: Meeting, facts: Facts) -> Scene:
    """The scene of a running meeting."""
    remaining = meeting.plan.remaining_minutes(facts.now)
    number, label = sentences.remaining_label(remaining)
    above = meeting.stage.above
    return base._replace(
        announcement=sentences.announcement(meeting.plan.planned_minutes, *facts.end),
        number=number,
        number_label=label,
        stage_name=sentences.stage_name(meeting.stage),
        up_label=_("Finish") if above is None else f"{sentences.stage_name(above)} ›",
        up_spoken=_("Finish meeting") if above is None else sentences.step_up(above),
        sentence=_sentence(meeting, facts),
        description=sentences.description(meeting.stage, remaining),
    )


def summary(base: Scene, meeting: Meeting, facts: Facts) -> Scene:
    """The scene of a finished meeting."""
    end = meeting.finished_at or facts.now
    columns = []
    for stage in Stage:
        seconds = [visit.seconds(end) for visit in meeting.visits if visit.stage is stage]
        minutes = formats.minutes_short(round(sum(seconds) / 60)) if seconds else "–"
        columns.append(Column(stage, sentences.stage_name(stage), minutes))
    spoken = ", ".join(f"{each.name} {each.minutes}" for each in columns if each.minutes != "–")
    return base._replace(
        columns=tuple(columns), sentence=notice(facts) or Sentence(), up_spoken=_("Done"), description=spoken
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
    return notice(facts) or Sentence()


def marks_text(marks: Marks) -> str:
    """The marks in words, as far as they differ from an ordinary meeting."""
    channels = {Channel.PHONE: _("By phone"), Channel.VIDEO: _("By video")}
    words = [channels.get(marks.channel, "")]
    words.append(_("New client") if marks.new_client else "")
    words.append(_("Interpreter") if marks.interpreter else "")
    return " · ".join(word for word in words if word)
