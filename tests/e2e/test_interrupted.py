"""Killed, quit, ended by the system, started twice: a meeting in hand goes on where it was, taps and all."""

import random
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kohtaava_desktop.control.client import NoAnswer, Unreachable
from tests.e2e.desk import Desk, Said, Status, stages, taps
from tests.e2e.screen import Screen, until

XLIB_ENDS_IT = "XIO:  fatal IO error"
"""So Xlib begins where the screen goes while Qt speaks to it just then: it ends the program on the spot."""
OF_THE_SCREEN = ("The X11 connection broke", "qt.qpa.xcb: ", XLIB_ENDS_IT, "      after ")
"""So Qt and Xlib begin when they tell that the screen is gone, and of what was being painted."""
STAIRS = ("empathy", "guidance", "advice", "farewell")

POINTS = {
    "at the start": [["start", "--minutes", "30", "--channel", "video", "--new-client"]],
    "in Guidance, with a pin": [["start"], ["up"], ["pin"]],
    "after a step back": [["start"], ["up"], ["up"], ["back"]],
    "after an undo": [["start"], ["up"], ["up"], ["back"], ["undo"]],
    "in Farewell, extended": [["start"], ["up"], ["up"], ["up"], ["extend", "+10"]],
}


@pytest.mark.parametrize("commands", POINTS.values(), ids=POINTS)
def test_killed_in_a_meeting(desk: Desk, commands: Sequence[Sequence[str]]) -> None:
    """Everything that was acknowledged is there again, and goes on from there."""
    desk.start()
    for command in commands:
        desk.tell(*command)
    before = desk.status()
    desk.kill()
    desk.start()
    after = desk.status()
    assert taps(after) == taps(before)
    assert before["elapsed_seconds"] <= after["elapsed_seconds"] <= before["elapsed_seconds"] + 20
    assert desk.overlay().w > 300
    desk.tell("finish")
    desk.quit()
    [stored] = desk.stored()
    assert stored["quality"] == "ok"
    assert [stage for stage, _ in stored["visits"]] == stages(before)


def test_killed_in_the_summary(desk: Desk) -> None:
    """A finished meeting is stored at the next start, once."""
    desk.settings(summary_seconds=120)
    desk.start()
    for command in ("start", "up", "finish"):
        desk.tell(command)
    desk.await_status(state="summary")
    desk.kill()
    for _ in range(2):
        desk.start()
        desk.await_status(state="idle")
        desk.kill()
        [stored] = desk.stored()
        assert [stage for stage, _ in stored["visits"]] == ["empathy", "guidance"]
        assert desk.journal_files() == []


def test_quit_in_a_meeting(desk: Desk) -> None:
    """The program may end while a meeting runs; the next start goes on with it."""
    desk.start()
    for command in ("start", "up", "pin", "up"):
        desk.tell(command)
    before = desk.status()
    desk.quit()
    assert desk.journal_files() != []
    desk.start()
    assert taps(desk.status()) == taps(before)
    assert desk.opened().h > 100, "the meeting shows by itself"
    desk.quit()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_ended_by_the_system(desk: Desk, number: signal.Signals) -> None:
    """A signal to end ends the program cleanly, with the meeting kept and no socket left."""
    desk.start()
    desk.tell("start")
    desk.tell("up")
    program = desk.program
    assert program is not None
    program.send_signal(number)
    assert program.wait(20) == 0
    desk.program = None
    assert not (desk.data / "control.sock").exists()
    desk.start()
    assert stages(desk.status()) == ["empathy", "guidance"]
    desk.quit()


def test_the_screen_goes_away(desk: Desk, tmp_path: Path) -> None:
    """As when the desktop breaks down: the program ends, in order if it can, and the meeting goes on."""
    lost = Screen(tmp_path / "lost screen")
    other = Desk(lost, tmp_path / "lost desk")
    other.data, other.config = desk.data, desk.config
    other.settings(shortcut_up="Ctrl+Shift+F1")
    try:
        other.start()
        other.tell("start")
        other.tell("up")
    finally:
        lost.close()
    program, other.program = other.program, None
    assert program is not None
    code, said = program.wait(20), [line for line in other.errors().splitlines() if line]
    assert [line for line in said if not line.startswith(OF_THE_SCREEN)] == [], "complaints beside those of the screen"
    cut_off = any(line.startswith(XLIB_ENDS_IT) for line in said)
    assert code == cut_off
    assert cut_off or not (desk.data / "control.sock").exists()
    desk.start()
    assert stages(desk.status()) == ["empathy", "guidance"]
    desk.quit()


def test_signals_without_end(desk: Desk) -> None:
    """However often it is told to end while it ends, it ends without a complaint."""
    desk.start()
    program, desk.program = desk.program, None
    assert program is not None
    while program.poll() is None:
        program.send_signal(signal.SIGTERM)
        time.sleep(0.0005)
    assert program.returncode in (0, -signal.SIGTERM)


@pytest.mark.proof
def test_quit_at_the_moment_of_a_tap(desk: Desk, rounds: Callable[[int, int], int]) -> None:
    """However close together a tap and the end come, the program ends, and a tap that was acknowledged counted."""
    chance = random.Random(11)
    desk.start("--hidden")
    desk.tell("start")
    for _ in range(rounds(3, 100)):
        pins = desk.status()["pins"]
        acknowledged: list[bool] = []
        tap = threading.Thread(target=pin, args=(desk, acknowledged))
        tap.start()
        time.sleep(chance.uniform(0, 0.01))
        desk.quit()
        tap.join()
        desk.start("--hidden")
        assert desk.status()["pins"] in (pins + 1, pins + (not acknowledged))
    desk.quit()


def pin(desk: Desk, acknowledged: list[bool]) -> None:
    """Send one tap; note its acknowledgement, if there is one."""
    with suppress(NoAnswer, Unreachable):
        acknowledged += [desk.send(b'{"command":"pin"}\n')["ok"]]


def test_a_second_start_shows_the_first(desk: Desk) -> None:
    """One instance: the second start ends at once, and what was hidden shows."""
    desk.start("--hidden")
    assert desk.hidden()
    second = desk.spawn()
    assert second.wait(20) == 0
    assert desk.overlay().w > 300
    assert desk.reached()
    desk.quit()


def test_a_second_start_while_the_first_one_starts(desk: Desk) -> None:
    """Two starts at once end in one program."""
    both = [desk.spawn(), desk.spawn()]
    ended = until("one of them to end", lambda: [each for each in both if each.poll() is not None])
    assert [each.returncode for each in ended] == [0]
    desk.program = next(each for each in both if each not in ended)
    until("an answer", desk.reached)
    desk.quit()


@dataclass(slots=True)
class Script:
    """Sends taps until there is nobody to take them; what they must have led to, by a model of its own."""

    desk: Desk
    chance: random.Random
    visits: list[str]
    pins: int = 0
    asked: str = ""
    count: int = 0

    def run(self) -> None:
        while True:
            self.asked = self.choose()
            try:
                answer = self.desk.send(b'{"command":"%s"}\n' % self.asked.encode())
            except (NoAnswer, Unreachable):
                return
            assert answer["ok"], answer
            self.visits, self.pins = self.after(self.asked)
            self.count += 1
            self.asked = ""

    def choose(self) -> str:
        step = STAIRS.index(self.visits[-1]) if self.visits else -1
        if step < 0:
            return "start"
        choices = ["up"] * 3 * (step < 3) + ["back"] * (step > 0) + ["pin"] * (step < 3)
        return self.chance.choice(choices)

    def after(self, command: str) -> tuple[list[str], int]:
        """The visits and pins once ``command`` has counted."""
        step = STAIRS.index(self.visits[-1]) if self.visits else -1
        match command:
            case "start" | "up":
                return [*self.visits, STAIRS[step + 1]], self.pins
            case "back":
                return [*self.visits, STAIRS[step - 1]], self.pins
            case "pin":
                return self.visits, self.pins + 1
        return self.visits, self.pins

    def explains(self, status: Status) -> bool:
        """Whether ``status`` has every tap that was acknowledged, and at most the one more that was under way."""
        found = (stages(status), status["pins"])
        return found in ((self.visits, self.pins), self.after(self.asked))


@pytest.mark.proof
def test_killed_at_random_instants(desk: Desk, rounds: Callable[[int, int], int]) -> None:
    """0 taps lost that were acknowledged, 0 starts that fail."""
    chance = random.Random(20261122)
    script = Script(desk, chance, [])
    lost, acknowledged, times = [], 0, rounds(10, 1000)
    for number in range(times):
        desk.start("--hidden")
        status = desk.status()
        if not script.explains(status):
            lost.append((number, script, status))
        script = Script(desk, chance, stages(status), status["pins"])
        sender = threading.Thread(target=script.run)
        sender.start()
        time.sleep(chance.uniform(0, 0.4))
        desk.kill()
        sender.join()
        acknowledged += script.count
        if len(script.visits) > 60:
            desk.start("--hidden")
            desk.tell("discard")
            desk.quit()
            script = Script(desk, chance, [])
    assert lost == []
    print(f"killed {times} times in {acknowledged} taps: {len(lost)} lost, 0 starts failed")


@pytest.mark.proof
def test_killed_while_starting(desk: Desk, rounds: Callable[[int, int], int]) -> None:
    """Whenever during its start the program is killed, the next start is sound and the meeting is there."""
    chance = random.Random(7)
    desk.start()
    for command in ("start", "up", "pin"):
        desk.tell(command)
    desk.kill()
    for _ in range(rounds(3, 100)):
        starting = desk.spawn("--hidden")
        time.sleep(chance.uniform(0.05, 0.8))
        starting.kill()
        starting.wait()
    desk.start()
    status = desk.status()
    assert (stages(status), status["pins"]) == (["empathy", "guidance"], 1)
    desk.quit()
    assert Said(4, "", "Kohtaava Desktop is not running; start it with kohtaava-desktop.\n") == desk.kohtaava("status")
