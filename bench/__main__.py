"""``python -m bench [rows…] [--quick] [--json FILE]``: measures, and prints what docs/measurements.md reports."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from compileall import compile_dir
from pathlib import Path

import kohtaava_desktop
from bench import command, frozen, idle, memory, mirror, sockets, start, taps, team
from bench.figures import Figure, table
from bench.machine import heading, machine
from bench.plan import Plan, quick

ROWS: dict[str, Callable[[Plan], list[Figure]]] = {
    "start": start.measure,
    "idle": idle.measure,
    "memory": memory.measure,
    "taps": taps.measure,
    "command": command.measure,
    "sockets": sockets.measure,
    "team": team.measure,
    "mirror": mirror.measure,
    "frozen": frozen.measure,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Measure the rows asked for, all by default; returns the exit code, 0 whatever the figures are."""
    parser = argparse.ArgumentParser("python -m bench", description="Measure the figures of docs/measurements.md.")
    parser.add_argument("rows", nargs="*", metavar="row", help=f"of {', '.join(ROWS)}; all by default")
    parser.add_argument(
        "--quick", action="store_true", help="fewer runs, a minute of idling, 100,000 meetings, not a million"
    )
    parser.add_argument("--window", type=float, metavar="SECONDS", help="how long to count wake-ups (600; quick 60)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every value there as well")
    given = parser.parse_args(argv)
    for row in given.rows:
        if row not in ROWS:
            parser.error(f"there is no row {row}; there are: {', '.join(ROWS)}")
    compile_dir(str(Path(kohtaava_desktop.__file__).parent), quiet=2)  # there from the second start on
    plan = quick() if given.quick else Plan()
    plan.say = _say
    if given.window is not None:
        plan.window = given.window
    facts = machine()
    print(heading(facts), flush=True)
    figures: list[Figure] = []
    try:
        for name in given.rows or ROWS:
            _say(f"measuring: {name}")
            figures += ROWS[name](plan)
    finally:
        plan.clean_up()
    print(f"\n{table(figures)}")
    if given.json is not None:
        content = {"machine": facts, "figures": [each.as_json() for each in figures]}
        given.json.parent.mkdir(parents=True, exist_ok=True)
        given.json.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _say(line: str) -> None:
    print(f"… {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
