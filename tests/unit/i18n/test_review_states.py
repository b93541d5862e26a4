"""Every translation says how far it has been reviewed; the documents say the same, and no review outlives its texts."""

from pathlib import Path

import pytest

from hatch_build import load
from i18n import review
from i18n.review import DRAFTED, MARK, fault, fingerprint, state

ROOT = Path(__file__).parents[3]
TABLE = "# Translations\n\n| catalogue | language | review state |\n|---|---|---|\n"
TEXTS = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Time today"\nmsgstr "Aega täna"\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one catalogue, drafted, and its row in the table."""
    write(tmp_path, DRAFTED)
    (tmp_path / "docs").mkdir()
    row = f"| `i18n/et/LC_MESSAGES/client.po` | Estonian | {DRAFTED} |\n"
    (tmp_path / "docs" / "translations.md").write_text(TABLE + row, encoding="utf-8")
    assert list(review.check(tmp_path)) == []
    return tmp_path


def write(checkout: Path, given: str, texts: str = TEXTS) -> Path:
    """Write the catalogue with the state ``given``."""
    source = checkout / "i18n" / "et" / "LC_MESSAGES" / "client.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(f"# The client card in Estonian.\n{MARK}{given}\n{texts}", encoding="utf-8")
    return source


def reviewed(source: Path) -> str:
    return f"reviewed by a speaker, 2026-11, texts {fingerprint(load(source))}"


def test_every_catalogue_has_a_state_and_the_table_has_it_too() -> None:
    assert list(review.check(ROOT)) == []


def test_a_review_is_taken_over_into_the_table(checkout: Path) -> None:
    source = write(checkout, DRAFTED)
    write(checkout, reviewed(source))
    assert list(review.check(checkout)) == [
        "docs/translations.md does not have the review state of i18n/et/LC_MESSAGES/client.po: run `make translations`."
    ]
    review.update(checkout)
    assert list(review.check(checkout)) == []
    assert f"| Estonian | {reviewed(source)} |" in (checkout / "docs" / "translations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Aega täna", "Täna on aega"),
        ("Aega täna", "aega täna"),
        ('msgid "Time today"', 'msgctxt "a"\nmsgid "Time today"'),
    ],
)
def test_a_review_does_not_outlive_a_change_of_the_texts(checkout: Path, old: str, new: str) -> None:
    source = write(checkout, DRAFTED)
    before = reviewed(source)
    write(checkout, before, TEXTS.replace(old, new))
    [said] = review.check(checkout)
    assert before[-8:] in said
    assert fingerprint(load(source)) in said
    assert "read it again" in said


@pytest.mark.parametrize(
    "given", ["", "perfect", "reviewed by a speaker", "reviewed by a speaker, 2026-13, texts 01234567"]
)
def test_a_state_that_says_nothing_is_refused_with_what_to_write(checkout: Path, given: str) -> None:
    source = write(checkout, given)
    [said] = review.check(checkout)
    assert "has no review state" in said
    suggested = said.split('"')[3].removeprefix(MARK)
    write(checkout, suggested)
    assert fault(load(source)) is None


def test_two_states_are_none(checkout: Path) -> None:
    source = write(checkout, f"{DRAFTED}\n{MARK}reviewed by a speaker, 2026-11, texts 01234567")
    assert state(load(source)) == ""
    assert fault(load(source)) is not None


def test_a_row_without_a_catalogue_is_named(checkout: Path) -> None:
    (checkout / "i18n" / "et" / "LC_MESSAGES" / "client.po").unlink()
    assert list(review.check(checkout)) == [
        "docs/translations.md lists i18n/et/LC_MESSAGES/client.po, which is not there."
    ]


def test_a_catalogue_without_a_row_is_named(checkout: Path) -> None:
    (checkout / "docs" / "translations.md").write_text(TABLE, encoding="utf-8")
    assert len(list(review.check(checkout))) == 1
