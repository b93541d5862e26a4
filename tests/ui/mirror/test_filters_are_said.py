"""What was chosen is said wherever the numbers are: above the charts, in copied text, in a picture, by a reader."""

import re

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.choices import Choices
from kohtaava_desktop.domain.events import Channel
from kohtaava_desktop.domain.statistics import Filter
from kohtaava_desktop.ui.mirror import words
from tests.ui.mirror.histories import statistics
from tests.ui.mirror.room import Room

CHOSEN = {
    "by phone": Filter(channel=Channel.PHONE),
    "by video": Filter(channel=Channel.VIDEO),
    "in person": Filter(channel=Channel.IN_PERSON),
    "new clients": Filter(new_client=True),
    "known clients": Filter(new_client=False),
    "with an interpreter": Filter(interpreter=True),
    "no interpreter": Filter(interpreter=False),
}


@pytest.mark.parametrize(("word", "wanted"), CHOSEN.items())
def test_what_was_chosen_is_said_wherever_the_numbers_are(
    room: Room, heard: list[str], word: str, wanted: Filter
) -> None:
    window = room.open(400)
    assert word not in window.text()
    window.filters.wanted = wanted
    room.do(window.wanted.emit)
    room.settle()
    assert word in window.heading.text().split(words.DOT)
    assert word in window.text().splitlines()[0]
    assert word in heard[-1]
    described = re.search("<desc>(.*?)</desc>", window.picture("svg").decode(), re.DOTALL)
    assert described is not None
    assert word in described[1]


def test_all_that_was_chosen_is_said_together(room: Room) -> None:
    window = room.open(3000)
    window.filters.wanted = Filter(90, Channel.PHONE, True, False)
    room.do(window.wanted.emit)
    room.settle()
    assert window.heading.text().split(words.DOT)[1:-1] == [
        "90 min planned",
        "by phone",
        "new clients",
        "no interpreter",
    ]


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("tag", i18n.LANGUAGES)
def test_each_choice_has_words_of_its_own(tag: str) -> None:
    i18n.set_language(tag)
    found = statistics(40)
    said = {words.heading(found, wanted, Choices()) for wanted in (Filter(), *CHOSEN.values())}
    assert len(said) == len(CHOSEN) + 1
