"""The program among others: its place on the screen, the sockets it opens, and its pictures without a screen."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.e2e.desk import LIVELY, ROOT, WINDOW_PROGRAM, Desk, stages
from tests.e2e.screen import HEIGHT, WIDTH, Screen, until

SNAP = 12


def drag(desk: Desk, grip: tuple[int, int], by: tuple[int, int]) -> None:
    """Drag the overlay by its point ``grip``."""
    desk.screen.drag(grip, (grip[0] + by[0], grip[1] + by[1]))


def place(desk: Desk) -> tuple[int, int]:
    """Where the overlay stands: its upper left corner."""
    window = desk.overlay()
    return window.x, window.y


@pytest.mark.parametrize("grip", [(300, 40), (267, 22), (20, 22)], ids=["beside the button", "Start", "the stairs"])
def test_dragged_anywhere_and_remembered(desk: Desk, grip: tuple[int, int]) -> None:
    """Dragged by whatever is under the pointer, it goes along, no tap counts, and it stands there at the next start."""
    desk.start()
    x, y = place(desk)
    drag(desk, desk.at(desk.overlay(), *grip), (-500, 250))
    until("the new place", lambda: place(desk) == (x - 500, y + 250))
    assert desk.status()["state"] == "idle"
    until("the place in writing", lambda: remembered(desk) != {})
    desk.quit()
    desk.start()
    assert place(desk) == (x - 500, y + 250)
    desk.quit()


def drag_and_let_go(desk: Desk, by: tuple[int, int]) -> None:
    """Drag the overlay and wait until it stands where it will stay: its new place is written down."""
    before = remembered(desk)
    drag(desk, desk.at(desk.overlay(), 20, 22), by)
    until("the new place in writing", lambda: remembered(desk) != before)


def remembered(desk: Desk) -> dict[str, list[int]]:
    """The places that are written down."""
    path = desk.config / "state.json"
    places: dict[str, list[int]] = json.loads(path.read_text())["places"] if path.exists() else {}
    return places


def test_dragged_out_it_stays_on_the_screen(desk: Desk) -> None:
    """Let go half outside, it comes back; near an edge, it snaps to it."""
    desk.start()
    drag(desk, desk.at(desk.overlay(), 20, 22), (400, 900))
    until("the corner", lambda: place(desk) == (WIDTH - desk.overlay().w, HEIGHT - desk.overlay().h))
    drag(desk, desk.at(desk.overlay(), 20, 22), (-(WIDTH - desk.overlay().w) + SNAP - 2, 0))
    until("the left edge", lambda: place(desk) == (0, HEIGHT - desk.overlay().h))
    desk.quit()


def test_step_up_lies_at_the_same_place_in_every_form(desk: Desk) -> None:
    """Wherever the overlay stands, also where it grows downwards, one place is for all taps of a meeting."""
    desk.settings(announcement_seconds=120, summary_seconds=120)
    desk.start(speed=LIVELY)
    hold_a_meeting_at(desk, *desk.up())
    for by in ((-300, -400), (-600, 900)):
        drag_and_let_go(desk, by)
        desk.away()
        hold_a_meeting_at(desk, *desk.up())
    desk.quit()
    assert len(desk.stored()) == 3


def hold_a_meeting_at(desk: Desk, x: int, y: int) -> None:
    """Start, *Got it*, three steps, *Finish* and *Done*, all with taps at one point."""
    expected = [
        ({"view": "announcement"}, "announcement"),
        ({"view": "open", "stage": "empathy"}, "quiet"),
        ({"stage": "guidance"}, "quiet"),
        ({"stage": "advice"}, "open"),
        ({"stage": "farewell"}, "open"),
        ({"state": "summary"}, "summary"),
        ({"state": "idle"}, "ready"),
    ]
    ready = desk.overlay().h
    for values, resting in expected:
        desk.tap(x, y)
        desk.await_status(**values)
        desk.away()
        desk.await_status(view=resting)  # a form that changes just when it is tapped takes the tap for another place
        window = desk.overlay()
        assert window.y <= y < window.y + window.h
    until("the form that it had", lambda: desk.overlay().h == ready)  # the status tells of it while it is stored


def test_no_socket_but_its_own(desk: Desk) -> None:
    """In a whole run there is the display, the channel of its own user, and nothing that could leave the computer."""
    trace = desk.room / "sockets"
    desk.settings(summary_seconds=120)  # traced it is slow, and there must be something to discard
    calls = "trace=socket,socketpair,connect,bind,listen,sendto,sendmsg"
    desk.start(before=["strace", "-f", "-qq", "-e", calls, "-e", "signal=none", "-o", str(trace)])
    for command in ("start", "up", "pin", "up", "back", "up", "open", "quiet", "up", "show", "finish", "discard"):
        desk.tell(command)
    desk.quit()
    check_sockets(trace.read_text(), str(desk.data))


def check_sockets(trace: str, data: str) -> None:
    """Only local sockets: bound in the data folder, connected to the display (and, by glibc, to the user database)."""
    # the family, and never a port: what is local cannot leave the computer
    families = set(re.findall(r"\b(?:socket|socketpair)\((\w+)", trace))
    assert families == {"AF_UNIX"}
    bound = re.findall(r"\bbind\([^)]*sun_path=(\S+)\}", trace)
    assert bound, "the channel was never opened"
    assert all(where.startswith((f'"{data}/control.sock', '"/proc/self/fd/')) for where in bound), bound
    connected = set(re.findall(r"\bconnect\([^)]*sun_path=(\S+)\}", trace))
    assert all("/tmp/.X11-unix/X" in where or "nscd" in where for where in connected), connected


def test_without_a_screen_a_meeting_is_played(screen: Screen, desk: Desk, tmp_path: Path) -> None:
    """What ``make run`` does where there is no screen: pictures of a meeting, and the user's own data untouched."""
    pictures = tmp_path / "pictures"
    environment = {name: value for name, value in desk.environment().items() if name != "DISPLAY"}
    command = [str(ROOT / "packaging" / "virtual-screen.sh"), *WINDOW_PROGRAM, "--demo", "--pictures", str(pictures)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    kept = sorted(pictures.iterdir())
    assert len(kept) >= 7
    for picture in kept:
        size = screen.run("identify", "-format", "%w %h %k", str(picture)).split()
        width, height, colours = map(int, size)
        assert width >= 96
        assert height >= 26
        assert colours > 4, f"{picture.name} shows nothing"
    assert not desk.data.exists()


def test_the_demo_leaves_the_meeting_in_hand_alone(desk: Desk) -> None:
    """A play runs beside a real meeting, on data of its own."""
    desk.start()
    desk.tell("start")
    desk.tell("up")
    played = desk.spawn("--demo", "--pictures", str(desk.room / "pictures"))
    assert played.wait(60) == 0
    assert stages(desk.status()) == ["empathy", "guidance"]
    desk.quit()
    assert desk.stored() == []
