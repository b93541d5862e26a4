"""Every translation says how far it has been reviewed, and the documents say the same."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3]
CATALOGUES = sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po"))
MARK = "# Review state: "


def _state(path: Path) -> str:
    with path.open("rb") as file:
        header = read_po(file).header_comment
    states = [line.removeprefix(MARK) for line in header.splitlines() if line.startswith(MARK)]
    assert len(states) == 1, f"{path} has no review state"
    return str(states[0])


def _documented() -> dict[str, str]:
    rows = [line.split("|") for line in (ROOT / "docs" / "translations.md").read_text(encoding="utf-8").splitlines()]
    return {row[1].strip().strip("`"): row[3].strip() for row in rows if len(row) > 3 and ".po`" in row[1]}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_the_table_says_what_the_catalogue_says(path: Path) -> None:
    assert _documented()[path.relative_to(ROOT).as_posix()] == _state(path)


def test_the_table_lists_no_catalogue_that_is_gone() -> None:
    assert set(_documented()) == {path.relative_to(ROOT).as_posix() for path in CATALOGUES}
