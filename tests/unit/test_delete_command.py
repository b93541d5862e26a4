"""``kohtaava delete-everything``: it says what would go, deletes when told to, and never beside a running program."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kohtaava_desktop.cli import delete_command, main
from kohtaava_desktop.control.client import NoAnswer
from kohtaava_desktop.domain.disclosure import Thresholds
from kohtaava_desktop.domain.record import Quality
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.integration.instance import InstanceLock
from kohtaava_desktop.settings import policy
from kohtaava_desktop.store import files
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS
from tests.unit.store import samples


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with three meetings and a damaged copy, in English."""
    for variable, name in (("KOHTAAVA_DATA_DIR", "data"), ("KOHTAAVA_CONFIG_DIR", "config"), ("TMPDIR", "tmp")):
        monkeypatch.setenv(variable, str(tmp_path / name))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(policy, "FILE", tmp_path / "policies.json")
    Meetings(tmp_path / "data" / MEETINGS).add_all(samples.records(3))
    (tmp_path / "data" / "kohtaava-damaged-1.db").write_bytes(b"damaged")
    yield tmp_path / "data"
    set_language(None)


def says(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["delete-everything", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_without_yes_it_says_what_would_go(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    before = samples.contents(data)
    code, out, err = says(capsys)
    assert code == 3
    assert "3 stored meetings" in out
    assert "kohtaava-damaged-1.db" in out
    assert "kohtaava delete-everything --yes" in err
    assert samples.contents(data) == before


def test_the_months_put_together_are_named(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    october = [samples.record(n, iso_week="2026-W42", planned_minutes=45, quality=Quality.OK) for n in range(50, 62)]
    kept = Meetings(data / MEETINGS)
    kept.add_all(october)
    release = kept.release("2026-10", date(2026, 11, 22), Thresholds())
    code, out, _err = says(capsys)
    assert code == 3
    assert f"1 month put together for an export; the folder with its random name:\n  {release.name}\n" in out
    assert "exported" not in out.replace("have been given out", "")


def test_with_yes_everything_goes(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    assert says(capsys, "--yes") == (0, "Everything has been overwritten and deleted.\n", "")
    assert samples.names(data) == ["kohtaava.lock"]
    code, out, _err = says(capsys)
    assert (code, "nothing to delete" in out) == (3, True)


def test_nothing_is_made_where_nothing_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", "/nowhere/at/all")
    assert says(capsys, "--yes") == (0, "There is nothing to delete.\n", "")


def test_a_program_that_does_not_answer_is_not_passed_by(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    lock = InstanceLock(data / "kohtaava.lock")
    assert lock.acquire()
    before = samples.contents(data)
    try:
        code, out, err = says(capsys, "--yes")
    finally:
        lock.release()
    assert (code, out) == (3, "")
    assert "What is stored" in err
    assert samples.contents(data) == before


def test_the_running_program_does_it_itself(
    capsys: pytest.CaptureFixture[str], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []

    def answer(_folder: str, line: bytes, _seconds: float) -> bytes:
        asked.append(line)
        return b'{"ok":true}\n'

    monkeypatch.setattr(delete_command, "ask", answer)
    before = samples.contents(data)
    assert says(capsys, "--yes")[0] == 0
    assert asked == [b'{"command":"delete-everything"}\n']
    assert samples.contents(data) == before


def test_its_refusal_and_its_silence_are_passed_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    line = b'{"ok":false,"exit":3,"code":"disk-full","message":"The disk is full."}\n'
    monkeypatch.setattr(delete_command, "ask", lambda *_asked: line)
    assert says(capsys, "--yes") == (3, "", "The disk is full.\n")

    def silent(*_asked: object) -> bytes:
        raise NoAnswer

    monkeypatch.setattr(delete_command, "ask", silent)
    assert says(capsys, "--yes")[0] == 4


def test_what_the_disk_refuses_is_said(
    capsys: pytest.CaptureFixture[str], data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(files, "retire", refuse)
    code, out, err = says(capsys, "--yes")
    assert (code, out) == (3, "")
    assert str(data) in err


@pytest.mark.parametrize("words", [["--no"], ["--yes", "--yes"], ["yes"]])
def test_other_words_are_refused(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    code, _out, err = says(capsys, *words)
    assert (code, "kohtaava delete-everything --yes" in err) == (2, True)
