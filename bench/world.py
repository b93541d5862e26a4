"""Programs that are measured: started on folders of their own, asked over their own channel, watched through /proc."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kohtaava_desktop.control.client import NoAnswer, Unreachable, ask

HERE = Path(__file__).resolve().parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
PROGRAM = SCRIPTS / "kohtaava-desktop"
COMMAND = SCRIPTS / "kohtaava"
BARE = (sys.executable, "-P", str(HERE / "bare.py"))
FIRST_FRAME = (sys.executable, "-P", str(HERE / "first_frame.py"))
SETTLE_SECONDS = 5.0
"""What a program just started still does by itself is over by then."""
START_SECONDS = 60.0

Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a program took, in seconds."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Activity:
    """What a process has done so far: voluntary context switches, and milliseconds on a processor."""

    switches: int
    cpu_ms: float


@contextmanager
def folder(meetings: Path | None = None) -> Iterator[Environment]:
    """The environment of a program with a data folder of its own, a copy of ``meetings`` where given."""
    with tempfile.TemporaryDirectory(prefix="kohtaava-bench-") as room:
        data = Path(room, "data")
        if meetings is None:
            data.mkdir(mode=0o700)
        else:
            shutil.copytree(meetings, data)
        own = {"KOHTAAVA_DATA_DIR": str(data), "KOHTAAVA_CONFIG_DIR": str(Path(room, "config")), "HOME": room}
        # a first start leaves the bytecode of what it imports; none of these is to be one
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**inherited, **own, "LANGUAGE": "en"}


def cost_of(arguments: Sequence[str], environment: Environment) -> Cost:
    """What one whole run of a program takes; raises ``RuntimeError`` when it fails."""
    began = time.perf_counter()
    pid = os.posix_spawn(arguments[0], list(arguments), environment)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - began
    if status:
        raise RuntimeError(f"{' '.join(arguments)} ended with status {status}")
    return Cost(wall, usage.ru_utime + usage.ru_stime)


def alternating(ours: Callable[[], Cost], theirs: Callable[[], Cost], pairs: int) -> list[tuple[Cost, Cost]]:
    """So many pairs of runs, each the other way round than the one before; the first of each does not count."""
    theirs()
    ours()
    result = []
    for number in range(pairs):
        if number % 2:
            their, our = theirs(), ours()
        else:
            our, their = ours(), theirs()
        result.append((our, their))
    return result


@contextmanager
def running(arguments: Sequence[str], environment: Environment) -> Iterator[subprocess.Popen[str]]:
    """A program that runs meanwhile, and is asked to end afterwards."""
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def bare(environment: Environment) -> Iterator[int]:
    """The bare window, painted; its process id."""
    with running((*BARE, "--stay"), environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process.pid


@contextmanager
def meeting(environment: Environment) -> Iterator[int]:
    """The program with a meeting of 45 minutes in Advice, its overlay open; its process id."""
    with running((str(PROGRAM),), environment) as process:
        wait_for(environment)
        tell(environment, {"command": "start", "minutes": 45})
        for _ in ("guidance", "advice"):
            tell(environment, {"command": "up"})
        assert tell(environment, {"command": "status"})["status"]["view"] == "open"
        yield process.pid


def tell(environment: Environment, request: dict[str, object]) -> dict[str, Any]:
    """What the running program answers to ``request``; raises ``RuntimeError`` when it refuses."""
    answer: dict[str, Any] = json.loads(ask(environment["KOHTAAVA_DATA_DIR"], json.dumps(request).encode() + b"\n"))
    if not answer["ok"]:
        raise RuntimeError(f"{request}: {answer}")
    return answer


def wait_for(environment: Environment) -> None:
    """Come back once the program answers; raises ``RuntimeError`` when it does not come up."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            tell(environment, {"command": "status"})
        except (Unreachable, NoAnswer):
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the program did not come up")


def activity(pid: int) -> Activity:
    """What all threads of ``pid`` that live now have done."""
    switches, nanoseconds = 0, 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        switches += int(_field(task / "status", "voluntary_ctxt_switches:"))
        nanoseconds += int((task / "schedstat").read_text(encoding="ascii").split()[0])
    return Activity(switches, nanoseconds / 1e6)


def proportional_mib(pid: int) -> float:
    """The memory of ``pid`` in MiB; pages that it shares count in proportion (PSS)."""
    return int(_field(Path(f"/proc/{pid}/smaps_rollup"), "Pss:")) / 1024


def _field(path: Path, name: str) -> str:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.split()[1]
    raise RuntimeError(f"{path} has no {name}")
