"""Compiles the translations, in a build and in a checkout (``python hatch_build.py``).

Out of ``i18n/<locale>/LC_MESSAGES/<domain>.po`` come ``kohtaava_desktop/locale/<locale>/LC_MESSAGES/<domain>.mo``, and
out of Babel comes ``kohtaava_desktop/locale/cldr.json``: the few CLDR patterns that are needed, so that the overlay
paints without importing Babel. Nothing of this is committed.
"""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.units import format_unit
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INTERFACE_LOCALES = ("fi", "sv", "en")
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in compiled catalogues for the moment of the build, so that two builds of one commit are the same."""


class BrokenCatalogue(Exception):
    """A translation that cannot be shown. The text is one sentence that names the file and the message."""


class CatalogueHook(BuildHookInterface[Any]):
    """What hatchling calls before it builds a wheel or an editable installation."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        try:
            compile_all(root)
        except BrokenCatalogue as broken:
            self.app.abort(str(broken))
        if version != "editable":  # a checkout has its icons beside the package
            for icon in (root / "resources" / "icons").glob("*.svg"):
                build_data["force_include"][str(icon)] = f"kohtaava_desktop/resources/icons/{icon.name}"
            for document in documents_for_users(root):
                build_data["force_include"][str(document)] = f"kohtaava_desktop/{document.relative_to(root).as_posix()}"


def documents_for_users(root: Path) -> list[Path]:
    """What the help opens offline: the user guide with its pictures, and the documents that these link to."""
    guide = root / "docs" / "guide"
    names = ["command-line", "data-format", "export-format", "keyboard", "privacy", "settings", "statistics", "team"]
    linked = (root / "docs" / f"{name}.md" for name in names)
    return sorted([*guide.glob("*.md"), *guide.glob("pictures/*/*.png"), *linked])


def compile_all(root: Path) -> None:
    """Write ``kohtaava_desktop/locale`` anew; raises ``BrokenCatalogue`` and leaves the old one when a check fails."""
    sources = sorted((root / "i18n").glob("*/LC_MESSAGES/*.po"))
    target = root / "kohtaava_desktop" / "locale"
    catalogues = {target / source.relative_to(root / "i18n").with_suffix(".mo"): load(source) for source in sources}
    target.mkdir(parents=True, exist_ok=True)
    for orphan in set(target.glob("*/LC_MESSAGES/*.mo")) - set(catalogues):
        orphan.unlink()
    for compiled, catalogue in catalogues.items():
        compiled.parent.mkdir(parents=True, exist_ok=True)
        stream = BytesIO()
        write_mo(stream, catalogue)
        put(compiled, stream.getvalue())
    text = json.dumps({locale: patterns(locale) for locale in INTERFACE_LOCALES}, ensure_ascii=False, indent=1)
    put(target / "cldr.json", f"{text}\n".encode())


def put(path: Path, content: bytes) -> None:
    """Write ``content``; where it stands already, it is only dated anew: a program may be reading it just now."""
    if path.is_file() and path.read_bytes() == content:
        path.touch()  # make goes by the date
    else:
        path.write_bytes(content)


def load(source: Path) -> Catalog:
    """The catalogue in ``source``; raises ``BrokenCatalogue`` when a translation in it cannot be shown."""
    locale, name = source.parent.parent.name, "/".join(source.parts[-4:])
    try:
        with source.open("rb") as stream:
            catalogue = read_po(stream, locale=locale, domain=source.stem, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise BrokenCatalogue(f"{name} cannot be read: {error}") from error
    catalogue.creation_date = catalogue.revision_date = UNDATED
    for message in catalogue:
        for fault in faults(message, catalogue):
            raise BrokenCatalogue(f'{name}:{message.lineno}: the translation of "{msgid(message)}" {fault}.')
    return catalogue


def faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a translation, as ends of a sentence; an empty translation has no fault."""
    sources, forms = forms_of(message.id), [text for text in forms_of(message.string) if text]
    if not message.id or not forms:
        return
    try:
        named = [placeholders(source) for source in sources]
    except ValueError as error:
        yield f"has a source text that cannot be filled in ({error})"
        return
    known, needed = set.union(*named), set.intersection(*named)
    for form in forms:
        try:
            found = placeholders(form)
        except ValueError as error:
            yield f'cannot be filled in ({error}): "{form}"'
            continue
        # A plural form may leave out what one of its source texts leaves out ("one minute", "{n} minutes").
        yield from (f'has the unknown placeholder {{{name}}}: "{form}"' for name in sorted(found - known))
        yield from (f'lacks the placeholder {{{name}}}: "{form}"' for name in sorted(needed - found))
    yield from (f"fails a check of Babel: {_sentence(error)}" for error in message.check(catalogue))


def placeholders(text: str) -> set[str]:
    """What stands in braces in ``text``; raises ``ValueError`` where ``str.format`` could not read it.

    With conversion and format: ``{time:d}`` in place of ``{time}`` would only fail when it is shown.
    """
    return {
        f"{name}{'!' if conversion else ''}{conversion or ''}{':' if form else ''}{form or ''}"
        for _, name, form, conversion in Formatter().parse(text)
        if name is not None
    }


def forms_of(value: Any) -> list[str]:
    """The texts of a message's ``id`` or ``string``: one, or one for each plural form."""
    return list(value) if isinstance(value, tuple | list) else [value]


def msgid(message: Message) -> str:
    """The source text of ``message``, the singular where there are two."""
    return str(forms_of(message.id)[0])


def patterns(locale: str) -> dict[str, Any]:
    """The CLDR patterns of a locale: the time by the clock, minutes in short and in words, and those of ``_calendar``.

    The time is CLDR's 24-hour form ("Hm") in every language: appointments are read from 24-hour clocks here, and the
    short form would be "1:45 PM" in English. ``{0}`` stands for the number. Whole numbers have the plural categories
    ``one`` and ``other`` in all three languages.
    """

    def minutes(length: Literal["short", "long"]) -> dict[str, str]:
        forms = {"one": 1, "other": 5}
        return {
            category: format_unit(number, "duration-minute", length, locale=locale).replace(str(number), "{0}")
            for category, number in forms.items()
        }

    return {
        "time": Locale.parse(locale).datetime_skeletons["Hm"].pattern,
        "minutes_short": minutes("short"),
        "minutes_long": minutes("long"),
        **_calendar(Locale.parse(locale)),
    }


def _calendar(locale: Locale) -> dict[str, Any]:
    """What stands between thousands; the months, and what begins a span of them that ends in this or another year.

    ``{0}`` stands for the year, ``{1}`` for the day.
    """
    skeletons, spans = locale.datetime_skeletons, locale.interval_formats["yMMMM"]
    patterns = {
        "month": skeletons["yMMMM"].pattern,
        "month_short": skeletons["yMMM"].pattern,
        "until_month": spans["M"][0],
        "until_year": spans["y"][0],
        "day": locale.date_formats["long"].pattern.replace("d", "'{1}'"),
    }
    months = {
        name: [format_date(date(2026, month, 1), pattern, locale).replace("2026", "{0}") for month in range(1, 13)]
        for name, pattern in patterns.items()
    }
    return {"group": locale.number_symbols["latn"]["group"], **months}


def _sentence(error: TranslationError) -> str:
    return str(error).rstrip(".")


def main() -> int:
    """Compile the translations of this checkout."""
    try:
        compile_all(Path(__file__).resolve().parent)
    except BrokenCatalogue as broken:
        print(broken, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
