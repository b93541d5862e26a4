"""Every sentence exists in every language, names its values, and blames nobody."""

import re
import string
from collections.abc import Iterator
from typing import TypeVar

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.domain import errors
from kohtaava_desktop.domain.errors import MeetingError
from kohtaava_desktop.domain.events import GapKind
from kohtaava_desktop.domain.reminders import Reminder
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import sentences
from kohtaava_desktop.store import errors as store
from kohtaava_desktop.store.errors import StoreError, StoreNotice

E = TypeVar("E", bound=Exception)

BLAME = re.compile(
    r"\b(late|overtime|overdue|exceed\w*|must|should|hurry|too long|myöhä\w*|ylit\w+|kiire\w*|liian|pitäisi"
    r"|sen|försen\w*|för sent|för länge|skynda|borde|måste)\b",
    re.IGNORECASE,
)

WITH_VALUES = {
    errors.SkippingNotOffered: errors.SkippingNotOffered(Stage.FAREWELL, Stage.GUIDANCE),
    errors.LengthOutOfRange: errors.LengthOutOfRange(241, 5, 240),
    errors.NoSuchBoundary: errors.NoSuchBoundary(7, 3),
}


def _family(kind: type[E]) -> Iterator[type[E]]:
    """``kind`` and all that the program has below it."""
    yield kind
    for each in kind.__subclasses__():
        if each.__module__.startswith("kohtaava_desktop."):
            yield from _family(each)


REFUSALS = [WITH_VALUES[kind] if kind in WITH_VALUES else kind() for kind in _family(MeetingError)]
TROUBLES: list[StoreError | StoreNotice] = [
    store.FolderUnusable("/data", "no-space"),
    store.ReadOnly("/data/kohtaava.db"),
    store.DiskFull("/data/kohtaava.db"),
    store.DiskTrouble("/data/kohtaava.db", "Input/output error"),
    store.Locked("/data/kohtaava.db"),
    store.Damaged("/data/kohtaava.db"),
    store.DatabaseFromNewerVersion("/data/kohtaava.db", 9, 1),
    store.RecordRefused("/data/kohtaava.db", "CHECK constraint failed"),
    StoreNotice(
        "database-set-aside", {"path": "/data/a.db", "set_aside": "/data/b.db", "meetings": 3, "incomplete": 1}
    ),
    StoreNotice("copy-set-aside", {"set_aside": "/data/b.db"}),
    StoreNotice("journal-set-aside", {"path": "/data/a.db", "set_aside": "/data/b.db", "taps": 5}),
    StoreNotice("meeting-waits", {"path": "/data/a.db", "reason": "disk-full"}),
    StoreNotice("not-overwritten", {"path": "/data/a.db", "reason": "locked"}),
]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_each_refusal_has_its_own_sentence(tag: str, error: MeetingError) -> None:
    said = sentences.refusal(error)
    assert said[0].isupper() or said[0].isdigit()
    assert said.endswith(".")
    assert not re.search(r"[{}]", said)
    assert [other.code for other in REFUSALS if sentences.refusal(other) == said] == [error.code]
    for value in error.values.values():
        assert (sentences.stage_name(value) if isinstance(value, Stage) else str(value)) in said
    i18n.set_language("en")
    assert tag == "en" or sentences.refusal(error) != said


def test_a_refusal_names_steps_in_the_language_in_use() -> None:
    skipping = WITH_VALUES[errors.SkippingNotOffered]
    i18n.set_language("fi")
    assert sentences.refusal(skipping) == "Portaita ei ohiteta: seuraava on Ohjaus, ei Hyvästely."
    i18n.set_language("sv")
    assert sentences.refusal(skipping) == "Inget steg hoppas över: nästa är Vägledning, inte Avslut."


def test_an_error_without_a_sentence_of_its_own_has_its_parents() -> None:
    class Newest(errors.NoReminder):
        """One that was added without a sentence."""

    i18n.set_language("en")
    assert sentences.refusal(Newest()) == sentences.refusal(errors.NoReminder())


def test_steps_have_the_names_of_the_method() -> None:
    names = {}
    for tag in i18n.LANGUAGES:
        i18n.set_language(tag)
        names[tag] = [sentences.stage_name(stage) for stage in Stage]
    assert names == {
        "fi": ["Empatia", "Ohjaus", "Neuvonta", "Hyvästely"],
        "sv": ["Empati", "Vägledning", "Rådgivning", "Avslut"],
        "en": ["Empathy", "Guidance", "Advice", "Farewell"],
    }


def test_stepping_up_names_the_step_ahead() -> None:
    i18n.set_language("fi")
    ahead = [sentences.step_up(stage) for stage in Stage if stage.below is not None]
    assert ahead == ["Seuraava porras: Ohjaus", "Seuraava porras: Neuvonta", "Seuraava porras: Hyvästely"]
    i18n.set_language("en")
    assert sentences.step_up(Stage.ADVICE) == "Step up to Advice"


@pytest.mark.usefixtures("tag")
def test_reminders_are_three_kind_sentences() -> None:
    said = [sentences.reminder(each) for each in Reminder]
    assert len(set(said)) == 3
    assert not [each for each in said if BLAME.search(each)]
    assert not [each for each in said if "!" in each]


def test_the_reminder_is_a_colleagues() -> None:
    i18n.set_language("fi")
    assert [sentences.reminder(each) for each in Reminder] == [
        "Hyvästelylle on hyvä varata aikaa nyt",
        "Voitte sopia myös uuden ajan",
        "Varattu aika on täynnä. Hyvästele rauhassa.",
    ]


@pytest.mark.parametrize("kind", GapKind)
def test_a_gap_is_a_question(tag: str, kind: GapKind) -> None:
    said = sentences.gap_question(kind, 23)
    assert said.endswith("?")
    assert "23 min" in said
    assert len({sentences.gap_question(each, 23) for each in GapKind}) == len(GapKind)
    assert tag == "en" or "meeting" not in said


def test_the_announcement_says_length_and_clock() -> None:
    said = []
    for tag in ("fi", "sv", "en"):
        i18n.set_language(tag)
        said.append(sentences.announcement(45, 10, 45))
    assert said == [
        "Meillä on tänään aikaa 45 minuuttia, kello\N{NO-BREAK SPACE}10.45\N{NO-BREAK SPACE}asti.",
        "Vi har 45 minuter tillsammans i dag, till klockan\N{NO-BREAK SPACE}10:45.",
        "We have 45 minutes today, until 10:45.",
    ]


@pytest.mark.parametrize(
    ("remaining", "number", "label"),
    [(19, "19", "min jäljellä"), (1, "1", "min jäljellä"), (0, "0", "min jäljellä"), (-3, "+3", "min lisäaikaa")],
)
def test_minutes_left_or_extra(remaining: int, number: str, label: str) -> None:
    i18n.set_language("fi")
    assert sentences.remaining_label(remaining) == (number, label)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        (
            "fi",
            [
                "Ohjaus, 19 minuuttia jäljellä",
                "Ohjaus, 1 minuutti jäljellä",
                "Ohjaus, varattu aika on täynnä",
                "Ohjaus, 1 minuutti lisäaikaa",
                "Ohjaus, 3 minuuttia lisäaikaa",
            ],
        ),
        (
            "sv",
            [
                "Vägledning, 19 minuter kvar",
                "Vägledning, 1 minut kvar",
                "Vägledning, den avsatta tiden har gått",
                "Vägledning, 1 minut extra",
                "Vägledning, 3 minuter extra",
            ],
        ),
        (
            "en",
            [
                "Guidance, 19 minutes left",
                "Guidance, 1 minute left",
                "Guidance, the planned time has passed",
                "Guidance, 1 minute extra",
                "Guidance, 3 minutes extra",
            ],
        ),
    ],
)
def test_the_description_for_screen_readers(tag: str, expected: list[str]) -> None:
    i18n.set_language(tag)
    said = [sentences.description(Stage.GUIDANCE, remaining) for remaining in (19, 1, 0, -1, -3)]
    assert said == expected
    assert not [each for each in said if BLAME.search(each)]


def test_pins_are_counted() -> None:
    i18n.set_language("fi")
    assert [sentences.pins(count) for count in (1, 2)] == [
        "1 muistettava, johon palataan",
        "2 muistettavaa, joihin palataan",
    ]
    i18n.set_language("en")
    assert sentences.pins(1) == "1 thing to come back to"


def test_every_error_of_the_store_is_among_the_troubles() -> None:
    assert {each.code for each in TROUBLES} == {*sentences._STORE}
    assert set(_family(StoreError)) - {type(each) for each in TROUBLES} == {StoreError}


@pytest.mark.parametrize("trouble", TROUBLES, ids=lambda trouble: trouble.code)
def test_each_trouble_of_the_store_has_its_own_sentence(tag: str, trouble: StoreError | StoreNotice) -> None:
    said = sentences.store_problem(trouble.code, trouble.values)
    assert said.endswith(".")
    assert not re.search(r"[{}?]", said)
    assert not [name for name, value in trouble.values.items() if name != "reason" and str(value) not in said]
    assert [each.code for each in TROUBLES if sentences.store_problem(each.code, trouble.values) == said] == [
        trouble.code
    ]
    i18n.set_language("en")
    assert tag == "en" or sentences.store_problem(trouble.code, trouble.values) != said


def test_the_sentences_of_the_store_use_all_that_the_store_tells() -> None:
    for trouble in TROUBLES:
        parts = string.Formatter().parse(sentences._STORE[trouble.code])
        assert {field for _text, field, _spec, _conversion in parts if field} == {*trouble.values}


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("reason", sentences._REASONS)
def test_a_reason_is_said_in_words(reason: str) -> None:
    said = sentences.store_problem("disk-trouble", {"path": "/data", "reason": reason})
    assert "-" not in reason or reason not in said.replace("read-only", "")
    assert said != sentences.store_problem("disk-trouble", {"path": "/data", "reason": "Input/output error"})


def test_a_reason_without_a_code_stays_in_the_systems_words() -> None:
    i18n.set_language("fi")
    assert "Input/output error" in sentences.store_problem(
        "disk-trouble", {"path": "/x", "reason": "Input/output error"}
    )
    assert "levy on täynnä" in sentences.store_problem("meeting-waits", {"path": "/x", "reason": "disk-full"})


def test_trouble_that_nobody_foresaw_is_still_told() -> None:
    i18n.set_language("fi")
    assert sentences.store_problem("unheard-of", {}) == (
        "Tallentaminen ei onnistunut (unheard-of). Tapaamiset jatkuvat, ja tallennusta yritetään uudelleen."
    )
    assert sentences.store_problem("disk-full", {}).startswith("Levy on täynnä")


@pytest.mark.usefixtures("tag")
def test_a_bad_setting_is_named_with_what_is_allowed() -> None:
    said = sentences.bad_setting("/home/x/settings.json", "theme", '"blue"', "system, light, dark")
    assert all(part in said for part in ("/home/x/settings.json", "theme", '"blue"', "system, light, dark"))


@pytest.mark.usefixtures("tag")
@pytest.mark.parametrize("wrong", sentences._BAD_SETTINGS)
def test_what_is_not_used_is_named_with_its_place_in_one_line(wrong: str) -> None:
    said = sentences.bad_setting("/etc/x.json", "theme", '"blue"', "light, dark", wrong)
    assert "/etc/x.json" in said
    assert "theme" in said
    assert "\n" not in said
    assert "{" not in said


@pytest.mark.usefixtures("tag")
def test_a_file_that_cannot_be_read_is_the_users_or_the_organisations() -> None:
    own = sentences.bad_settings_file("/home/x.json", "not-json", 3)
    theirs = sentences.bad_settings_file("/etc/x.json", "not-json", 3, policy=True)
    assert "/home/x.json" in own
    assert "/etc/x.json" in theirs
    assert own.replace("/home", "/etc") != theirs
    assert "3" in own
    assert "Is a directory" in sentences.bad_settings_file("/home/x.json", "Is a directory")


@pytest.mark.usefixtures("tag")
def test_a_forgotten_meeting_is_explained_without_reproach() -> None:
    assert not BLAME.search(sentences.forgotten())


@pytest.mark.usefixtures("tag")
def test_the_source_of_the_method_is_credited() -> None:
    said = sentences.about("0.1.0")
    assert "Kohtaava Desktop 0.1.0" in said
    assert sentences.SOURCE in said
    assert "978-952-314-900-7" in said
