"""What a meeting costs while nothing happens: wake-ups and processor time, against the bare window and workrave."""

import os
import shutil
import subprocess
import time
from contextlib import ExitStack

from bench.figures import Figure
from bench.plan import Plan
from bench.world import SETTLE_SECONDS, activity, bare, folder, meeting, running

SWITCHES_GOAL = 0.6
CPU_GOAL = 0.1
PEER = "workrave"


def measure(plan: Plan) -> list[Figure]:
    """Counted over the same ``plan.window`` seconds for all, side by side on one screen."""
    with ExitStack() as stack:
        environment = stack.enter_context(folder())
        watched = {
            "meeting running, overlay open": stack.enter_context(meeting(environment)),
            "bare window": stack.enter_context(bare(environment)),
        }
        note = ""
        try:
            watched[PEER] = stack.enter_context(running(_peer(), environment)).pid
        except RuntimeError as reason:
            note = f"NOT MEASURED: {reason}"
            plan.say(f"{PEER}: {note}")
        time.sleep(SETTLE_SECONDS * 2)
        before = {name: activity(pid) for name, pid in watched.items()}
        plan.say(f"counting wake-ups for {plan.window:.0f} s")
        time.sleep(plan.window)
        after = {name: activity(pid) for name, pid in watched.items()}
    figures = []
    for name in watched:
        ours = name.startswith("meeting")
        switches = (after[name].switches - before[name].switches) / plan.window
        cpu = (after[name].cpu_ms - before[name].cpu_ms) / plan.window
        over = f"{plan.window:.0f} s, all threads"
        figures.append(Figure(f"{name}: voluntary switches", switches, "/s", SWITCHES_GOAL if ours else None, over))
        figures.append(Figure(f"{name}: CPU", cpu, "ms/s", CPU_GOAL if ours else None, over))
    if PEER not in watched:
        figures.append(Figure(f"{PEER}: voluntary switches", None, "", note=note))
    return figures


def _peer() -> tuple[str, ...]:
    """The peer's command line; installs its Debian package where that is allowed, raises ``RuntimeError`` where not."""
    if shutil.which(PEER) is None:
        if os.getuid() or shutil.which("apt-get") is None:
            raise RuntimeError(f"{PEER} is not installed; as root on Debian this would install it")
        for step in (("update",), ("install", "--yes", "--no-install-recommends", PEER)):
            _apt(*step)
    return (shutil.which(PEER) or PEER,)


def _apt(*step: str) -> None:
    # another apt-get at the same time is waited for
    arguments = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300", *step)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(arguments, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed")
