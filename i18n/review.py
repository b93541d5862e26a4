"""How far each catalogue has been read by a speaker of its language.

The state stands in the header of the catalogue (``# Review state: …``) and in the table of ``docs/translations.md``.
A review is of the texts as they stood: it names their fingerprint, so that it does not outlive a change of them.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog

from hatch_build import BrokenCatalogue, forms_of, load, msgid

MARK = "# Review state: "
DRAFTED = "machine-drafted, not reviewed by a speaker"
REVIEWED = re.compile(r"reviewed by a speaker, \d{4}-(?:0[1-9]|1[0-2]), texts ([0-9a-f]{8})")
_ROW = re.compile(r"^\| `(i18n/[^`]+\.po)` \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)


def fingerprint(catalogue: Catalog) -> str:
    """Eight letters that change when any text or translation does."""
    texts = sorted(repr((each.context, forms_of(each.id), forms_of(each.string))) for each in catalogue if msgid(each))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:8]


def state(catalogue: Catalog) -> str:
    """The review state in the header of ``catalogue``; empty where it has none, or more than one."""
    states = [line.removeprefix(MARK) for line in catalogue.header_comment.splitlines() if line.startswith(MARK)]
    return states[0] if len(states) == 1 else ""


def fault(catalogue: Catalog) -> str | None:
    """What is wrong with the state of ``catalogue``, as the end of a sentence."""
    given = state(catalogue)
    if given == DRAFTED:
        return None
    reviewed, now = REVIEWED.fullmatch(given), fingerprint(catalogue)
    if reviewed is None:
        return f'has no review state: write "{MARK}{DRAFTED}" or "{MARK}reviewed by a speaker, 2026-11, texts {now}"'
    if reviewed[1] != now:
        return f'was reviewed as texts {reviewed[1]} and is now texts {now}: read it again, or write "{MARK}{DRAFTED}"'
    return None


def check(root: Path) -> Iterator[str]:
    """One sentence for each state that is missing, out of date, or not the one in the table."""
    table = {path: given.strip() for path, _language, given in _ROW.findall(_document(root).read_text("utf-8"))}
    for path, catalogue in _catalogues(root):
        wrong = fault(catalogue)
        if wrong is not None:
            yield f"{path} {wrong}."
        elif table.get(path) != state(catalogue):
            yield f"docs/translations.md does not have the review state of {path}: run `make translations`."
        table.pop(path, None)
    yield from (f"docs/translations.md lists {path}, which is not there." for path in table)


def update(root: Path) -> None:
    """Write the states into the table; a row that is missing has to be written by hand, with the language's name."""
    states = {path: state(catalogue) for path, catalogue in _catalogues(root)}
    document = _document(root)
    text = document.read_text("utf-8")
    document.write_text(
        _ROW.sub(lambda row: f"| `{row[1]}` | {row[2].strip()} | {states.get(row[1], row[3].strip())} |", text),
        encoding="utf-8",
    )


def _document(root: Path) -> Path:
    return root / "docs" / "translations.md"


def _catalogues(root: Path) -> Iterator[tuple[str, Catalog]]:
    for source in sorted((root / "i18n").glob("*/LC_MESSAGES/*.po")):
        try:
            yield source.relative_to(root).as_posix(), load(source)
        except BrokenCatalogue:
            continue  # named by the check of the texts
