"""Everything is deleted while a meeting runs: nothing is left, nothing comes back, and the next meeting is kept."""

from tests.e2e.desk import Desk


def left(desk: Desk) -> list[str]:
    return sorted(each.name for each in desk.data.iterdir() if each.suffix != ".lock" and each.name != "control.sock")


def test_everything_goes_with_the_running_meeting(desk: Desk) -> None:
    desk.settings(summary_seconds=5)
    desk.start()
    desk.tell("start", "--minutes", "45")
    desk.tell("finish")
    desk.await_status(state="idle")
    desk.tell("start", "--minutes", "30")
    desk.tell("up")
    told = desk.kohtaava("delete-everything")
    assert (told.code, "1 stored meeting" in told.out, "meeting in hand" in told.out) == (3, True, True)
    assert len(desk.stored()) == 1
    assert desk.kohtaava("delete-everything", "--yes").code == 0
    assert left(desk) == []
    assert desk.status()["state"] == "idle"
    desk.quit()
    assert left(desk) == []
    assert desk.kohtaava("delete-everything", "--yes").code == 0
    desk.start()
    assert desk.status()["state"] == "idle"
    desk.tell("start", "--minutes", "20")
    desk.tell("finish")
    desk.await_status(state="idle")
    desk.quit()
    assert [each["planned_minutes"] for each in desk.stored()] == [20]
