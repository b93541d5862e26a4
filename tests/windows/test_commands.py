"""What the command line does on Windows beyond a meeting: settings, the start at sign-in, files, deletion."""

import json
import zipfile

import pytest

from release.windows.layout import BUILD
from tests.windows.program import PATIENCE_SECONDS, Program
from tests.windows.room import said

RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
DETACHED = (
    "import subprocess, sys; print(subprocess.Popen([sys.argv[1]], creationflags=subprocess.DETACHED_PROCESS).pid)"
)

pytestmark = pytest.mark.windows


def test_it_starts_without_any_streams_as_from_a_shortcut(program: Program) -> None:
    starter = program.wine.start([
        BUILD / "python" / "python.exe", "-I", "-c", DETACHED, program.folder / "kohtaava-desktop.exe"
    ])  # fmt: skip
    try:
        assert starter.wait(PATIENCE_SECONDS) == 0
        program.await_exit_code(0)
        program.do("quit")
        program.await_exit_code(4)
    finally:
        starter.communicate(timeout=PATIENCE_SECONDS)  # the program had its pipes


def test_the_start_at_sign_in_is_the_installed_window_program(program: Program) -> None:
    program.start()
    program.do("settings", "set", "autostart", "true")
    found = said(program.wine.run(["reg", "query", RUN]))
    assert f'"{program.wine.windows_path(program.folder / "kohtaava-desktop.exe")}"' in found
    program.do("settings", "set", "autostart", "false")
    assert "Kohtaava" not in said(program.wine.run(["reg", "query", RUN]))
    program.quit()


@pytest.mark.parametrize("running", [True, False], ids=["beside the running program", "without it"])
def test_everything_is_deleted(program: Program, running: bool) -> None:
    program.start()
    for word in ("start", "up", "finish"):
        program.do(word)
    if not running:
        program.quit()
        assert program.rows("SELECT count(*) FROM meeting") == [(1,)]
    assert program.ask("delete-everything", "--yes").returncode == 0
    assert not list(program.data.glob("meeting-in-hand*"))
    if running:
        assert program.status()["state"] == "idle"
        program.quit()
    assert not list(program.data.glob("*.db*"))


def test_made_up_data_and_a_team_are_read_as_elsewhere(program: Program) -> None:
    wine = program.wine
    made_up = wine.drive / "esimerkki ä"
    done = program.ask("demo-data", wine.windows_path(made_up), "--seed", "7", "--experts", "5", "--until", "2026-09")
    assert done.returncode == 0, said(done)
    compared = program.ask("team", wine.windows_path(made_up / "demo-team"), "--csv")
    assert compared.returncode == 0, said(compared)
    assert said(compared).count("\n") > 10
    own = {"KOHTAAVA_DATA_DIR": wine.windows_path(made_up / "demo-expert-01")}
    counted = wine.run([program.folder / "kohtaava.exe", "stats", "--json"], environment=own)
    assert counted.returncode == 0, said(counted)
    assert json.loads(counted.stdout)["meetings"] > 0


def test_the_support_bundle_is_written_where_it_is_asked_for(program: Program) -> None:
    place = program.wine.drive / "tuki ä.zip"
    done = program.ask("doctor", "--bundle", program.wine.windows_path(place))
    assert done.returncode == 0, said(done)
    with zipfile.ZipFile(place) as files:
        assert "kohtaava-support/doctor.json" in files.namelist()
    assert program.ask("doctor", "--bundle", program.wine.windows_path(place)).returncode == 3


def test_the_demonstration_leaves_pictures(program: Program) -> None:
    folder = program.wine.drive / "kuvat ä"
    words = ["--demo", "--pictures", program.wine.windows_path(folder)]
    done = program.wine.run([program.folder / "kohtaava-desktop.exe", *words], seconds=2 * PATIENCE_SECONDS)
    assert (done.returncode, said(done)) == (0, "")
    assert len(list(folder.glob("*.png"))) == 10
