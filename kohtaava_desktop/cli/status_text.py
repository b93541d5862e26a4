"""``kohtaava status`` for people."""

from typing import Any

from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.domain.stages import BY_KEY
from kohtaava_desktop.i18n import _, formats, sentences


def status_text(status: dict[str, Any]) -> str:
    """Where the meeting is, how long each visit was, what there is to remember; a line each."""
    if status["state"] == "idle":
        length = formats.minutes_long(status["planned_minutes"])
        return _("No meeting is running; the next one takes {duration}.").format(duration=length)
    if status["state"] == "running":
        lines = [sentences.description(BY_KEY[status["stage"]], status["remaining_minutes"])]
    else:
        lines = [_("The meeting is finished; its summary stands.")]
    lines.append(" · ".join(_visit(visit["stage"], visit["seconds"]) for visit in status["visits"]))
    if status["pins"]:
        lines.append(sentences.pins(status["pins"]))
    if status["reminder"]:
        lines.append(sentences.reminder(Reminder(status["reminder"])))
    return "\n".join(lines)


def _visit(stage: str, seconds: int) -> str:
    return f"{sentences.stage_name(BY_KEY[stage])} {formats.minutes_short(round(seconds / 60))}"
