"""On what, with what and when the figures were taken."""

import os
import platform
import sqlite3
import sys
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

PACKAGES = ("kohtaava-desktop", "PySide6-Essentials", "qasync", "sqlite-utils", "babel")


def machine() -> dict[str, Any]:
    """What tells one run of the measurements from another, ready for JSON."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "cpu": _cpu(),
        "cpus": os.cpu_count(),
        "load_at_start": round(os.getloadavg()[0], 2),
        "system": f"{_distribution()}, Linux {platform.release()}, {platform.machine()}",
        "python": sys.version.split()[0],
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
        "platform": os.environ.get("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "none"),
    }


def heading(facts: dict[str, Any]) -> str:
    """The same as one paragraph."""
    packages = ", ".join(f"{name} {each}" for name, each in facts["packages"].items())
    return (
        f"{facts['date']} · {facts['cpu']} × {facts['cpus']}, load {facts['load_at_start']} · {facts['system']}\n"
        f"Python {facts['python']}, SQLite {facts['sqlite']}, {packages} · platform {facts['platform']}"
    )


def _cpu() -> str:
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return "unknown"
