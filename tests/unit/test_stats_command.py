"""``kohtaava stats``: the figures of one's own meetings, in three forms, and what it does not understand."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kohtaava_desktop.cli import main
from kohtaava_desktop.domain.events import Channel, Marks
from kohtaava_desktop.domain.mirror import COLUMNS
from kohtaava_desktop.domain.record import Quality, Record
from kohtaava_desktop.domain.stages import Stage
from kohtaava_desktop.store.meetings import Meetings
from kohtaava_desktop.store.shelf import MEETINGS


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of somebody who speaks English."""
    monkeypatch.setenv("KOHTAAVA_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("KOHTAAVA_CONFIG_DIR", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.json").write_text('{"language": "en"}', encoding="utf-8")
    return tmp_path / "data"


def fill(data: Path, count: int, **changes: Any) -> None:
    """Keep ``count`` meetings of 45 minutes: 5, 10, 20 and 6 minutes on the steps."""
    values: dict[str, Any] = {
        "iso_week": "2026-W40",
        "planned_minutes": 45,
        "marks": Marks(),
        "furthest_stage": Stage.FAREWELL,
        "quality": Quality.OK,
        "visits": tuple(zip(Stage, (300, 600, 1200, 360), strict=True)),
    } | changes
    data.mkdir(parents=True, exist_ok=True)
    kept = Meetings(data / MEETINGS)
    before = kept.count()
    kept.add_all(Record(key=f"{(before + number) * 7919:032x}", **values) for number in range(count))


def test_in_words(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 12)
    fill(data, 1, quality=Quality.FORGOTTEN)
    assert main(["stats"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:3] == [
        "12 meetings",
        "Left out as forgotten: 1",
        "Empathy   median 5 min, half of them 5–5 min, n = 12",
    ]
    assert said[-1] == "Against the planned length: median −4 min."


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few(data: Path, capsys: pytest.CaptureFixture[str], count: int) -> None:
    fill(data, count)
    assert main(["stats"]) == 0
    assert "Too few yet" in capsys.readouterr().out


def test_without_any_data_folder(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["meetings"] == 0
    assert not data.exists(), "asking leaves nothing behind"


def test_as_json(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    fill(data, 5, planned_minutes=30, marks=Marks(Channel.PHONE, True, True), iso_week="2026-W41")
    wanted = ["--planned", "30", "--channel", "phone", "--new-client", "yes", "--interpreter", "yes"]
    assert main(["stats", *wanted, "--weeks", "2026-W41..", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["meetings"] == 5
    assert said["filter"] == {
        "planned_minutes": 30,
        "channel": "phone",
        "new_client": True,
        "interpreter": True,
        "first_week": "2026-W41",
    }
    assert said["stages"]["advice"]["distribution"] == {"20": 5}
    assert said["over_planned"]["median"] == 11 * 60
    assert said["weeks"] == [{"week": "2026-W41", "meetings": 5, "median_farewell": 360.0}]


def test_as_csv(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    assert main(["stats", "--csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    by_measure = {row["measure"]: row for row in rows if not row["week"]}
    assert by_measure["meetings"]["meetings"] == "6"
    assert float(by_measure["guidance"]["median"]) == 600
    for row in rows:
        for cell in row.values():
            assert not cell.startswith(("=", "+", "@", "\t")), "a spreadsheet would carry it out"
            assert not cell.startswith("-") or float(cell) < 0


@pytest.mark.parametrize(
    "words",
    [
        ["--planned"],
        ["--planned", "4"],
        ["--planned", "fortyfive"],
        ["--channel", "fax"],
        ["--new-client", "true"],
        ["--weeks", "2026-W40"],
        ["--weeks", ".."],
        ["--weeks", "2026-W54.."],
        ["--weeks", "2026-W44..2026-W40"],
        ["--json", "--csv"],
        ["--year", "2026"],
        ["all"],
    ],
)
def test_what_is_not_understood(data: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(["stats", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "cannot be understood" in said.err
    assert len(said.err.splitlines()) == 1


def test_a_single_week(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(data, 6)
    assert main(["stats", "--weeks", "2026-W40..2026-W40"]) == 0
    assert capsys.readouterr().out.startswith("6 meetings")


def test_a_database_of_a_newer_version(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import sqlite3

    fill(data, 6)
    connection = sqlite3.connect(data / MEETINGS)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    assert main(["stats"]) == 3
    assert str(data / MEETINGS) in capsys.readouterr().err
