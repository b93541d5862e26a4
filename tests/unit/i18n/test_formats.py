"""Clock times and minutes: the baked forms say what Babel says."""

from pathlib import Path

import pytest
from babel.units import format_unit

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
