"""The documents are in step with what they speak of."""

import re
import tomllib
from pathlib import Path

import pytest

import kohtaava_desktop

ROOT = Path(kohtaava_desktop.__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("requirements/*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_linked_to_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'\b(?:src|href|srcset)="([^"#\s]+)', text)
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in local if not (document.parent / target).exists()] == []


def test_the_contributing_guide_names_every_make_command() -> None:
    commands = set(re.findall(r"^([a-z-]+):.*  ## ", read("Makefile"), re.MULTILINE)) - {"help"}
    assert {command for command in commands if f"| `make {command}` |" not in read("CONTRIBUTING.md")} == set()


def test_every_decision_has_a_number_of_its_own_and_is_listed() -> None:
    index = read("docs/decisions/README.md")
    assert [path.name for path in DECISIONS if f"[{path.name[:4]}]({path.name})" not in index] == []
    assert len({path.name[:4] for path in DECISIONS}) == len(DECISIONS)
    for path in DECISIONS:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]}: ")


def test_every_dependency_is_accounted_for() -> None:
    record = read("docs/decisions/0001-dependencies.md")
    accounted = {name.lower() for name in re.findall(r"^\| ([\w-]+) [0-9.]+ \|", record, re.MULTILINE)}
    assert {re.split(r"[<>=]", each)[0].lower() for each in PROJECT["project"]["dependencies"]} == accounted


def test_every_layer_is_in_the_drawing_and_the_table() -> None:
    layers = [
        part.strip().removeprefix("kohtaava_desktop.")
        for layer in PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
        for part in layer.split("|")
    ]
    assert len(layers) > 8
    drawn = re.findall(r'class="name">([^<]*)<', read("docs/architecture.svg"))
    in_drawing = {name.strip() for text in drawn for name in text.split("|")}
    in_table = set(re.findall(r"^\| `(\w+)` \|", read("docs/architecture.md"), re.MULTILINE)) | {"__main__"}
    assert set(layers) <= in_drawing
    assert set(layers) == in_table


def test_the_changelog_knows_the_next_version() -> None:
    entries = re.findall(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert entries[0] == "Unreleased"
    released = entries[1:]
    assert not released or released[0] == kohtaava_desktop.__version__
