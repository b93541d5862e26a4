"""Which reminder stands now, and when the next thing on the overlay changes. Nothing polls, nothing ticks."""

from enum import StrEnum

from kohtaava_desktop.domain.meeting import Meeting
from kohtaava_desktop.domain.stages import Stage

PUT_OFF_SECONDS = 2 * 60
PUT_OFFS_AT_MOST = 2


class Reminder(StrEnum):
    """The one sentence that stands on the overlay."""

    RESERVE = "reserve"  # it is time to keep time for the farewell
    NEW_TIME = "new-time"  # still below Advice: a new time can be agreed on
    TIME_FULL = "time-full"  # the planned time is full; the last sentence


def standing(meeting: Meeting, now: float) -> Reminder | None:
    """The reminder that stands at ``now``, or ``None``.

    Once the farewell has begun there is nothing to remind of. *A moment more* hides the sentence, but not the last one
    at the planned end, unless it was tapped after that.
    """
    if not meeting.running or meeting.given_its_time or meeting.furthest_stage is Stage.FAREWELL:
        return None
    if now < meeting.plan.reminder_due or _hidden(meeting, now):
        return None
    if meeting.stage <= Stage.GUIDANCE:
        return Reminder.NEW_TIME
    return Reminder.RESERVE if now < meeting.plan.end else Reminder.TIME_FULL


def can_put_off(meeting: Meeting) -> bool:
    """Whether *a moment more* is still on offer."""
    return len(meeting.put_offs) < PUT_OFFS_AT_MOST


def next_change(meeting: Meeting, now: float) -> float | None:
    """The first instant after ``now`` at which anything on show changes by itself; ``None`` once finished.

    Minutes left, the reminder's coming and coming back, the planned end, and the closing of a forgotten meeting.
    """
    if not meeting.running:
        return None
    plan = meeting.plan
    instants = [plan.next_minute(now), plan.reminder_due, plan.end, plan.forgotten_due]
    if meeting.put_offs:
        instants.append(_hidden_until(meeting))
    return min((instant for instant in instants if instant > now), default=None)


def _hidden(meeting: Meeting, now: float) -> bool:
    return bool(meeting.put_offs) and now < _hidden_until(meeting)


def _hidden_until(meeting: Meeting) -> float:
    put_off = meeting.put_offs[-1]
    until = put_off + PUT_OFF_SECONDS
    return min(until, meeting.plan.end) if put_off < meeting.plan.end else until
