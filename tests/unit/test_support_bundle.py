"""``kohtaava doctor --bundle``: what is in it, what never is, and that it touches no file that is there."""

import json
import os
import platform
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kohtaava_desktop.cli import doctor, main, support_bundle
from kohtaava_desktop.cli.abbreviation import Abbreviation
from kohtaava_desktop.control.report import Row, State
from kohtaava_desktop.domain.events import Marks
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.i18n import set_language
from kohtaava_desktop.settings import policy
from kohtaava_desktop.settings.loader import load
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import JOURNAL, MEETINGS, WAITING

DOCUMENT = Path(__file__).parents[2] / "docs" / "command-line.md"
USER, COMPUTER = "zaphod.q", "ws-48151623"
TELLING = ("kt1h", "2033-W41", "238", "7219", "0123456789abcdef", "quuxorama", "secretteam", "frobnicated", "4711")
"""What stands in the data folder and the settings of these tests, and nowhere else."""


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of a user with a name, in which there is all that must not get out."""
    home = tmp_path / "home" / USER
    for variable, name in (("KOHTAAVA_DATA_DIR", "data-kt1h"), ("KOHTAAVA_CONFIG_DIR", "config-kt1h"), ("HOME", "")):
        monkeypatch.setenv(variable, str(home / name))
    monkeypatch.setenv("USERPROFILE", str(home))
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.setenv(variable, USER)
    monkeypatch.setattr(platform, "node", lambda: COMPUTER)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("QT_SCALE_FACTOR", "4711")
    monkeypatch.setattr(policy, "FILE", tmp_path / "policies.json")
    set_language("en")
    fill(home / "data-kt1h", home / "config-kt1h")
    yield tmp_path
    set_language(None)


def fill(data: Path, config: Path) -> None:
    """Recognisable values wherever the program keeps any."""
    data.mkdir(parents=True, mode=0o700)
    visits = ((Stage.EMPATHY, 7219), (Stage.GUIDANCE, 7219))
    records = [
        Record(f"{number:016x}0123456789abcdef", "2033-W41", 238, Marks(), Stage.GUIDANCE, Quality.OK, visits)
        for number in range(238)
    ]
    Meetings(data / MEETINGS).add_all(records)
    (data / JOURNAL).write_bytes(b"quuxorama, tap by tap")
    (data / WAITING).write_bytes(b"quuxorama waits")
    (data / "quuxorama-damaged-1.db").touch()
    (data / "kohtaava-damaged-4711.db").write_bytes(b"quuxorama")
    config.mkdir()
    own = {"team_folder": "/srv/secretteam/of/zaphod.q", "size": "frobnicated", "quuxorama": "frobnicated"}
    (config / "settings.json").write_text(json.dumps(own | {"shortcut_up": "Ctrl+Alt+Up"}), encoding="utf-8")


def bundle_of(path: Path) -> dict[str, str]:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return {each.removeprefix("kohtaava-support/"): archive.read(each).decode() for each in archive.namelist()}


@pytest.fixture
def bundle(folders: Path, capfd: pytest.CaptureFixture[str]) -> dict[str, str]:
    assert main(["doctor", "--bundle", str(folders / "b.zip")]) == 0
    return bundle_of(folders / "b.zip")


def test_nothing_of_a_meeting_or_a_person_is_in_any_byte(folders: Path) -> None:
    path = folders / "b.zip"
    assert main(["doctor", "--bundle", str(path)]) == 0
    content = path.read_bytes().lower()
    for word in (*TELLING, USER, COMPUTER, str(folders)):
        for encoding in ("utf-8", "utf-16-le"):
            assert word.lower().encode(encoding) not in content, word
    raw = {word for word in TELLING if any(word.encode() in each.read_bytes() for each in files_below(folders))}
    assert {"2033-W41", "quuxorama", "secretteam", "frobnicated"} <= raw, "the search would find it"


def files_below(folder: Path) -> Iterator[Path]:
    return (each for each in folder.rglob("*") if each.is_file() and each.suffix != ".zip")


def test_what_is_in_it_is_listed_first_and_then_told(folders: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = folders / "b.zip"
    assert main(["doctor", "--bundle", str(path)]) == 0
    said = capfd.readouterr().out.splitlines()
    assert [line.split()[0] for line in said[1:5]] == list(bundle_of(path)) == list(support_bundle.PARTS)
    assert said[-1] == f"Written: {path}"


def test_the_folder_of_data_is_read_and_not_changed(folders: Path) -> None:
    before = {each: each.read_bytes() for each in files_below(folders)}
    assert main(["doctor", "--bundle", str(folders / "b.zip")]) == 0
    assert {each: each.read_bytes() for each in files_below(folders)} == before


def test_the_same_state_gives_the_same_bytes(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "space", doctor.version)
    monkeypatch.setattr(doctor, "LOOKS", tuple(each for each in doctor.LOOKS if each.__name__ != "space"))
    for name in ("b.zip", "c.zip"):
        assert main(["doctor", "--bundle", str(folders / name)]) == 0
    assert (folders / "b.zip").read_bytes() == (folders / "c.zip").read_bytes()


@pytest.mark.parametrize("kind", ["file", "folder", "dangling link"])
def test_what_is_there_is_never_touched(folders: Path, capfd: pytest.CaptureFixture[str], kind: str) -> None:
    path = folders / "b.zip"
    if kind == "file":
        path.write_bytes(b"mine")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(folders / "elsewhere.zip")
    assert main(["doctor", "--bundle", str(path)]) == 3
    assert str(path) in capfd.readouterr().err
    assert not (folders / "elsewhere.zip").exists()
    assert kind != "file" or path.read_bytes() == b"mine"


def test_a_place_that_cannot_be_written_is_named_with_the_reason(
    folders: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--bundle", str(folders / "away" / "b.zip")]) == 3
    assert "No such file" in capfd.readouterr().err
    assert main(["doctor", "--bundle", "b\0.zip"]) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no disk that is always full")
def test_a_full_disk_leaves_nothing_behind(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["doctor", "--bundle", str(folders / "b.zip")]) == 3
    assert not (folders / "b.zip").exists()


@pytest.mark.parametrize("words", [["--bundle"], ["--bundle", ""], ["--bundle", "--json"], ["--bundle", "a", "b"]])
def test_another_command_line_is_refused(words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", *words]) == 2
    assert "--bundle FILE" in capfd.readouterr().err


def test_settings_tell_their_origin_and_no_folder(bundle: dict[str, str]) -> None:
    told = json.loads(bundle["settings.json"])
    assert told["settings"]["team_folder"] == {
        "set": True,
        "shape": "path",
        "origin": "user",
        "managed": False,
        "place": "<config>" + os.sep + "settings.json",
    }
    assert told["settings"]["shortcut_up"]["value"] == "Ctrl+Alt+Up"
    assert told["settings"]["retention_months"]["origin"] == "default"
    assert {(each["name"], each["what"]) for each in told["problems"]} == {
        ("size", "bad-setting"),
        (None, "unknown-setting"),
    }


def test_every_row_of_the_doctor_is_there_and_no_count(bundle: dict[str, str]) -> None:
    rows = {each["name"]: each for each in json.loads(bundle["doctor.json"])["rows"]}
    documented = DOCUMENT.read_text(encoding="utf-8").split("## What the doctor looks at")[1].split("- `qt`")[0]
    assert list(rows) == [line.split("`")[1] for line in documented.splitlines() if line.startswith("- `")]
    silent = ("settings", "meetings", "waiting", "exported", "copies", "journal")
    assert all("sentence" not in rows[name] for name in silent)
    assert "<data>" in rows["data"]["sentence"]


def test_a_row_nobody_knows_keeps_its_sentence_to_itself() -> None:
    row = Row("2033-W41 of somebody", State.OK, "4711")
    found = support_bundle.Found(load(Path()), [row], Abbreviation([], []))
    assert support_bundle.doctor(found)["rows"] == [{"name": "?", "state": "ok"}]


def test_what_the_document_says_is_silent_is() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    rows = text.split("## What the doctor looks at")[1].split("\n###")[0]
    silent = text.split("Sentences only of rows")[1].split("the state alone")[0]
    names = {line.split("`")[1] for line in rows.splitlines() if line.startswith("- `")}
    assert {name for name in names if f"`{name}`" in silent} == names - support_bundle.TOLD


@pytest.mark.parametrize(
    ("folder", "shape"),
    [("", None), ("\\\\srv\\x", "network share"), ("//srv/x", "network share"), ("P:\\x", "drive"), ("/srv", "path")],
)
def test_of_a_folder_only_its_kind_is_told(folder: str, shape: str | None) -> None:
    assert support_bundle.shape(folder) == shape


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("/usr/lib/kohtaava-desktop/lib", "/usr/lib/kohtaava-desktop/lib"),
        ("C:\\Program Files\\Kohtaava Desktop\\runtime", "C:\\Program Files\\Kohtaava Desktop\\runtime"),
        (
            "<home>\\AppData\\Local\\Programs\\Kohtaava Desktop\\runtime",
            "<home>\\AppData\\Local\\Programs\\Kohtaava Desktop\\runtime",
        ),
        ("<home>/for somebody/kohtaava", "<home>"),
        ("D:\\for somebody\\Kohtaava Desktop", "elsewhere"),
        ("<share>", "elsewhere"),
    ],
)
def test_where_the_program_is_names_nobody(folder: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROGRAMFILES", "C:\\Program Files")
    assert support_bundle.installed(folder) == told


def test_folders_and_names_are_taken_out_of_sentences() -> None:
    short = Abbreviation(
        [("C:\\Users\\zq\\AppData\\Local\\Kohtaava Desktop", "<data>"), ("C:\\Users\\zq", "<home>"), ("", "<x>")],
        [("zq", "<user>"), ("WS1", "<computer>"), ("", "<nobody>")],
    )
    assert (
        short.text("c:/users/ZQ/appdata/local/kohtaava desktop\\a.db, zq on ws1")
        == "<data>\\a.db, <user> on <computer>"
    )
    assert short.text("C:\\Users\\zq\\x and C:\\Users\\Other One\\y") == "<home>\\x and <home>\\y"
    assert short.text("/home/other/x: /home/third") == "<home>/x: <home>"
    assert short.text("quzq zqs") == "quzq zqs"
    assert short.path("\\\\srv\\people\\file") == "<share>"
    assert short.path("HKEY_LOCAL_MACHINE\\Software") == "HKEY_LOCAL_MACHINE\\Software"


@given(st.text(min_size=2).filter(str.strip), st.text(), st.text())
def test_a_known_folder_is_nowhere_left(name: str, before: str, after: str) -> None:
    folder = "/data/of/" + name.strip("/\\") + "x"
    short = Abbreviation([(folder, "<data>")], [])
    assert folder not in short.text(f"{before} {folder}/{after}").replace("<data>", "")


def test_the_bytes_are_a_zip_that_needs_no_decompression() -> None:
    packed = support_bundle.packed({"README.txt": "words"})
    assert b"words" in packed
    with ZipFile(BytesIO(packed)) as archive:
        assert [each.date_time[0] for each in archive.infolist()] == [1980]
