"""Languages that do not exist: the program starts in one that does, says so once where it was asked for, and works."""

import re

import pytest

from tests.e2e.desk import Desk

NAMELESS = ("xx_YY.UTF-8", "../../etc/passwd", "C.UTF-8@nonsense", "x" * 3000)
"""What the environment can hold in place of a locale."""


def told(desk: Desk) -> str:
    """What the program has to say, with the first command after its start."""
    said = desk.kohtaava("start")
    assert said.code == 0, said
    return said.err


def finish(desk: Desk) -> None:
    """The program goes on as ever."""
    assert desk.kohtaava("up").code == 0
    desk.quit()


@pytest.mark.parametrize("tag", ["xx", "suomi", "\u2068fa\u2069", "-"])
def test_a_language_that_was_asked_for_and_does_not_exist(desk: Desk, tag: str) -> None:
    desk.start(f"--lang={tag}")
    assert told(desk) == f"The program has no language {tag}: it has Suomi, Svenska, English. In use now: English.\n"
    finish(desk)


def test_a_language_in_the_settings_that_does_not_exist(desk: Desk) -> None:
    desk.settings(language="xx")
    desk.start("--lang", "en")
    err = told(desk)
    assert err.count("\n") == 1
    assert all(part in err for part in ("language", "xx", "fi, sv, en")), err
    finish(desk)


@pytest.mark.parametrize("locale", NAMELESS, ids=lambda locale: locale[:12])
def test_a_locale_of_the_system_that_does_not_exist(desk: Desk, locale: str) -> None:
    """Nobody asked for anything: the program is Finnish and says nothing of it; its libraries say what they must."""
    desk.settings(language="")
    said = desk.room / "said by libraries"
    environment = ("env", f"LANG={locale}", f"LC_ALL={locale}", f"LANGUAGE={locale}")
    desk.start(before=("sh", "-c", 'exec 2>"$0" "$@"', str(said), *environment))
    assert told(desk) == ""
    refused = desk.kohtaava("up", "farewell")
    assert "Portaita ei ohiteta" in refused.err
    finish(desk)
    lines = said.read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line for line in lines if not re.search("locale|Qt depends|for more information|language tag", line)] == []
