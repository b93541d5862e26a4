"""The templates with which an organisation sets policies, made of the table of settings.

ADMX and ADML for Windows (Group Policy and Intune), an example file for Linux. What an ADMX writes into the registry is
what ``kohtaava_desktop.settings.registry`` reads.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from hatch_build import load
from i18n.translations import catalogue_file
from kohtaava_desktop.settings import policy_texts, shortcut
from kohtaava_desktop.settings.files import text_of_json
from kohtaava_desktop.settings.registry import KEY
from kohtaava_desktop.settings.schema import SETTINGS, Group, Kind, Setting
from kohtaava_desktop.settings.text import text_of

Translate = Callable[[str], str]
LOCALES = {"en": "en-US", "fi": "fi-FI", "sv": "sv-SE"}
"""Our languages, and the names that Windows gives them."""
WINDOWS = Path("packaging/windows/policy")
EXAMPLE = Path("packaging/linux/policies.json.example")
_SCHEMA = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
_HEAD = {"xmlns": _SCHEMA, "revision": "1.0", "schemaVersion": "1.0"}
_LONGEST_TEXT = "1023"
_ROOT = "kohtaava"
_SUPPORTED = "supported"


def templates(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file, below ``root``, with what belongs into it."""
    yield WINDOWS / "kohtaava.admx", admx()
    for language, locale in LOCALES.items():
        yield WINDOWS / locale / "kohtaava.adml", adml(translation(root, language))
    yield EXAMPLE, example()


def translation(root: Path, language: str) -> Translate:
    """What gives a text of the interface in ``language``, out of the catalogue in ``root``."""
    catalogue = load(catalogue_file(root, language, "kohtaava"))

    def translated(text: str) -> str:
        message = catalogue.get(text)
        return str(message.string) if message is not None and message.string else text

    return translated


def admx() -> str:
    """The policies: what each writes, where."""
    top = ET.Element("policyDefinitions", _HEAD)
    ET.SubElement(_below(top, "policyNamespaces"), "target", prefix=_ROOT, namespace="Kohtaava.Policies.Desktop")
    _below(top, "resources", minRequiredRevision="1.0")
    supported = _below(_below(top, "supportedOn"), "definitions")
    _below(supported, "definition", name=_SUPPORTED, displayName=_string(_SUPPORTED))
    categories = _below(top, "categories")
    _below(categories, "category", name=_ROOT, displayName=_string(_ROOT))
    for group in Group:
        category = _below(categories, "category", name=_id(group), displayName=_string(_id(group)))
        _below(category, "parentCategory", ref=_ROOT)
    policies = _below(top, "policies")
    for setting in SETTINGS:
        _policy(policies, setting)
    return _text(top)


def _policy(policies: ET.Element, setting: Setting) -> None:
    name = setting.name
    policy = _below(policies, "policy", name=name, displayName=_string(name), explainText=_string(f"{name}_help"))
    policy.attrib |= {"class": "Both", "key": KEY}
    if setting.kind is not Kind.SWITCH:
        policy.set("presentation", f"$(presentation.{name})")
    _below(policy, "parentCategory", ref=_id(setting.group))
    _below(policy, "supportedOn", ref=_SUPPORTED)
    what = {"id": name, "valueName": name, "required": "true"}
    match setting.kind:
        case Kind.SWITCH:
            policy.set("valueName", name)
            for state, value in (("enabledValue", "1"), ("disabledValue", "0")):
                _below(_below(policy, state), "decimal", value=value)
        case Kind.NUMBER:
            limits = {"minValue": str(setting.lowest), "maxValue": str(setting.highest)}
            _below(_below(policy, "elements"), "decimal", **what, **limits)
        case Kind.CHOICE:
            choice = _below(_below(policy, "elements"), "enum", **what)
            for word, _label in _choices(setting):
                item = _below(choice, "item", displayName=_string(_word_id(name, word)))
                _below(_below(item, "value"), "string").text = word
        case _:
            _below(_below(policy, "elements"), "text", **what, maxLength=_LONGEST_TEXT)


def adml(translated: Translate) -> str:
    """The texts of the policies and the fields that they are filled in with."""
    top = ET.Element("policyDefinitionResources", _HEAD)
    _below(top, "displayName").text = policy_texts.NAME
    _below(top, "description").text = translated(policy_texts.ABOUT)
    resources = _below(top, "resources")
    strings = _below(resources, "stringTable")
    for name, text in _strings(translated):
        _below(strings, "string", id=name).text = text
    fields = _below(resources, "presentationTable")
    for setting in SETTINGS:
        if setting.kind is not Kind.SWITCH:
            _field(_below(fields, "presentation", id=setting.name), setting, translated(setting.title))
    return _text(top)


def _strings(translated: Translate) -> Iterator[tuple[str, str]]:
    yield _ROOT, policy_texts.NAME
    yield _SUPPORTED, translated(policy_texts.SUPPORTED)
    for group in Group:
        yield _id(group), translated(group.value)
    for setting in SETTINGS:
        yield setting.name, translated(setting.title)
        yield f"{setting.name}_help", _help(setting, translated)
        for word, label in _choices(setting):
            yield _word_id(setting.name, word), translated(label)


def _help(setting: Setting, translated: Translate) -> str:
    kind = policy_texts.LIMITS if setting.limit else policy_texts.LOCKS if setting.lockable else policy_texts.SUGGESTS
    parts = [translated(setting.description), translated(kind)]
    match setting.kind:
        case Kind.SWITCH:
            parts.append(translated(policy_texts.SWITCH))
        case Kind.NUMBERS:
            parts.append(translated(policy_texts.LIST).format(example=text_of(setting.default)))
        case Kind.NUMBER:
            parts.append(translated(policy_texts.ALLOWED).format(allowed=f"{setting.allowed} {setting.unit}".strip()))
        case Kind.SHORTCUT:
            parts.append(translated(policy_texts.ALLOWED).format(allowed=shortcut.ALLOWED))
        case Kind.FOLDER:
            parts.append(translated(policy_texts.FOLDER))
    return "\n\n".join(parts)


def _field(field: ET.Element, setting: Setting, label: str) -> None:
    match setting.kind:
        case Kind.NUMBER:
            _below(field, "decimalTextBox", refId=setting.name, defaultValue=str(setting.default)).text = label
        case Kind.CHOICE:
            words = [word for word, _label in _choices(setting)]
            first = {"defaultItem": str(words.index(str(setting.default)))} if setting.default in words else {}
            _below(field, "dropdownList", refId=setting.name, noSort="true", **first).text = label
        case _:
            box = _below(field, "textBox", refId=setting.name)
            _below(box, "label").text = label
            if setting.default:
                _below(box, "defaultValue").text = text_of(setting.default)


def example() -> str:
    """A file of policies that an organisation may begin with."""
    values = {
        "language": "fi",
        "autostart": True,
        "lengths": [30, 45, 60],
        "hide_from_capture": True,
        "retention_months": 12,
        "team_folder": "/srv/team",
        "smallest_group": 20,
    }
    return text_of_json(values)


def _choices(setting: Setting) -> list[tuple[str, str]]:
    """The words that can be chosen: without the empty one, which is the default where there is one, and no text."""
    return [(word, label) for word, label in setting.choices if word]


def _id(group: Group) -> str:
    return f"group_{group.name.lower()}"


def _word_id(name: str, word: str) -> str:
    return f"{name}_{word.replace('-', '_')}"  # nothing but letters, digits and underscores can be referred to


def _string(name: str) -> str:
    return f"$(string.{name})"


def _below(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, attributes)


def _text(top: ET.Element) -> str:
    ET.indent(top)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"
