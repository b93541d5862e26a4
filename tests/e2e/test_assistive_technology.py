"""Meetings through AT-SPI alone, beside a program that never loses the keyboard; and what is found there and heard."""

import json
from functools import partial

from tests.e2e.beside import Beside
from tests.e2e.desk import BRISK, Desk
from tests.e2e.found import check
from tests.e2e.reader import Bus, Reader
from tests.e2e.screen import Screen, until

MINUTES = 30  # so long that no reminder comes before it is called for


# a whole meeting


def test_a_whole_meeting_by_assistive_technology_alone(desk: Desk, reader: Reader, beside: Beside) -> None:
    """Start, up, back, a reminder put off, farewell, finish, a boundary moved and moved back, done: it is all there."""
    desk.settings(announcement_seconds=300, summary_seconds=120)
    (desk.config / "state.json").write_text(json.dumps({"minutes": MINUTES}))
    desk.start(speed=BRISK)
    began = begin(reader)
    beside.still_typing()
    for name, stage in (
        ("Step up to Guidance", "guidance"),
        ("Step up to Advice", "advice"),
        ("Step back", "guidance"),
    ):
        reader.press(name)
        desk.await_status(stage=stage)
        until("the step in the description", partial(tells, reader, stage.capitalize()))
    beside.still_typing()
    put_off_a_reminder(desk, reader)
    beside.still_typing()
    for name, stage in (("Step up to Advice", "advice"), ("Step up to Farewell", "farewell")):
        reader.press(name)
        desk.await_status(stage=stage)
    check(reader, "Finish meeting")
    reader.press("Finish meeting")
    desk.await_status(state="summary")
    ended = reader.heard("object:property-change:accessible-description")[-1].at
    mend_and_think_better_of_it(desk, reader)
    check_what_was_heard(reader, taps=9, minutes=(ended - began) * BRISK / 60)
    reader.press("Done")
    desk.await_status(state="idle")
    check(reader, "Meeting stairs", "Start meeting", "Planned length")
    beside.still_typing()
    assert set(beside.active_windows()) == set(beside.active_windows()[:1]), "another window was active"
    [meeting] = desk.stored()
    assert [stage for stage, _seconds in meeting["visits"]] == [*UP_AND_DOWN, "advice", "farewell"]
    assert (meeting["planned_minutes"], meeting["quality"]) == (MINUTES, "ok")
    desk.quit()


UP_AND_DOWN = ["empathy", "guidance", "advice", "guidance"]


def tells(reader: Reader, step: str) -> bool:
    """Whether the overlay's description begins with the step."""
    return reader.overlay().description.startswith(step)


def begin(reader: Reader) -> float:
    """From ready to the first step; when the meeting began."""
    found = check(reader, "Meeting stairs", "Start meeting", "Planned length")
    assert next(node.role for node in found if node.name == "Meeting stairs") == "frame"
    assert reader.find("Planned length").description.startswith(f"{MINUTES} min, until ")
    reader.press("Start meeting")
    said = until("the announcement", reader.announcements)
    assert len(said) == 1
    assert said[0].startswith(f"We have {MINUTES} minutes today, until ")
    check(reader, said[0], "Show client card", "Got it")
    reader.press("Got it")
    reader.await_gone(said[0])
    return reader.heard("object:announcement")[0].at


def put_off_a_reminder(desk: Desk, reader: Reader) -> None:
    """It is said and can be read; put off, it goes, and is said again when it comes back."""
    desk.bring_reminder_near()
    desk.await_status(reminder="new-time")
    [sentence] = until("the reminder being said", lambda: reader.announcements()[1:])
    if desk.status()["view"] == "quiet":
        desk.tell("open")
    check(reader, "Meeting stairs", "A moment more", sentence, "Pin", "Undo", "More")
    reader.press("A moment more")
    reader.await_gone(sentence)
    until("the reminder being said again", lambda: reader.announcements()[1:] == [sentence, sentence])


def mend_and_think_better_of_it(desk: Desk, reader: Reader) -> None:
    """A boundary of the summary is a slider with a value; what was moved can be undone."""
    check(reader, "Undo finish", "Do not store", "Done")
    handle = reader.find("Move the boundary: Empathy – Guidance", "slider")
    assert handle.value is not None
    before = [visit["seconds"] for visit in desk.status()["visits"]]
    reader.put(handle, handle.value[0])
    until("the boundary moved", lambda: [visit["seconds"] for visit in desk.status()["visits"]] != before)
    reader.press("Undo")
    until("the boundary back", lambda: [visit["seconds"] for visit in desk.status()["visits"]] == before)


def check_what_was_heard(reader: Reader, taps: int, minutes: float) -> None:
    """The description changes with a tap and with a minute, and announcements are few."""
    changes = reader.heard("object:property-change:accessible-description")
    changes = [each for each in changes if each.name == "Meeting stairs"]
    assert taps - 3 <= len(changes) <= taps + minutes + 2, [each.said for each in changes]
    said = reader.announcements()
    # the start; the sentence, before and after the put-off; with the step up it is another one
    assert len(said) <= 5, said
    assert len(set(said)) >= len(said) - 1, said


# every window


def test_every_form_tells_what_it_is(desk: Desk, reader: Reader) -> None:
    """Name, role, state of everything on every form, and on the card for the client."""
    desk.settings(announcement_seconds=120, summary_seconds=120)
    desk.start()
    check(reader, "Start meeting")
    desk.tell("start", "--minutes", "45")
    check(reader, "Got it")
    reader.press("Show client card")
    found = check(reader, "Card for the client", "Close", "Finnish (Suomi)", "English")
    card = reader.find("Card for the client", "dialog")
    assert card.description.startswith("Time today: 45 minutes")
    languages = [node for node in found if node.role == "check box"]
    assert [node.name for node in languages if "checked" in node.states] == ["English"]
    reader.press("Finnish (Suomi)", "check box")
    until("the card in Finnish", lambda: "45 minuuttia" in reader.find("Card for the client", "dialog").description)
    reader.press("Close")
    reader.await_gone("Card for the client")
    for command, stage in (("quiet", "Guidance"), ("open", "Guidance"), ("discreet", "Guidance")):
        desk.tell(command)
        desk.await_status(view=command)
        check(reader, "Meeting stairs", f"Step up to {stage}")
    for stage in ("Guidance", "Advice", "Farewell"):
        check(reader, f"Step up to {stage}")
        desk.tell("up")
    check(reader, "Finish meeting")
    desk.tell("finish")
    check(reader, "Open view")
    reader.press("Open view")
    check(reader, "Done", "Undo finish", "Do not store")
    desk.quit()


def test_what_went_wrong_is_said_found_and_sent_away(desk: Desk, reader: Reader) -> None:
    """A setting that cannot be is a sentence: announced, found in the tree, and gone when it has been read."""
    desk.settings(announcement_seconds=9999)
    desk.start()
    [sentence] = until("the notice being said", reader.announcements)
    assert "announcement_seconds" in sentence
    check(reader, "Close", sentence)
    reader.press("Close")
    reader.await_gone(sentence)
    desk.quit()


def test_a_screen_reader_that_starts_later_finds_everything(screen: Screen, desk: Desk) -> None:
    """The program need not be started again for it."""
    bus = Bus(screen)
    bus.invite(desk)
    desk.settings(announcement_seconds=120)  # a reader takes its time to come up
    desk.start()
    desk.tell("start")
    reader = Reader(bus, desk)
    found = check(reader, "Meeting stairs", "Got it")
    assert [node.role for node in found if node.name == "Meeting stairs"] == ["frame"]
    reader.press("Got it")
    desk.await_status(view="quiet")
    desk.quit()
    reader.close()
    bus.close()
