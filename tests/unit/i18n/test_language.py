"""Choosing the language, and what happens when its catalogue is not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from kohtaava_desktop import i18n
from kohtaava_desktop.i18n import N_, _, language, ngettext, pgettext, set_language

ONE, MANY = "{count} thing to come back to", "{count} things to come back to"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("fi", "fi"),
        ("sv", "sv"),
        ("en", "en"),
        ("sv-FI", "sv"),
        ("sv_FI.UTF-8", "sv"),
        ("EN_us", "en"),
        ("de", "fi"),
        ("eng", "fi"),
        ("C.UTF-8", "fi"),
        ("../../etc", "fi"),
    ],
)
def test_a_tag_names_a_language_or_becomes_finnish(given: str, expected: str) -> None:
    set_language(given)
    assert language() == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "fi"),
        ({"LANG": "C"}, "fi"),
        ({"LANG": "fi_FI.UTF-8"}, "fi"),
        ({"LANG": "sv_FI.UTF-8"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "fi"),
        ({"LANG": "fi_FI.UTF-8", "LC_MESSAGES": "sv_FI.UTF-8"}, "sv"),
        ({"LANG": "fi_FI.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fi_FI.UTF-8", "LANGUAGE": "de:sv:en"}, "sv"),
    ],
)
@pytest.mark.parametrize("tag", [None, ""])
def test_no_tag_follows_the_system(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str, tag: str | None
) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in environment.items():
        monkeypatch.setenv(variable, value)
    set_language(tag)
    assert language() == expected


def test_the_language_switches_while_the_program_runs() -> None:
    said = []
    for tag in ("fi", "sv", "en", "fi"):
        set_language(tag)
        said.append((_("Done"), ngettext(ONE, MANY, 1), ngettext(ONE, MANY, 2)))
    assert said[0] == ("Valmis", "{count} muistettava, johon palataan", "{count} muistettavaa, joihin palataan")
    assert said[1] == ("Klart", "{count} sak att återkomma till", "{count} saker att återkomma till")
    assert said[2] == ("Done", ONE, MANY)
    assert said[3] == said[0]


def test_what_no_catalogue_knows_stays_as_it_is() -> None:
    set_language("fi")
    assert _("a text nobody translated") == "a text nobody translated"
    assert pgettext("somewhere", "a text nobody translated") == "a text nobody translated"
    assert N_("Done") == "Done"


def test_without_catalogues_everything_is_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", str(tmp_path))
    set_language("fi")
    assert (_("Done"), ngettext(ONE, MANY, 1), ngettext(ONE, MANY, 2)) == ("Done", ONE, MANY)


def test_a_catalogue_cut_or_damaged_anywhere_raises_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    whole = Path(i18n.LOCALE_FOLDER, "fi", "LC_MESSAGES", "kohtaava.mo").read_bytes()
    damaged = tmp_path / "fi" / "LC_MESSAGES" / "kohtaava.mo"
    damaged.parent.mkdir(parents=True)
    monkeypatch.setattr(i18n, "LOCALE_FOLDER", str(tmp_path))
    set_language("fi")
    step = max(1, len(whole) // 200)
    contents = [whole[:length] for length in range(0, len(whole), step)]
    contents += [whole[:place] + b"\xff\xff\xff" + whole[place + 3 :] for place in range(0, len(whole), step)]
    for content in contents:
        damaged.write_bytes(content)
        i18n._catalogues.clear()
        assert isinstance(_("Done"), str)
        assert isinstance(ngettext(ONE, MANY, 2), str)


def test_importing_costs_the_command_line_next_to_nothing() -> None:
    program = (
        f"import os, sys; sys.path.insert(0, {str(Path.cwd())!r}); before = set(sys.modules); "
        "import kohtaava_desktop.i18n; print(*(set(sys.modules) - before))"
    )
    ran = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) == {"kohtaava_desktop", "kohtaava_desktop.i18n"}
