"""The folder that is installed on Windows runs: a meeting from start to stored rows, killed and resumed in between.

Under Wine, which is not Windows: docs/windows-checklist.md says what a person should try once on a real one.
"""

import json
import re
import time
from pathlib import Path

import pytest

from release.windows.wine import Wine
from tests.windows.program import Program
from tests.windows.room import said

POLICY = r"HKLM\Software\Policies\Kohtaava\Desktop"

SIGNED_IN = r"HKCU\Volatile Environment"
"""What Windows tells the programs of a user who has signed in; Wine has its own share of it there."""
QUIET_SECONDS = 5

pytestmark = pytest.mark.windows


@pytest.mark.windows_smoke
def test_a_meeting_is_driven_killed_resumed_and_stored(program: Program) -> None:
    program.do("settings", "set", "summary_seconds", "120")  # it is asked about, however slow this machine is
    program.start()
    assert program.status()["state"] == "idle"
    program.do("start", "--minutes", "30", "--channel", "phone", "--interpreter")
    for word in ("up", "up", "back", "undo"):
        program.do(word)
    before = program.status()
    assert (before["state"], before["stage"]) == ("running", "advice")
    assert [visit["stage"] for visit in before["visits"]] == ["empathy", "guidance", "advice"]

    program.kill()
    program.await_exit_code(4)
    program.start()
    after = program.status()
    assert (after["state"], after["stage"], after["planned_minutes"]) == ("running", "advice", 30)
    assert [visit["stage"] for visit in after["visits"]] == ["empathy", "guidance", "advice"]

    program.do("up")
    program.do("finish")
    assert program.status()["state"] == "summary"
    program.quit()
    program.await_exit_code(4)
    meeting = "SELECT planned_minutes, channel, new_client, interpreter, furthest_stage FROM meeting"
    assert program.rows(meeting) == [(30, "phone", 0, 1, "farewell")]
    visits = [stage for (stage,) in program.rows("SELECT stage FROM visit ORDER BY position")]
    assert visits == ["empathy", "guidance", "advice", "farewell"]
    assert not (program.data / "meeting-in-hand.db").exists()


def test_a_second_start_shows_the_first_and_ends(program: Program) -> None:
    program.start("--hidden")
    second = program.wine.run([program.folder / "kohtaava-desktop.exe"])
    assert (second.returncode, said(second)) == (0, "")
    assert program.started[0].poll() is None
    program.do("start")
    program.quit()


def test_the_organisations_policy_is_read_from_the_registry(program: Program) -> None:
    wine = program.wine
    values = {"retention_months": ("REG_DWORD", "6"), "language": ("REG_SZ", "fi"), "lengths": ("REG_SZ", "20,40")}
    try:
        for name, (kind, value) in values.items():
            wine.run(["reg", "add", POLICY, "/v", name, "/t", kind, "/d", value, "/f"], check=True)
        found = json.loads(program.ask("settings", "list", "--json").stdout)
        refused = program.ask("settings", "set", "retention_months", "12")
    finally:
        wine.run(["reg", "delete", POLICY, "/f"])
    assert [found[name]["value"] for name in values] == [6, "fi", [20, 40]]
    assert {found[name]["origin"] for name in values} == {"machine-policy"}
    assert found["retention_months"]["managed"]
    assert found["retention_months"]["place"] == f"HKEY_LOCAL_MACHINE{POLICY[4:]}"
    assert refused.returncode == 3
    assert "ä" in said(refused)  # a sentence in Finnish, whole


def tell_programs(wine: Wine, roaming: str, drive: str, home: str) -> None:
    """Have every program that starts from now on be told that the user's profile is there."""
    for name, value in {"APPDATA": roaming, "HOMEDRIVE": drive, "HOMEPATH": home}.items():
        wine.run(["reg", "add", SIGNED_IN, "/v", name, "/d", value, "/f"], check=True)


def test_where_the_profile_is_on_a_share_the_data_stays_on_the_computer(program: Program, tmp_path: Path) -> None:
    wine = program.wine
    share = tmp_path / "profiili"
    (share / "Roaming").mkdir(parents=True)
    drive = wine.prefix / "dosdevices" / "h:"
    drive.symlink_to(share)
    usual = said(wine.run(["cmd", "/c", "echo %APPDATA%;%HOMEDRIVE%;%HOMEPATH%"])).strip().split(";")
    before = {path.name for path in program.data.parent.iterdir()}
    try:
        tell_programs(wine, r"H:\Roaming", "H:", "\\")
        assert said(wine.run(["cmd", "/c", "echo %APPDATA% %HOMEDRIVE%"])).split() == [r"H:\Roaming", "H:"]
        program.start()
        for word in ("start", "up", "finish"):
            program.do(word)
        program.quit()
        assert program.rows("SELECT furthest_stage FROM meeting") == [("guidance",)]
        assert {path.name for path in program.data.parent.iterdir()} - before == {program.data.name}
        assert [path.name for path in share.rglob("*")] == ["Roaming"]
    finally:
        tell_programs(wine, *usual)
        drive.unlink()


def test_without_anything_to_show_it_sleeps(program: Program) -> None:
    """Nothing asks the system again and again, as the event loop that others use on Windows does 100 times a second."""

    def wakings() -> int:
        tasks = Path(f"/proc/{program.started[0].pid}/task")
        said = "".join((each / "status").read_text(encoding="ascii") for each in tasks.iterdir())
        return sum(map(int, re.findall(r"^voluntary_ctxt_switches:\s+(\d+)", said, re.MULTILINE)))

    program.start()
    time.sleep(QUIET_SECONDS)  # until what a start sets going has come to rest
    before = wakings()
    time.sleep(QUIET_SECONDS)
    assert wakings() - before < 10 * QUIET_SECONDS
    program.quit()


def test_doctor_looks_at_everything_and_finds_no_fault(program: Program) -> None:
    program.start()
    done = program.ask("doctor", "--json")
    rows = {row["name"]: row for row in json.loads(done.stdout)["rows"]}
    assert done.returncode == 0
    assert {name for name, row in rows.items() if row["state"] == "fault"} == set()
    assert {"version", "data", "meetings", "autostart", "program", "qt", "screens"} <= set(rows)
    assert "AppData\\Local\\Kohtaava Desktop" in rows["data"]["sentence"]
    program.quit()
