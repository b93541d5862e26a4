"""The user guide says the same in three languages, and nothing that the program does not have."""

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import kohtaava_desktop
from bench.guide_shots import MOST_BYTES, PICTURES
from hatch_build import documents_for_users
from kohtaava_desktop.cli.command_line import ALONE, COMMANDS
from kohtaava_desktop.settings.schema import SETTINGS, Kind
from kohtaava_desktop.ui.help.dress import heading_name
from kohtaava_desktop.ui.overlay import KEYS

ROOT = Path(kohtaava_desktop.__file__).resolve().parent.parent
GUIDE = ROOT / "docs" / "guide"
LANGUAGES = ("fi", "sv", "en")
MOST_BYTES_IN_ALL = 950_000
NAMED_KEYS = {"F1", "F10", "Esc"}


@dataclass(frozen=True)
class Guide:
    """One of the guides, read."""

    language: str
    text: str

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", self.text, re.MULTILINE)]

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """What each picture shows, and its file."""
        return re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", self.text)

    @property
    def links(self) -> list[str]:
        return re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", self.text)

    @property
    def bold(self) -> set[str]:
        return {" ".join(words.split()) for words in re.findall(r"\*\*(.+?)\*\*", self.text, re.DOTALL)}

    @property
    def code(self) -> list[str]:
        return re.findall(r"`([^`]+)`", self.text)


@pytest.fixture(params=LANGUAGES)
def guide(request: pytest.FixtureRequest) -> Guide:
    return read(request.param)


def read(language: str) -> Guide:
    return Guide(language, (GUIDE / f"{language}.md").read_text(encoding="utf-8"))


def interface(language: str) -> dict[str, str]:
    """Every text of the interface, from English to ``language``."""
    with (ROOT / "i18n" / language / "LC_MESSAGES" / "kohtaava.po").open("rb") as stream:
        messages = [message for message in read_po(stream, locale=language) if message.id]
    return {str(message.id): str(message.string) for message in messages if isinstance(message.id, str)}


def test_there_is_one_guide_for_each_language() -> None:
    assert sorted(path.stem for path in GUIDE.glob("*.md")) == sorted(LANGUAGES)


def test_the_three_have_the_same_parts_in_the_same_order() -> None:
    finnish = read("fi")
    assert len(finnish.headings) > 20
    for other in (read("sv"), read("en")):
        assert [level for level, _ in other.headings] == [level for level, _ in finnish.headings]
        assert [Path(path).name for _, path in other.pictures] == [Path(path).name for _, path in finnish.pictures]
        assert other.code == finnish.code
        assert [link for link in other.links if link[0] != "#"] == [link for link in finnish.links if link[0] != "#"]
        assert len(other.links) == len(finnish.links)


def test_each_part_has_a_name_of_its_own(guide: Guide) -> None:
    names = [heading_name(title) for _, title in guide.headings]
    assert len(set(names)) == len(names)
    assert guide.headings[0][0] == 1
    assert [level for level, _ in guide.headings].count(1) == 1
    assert max(level for level, _ in guide.headings) == 3


def test_what_it_calls_by_name_stands_in_the_interface(guide: Guide) -> None:
    assert len(guide.bold) > 40
    assert guide.bold - set(interface(guide.language).values()) == set()


def test_the_bold_marks_are_all_closed(guide: Guide) -> None:
    assert all(paragraph.count("**") % 2 == 0 for paragraph in guide.text.split("\n\n"))


def test_every_link_leads_somewhere_on_this_computer(guide: Guide) -> None:
    names = {heading_name(title) for _, title in guide.headings}
    assert [link for link in guide.links if link[0] == "#" and link[1:] not in names] == []
    assert [link for link in guide.links if link[0] != "#" and not (GUIDE / link).is_file()] == []
    assert "://" not in guide.text


def test_what_it_links_to_is_installed_with_it(guide: Guide) -> None:
    linked = {(GUIDE / link).resolve() for link in guide.links if link[0] != "#"}
    assert linked <= {path.resolve() for path in documents_for_users(ROOT)}


def test_every_picture_is_there_and_told_in_words(guide: Guide) -> None:
    told = [words for words, _ in guide.pictures]
    assert {Path(path).parent.as_posix() for _, path in guide.pictures} == {f"pictures/{guide.language}"}
    assert sorted(Path(path).stem for _, path in guide.pictures) == sorted(PICTURES)
    assert all((GUIDE / path).is_file() for _, path in guide.pictures)
    assert min(len(words) for words in told) >= 15
    assert len(set(told)) == len(told)


def test_no_picture_is_left_over(guide: Guide) -> None:
    there = {path.relative_to(GUIDE).as_posix() for path in GUIDE.glob(f"pictures/{guide.language}/*")}
    assert there == {path for _, path in guide.pictures}


def test_the_pictures_are_small_and_of_one_make() -> None:
    pictures = sorted(GUIDE.glob("pictures/*/*.png"))
    assert [path.name for path in pictures if path.stat().st_size > MOST_BYTES] == []
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES_IN_ALL
    for path in pictures:
        head = path.read_bytes()[:33]
        width, height = struct.unpack(">II", head[16:24])
        assert head[:8] == b"\x89PNG\r\n\x1a\n"
        assert 200 <= width <= 1300
        assert 80 <= height <= 1600


def test_the_keys_are_those_of_the_overlay(guide: Guide) -> None:
    cells = re.findall(r"^\| ([^|`*]+) \| ", guide.text, re.MULTILINE)
    told = {word for cell in cells for word in re.split(r"[^\w]+", cell) if len(word) == 1 or word in NAMED_KEYS}
    named = {key.name.removeprefix("Key_") for key in KEYS}
    assert told == {name for name in named if len(name) == 1 or name in NAMED_KEYS} | {"Esc"}


def test_the_commands_are_those_there_are(guide: Guide) -> None:
    commands = [code.split() for code in guide.code if code.startswith("kohtaava ")]
    assert len(commands) > 5
    for _, command, *options in commands:
        assert command in {*COMMANDS, *ALONE}
        taken = " ".join(COMMANDS[command].options) if command in COMMANDS else ""
        assert all(option in taken for option in options if option.startswith("--"))


def test_every_setting_is_named(guide: Guide) -> None:
    texts = interface(guide.language)
    own = [setting for setting in SETTINGS if not setting.limit]
    wanted = {setting.group.value if setting.kind is Kind.SHORTCUT else setting.title for setting in own}
    assert {text for text in wanted if texts[text] not in guide.bold} == set()


def test_the_method_is_credited_once(guide: Guide) -> None:
    assert guide.text.count("URN:ISBN:978-952-314-900-7") == 1
    assert guide.text.count("Juha Lahti") == 1
