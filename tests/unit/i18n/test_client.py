"""The card for the client, in all its languages."""

import unicodedata
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po
from babel.units import format_unit

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


def test_slavic_plurals() -> None:
    assert [duration("ru", minutes) for minutes in MINUTES] == [
        "1 минута",
        "2 минуты",
        "5 минут",
        "21 минута",
        "45 минут",
    ]
    assert [duration("uk", minutes) for minutes in MINUTES] == [
        "1 хвилина",
        "2 хвилини",
        "5 хвилин",
        "21 хвилина",
        "45 хвилин",
    ]


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
