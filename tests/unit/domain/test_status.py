import json

from kohtaava_desktop.domain.commands import Discard, Finish, Forget, Pin, StepBack, StepUp
from kohtaava_desktop.domain.status import status_of
from kohtaava_desktop.domain.views import View
from tests.unit.domain.played import minute, play

UP = StepUp()


def test_without_a_meeting_it_tells_what_a_start_would_take() -> None:
    assert status_of(None, 0.0, View.READY, 45) == {
        "state": "idle",
        "stage": None,
        "elapsed_seconds": 0,
        "planned_minutes": 45,
        "remaining_minutes": 45,
        "reserve_minutes": 7,
        "visits": [],
        "pins": 0,
        "reminder": None,
        "view": "ready",
    }


def test_a_running_meeting_tells_where_it_is() -> None:
    meeting = play((3, UP), (5, Pin()), (8, UP), (20, StepBack()), (22, UP)).now
    assert status_of(meeting, minute(39), View.OPEN, 30) == {
        "state": "running",
        "stage": "advice",
        "elapsed_seconds": 39 * 60,
        "planned_minutes": 45,
        "remaining_minutes": 6,
        "reserve_minutes": 7,
        "visits": [
            {"stage": "empathy", "seconds": 180},
            {"stage": "guidance", "seconds": 300},
            {"stage": "advice", "seconds": 720},
            {"stage": "guidance", "seconds": 120},
            {"stage": "advice", "seconds": 1020},
        ],
        "pins": 1,
        "reminder": "reserve",
        "view": "open",
    }


def test_a_summary_stands_still_at_the_finish() -> None:
    meeting = play((3, UP), (39.5, Finish())).now
    one, other = (status_of(meeting, minute(now), View.SUMMARY, 30) for now in (39.5, 600))
    assert one == other
    assert (one["state"], one["elapsed_seconds"], one["remaining_minutes"]) == ("summary", 2370, 6)
    assert (one["reminder"], one["visits"][1]) == (None, {"stage": "guidance", "seconds": 2190})


def test_a_forgotten_meeting_tells_of_its_last_tap() -> None:
    status = status_of(play((3, UP), (105, Forget())).now, minute(106), View.SUMMARY, 30)
    assert (status["state"], status["elapsed_seconds"], status["remaining_minutes"]) == ("summary", 180, 42)


def test_every_status_is_json_with_the_same_keys() -> None:
    meetings = [None, play().now, play((1, Finish())).now, play((1, Discard())).now]
    statuses = [status_of(meeting, minute(2), View.READY, 45) for meeting in meetings]
    assert all(json.loads(json.dumps(status)) == status for status in statuses)
    assert len({tuple(status) for status in statuses}) == 1
