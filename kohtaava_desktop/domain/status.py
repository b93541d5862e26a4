"""What ``kohtaava status --json`` says: one flat description of now."""

from typing import Any

from kohtaava_desktop.domain import reminders
from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.plan import reserve_minutes
from kohtaava_desktop.domain.views import View


def status_of(meeting: Meeting | None, now: float, view: View, ready_minutes: int) -> dict[str, Any]:
    """The stable keys of the status, JSON-ready; without a meeting the planned length is the one a start would take."""
    if meeting is None:
        return {
            "state": "idle",
            "stage": None,
            "elapsed_seconds": 0,
            "planned_minutes": ready_minutes,
            "remaining_minutes": ready_minutes,
            "reserve_minutes": reserve_minutes(ready_minutes),
            "visits": [],
            "pins": 0,
            "reminder": None,
            "view": view.value,
        }
    until = now if meeting.finished_at is None else meeting.finished_at
    return {
        "state": "running" if meeting.running else "summary",
        "stage": meeting.stage.key,
        "elapsed_seconds": round(meeting.elapsed(until)),
        "planned_minutes": meeting.plan.planned_minutes,
        "remaining_minutes": meeting.plan.remaining_minutes(until),
        "reserve_minutes": meeting.plan.reserve_minutes,
        "visits": [{"stage": each.stage.key, "seconds": round(each.seconds(until))} for each in meeting.visits],
        "pins": meeting.pins,
        "reminder": reminders.standing(meeting, now),
        "view": view.value,
    }
