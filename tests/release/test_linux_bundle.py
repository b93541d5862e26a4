"""The bundle for Linux is built, starts by itself, carries a meeting through and opens every window."""

import os
import shutil
import subprocess
from functools import partial
from pathlib import Path

from kohtaava_desktop import __version__
from release import bundle
from release.contents import files_in
from release.linux import launcher, parts
from release.project import ROOT
from tests.e2e.desk import Desk, stages
from tests.e2e.reader import Reader
from tests.e2e.screen import until
from tests.e2e.test_keyboard_alone import Hands, open_from_menu

IMPORT_ALL = """
import importlib, pkgutil, kohtaava_desktop
sys.modules["ssl"] = None
names = [each.name for each in pkgutil.walk_packages(kohtaava_desktop.__path__, "kohtaava_desktop.")]
for name in [*names, "babel.dates", "babel.units", "qasync", "sqlite_utils", "PySide6.QtDBus", "PySide6.QtSvg"]:
    importlib.import_module(name)
print(len(names))
places = {getattr(each, "__file__", None) or sys.prefix for each in [*sys.modules.values()] if each}
sys.exit("\\n".join(each for each in places if each[0] == "/" and not each.startswith(sys.prefix)) or 0)
"""
WINDOWS = {
    "My meetings…": "My meetings",
    "What is stored…": "What is stored",
    "Settings…": "Settings",
    "User guide": "User guide",
    "About Kohtaava Desktop": "About Kohtaava Desktop",
}
"""The entries of the menu that open a window, and the windows."""


def test_it_is_what_it_must_be(built: Path) -> None:
    assert bundle.check(built, "linux") == []
    assert bundle.size_of(built) < 115 * bundle.MIB, "far below what it may be; what has come in?"
    assert [name for name in files_in(built) if name.endswith(".py")] == []


def test_nothing_of_the_build_machine_is_in_it(built: Path) -> None:
    telling = str(ROOT).encode(), str(built.parents[1]).encode()
    libraries = "find . -name '*.so*' -exec readelf --dynamic {} + | grep -E 'R(UN)?PATH' | grep -v ORIGIN || true"
    words = ("sh", "-c", libraries)
    assert subprocess.run(words, cwd=built, capture_output=True, text=True, check=True).stdout == ""
    found = [name for name in files_in(built) if any(each in (built / name).read_bytes() for each in telling)]
    assert found == []


def test_every_module_of_the_program_finds_what_it_imports(built: Path) -> None:
    program = launcher.build_one(built, parts.python_library().name, "any", ('-DRUN="exec(sys.argv[1])"',))
    try:
        done = subprocess.run([program, IMPORT_ALL], env={}, capture_output=True, text=True, check=False)
    finally:
        program.unlink()
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) > 150


def test_nothing_around_it_gets_in(built: Path, tmp_path: Path) -> None:
    (tmp_path / "kohtaava_desktop").mkdir()
    for name in ("kohtaava_desktop/__init__.py", "sitecustomize.py", "json.py", "os.py"):
        (tmp_path / name).write_text("raise SystemExit('another module was imported')")
    around = {"PYTHONPATH": str(tmp_path), "PYTHONHOME": str(tmp_path), "PYTHONSTARTUP": str(tmp_path / "os.py")}
    words = (str(built / "kohtaava"), "--version")
    done = subprocess.run(words, env=around, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"kohtaava {__version__}\n", "")


def test_no_configuration_of_a_python_beside_it_is_read(built: Path, tmp_path: Path) -> None:
    """A pyvenv.cfg above a folder that was unpacked anywhere could name another Python."""
    place = tmp_path / "lib-dynload a:b" / built.name
    shutil.copytree(built, place, copy_function=os.link)
    planted = tmp_path / "planted" / "lib" / f"python{parts.VERSION}"
    (planted / "lib-dynload").mkdir(parents=True)
    for name in ("os.py", "json.py", "encodings.py", "site.py"):
        (planted / name).write_text("raise SystemExit('another module was imported')")
    for folder in (place, place.parent):
        (folder / "pyvenv.cfg").write_text(f"home = {tmp_path / 'planted' / 'bin'}\n")
    (place / "kohtaava._pth").write_text(f"{planted}\nimport site\n")
    done = subprocess.run([place / "kohtaava", "--version"], env={}, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"kohtaava {__version__}\n", "")


def test_qt_takes_its_plugins_from_the_folder_alone(built: Path, desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(next(built.rglob("Qt/plugins")), tmp_path / "plugins")
    around = {"QT_PLUGIN_PATH": tmp_path / "plugins", "QT_QPA_PLATFORM_PLUGIN_PATH": tmp_path / "plugins" / "platforms"}
    desk.surroundings |= {name: str(path) for name, path in around.items()}
    desk.start()
    assert desk.program is not None
    loaded = Path(f"/proc/{desk.program.pid}/maps").read_text(encoding="utf-8")
    assert f"{built}/lib" in loaded
    assert str(tmp_path) not in loaded
    desk.quit()


def test_it_runs_through_a_link_and_under_any_name(built: Path, tmp_path: Path) -> None:
    link = tmp_path / "linked"
    link.symlink_to(built / "kohtaava")
    done = subprocess.run(["nothing", "--version"], executable=link, env={}, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"kohtaava {__version__}\n".encode())


def test_words_reach_the_program_as_they_are(built: Path, tmp_path: Path) -> None:
    around = {"HOME": str(tmp_path), "LANGUAGE": "en", "LC_ALL": "C.UTF-8"}
    words = (str(built / "kohtaava"), "-c", "ä ö", "--")
    done = subprocess.run(words, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "kohtaava needs" in done.stderr or "-c" in done.stderr


def test_a_meeting_is_driven_and_stored(desk: Desk) -> None:
    desk.start(speed=60)
    desk.tell("start", "--minutes", "45", "--channel", "video", "--new-client")
    for stage in ("guidance", "advice"):
        desk.tell("up", stage)
    desk.kill()
    desk.start(speed=60)
    assert stages(desk.await_status(state="running")) == ["empathy", "guidance", "advice"]
    desk.tell("undo")
    desk.tell("redo")
    desk.tell("up")
    desk.tell("finish")
    desk.quit()
    [meeting] = desk.stored()
    assert [stage for stage, _seconds in meeting["visits"]] == ["empathy", "guidance", "advice", "farewell"]
    assert (meeting["planned_minutes"], meeting["channel"], meeting["new_client"]) == (45, "video", 1)


def test_the_command_line_does_all_that_it_can(desk: Desk, tmp_path: Path) -> None:
    assert desk.kohtaava("up").code == 4
    desk.data.mkdir()
    made = desk.kohtaava("demo-data", str(tmp_path / "demo"), "--seed", "3", "--experts", "3")
    assert (made.code, made.err) == (0, "")
    desk.data = tmp_path / "demo" / "demo-expert-01"
    team, out = tmp_path / "demo" / "demo-team", tmp_path / "out"
    out.mkdir()
    for words in (
        ("stats",),
        ("stats", "--json"),
        ("export", "--to", str(out)),
        ("team", str(team)),
        ("settings", "list"),
        ("doctor",),
        ("--help",),
        ("up", "--help"),
    ):
        said = desk.kohtaava(*words)
        assert (said.code in {0, 3}, said.err if said.code == 0 else "", bool(said.out or said.err)) == (True, "", True)
        assert "Traceback" not in said.err
    assert desk.kohtaava("stats").code == 0


def test_every_window_opens(desk: Desk, reader: Reader, tmp_path: Path) -> None:
    assert desk.kohtaava("demo-data", str(tmp_path / "demo"), "--seed", "3", "--experts", "3").code == 0
    desk.data = tmp_path / "demo" / "demo-expert-01"
    desk.settings(team_folder=str(tmp_path / "demo" / "demo-team"))
    desk.start()
    hands = Hands(desk, reader, tmp_path)
    hands.take()
    for entry, window in WINDOWS.items():
        hands.await_focus("Start meeting")
        open_from_menu(hands, entry)
        until(f"the window {window!r}", partial(shows, reader, window))
        if window == "My meetings":
            export_from_my_meetings(hands)
        desk.screen.picture(ROOT / "build" / "release" / f"{window}.png")
        await_keyboard(desk, window)
        hands.press("Escape")
        reader.await_gone(window)
        until("the keyboard on the overlay", lambda: desk.screen.focus() == desk.overlay().number)
    desk.tell("start")
    reader.press("Show client card")
    until("the client card", partial(shows, reader, "Card for the client"))
    desk.tell("discard")
    desk.quit()


def export_from_my_meetings(hands: Hands) -> None:
    """The numbers come, of the team too; the window of an export opens and goes."""
    reader, window = hands.reader, "My meetings"
    reader.await_gone("Your meetings are being counted…")
    until("the team beside one's own", lambda: any("team" in node.name.lower() for node in reader.showing()))
    hands.go_to("Export a month…", "Tab", window)
    hands.press("Return")
    until("the window of an export", partial(shows, reader, "Export a month"))
    await_keyboard(hands.desk, "Export a month")
    hands.press("Escape")
    reader.await_gone("Export a month")


def await_keyboard(desk: Desk, name: str) -> None:
    """Wait until keys go to the window with this name; it is there before the window manager gives them to it."""

    def has_it() -> bool:
        return desk.screen.focus() in {window.number for window in desk.screen.windows("--name", f"^{name}$")}

    until(f"the keyboard on the window {name!r}", has_it)


def shows(reader: Reader, name: str) -> bool:
    """Whether a window with this name can be seen."""
    return any(node.name == name and len(node.path) == 1 for node in reader.showing())
