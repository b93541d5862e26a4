"""The compiled translations, and the broken ones that a build refuses."""

import gettext
import json
import os
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

import hatch_build
from hatch_build import BrokenCatalogue, compile_all, documents_for_users

ROOT = Path(hatch_build.__file__).parent
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def put(root: Path, text: str) -> Path:
    """Write a Finnish catalogue; gives where its compiled form belongs."""
    source = root / "i18n" / "fi" / "LC_MESSAGES" / "kohtaava.po"
    source.parent.mkdir(parents=True)
    source.write_text(HEADER + text, encoding="utf-8")
    return root / "kohtaava_desktop" / "locale" / "fi" / "LC_MESSAGES" / "kohtaava.mo"


def test_a_translation_is_compiled(tmp_path: Path) -> None:
    compiled = put(tmp_path, 'msgid "until {time}"\nmsgstr "{time} asti"\n')
    compile_all(tmp_path)
    with compiled.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("until {time}") == "{time} asti"


def test_a_compiled_catalogue_without_a_source_goes(tmp_path: Path) -> None:
    compiled = put(tmp_path, "")
    compile_all(tmp_path)
    (tmp_path / "i18n" / "fi" / "LC_MESSAGES" / "kohtaava.po").unlink()
    compile_all(tmp_path)
    assert not compiled.exists()


def test_what_stands_already_is_dated_anew_and_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who reads it meanwhile, as another process of the tests or a second build may, finds it whole."""
    compiled = put(tmp_path, 'msgid "until {time}"\nmsgstr "{time} asti"\n')
    compile_all(tmp_path)
    files = [compiled, tmp_path / "kohtaava_desktop" / "locale" / "cldr.json"]
    for file in files:
        os.utime(file, (1, 1))
    opened, open_ = list[str](), Path.open

    def noted(path: Path, mode: str = "r", *more: Any, **named: Any) -> Any:
        opened.append(mode)
        return open_(path, mode, *more, **named)

    monkeypatch.setattr(Path, "open", noted)
    compile_all(tmp_path)
    monkeypatch.undo()
    assert set(opened) == {"rb"}
    assert all(file.stat().st_mtime > 1 for file in files)


def test_the_patterns_are_those_of_cldr(tmp_path: Path) -> None:
    compile_all(tmp_path)
    patterns = json.loads((tmp_path / "kohtaava_desktop" / "locale" / "cldr.json").read_text(encoding="utf-8"))
    assert {locale: each["time"] for locale, each in patterns.items()} == {"fi": "H.mm", "sv": "HH:mm", "en": "HH:mm"}
    assert patterns["fi"]["minutes_long"] == {"one": "{0} minuutti", "other": "{0} minuuttia"}
    assert patterns["sv"]["minutes_long"] == {"one": "{0} minut", "other": "{0} minuter"}
    assert patterns["en"]["minutes_long"] == {"one": "{0} minute", "other": "{0} minutes"}
    assert {each["minutes_short"]["other"] for each in patterns.values()} == {"{0} min"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('msgid "until {time}"\nmsgstr "asti"', 'lacks the placeholder {time}: "asti"'),
        ('msgid "until {time}"\nmsgstr "{aika} asti {time}"', "has the unknown placeholder {aika}"),
        ('msgid "until {time}"\nmsgstr "{time asti"', "cannot be filled in"),
        ('msgid "until {time}"\nmsgstr "asti {}"', "has the unknown placeholder {}"),
        ('msgid "until {time}"\nmsgstr "{0} asti"', "has the unknown placeholder {0}"),
        ('msgid "until {time}"\nmsgstr "{time:d} asti"', "has the unknown placeholder {time:d}"),
        ('msgid "until {time}"\nmsgstr "{time!x} asti"', "has the unknown placeholder {time!x}"),
        ('msgid "until {time}"\nmsgstr "{time.real} asti"', "has the unknown placeholder {time.real}"),
        ('msgid "until {time}"\nmsgstr "{Time} asti"', "has the unknown placeholder {Time}"),
        ('msgid "until {time"\nmsgstr "asti"', "has a source text that cannot be filled in"),
        ('#, python-format\nmsgid "until %s"\nmsgstr "asti %d"', "fails a check of Babel"),
        (
            'msgid "{n} pin"\nmsgid_plural "{n} pins"\nmsgstr[0] "yksi"\nmsgstr[1] "{n} asiaa"',
            "lacks the placeholder {n}",
        ),
    ],
)
def test_a_broken_translation_is_refused_by_name(tmp_path: Path, text: str, fault: str) -> None:
    compiled = put(tmp_path, text + "\n")
    with pytest.raises(BrokenCatalogue) as refusal:
        compile_all(tmp_path)
    sentence = str(refusal.value)
    assert sentence.startswith("i18n/fi/LC_MESSAGES/kohtaava.po:")
    assert text.split('"')[1] in sentence
    assert fault in sentence
    assert not compiled.exists()


def test_a_file_that_is_no_catalogue_is_refused_by_name(tmp_path: Path) -> None:
    put(tmp_path, "these are no messages\n")
    with pytest.raises(BrokenCatalogue, match=r"^i18n/fi/LC_MESSAGES/kohtaava\.po cannot be read"):
        compile_all(tmp_path)


def test_a_plural_form_may_leave_out_what_its_source_leaves_out(tmp_path: Path) -> None:
    text = 'msgid "one pin"\nmsgid_plural "{n} pins"\nmsgstr[0] "yksi"\nmsgstr[1] "{n} asiaa"\n'
    compiled = put(tmp_path, text)
    compile_all(tmp_path)
    assert compiled.exists()


def test_a_wheel_carries_icons_and_translations(tmp_path: Path) -> None:
    wheel = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    icons = {f"kohtaava_desktop/resources/icons/{icon.name}" for icon in (ROOT / "resources" / "icons").glob("*.svg")}
    texts = {
        f"kohtaava_desktop/locale/{source.relative_to(ROOT / 'i18n').with_suffix('.mo').as_posix()}"
        for source in (ROOT / "i18n").glob("*/LC_MESSAGES/*.po")
    }
    guide = {f"kohtaava_desktop/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "docs" / "guide").rglob("*.*")}
    linked = {f"kohtaava_desktop/docs/{name}.md" for name in ("command-line", "data-format", "keyboard", "settings")}
    assert icons
    assert texts
    assert len(guide) > 40
    assert icons | texts | guide | linked | {"kohtaava_desktop/locale/cldr.json"} <= names
    assert not [name for name in names if name.endswith(".po") or name.startswith(("tests", "bench", "i18n"))]


def test_a_source_archive_carries_what_a_wheel_is_built_from(tmp_path: Path) -> None:
    built = next(SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))
    with tarfile.open(built) as archive:
        names = {name.split("/", 1)[1] for name in archive.getnames()}
    sources = [ROOT / "hatch_build.py", *ROOT.glob("resources/icons/*.svg"), *ROOT.glob("i18n/*/LC_MESSAGES/*.po")]
    sources += documents_for_users(ROOT)
    assert {source.relative_to(ROOT).as_posix() for source in sources} <= names
    assert not [name for name in names if name.startswith("kohtaava_desktop/locale/")]
