"""The words of the stage cards, in every language of the interface."""

import re

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n.sentences import stage_name
from kohtaava_desktop.i18n.stage_texts import stage_text
from tests.unit.i18n.test_sentences import BLAME

LONGEST_LINE = 85  # letters: two lines of the card at most
LONGEST_PHRASE = 100


@pytest.mark.parametrize("stage", Stage)
def test_each_step_has_three_lines_and_a_phrase_of_its_own(tag: str, stage: Stage) -> None:
    text = stage_text(stage)
    assert text.title == stage_name(stage)
    assert len({*text.lines, text.lead, text.phrase}) == 5
    for said in (*text.lines, text.phrase[1:-1]):
        assert said[0].isupper()
        assert said[-1] in ".?"
        assert not re.search(r"[{}]", said)
        assert not BLAME.search(said), tag
    assert all(len(line) <= LONGEST_LINE for line in text.lines)
    assert len(text.phrase) <= LONGEST_PHRASE


def test_every_language_has_words_of_its_own(tag: str) -> None:
    here = [stage_text(stage) for stage in Stage]
    i18n.set_language("en")
    english = [stage_text(stage) for stage in Stage]
    said = {text for each in here for text in (*each.lines, each.lead, each.phrase)}
    assert len(said) == 4 * 5, "nothing is said twice"
    if tag != "en":
        assert said.isdisjoint({text for each in english for text in (*each.lines, each.lead, each.phrase)})


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage.above is not None])
def test_the_phrase_leads_to_the_step_above(stage: Stage) -> None:
    assert stage.above is not None
    assert stage_name(stage.above) in stage_text(stage).lead


def test_from_farewell_the_way_leads_to_the_end() -> None:
    assert not [stage for stage in Stage if stage_name(stage) in stage_text(Stage.FAREWELL).lead]


def test_a_reader_hears_the_card_in_its_order() -> None:
    text = stage_text(Stage.EMPATHY)
    places = [text.spoken.index(part) for part in (*text.lines, text.lead, text.phrase)]
    assert places == sorted(places)
