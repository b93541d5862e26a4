"""What is kept of a finished meeting: anonymous by construction.

A record has no time of day and no day: only the ISO week (a time would lead through the appointment calendar to the
client), the plan, three marks, and how long each visit lasted.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kohtaava_desktop.domain.events import GapKind, Marks
from kohtaava_desktop.domain.meeting import Gap, Meeting
from kohtaava_desktop.domain.stages import Stage


class Quality(StrEnum):
    """How far a record can be trusted; statistics use ``ok`` and ``mended``."""

    OK = "ok"
    MENDED = "mended"
    INTERRUPTED = "interrupted"  # a gap was not part of the meeting, or nobody said whether it was
    FORGOTTEN = "forgotten"  # closed at its last tap


@dataclass(frozen=True, slots=True)
class Record:
    """One stored meeting; ``visits`` are (stage, whole seconds) in their order."""

    key: str
    iso_week: str
    planned_minutes: int
    marks: Marks
    furthest_stage: Stage
    quality: Quality
    visits: tuple[tuple[Stage, int], ...]


def iso_week(day: date) -> str:
    """The ISO 8601 week of ``day``, like ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def record_of(meeting: Meeting, day: date) -> Record:
    """The record of a finished ``meeting`` that began on the local ``day``.

    ``planned_minutes`` is the length that was booked: extensions during the meeting are what it is compared with.
    """
    assert meeting.finished_at is not None, "only a finished meeting leaves a record"
    end = meeting.finished_at
    return Record(
        key=meeting.key,
        iso_week=iso_week(day),
        planned_minutes=meeting.booked_minutes,
        marks=meeting.marks,
        furthest_stage=meeting.furthest_stage,
        quality=quality_of(meeting),
        visits=tuple((visit.stage, round(visit.seconds(end))) for visit in meeting.visits),
    )


def quality_of(meeting: Meeting) -> Quality:
    """The quality mark; the one that says most against the record wins."""
    if meeting.forgotten:
        return Quality.FORGOTTEN
    if any(gap.part_of_meeting is None or _left_out(gap) for gap in meeting.gaps):
        return Quality.INTERRUPTED
    return Quality.MENDED if meeting.mended else Quality.OK


def _left_out(gap: Gap) -> bool:
    """Whether time that really passed was said not to belong; a corrected clock took no time."""
    return gap.part_of_meeting is False and gap.kind is not GapKind.CLOCK
