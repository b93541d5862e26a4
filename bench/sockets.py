"""Which sockets a whole meeting opens, counted by strace: only local ones, and one of its own that listens."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure
from bench.plan import Plan
from bench.world import COMMAND, PROGRAM, Environment, folder, running, tell, wait_for

SPEED = 120
OWN = "control.sock"
_FAMILY = re.compile(r"\b(?:socket|socketpair)\((?:AF|PF)_(\w+)")
_BOUND = re.compile(r"\bbind\(.*?sun_path=@?\"([^\"]*)\"")
_BOUND_ELSEWHERE = re.compile(r"\bbind\((?!.*sun_path)")


def measure(plan: Plan) -> list[Figure]:
    """A meeting of 15 minutes, hurried, from the start of the program to its end, with the command line beside it."""
    what = "sockets other than the local one"
    if shutil.which("strace") is None:
        note = "NOT MEASURED: strace is not installed"
        plan.say(note)
        return [Figure(what, None, "", 0, note)]
    with folder(plan.meetings()) as environment:
        traces = list(_traces(environment))
    families, bound = families_of(traces), bound_in(traces)
    foreign = {name: count for name, count in families.items() if name not in ("UNIX", "LOCAL")}
    others = [name for name in bound if not name.removesuffix(".new").endswith(OWN)]
    assert families, "strace saw no socket at all"
    note = f"{sum(families.values())} local sockets ({OWN}, the screen, the session); listening: {sorted(set(bound))}"
    detail = {"families": families, "bound": bound}
    return [Figure(what, float(sum(foreign.values()) + len(others)), "", 0, note, detail)]


def families_of(traces: list[str]) -> dict[str, int]:
    """How many sockets of each family were made, like ``{"UNIX": 7}``."""
    counted: dict[str, int] = {}
    for trace in traces:
        for family in _FAMILY.findall(trace):
            counted[family] = counted.get(family, 0) + 1
    return counted


def bound_in(traces: list[str]) -> list[str]:
    """The names of the files that sockets were bound to; ``?`` for anything that is no file."""
    named = [name for trace in traces for name in _BOUND.findall(trace)]
    return [Path(name).name for name in named] + ["?" for trace in traces for _ in _BOUND_ELSEWHERE.finditer(trace)]


def _traces(environment: Environment) -> Iterator[str]:
    room = Path(environment["HOME"])
    hurried = {**environment, "KOHTAAVA_SPEED": str(SPEED)}
    with running((*_session(), *_traced(room / "program", str(PROGRAM))), hurried):
        wait_for(hurried)
        for words in (("start", "--minutes", "15"), ("up",), ("pin",), ("up",), ("back",), ("undo",), ("status",)):
            subprocess.run(
                _traced(room / f"command-{words[0]}", str(COMMAND), *words),
                env=hurried,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            time.sleep(1)
        time.sleep(15 * 60 / SPEED)  # past the reminder and the planned end
        for command in ("up", "finish"):
            tell(hurried, {"command": command})
        time.sleep(2)
        tell(hurried, {"command": "quit"})
        time.sleep(2)
    for file in sorted(room.glob("program*")) + sorted(room.glob("command-*")):
        yield file.read_text(encoding="utf-8", errors="replace")


def _session() -> tuple[str, ...]:
    """A session bus, as every desktop has one: without it, D-Bus starts one for the program, and strace sees that."""
    return ("dbus-run-session", "--") if shutil.which("dbus-run-session") else ()


def _traced(log: Path, *arguments: str) -> tuple[str, ...]:
    return ("strace", "-f", "-qq", "-e", "trace=network", "-o", str(log), *arguments)
