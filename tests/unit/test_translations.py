"""What ``make check`` says of catalogues that are not in step with the source."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from i18n import review, translations
from i18n.translations import CLIENT_LOCALES, catalogue_file, check, gaps, interface_texts, update
from kohtaava_desktop.cli import demo_command

ROOT = Path(translations.__file__).resolve().parent.parent

SOURCE = """
# Translators: above the stairs
title = _("Meeting stairs")
label = pgettext("button", "Open")
later = N_("Farewell")
count = ngettext("one pin", "{n} pins", n)
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout in which everything is in step."""
    package = tmp_path / "kohtaava_desktop"
    package.mkdir()
    (package / "window.py").write_text(SOURCE, encoding="utf-8")
    card = Catalog(locale="en")
    card.add("Time today")
    translations.write(card, catalogue_file(tmp_path, "en", "client"))
    update(tmp_path)
    for source in (tmp_path / "i18n").glob("*/LC_MESSAGES/*.po"):
        fill(source)
    assert list(check(tmp_path)) == []
    return tmp_path


def fill(source: Path) -> None:
    """Translate every text of a catalogue into itself."""
    with source.open("rb") as stream:
        catalogue = read_po(stream, locale=source.parent.parent.name)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = (message.id[1],) * catalogue.num_plurals
        elif message.id:
            message.string = message.id
    translations.write(catalogue, source)


def edit(checkout: Path, locale: str, domain: str, old: str, new: str) -> None:
    source = catalogue_file(checkout, locale, domain)
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


def test_the_texts_of_the_source_are_found(checkout: Path) -> None:
    texts = interface_texts(checkout)
    assert [message.id for message in texts if message.id] == [
        "Meeting stairs",
        "Open",
        "Farewell",
        ("one pin", "{n} pins"),
    ]
    assert texts["Meeting stairs"].auto_comments == ["above the stairs"]
    assert texts.get("Open", "button") is not None


def test_a_new_text_is_missing_everywhere_until_the_update(checkout: Path) -> None:
    (checkout / "kohtaava_desktop" / "tray.py").write_text('_("Quit")\n', encoding="utf-8")
    assert list(check(checkout)) == [
        "i18n/kohtaava.pot does not hold the texts of the source: run `make translations`.",
        *(f'i18n/{locale}/LC_MESSAGES/kohtaava.po: "Quit" is missing.' for locale in ("fi", "sv", "en")),
    ]
    update(checkout)
    assert list(check(checkout)) == [
        f'i18n/{locale}/LC_MESSAGES/kohtaava.po: "Quit" is not translated.' for locale in ("fi", "sv")
    ]


def test_an_update_says_what_it_takes_out(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (checkout / "kohtaava_desktop" / "window.py").write_text('_("Meeting stairs")', encoding="utf-8")
    assert 'i18n/fi/LC_MESSAGES/kohtaava.po: "Farewell" is not used.' in list(check(checkout))
    update(checkout)
    assert "Taken out of i18n/fi/LC_MESSAGES/kohtaava.po: \"Farewell\": ['Farewell']" in capsys.readouterr().out
    assert list(check(checkout)) == []


def test_a_second_update_changes_nothing(checkout: Path) -> None:
    before = {path: path.read_bytes() for path in (checkout / "i18n").rglob("*.po*")}
    update(checkout)
    assert {path: path.read_bytes() for path in (checkout / "i18n").rglob("*.po*")} == before


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgid "Farewell"', '#, fuzzy\nmsgid "Farewell"', '"Farewell" is marked fuzzy'),
        ('msgstr "Farewell"', 'msgstr ""', '"Farewell" is not translated'),
        ('msgstr[1] "{n} pins"', 'msgstr[1] ""', '"one pin" is not translated'),
        ('\nmsgstr[1] "{n} pins"', "", '"one pin" is not translated'),
        ('msgid "Farewell"', '#~ msgid "Gone"\n#~ msgstr "Pois"\n\nmsgid "Farewell"', '"Gone" is kept though obsolete'),
        ('msgctxt "button"\n', "", '"Open" is missing'),
    ],
)
def test_a_catalogue_out_of_step_is_named(checkout: Path, old: str, new: str, fault: str) -> None:
    edit(checkout, "fi", "kohtaava", old, new)
    assert f"i18n/fi/LC_MESSAGES/kohtaava.po: {fault}." in list(check(checkout))


def test_a_broken_placeholder_is_named(checkout: Path) -> None:
    edit(checkout, "sv", "kohtaava", 'msgstr[1] "{n} pins"', 'msgstr[1] "{m} pins"')
    assert any("sv" in fault and "unknown placeholder {m}" in fault for fault in check(checkout))


def test_a_missing_catalogue_is_named(checkout: Path) -> None:
    catalogue_file(checkout, "ti", "client").unlink()
    assert list(check(checkout)) == ["i18n/ti/LC_MESSAGES/client.po is missing."]


def test_the_card_is_asked_for_in_every_language_of_its_own(checkout: Path) -> None:
    edit(checkout, "en", "client", 'msgid "Time today"', 'msgid "Welcome"\nmsgstr ""\n\nmsgid "Time today"')
    assert {fault.split("/")[1] for fault in check(checkout)} == set(CLIENT_LOCALES) - {"en"}


def test_english_texts_may_stand_for_themselves() -> None:
    wanted, english, finnish = Catalog(), Catalog(locale="en"), Catalog(locale="fi")
    for catalogue in (wanted, english, finnish):
        catalogue.add("Farewell")
    assert list(gaps(wanted, english)) == []
    assert list(gaps(wanted, finnish)) == ['"Farewell" is not translated']


def test_the_check_refuses_a_review_that_is_out_of_date(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translations, "check", lambda _root: [])
    monkeypatch.setattr(review, "check", lambda _root: ["i18n/ti/LC_MESSAGES/client.po has changed."])
    assert translations.main(["check"]) == 1
    assert capsys.readouterr().out == "i18n/ti/LC_MESSAGES/client.po has changed.\n"


def test_the_client_has_one_name_in_swedish() -> None:
    """*Kund*, in the catalogue and in what stands in the program itself."""
    with catalogue_file(ROOT, "sv", "kohtaava").open("rb") as stream:
        catalogue = read_po(stream, locale="sv")
    texts = [text for message in catalogue for text in ([message.string] if message.id else []) if text]
    said = "\n".join(text if isinstance(text, str) else "\n".join(text) for text in texts) + demo_command.README
    assert "kund" in said.casefold()
    assert "klient" not in said.casefold()
