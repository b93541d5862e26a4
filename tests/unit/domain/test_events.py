import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.domain import events
from kohtaava_desktop.domain.events import Channel, Event, GapKind, Marks, from_dict, to_dict

AT = 1_800_000_000.25
PHONE = Marks(Channel.PHONE, new_client=True, interpreter=True)

WRITTEN: list[tuple[Event, dict[str, Any]]] = [
    (
        events.Started(AT, "k", 45, 38, PHONE, 412.5),
        {
            "event": "started",
            "key": "k",
            "booked_minutes": 45,
            "minutes": 38,
            "marks": {"channel": "phone", "new_client": True, "interpreter": True},
            "own_median_seconds": 412.5,
        },
    ),
    (
        events.Started(AT, "k", 45, 45),
        {
            "event": "started",
            "key": "k",
            "booked_minutes": 45,
            "minutes": 45,
            "marks": {"channel": "in-person", "new_client": False, "interpreter": False},
            "own_median_seconds": None,
        },
    ),
    (events.SteppedUp(AT), {"event": "stepped-up"}),
    (events.SteppedBack(AT), {"event": "stepped-back"}),
    (events.Pinned(AT), {"event": "pinned"}),
    (events.Extended(AT, -5), {"event": "extended", "minutes": -5}),
    (
        events.Marked(AT, Marks(Channel.VIDEO)),
        {"event": "marked", "marks": {"channel": "video", "new_client": False, "interpreter": False}},
    ),
    (events.GivenItsTime(AT), {"event": "given-its-time"}),
    (events.PutOff(AT), {"event": "put-off"}),
    (events.GapAnswered(AT, False), {"event": "gap-answered", "part_of_meeting": False}),
    (events.Finished(AT), {"event": "finished"}),
    (events.Mended(AT, 1, AT - 60), {"event": "mended", "boundary": 1, "moved_to": AT - 60}),
    (events.Undone(AT), {"event": "undone"}),
    (events.Redone(AT), {"event": "redone"}),
    (events.Discarded(AT), {"event": "discarded"}),
    (events.GapNoticed(AT, 180.5, GapKind.AWAY), {"event": "gap-noticed", "seconds": 180.5, "kind": "away"}),
    (events.Forgotten(AT), {"event": "forgotten"}),
]


def dump(event: Event) -> str:
    return json.dumps(to_dict(event), allow_nan=False)


def test_every_kind_of_event_is_written_here() -> None:
    kinds = {value for value in vars(events).values() if isinstance(value, type) and issubclass(value, Event)}
    assert {type(event) for event, _ in WRITTEN} == kinds - {Event, events.Noticed}


@pytest.mark.parametrize(("event", "values"), WRITTEN, ids=[values["event"] for _, values in WRITTEN])
def test_an_event_is_written_under_its_stable_name_and_read_back(event: Event, values: dict[str, Any]) -> None:
    assert to_dict(event) == {**values, "at": AT}
    assert from_dict(json.loads(dump(event))) == event


def test_what_the_program_noticed_is_told_from_taps_by_its_kind() -> None:
    noticed = {type(event) for event, _ in WRITTEN if isinstance(event, events.Noticed)}
    assert noticed == {events.GapNoticed, events.Forgotten}


def test_whole_numbers_are_read_as_instants() -> None:
    assert from_dict({"event": "pinned", "at": 7}) == events.Pinned(7.0)


def test_a_field_that_has_a_default_may_be_missing() -> None:
    bare = {"event": "started", "at": AT, "key": "k", "booked_minutes": 45, "minutes": 45}
    assert from_dict(bare) == events.Started(AT, "k", 45, 45)
    assert from_dict({"event": "marked", "at": AT, "marks": {}}) == events.Marked(AT, Marks())


DEEP: list[Any] = []
for _ in range(5000):
    DEEP = [DEEP]

HOSTILE: list[Any] = [
    None,
    [],
    7,
    "started",
    {},
    {"at": AT},
    {"event": "pinned"},  # no instant
    {"event": None, "at": AT},
    {"event": ["pinned"], "at": AT},
    {"event": {}, "at": AT},
    {"event": "exploded", "at": AT},
    {"event": "Pinned", "at": AT},
    {"event": "pinned", "at": AT, "note": "free text"},
    {"event": "pinned", "at": AT, "marks": {}},
    {"event": "pinned", "at": AT, "kind": "sleep"},
    {"event": "pinned", "at": AT, 7: 7},
    {"event": "pinned", "at": None},
    {"event": "pinned", "at": "12"},
    {"event": "pinned", "at": True},
    {"event": "pinned", "at": float("nan")},
    {"event": "pinned", "at": float("inf")},
    {"event": "pinned", "at": -1e300},
    {"event": "pinned", "at": 10**400},
    {"event": "pinned", "at": DEEP},
    {"event": "extended", "at": AT, "minutes": 5.0},
    {"event": "extended", "at": AT, "minutes": False},
    {"event": "extended", "at": AT, "minutes": 10**400},
    {"event": "mended", "at": AT, "boundary": 0.5, "moved_to": AT},
    {"event": "mended", "at": AT, "boundary": 0, "moved_to": float("nan")},
    {"event": "gap-answered", "at": AT, "part_of_meeting": 1},
    {"event": "gap-answered", "at": AT, "part_of_meeting": None},
    {"event": "gap-noticed", "at": AT, "seconds": 300, "kind": "holiday"},
    {"event": "gap-noticed", "at": AT, "seconds": 300, "kind": ["sleep"]},
    {"event": "gap-noticed", "at": AT, "seconds": 300, "kind": DEEP},
    {"event": "gap-noticed", "at": AT, "seconds": "300", "kind": "sleep"},
    {"event": "marked", "at": AT, "marks": None},
    {"event": "marked", "at": AT, "marks": "phone"},
    {"event": "marked", "at": AT, "marks": [["channel", "phone"]]},
    {"event": "marked", "at": AT, "marks": {"channel": "pigeon"}},
    {"event": "marked", "at": AT, "marks": {"channel": DEEP}},
    {"event": "marked", "at": AT, "marks": {"channel": "phone", "new_client": "yes"}},
    {"event": "marked", "at": AT, "marks": {"channel": "phone", "name": "a client"}},
    {"event": "started", "at": AT, "key": 7, "booked_minutes": 45, "minutes": 45},
    {"event": "started", "at": AT, "key": "k", "booked_minutes": "45", "minutes": 45},
    {"event": "started", "at": AT, "key": "k", "booked_minutes": 45, "minutes": 45, "own_median_seconds": "7"},
    {"event": "started", "at": AT, "key": "k", "minutes": 45},
]


@pytest.mark.parametrize("values", HOSTILE, ids=range(len(HOSTILE)))
def test_anything_else_is_a_value_error(values: Any) -> None:
    with pytest.raises(ValueError, match=r"not an event|unknown field|with a bad|a field missing|not a Marks"):
        from_dict(values)


def test_the_error_names_the_field_and_never_the_value() -> None:
    with pytest.raises(ValueError, match="Pinned with a bad at") as error:
        from_dict({"event": "pinned", "at": "9.30 o'clock"})
    assert "9.30" not in str(error.value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
spoilt = st.builds(
    lambda values, name, value: {**values, name: value},
    st.sampled_from([to_dict(event) for event, _ in WRITTEN]),
    st.sampled_from(sorted({name for event, _ in WRITTEN for name in to_dict(event)})),
    json_values,
)


@given(json_values | st.dictionaries(st.text(), json_values) | spoilt)
def test_whatever_comes_is_an_event_that_can_be_written_or_a_value_error(values: Any) -> None:
    try:
        event = from_dict(values)
    except ValueError:
        return
    assert from_dict(json.loads(dump(event))) == event
