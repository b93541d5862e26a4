"""The card for the client, in all its languages."""

import unicodedata
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n.client import CARD_LANGUAGES, card_text, duration, spoken_name

MINUTES = (1, 2, 5, 21, 45)
ROOT = Path(__file__).parents[3]
FSI, PDI = "\u2068", "\u2069"


def _catalogue(language: str) -> Path:
    return ROOT / "i18n" / language / "LC_MESSAGES" / "client.po"


@pytest.mark.parametrize("minutes", MINUTES)
@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_every_language_counts_minutes_in_its_own_words(language: str, minutes: int) -> None:
    text = card_text(language, minutes, 10, 45)
    whole = text.title + text.duration + text.until
    assert "duration-" not in whole
    assert "{" not in whole
    assert str(minutes) in text.duration or (language == "ar" and minutes in (1, 2)), "Arabic has words for one and two"
    assert _letters(whole) <= _letters_of(language)


@pytest.mark.parametrize("language", sorted({*CARD_LANGUAGES} - {"fa"}))
def test_minutes_are_cldrs_long_form(language: str) -> None:
    for minutes in (*MINUTES, 90, 240):
        assert duration(language, minutes) == format_unit(minutes, "duration-minute", "long", locale=language)


def test_persian_has_the_form_that_babel_forgets() -> None:
    assert [duration("fa", minutes) for minutes in MINUTES] == [f"{minutes} دقیقه" for minutes in MINUTES]


MINUTES_BY_RULE = {
    "fi": "1 minuutti, 2 minuuttia, 5 minuuttia, 11 minuuttia, 21 minuuttia, 45 minuuttia",
    "sv": "1 minut, 2 minuter, 5 minuter, 11 minuter, 21 minuter, 45 minuter",
    "en": "1 minute, 2 minutes, 5 minutes, 11 minutes, 21 minutes, 45 minutes",
    "et": "1 minut, 2 minutit, 5 minutit, 11 minutit, 21 minutit, 45 minutit",
    "ru": "1 минута, 2 минуты, 5 минут, 11 минут, 21 минута, 45 минут",
    "uk": "1 хвилина, 2 хвилини, 5 хвилин, 11 хвилин, 21 хвилина, 45 хвилин",
    "ar": "دقيقة, دقيقتان, 5 دقائق, 11 دقيقة, 21 دقيقة, 45 دقيقة",
    "fa": "1 دقیقه, 2 دقیقه, 5 دقیقه, 11 دقیقه, 21 دقیقه, 45 دقیقه",
    "so": "1 daqiiqad, 2 daqiiqo, 5 daqiiqo, 11 daqiiqo, 21 daqiiqo, 45 daqiiqo",
    "ti": "1 ደቒቓ, 2 ደቒቓታት, 5 ደቒቓታት, 11 ደቒቓታት, 21 ደቒቓታት, 45 ደቒቓታት",
    "ku": "1 deqîqe, 2 deqîqe, 5 deqîqe, 11 deqîqe, 21 deqîqe, 45 deqîqe",
}
"""Written out by the plural rules of CLDR, not asked of Babel: one of each category that whole minutes can have."""


@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_plurals_follow_the_rules_of_the_language(language: str) -> None:
    counted = [duration(language, minutes) for minutes in (1, 2, 5, 11, 21, 45)]
    assert ", ".join(counted) == MINUTES_BY_RULE[language]


@given(st.integers(5, 240))
def test_a_length_has_the_form_of_its_plural_category(minutes: int) -> None:
    """Every length that a meeting can have; the rules stand here in their own words."""
    ends, last = minutes % 10, minutes % 100
    few = ends in (2, 3, 4) and last not in (12, 13, 14)
    russian = "минута" if ends == 1 and last != 11 else "минуты" if few else "минут"
    ukrainian = "хвилина" if ends == 1 and last != 11 else "хвилини" if few else "хвилин"
    arabic = "دقائق" if 3 <= last <= 10 else "دقيقة"
    expected = {"ru": russian, "uk": ukrainian, "ar": arabic, "fi": "minuuttia", "et": "minutit", "so": "daqiiqo"}
    assert {language: duration(language, minutes) for language in expected} == {
        language: f"{minutes} {word}" for language, word in expected.items()
    }


def test_no_text_of_the_card_inflects_by_a_number() -> None:
    """Babel's plural rules for catalogues are others than CLDR's in some of these languages; none is needed."""
    for language in CARD_LANGUAGES:
        with _catalogue(language).open("rb") as file:
            assert not [message.id for message in read_po(file, locale=language) if message.pluralizable]


@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_long_meetings_stay_in_minutes(language: str) -> None:
    assert "240" in duration(language, 240)


@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_the_clock_has_24_hours_and_finnish_digits(language: str) -> None:
    until = card_text(language, 45, 15, 5).until
    digits = "".join(letter for letter in until if unicodedata.category(letter) == "Nd")
    assert digits == "1505"
    assert ("15.05" if language == "fi" else "15:05") in until


@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_times_are_isolated_where_the_script_runs_to_the_left(language: str) -> None:
    text = card_text(language, 45, 10, 45)
    assert text.rtl is (Locale.parse(language).text_direction == "rtl")
    assert (f"{FSI}10:45{PDI}" in text.until) is text.rtl


@pytest.mark.parametrize("language", CARD_LANGUAGES)
def test_the_catalogue_is_complete_and_the_one_in_use(language: str) -> None:
    with _catalogue(language).open("rb") as file:
        translations = {message.id: str(message.string) for message in read_po(file, locale=language) if message.id}
    assert set(translations) == {"Time today", "until {time}"}
    text = card_text(language, 45, 10, 45)
    assert text.title == translations["Time today"]
    assert text.until.replace(FSI, "").replace(PDI, "") == translations["until {time}"].format(
        time="10.45" if language == "fi" else "10:45"
    )


def test_no_language_borrows_anothers_words() -> None:
    titles = [card_text(language, 45, 10, 45).title for language in CARD_LANGUAGES]
    assert len(set(titles)) == len(CARD_LANGUAGES) == 11


def test_a_language_that_is_not_offered() -> None:
    with pytest.raises(KeyError):
        card_text("de", 45, 10, 45)


def test_the_expert_hears_the_language_in_their_own() -> None:
    i18n.set_language("fi")
    assert [spoken_name(language) for language in ("ar", "ti", "ku", "fi")] == ["Arabia", "Tigrinja", "Kurdi", "Suomi"]
    i18n.set_language("sv")
    assert spoken_name("uk") == "Ukrainska"


def _letters(text: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def _letters_of(language: str) -> set[str]:
    scripts = {"ru": "CYRILLIC", "uk": "CYRILLIC", "ar": "ARABIC", "fa": "ARABIC", "ti": "ETHIOPIC"}
    return {scripts.get(language, "LATIN")}
