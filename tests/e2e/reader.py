"""Assistive technology at an expert's desk: a bus of its own, and a small screen reader that looks and listens there.

Screen readers speak AT-SPI on Linux. Ours runs in the system's Python, which has the bindings (``at_spi_client``).
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.desk import Desk
from tests.e2e.screen import PATIENCE, Screen, until

SYSTEM_PYTHON = "/usr/bin/python3"
CLIENT = Path(__file__).with_name("at_spi_client.py")
FOCUSED = "object:state-changed:focused"
NEEDED = ("dbus-run-session", "dbus-send")
SET_STATUS = ("/org/a11y/bus", "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status")


@dataclass(frozen=True, slots=True)
class Node:
    """Something that assistive technology finds. ``box`` is x, y, width, height on the screen.

    ``labels`` are the texts that are said to be its labels.
    """

    path: tuple[int, ...]
    role: str
    name: str
    description: str
    states: frozenset[str]
    actions: int
    value: tuple[float, float, float] | None
    box: tuple[int, int, int, int] | None
    labels: tuple[str, ...]

    @property
    def showing(self) -> bool:
        """Whether it can be seen now."""
        return "showing" in self.states


@dataclass(frozen=True, slots=True)
class Heard:
    """An event: when (seconds on the steady clock), from whom, what was said; ``path`` leads out to the window."""

    at: float
    event: str
    detail: int
    role: str
    name: str
    path: tuple[str, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table as it is said: what it holds, and what the headers of its row and its column say."""

    name: str
    row: tuple[str, ...]
    column: tuple[str, ...]


class Bus:
    """A session bus that lasts as long as this; the accessibility bus comes with it."""

    def __init__(self, screen: Screen) -> None:
        missing = [name for name in NEEDED if shutil.which(name) is None]
        assert not missing, f"programs are missing for the tests with assistive technology: {missing}"
        self._screen = screen
        self._forget_other_buses()
        script = 'echo "$DBUS_SESSION_BUS_ADDRESS" && exec cat'
        environment = {name: value for name, value in screen.environment().items() if name != "PYTHONPATH"}
        self._holder = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", script],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what the bus says about starting its services
        )
        assert self._holder.stdout is not None
        address = self._holder.stdout.readline().decode().strip()
        assert address, "no session bus came up"
        self.environment = {**environment, "DBUS_SESSION_BUS_ADDRESS": address}

    def invite(self, desk: Desk) -> None:
        """Programs that ``desk`` starts from now on are on this bus."""
        desk.surroundings = {
            "DBUS_SESSION_BUS_ADDRESS": self.environment["DBUS_SESSION_BUS_ADDRESS"],
            "QT_LOGGING_RULES": "qt.accessibility.atspi=false",  # Qt reports each question that it cannot answer
        }

    def announce_reader(self) -> None:
        """Tell the desktop that a screen reader is in use, as a screen reader does when it starts."""
        command = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", *SET_STATUS]
        done = subprocess.run(
            [*command, "string:ScreenReaderEnabled", "variant:boolean:true"],
            env=self.environment,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"there is no accessibility bus: {done.stderr.decode()}"

    def close(self) -> None:
        """End the bus and what it started; leave no trace of it on the screen."""
        assert self._holder.stdin is not None
        assert self._holder.stdout is not None
        self._holder.stdin.close()
        self._holder.wait(PATIENCE)  # not ended by a signal: it has the bus to end first
        self._holder.stdout.close()
        self._forget_other_buses()

    def _forget_other_buses(self) -> None:
        """Another session bus on this screen may have left its address; readers and programs would go there."""
        self._screen.run("xprop", "-root", "-remove", "AT_SPI_BUS")


class Reader:
    """Looks at the program on ``desk``, presses, and remembers what it hears."""

    def __init__(self, bus: Bus, desk: Desk) -> None:
        self._desk = desk
        bus.invite(desk)
        self._said = (desk.room / "reader.log").open("wb")
        self._client = subprocess.Popen(
            [SYSTEM_PYTHON, "-I", str(CLIENT)],
            env=bus.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
        )
        assert self._answer() == "ready"
        bus.announce_reader()

    def _answer(self) -> Any:
        assert self._client.stdout is not None
        line = self._client.stdout.readline()
        log = Path(self._said.name)
        assert line, f"the reader ended; is python3-gi with gir1.2-atspi-2.0 installed? {log.read_text()}"
        return json.loads(line).get("answer")

    def _ask(self, do: str, **more: object) -> Any:
        assert self._client.stdin is not None
        self._client.stdin.write(json.dumps({"do": do, **more}) + "\n")
        self._client.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """Stop listening."""
        assert self._client.stdin is not None
        assert self._client.stdout is not None
        self._client.stdin.close()
        self._client.wait(PATIENCE)
        self._client.stdout.close()
        self._said.close()

    # looking

    def tree(self) -> list[Node]:
        """All that is there now, the outermost first; empty while something just goes."""
        found: list[dict[str, Any]] = self._ask("tree") or []
        return [_node(each) for each in found]

    def showing(self) -> list[Node]:
        """All that can be seen now, without the program itself.

        The entries of a closed list say that they can be seen; the list around them does not.
        """
        tree = self.tree()
        hidden = {node.path for node in tree if not node.showing}
        return [
            node
            for node in tree
            if node.path and not any(node.path[:end] in hidden for end in range(len(node.path) + 1))
        ]

    def find(self, name: str, role: str = "push button") -> Node:
        """What can be seen under ``name``, once it is there."""

        def look() -> Node | None:
            return next((each for each in self.showing() if (each.name, each.role) == (name, role)), None)

        return until(f"the {role} {name!r}", look)

    def await_gone(self, name: str) -> None:
        """Wait until nothing can be seen under ``name``."""

        def gone() -> bool:
            tree = self.tree()
            return tree != [] and all(node.name != name for node in tree if node.showing)

        until(f"{name!r} leaving", gone)

    def table(self, name: str) -> list[list[Cell]]:
        """The table ``name``, once it is there, row by row: also what is scrolled away."""
        found: list[list[dict[str, Any]]] = self._ask("table", path=self.find(name, "table").path) or []
        assert {cell["role"] for row in found for cell in row} <= {"table cell"}
        return [[Cell(cell["name"], tuple(cell["row"]), tuple(cell["column"])) for cell in row] for row in found]

    def text(self, name: str) -> str:
        """What stands in the field ``name``, once it is there."""
        return str(self._ask("text", path=self.find(name, "text").path))

    def overlay(self) -> Node:
        """The overlay's window."""
        return self.find("Meeting stairs", "frame")

    # doing

    def press(self, name: str, role: str = "push button") -> None:
        """Press the control ``name``, once it is there; not what has taken its place meanwhile.

        It counts as a tap like any other: only when the last one lies far enough back.
        """
        self._desk.wait_for_next_tap()

        def pressed() -> str:
            done = self._ask("press", path=self.find(name, role).path, name=name)
            return "" if done is None else str(done)

        assert until(f"{name} to be pressed", pressed) == "True", f"{name} could not be pressed"

    def put(self, node: Node, value: float) -> None:
        """Move a slider."""
        self._ask("move", path=node.path, value=value)

    # listening

    def heard(self, event: str) -> list[Heard]:
        """All events so far whose kind begins with ``event``."""
        found = [Heard(**{**each, "path": tuple(each["path"])}) for each in self._ask("heard")]
        return [each for each in found if each.event.startswith(event)]

    def announcements(self) -> list[str]:
        """All sentences announced so far."""
        return [each.said for each in self.heard("object:announcement")]

    def settled(self) -> tuple[str, ...]:
        """What has the keyboard, once nothing is under way: it was heard, or found, and is so."""

        def look() -> tuple[str, ...]:
            there = self._ask("keyboard")
            return tuple(there["path"]) if there["moves"] else self.focused()

        return until("the keyboard where it was heard to be", look)

    def moves(self) -> int:
        """How often the keyboard was heard to come or go."""
        return int(self._ask("keyboard")["moves"])

    def focused(self) -> tuple[str, ...]:
        """What has the keyboard, outwards to its window; empty for nothing.

        By what was heard last, or, where nothing has been heard yet, by looking: a program that has just come up may
        have said it before anybody could hear it.
        """
        changes = self.heard(FOCUSED)
        if changes:
            return changes[-1].path if changes[-1].detail else ()
        tree = self.tree()
        found = next((node for node in tree if "focused" in node.states), None)
        if found is None:
            return ()
        outwards = [found.path[:end] for end in range(len(found.path), 0, -1)]
        names = {node.path: node.name for node in tree}
        return tuple(names[path] for path in outwards)


def _node(found: dict[str, Any]) -> Node:
    value, box = found["value"], found["box"]
    return Node(
        tuple(found["path"]),
        found["role"],
        found["name"],
        found["description"],
        frozenset(found["states"]),
        found["actions"],
        None if value is None else tuple(value),
        None if box is None else tuple(box),
        tuple(found["labels"]),
    )
