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
    """How far a record can be trusted."""

    OK = "ok"
    MENDED = "mended"
    INTERRUPTED = "interrupted"  # a gap was not part of the meeting, or nobody said whether it was
    FORGOTTEN = "forgotten"  # closed at its last tap

    @property
    def counts(self) -> bool:
        """Whether the lengths of such a record are to be trusted; statistics and exports leave the others out."""
        return self in (Quality.OK, Quality.MENDED)


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

    @property
    def counts(self) -> bool:
        """Whether its lengths are to be trusted, as ``Quality.counts`` says."""
        return self.quality.counts

    def seconds_on(self, stage: Stage) -> int:
        """The seconds on ``stage``, all visits together; 0 where it never was there."""
        return sum(seconds for each, seconds in self.visits if each is stage)


def iso_week(day: date) -> str:
    """The ISO 8601 week of ``day``, like ``2026-W47``."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def oldest_week(today: date, months: int) -> str:
    """The oldest ISO week that is still kept on ``today`` when records are kept for ``months`` months."""
    back = today.year * 12 + today.month - 1 - months
    return iso_week(date(back // 12, back % 12 + 1, min(today.day, 28)))


def record_of(meeting: Meeting, day: date) -> Record:
    """The record of a finished ``meeting`` that began on the local ``day``.

    ``planned_minutes`` is the length that was booked: extensions during the meeting are what it is compared with.
    """
    assert meeting.finished_at is not None, "only a finished meeting leaves a record"
    assert not meeting.discarded, "what was thrown away leaves none"
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
    if any(_interrupted(gap) for gap in meeting.gaps):
        return Quality.INTERRUPTED
    return Quality.MENDED if meeting.mended else Quality.OK


def _interrupted(gap: Gap) -> bool:
    """Whether nobody said what the gap was, or time that really passed was left out; a corrected clock took none."""
    return gap.part_of_meeting is None or not (gap.part_of_meeting or gap.kind is GapKind.CLOCK)
