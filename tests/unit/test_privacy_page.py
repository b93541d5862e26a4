"""The privacy page names for each rule where it is applied, and the code knows the same rules."""

import re
from pathlib import Path

import kohtaava_desktop
from kohtaava_desktop.domain import disclosure

PACKAGE = Path(kohtaava_desktop.__file__).resolve().parent
PAGE = (PACKAGE.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
RULES = re.findall(r"^\| (\d)\. ([^|]+?) \|.*\| ([^|]+) \|$", PAGE, re.MULTILINE)


def test_every_rule_names_the_files_that_apply_it() -> None:
    assert [int(number) for number, _name, _where in RULES] == list(range(1, 9))
    for _number, name, where in RULES:
        files = re.findall(r"`([\w/]+\.py)`", where)
        assert files, name
        assert [file for file in files if not (PACKAGE / file).is_file()] == []


def test_the_first_page_of_the_rules_has_those_that_it_applies() -> None:
    """And says of the others where they are."""
    first_page = str(disclosure.__doc__)
    told = {number for number, _name, where in RULES if "disclosure.py" in where}
    assert told == {"2", "3", "4", "5", "6"}
    for number, name, where in RULES:
        if number in told:
            assert f"{number}. *{name.replace('*', '')}.*" in first_page
        else:
            assert all(file in first_page for file in re.findall(r"`([\w/]+\.py)`", where)), name
