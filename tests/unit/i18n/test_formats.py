"""Clock times, minutes, days, months and large numbers: the baked forms say what Babel says."""

from datetime import date
from pathlib import Path

import pytest
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n import formats, sentences

TIME_PATTERNS = {"fi": "H.mm", "sv": "HH:mm", "en": "HH:mm"}
WHERE = ["baked", "live", "damaged"]


@pytest.fixture(params=WHERE)
def forms_from(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """With the baked forms; without; with a file that holds something else."""
    if request.param != "baked":
        monkeypatch.setattr(i18n, "LOCALE_FOLDER", str(tmp_path))
    if request.param == "damaged":
        (tmp_path / "cldr.json").write_text('{"fi": {"time": "H.mm"}}', encoding="utf-8")
    return str(request.param)


@pytest.mark.usefixtures("forms_from")
def test_minutes_are_babels(tag: str) -> None:
    for minutes in range(301):
        assert formats.minutes_short(minutes) == format_unit(minutes, "duration-minute", "short", locale=tag)
        assert formats.minutes_long(minutes) == format_unit(minutes, "duration-minute", "long", locale=tag)


def test_the_forms_were_baked() -> None:
    baked = formats._baked(i18n.LOCALE_FOLDER)
    assert baked == {tag: formats.live_forms(tag) for tag in i18n.LANGUAGES}


@given(part=st.integers(0, 100_000), rest=st.integers(0, 100_000))
def test_0_and_100_percent_are_none_and_all(part: int, rest: int) -> None:
    percent = formats.percent(part, part + rest)
    assert (percent == 0) == (part == 0)
    assert (percent == 100) == (rest == 0 and part > 0)
    if part + rest:
        assert abs(percent - 100 * part / (part + rest)) <= 1


MONTHS = st.dates(date(1970, 1, 1), date(2999, 12, 31)).map(lambda day: day.replace(day=1))


def iso(month: date) -> str:
    return f"{month:%Y-%m}"


@given(first=MONTHS, last=MONTHS)
def test_months_are_babels(first: date, last: date) -> None:
    first, last = sorted((first, last))
    for tag in i18n.LANGUAGES:
        i18n.set_language(tag)
        assert formats.month(iso(first)) == format_skeleton("yMMMM", first, locale=tag)
        assert formats.month_short(iso(first)) == format_skeleton("yMMM", first, locale=tag)
        assert formats.months(iso(first), iso(last)) == format_interval(first, last, "yMMMM", locale=tag)


@pytest.mark.usefixtures("forms_from")
def test_months_are_written_as_one_says_them(tag: str) -> None:
    said = [formats.month("2026-10"), formats.month_short("2026-01"), formats.months("2026-08", "2026-10")]
    assert [text.replace("\u2009", "") for text in (*said, formats.months("2025-11", "2026-05"))] == {
        "fi": ["lokakuu 2026", "tammi 2026", "elo–lokakuu 2026", "marraskuu 2025–toukokuu 2026"],
        "sv": ["oktober 2026", "jan. 2026", "augusti–oktober 2026", "november 2025–maj 2026"],
        "en": ["October 2026", "Jan 2026", "August–October 2026", "November 2025–May 2026"],
    }[tag]


@given(day=st.dates(date(1970, 1, 1), date(2999, 12, 31)))
def test_days_are_babels(day: date) -> None:
    for tag in i18n.LANGUAGES:
        i18n.set_language(tag)
        assert formats.day(day) == format_date(day, "long", locale=tag)


@pytest.mark.usefixtures("forms_from")
def test_days_are_written_as_one_says_them(tag: str) -> None:
    assert (
        formats.day(date(2026, 11, 30))
        == {
            "fi": "30. marraskuuta 2026",
            "sv": "30 november 2026",
            "en": "November 30, 2026",
        }[tag]
    )


@pytest.mark.usefixtures("forms_from")
def test_numbers_of_five_digits_and_more_are_grouped_as_babel_does(tag: str) -> None:
    assert [formats.number(count) for count in (0, 212, 1826, 9999)] == ["0", "212", "1826", "9999"]
    for count in (10_000, 54_321, 1_234_567):
        assert formats.number(count) == format_decimal(count, locale=tag)
    assert formats.number(10_000) == ("10,000" if tag == "en" else "10\u00a0000")


@pytest.mark.usefixtures("forms_from")
def test_the_clock_has_24_hours(tag: str) -> None:
    assert formats.live_time_pattern(tag) == TIME_PATTERNS[tag]
    shown = [formats.clock_time(*time) for time in ((0, 0), (9, 5), (10, 45), (23, 59))]
    assert shown == (["0.00", "9.05", "10.45", "23.59"] if tag == "fi" else ["00:00", "09:05", "10:45", "23:59"])


def test_the_forms_follow_the_language() -> None:
    said = []
    for tag in ("fi", "sv", "en"):
        i18n.set_language(tag)
        said.append((formats.minutes_long(45), formats.minutes_long(1), formats.minutes_short(45)))
    assert said == [
        ("45 minuuttia", "1 minuutti", "45 min"),
        ("45 minuter", "1 minut", "45 min"),
        ("45 minutes", "1 minute", "45 min"),
    ]


COUNTED = {
    "fi": ("1 minuutti", "2 minuuttia", "5 minuuttia", "21 minuuttia", "45 minuuttia"),
    "sv": ("1 minut", "2 minuter", "5 minuter", "21 minuter", "45 minuter"),
    "en": ("1 minute", "2 minutes", "5 minutes", "21 minutes", "45 minutes"),
}
PINNED = {
    "fi": ("muistettava, johon palataan", "muistettavaa, joihin palataan"),
    "sv": ("sak att återkomma till", "saker att återkomma till"),
    "en": ("thing to come back to", "things to come back to"),
}


def test_numbers_of_things_follow_the_language(tag: str) -> None:
    one, other = PINNED[tag]
    assert tuple(formats.minutes_long(number) for number in (1, 2, 5, 21, 45)) == COUNTED[tag]
    assert [sentences.pins(number) for number in (1, 2, 5, 21, 45)] == [
        f"{number} {one if number == 1 else other}" for number in (1, 2, 5, 21, 45)
    ]
