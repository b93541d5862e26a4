"""Announcements are few: once a minute at most, but for those that the expert's own tap brought."""

from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.ui.heard import SECONDS_APART, Announcer

quarters = st.integers(0, 800).map(lambda number: number / 4)  # seconds whose sums are exact
looks = st.lists(
    st.tuples(st.sampled_from(["", "one", "two", "three"]), quarters, st.booleans()), min_size=1, max_size=40
)
"""What stands, how many seconds after the look before, and whether a tap brought it."""


@given(looks)
def test_what_time_brings_is_announced_once_a_minute_at_most(story: list[tuple[str, float, bool]]) -> None:
    announcer, now, last = Announcer(), 0.0, -SECONDS_APART
    for text, later, own in story:
        now += later
        said = announcer.look(text, now, own)
        if said:
            assert said == text
            assert own or now - last >= SECONDS_APART
            last = now


@given(looks)
def test_what_a_tap_brings_is_announced_at_once_and_once(story: list[tuple[str, float, bool]]) -> None:
    announcer, now, standing = Announcer(), 0.0, ""
    for text, later, _own in story:
        now += later
        assert announcer.look(text, now, own=True) == ("" if text == standing else text)
        standing = text


@given(looks)
def test_what_stands_for_a_minute_is_announced(story: list[tuple[str, float, bool]]) -> None:
    announcer, now, heard = Announcer(), 0.0, ""
    for text, later, own in story:
        now += later
        heard = announcer.look(text, now, own) or (heard if text else "")
    text = story[-1][0]
    heard = announcer.look(text, now + SECONDS_APART, own=False) or heard
    assert heard == text


def test_a_sentence_that_comes_too_soon_waits_for_its_minute() -> None:
    announcer = Announcer()
    assert announcer.look("a", 0, own=False) == "a"
    assert announcer.look("b", 59.9, own=False) == ""
    assert announcer.look("b", 60, own=False) == "b"
    assert announcer.look("b", 120, own=False) == ""


def test_what_left_before_its_minute_is_never_announced() -> None:
    announcer = Announcer()
    assert announcer.look("a", 0, own=False) == "a"
    assert announcer.look("b", 30, own=False) == ""
    assert announcer.look("", 40, own=False) == ""
    assert announcer.look("", 90, own=False) == ""


def test_a_clock_set_back_silences_nothing() -> None:
    announcer = Announcer()
    assert announcer.look("a", 5000, own=False) == "a"
    assert announcer.look("b", 10, own=False) == "b"
