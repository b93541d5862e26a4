"""Keeps the catalogues in step with the source: ``python -m i18n.translations check|update``.

Two sets of texts are translated. *kohtaava*, the interface, is read out of the source (``_``, ``ngettext``,
``pgettext``, ``N_``). *client*, the card that a client reads, is its own short list: what stands in the English
catalogue. Texts in the source are English, so an empty translation in an English catalogue means the text itself;
everywhere else it is missing.
"""

import re
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from hatch_build import INTERFACE_LOCALES, BrokenCatalogue, forms_of, load, msgid
from i18n import review
from kohtaava_desktop import __version__

CLIENT_LOCALES = ("fi", "sv", "en", "et", "ru", "uk", "ar", "fa", "so", "ti", "ku")
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
IDLE_HEADERS = re.compile(
    rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Report-Msgid-Bugs-To|Last-Translator|Language-Team): .*\n',
    re.MULTILINE,
)
"""Header lines that change without any text changing, or that nobody fills in."""


def interface_texts(root: Path) -> Catalog:
    """The texts of the interface, as they stand in the source."""
    template = Catalog(domain="kohtaava", project="Kohtaava Desktop", version=__version__, fuzzy=False)
    template.header_comment = "# The texts of the interface, read out of the source by `make translations`."
    package = root / "kohtaava_desktop"
    found = extract_from_dir(
        str(package), [("**.py", "python")], keywords=KEYWORDS, comment_tags=["Translators:"], strip_comment_tags=True
    )
    for name, _, text, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        template.add(text, locations=[(f"{package.name}/{name}", 0)], auto_comments=comments, context=context)
    return template


def client_texts(root: Path) -> Catalog:
    """The texts of the client card, as they stand in the English catalogue."""
    return load(catalogue_file(root, "en", "client"))


TEXTS: dict[str, tuple[tuple[str, ...], Callable[[Path], Catalog]]] = {
    "kohtaava": (INTERFACE_LOCALES, interface_texts),
    "client": (CLIENT_LOCALES, client_texts),
}


def catalogue_file(root: Path, locale: str, domain: str) -> Path:
    """Where the translations of ``domain`` into ``locale`` stand."""
    return root / "i18n" / locale / "LC_MESSAGES" / f"{domain}.po"


def check(root: Path) -> Iterator[str]:
    """One sentence for everything that is not in step; none when all is well."""
    if not same_texts(interface_texts(root), root / "i18n" / "kohtaava.pot"):
        yield "i18n/kohtaava.pot does not hold the texts of the source: run `make translations`."
    for domain, (locales, texts) in TEXTS.items():
        for locale in locales:
            source = catalogue_file(root, locale, domain)
            name = source.relative_to(root).as_posix()
            try:
                yield from (f"{name}: {fault}." for fault in gaps(texts(root), load(source)))
            except FileNotFoundError as missing:
                yield f"{Path(missing.filename).relative_to(root).as_posix()} is missing."
            except BrokenCatalogue as broken:
                yield str(broken)


def gaps(wanted: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What ``catalogue`` lacks of ``wanted``, or holds beyond it, as ends of a sentence."""
    may_be_empty = catalogue.locale is not None and catalogue.locale.language == "en"
    for message in filter(msgid, wanted):
        translated = catalogue.get(message.id, message.context)
        if translated is None:
            yield f'"{msgid(message)}" is missing'
        elif translated.fuzzy:
            yield f'"{msgid(message)}" is marked fuzzy'
        elif not may_be_empty and not all(forms_of(translated.string)):
            yield f'"{msgid(message)}" is not translated'
    for message in filter(msgid, catalogue):
        if wanted.get(message.id, message.context) is None:
            yield f'"{msgid(message)}" is not used'
    for message in catalogue.obsolete.values():
        yield f'"{msgid(message)}" is kept though obsolete'


def same_texts(wanted: Catalog, template: Path) -> bool:
    """Whether ``template`` holds exactly the texts of ``wanted``."""
    if not template.exists():
        return False
    with template.open("rb") as stream:
        held = read_po(stream)
    return {(each.id, each.context) for each in wanted} == {(each.id, each.context) for each in held}


def update(root: Path) -> None:
    """Write the template anew, and bring each catalogue in step.

    A translation whose text is gone is taken out; it is printed, in case the text was only reworded.
    """
    write(interface_texts(root), root / "i18n" / "kohtaava.pot")
    for domain, (locales, texts) in TEXTS.items():
        wanted = texts(root)
        for locale in locales:
            source = catalogue_file(root, locale, domain)
            catalogue = load(source) if source.exists() else Catalog(locale=locale, domain=domain)
            catalogue.update(wanted, no_fuzzy_matching=True, update_header_comment=False)
            for gone in catalogue.obsolete.values():
                print(f'Taken out of {source.relative_to(root).as_posix()}: "{msgid(gone)}": {forms_of(gone.string)}')
            write(catalogue, source)


def write(catalogue: Catalog, target: Path) -> None:
    """Write ``catalogue`` in the one form in which all catalogues stand here."""
    stream = BytesIO()
    write_po(stream, catalogue, width=100, ignore_obsolete=True, include_lineno=False)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(IDLE_HEADERS.sub(b"", stream.getvalue()).rstrip() + b"\n")


def main(arguments: list[str]) -> int:
    """Check or update the catalogues of this checkout."""
    root = Path(__file__).resolve().parent.parent
    match arguments:
        case ["check"]:
            faults = [*check(root), *review.check(root)]
            print("\n".join(faults) or f"Translations: complete in {', '.join(INTERFACE_LOCALES)}.")
            return 1 if faults else 0
        case ["update"]:
            update(root)
            review.update(root)
            return 0
    print("Usage: python -m i18n.translations check|update", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
