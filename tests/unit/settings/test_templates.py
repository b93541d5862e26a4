"""The policy templates: whole, in step, and what is set with them is what the program reads."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from i18n import generated, policy_templates
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.layers import Layer, Origin, combine
from kohtaava_desktop.settings.loader import load
from kohtaava_desktop.settings.registry import KEY
from kohtaava_desktop.settings.report import complaints
from kohtaava_desktop.settings.schema import BY_NAME, SETTINGS, Group, Kind, Setting
from kohtaava_desktop.settings.text import text_of
from tests.unit.settings.fake_registry import FakeRegistry
from tests.unit.settings.test_layers import good_values

ROOT = Path(__file__).resolve().parents[3]
NAMESPACE = {"": policy_templates._SCHEMA}
LOCALES = sorted(policy_templates.LOCALES.values())
MEANT = re.compile(r"\$\((string|presentation)\.(\w+)\)")


def read(name: str) -> ET.Element:
    """The committed template ``name``."""
    return ET.parse(ROOT / policy_templates.WINDOWS / name).getroot()


def policies() -> dict[str, ET.Element]:
    """The policies of the template by their names."""
    return {each.attrib["name"]: each for each in read("kohtaava.admx").iterfind("policies/policy", NAMESPACE)}


def ids(parent: ET.Element, path: str, name: str = "id") -> list[str]:
    """The ids of the elements at ``path``."""
    return [each.attrib[name] for each in parent.iterfind(path, NAMESPACE)]


def references(kind: str) -> list[str]:
    """What the ADMX refers to in every ADML, in the order of the references."""
    texts = [value for element in read("kohtaava.admx").iter() for value in element.attrib.values()]
    return [match[2] for text in texts for match in MEANT.finditer(text) if match[1] == kind]


# in step


def test_what_is_committed_is_what_the_table_makes() -> None:
    assert list(generated.check(ROOT)) == []


def test_what_is_not_in_step_is_told_and_made_anew(tmp_path: Path) -> None:
    for path in (ROOT / "i18n").rglob("*.po"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert len(list(generated.check(tmp_path))) == 6
    generated.update(tmp_path)
    assert list(generated.check(tmp_path)) == []
    (tmp_path / "docs" / "settings.md").write_text("")
    [said] = generated.check(tmp_path)
    assert "docs/settings.md" in said
    assert "make pages" in said


@pytest.mark.parametrize("words", [[], ["look"]])
def test_the_maker_takes_two_words(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert generated.main(words) == 2
    assert "check|update" in capsys.readouterr().err
    assert generated.main(["check"]) == 0


def test_the_page_names_every_setting_with_its_default_and_what_a_policy_may() -> None:
    page = (ROOT / generated.PAGE).read_text(encoding="utf-8")
    rows = {row[0]: row for row in re.findall(r"^\| `(\w+)` \| (.*) \| (\w+) \|$", page, re.MULTILINE)}
    assert list(rows) == list(BY_NAME)
    for name, _rest, may in rows.values():
        setting = BY_NAME[name]
        assert may == ("limit" if setting.limit else "lock" if setting.lockable else "suggest")
    assert str(policy.FILE) in page
    assert KEY in page


# whole


def test_every_setting_is_a_policy_of_both_hives_below_our_key() -> None:
    found = policies()
    assert list(found) == list(BY_NAME)
    for name, each in found.items():
        assert (each.attrib["class"], each.attrib["key"]) == ("Both", KEY)
        assert {*ids(each, "elements/*", "valueName"), *filter(None, [each.get("valueName")])} == {name}
    assert KEY == r"Software\Policies\Kohtaava\Desktop"


def test_every_category_and_the_system_supported_are_defined() -> None:
    admx = read("kohtaava.admx")
    categories = ids(admx, "categories/category", "name")
    assert set(ids(admx, ".//parentCategory", "ref")) == set(categories)
    assert len(categories) == len(set(categories)) == len(Group) + 1
    assert set(ids(admx, "policies/policy/supportedOn", "ref")) == set(ids(admx, ".//definition", "name"))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_referred_to_is_there_once_and_none_beside_them(locale: str) -> None:
    strings = ids(read(f"{locale}/kohtaava.adml"), "resources/stringTable/string")
    assert len(set(strings)) == len(strings)
    assert set(references("string")) == set(strings)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_field_belongs_to_an_element_of_its_policy_and_of_its_kind(locale: str) -> None:
    fields = {"decimalTextBox": "decimal", "dropdownList": "enum", "textBox": "text"}
    adml = read(f"{locale}/kohtaava.adml")
    presentations = {each.attrib["id"]: each for each in adml.iterfind("resources/presentationTable/*", NAMESPACE)}
    assert sorted(references("presentation")) == sorted(presentations)
    for name, each in policies().items():
        elements = [
            (element.tag.split("}")[1], element.attrib["id"]) for element in each.iterfind("elements/*", NAMESPACE)
        ]
        if not elements:
            assert each.get("presentation") is None
            continue
        assert each.attrib["presentation"] == f"$(presentation.{name})"
        shown = [(fields[field.tag.split("}")[1]], field.attrib["refId"]) for field in presentations[name]]
        assert shown == elements


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_empty_and_what_stands_ready_is_the_default(locale: str) -> None:
    adml = read(f"{locale}/kohtaava.adml")
    assert all(texts_in(locale).values())
    for setting in SETTINGS:
        field = adml.find(f"resources/presentationTable/presentation[@id='{setting.name}']/*", NAMESPACE)
        match setting.kind:
            case Kind.SWITCH:
                assert field is None
            case Kind.NUMBER:
                assert field is not None
                assert field.attrib["defaultValue"] == str(setting.default)
            case Kind.CHOICE if setting.default:
                assert field is not None
                assert chosen(setting.name)[int(field.attrib["defaultItem"])] == setting.default
            case Kind.NUMBERS:
                assert field is not None
                assert field.findtext("defaultValue", namespaces=NAMESPACE) == text_of(setting.default)


def texts_in(locale: str) -> dict[str, str]:
    """The texts of one language by their ids."""
    found = read(f"{locale}/kohtaava.adml").iterfind("resources/stringTable/string", NAMESPACE)
    return {each.attrib["id"]: each.text or "" for each in found}


def test_the_texts_are_in_three_languages() -> None:
    texts = [texts_in(locale) for locale in LOCALES]
    same = {name for name in texts[0] if len({each[name] for each in texts}) < len(texts)}
    assert {name for name in same if not name.startswith("language_")} <= {"kohtaava"}


def test_nothing_can_be_referred_to_by_other_letters_than_windows_takes() -> None:
    text = (ROOT / policy_templates.WINDOWS / "kohtaava.admx").read_text(encoding="utf-8")
    assert text.count("$(") == len(references("string")) + len(references("presentation"))


# what is set with them is what the program reads


def chosen(name: str) -> list[str]:
    """The words that the policy ``name`` lets choose from."""
    items = policies()[name].iterfind("elements/enum/item/value/string", NAMESPACE)
    return [str(each.text) for each in items]


def written_by(name: str, wish: Any) -> Any:
    """What an editor of policies writes into the registry for ``wish``, by what the ADMX says."""
    each = policies()[name]
    if isinstance(wish, bool):
        value = each.find(f"{'enabled' if wish else 'disabled'}Value/decimal", NAMESPACE)
        assert value is not None
        return int(value.attrib["value"])
    [element] = each.iterfind("elements/*", NAMESPACE)
    match element.tag.split("}")[1]:
        case "decimal":
            assert int(element.attrib["minValue"]) <= wish <= int(element.attrib["maxValue"])
            return wish
        case "enum":
            assert wish in chosen(name)
            return wish
    text = text_of(wish)
    assert len(text) <= int(element.attrib["maxLength"])
    return text


def can_be_set(setting: Setting) -> st.SearchStrategy[Any]:
    """The values that an editor of policies can set; the empty word is *not configured* there."""
    return good_values(setting).map(setting.check).filter(lambda value: value != "")


def loaded(registry: FakeRegistry, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(sys.modules, "winreg", registry)
    return load(folder, policy.sources("win32"))


@pytest.mark.parametrize("setting", SETTINGS, ids=[setting.name for setting in SETTINGS])
@pytest.mark.parametrize("hive", [FakeRegistry.HKEY_CURRENT_USER, FakeRegistry.HKEY_LOCAL_MACHINE])
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(data=st.data())
def test_what_is_set_by_the_template_is_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: Setting, hive: int, data: st.DataObject
) -> None:
    wish = data.draw(can_be_set(setting))
    registry = FakeRegistry()
    key = policies()[setting.name].attrib["key"]
    registry.write(hive, key, setting.name, written_by(setting.name, wish))
    settings = loaded(registry, tmp_path, monkeypatch)
    assert complaints(settings.in_force) == []
    assert settings.value(setting.name) == wish
    assert settings.managed(setting.name) == (setting.lockable or setting.limit)


def edges() -> Iterator[tuple[str, int]]:
    for name, each in policies().items():
        for element in each.iterfind("elements/decimal", NAMESPACE):
            yield name, int(element.attrib["minValue"])
            yield name, int(element.attrib["maxValue"])


@pytest.mark.parametrize(("name", "edge"), list(edges()))
def test_the_edges_of_the_template_are_those_of_the_program(name: str, edge: int) -> None:
    assert BY_NAME[name].check(edge) == edge
    outside = edge - 1 if edge == BY_NAME[name].lowest else edge + 1
    with pytest.raises(ValueError, match=name):
        BY_NAME[name].check(outside)


@pytest.mark.parametrize("setting", [each for each in SETTINGS if each.kind is Kind.CHOICE], ids=lambda each: each.name)
def test_every_word_can_be_chosen(setting: Setting) -> None:
    assert chosen(setting.name) == [word for word in setting.words if word]


def test_the_example_for_linux_is_a_policy_without_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kohtaava_desktop.settings.schema.PurePath", PurePosixPath)
    given_ = json.loads((ROOT / policy_templates.EXAMPLE).read_text(encoding="utf-8"))
    result = combine([Layer(Origin.MACHINE_POLICY, "example", given_)])
    assert complaints(result) == []
    assert {name for name, origin in result.origins.items() if origin.policy} == set(given_)
    assert {setting.kind for name, setting in BY_NAME.items() if name in given_} == set(Kind) - {Kind.SHORTCUT}
